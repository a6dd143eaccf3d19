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
pub(super) fn pack_files(folder: &Path) -> Result<Vec<PathBuf>, LoadError> {
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
    let file = PackFile::open(path).map_err(|diagnostic| vec![diagnostic])?;
    let pack = file.parse()?;
    let checked = check(&file, &pack, None, 1.0);
    if checked.is_right() { Ok((file, pack, checked.diagnostics)) } else { Err(checked.diagnostics) }
}

/// Reads and checks all packs of a folder, and compares them with what is loaded.
///
/// # Errors
/// Every diagnostic of every pack; or what kept the packs from being read.
pub(super) async fn plan(folder: &Path, loaded: Option<&Library>) -> Result<Plan, LoadError> {
    let mut plan =
        Plan { revision: String::new(), changes: Changes::default(), warnings: vec![], packs: vec![] };
    let mut diagnostics = Vec::new();
    let mut seen: HashMap<String, PathBuf> = HashMap::new();
    for path in pack_files(folder)? {
        let reading = path.clone();
        let outcome = tokio::task::spawn_blocking(move || {
            read(&reading).and_then(|(file, pack, warnings)| match hash(&pack) {
                Ok(hash) => Ok((pack, hash, warnings)),
                Err(error) => Err(vec![Diagnostic::of_file(file.name, error.to_string(), "report this")]),
            })
        })
        .await
        .map_err(|error| LoadError::Library(LibraryError::Content(error.to_string())))?;
        let (pack, hash, warnings) = match outcome {
            Ok(read) => read,
            Err(wrong) => {
                diagnostics.extend(wrong);
                continue;
            }
        };
        plan.warnings.extend(warnings);
        let article = pack.article.id.clone();
        if let Some(other) = seen.insert(article.clone(), path.clone()) {
            diagnostics.push(Diagnostic::of_file(
                path.display().to_string(),
                format!("the article `{article}` is in {} too", other.display()),
                "give one of them another id, or take the file away",
            ));
            continue;
        }
        if diagnostics.is_empty() {
            compare(&mut plan.changes, loaded, &pack, &hash).await?;
        }
        plan.packs.push(Planned { path, article, hash });
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
