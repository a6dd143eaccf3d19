//! The real program against a local stand-in for Discord: what members, moderators, editors and operators
//! do, and what goes wrong on the way.

mod api_failures;
mod asking;
mod buttons;
mod connection;
mod debates;
mod languages;
mod load;
mod mentions;
mod packs;
mod quizzes;
mod rooms;
mod scene;
mod start;
