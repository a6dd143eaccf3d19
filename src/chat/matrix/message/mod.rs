//! An answer as a message of Matrix: plain text, the same in HTML, and what can be chosen by a reaction.
//!
//! The HTML keeps to a few of the tags that clients are told to show
//! (<https://spec.matrix.org/latest/client-server-api/#mroommessage-msgtypes>), without any attribute, so
//! nothing in it can link, load or style. What one event can't hold is continued in further parts, which a
//! reaction turns to. A choice is a command line, so it needs no state.

mod budget;
mod draft;
mod html;
mod layout;
pub(super) mod render;
mod text;

pub use super::reaction_action::{BACK, KEYS, ON, is_key};
pub use budget::LIMIT;
pub use render::{Message, RenderOptions, render};
