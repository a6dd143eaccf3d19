//! The real program against a real homeserver: what members, moderators, editors and operators do, and what
//! goes wrong on the way.

pub mod asking;
pub mod debates;
pub mod described_commands;
pub mod editors;
pub mod encryption;
pub mod harness;
pub mod languages;
pub mod moderators;
pub mod quizzes;
pub mod restarts;
pub mod trouble;
