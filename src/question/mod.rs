//! What a question asks for: its form, and the words that it is about.
//!
//! The words of question forms are those of a language ([`english`], [`spanish`]), and never those of an article.

mod english;
mod form;
mod irregular;
mod pattern;
mod read;
mod spanish;
mod synonyms;
mod tongue;

pub use form::{Question, Want, Word, WordRole};
pub use irregular::irregular_forms;
pub use synonyms::synonyms;
