//! `[matrix]`.

use std::path::PathBuf;

use crate::platform::Prefix;
use crate::say;
use serde::{Deserialize, Serialize};

use super::secret::Secret;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[expect(missing_docs, reason = "config/rapporteur.toml says what each means")]
pub struct MatrixSettings {
    pub homeserver: String,
    pub user: String,
    pub password: Secret,
    pub access_token: Secret,
    pub recovery_key: Secret,
    pub display_name: String,
    pub avatar: Avatar,
    pub allowed_inviters: Vec<Inviters>,
    pub prefix: Prefix,
    pub ignored_users: Vec<String>,
    pub mention_asker: bool,
    pub reactions: usize,
    pub events_per_second: f64,
    pub describe_commands: bool,
    pub moderator_level: i64,
    pub answer_within: u64,
}

impl MatrixSettings {
    /// Whether enough is set to try.
    pub fn is_set(&self) -> bool {
        !self.homeserver.trim().is_empty()
    }

    /// Checks what the types can't say.
    pub(super) fn check(&self) -> Result<(), String> {
        let rate = self.events_per_second;
        if !(0.01..=100_000.0).contains(&rate) {
            return Err(say!("setting-events-per-second", rate = rate.to_string()));
        }
        Ok(())
    }
}

impl Default for MatrixSettings {
    fn default() -> Self {
        MatrixSettings {
            homeserver: String::new(),
            user: String::new(),
            password: Secret::default(),
            access_token: Secret::default(),
            recovery_key: Secret::default(),
            display_name: "Rapporteur".into(),
            avatar: Avatar::Own,
            allowed_inviters: vec![Inviters::Editors],
            prefix: Prefix::default(),
            ignored_users: Vec::new(),
            mention_asker: true,
            reactions: 4,
            events_per_second: 0.2,
            describe_commands: false,
            moderator_level: 50,
            answer_within: 600,
        }
    }
}

/// The picture that the account gets where it has none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum Avatar {
    /// `default`: the program's own.
    Own,
    /// Nothing: it is left as it is.
    Leave,
    /// The path of a PNG or JPEG file.
    File(PathBuf),
}

impl From<String> for Avatar {
    fn from(text: String) -> Avatar {
        match text.trim() {
            "default" => Avatar::Own,
            "" => Avatar::Leave,
            path => Avatar::File(path.into()),
        }
    }
}

impl From<Avatar> for String {
    fn from(avatar: Avatar) -> String {
        match avatar {
            Avatar::Own => "default".into(),
            Avatar::Leave => String::new(),
            Avatar::File(path) => path.display().to_string(),
        }
    }
}

/// Who may invite the bot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Inviters {
    /// `editors`: those whom the settings list.
    Editors,
    /// `anyone`.
    Anyone,
    /// `@ada:example.org`: a user.
    User(String),
    /// `example.org`: all users of a server.
    Server(String),
}

impl TryFrom<String> for Inviters {
    type Error = String;

    fn try_from(text: String) -> Result<Inviters, String> {
        match text.as_str() {
            "editors" => Ok(Inviters::Editors),
            "anyone" => Ok(Inviters::Anyone),
            user if user.starts_with('@') && user[1..].contains(':') => Ok(Inviters::User(text)),
            server
                if server.chars().all(|c| c.is_ascii_alphanumeric() || ".-:[]".contains(c))
                    && !server.is_empty() =>
            {
                Ok(Inviters::Server(text))
            }
            _ => Err(say!("setting-inviters", text = text)),
        }
    }
}

impl From<Inviters> for String {
    fn from(inviters: Inviters) -> String {
        match inviters {
            Inviters::Editors => "editors".into(),
            Inviters::Anyone => "anyone".into(),
            Inviters::User(text) | Inviters::Server(text) => text,
        }
    }
}
