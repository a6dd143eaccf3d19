//! The platforms: text in, answers out.

#[cfg(feature = "discord")]
pub mod discord;
#[cfg(feature = "matrix")]
pub mod matrix;
mod shared;
pub mod terminal;
