// Draws Discord payloads (Components V2) and Matrix HTML in Chromium.
const fs=require('fs'),pc=require('puppeteer-core');
const esc=s=>s.replace(/&/g,'&amp;').replace(/</g,'&lt;').replace(/>/g,'&gt;');
function inline(s){ // Discord markdown, as far as answers use it
  s=esc(s).replace(/\\([\\`*_{}\[\]()#+\-.!|~&>@:])/g,(m,c)=>'&#'+c.charCodeAt(0)+';');
  return s.replace(/`([^`]+)`/g,'<code>$1</code>').replace(/\*\*(.+?)\*\*/g,'<b>$1</b>').replace(/\[([^\]]+)\]\(([^)]+)\)/g,'<a>$1</a>').replace(/&lt;t:(\d+):f&gt;/g,(m,t)=>'<span class=time>'+new Date(t*1000).toUTCString()+'</span>').replace(/&lt;\/([\w -]+):\d+&gt;/g,'<span class=mention>/$1</span>');
}
function md(t){let out='',quote=[];const flush=()=>{if(quote.length){out+='<blockquote>'+quote.join('<br>')+'</blockquote>';quote=[]}};
  for(const l of t.split('\n')){ if(l.startsWith('> ')){quote.push(inline(l.slice(2)));continue} flush();
    if(l.startsWith('### '))out+='<h3>'+inline(l.slice(4))+'</h3>'; else if(l.startsWith('-# '))out+='<small>'+inline(l.slice(3))+'</small>';
    else if(l.startsWith('- '))out+='<li>'+inline(l.slice(2))+'</li>'; else if(l==='')out+='<div class=gap></div>'; else out+='<p>'+inline(l)+'</p>';} flush(); return out;}
const button=b=>b.type===3?`<div class=menu>${esc(b.placeholder||'')}<span>▾</span></div>`:`<span class="b s${b.style}">${b.emoji?b.emoji.name+' ':''}${esc(b.label||'')}${b.style===5?' ↗':''}</span>`;
function comp(c){switch(c.type){case 17:return `<div class=container style="border-left-color:#${c.accent_color.toString(16).padStart(6,'0')}">${c.components.map(comp).join('')}</div>`;
 case 10:return `<div class=text>${md(c.content)}</div>`; case 9:return `<div class=section><div class=text>${c.components.map(comp).join('')}</div>${button(c.accessory)}</div>`;
 case 14:return '<hr>'; case 1:return `<div class=row>${c.components.map(button).join('')}</div>`; case 13:return `<div class=file>📄 ${c.file.url.replace('attachment://','')}</div>`;
 case 12:return c.items.map(i=>`<img class=media src="${i.media.url}">`).join(''); default:return '?'+c.type}}
const css=d=>`body{margin:0;padding:12px 12px 12px 64px;background:${d?'#1a1a1e':'#fff'};color:${d?'#dfe0e2':'#2e3035'};font:16px/1.375 'gg sans','Noto Sans',sans-serif;position:relative}
.av{position:absolute;left:12px;top:12px;width:40px;height:40px;border-radius:50%;background:#4e7;}.who b{font-weight:600}.who i{font-style:normal;background:#5865f2;color:#fff;border-radius:4px;padding:0 4px;font-size:11px;margin-left:4px}
.container{border:1px solid ${d?'#3a3a40':'#dcdce0'};border-left:4px solid;background:${d?'#242429':'#f7f7f8'};border-radius:8px;padding:12px 16px;margin-top:4px;max-width:600px;box-sizing:border-box}
h3{font-size:18px;margin:4px 0 2px;font-weight:700}small{display:block;font-size:13px;color:${d?'#a5a6ac':'#5c5e66'}}p{margin:0}.gap{height:12px}blockquote{margin:2px 0;padding-left:12px;border-left:4px solid ${d?'#65656c':'#c4c4c9'}}li{margin-left:18px}
.section{display:flex;gap:12px;justify-content:space-between;align-items:flex-start;margin:6px 0}.section>.text{flex:1}hr{border:0;border-top:1px solid ${d?'#3a3a40':'#dcdce0'};margin:10px 0}
.row{display:flex;flex-wrap:wrap;gap:8px;margin-top:8px}.b{display:inline-block;background:${d?'#3c3c43':'#e3e3e6'};border-radius:8px;padding:5px 14px;font-size:14px;font-weight:500;white-space:nowrap;max-width:100%;overflow:hidden;text-overflow:ellipsis;box-sizing:border-box}.s1{background:#5865f2;color:#fff}.s3{background:#248046;color:#fff}.s4{background:#da373c;color:#fff}
.menu{border:1px solid ${d?'#3a3a40':'#ccc'};border-radius:8px;padding:8px 12px;width:100%;max-width:400px;display:flex;justify-content:space-between}code{background:${d?'#2b2b30':'#eee'};padding:0 3px;border-radius:3px}a{color:#5aa2ff}.mention,.time{background:#5865f233;border-radius:3px;padding:0 2px}.media{max-width:100%;border-radius:8px}.file{border:1px solid #888;padding:8px;border-radius:6px;margin-top:6px}`;
const mcss=d=>`body{margin:0;padding:12px;background:${d?'#101317':'#fff'};color:${d?'#ebeef2':'#1b1d22'};font:15px/1.45 Inter,'Noto Sans',sans-serif;max-width:640px}blockquote{border-left:2px solid ${d?'#565b63':'#c1c6cd'};margin:0 0 8px;padding:0 0 0 10px;color:${d?'#b8bfc7':'#565e67'}}h4{margin:4px 0 6px;font-size:16px}p{margin:0 0 8px}ul,ol{margin:0 0 8px;padding-left:24px}sub{font-size:12px;vertical-align:baseline;color:${d?'#a3a9b3':'#656d77'}}.who{font-weight:600;color:#0467dd;margin-bottom:4px}`;
(async()=>{const dir=process.argv[2],out=process.argv[3];fs.mkdirSync(out,{recursive:true});
const br=await pc.launch({executablePath:'/usr/bin/chromium',args:['--no-sandbox']});
for(const f of fs.readdirSync(dir).filter(f=>/\.(json|html)$/.test(f))){for(const w of (process.argv[4]||'380,700').split(',').map(Number))for(const d of (process.argv[5]||'dark,light').split(',').map(x=>x==='dark')){
 const t=fs.readFileSync(dir+'/'+f,'utf8');const html=f.endsWith('.json')?`<style>${css(d)}</style><div class=av></div><div class=who><b>Rapporteur</b><i>APP</i></div>${JSON.parse(t).components.map(comp).join('')}`:`<style>${mcss(d)}</style><div class=who>Rapporteur</div>${t}`;
 const p=await br.newPage();await p.setViewport({width:w,height:200,deviceScaleFactor:Number(process.argv[6]||1)});await p.setContent('<!doctype html><meta charset=utf8>'+html);await p.screenshot({path:`${out}/${f.replace(/\.json$/,'').replace(/\.html$/,'-matrix')}-${w}-${d?'dark':'light'}.png`,fullPage:true});await p.close();}}
await br.close()})();
