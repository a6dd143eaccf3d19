//! The tests of the whole: one program, so that the stand-in for Discord and the homeserver are compiled once.
//! docs/testing.md says what is tested where.

#![recursion_limit = "256"]

mod answers;
mod bad_input;
mod common;
#[cfg(all(feature = "discord", unix))]
mod discord;
#[cfg(feature = "discord")]
mod discord_messages;
mod docs;
mod finding;
#[cfg(all(feature = "matrix", unix))]
mod homeserver;
#[cfg(all(feature = "matrix", unix))]
mod matrix;
#[cfg(all(feature = "matrix", unix))]
mod matrix_account;
#[cfg(feature = "matrix")]
mod matrix_messages;
mod pack_form;
mod packs;
mod program;
mod proof;
mod queries;
mod reload;
mod several;
#[cfg(all(feature = "discord", unix))]
mod standin;
#[cfg(all(feature = "discord", feature = "matrix", unix))]
mod together;
