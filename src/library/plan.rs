//! The first half of a reload: read and check every pack, and see what would change.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::article::check::check;
use crate::article::read::PackFile;
use crate::article::{Diagnostic, Kind, Pack, Severity};

use super::{Library, LibraryError, LoadError, build};

/// What a reload would load.
#[derive(Debug)]
pub struct Plan {
    /// The revision that the packs make.
    pub revision: String,
    /// What is different from the revision that is loaded.
    pub changes: Changes,
    /// Warnings of the check.
    pub warnings: Vec<Diagnostic>,
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
}

/// What happened to an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Change {
    /// It is new.
    Added,
    /// Its content is different.
    Changed,
    /// It is gone.
    Removed,
}

/// The differences between two revisions, by article and id.
#[derive(Debug, Clone, Default)]
pub struct Changes {
    /// How many items were added, changed and removed.
    pub counts: [usize; 3],
    /// The items, `article/id` with kind; at most [`Changes::MOST`] of each.
    pub items: Vec<(Change, Kind, String)>,
}

impl Changes {
    /// How many items of a sort are named.
    pub const MOST: usize = 200;

    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.counts == [0; 3]
    }

    fn add(&mut self, change: Change, kind: Kind, article: &str, id: &str) {
        let count = &mut self.counts[change as usize];
        *count += 1;
        if *count <= Self::MOST {
            self.items.push((change, kind, format!("{article}/{id}")));
        }
    }
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

/// Reads and checks all packs of a folder, and compares them with what is loaded. An upload takes the
/// place of the pack for the same article, and of a broken one under the name that it is to have.
///
/// # Errors
/// Every diagnostic of every pack; or what kept the packs from being read.
pub(super) async fn plan(
    folder: &Path,
    upload: Option<&Upload>,
    loaded: Option<&Library>,
) -> Result<Plan, LoadError> {
    let mut plan = Plan {
        revision: String::new(),
        changes: Changes::default(),
        warnings: vec![],
        packs: vec![],
        incoming: None,
    };
    let mut diagnostics = Vec::new();
    let mut seen: HashMap<String, PathBuf> = HashMap::new();
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
            Err(wrong) => {
                diagnostics.extend(wrong);
                if is_upload {
                    // Whatever else is wrong was there before: the editor hears of what was sent.
                    return Err(LoadError::Wrong(diagnostics));
                }
                continue;
            }
        };
        let article = pack.article.id.clone();
        if let Some(other) = seen.get(&article) {
            if plan.packs.first().is_some_and(|first| first.article == article) && plan.incoming.is_some() {
                replaced.push(path);
                continue;
            }
            diagnostics.push(Diagnostic::of_file(
                path.display().to_string(),
                format!("the article `{article}` is in {} too", other.display()),
                "give one of them another id, or take the file away",
            ));
            continue;
        }
        seen.insert(article.clone(), path.clone());
        plan.warnings.extend(warnings);
        if diagnostics.is_empty() {
            compare(&mut plan.changes, loaded, &pack, &hash).await?;
        }
        if is_upload {
            let kind = if name.ends_with(".json") { "json" } else { "toml" };
            let target = folder.join(format!("{article}.{kind}"));
            let hidden = folder.join(format!(".incoming-{name}"));
            plan.incoming = Some(Incoming { bytes: vec![], hidden, target, replaced: vec![] });
        }
        plan.packs.push(Planned { path, article, hash });
    }
    if let (Some(incoming), Some(upload)) = (&mut plan.incoming, upload) {
        incoming.bytes.clone_from(&upload.bytes);
        let taken = plan.packs.iter().skip(1).any(|other| other.path == incoming.target);
        if taken {
            diagnostics.push(Diagnostic::of_file(
                &upload.name,
                format!("{} is the pack of another article", incoming.target.display()),
                "give this article another id, or rename that file",
            ));
        }
        incoming.replaced = replaced;
        if let Some(first) = plan.packs.first_mut() {
            first.path.clone_from(&incoming.hidden);
        }
    }
    if diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error) {
        return Err(LoadError::Wrong(diagnostics));
    }
    if plan.packs.is_empty() {
        return Err(LoadError::NoPacks(folder.to_path_buf()));
    }
    if let Some(loaded) = loaded {
        removed(&mut plan.changes, loaded, &seen).await?;
    }
    plan.packs.sort_by(|a, b| a.article.cmp(&b.article));
    let mut revision = Sha256::new();
    revision.update(build::SCHEMA);
    for pack in &plan.packs {
        revision.update(format!("\n{} {}", pack.article, pack.hash));
    }
    plan.revision = revision.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    Ok(plan)
}

/// Adds what is different in one pack.
async fn compare(
    changes: &mut Changes,
    loaded: Option<&Library>,
    pack: &Pack,
    hash: &str,
) -> Result<(), LoadError> {
    let article = &pack.article.id;
    let old = match loaded {
        Some(library) => match library.hash(article).await? {
            Some((_, old)) if old == hash => return Ok(()),
            Some(_) => library.pack(article).await?,
            None => None,
        },
        None => None,
    };
    let mut old: HashMap<String, _> =
        old.into_iter().flat_map(Pack::into_items).map(|item| (item.id().to_string(), item)).collect();
    for item in pack.clone().into_items() {
        match old.remove(item.id()) {
            None => changes.add(Change::Added, item.kind(), article, item.id()),
            Some(old) if old != item => changes.add(Change::Changed, item.kind(), article, item.id()),
            Some(_) => {}
        }
    }
    let mut gone: Vec<_> = old.into_values().map(|item| (item.kind(), item.id().to_string())).collect();
    gone.sort();
    for (kind, id) in gone {
        changes.add(Change::Removed, kind, article, &id);
    }
    Ok(())
}

/// Adds the articles that are gone as a whole.
async fn removed(
    changes: &mut Changes,
    loaded: &Library,
    kept: &HashMap<String, PathBuf>,
) -> Result<(), LoadError> {
    const AT_ONCE: i64 = 1_000;
    let mut offset = 0;
    loop {
        let articles = loaded.articles(offset, AT_ONCE).await?;
        if articles.is_empty() {
            return Ok(());
        }
        offset += AT_ONCE;
        for article in &articles {
            if kept.contains_key(&article.key) {
                continue;
            }
            for item in loaded.pack(&article.key).await?.into_iter().flat_map(Pack::into_items) {
                changes.add(Change::Removed, item.kind(), &article.key, item.id());
            }
        }
    }
}
