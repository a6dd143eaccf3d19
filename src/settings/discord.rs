//! `[discord]`.

use serde::{Deserialize, Serialize};

use super::secret::Secret;
use crate::say;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[expect(missing_docs, reason = "config/rapporteur.toml says what each means")]
pub struct DiscordSettings {
    pub token: Secret,
    pub api_url: String,
    pub shards: Shards,
    pub register_in: Vec<u64>,
}

/// Which of a bot's shards this process runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Shards {
    /// As many as Discord advises, all of them.
    Auto,
    /// Those from `first` to before `end`, of `total`.
    Range {
        /// The first one, from 0.
        first: u32,
        /// The one after the last.
        end: u32,
        /// How many there are in all processes.
        total: u32,
    },
}

impl TryFrom<String> for Shards {
    type Error = String;

    fn try_from(text: String) -> Result<Shards, String> {
        if text == "auto" {
            return Ok(Shards::Auto);
        }
        let read = || {
            let (range, total) = text.split_once('/')?;
            let (first, end) = range.split_once("..")?;
            Some((first.trim().parse().ok()?, end.trim().parse().ok()?, total.trim().parse().ok()?))
        };
        match read() {
            Some((first, end, total)) if first < end && end <= total => {
                Ok(Shards::Range { first, end, total })
            }
            Some(_) => Err(say!("setting-shards-range", text = text)),
            None => Err(say!("setting-shards", text = text)),
        }
    }
}

impl From<Shards> for String {
    fn from(shards: Shards) -> String {
        match shards {
            Shards::Auto => "auto".into(),
            Shards::Range { first, end, total } => format!("{first}..{end}/{total}"),
        }
    }
}

impl Default for DiscordSettings {
    fn default() -> Self {
        DiscordSettings {
            token: Secret::default(),
            api_url: "https://discord.com".into(),
            shards: Shards::Auto,
            register_in: Vec::new(),
        }
    }
}

impl DiscordSettings {
    /// Checks what the types can't say.
    pub(super) fn check(&self) -> Result<(), String> {
        let url = &self.api_url;
        let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
        if host
            .is_none_or(|host| host.is_empty() || host.trim_end_matches('/').contains(['/', '?', '#', '@']))
        {
            return Err(say!("setting-api-url", url = url));
        }
        Ok(())
    }
}
