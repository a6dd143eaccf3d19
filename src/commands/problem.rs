//! Why a command was not carried out to its end.

use crate::answer::Answer;
use crate::community::CommunityError;
use crate::library::{LibraryError, LoadError};

/// Why a command was not carried out to its end.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// Nothing is wrong, but this is the answer: there is no such thing, or no such page.
    #[error("{}", .0.title)]
    Instead(Box<Answer>),
    /// Nothing is loaded yet.
    #[error("no library is loaded")]
    NoLibrary,
    /// The library failed.
    #[error(transparent)]
    Library(#[from] LibraryError),
    /// The community database failed.
    #[error(transparent)]
    Community(#[from] CommunityError),
    /// Loading failed.
    #[error(transparent)]
    Load(#[from] LoadError),
}

impl From<Answer> for Problem {
    fn from(answer: Answer) -> Self {
        Problem::Instead(Box::new(answer))
    }
}
