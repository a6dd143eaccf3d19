//! Matrix: messages and reactions in, notices out, in encrypted rooms too.
//!
//! Every command comes from the table in [`crate::commands`], and every text that is answered from its Answers; this
//! folder only knows how Matrix writes both.
//!
//! An event takes this way: `sync` → `inbox` (a task for each, in its order) → `bot` (what kind of event is it?) →
//! `conversation`, `choices` or `rooms` → `runner` (the command) → `outbox` (the answer, made by `message`). Each knows
//! only what comes after it.

mod account;
mod answers;
mod attachment;
mod attention;
mod bot;
mod choices;
mod clocks;
mod context;
mod conversation;
mod describer;
mod error;
mod ids;
mod inbox;
mod incoming;
mod ledger;
mod locks;
mod mention;
pub mod message;
pub mod msc4391;
mod outbox;
mod rate_limiter;
mod reaction_action;
mod reaction_queue;
mod reactions;
mod reader;
mod reply;
mod retry;
mod room_states;
mod rooms;
mod runner;
mod stores;
mod sync;
mod sync_filter;
mod undecrypted;
mod views;

pub use account::operator::Operator;
pub use account::setup::login;
pub use account::status::status;
pub use error::FatalError;
pub use sync::run;
