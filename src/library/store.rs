//! The folder of library files, and the one that answers now.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use arc_swap::ArcSwapOption;

use super::build::Builder;
use super::changes::outlines_of;
use super::error::{LibraryError, LoadError};
use super::plan::{self, Before, Plan, Upload};
use super::revision::Library;

/// The hidden name of a pack that is about to go.
fn aside(pack: &Path) -> PathBuf {
    let name = pack.file_name().unwrap_or_default().to_string_lossy();
    pack.with_file_name(format!(".replaced-{name}"))
}

/// A library file that has just been made or was there already.
#[derive(Debug)]
pub struct Built {
    /// The library, open.
    pub library: Library,
    /// Size of its file in bytes.
    pub bytes: i64,
    /// Whether the file had to be made, because there was none or a damaged one.
    pub made: bool,
}

/// The right to build: held by one load at a time, over all processes on this folder.
#[derive(Debug)]
pub struct BuildLock(File);

impl Drop for BuildLock {
    fn drop(&mut self) {
        // A process that is being started has a copy of the file for a moment: closing this one would not end the lock.
        let _ = self.0.unlock();
    }
}

/// The library files of a data folder.
#[derive(Debug)]
pub struct LibraryStore {
    folder: PathBuf,
    current: ArcSwapOption<Library>,
    since: AtomicI64,
}

impl LibraryStore {
    /// The store in `data/library`; the folder is made where it is missing. No library is open yet.
    ///
    /// # Errors
    /// The folder can't be made.
    pub fn open(data: &Path) -> Result<LibraryStore, LoadError> {
        let folder = data.join("library");
        std::fs::create_dir_all(&folder)
            .map_err(|error| LoadError::Folder { path: folder.clone(), error })?;
        Ok(LibraryStore { folder, current: ArcSwapOption::empty(), since: AtomicI64::new(0) })
    }

    /// The library that answers now. Keep it for the whole of a request.
    pub fn current(&self) -> Option<Arc<Library>> {
        self.current.load_full()
    }

    /// Makes another library the one that answers, from the next request on. `since` is when it was
    /// made current, as the community database has it.
    pub fn swap(&self, library: Library, since: i64) {
        self.current.store(Some(Arc::new(library)));
        self.since.store(since, Ordering::Release);
    }

    /// When the one that answers was made current.
    pub fn since(&self) -> i64 {
        self.since.load(Ordering::Acquire)
    }

    /// Whether this revision, made current at this time, is the one that answers.
    pub fn has(&self, revision: &str, since: i64) -> bool {
        self.current.load().as_ref().is_some_and(|library| library.revision() == revision)
            && self.since.load(Ordering::Acquire) == since
    }

    /// The file of a revision.
    pub fn path(&self, revision: &str) -> PathBuf {
        self.folder.join(format!("{revision}.db"))
    }

    /// Size of the file of a revision in bytes; `None` where there is none.
    pub fn bytes(&self, revision: &str) -> Option<i64> {
        i64::try_from(std::fs::metadata(self.path(revision)).ok()?.len()).ok()
    }

    /// Opens a revision that was built before. `bytes` is the size that its file had.
    ///
    /// # Errors
    /// The file is missing, has another size, or is damaged.
    pub async fn open_revision(&self, revision: &str, bytes: i64) -> Result<Library, LibraryError> {
        match self.bytes(revision) {
            None => return Err(LibraryError::Content(format!("the file of revision {revision} is gone"))),
            Some(now) if now != bytes => {
                return Err(LibraryError::Content(format!(
                    "the file of revision {revision} has {now} bytes instead of {bytes}"
                )));
            }
            Some(_) => {}
        }
        Library::open(&self.path(revision)).await
    }

    /// Waits for the right to build.
    ///
    /// # Errors
    /// The data folder can't be written.
    pub async fn lock(&self) -> Result<BuildLock, LoadError> {
        let path = self.folder.join("lock");
        let waiting = tokio::task::spawn_blocking({
            let path = path.clone();
            move || {
                let file = File::options().create(true).append(true).open(path)?;
                file.lock()?;
                Ok(file)
            }
        });
        let waited = waiting.await.unwrap_or_else(|error| Err(std::io::Error::other(error)));
        waited.map(BuildLock).map_err(|error| LoadError::Folder { path, error })
    }

    /// Asks for the right to build.
    ///
    /// # Errors
    /// [`LoadError::Busy`] if another load has it.
    pub fn try_lock(&self) -> Result<BuildLock, LoadError> {
        let path = self.folder.join("lock");
        let unwritable = |error| LoadError::Folder { path: path.clone(), error };
        let file = File::options().create(true).append(true).open(&path).map_err(unwritable)?;
        match file.try_lock() {
            Ok(()) => Ok(BuildLock(file)),
            Err(TryLockError::WouldBlock) => Err(LoadError::Busy),
            Err(TryLockError::Error(error)) => Err(unwritable(error)),
        }
    }

