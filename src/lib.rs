//! Rapporteur answers questions about an article in the chats of the people who read it.
#![warn(missing_docs)]
#![forbid(unsafe_code)]

pub mod article;
pub mod community;
pub mod library;
