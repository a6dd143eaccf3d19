//! The variables of the environment that set something: `RAPPORTEUR_LIBRARY_PACKS` for `packs` below `[library]`.

use std::collections::BTreeMap;
use std::ffi::OsString;

use serde::Deserialize;

use crate::article::Diagnostic;
use crate::say;

use super::model::{RENAMED, Settings};

/// The beginning of the names of our variables in the environment.
const PREFIX: &str = "RAPPORTEUR_";

/// Variables that people know by another name.
const ALSO: [(&str, &str); 4] = [
    ("DISCORD_TOKEN", "RAPPORTEUR_DISCORD_TOKEN"),
    ("MATRIX_ACCESS_TOKEN", "RAPPORTEUR_MATRIX_ACCESS_TOKEN"),
    ("MATRIX_PASSWORD", "RAPPORTEUR_MATRIX_PASSWORD"),
    ("MATRIX_RECOVERY_KEY", "RAPPORTEUR_MATRIX_RECOVERY_KEY"),
];

/// What the environment did to the settings.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    /// The variables that won over the file or the default.
    pub set: Vec<String>,
    /// Variables that look like ours and are not: whoever runs the program need not have set them.
    pub warnings: Vec<Diagnostic>,
    /// Variables that are ours, with values that can't be used.
    pub errors: Vec<Diagnostic>,
}

/// Sets what the environment says.
pub(super) fn apply(
    settings: &mut Settings,
    environment: impl Iterator<Item = (OsString, OsString)>,
) -> Outcome {
    let known = variables();
    let mut outcome = Outcome::default();
    let mut strange = Vec::new();
    for (variable, value) in ours(environment) {
        let Some((section, key)) = known.get(&variable) else {
            let place = place(&variable);
            if let Some(now) = renamed(&variable) {
                // Not passed over: it may have been set to keep somebody from something.
                let help = say!("setting-is-now", name = now);
                outcome.errors.push(Diagnostic::of_file(place, say!("setting-renamed"), help));
            } else if let Some(near) = nearest(&variable, known.keys()) {
                let help = say!("setting-near", name = near);
                let warning = Diagnostic::of_file(place, say!("setting-unknown"), help);
                outcome.warnings.push(warning.as_warning());
            } else {
                strange.push(variable);
            }
            continue;
        };
        let set = match value.to_str() {
            None => Err((say!("setting-no-unicode"), say!("setting-write-again"))),
            Some(value) => {
                with(settings, section, key, value).map_err(|problem| (problem, say!("setting-see-file")))
            }
        };
        match set {
            Ok(changed) => {
                *settings = changed;
                outcome.set.push(variable);
            }
            Err((problem, help)) => {
                outcome.errors.push(Diagnostic::of_file(place(&variable), problem, help));
            }
        }
    }
    // Kubernetes sets seven of them beside a service that is named rapporteur.
    if !strange.is_empty() {
        let (place, message) = match strange.as_slice() {
            [one] => (place(one), say!("setting-unknown")),
            all => (say!("setting-variables", variables = all.join(", ")), say!("settings-unknown")),
        };
        let help = say!("setting-list");
        outcome.warnings.push(Diagnostic::of_file(place, message, help).as_warning());
    }
    outcome
}

fn place(variable: &str) -> String {
    say!("setting-variable", variable = variable)
}

/// The variables that may be ours, by our names for them.
fn ours(environment: impl Iterator<Item = (OsString, OsString)>) -> BTreeMap<String, OsString> {
    let mut ours: BTreeMap<String, OsString> = environment
        .filter_map(|(variable, value)| Some((variable.into_string().ok()?, value)))
        .filter(|(variable, _)| variable.starts_with(PREFIX) || ALSO.iter().any(|(also, _)| also == variable))
        .collect();
    for (also, variable) in ALSO {
        if let Some(value) = ours.remove(also).filter(|value| !value.is_empty()) {
            ours.entry(variable.into()).or_insert(value);
        }
    }
    ours
}

/// The name of a variable for a setting.
fn name(section: &str, key: &str) -> String {
    format!("{PREFIX}{section}_{key}").to_uppercase()
}

/// The present name of a variable whose setting was renamed.
fn renamed(variable: &str) -> Option<String> {
    let renamed = RENAMED.iter().find(|(section, old, _)| name(section, old) == variable);
    renamed.map(|(section, _, new)| name(section, new))
}

/// The variable that may be meant: one that differs in a letter out of four, or that lacks only its section.
fn nearest<'a>(variable: &str, known: impl Iterator<Item = &'a String>) -> Option<&'a String> {
    let typed = variable.strip_prefix(PREFIX)?;
    let end = format!("_{typed}");
    let distance = |known: &String| match known.ends_with(&end) {
        true => 0,
        false => strsim::osa_distance(known, variable),
    };
    let nearest = known.map(|known| (distance(known), known)).min();
    nearest.filter(|(distance, _)| *distance <= typed.len().div_ceil(4)).map(|(_, known)| known)
}

/// The variable of every setting, with its section and key.
pub(super) fn variables() -> BTreeMap<String, (String, String)> {
    let mut known = BTreeMap::new();
    if let Ok(toml::Value::Table(sections)) = toml::Value::try_from(Settings::default()) {
        for (section, keys) in sections {
            for key in keys.as_table().into_iter().flat_map(|keys| keys.keys()) {
                known.insert(name(&section, key), (section.clone(), key.clone()));
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
