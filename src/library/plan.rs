//! The first half of a reload: read and check every pack, and see what would change.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::article::check::check;
use crate::article::date::Days;
use crate::article::fold::fold;
use crate::article::read::PackFile;
use crate::article::{Diagnostic, Pack};

use super::build;
use super::changes::{Changes, Outline};
use super::error::{LibraryError, LoadError};
use super::revision::Library;

/// What a reload would load.
#[derive(Debug)]
pub struct Plan {
    /// The revision that the packs make.
    pub revision: String,
    /// What is different from the revision that is loaded.
    pub changes: Changes,
    /// Warnings of the check.
    pub warnings: Vec<Diagnostic>,
    /// Packs that are not loaded because something is wrong with them; only where no library answers yet.
    pub left_out: Vec<LeftOut>,
    pub(super) packs: Vec<Planned>,
    pub(super) incoming: Option<Incoming>,
}

/// A pack that came with a command, not yet among the packs.
#[derive(Debug, Clone)]
pub struct Upload {
    /// The name of its file, without a folder: it says the format, and stands in diagnostics.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

impl Upload {
    /// The upload with a name that is safe as a file's: of letters, digits, dots, hyphens and
    /// underscores, with the ending of a pack. What is not named `.json` is taken for TOML.
    pub fn new(name: &str, bytes: Vec<u8>) -> Upload {
        let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
        let safe = |c: char| if c.is_ascii_alphanumeric() || "._-".contains(c) { c } else { '-' };
        let name: String = name.trim_start_matches('.').chars().map(safe).take(100).collect();
        let known = name.ends_with(".toml") || name.ends_with(".json");
        Upload { name: if known { name } else { format!("{name}.toml") }, bytes }
    }
}

/// An upload that is right: where it is to be put, and which files it replaces.
#[derive(Debug)]
pub(super) struct Incoming {
    pub bytes: Vec<u8>,
    /// Where it waits, under a name that no load takes for a pack, until it is put among them.
    pub hidden: PathBuf,
    pub target: PathBuf,
    pub replaced: Vec<PathBuf>,
}

#[derive(Debug)]
pub(super) struct Planned {
    pub path: PathBuf,
    pub article: String,
    pub hash: String,
    /// Where it comes among the articles: by the pack's `order`, date and title.
    place: (u32, i64, String),
}

/// A pack that something is wrong with.
#[derive(Debug, Clone)]
pub struct LeftOut {
    /// The name of its file, without a folder.
    pub file: String,
    /// What is wrong.
    pub diagnostics: Vec<Diagnostic>,
}

/// What packs are held against.
pub(super) struct Before<'a> {
    /// The library that answers; `None` where it can't be read.
    pub loaded: Option<&'a Library>,
    /// Its articles, or those of the library that answered last.
    pub articles: Vec<Outline>,
    /// Whether the packs are loaded all or not at all. Not so where no library answers: better most of the articles
    /// than none.
    pub all_or_nothing: bool,
}

/// The hash of what a pack says, whatever the format, the comments and the spaces of its file.
pub(super) fn hash(pack: &Pack) -> Result<String, LibraryError> {
    let json = serde_json::to_vec(pack).map_err(|error| LibraryError::Content(error.to_string()))?;
    Ok(crate::article::text::sha256(&json))
}

