//! The bot's account: its login and its one device, encryption and verification, name and picture, and what an
//! operator does with it from the command line.

pub(super) mod client;
pub(super) mod encryption;
pub(super) mod login;
pub(super) mod login_file;
pub(super) mod oauth;
pub(super) mod operator;
pub(super) mod profile;
pub(super) mod session;
pub(super) mod setup;
pub(super) mod status;
pub(super) mod verification;
