//! `rapporteur check`: packs, and what they say against their texts.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;

use rapporteur::article::check::check;
use rapporteur::article::pack::Article;
use rapporteur::article::read::PackFile;
use rapporteur::article::several;
use rapporteur::article::text::Text;
use rapporteur::article::{Diagnostic, Kind, Pack};
use rapporteur::library::pack_files;
use rapporteur::say;

use super::output::{print, show, wrong_usage};

/// What `check` is asked to do.
#[derive(Debug, clap::Args)]
pub struct Check {
    /// Pack files, or folders of them.
    #[arg(required_unless_present = "numbers", value_name = "PACK")]
    packs: Vec<PathBuf>,
    /// The article's text: proves that the pack says what the text says.
    #[arg(long, value_name = "TEXT")]
    source: Option<PathBuf>,
    /// A folder of texts, each named as its article's id or its pack, such as `my-article.txt`: the same for many packs.
    #[arg(long, value_name = "FOLDER", conflicts_with = "source")]
    sources: Option<PathBuf>,
    /// Print this text with the numbers of its paragraphs. With a pack, its headings are not counted.
    #[arg(long, value_name = "TEXT", conflicts_with_all = ["source", "sources"])]
    numbers: Option<PathBuf>,
}

/// How a pack came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Right,
    Wrong,
    /// Right in itself, but there is no text to prove it.
    Unproved,
}

/// Does it. `limit` is the largest share of a text that quotes may repeat, from 0 to 1.
///
/// # Errors
/// A text or a folder can't be read, or standard output can't be written.
pub fn run(asked: &Check, limit: f64) -> anyhow::Result<ExitCode> {
    if let Some(text) = &asked.numbers {
        return numbers(text, &asked.packs);
    }
    let mut packs = Vec::new();
    for path in &asked.packs {
        packs.extend(packs_at(path)?);
    }
    if packs.is_empty() {
        return Ok(wrong_usage(&say!("check-no-packs")));
    }
    if packs.len() > 1 && asked.source.is_some() {
        return Ok(wrong_usage(&say!("check-one-text")));
    }
    let text = match &asked.source {
        Some(path) => match read_text(path)? {
            Ok(text) => Some(text),
            Err(wrong) => {
                show(&[wrong]);
                return Ok(ExitCode::from(3));
            }
        },
        None => None,
    };
    let texts = asked.sources.as_deref().map(Texts::open).transpose()?;
    // Other pages in the folder, such as a README.md, need no pack.
    let is_text = |path: &&PathBuf| path.extension().is_some_and(|kind| kind == "txt");
    let mut unused: Vec<PathBuf> =
        texts.iter().flat_map(|texts| texts.files.iter().filter(is_text).cloned()).collect();
    let mut outcomes = Vec::new();
    let mut seen = Seen::default();
    for path in &packs {
        let texts = texts.as_ref().map(|texts| (texts, &mut unused));
        outcomes.push(one(path, text.as_deref(), texts, &mut seen, limit)?);
    }
    if packs.len() > 1 || asked.sources.is_some() {
        summary(&outcomes, &unused)?;
    }
    Ok(ExitCode::from(u8::from(outcomes.iter().any(|outcome| *outcome != Outcome::Right))))
}

/// The packs of a folder, or the one file.
fn packs_at(path: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let is_named_as_pack = path.extension().is_some_and(|kind| kind == "toml" || kind == "json");
    if path.is_dir() && !is_named_as_pack {
        return Ok(pack_files(path)?);
    }
    Ok(vec![path.to_path_buf()])
}

fn read_pack(path: &Path) -> Result<(PackFile, Pack), Vec<Diagnostic>> {
    let file = PackFile::open(path).map_err(|wrong| vec![wrong])?;
    let pack = file.parse()?;
    Ok((file, pack))
}

/// The text of a file; an inner error tells where it is no UTF-8.
fn read_text(path: &Path) -> anyhow::Result<Result<String, Diagnostic>> {
    let bytes = fs::read(path).with_context(|| say!("file-unreadable", file = path.display()))?;
    Ok(String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let bytes = error.as_bytes();
        let wide = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
        let seems = if wide { "UTF-16".to_string() } else { say!("check-latin") };
        let readable = String::from_utf8_lossy(bytes).into_owned();
        let name = path.display().to_string();
        Diagnostic::of_file(name, say!("check-no-utf8", encoding = seems), say!("check-save-as-utf8"))
            .at(readable.into(), at..at + 1)
    }))
}

/// A folder of texts.
struct Texts {
    folder: PathBuf,
    files: Vec<PathBuf>,
}

impl Texts {
    fn open(folder: &Path) -> anyhow::Result<Texts> {
        let unreadable = || say!("file-unreadable", file = folder.display());
        let mut files = Vec::new();
        for entry in fs::read_dir(folder).with_context(unreadable)? {
            let path = entry.with_context(unreadable)?.path();
            let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
            if !hidden && path.extension().is_some_and(|kind| kind == "txt" || kind == "md") {
                files.push(path);
            }
        }
        files.sort();
        Ok(Texts { folder: folder.to_path_buf(), files })
    }

    /// The text of an article: named as its id, or else as its pack.
    fn of(&self, id: &str, pack: &Path) -> Option<&PathBuf> {
        let named = |name: &str| {
            self.files.iter().find(|file| file.file_stem().is_some_and(|stem| stem.to_string_lossy() == name))
        };
        named(id).or_else(|| named(&pack.file_stem()?.to_string_lossy()))
    }
}

