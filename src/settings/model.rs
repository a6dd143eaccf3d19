//! All settings, and the sections that no platform has to itself.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::locale::Locale;
use crate::say;

use super::access::AccessSettings;
use super::discord::DiscordSettings;
use super::matrix::MatrixSettings;

/// All settings. What each means is said in `config/rapporteur.toml`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[expect(missing_docs, reason = "config/rapporteur.toml says what each means")]
pub struct Settings {
    pub library: LibrarySettings,
    pub data: DataSettings,
    pub access: AccessSettings,
    pub answers: AnswerSettings,
    pub questions: QuestionSettings,
    pub discussion: DiscussionSettings,
    pub terminal: TerminalSettings,
    pub discord: DiscordSettings,
    pub matrix: MatrixSettings,
    pub log: LogSettings,
}

impl Settings {
    /// Checks what the types can't say.
    pub(super) fn check(&self) -> Result<(), String> {
        self.library.check()?;
        self.discord.check()?;
        self.matrix.check()?;
        self.log.check()
    }
}

/// Keys that have another name now: section, old key, new key.
pub(super) const RENAMED: [(&str, &str, &str); 1] = [("terminal", "standing", "role")];

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[expect(missing_docs, reason = "config/rapporteur.toml says what each means")]
pub struct LibrarySettings {
    pub packs: PathBuf,
    pub keep_revisions: u16,
    pub quoted_limit: f64,
}

impl LibrarySettings {
    fn check(&self) -> Result<(), String> {
        if !(0.0..=1.0).contains(&self.quoted_limit) {
            return Err(say!("setting-quoted-limit"));
        }
        if self.keep_revisions == 0 {
            return Err(say!("setting-keep-revisions"));
        }
        Ok(())
    }
}

impl Default for LibrarySettings {
    fn default() -> Self {
        LibrarySettings { packs: "config/articles".into(), keep_revisions: 5, quoted_limit: 0.1 }
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[expect(missing_docs, reason = "config/rapporteur.toml says what each means")]
pub struct DataSettings {
    pub folder: PathBuf,
}

impl Default for DataSettings {
    fn default() -> Self {
        DataSettings { folder: "data".into() }
    }
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AnswerSettings {
    pub language: Locale,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[expect(missing_docs, reason = "config/rapporteur.toml says what each means")]
pub struct QuestionSettings {
    pub keep: bool,
}

impl Default for QuestionSettings {
    fn default() -> Self {
        QuestionSettings { keep: true }
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[expect(missing_docs, reason = "config/rapporteur.toml says what each means")]
pub struct DiscussionSettings {
    pub quorum: u16,
    pub late_minutes: u32,
}

impl Default for DiscussionSettings {
    fn default() -> Self {
        DiscussionSettings { quorum: 3, late_minutes: 120 }
    }
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[expect(missing_docs, reason = "config/rapporteur.toml says what each means")]
pub struct TerminalSettings {
    pub role: TerminalRole,
}

/// What the person at the terminal may do.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TerminalRole {
    /// Everything.
    #[default]
    Editor,
    /// Ask.
    Member,
}

/// The log filter that depends on what is started.
pub const LOG_DEFAULT: &str = "default";

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[expect(missing_docs, reason = "config/rapporteur.toml says what each means")]
pub struct LogSettings {
    pub filter: String,
    pub format: LogFormat,
}

/// How log lines look.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    #[default]
    Text,
    /// For programs.
    Json,
}

impl LogSettings {
    fn check(&self) -> Result<(), String> {
        if self.filter == LOG_DEFAULT {
            return Ok(());
        }
        match self.filter.parse::<tracing_subscriber::EnvFilter>() {
            Ok(_) => Ok(()),
            Err(error) => Err(say!("setting-log-filter", cause = error.to_string())),
        }
    }
}

impl Default for LogSettings {
    fn default() -> Self {
        LogSettings { filter: LOG_DEFAULT.into(), format: LogFormat::Text }
    }
}
