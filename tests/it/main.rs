//! The tests of the whole that need nothing but Rust: one program, with a file a topic.
//! docs/testing.md says what is tested where.

mod answers;
mod bad_input;
mod catalogue;
#[path = "../common/mod.rs"]
mod common;
mod damage;
mod debate;
#[cfg(all(feature = "discord", unix))]
mod discord;
#[cfg(feature = "discord")]
mod discord_messages;
mod discuss;
mod docs;
mod docs_commands;
mod finding;
mod gaps;
mod importance;
mod left;
mod links;
#[cfg(feature = "matrix")]
mod matrix_calls;
#[cfg(feature = "matrix")]
mod matrix_messages;
#[cfg(all(feature = "discord", unix))]
mod outbox;
mod outside_catalogue;
mod pack_form;
mod packs;
#[cfg(all(feature = "discord", feature = "matrix"))]
mod pictures;
mod program;
mod proof;
mod pseudo;
mod queries;
mod questions;
mod quiz;
mod reading;
mod reload;
mod schedule;
mod several;
#[cfg(all(feature = "discord", unix))]
#[path = "../standin/mod.rs"]
mod standin;
mod structure;
