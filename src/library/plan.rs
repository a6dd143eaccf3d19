//! The first half of a reload: read and check every pack, and see what would change.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::article::check::check;
use crate::article::date::Days;
use crate::article::fold::fold;
use crate::article::read::PackFile;
use crate::article::several;
use crate::article::{Diagnostic, Pack};
use crate::locale::Locale;
use crate::say;

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
    /// The name of its file, without a folder: it says the format, and appears in diagnostics.
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
    /// The name under which it was sent, for messages.
    name: String,
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
    let files = pack_files(folder)?;
    let mut draft = Draft::default();
    if let Some(upload) = upload {
        draft.add_upload(folder, upload, before).await?;
    }
    for path in files {
        draft.add_file(path, before).await?;
    }
    draft.finish(folder, before)
}

/// A pack that was read and found right.
struct Read {
    pack: Pack,
    hash: String,
    warnings: Vec<Diagnostic>,
}

/// Reads a pack on a thread that may wait for the disk, and takes its hash.
///
/// # Errors
/// The thread failed. The inner error is everything that is wrong with the pack.
async fn read_hashed(
    read: impl FnOnce() -> Result<(PackFile, Pack, Vec<Diagnostic>), Vec<Diagnostic>> + Send + 'static,
) -> Result<Result<Read, Vec<Diagnostic>>, LoadError> {
    let read_and_hash = move || {
        let (file, pack, warnings) = read()?;
        match hash(&pack) {
            Ok(hash) => Ok(Read { pack, hash, warnings }),
            Err(error) => Err(vec![Diagnostic::of_file(file.name, error.to_string(), say!("load-report"))]),
        }
    };
    // What is wrong is told in the language of who asked.
    let language = Locale::current();
    let reading = tokio::task::spawn_blocking(move || language.sync_scope(read_and_hash));
    reading.await.map_err(|error| LoadError::Library(LibraryError::Content(error.to_string())))
}

/// A plan under way.
#[derive(Default)]
struct Draft {
    changes: Changes,
    warnings: Vec<Diagnostic>,
    left_out: Vec<LeftOut>,
    packs: Vec<Planned>,
    incoming: Option<Incoming>,
    /// The file of each article.
    seen: HashMap<String, PathBuf>,
    /// The articles that several files have.
    twice: HashSet<String>,
}

impl Draft {
    /// Adds an upload, before all files.
    async fn add_upload(
        &mut self,
        folder: &Path,
        upload: &Upload,
        before: &Before<'_>,
    ) -> Result<(), LoadError> {
        let Upload { name, bytes } = upload.clone();
        let reading = move || checked(PackFile::from_bytes(name, bytes).map_err(|it| vec![it])?);
        // Whatever else is wrong was there before: the editor is shown what is wrong with what was sent.
        let read = read_hashed(reading).await?.map_err(LoadError::Wrong)?;
        let kind = if upload.name.ends_with(".json") { "json" } else { "toml" };
        let target = folder.join(format!("{}.{kind}", read.pack.article.id));
        let hidden = folder.join(format!(".incoming-{}", upload.name));
        self.add(folder.join(&upload.name), read, before).await?;
        self.incoming = Some(Incoming {
            name: upload.name.clone(),
            bytes: upload.bytes.clone(),
            hidden,
            target,
            replaced: vec![],
        });
        Ok(())
    }

    /// Adds a file of the folder.
    async fn add_file(&mut self, path: PathBuf, before: &Before<'_>) -> Result<(), LoadError> {
        let reading = path.clone();
        let outcome = read_hashed(move || read(&reading)).await?;
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let read = match outcome {
            Ok(read) => read,
            Err(diagnostics) => {
                match &mut self.incoming {
                    Some(incoming) if incoming.target == path => incoming.replaced.push(path),
                    _ => self.left_out.push(LeftOut { file: name, diagnostics }),
                }
                return Ok(());
            }
        };
        let article = read.pack.article.id.clone();
        let Some(other) = self.seen.get(&article) else { return self.add(path, read, before).await };
        if let Some(incoming) = &mut self.incoming
            && self.packs.first().is_some_and(|first| first.article == article)
        {
            incoming.replaced.push(path);
            return Ok(());
        }
        let diagnostic = several::taken(path.display().to_string(), &article, other);
        self.left_out.push(LeftOut { file: name, diagnostics: vec![diagnostic] });
        self.twice.insert(article);
        Ok(())
    }

    /// Adds a right pack of an article that no file had so far.
    async fn add(&mut self, path: PathBuf, read: Read, before: &Before<'_>) -> Result<(), LoadError> {
        let Read { pack, hash, warnings } = read;
        let article = pack.article.id.clone();
        self.seen.insert(article.clone(), path.clone());
        self.warnings.extend(warnings);
        self.changes.compare(before.loaded, &pack, &hash).await?;
        self.packs.push(Planned { path, article, hash, place: place(&pack) });
        Ok(())
    }

    /// The plan, now that all packs are known.
    fn finish(mut self, folder: &Path, before: &Before<'_>) -> Result<Plan, LoadError> {
        if let Some(incoming) = &self.incoming {
            if self.packs.iter().skip(1).any(|other| other.path == incoming.target) {
                return Err(LoadError::Wrong(vec![Diagnostic::of_file(
                    &incoming.name,
                    say!("load-pack-of-another", file = incoming.target.display()),
                    say!("load-give-another-id"),
                )]));
            }
            if let Some(first) = self.packs.first_mut() {
                first.path.clone_from(&incoming.hidden);
            }
        }
        // Which of two files is the article can't be known.
        self.packs.retain(|pack| !self.twice.contains(&pack.article));
        if !self.left_out.is_empty() && (before.all_or_nothing || self.packs.is_empty()) {
            let diagnostics = self.left_out.into_iter().flat_map(|it| it.diagnostics);
            return Err(LoadError::Wrong(diagnostics.collect()));
        }
        if self.packs.is_empty() {
            return Err(LoadError::NoPacks(folder.to_path_buf()));
        }
        let gone = before.articles.iter().filter(|article| !self.seen.contains_key(&article.key));
        self.changes.articles = gone.cloned().collect();
        // The order of the packs is that of the articles everywhere.
        self.packs.sort_by(|a, b| a.place.cmp(&b.place).then_with(|| a.article.cmp(&b.article)));
        Ok(Plan {
            revision: revision(&self.packs),
            changes: self.changes,
            warnings: self.warnings,
            left_out: self.left_out,
            packs: self.packs,
            incoming: self.incoming,
        })
    }
}

/// The name of the revision that packs make: the same for the same content in the same schema.
fn revision(packs: &[Planned]) -> String {
    let mut revision = Sha256::new();
    revision.update(build::SCHEMA);
    for pack in packs {
        revision.update(format!("\n{} {}", pack.article, pack.hash));
    }
    revision.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}
