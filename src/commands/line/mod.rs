//! Typed lines, and the requests that they stand for.

mod parse;
pub(super) mod refuse;
mod typing;
mod words;
pub(super) mod write;

pub use parse::{is_known, parse, parse_or_search, request};
pub use refuse::MAX_VALUE;
pub use typing::{Typing, typing};
pub use write::{line, usage};
