//! `[access]`: who is an editor or a moderator.

use crate::say;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[expect(missing_docs, reason = "config/rapporteur.toml says what each means")]
pub struct AccessSettings {
    pub editors: Vec<Listed>,
    pub moderators: Vec<Listed>,
}

/// Somebody, or some people, on a platform.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Listed {
    /// `discord:1234`: a user.
    DiscordUser(u64),
    /// `discord-role:1234:5678`: who has a role in a server.
    DiscordRole {
        /// The server's id.
        server: u64,
        /// The role's id.
        role: u64,
    },
    /// `matrix:@ada:example.org`: a user.
    MatrixUser(String),
}

impl TryFrom<String> for Listed {
    type Error = String;

    fn try_from(text: String) -> Result<Listed, String> {
        let id = |text: &str| text.parse::<u64>().ok().filter(|id| *id > 0);
        let listed = match text.split_once(':') {
            Some(("discord", user)) => id(user).map(Listed::DiscordUser),
            Some(("discord-role", ids)) => ids.split_once(':').and_then(|(server, role)| {
                Some(Listed::DiscordRole { server: id(server)?, role: id(role)? })
            }),
            Some(("matrix", user)) if user.starts_with('@') && user[1..].contains(':') => {
                Some(Listed::MatrixUser(user.into()))
            }
            _ => None,
        };
        listed.ok_or_else(|| say!("setting-editors", text = text))
    }
}

impl From<Listed> for String {
    fn from(listed: Listed) -> String {
        match listed {
            Listed::DiscordUser(user) => format!("discord:{user}"),
            Listed::DiscordRole { server, role } => format!("discord-role:{server}:{role}"),
            Listed::MatrixUser(user) => format!("matrix:{user}"),
        }
    }
}
