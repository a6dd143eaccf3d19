//! The commands that a bot registers: what Discord accepts, and how it gives them back.

use std::collections::{HashMap, HashSet};

use serde_json::{Value, json};

use super::errors::{Faults, Refusal, at};
use super::validate::{Check, Rules, check_choices};

/// The locales of Discord's clients.
const LOCALES: [&str; 32] = [
    "id", "da", "de", "en-GB", "en-US", "es-ES", "es-419", "fr", "hr", "it", "lt", "hu", "nl", "no", "pl",
    "pt-BR", "ro", "fi", "sv-SE", "vi", "tr", "cs", "el", "bg", "ru", "uk", "hi", "th", "zh-CN", "ja",
    "zh-TW", "ko",
];

/// A change of the registered commands, as it was asked for.
#[derive(Clone, Debug)]
pub struct Registration {
    /// "PUT", "POST", "PATCH" or "DELETE".
    pub method: String,
    pub guild: Option<u64>,
    /// How many commands there are afterwards.
    pub commands: usize,
    /// Whether anything is different afterwards.
    pub changed: bool,
}

/// The commands of the application, the global ones under `None`.
#[derive(Default, Debug)]
pub struct Registry {
    pub scopes: HashMap<Option<u64>, Vec<Value>>,
    pub log: Vec<Registration>,
}

impl Registry {
    pub fn of(&self, guild: Option<u64>) -> &[Value] {
        self.scopes.get(&guild).map_or(&[], Vec::as_slice)
    }

    /// The command of a name that a person sees in a server (or in a DM, without one).
    pub fn find(&self, guild: Option<u64>, kind: u64, name: &str) -> Option<&Value> {
        let own = guild.map_or(&[] as &[Value], |guild| self.of(Some(guild)));
        own.iter().chain(self.of(None)).find(|command| command["name"] == name && command["type"] == kind)
    }

    pub fn names(&self) -> Vec<String> {
        let name = |command: &Value| command["name"].as_str().unwrap_or_default().to_owned();
        self.scopes.values().flatten().map(name).collect()
    }
}

/// Checks the whole list of a scope, as it is in the body of a PUT.
pub fn check_all(list: &Value, guild: bool, rules: &Rules) -> Result<(), Refusal> {
    let mut check = Check::new(rules);
    let Some(list) = list.as_array() else {
        check.faults.add("", "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType");
        return check.faults.finish();
    };
    let mut seen = HashSet::new();
    for (n, command) in list.iter().enumerate() {
        check_command(&mut check, &n.to_string(), command, guild);
        if let Some(name) = command.get("name").and_then(Value::as_str)
            && !seen.insert((kind_of(command), name))
        {
            let message = "Application command names must be unique";
            check.faults.add(&n.to_string(), "APPLICATION_COMMANDS_DUPLICATE_NAME", message);
        }
    }
    check.faults.finish()?;
    check_numbers(list)
}

pub fn check_numbers(list: &[Value]) -> Result<(), Refusal> {
    for (kind, most) in [(1, 100), (2, 15), (3, 15)] {
        if list.iter().filter(|command| kind_of(command) == kind).count() > most {
            let message = format!("Maximum number of application commands reached ({most})");
            return Err(Refusal::new(400, 30032, &message));
        }
    }
    Ok(())
}

pub fn check_one(command: &Value, guild: bool, rules: &Rules) -> Result<(), Refusal> {
    let mut check = Check::new(rules);
    check_command(&mut check, "", command, guild);
    check.faults.finish()
}

pub fn kind_of(command: &Value) -> u64 {
    command.get("type").and_then(Value::as_u64).unwrap_or(1)
}

