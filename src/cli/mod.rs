//! The subcommands of the program, a file for each, and what they share.

pub mod ask;
pub mod chat;
pub mod check;
#[cfg(feature = "discord")]
pub mod discord;
pub mod export;
pub mod help;
pub mod load;
#[cfg(feature = "matrix")]
pub mod matrix;
pub mod output;
pub mod run;
pub mod schema;
pub mod settings;
pub mod setup;
