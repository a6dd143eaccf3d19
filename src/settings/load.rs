//! Loading the settings: from the file, then from the environment.

use std::ffi::OsString;
use std::path::Path;

use crate::article::Diagnostic;
use crate::say;

use super::environment;
use super::loaded::Loaded;
use super::model::{RENAMED, Settings};

/// Where the settings are looked for when nobody says where.
pub const DEFAULT_FILE: &str = "config/rapporteur.toml";

/// Reads the settings. Without `file`, [`DEFAULT_FILE`] is read if it is there.
///
/// # Errors
/// Everything that is wrong with the file and the variables: unknown keys and bad values, each with
/// its place; and the warnings with it.
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
            let problem = say!("setting-file-unreadable", cause = error.to_string());
            let wrong = Diagnostic::of_file(name, problem, say!("setting-check-path"));
            return Err(vec![wrong]);
        }
    };
    let mut settings = parse(&name, &text).map_err(|wrong| vec![wrong])?;
    let mut errors = Vec::new();
    if let Err(problem) = settings.check() {
        let help = say!("setting-in-project");
        errors.push(Diagnostic::of_file(&name, problem, help));
    }
    let outcome = environment::apply(&mut settings, environment);
    errors.extend(outcome.errors);
    if errors.is_empty() {
        Ok(Loaded { settings, from_environment: outcome.set, warnings: outcome.warnings })
    } else {
        errors.extend(outcome.warnings);
        Err(errors)
    }
}

/// The settings that a file has.
fn parse(name: &str, text: &str) -> Result<Settings, Diagnostic> {
    toml::from_str(text).map_err(|error| {
        let unknown = |key: &str| error.message().starts_with(&format!("unknown field `{key}`"));
        let help = match RENAMED.iter().find(|(_, old, _)| unknown(old)) {
            Some((section, old, new)) => {
                say!("setting-key-renamed", old = *old, section = *section, new = *new)
            }
            None => say!("setting-all-in-project"),
        };
        let wrong = Diagnostic::of_file(name, error.message().replace('\n', ", "), help);
        match error.span() {
            Some(span) => wrong.at(text.into(), span),
            None => wrong,
        }
    })
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::super::access::Listed;
    use super::super::discord::Shards;
    use super::super::environment::variables;
    use super::super::matrix::Avatar;
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
        let text = include_str!("../../config/rapporteur.toml");
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
        let renamed = wrong("[terminal]\nstanding = \"member\"", &[]);
        assert!(renamed.starts_with("FILE:2:1: error: unknown field `standing`"), "{renamed}");
        assert!(renamed.ends_with("; `standing` below [terminal] is `role` now"), "{renamed}");
        assert_eq!(
            wrong("", &[("RAPPORTEUR_TERMINAL_STANDING", "member")]),
            "environment variable RAPPORTEUR_TERMINAL_STANDING: error: the setting has another name; it is RAPPORTEUR_TERMINAL_ROLE now"
        );
        let bad = wrong("", &[("RAPPORTEUR_LIBRARY_KEEP_REVISIONS", "many")]);
        assert!(
            bad.starts_with("environment variable RAPPORTEUR_LIBRARY_KEEP_REVISIONS: error: invalid type"),
            "{bad}"
        );
        assert!(wrong("[library]\nquoted_limit = 7", &[]).contains("from 0 to 1"));
    }

    #[test]
    fn a_variable_that_is_none_of_ours_is_a_warning() {
        let warnings = |environment: &[_]| -> Vec<String> {
            let loaded = from("", environment).unwrap();
            assert_eq!(loaded.settings, Settings::default());
            assert_eq!(loaded.from_environment, [""; 0]);
            loaded.warnings.iter().map(ToString::to_string).collect()
        };
        for (typed, meant) in [
            ("RAPPORTEUR_LIBRARY_PACK", "RAPPORTEUR_LIBRARY_PACKS"),
            ("RAPPORTEUR_KEEP_REVISIONS", "RAPPORTEUR_LIBRARY_KEEP_REVISIONS"),
            ("RAPPORTEUR_DISCROD_TOKEN", "RAPPORTEUR_DISCORD_TOKEN"),
        ] {
            let told = format!(
                "environment variable {typed}: warning: there is no such setting, so it is ignored; did you mean {meant}?"
            );
            assert_eq!(warnings(&[(typed, "x")]), [told]);
        }
        let kubernetes = [
            ("RAPPORTEUR_PORT", "tcp://10.0.0.1:80"),
            ("RAPPORTEUR_PORT_80_TCP", "tcp://10.0.0.1:80"),
            ("RAPPORTEUR_PORT_80_TCP_ADDR", "10.0.0.1"),
            ("RAPPORTEUR_PORT_80_TCP_PORT", "80"),
            ("RAPPORTEUR_PORT_80_TCP_PROTO", "tcp"),
            ("RAPPORTEUR_SERVICE_HOST", "10.0.0.1"),
            ("RAPPORTEUR_SERVICE_PORT", "80"),
        ];
        let told = warnings(&kubernetes).join("\n");
        assert_eq!(told.lines().count(), 1, "{told}");
        assert!(kubernetes.iter().all(|(variable, _)| told.contains(variable)), "{told}");
        assert!(told.ends_with("; `rapporteur settings` lists the settings"), "{told}");
    }
}
