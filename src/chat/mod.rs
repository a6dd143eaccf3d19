//! The platforms: text in, answers out.

#[cfg(feature = "discord")]
pub mod discord;
#[cfg(feature = "matrix")]
pub mod matrix;
pub mod services;
mod shared;
pub mod terminal;
