//! Typed lines, and the requests that they stand for.

mod names;
mod parse;
mod question;
pub(super) mod refuse;
mod typing;
mod words;
pub(super) mod write;

pub use names::spoken;
pub use parse::{is_known, parse, request};
pub use question::parse_or_ask;
pub use refuse::{MAX_NUMBER, MAX_VALUE};
pub use typing::{Typing, typing};
pub use write::{line, usage};
