//! Sentences of the platforms themselves, which no command says.

use crate::answer::{Answer, AnswerKind, Entry};
use crate::commands::MAX_BYTES;
use crate::say;

/// The answer to a question that comes while the program ends.
#[cfg(feature = "discord")]
pub fn restarting() -> Answer {
    Answer::other(AnswerKind::Failed, say!("chat-restarting"))
}

/// What is said where the bot comes to: how one asks there, and three things to try.
#[cfg(any(feature = "discord", feature = "matrix"))]
pub fn greeting(how: String) -> Answer {
    Answer::found(say!("chat-greeting"))
        .paragraph(how)
        .choice(say!("chat-try-quote"), "quote")
        .choice(say!("chat-try-timeline"), "timeline")
        .choice(say!("chat-try-discuss"), "discuss")
}

/// What a thread begins with that is opened on an answer.
#[cfg(any(feature = "discord", feature = "matrix"))]
pub fn thread_begins() -> Answer {
    Answer::found(say!("chat-thread"))
}

/// What who asked for something to discuss reads where no thread can be opened on it.
#[cfg(feature = "discord")]
pub fn no_thread() -> Answer {
    Answer::other(AnswerKind::Refused, say!("discord-no-thread"))
}

/// Why a file that came with a command can't be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileProblem {
    /// Nothing says where it is.
    NoAddress,
    /// It is somewhere where the platform keeps no files.
    #[cfg(feature = "discord")]
    ForeignHost,
    /// It can't be fetched, or not be decrypted.
    Unreachable,
    /// Fetching it takes too long.
    TooSlow,
    /// The message that it came with can't be fetched, or not be decrypted.
    #[cfg(feature = "matrix")]
    NoMessage,
}

/// The answer where a file that came with a command can't be had.
pub fn file_not_fetched(problem: FileProblem) -> Answer {
    let title = match problem {
        FileProblem::NoAddress => say!("file-no-address"),
        #[cfg(feature = "discord")]
        FileProblem::ForeignHost => say!("file-foreign-host"),
        FileProblem::Unreachable => say!("file-unreachable"),
        FileProblem::TooSlow => say!("file-too-slow"),
        #[cfg(feature = "matrix")]
        FileProblem::NoMessage => say!("file-no-message"),
    };
    Answer::other(AnswerKind::Failed, title)
}

/// The answer where a file that came with a command is larger than [`MAX_BYTES`].
pub fn file_too_large() -> Answer {
    let title = say!("file-too-large", megabytes = MAX_BYTES >> 20);
    Answer::other(AnswerKind::WrongUsage, title)
}

/// Where an earlier answer comes from, as far as can be read from that answer itself: its own source lines, and those
/// of what it lists.
pub fn sources_shown(own: Vec<String>, entries: Vec<Entry>) -> Answer {
    if own.is_empty() && entries.is_empty() {
        return Answer::other(AnswerKind::NothingFound, say!("chat-no-source"));
    }
    own.into_iter().fold(Answer::found(say!("chat-sources")), Answer::paragraph).list("", entries)
}