fn check_command(check: &mut Check<'_>, path: &str, command: &Value, guild: bool) {
    if !command.is_object() {
        check.faults.add(path, "MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType");
        return;
    }
    let kind = kind_of(command);
    let description = at(path, "description");
    match kind {
        1 => {
            check_name(check, &at(path, "name"), command.get("name"));
            check.text(&description, command.get("description"), 1, 100);
            check_options(check, &at(path, "options"), command.get("options"), 0);
        }
        2 | 3 => {
            check.text(&at(path, "name"), command.get("name"), 1, 32);
            if command.get("description").is_some_and(|text| !text.is_null() && text != "") {
                let message = "Context menu commands cannot have description";
                check.faults.add(&description, "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION", message);
            }
            if command.get("options").is_some_and(|options| !options.is_null() && options != &json!([])) {
                let message = "Context menu commands cannot have options";
                check.faults.add(&at(path, "options"), "APPLICATION_COMMAND_CONTEXT_MENU_OPTIONS", message);
            }
        }
        _ => check.faults.add(&at(path, "type"), "BASE_TYPE_CHOICES", "Value must be one of {1, 2, 3}."),
    }
    localizations(check, path, command, kind == 1);
    let permissions = at(path, "default_member_permissions");
    match command.get("default_member_permissions") {
        None | Some(Value::Null) => {}
        Some(Value::String(text)) if text.parse::<u64>().is_ok() => {}
        Some(other) => {
            let message = format!("Value {other} is not a set of permissions as a string.");
            check.faults.add(&permissions, "STRING_TYPE_CONVERT", message);
        }
    }
    for (key, most) in [("contexts", 2), ("integration_types", 1)] {
        let path = at(path, key);
        let list = check.list(&path, command.get(key), 3);
        if guild && !list.is_empty() {
            check.faults.add(&path, "APPLICATION_COMMAND_GLOBAL_ONLY", "Only for globally-scoped commands");
        }
        if key == "integration_types" && command.get(key) == Some(&json!([])) {
            check.faults.required(&path);
        }
        let mut seen = HashSet::new();
        for (n, value) in list.iter().enumerate() {
            if let Some(value) = check.integer(&at(&path, n), Some(value), 0, most)
                && !seen.insert(value)
            {
                check.faults.add(&at(&path, n), "SET_TYPE_CONTAINS_DUPLICATES", "Duplicate value");
            }
        }
    }
    check.boolean(&at(path, "nsfw"), command.get("nsfw"));
    if kind == 1 && size(command, check.rules) > 8000 {
        let message = "Command exceeds maximum size (8000)";
        check.faults.add(path, "APPLICATION_COMMAND_TOO_LARGE", message);
    }
}

fn localizations(check: &mut Check<'_>, path: &str, thing: &Value, slash: bool) {
    for key in ["name_localizations", "description_localizations"] {
        let path = at(path, key);
        let Some(map) = thing.get(key).filter(|map| !map.is_null()) else { continue };
        let Some(map) = map.as_object() else {
            check.faults.add(&path, "DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType");
            continue;
        };
        for (locale, text) in map {
            let path = at(&path, locale);
            if !LOCALES.contains(&locale.as_str()) {
                check.faults.add(&path, "BASE_TYPE_CHOICES", format!("Value must be one of {LOCALES:?}."));
            }
            match key {
                "name_localizations" if slash => check_name(check, &path, Some(text)),
                "name_localizations" => _ = check.text(&path, Some(text), 1, 32),
                _ => _ = check.text(&path, Some(text), 1, 100),
            }
        }
    }
}

fn check_name(check: &mut Check<'_>, path: &str, name: Option<&Value>) {
    let Some(name) = check.text(path, name, 1, 32) else { return };
    if !name.trim().is_empty() && !is_name(name) {
        check.faults.add(path, "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid");
    }
}

/// `^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$`, and no letter that has a lower case variant.
pub fn is_name(name: &str) -> bool {
    let allowed = |c: char| {
        matches!(c, '-' | '_' | '\'')
            || c.is_alphabetic()
            || c.is_numeric()
            || matches!(u32::from(c), 0x0900..=0x097f | 0x0e01..=0x0e3a | 0x0e40..=0x0e5b)
    };
    let lower = |c: char| c.to_lowercase().eq(std::iter::once(c));
    !name.is_empty() && name.chars().all(|c| allowed(c) && lower(c))
}

