//! Discord: slash commands, buttons and mentions in, messages out.
//!
//! Everything that a command is comes from the table in [`crate::commands`], and everything that is
//! answered from its Answers; this folder only knows how Discord writes both.

mod access;
mod application;
mod bot;
mod buttons;
pub mod command_ids;
pub mod command_registration;
pub mod component_id;
mod components;
mod events;
pub mod gateway;
mod greeting;
mod incoming;
mod layout;
mod leaving;
pub mod limits;
mod links;
pub mod markdown;
mod mention;
pub mod message;
mod message_text;
mod messages;
mod nested;
mod outbox;
mod payload;
mod platform;
mod recent_ids;
mod reply;
pub mod rest;
mod run;
mod slash_commands;
mod upload;

pub use application::invite;
pub use run::run;
