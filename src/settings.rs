//! The settings: `config/rapporteur.toml`, and over it the environment.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::article::Diagnostic;

/// All settings. What each means is said in `config/rapporteur.toml`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Settings {
    pub library: LibrarySettings,
    pub data: DataSettings,
    pub access: AccessSettings,
    pub terminal: TerminalSettings,
    pub discord: DiscordSettings,
    pub matrix: MatrixSettings,
    pub log: LogSettings,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[allow(missing_docs)]
pub struct LibrarySettings {
    pub packs: PathBuf,
    pub keep_revisions: u16,
    pub quoted_limit: f64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[allow(missing_docs)]
pub struct DataSettings {
    pub folder: PathBuf,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[allow(missing_docs)]
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
        listed.ok_or_else(|| {
            format!(
                "`{text}` is nobody: write `discord:USER`, `discord-role:SERVER:ROLE` or `matrix:@USER:HOST`"
            )
        })
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

/// A text that must not be shown.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// The text itself, as people copy it: a token without what stands before it in a header. Keep it out
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

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[allow(missing_docs)]
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
            Some(_) => Err(format!("`{text}` is no range of shards: it is FIRST..END/TOTAL, END excluded")),
            None => Err(format!("`{text}` is neither `auto` nor a range of shards such as `0..4/16`")),
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

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[allow(missing_docs)]
pub struct MatrixSettings {
    pub homeserver: String,
    pub user: String,
    pub password: Secret,
    pub access_token: Secret,
    pub recovery_key: Secret,
    pub display_name: String,
    pub avatar: Avatar,
    pub allowed_inviters: Vec<Inviters>,
    pub prefix: String,
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
            prefix: "!".into(),
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
            _ => Err(format!(
                "`{text}` is nobody: write `editors`, `anyone`, a user such as `@ada:example.org` or a server such as `example.org`"
            )),
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

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[allow(missing_docs)]
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

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[allow(missing_docs)]
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

impl Settings {
    /// What the types can't say.
    fn check(&self) -> Result<(), String> {
        if !(0.0..=1.0).contains(&self.library.quoted_limit) {
            return Err("library.quoted_limit is not a share from 0 to 1".into());
        }
        if self.library.keep_revisions == 0 {
            return Err("library.keep_revisions must be 1 at least".into());
        }
        let url = &self.discord.api_url;
        let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
        if host
            .is_none_or(|host| host.is_empty() || host.trim_end_matches('/').contains(['/', '?', '#', '@']))
        {
            return Err(format!(
                "discord.api_url `{url}` is not scheme, host and port alone, such as http://localhost:8080"
            ));
        }
        let prefix = &self.matrix.prefix;
        if prefix.is_empty() || prefix.chars().count() > 8 || prefix.contains(char::is_whitespace) {
            return Err(format!("matrix.prefix `{prefix}` is not one to eight signs without spaces"));
        }
        let rate = self.matrix.events_per_second;
        if !(0.01..=100_000.0).contains(&rate) {
            return Err(format!("matrix.events_per_second {rate} is not from 0.01 to 100000"));
        }
        if self.log.filter == LOG_DEFAULT {
            return Ok(());
        }
        match self.log.filter.parse::<tracing_subscriber::EnvFilter>() {
            Ok(_) => Ok(()),
            Err(error) => Err(format!("log.filter can't be read: {error}")),
        }
    }
}

impl Default for LibrarySettings {
    fn default() -> Self {
        LibrarySettings { packs: "config/articles".into(), keep_revisions: 5, quoted_limit: 0.1 }
    }
}

impl Default for DataSettings {
    fn default() -> Self {
        DataSettings { folder: "data".into() }
    }
}

impl Default for LogSettings {
    fn default() -> Self {
        LogSettings { filter: LOG_DEFAULT.into(), format: LogFormat::Text }
    }
}

/// The log filter that depends on what is started.
pub const LOG_DEFAULT: &str = "default";

/// Where the settings are looked for when nobody says where.
pub const DEFAULT_FILE: &str = "config/rapporteur.toml";

/// The beginning of the names of our variables in the environment.
const PREFIX: &str = "RAPPORTEUR_";

/// Variables that people know by another name.
const ALSO: [(&str, &str); 4] = [
    ("DISCORD_TOKEN", "RAPPORTEUR_DISCORD_TOKEN"),
    ("MATRIX_ACCESS_TOKEN", "RAPPORTEUR_MATRIX_ACCESS_TOKEN"),
    ("MATRIX_PASSWORD", "RAPPORTEUR_MATRIX_PASSWORD"),
    ("MATRIX_RECOVERY_KEY", "RAPPORTEUR_MATRIX_RECOVERY_KEY"),
];

/// Settings, and which variables had a say.
#[derive(Debug, Clone, PartialEq)]
pub struct Loaded {
    /// The settings in force.
    pub settings: Settings,
    /// The variables that won over the file or the default.
    pub from_environment: Vec<String>,
}

/// Reads the settings. Without `file`, [`DEFAULT_FILE`] is read if it is there.
///
/// # Errors
/// Everything that is wrong with the file and the variables: unknown keys and bad values, each with
/// its place.
pub fn load(
    file: Option<&Path>,
    environment: impl Iterator<Item = (OsString, OsString)>,
) -> Result<Loaded, Vec<Diagnostic>> {
    let path = file.unwrap_or(Path::new(DEFAULT_FILE));
    let name = path.display().to_string();
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if file.is_none() && error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => {
            let wrong = Diagnostic::of_file(
                name,
                format!("can't be read: {error}"),
                "check the path, or leave --config out",
            );
            return Err(vec![wrong]);
        }
    };
    let mut settings: Settings = toml::from_str(&text).map_err(|error| {
        let help = "config/rapporteur.toml in the project has every setting with its default";
        let wrong = Diagnostic::of_file(&name, error.message().replace('\n', ", "), help);
        vec![match error.span() {
            Some(span) => wrong.at(text.as_str().into(), span),
            None => wrong,
        }]
    })?;
    let mut wrong = Vec::new();
    if let Err(problem) = settings.check() {
        wrong.push(Diagnostic::of_file(
            &name,
            problem,
            "config/rapporteur.toml in the project says what it takes",
        ));
    }
    let mut from_environment = Vec::new();
    let known = variables();
    let mut environment: BTreeMap<String, OsString> = environment
        .filter_map(|(variable, value)| Some((variable.into_string().ok()?, value)))
        .filter(|(variable, _)| variable.starts_with(PREFIX) || ALSO.iter().any(|(also, _)| also == variable))
        .collect();
    for (also, variable) in ALSO {
        if let Some(value) = environment.remove(also).filter(|value| !value.is_empty()) {
            environment.entry(variable.into()).or_insert(value);
        }
    }
    for (variable, value) in environment {
        let place = format!("environment variable {variable}");
        let Some((section, key)) = known.get(&variable) else {
            let nearest = known.keys().map(|known| (strsim::osa_distance(known, &variable), known)).min();
            let help = match nearest {
                Some((distance, known)) if distance <= 6 => format!("did you mean {known}?"),
                _ => "`rapporteur settings` lists the settings".to_string(),
            };
            wrong.push(Diagnostic::of_file(place, "there is no such setting", help));
            continue;
        };
        let Some(value) = value.to_str() else {
            wrong.push(Diagnostic::of_file(place, "its value is not Unicode text", "write it anew"));
            continue;
        };
        match with(&settings, section, key, value) {
            Ok(changed) => {
                settings = changed;
                from_environment.push(variable);
            }
            Err(problem) => wrong.push(Diagnostic::of_file(
                place,
                problem,
                "see config/rapporteur.toml for what it takes",
            )),
        }
    }
    if wrong.is_empty() { Ok(Loaded { settings, from_environment }) } else { Err(wrong) }
}

/// The variable of every setting, with its section and key.
fn variables() -> BTreeMap<String, (String, String)> {
    let mut known = BTreeMap::new();
    if let Ok(toml::Value::Table(sections)) = toml::Value::try_from(Settings::default()) {
        for (section, keys) in sections {
            for key in keys.as_table().into_iter().flat_map(|keys| keys.keys()) {
                let variable = format!("{PREFIX}{section}_{key}").to_uppercase();
                known.insert(variable, (section.clone(), key.clone()));
            }
        }
    }
    known
}

/// The settings with one value set from text: read as TOML where that fits, else as plain words.
fn with(settings: &Settings, section: &str, key: &str, value: &str) -> Result<Settings, String> {
    let attempt = |value: toml::Value| -> Result<Settings, String> {
        let mut all = toml::Table::try_from(settings).map_err(|error| error.to_string())?;
        if let Some(section) = all.get_mut(section).and_then(toml::Value::as_table_mut) {
            section.insert(key.to_string(), value);
        }
        let settings =
            Settings::deserialize(toml::Value::Table(all)).map_err(|error| error.message().to_string())?;
        settings.check()?;
        Ok(settings)
    };
    let typed: Option<toml::Table> = toml::from_str(&format!("value = {value}")).ok();
    let typed = typed.and_then(|mut table| table.remove("value"));
    let words = match toml::Table::try_from(settings) {
        // A list can be written with commas alone.
        Ok(all) if all.get(section).and_then(|it| it.get(key)).is_some_and(toml::Value::is_array) => {
            let parts = value.split(',').map(str::trim).filter(|part| !part.is_empty());
            toml::Value::Array(
                parts
                    .map(|part| match part.parse::<i64>() {
                        Ok(number) => toml::Value::Integer(number),
                        Err(_) => toml::Value::String(part.into()),
                    })
                    .collect(),
            )
        }
        _ => toml::Value::String(value.into()),
    };
    match typed.map(attempt) {
        Some(Ok(settings)) => Ok(settings),
        Some(Err(problem)) => attempt(words).map_err(|_| problem),
        None => attempt(words),
    }
}

impl Loaded {
    /// The settings in force as TOML, with what came from the environment marked.
    ///
    /// # Errors
    /// None in practice: the settings are plain values.
    pub fn show(&self) -> Result<String, toml::ser::Error> {
        let known = variables();
        let text = toml::to_string(&self.settings)?;
        let mut section = String::new();
        let lines = text.lines().map(|line| {
            if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
                section = name.to_string();
            }
            let Some((key, _)) = line.split_once(" = ") else { return line.to_string() };
            // Secrets are shown as set, never as what they are.
            let line = if is_secret(key) && !line.ends_with(" = \"\"") {
                format!("{key} = \"(hidden)\"")
            } else {
                line.to_string()
            };
            let origin = self.from_environment.iter().find(|variable| {
                known.get(*variable).is_some_and(|(of, known)| *of == section && known == key)
            });
            match origin {
                Some(variable) => format!("{line}  # from {variable}"),
                None => line,
            }
        });
        Ok(lines.collect::<Vec<_>>().join("\n") + "\n")
    }
}

fn is_secret(key: &str) -> bool {
    ["token", "password", "recovery_key"].iter().any(|secret| key.ends_with(secret))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(text: &str, environment: &[(&str, &str)]) -> Result<Loaded, Vec<String>> {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), text).unwrap();
        let environment = environment.iter().map(|(name, value)| (name.into(), value.into()));
        load(Some(file.path()), environment).map_err(|wrong| {
            let file = file.path().display().to_string();
            wrong.iter().map(|it| it.to_string().replace(&file, "FILE")).collect()
        })
    }

    #[test]
    fn the_file_in_the_project_has_every_setting_with_its_default() {
        let text = include_str!("../config/rapporteur.toml");
        assert_eq!(from(text, &[]).unwrap().settings, Settings::default());
        for (section, key) in variables().values() {
            assert!(
                text.contains(&format!("[{section}]")) && text.contains(&format!("\n{key} = ")),
                "{section}.{key}"
            );
        }
    }

    #[test]
    fn the_environment_wins_and_is_shown() {
        let environment =
            [("RAPPORTEUR_LIBRARY_KEEP_REVISIONS", "9"), ("RAPPORTEUR_DATA_FOLDER", "7"), ("PATH", "x")];
        let loaded = from("[library]\nkeep_revisions = 3", &environment).unwrap();
        assert_eq!(loaded.settings.library.keep_revisions, 9);
        // Text that looks like a number is still a folder.
        assert_eq!(loaded.settings.data.folder, PathBuf::from("7"));
        let shown = loaded.show().unwrap();
        assert!(shown.contains("keep_revisions = 9  # from RAPPORTEUR_LIBRARY_KEEP_REVISIONS"), "{shown}");
        assert!(shown.contains("packs = \"config/articles\"\n"), "{shown}");
    }

    #[test]
    fn a_token_is_never_shown() {
        let loaded = from("", &[("DISCORD_TOKEN", "s3cret.value")]).unwrap();
        assert_eq!(loaded.settings.discord.token.expose(), "s3cret.value");
        let shown = loaded.show().unwrap();
        assert!(shown.contains("token = \"(hidden)\"  # from RAPPORTEUR_DISCORD_TOKEN"), "{shown}");
        assert!(!format!("{loaded:?}{shown}").contains("s3cret"));
        // Our own name wins.
        let both = [("DISCORD_TOKEN", "a"), ("RAPPORTEUR_DISCORD_TOKEN", "b")];
        assert_eq!(from("", &both).unwrap().settings.discord.token.expose(), "b");
        assert!(from("", &[]).unwrap().show().unwrap().contains("token = \"\"\n"));
    }

    #[test]
    fn the_picture_is_our_own_another_or_none() {
        let avatar = |text: &str| {
            let loaded = from(&format!("[matrix]\navatar = \"{text}\""), &[]).unwrap();
            let shown = loaded.show().unwrap();
            assert!(shown.contains(&format!("\navatar = \"{text}\"\n")), "{shown}");
            loaded.settings.matrix.avatar
        };
        assert_eq!(avatar("default"), Avatar::Own);
        assert_eq!(avatar(""), Avatar::Leave);
        assert_eq!(avatar("me.png"), Avatar::File("me.png".into()));
    }

    #[test]
    fn people_and_shards_are_read_or_told_how() {
        let environment =
            [("RAPPORTEUR_ACCESS_EDITORS", "discord:7, discord-role:1:2,matrix:@ada:example.org")];
        let loaded = from("[discord]\nshards = \"0..4/16\"\nregister_in = [5]", &environment).unwrap();
        let people = &loaded.settings.access.editors;
        assert_eq!(people[0], Listed::DiscordUser(7));
        assert_eq!(people[1], Listed::DiscordRole { server: 1, role: 2 });
        assert_eq!(people[2], Listed::MatrixUser("@ada:example.org".into()));
        assert_eq!(loaded.settings.discord.shards, Shards::Range { first: 0, end: 4, total: 16 });
        let wrong = |text: String| from(&text, &[]).unwrap_err().join("\n");
        for nobody in ["ada", "discord:ada", "discord:0", "discord-role:5", "matrix:ada", "irc:ada"] {
            let told = wrong(format!("[access]\neditors = [\"{nobody}\"]"));
            assert!(
                told.starts_with("FILE:2:") && told.contains("is nobody: write `discord:USER`"),
                "{told}"
            );
        }
        for none in ["4..4/16", "0..17/16", "5..4/16", "0-4/16", "4", ""] {
            assert!(wrong(format!("[discord]\nshards = \"{none}\"")).contains("shards"), "{none}");
        }
        for url in ["discord.com", "ftp://x", "https://", "https://x/api", "http://a@b"] {
            assert!(wrong(format!("[discord]\napi_url = \"{url}\"")).contains("api_url"), "{url}");
        }
    }

    #[test]
    fn what_is_wrong_has_its_place() {
        let wrong = |text, environment: &[_]| from(text, environment).unwrap_err().join("\n");
        assert!(wrong("[library]\npack = 1", &[]).starts_with("FILE:2:1: error: unknown field `pack`"));
        assert!(
            wrong("[log]\n\nformat = \"xml\"", &[]).starts_with("FILE:3:10: error: unknown variant `xml`")
        );
        assert!(wrong("[log", &[]).starts_with("FILE:1:5: error:"));
        assert_eq!(
            wrong("", &[("RAPPORTEUR_LIBRARY_PACK", "x")]),
            "environment variable RAPPORTEUR_LIBRARY_PACK: error: there is no such setting; did you mean RAPPORTEUR_LIBRARY_PACKS?"
        );
        let bad = wrong("", &[("RAPPORTEUR_LIBRARY_KEEP_REVISIONS", "many")]);
        assert!(
            bad.starts_with("environment variable RAPPORTEUR_LIBRARY_KEEP_REVISIONS: error: invalid type"),
            "{bad}"
        );
        assert!(wrong("[library]\nquoted_limit = 7", &[]).contains("from 0 to 1"));
    }
}
