//! The platforms: text in, answers out.

pub mod terminal;
