//! Rapporteur answers questions about an article in the chats of the people who read it.

pub mod answer;
pub mod article;
pub mod chat;
pub mod commands;
pub mod community;
pub mod discussion;
pub mod env;
pub mod library;
pub mod locale;
pub mod outbox;
pub mod platform;
pub mod question;
pub mod service;
pub mod settings;
