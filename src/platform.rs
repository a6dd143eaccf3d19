//! The platforms, the places on them, and what commands begin with there.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A platform on which people ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Platform {
    /// A prompt or a pipe.
    Terminal,
    /// Discord.
    Discord,
    /// Matrix.
    Matrix,
}

impl Platform {
    /// All of them.
    pub const ALL: [Platform; 3] = [Platform::Terminal, Platform::Discord, Platform::Matrix];

    /// The word for it in ids and in the log.
    pub fn as_str(self) -> &'static str {
        match self {
            Platform::Terminal => "terminal",
            Platform::Discord => "discord",
            Platform::Matrix => "matrix",
        }
    }

    /// Its name, as people read it.
    pub fn title(self) -> &'static str {
        match self {
            Platform::Terminal => "Terminal",
            Platform::Discord => "Discord",
            Platform::Matrix => "Matrix",
        }
    }
}

impl fmt::Display for Platform {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Where something is asked and posted: a channel, a room, a server. Written as `discord:channel:1234` or
/// `matrix:room:!id:example.org`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// The platform.
    pub platform: Platform,
    /// What sort of place it is.
    pub kind: PlaceKind,
    /// Its id on the platform.
    pub id: String,
}

/// A sort of place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PlaceKind {
    /// A channel or a thread of Discord.
    Channel,
    /// A room of Matrix.
    Room,
    /// A server of Discord.
    Server,
}

impl PlaceKind {
    const ALL: [PlaceKind; 3] = [PlaceKind::Channel, PlaceKind::Room, PlaceKind::Server];

    fn as_str(self) -> &'static str {
        match self {
            PlaceKind::Channel => "channel",
            PlaceKind::Room => "room",
            PlaceKind::Server => "server",
        }
    }
}

impl Place {
    /// A place.
    pub fn new(platform: Platform, kind: PlaceKind, id: impl Into<String>) -> Place {
        Place { platform, kind, id: id.into() }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.platform, self.kind.as_str(), self.id)
    }
}

/// A text that names no place.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no place")]
pub struct NoPlace(String);

impl FromStr for Place {
    type Err = NoPlace;

    fn from_str(text: &str) -> Result<Place, NoPlace> {
        let no_place = || NoPlace(text.to_string());
        let (platform, rest) = text.split_once(':').ok_or_else(no_place)?;
        let (kind, id) = rest.split_once(':').ok_or_else(no_place)?;
        Ok(Place {
            platform: Platform::ALL.into_iter().find(|it| it.as_str() == platform).ok_or_else(no_place)?,
            kind: PlaceKind::ALL.into_iter().find(|it| it.as_str() == kind).ok_or_else(no_place)?,
            id: id.to_string(),
        })
    }
}

/// What commands begin with: `!`, `rap!`. One to eight characters without spaces, the last one no letter or digit, so
/// that no word in front of a command is read with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Prefix(String);

/// A text that can't be a prefix.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "one to {} characters without spaces, the last one neither a letter nor one of / \" ' < > @",
    Prefix::MAX_CHARACTERS
)]
pub struct NoPrefix;

impl Prefix {
    /// The longest prefix, in characters.
    pub const MAX_CHARACTERS: usize = 8;

    /// The prefix as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for Prefix {
    fn default() -> Self {
        Prefix("!".into())
    }
}

impl fmt::Display for Prefix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Prefix {
    type Err = NoPrefix;

    fn from_str(text: &str) -> Result<Prefix, NoPrefix> {
        // A slash is the client's own.
        let ends = |c: char| !c.is_alphanumeric() && !c.is_control() && !"/\"'“”„<>@".contains(c);
        let fits = text.chars().count() <= Prefix::MAX_CHARACTERS
            && !text.contains(char::is_whitespace)
            && text.chars().next_back().is_some_and(ends);
        if fits { Ok(Prefix(text.to_string())) } else { Err(NoPrefix) }
    }
}

impl TryFrom<String> for Prefix {
    type Error = NoPrefix;

    fn try_from(text: String) -> Result<Prefix, NoPrefix> {
        text.parse()
    }
}

impl From<Prefix> for String {
    fn from(prefix: Prefix) -> String {
        prefix.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_read_as_they_are_written() {
        for text in ["discord:channel:1", "discord:server:22", "matrix:room:!a:example.org"] {
            assert_eq!(text.parse::<Place>().unwrap().to_string(), text);
        }
        for text in ["", "discord", "discord:1", "irc:room:x", "matrix:house:x"] {
            assert!(text.parse::<Place>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_prefix_is_never_a_word_or_a_clients_own_sign() {
        for good in
            ["!", "?", "rap!", "=>!", "¡", "12345678".get(..7).map(|it| format!("{it}.")).unwrap().as_str()]
        {
            assert!(good.parse::<Prefix>().is_ok(), "{good}");
        }
        for bad in ["", "/", "rap", "a b!", "!/", "@", "12345678!", "\"", "!\u{7}"] {
            assert!(bad.parse::<Prefix>().is_err(), "{bad}");
        }
    }
}
