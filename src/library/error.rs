//! What can go wrong with the library: reading it, and loading packs into it.

use std::path::PathBuf;

use crate::article::Diagnostic;

/// Why the library could not answer.
#[derive(Debug, thiserror::Error)]
pub enum LibraryError {
    /// SQLite said no: the file is damaged, gone, or can't be read.
    #[error("the library can't be read: {0}")]
    Database(sqlx::Error),
    /// The file holds something that this program does not understand.
    #[error("the library holds something unreadable: {0}")]
    Content(String),
}

impl From<sqlx::Error> for LibraryError {
    fn from(error: sqlx::Error) -> Self {
        LibraryError::Database(error)
    }
}

/// Why packs could not be loaded. Nothing has changed then.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// Packs have errors: all of them, in all packs.
    #[error("{} in the packs", count(.0.len(), "error"))]
    Wrong(Vec<Diagnostic>),
    /// The folder has no packs.
    #[error("there are no packs in {0}")]
    NoPacks(PathBuf),
    /// The folder of the packs can't be read.
    #[error("the packs in {folder} can't be read: {error}")]
    Packs {
        /// The folder.
        folder: PathBuf,
        /// Why.
        error: std::io::Error,
    },
    /// Another load is under way, here or in another process.
    #[error("another reload is under way")]
    Busy,
    /// A pack changed between the check and the load.
    #[error("{0} changed while it was loaded")]
    Moving(PathBuf),
    /// The data folder can't be written.
    #[error("{path} can't be written: {error}")]
    Folder {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        error: std::io::Error,
    },
    /// The new library file can't be written: the disk is full, for instance.
    #[error("{path} can't be written: {error}")]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        error: LibraryError,
    },
    /// The loaded library can't be read.
    #[error(transparent)]
    Library(#[from] LibraryError),
}

fn count(number: usize, word: &str) -> String {
    if number == 1 { format!("one {word}") } else { format!("{number} {word}s") }
}