/// `depth` is 0 for the options of a command, 1 in a group, 2 in a subcommand.
fn check_options(check: &mut Check<'_>, place: &str, options: Option<&Value>, depth: u8) {
    let options = check.list(place, options, 25);
    let mut names = HashSet::new();
    let mut optional = false;
    let is_nested = |option: &Value| matches!(kind_of(option), 1 | 2) && option.get("type").is_some();
    let nested = options.iter().filter(|option| is_nested(option)).count();
    if nested != 0 && nested != options.len() {
        let message = "Sub-commands and sub-command groups cannot be mixed with other options";
        check.faults.add(place, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", message);
    }
    for (n, option) in options.iter().enumerate() {
        let path = at(place, n);
        if !option.is_object() {
            check.faults.add(&path, "MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType");
            continue;
        }
        check_name(check, &at(&path, "name"), option.get("name"));
        check.text(&at(&path, "description"), option.get("description"), 1, 100);
        localizations(check, &path, option, true);
        if let Some(name) = option.get("name").and_then(Value::as_str)
            && !names.insert(name)
        {
            let message = "Option name must be unique";
            check.faults.add(&at(&path, "name"), "APPLICATION_COMMAND_OPTIONS_NAME_INVALID", message);
        }
        let kind = option.get("type").and_then(Value::as_u64).unwrap_or(0);
        if !(1..=11).contains(&kind) {
            let message = "Value must be one of {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}.";
            check.faults.add(&at(&path, "type"), "BASE_TYPE_CHOICES", message);
            continue;
        }
        let required = option.get("required") == Some(&Value::Bool(true));
        check.boolean(&at(&path, "required"), option.get("required"));
        if required && optional {
            let message = "Required options must be placed before non-required options";
            check.faults.add(&path, "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", message);
        }
        optional |= !required && kind > 2;
        let inner = at(&path, "options");
        match (kind, depth) {
            (1, 0 | 1) => check_options(check, &inner, option.get("options"), 2),
            (2, 0) => {
                if option.get("options").and_then(Value::as_array).is_none_or(Vec::is_empty) {
                    check.faults.required(&inner);
                }
                check_options(check, &inner, option.get("options"), 1);
            }
            (3.., 0 | 2) => check_value(check, &path, option, kind),
            _ => {
                let message = "This type of option cannot be here";
                check.faults.add(&at(&path, "type"), "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", message);
            }
        }
    }
}

fn check_value(check: &mut Check<'_>, path: &str, option: &Value, kind: u64) {
    let has = |key: &str| option.get(key).is_some_and(|value| !value.is_null());
    let only = |faults: &mut Faults, key: &str, kinds: &[u64]| {
        if has(key) && !kinds.contains(&kind) {
            let message = format!("{key} is not for this type of option");
            faults.add(&at(path, key), "APPLICATION_COMMAND_OPTION_FIELD_INVALID", message);
        }
    };
    let place = at(path, "choices");
    let choices = check.list(&place, option.get("choices"), 25);
    if !choices.is_empty() {
        only(&mut check.faults, "choices", &[3, 4, 10]);
        check_choices(check, &place, choices, kind);
        for key in ["name", "value"] {
            let mut seen = Vec::new();
            for (n, choice) in choices.iter().enumerate() {
                if seen.contains(&choice.get(key)) {
                    let message = "Option choices must be unique";
                    check.faults.add(
                        &at(&at(&place, n), key),
                        "APPLICATION_COMMAND_CHOICES_DUPLICATE",
                        message,
                    );
                }
                seen.push(choice.get(key));
            }
        }
    }
    check.boolean(&at(path, "autocomplete"), option.get("autocomplete"));
    if option.get("autocomplete") == Some(&Value::Bool(true)) {
        only(&mut check.faults, "autocomplete", &[3, 4, 10]);
        if !choices.is_empty() {
            let message = "autocomplete may not be set to true if choices are present";
            check.faults.add(
                &at(path, "autocomplete"),
                "APPLICATION_COMMAND_AUTOCOMPLETE_WITH_CHOICES",
                message,
            );
        }
    }
    for key in ["min_value", "max_value"] {
        only(&mut check.faults, key, &[4, 10]);
        if kind == 4 {
            check.integer(&at(path, key), option.get(key), -(1 << 53) + 1, (1 << 53) - 1);
        } else if has(key) && !option[key].is_number() {
            check.faults.add(&at(path, key), "NUMBER_TYPE_COERCE", "Not a number.");
        }
    }
    if let (Some(least), Some(most)) =
        (option.get("min_value").and_then(Value::as_f64), option.get("max_value").and_then(Value::as_f64))
        && least > most
    {
        check.faults.add(&at(path, "min_value"), "NUMBER_TYPE_MAX", "min_value is more than max_value");
    }
    for (key, least) in [("min_length", 0), ("max_length", 1)] {
        only(&mut check.faults, key, &[3]);
        check.integer(&at(path, key), option.get(key), least, 6000);
    }
    only(&mut check.faults, "channel_types", &[7]);
    only(&mut check.faults, "file_types", &[11]);
    only(&mut check.faults, "options", &[]);
}

/// The combined length of names, descriptions and values; of localized ones only the longest counts.
fn size(thing: &Value, rules: &Rules) -> usize {
    let longest = |key: &str| {
        let own = thing.get(key).and_then(Value::as_str).map_or(0, |text| rules.length(text));
        let others = thing.get(format!("{key}_localizations")).and_then(Value::as_object);
        let others = others.into_iter().flatten().filter_map(|(_, text)| text.as_str());
        others.map(|text| rules.length(text)).max().unwrap_or(0).max(own)
    };
    let value = thing.get("value").and_then(Value::as_str).map_or(0, |text| rules.length(text));
    let inner = |key: &str| -> usize {
        let list = thing.get(key).and_then(Value::as_array);
        list.into_iter().flatten().map(|part| size(part, rules)).sum()
    };
    longest("name") + longest("description") + value + inner("options") + inner("choices")
}

/// A command as Discord stores it: with every default filled in.
pub fn stored(command: &Value, id: u64, version: u64, application: u64, guild: Option<u64>) -> Value {
    let kind = kind_of(command);
    let field = |key: &str, default: Value| match command.get(key) {
        None | Some(Value::Null) => default,
        Some(value) => value.clone(),
    };
    let mut json = json!({
        "id": id.to_string(), "application_id": application.to_string(), "version": version.to_string(),
        "type": kind, "name": command["name"],
        "name_localizations": field("name_localizations", Value::Null),
        "description": if kind == 1 { command["description"].clone() } else { json!("") },
        "description_localizations": field("description_localizations", Value::Null),
        "default_member_permissions": field("default_member_permissions", Value::Null),
        "nsfw": field("nsfw", json!(false)),
    });
    if let Some(guild) = guild {
        json["guild_id"] = guild.to_string().into();
    } else {
        json["contexts"] = field("contexts", Value::Null);
        json["integration_types"] = field("integration_types", json!([0]));
        let in_dms = match json["contexts"].as_array() {
            Some(contexts) => contexts.contains(&json!(1)),
            None => command.get("dm_permission") != Some(&Value::Bool(false)),
        };
        json["dm_permission"] = in_dms.into();
    }
    if kind == 1
        && let Some(options) =
            command.get("options").and_then(Value::as_array).filter(|list| !list.is_empty())
    {
        json["options"] = options.iter().map(stored_option).collect();
    }
    json
}

fn stored_option(option: &Value) -> Value {
    let mut json = json!({
        "type": option["type"], "name": option["name"], "description": option["description"],
        "name_localizations": option.get("name_localizations").cloned().unwrap_or_default(),
        "description_localizations": option.get("description_localizations").cloned().unwrap_or_default(),
    });
    if option["type"].as_u64().is_some_and(|kind| kind > 2) {
        json["required"] = json!(option.get("required") == Some(&Value::Bool(true)));
    }
    for key in
        ["autocomplete", "min_value", "max_value", "min_length", "max_length", "channel_types", "file_types"]
    {
        if let Some(value) = option.get(key).filter(|value| !value.is_null()) {
            json[key] = value.clone();
        }
    }
    if let Some(choices) = option.get("choices").and_then(Value::as_array).filter(|list| !list.is_empty()) {
        let stored = |choice: &Value| {
            json!({ "name": choice["name"], "value": choice["value"],
                "name_localizations": choice.get("name_localizations").cloned().unwrap_or_default() })
        };
        json["choices"] = choices.iter().map(stored).collect();
    }
    if let Some(options) = option.get("options").and_then(Value::as_array).filter(|list| !list.is_empty()) {
        json["options"] = options.iter().map(stored_option).collect();
    }
    json
}

/// The command without its localizations, as a GET gives it unless they are asked for.
pub fn without_localizations(mut command: Value) -> Value {
    strip(&mut command);
    command
}

fn strip(value: &mut Value) {
    match value {
        Value::Array(list) => list.iter_mut().for_each(strip),
        Value::Object(map) => {
            map.remove("name_localizations");
            map.remove("description_localizations");
            map.values_mut().for_each(strip);
        }
        _ => {}
    }
}