/// The articles that were seen so far, each in its folder: packs of one folder are loaded together.
#[derive(Default)]
struct Seen(HashMap<(PathBuf, String), PathBuf>);

impl Seen {
    /// Adds a pack of an article. Gives the pack of the same folder that the article is in already.
    fn add(&mut self, article: &str, pack: &Path) -> Option<PathBuf> {
        let folder = pack.parent().unwrap_or(Path::new("")).to_path_buf();
        match self.0.entry((folder, article.to_string())) {
            Entry::Occupied(other) if other.get() != pack => Some(other.get().clone()),
            Entry::Occupied(_) => None,
            Entry::Vacant(free) => {
                free.insert(pack.to_path_buf());
                None
            }
        }
    }
}

/// Checks one pack against the text, or against its text in a folder, which is then no longer unused.
fn one(
    path: &Path,
    text: Option<&str>,
    texts: Option<(&Texts, &mut Vec<PathBuf>)>,
    seen: &mut Seen,
    limit: f64,
) -> anyhow::Result<Outcome> {
    let (file, pack) = match read_pack(path) {
        Ok(read) => read,
        Err(wrong) => {
            show(&wrong);
            return Ok(Outcome::Wrong);
        }
    };
    if let Some(other) = seen.add(&pack.article.id, path) {
        show(&[several::taken(path.display().to_string(), &pack.article.id, &other)]);
        return Ok(Outcome::Wrong);
    }
    let mut text = text.map(String::from);
    let mut lacks = None;
    if let Some((texts, unused)) = texts {
        match texts.of(&pack.article.id, path) {
            Some(found) => {
                unused.retain(|file| file != found);
                match read_text(found)? {
                    Ok(read) => text = Some(read),
                    Err(wrong) => {
                        show(&[wrong]);
                        return Ok(Outcome::Wrong);
                    }
                }
            }
            None => lacks = Some(texts.folder.join(format!("{}.txt", pack.article.id))),
        }
    }
    let checked = check(&file, &pack, text.as_deref(), limit);
    show(&checked.diagnostics);
    if !checked.is_right() {
        return Ok(Outcome::Wrong);
    }
    if let Some(lacking) = lacks {
        print(&(say!("check-no-text", pack = path.display(), text = lacking.display()) + "\n"))?;
        return Ok(Outcome::Unproved);
    }
    let mut line = say!("check-valid", pack = path.display(), contents = contents(pack));
    if let Some(share) = checked.share {
        let percent = |share: f64| format!("{:.1}", share * 100.0);
        let proven = say!("check-proven", share = percent(share), limit = percent(limit));
        line = format!("{line} {proven}");
    }
    print(&(line + "\n"))?;
    Ok(Outcome::Right)
}

fn summary(outcomes: &[Outcome], unused: &[PathBuf]) -> std::io::Result<()> {
    let count = |wanted| outcomes.iter().filter(|outcome| **outcome == wanted).count();
    let mut parts = vec![say!("check-sum", packs = outcomes.len(), right = count(Outcome::Right))];
    let (wrong, unproven) = (count(Outcome::Wrong), count(Outcome::Unproved));
    parts.extend((wrong > 0).then(|| say!("check-sum-wrong", wrong = wrong)));
    parts.extend((unproven > 0).then(|| say!("check-sum-unproven", unproven = unproven)));
    let mut line = parts.join(", ") + ".\n";
    if !unused.is_empty() {
        let names: Vec<String> = unused.iter().map(|path| path.display().to_string()).collect();
        line.push_str(&(say!("check-unused", files = names.join(", ")) + "\n"));
    }
    print(&line)
}

/// How many items of each kind a pack has.
fn contents(pack: Pack) -> String {
    let mut counts = [0_usize; Kind::ALL.len()];
    for item in pack.into_items() {
        counts[item.kind() as usize] += 1;
    }
    let counts = Kind::ALL
        .iter()
        .zip(counts)
        .skip(1)
        .map(|(kind, count)| say!("number-of-kind", kind = kind.word(), number = count));
    counts.collect::<Vec<_>>().join(", ")
}

/// Prints a text as its paragraphs are counted.
fn numbers(path: &Path, packs: &[PathBuf]) -> anyhow::Result<ExitCode> {
    if packs.len() > 1 {
        return Ok(wrong_usage(&say!("check-numbers-one-pack")));
    }
    let text = match read_text(path)? {
        Ok(text) => text,
        Err(wrong) => {
            show(&[wrong]);
            return Ok(ExitCode::from(3));
        }
    };
    let article = match packs.first().map(|pack| read_pack(pack)) {
        Some(Ok((_, pack))) => pack.article,
        Some(Err(wrong)) => {
            show(&wrong);
            return Ok(ExitCode::FAILURE);
        }
        None => Article::default(),
    };
    let text = Text::new(&text, &article);
    let width = text.count().to_string().len();
    let (mut out, mut number) = (String::new(), 0);
    for line in text.lines() {
        if line.is_heading {
            out.push_str(&format!("{:>width$}  # {}\n", "", line.shown));
        } else {
            number += 1;
            out.push_str(&format!("{number:>width$}  {}\n", line.shown));
        }
    }
    print(&out)?;
    let headings = article.sections.iter().filter_map(|section| section.heading.as_deref());
    let missing: Vec<&str> = headings.filter(|heading| !text.has_heading(heading)).collect();
    for heading in &missing {
        anstream::eprintln!("rapporteur: {}", say!("check-no-heading", heading = *heading));
    }
    Ok(ExitCode::from(u8::from(!missing.is_empty())))
}
