//! The platforms: text in, answers out.

#[cfg(feature = "discord")]
pub mod discord;
pub mod terminal;
