//! The settings: `config/rapporteur.toml`, and over it the environment.

mod access;
mod discord;
mod environment;
mod load;
mod loaded;
mod matrix;
mod model;
mod secret;

pub use access::{AccessSettings, Listed};
pub use discord::{DiscordSettings, Shards};
pub use load::{DEFAULT_FILE, load};
pub use loaded::Loaded;
pub use matrix::{Avatar, Inviters, MatrixSettings};
pub use model::{
    DataSettings, DiscussionSettings, LOG_DEFAULT, LibrarySettings, LogFormat, LogSettings, QuestionSettings,
    Settings, TerminalRole, TerminalSettings,
};
pub use secret::Secret;
