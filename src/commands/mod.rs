//! The commands, and how they are run.
//!
//! A command is a file in this folder with a `COMMAND`, and a line in `table.rs`.

mod actor;
mod argument;
mod article;
mod articles;
mod ask;
mod audit;
mod caller;
mod command;
mod compare;
mod compare_arguments;
mod compare_articles;
mod difference;
mod event;
mod gaps;
mod help;
mod language;
pub mod line;
mod manner;
mod names;
mod options;
mod parts;
mod problem;
mod quote;
mod quote_order;
mod reload;
mod revisions;
mod rollback;
mod room;
mod run;
mod search;
mod several;
mod show;
mod source;
mod status;
mod suggest;
mod table;
mod text;
mod timeline;
mod today;
mod topic;
mod world;

pub use crate::article::read::MAX_BYTES;
pub use crate::library::Upload;
pub use caller::{Caller, Origin, Role, RoomWord};
pub use command::{Command, Effect, Group, Request};
pub use gaps::forget_old_gaps;
pub use manner::Manner;
pub use names::NameOf;
pub use options::{Args, DEFAULT, Opt, OptKind, Suggest, Value};
pub use problem::Problem;
pub use run::{is_private, run, run_or_ask};
pub use suggest::suggest;
pub use table::{GROUPS, TABLE, command, typed_command};
pub use world::{LOOK, World};
