//! What a running command has at hand, and why it may not come to its end.

use std::sync::Arc;

use crate::answer::Answer;
use crate::community::CommunityError;
use crate::library::{Library, LibraryError, LoadError};

use super::command::Command;
use super::request::Request;
use super::world::World;

/// What a running command has at hand.
pub(crate) struct Context<'a> {
    pub world: &'a World,
    pub request: &'a Request,
    pub library: Option<Arc<Library>>,
    /// All commands.
    pub table: &'static [Command],
}

impl Context<'_> {
    /// The text that was given for an option, if it says something.
    pub fn arg(&self, name: &str) -> Option<&str> {
        self.request.text(name)
    }

    /// The page asked for, from 1.
    pub fn page(&self) -> usize {
        let page = self.request.number("page").and_then(|page| usize::try_from(page).ok());
        page.filter(|page| *page > 0).unwrap_or(1)
    }

    /// The library that answers this request.
    pub fn library(&self) -> Result<&Library, Problem> {
        self.library.as_deref().ok_or(Problem::NoLibrary)
    }

    /// The time in milliseconds since 1970 UTC.
    pub fn now(&self) -> i64 {
        self.world.clock.now().as_millisecond()
    }
}

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
