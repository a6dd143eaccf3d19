//! Settings that are in force, and how they are shown.

use super::environment::variables;
use super::model::Settings;
use crate::article::Diagnostic;

/// The settings in force, and how they came to be.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// The settings in force.
    pub settings: Settings,
    /// The variables that won over the file or the default.
    pub from_environment: Vec<String>,
    /// What somebody should look at, though it keeps nothing from working.
    pub warnings: Vec<Diagnostic>,
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
