//! Texts that must not be shown: tokens and passwords.

use serde::{Deserialize, Serialize};

/// A text that must not be shown.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// The text itself, as people copy it: a token without the scheme that a header has before it. Keep it out
    /// of messages and logs.
    pub fn expose(&self) -> &str {
        let text = self.0.trim();
        text.strip_prefix("Bot ").unwrap_or(text)
    }

    /// Whether it was not set.
    pub fn is_empty(&self) -> bool {
        self.expose().is_empty()
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Secret {
        Secret(text)
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("(hidden)")
    }
}
