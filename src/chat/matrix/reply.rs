//! An answer on its way to a room, and how to get to it again.

use crate::answer::Answer;

use super::reaction_action::Step;

/// An answer on its way to a room.
pub(super) struct Reply {
    pub answer: Answer,
    /// The command line that gives it again, if it may be run again.
    pub line: Option<String>,
    /// The part that is shown, from 0.
    pub part: usize,
    /// What it was opened from.
    pub steps: Vec<Step>,
    /// The event that the seed of its random numbers was made from.
    pub seed: String,
    /// Whether the bot leaves the room after it.
    pub leaves: bool,
}

impl Reply {
    /// An answer that no command gives again.
    pub fn only(answer: Answer) -> Reply {
        Reply { answer, line: None, part: 0, steps: Vec::new(), seed: String::new(), leaves: false }
    }
}

/// Where a reply is put.
pub(super) struct To<'a> {
    /// The event that it replies to.
    pub event: &'a str,
    /// The first event of the thread that this is in.
    pub thread: Option<&'a str>,
}
