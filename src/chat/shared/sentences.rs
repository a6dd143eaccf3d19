//! Sentences of the platforms themselves, which no command says.

use crate::answer::{Answer, AnswerKind, Entry};
use crate::commands::MAX_BYTES;

/// The answer to a question that comes while the program ends.
#[cfg(feature = "discord")]
pub fn restarting() -> Answer {
    Answer::other(AnswerKind::Failed, "Rapporteur is restarting. Ask again in a minute.")
}

/// The refusal to answer a command where everybody would see it. `instead` says how to ask for it.
pub fn only_for_you(command: &str, instead: &str) -> Answer {
    let title = format!("The answer to /{command} is only for you: {instead}.");
    Answer::other(AnswerKind::Refused, title)
}

/// The answer where a file that came with a command can't be had; `why` is a sentence.
pub fn file_not_fetched(why: &str) -> Answer {
    Answer::other(AnswerKind::Failed, format!("{why} Nothing was loaded. Send the file again."))
}

/// The answer where a file that came with a command is larger than [`MAX_BYTES`].
pub fn file_too_large() -> Answer {
    let title = format!(
        "The file is larger than {} MiB. Nothing was loaded: split the pack, or leave out what nobody asks for.",
        MAX_BYTES >> 20
    );
    Answer::other(AnswerKind::WrongUsage, title)
}

/// Where an earlier answer comes from, as far as can be read from that answer itself: its own source lines, and those
/// of what it lists.
pub fn sources_shown(own: Vec<String>, entries: Vec<Entry>) -> Answer {
    if own.is_empty() && entries.is_empty() {
        return Answer::other(AnswerKind::NothingFound, "That answer has no source in the article.");
    }
    let title = "Where that appears in the article";
    own.into_iter().fold(Answer::found(title), Answer::paragraph).list("", entries)
}
