//! What a test does: what people do, what goes wrong, and what it looks at.

mod connection;
mod interactions;
mod messages;
mod requests;

pub use interactions::{Blast, Outcome};
