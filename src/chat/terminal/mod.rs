//! The terminal: a prompt with history and completion, or lines from a pipe.

mod conversation;
mod prompt;
mod run;

pub use crate::chat::shared::plain_text::{choices, render};
pub use conversation::{ask, caller, language, show, width};
pub use run::chat;
