//! An article pack: what may be said, and where it is in the text.
//!
//! This module knows files and texts, and nothing of databases, commands or chats.

pub mod check;
pub mod date;
pub mod diagnostic;
pub mod finding;
pub mod fold;
mod form;
pub mod importance;
mod item;
mod limits;
pub mod link;
pub mod marks;
pub mod names;
pub mod nearest;
pub mod pack;
pub mod proof;
pub mod quotation;
pub mod read;
pub mod schema;
pub mod several;
pub mod speech;
mod syntax;
pub mod text;
mod tree;

pub use diagnostic::{Diagnostic, Severity};
pub use item::{Item, Kind, LinkKind};
pub use pack::Pack;