/// The pack files of a folder: every `.toml` and `.json` in it, in the order of their names.
///
/// # Errors
/// The folder can't be read.
pub fn pack_files(folder: &Path) -> Result<Vec<PathBuf>, LoadError> {
    let unreadable = |error| LoadError::Packs { folder: folder.to_path_buf(), error };
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if !hidden && path.extension().is_some_and(|kind| kind == "toml" || kind == "json") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// Reads a pack and checks it, all but its text.
///
/// # Errors
/// Everything that is wrong with it.
pub(super) fn read(path: &Path) -> Result<(PackFile, Pack, Vec<Diagnostic>), Vec<Diagnostic>> {
    checked(PackFile::open(path).map_err(|diagnostic| vec![diagnostic])?)
}

fn checked(file: PackFile) -> Result<(PackFile, Pack, Vec<Diagnostic>), Vec<Diagnostic>> {
    let pack = file.parse()?;
    let checked = check(&file, &pack, None, 1.0);
    if checked.is_right() { Ok((file, pack, checked.diagnostics)) } else { Err(checked.diagnostics) }
}

/// Where an article comes among the others.
fn place(pack: &Pack) -> (u32, i64, String) {
    let article = &pack.article;
    let day = article
        .date
        .as_ref()
        .and_then(|date| date.days().ok())
        .map_or(Days::EVER_AFTER, |days| days.earliest);
    (article.order.unwrap_or(u32::MAX), day, fold(&article.title))
}

/// Reads and checks all packs of a folder, and compares them with what is loaded. An upload takes the
/// place of the pack for the same article, and of a broken one under the name that it is to have.
///
/// # Errors
/// Every diagnostic of every pack, unless the right ones are to be loaded without the others; or what kept the packs
/// from being read.
pub(super) async fn plan(
    folder: &Path,
    upload: Option<&Upload>,
    before: &Before<'_>,
) -> Result<Plan, LoadError> {
    let mut plan = Plan {
        revision: String::new(),
        changes: Changes::default(),
        warnings: vec![],
        left_out: vec![],
        packs: vec![],
        incoming: None,
    };
    let mut seen: HashMap<String, PathBuf> = HashMap::new();
    let mut twice: HashSet<String> = HashSet::new();
    let mut replaced = Vec::new();
    let files = pack_files(folder)?.into_iter().map(|path| (path, None));
    let first = upload.map(|upload| (folder.join(&upload.name), Some(upload.clone())));
    for (path, upload) in first.into_iter().chain(files) {
        let is_upload = upload.is_some();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let reading = path.clone();
        let outcome = tokio::task::spawn_blocking(move || {
            let read = match upload {
                Some(it) => PackFile::from_bytes(it.name, it.bytes).map_err(|it| vec![it]).and_then(checked),
                None => read(&reading),
            };
            read.and_then(|(file, pack, warnings)| match hash(&pack) {
                Ok(hash) => Ok((pack, hash, warnings)),
                Err(error) => Err(vec![Diagnostic::of_file(file.name, error.to_string(), "report this")]),
            })
        })
        .await
        .map_err(|error| LoadError::Library(LibraryError::Content(error.to_string())))?;
        let (pack, hash, warnings) = match outcome {
            Ok(read) => read,
            Err(_) if !is_upload && plan.incoming.as_ref().is_some_and(|it| it.target == path) => {
                replaced.push(path);
                continue;
            }
            // Whatever else is wrong was there before: the editor hears of what was sent.
            Err(wrong) if is_upload => return Err(LoadError::Wrong(wrong)),
            Err(diagnostics) => {
                plan.left_out.push(LeftOut { file: name, diagnostics });
                continue;
            }
        };
        let article = pack.article.id.clone();
        if let Some(other) = seen.get(&article) {
            if plan.packs.first().is_some_and(|first| first.article == article) && plan.incoming.is_some() {
                replaced.push(path);
                continue;
            }
            let diagnostic = Diagnostic::of_file(
                path.display().to_string(),
                format!("the article `{article}` is in {} too", other.display()),
                "give one of them another id, or take the file away",
            );
            plan.left_out.push(LeftOut { file: name, diagnostics: vec![diagnostic] });
            twice.insert(article);
            continue;
        }
        seen.insert(article.clone(), path.clone());
        plan.warnings.extend(warnings);
        plan.changes.compare(before.loaded, &pack, &hash).await?;
        if is_upload {
            let kind = if name.ends_with(".json") { "json" } else { "toml" };
            let target = folder.join(format!("{article}.{kind}"));
            let hidden = folder.join(format!(".incoming-{name}"));
            plan.incoming = Some(Incoming { bytes: vec![], hidden, target, replaced: vec![] });
        }
        plan.packs.push(Planned { path, article, hash, place: place(&pack) });
    }
    if let (Some(incoming), Some(upload)) = (&mut plan.incoming, upload) {
        incoming.bytes.clone_from(&upload.bytes);
        if plan.packs.iter().skip(1).any(|other| other.path == incoming.target) {
            return Err(LoadError::Wrong(vec![Diagnostic::of_file(
                &upload.name,
                format!("{} is the pack of another article", incoming.target.display()),
                "give this article another id, or rename that file",
            )]));
        }
        incoming.replaced = replaced;
        if let Some(first) = plan.packs.first_mut() {
            first.path.clone_from(&incoming.hidden);
        }
    }
    // Which of two files is the article can't be told.
    plan.packs.retain(|pack| !twice.contains(&pack.article));
    if !plan.left_out.is_empty() && (before.all_or_nothing || plan.packs.is_empty()) {
        return Err(LoadError::Wrong(plan.left_out.into_iter().flat_map(|it| it.diagnostics).collect()));
    }
    if plan.packs.is_empty() {
        return Err(LoadError::NoPacks(folder.to_path_buf()));
    }
    let gone = before.articles.iter().filter(|article| !seen.contains_key(&article.key));
    plan.changes.articles = gone.cloned().collect();
    // The order of the packs is that of the articles everywhere.
    plan.packs.sort_by(|a, b| a.place.cmp(&b.place).then_with(|| a.article.cmp(&b.article)));
    let mut revision = Sha256::new();
    revision.update(build::SCHEMA);
    for pack in &plan.packs {
        revision.update(format!("\n{} {}", pack.article, pack.hash));
    }
    plan.revision = revision.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    Ok(plan)
}