    /// Reads and checks all packs of a folder and one that is to come among them, and compares them with
    /// what answers now. Where nothing does, `last` is the revision that did last: its file may be of another schema,
    /// but its articles can still be missed.
    pub async fn plan(
        &self,
        packs: &Path,
        upload: Option<&Upload>,
        last: Option<&str>,
    ) -> Result<Plan, LoadError> {
        let current = self.current();
        let articles = match (&current, last) {
            (Some(library), _) => library.outlines().await,
            (None, Some(last)) => outlines_of(&self.path(last)).await,
            (None, None) => Ok(vec![]),
        };
        let articles = articles.unwrap_or_else(|error| {
            tracing::warn!(%error, "what was loaded before can't be read: an article whose pack is gone is not missed");
            vec![]
        });
        let mut before = Before { loaded: current.as_deref(), articles, all_or_nothing: current.is_some() };
        match plan::plan(packs, upload, &before).await {
            // A damaged library can't be compared with, and must not keep a new one from being made.
            Err(LoadError::Library(error)) => {
                tracing::warn!(%error, "the loaded library can't be compared with");
                before.loaded = None;
                plan::plan(packs, upload, &before).await
            }
            outcome => outcome,
        }
    }

    /// Builds the file of a plan, as [`build`](Self::build) does, and puts the plan's upload among the
    /// packs once the file is whole.
    ///
    /// # Errors
    /// The packs or the file can't be written, or a pack changed meanwhile. The packs are as they were then.
    pub async fn install(
        &self,
        lock: &BuildLock,
        plan: &Plan,
        bytes: Option<i64>,
    ) -> Result<Built, LoadError> {
        let Some(incoming) = &plan.incoming else { return self.build(lock, plan, bytes).await };
        let hidden = &incoming.hidden;
        let unwritable = |error| LoadError::Folder { path: hidden.clone(), error };
        let put = || {
            std::fs::write(hidden, &incoming.bytes)?;
            File::open(hidden)?.sync_all()
        };
        let built = match put() {
            Ok(()) => self.build(lock, plan, bytes).await,
            Err(error) => Err(unwritable(error)),
        };
        let outgoing: Vec<(&PathBuf, PathBuf)> = incoming
            .replaced
            .iter()
            .filter(|old| **old != incoming.target)
            .map(|old| (old, aside(old)))
            .collect();
        let finish = |built| {
            // Only once nothing can fail any more is anything deleted.
            for (old, aside) in &outgoing {
                std::fs::rename(old, aside).map_err(unwritable)?;
            }
            std::fs::rename(hidden, &incoming.target).map_err(unwritable)?;
            for (_, aside) in &outgoing {
                if let Err(error) = std::fs::remove_file(aside) {
                    tracing::warn!(file = %aside.display(), %error, "a replaced pack can't be deleted");
                }
            }
            Ok(built)
        };
        let outcome = built.and_then(finish);
        if outcome.is_err() {
            // It may never have been written, and none of these may have been put aside.
            let _ = std::fs::remove_file(hidden);
            for (old, aside) in &outgoing {
                let _ = std::fs::rename(aside, old);
            }
        }
        outcome
    }

    /// Builds the file of a plan, or takes the one that is there, if it has `bytes` bytes. The file
    /// appears under its name only when it is complete and on the disk.
    pub async fn build(
        &self,
        _lock: &BuildLock,
        plan: &Plan,
        bytes: Option<i64>,
    ) -> Result<Built, LoadError> {
        if let Some(bytes) = bytes
            && let Ok(library) = self.open_revision(&plan.revision, bytes).await
            && library.is_sound().await
        {
            return Ok(Built { library, bytes, made: false });
        }
        let unfinished = self.folder.join("unfinished.db");
        let unwritable = |error| LoadError::Folder { path: unfinished.clone(), error };
        match std::fs::remove_file(&unfinished) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(unwritable(error)),
            _ => {}
        }
        let made = self.write(plan, &unfinished).await;
        if made.is_err() {
            // On a full disk the space is needed; a failure to remove is found by the next load.
            let _ = std::fs::remove_file(&unfinished);
        }
        made?;
        let path = self.path(&plan.revision);
        let finish = || {
            File::open(&unfinished)?.sync_all()?;
            std::fs::rename(&unfinished, &path)?;
            File::open(&self.folder)?.sync_all()
        };
        finish().map_err(unwritable)?;
        let bytes = self.bytes(&plan.revision).unwrap_or_default();
        Ok(Built { library: Library::open(&path).await?, bytes, made: true })
    }

    async fn write(&self, plan: &Plan, path: &Path) -> Result<(), LoadError> {
        let file = path;
        let unwritable = |error| LoadError::File { path: file.to_path_buf(), error };
        let mut builder = Builder::create(file).await.map_err(unwritable)?;
        for planned in &plan.packs {
            let path = planned.path.clone();
            let read = tokio::task::spawn_blocking(move || {
                let (_, pack, _) = plan::read(&path).ok()?;
                let hash = plan::hash(&pack).ok()?;
                Some((pack, hash))
            });
            let read = read.await.map_err(|error| LibraryError::Content(error.to_string()))?;
            match read {
                Some((pack, hash)) if hash == planned.hash => {
                    builder.add(pack, &hash).await.map_err(unwritable)?
                }
                _ => return Err(LoadError::Moving(planned.path.clone())),
            }
        }
        builder.finish(&plan.revision).await.map_err(unwritable)?;
        Ok(())
    }

    /// Deletes the files of all revisions but those to keep. What can't be deleted stays.
    pub fn prune(&self, keep: &[String]) {
        let Ok(entries) = std::fs::read_dir(&self.folder) else { return };
        for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
            let revision =
                path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
            let ours = path.extension().is_some_and(|kind| kind == "db") && revision != "unfinished";
            if ours
                && !keep.contains(&revision)
                && let Err(error) = std::fs::remove_file(&path)
            {
                tracing::warn!(file = %path.display(), %error, "an old revision can't be deleted");
            }
        }
    }
}
