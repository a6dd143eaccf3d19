//! What Discord accepts in a message, and in the other answers to an interaction.
//!
//! Where the documentation leaves something open, the stricter reading is taken.

use std::collections::HashSet;

use serde_json::Value;

use super::errors::{Faults, Refusal, at};

pub const EPHEMERAL: u64 = 1 << 6;
pub const LOADING: u64 = 1 << 7;
pub const SUPPRESS_EMBEDS: u64 = 1 << 2;
pub const SUPPRESS_NOTIFICATIONS: u64 = 1 << 12;
pub const COMPONENTS_V2: u64 = 1 << 15;

/// How Discord's "characters" are counted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Counting {
    /// As Discord's own people described it in 2020.
    CodePoints,
    /// As many clients count; never fewer than code points, so it is the stricter one.
    Utf16,
}

#[derive(Clone, Copy, Debug)]
pub struct Rules {
    pub counting: Counting,
    /// The limit of each file, in bytes.
    pub file_size: usize,
}

impl Rules {
    pub fn length(&self, text: &str) -> usize {
        match self.counting {
            Counting::CodePoints => text.chars().count(),
            Counting::Utf16 => text.encode_utf16().count(),
        }
    }
}

/// A file of a multipart request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentFile {
    /// The `n` of `files[n]`.
    pub index: u64,
    pub name: String,
    pub size: usize,
    pub bytes: Vec<u8>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Purpose {
    /// `POST /channels/{id}/messages`
    Create,
    /// A first answer to an interaction, or a followup: ephemeral is allowed.
    Answer,
    /// A change of a message, where every field may be left out.
    Edit,
}

pub struct Check<'a> {
    pub faults: Faults,
    pub rules: &'a Rules,
}

impl<'a> Check<'a> {
    pub fn new(rules: &'a Rules) -> Check<'a> {
        Check { faults: Faults::default(), rules }
    }

    /// A field that must be a string of a length; gives it back if it is one. White space at the ends
    /// does not count, so that a text of nothing but spaces is an empty one.
    pub fn text<'v>(
        &mut self,
        path: &str,
        value: Option<&'v Value>,
        least: usize,
        most: usize,
    ) -> Option<&'v str> {
        let trimmed = |text: &'v str| text.trim();
        self.measured(path, value, least, most, trimmed)
    }

    /// The same for a text of which every character counts.
    pub fn exact<'v>(
        &mut self,
        path: &str,
        value: Option<&'v Value>,
        least: usize,
        most: usize,
    ) -> Option<&'v str> {
        self.measured(path, value, least, most, |text| if text.trim().is_empty() { "" } else { text })
    }

    fn measured<'v>(
        &mut self,
        path: &str,
        value: Option<&'v Value>,
        least: usize,
        most: usize,
        counted: impl Fn(&'v str) -> &'v str,
    ) -> Option<&'v str> {
        let text = match value {
            None | Some(Value::Null) => {
                if least > 0 {
                    self.faults.required(path);
                }
                return None;
            }
            Some(Value::String(text)) => text,
            Some(other) => {
                let message = format!("Could not interpret \"{other}\" as string.");
                self.faults.add(path, "STRING_TYPE_CONVERT", message);
                return None;
            }
        };
        let length = self.rules.length(counted(text));
        if length == 0 && least > 0 {
            self.faults.required(path);
        } else if length < least || length > most {
            if least > 0 {
                let message = format!("Must be between {least} and {most} in length.");
                self.faults.add(path, "BASE_TYPE_BAD_LENGTH", message);
            } else {
                self.faults.add(path, "BASE_TYPE_MAX_LENGTH", format!("Must be {most} or fewer in length."));
            }
        }
        Some(text)
    }

    pub fn integer(&mut self, path: &str, value: Option<&Value>, least: i64, most: i64) -> Option<i64> {
        let value = value.filter(|value| !value.is_null())?;
        let Some(number) = value.as_i64() else {
            self.faults.add(path, "NUMBER_TYPE_COERCE", format!("Value \"{value}\" is not int."));
            return None;
        };
        if number < least {
            let message = format!("int value should be greater than or equal to {least}.");
            self.faults.add(path, "NUMBER_TYPE_MIN", message);
        } else if number > most {
            let message = format!("int value should be less than or equal to {most}.");
            self.faults.add(path, "NUMBER_TYPE_MAX", message);
        }
        Some(number)
    }

    pub fn boolean(&mut self, path: &str, value: Option<&Value>) {
        if let Some(value) = value
            && !value.is_boolean()
            && !value.is_null()
        {
            self.faults.add(path, "BOOLEAN_TYPE_CONVERT", "Must be either true or false.");
        }
    }

    /// A list of at most `most` things; null is an empty one.
    pub fn list<'v>(&mut self, path: &str, value: Option<&'v Value>, most: usize) -> &'v [Value] {
        match value {
            None | Some(Value::Null) => &[],
            Some(Value::Array(list)) => {
                if list.len() > most {
                    let message = format!("Must be {most} or fewer in length.");
                    self.faults.add(path, "BASE_TYPE_MAX_LENGTH", message);
                }
                list
            }
            Some(_) => {
                self.faults.add(path, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType");
                &[]
            }
        }
    }

    fn object(&mut self, path: &str, value: &Value) -> bool {
        if !value.is_object() {
            self.faults.add(path, "MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType");
        }
        value.is_object()
    }

    fn url(&mut self, path: &str, value: Option<&Value>, most: usize, schemes: &[&str]) {
        let Some(text) = self.text(path, value, 0, most) else { return };
        let Some((scheme, rest)) = text.split_once("://") else {
            self.faults.add(path, "URL_TYPE_INVALID_URL", "Not a well formed URL.");
            return;
        };
        if !schemes.contains(&scheme) {
            let message = format!("Scheme \"{scheme}\" is not supported. Scheme must be one of {schemes:?}.");
            self.faults.add(path, "URL_TYPE_INVALID_SCHEME", message);
        }
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        if host.is_empty() || text.chars().any(|c| c.is_whitespace() || c.is_control()) {
            self.faults.add(path, "URL_TYPE_INVALID_URL", "Not a well formed URL.");
        }
    }

    fn embed(&mut self, path: &str, embed: &Value, total: &mut usize) {
        if !self.object(path, embed) {
            return;
        }
        let mut count = |text: Option<&str>, rules: &Rules| {
            *total += text.map_or(0, |text| rules.length(text.trim()));
        };
        let rules = self.rules;
        let title = self.text(&at(path, "title"), embed.get("title"), 0, 256);
        count(title, rules);
        let description = self.text(&at(path, "description"), embed.get("description"), 0, 4096);
        count(description, rules);
        let web = ["http", "https"];
        let media = ["http", "https", "attachment"];
        self.url(&at(path, "url"), embed.get("url"), 2048, &web);
        self.integer(&at(path, "color"), embed.get("color"), 0, 0x00ff_ffff);
        if let Some(time) = self.text(&at(path, "timestamp"), embed.get("timestamp"), 0, 100)
            && !is_timestamp(time)
        {
            let path = at(path, "timestamp");
            self.faults.add(
                &path,
                "DATE_TIME_TYPE_PARSE",
                format!("Could not parse {time}. Should be ISO8601."),
            );
        }
        if let Some(footer) = embed.get("footer").filter(|footer| !footer.is_null()) {
            let path = at(path, "footer");
            if self.object(&path, footer) {
                count(self.text(&at(&path, "text"), footer.get("text"), 1, 2048), rules);
                self.url(&at(&path, "icon_url"), footer.get("icon_url"), 2048, &media);
            }
        }
        if let Some(author) = embed.get("author").filter(|author| !author.is_null()) {
            let path = at(path, "author");
            if self.object(&path, author) {
                count(self.text(&at(&path, "name"), author.get("name"), 1, 256), rules);
                self.url(&at(&path, "url"), author.get("url"), 2048, &web);
                self.url(&at(&path, "icon_url"), author.get("icon_url"), 2048, &media);
            }
        }
        for key in ["image", "thumbnail"] {
            if let Some(image) = embed.get(key).filter(|image| !image.is_null()) {
                let path = at(path, key);
                if self.object(&path, image) {
                    if image.get("url").is_none_or(Value::is_null) {
                        self.faults.required(&at(&path, "url"));
                    }
                    self.url(&at(&path, "url"), image.get("url"), 2048, &media);
                }
            }
        }
        let fields = self.list(&at(path, "fields"), embed.get("fields"), 25);
        for (n, field) in fields.iter().enumerate() {
            let path = at(&at(path, "fields"), n);
            if self.object(&path, field) {
                count(self.text(&at(&path, "name"), field.get("name"), 1, 256), rules);
                count(self.text(&at(&path, "value"), field.get("value"), 1, 1024), rules);
                self.boolean(&at(&path, "inline"), field.get("inline"));
            }
        }
        let says = |text: Option<&str>| text.is_some_and(|text| !text.trim().is_empty());
        let has = |key: &str| embed.get(key).is_some_and(|value| !value.is_null());
        let empty = !says(title) && !says(description) && fields.is_empty();
        if empty && !["footer", "author", "image", "thumbnail"].iter().any(|key| has(key)) {
            self.faults.required(&at(path, "description"));
        }
    }

    fn emoji(&mut self, path: &str, emoji: Option<&Value>) -> bool {
        let Some(emoji) = emoji.filter(|emoji| !emoji.is_null()) else { return false };
        if !self.object(path, emoji) {
            return true;
        }
        // No server here has an emoji of its own, so an id can only be a wrong one.
        if emoji.get("id").is_some_and(|id| !id.is_null()) {
            self.faults.add(&at(path, "id"), "BUTTON_COMPONENT_INVALID_EMOJI", "Invalid emoji");
            return true;
        }
        if !emoji.get("name").and_then(Value::as_str).is_some_and(is_emoji) {
            self.faults.add(&at(path, "name"), "BUTTON_COMPONENT_INVALID_EMOJI", "Invalid emoji");
        }
        true
    }

    fn custom_id(&mut self, path: &str, component: &Value, seen: &mut HashSet<String>) {
        let path = at(path, "custom_id");
        // A custom id is not trimmed, so its spaces count.
        if let Some(id) = self.exact(&path, component.get("custom_id"), 1, 100)
            && !seen.insert(id.to_owned())
        {
            let message = "Component custom id cannot be duplicated";
            self.faults.add(&path, "COMPONENT_CUSTOM_ID_DUPLICATED", message);
        }
    }

    fn button(&mut self, path: &str, button: &Value, seen: &mut HashSet<String>) {
        let label = self.text(&at(path, "label"), button.get("label"), 0, 80);
        let emoji = self.emoji(&at(path, "emoji"), button.get("emoji"));
        self.boolean(&at(path, "disabled"), button.get("disabled"));
        let has = |key: &str| button.get(key).is_some_and(|value| !value.is_null());
        let forbid = |check: &mut Check<'_>, key: &str| {
            if has(key) {
                let message = format!("A button of this style cannot have the field {key}");
                check.faults.add(&at(path, key), "BUTTON_COMPONENT_FIELD_FORBIDDEN", message);
            }
        };
        match button.get("style").and_then(Value::as_u64) {
            Some(1..=4) => {
                self.custom_id(path, button, seen);
                forbid(self, "url");
                forbid(self, "sku_id");
            }
            Some(5) => {
                if !has("url") {
                    self.faults.required(&at(path, "url"));
                }
                self.url(&at(path, "url"), button.get("url"), 512, &["http", "https", "discord"]);
                forbid(self, "custom_id");
                forbid(self, "sku_id");
            }
            // A premium button sells something; the bot has nothing to sell.
            _ => {
                let message = "Value must be one of {1, 2, 3, 4, 5}.";
                self.faults.add(&at(path, "style"), "BASE_TYPE_CHOICES", message);
            }
        }
        if !emoji && label.is_none_or(|label| label.trim().is_empty()) {
            self.faults.required(&at(path, "label"));
        }
    }

    fn select(&mut self, path: &str, select: &Value, kind: u64, seen: &mut HashSet<String>) {
        self.custom_id(path, select, seen);
        self.text(&at(path, "placeholder"), select.get("placeholder"), 0, 150);
        self.boolean(&at(path, "disabled"), select.get("disabled"));
        let least = self.integer(&at(path, "min_values"), select.get("min_values"), 0, 25).unwrap_or(1);
        let most = self.integer(&at(path, "max_values"), select.get("max_values"), 1, 25).unwrap_or(1);
        if least > most {
            let message = format!("min_values must be equal to or less than {most}");
            self.faults.add(&at(path, "min_values"), "SELECT_COMPONENT_MIN_VALUES", message);
        }
        if kind != 3 {
            return;
        }
        let place = at(path, "options");
        let options = self.list(&place, select.get("options"), 25);
        if options.is_empty() {
            self.faults.required(&place);
        }
        if !options.is_empty() && usize::try_from(most).is_ok_and(|most| most > options.len()) {
            let message = format!("max_values must be equal to or less than {}", options.len());
            self.faults.add(&at(path, "max_values"), "SELECT_COMPONENT_MAX_VALUES", message);
        }
        let mut values = HashSet::new();
        let mut chosen = 0;
        for (n, option) in options.iter().enumerate() {
            let path = at(&place, n);
            if !self.object(&path, option) {
                continue;
            }
            self.text(&at(&path, "label"), option.get("label"), 1, 100);
            self.text(&at(&path, "description"), option.get("description"), 0, 100);
            self.emoji(&at(&path, "emoji"), option.get("emoji"));
            self.boolean(&at(&path, "default"), option.get("default"));
            chosen += i64::from(option.get("default") == Some(&Value::Bool(true)));
            if let Some(value) = self.exact(&at(&path, "value"), option.get("value"), 1, 100)
                && !values.insert(value)
            {
                let message = "The specified option value is already used";
                self.faults.add(&at(&path, "value"), "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", message);
            }
        }
        if chosen > most {
            let message = format!("Must be {most} or fewer default values.");
            self.faults.add(&place, "SELECT_COMPONENT_TOO_MANY_DEFAULTS", message);
        }
    }

    fn components(&mut self, path: &str, rows: &[Value]) {
        let mut seen = HashSet::new();
        let mut ids = HashSet::new();
        for (n, row) in rows.iter().enumerate() {
            let path = at(path, n);
            if !self.object(&path, row) {
                continue;
            }
            if row.get("type").and_then(Value::as_u64) != Some(1) {
                self.faults.add(
                    &at(&path, "type"),
                    "BASE_TYPE_CHOICES",
                    "Value of field \"type\" must be one of (1,).",
                );
                continue;
            }
            self.component_id(&path, row, &mut ids);
            let place = at(&path, "components");
            let parts = self.list(&place, row.get("components"), usize::MAX);
            if parts.is_empty() || parts.len() > 5 {
                self.faults.add(&place, "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 5 in length.");
            }
            let mut width = 0;
            for (n, part) in parts.iter().enumerate() {
                let path = at(&place, n);
                if !self.object(&path, part) {
                    continue;
                }
                self.component_id(&path, part, &mut ids);
                match part.get("type").and_then(Value::as_u64) {
                    Some(2) => {
                        width += 1;
                        self.button(&path, part, &mut seen);
                    }
                    Some(kind @ (3 | 5..=8)) => {
                        width += 5;
                        self.select(&path, part, kind, &mut seen);
                    }
                    _ => {
                        let message = "Value of field \"type\" must be one of (2, 3, 5, 6, 7, 8).";
                        self.faults.add(&at(&path, "type"), "BASE_TYPE_CHOICES", message);
                    }
                }
                if width > 5 && parts.len() <= 5 {
                    let message = "The specified component exceeds the maximum width";
                    self.faults.add(&path, "COMPONENT_LAYOUT_WIDTH_EXCEEDED", message);
                }
            }
        }
    }

    fn component_id(&mut self, path: &str, part: &Value, ids: &mut HashSet<i64>) {
        let path = at(path, "id");
        if let Some(id) = self.integer(&path, part.get("id"), 0, i64::from(i32::MAX))
            && id != 0
            && !ids.insert(id)
        {
            self.faults.add(&path, "COMPONENT_ID_DUPLICATED", "Component id cannot be duplicated");
        }
    }

    fn allowed_mentions(&mut self, path: &str, allowed: &Value) {
        if !self.object(path, allowed) {
            return;
        }
        self.boolean(&at(path, "replied_user"), allowed.get("replied_user"));
        let place = at(path, "parse");
        let parse = self.list(&place, allowed.get("parse"), 3);
        for (n, kind) in parse.iter().enumerate() {
            if !matches!(kind.as_str(), Some("users" | "roles" | "everyone")) {
                let message = "Value must be one of ('users', 'roles', 'everyone').";
                self.faults.add(&at(&place, n), "BASE_TYPE_CHOICES", message);
            }
        }
        for key in ["users", "roles"] {
            let list = at(path, key);
            let ids = self.list(&list, allowed.get(key), 100);
            for (n, id) in ids.iter().enumerate() {
                if as_id(id).is_none() {
                    let message = format!("Value {id} is not snowflake.");
                    self.faults.add(&at(&list, n), "NUMBER_TYPE_COERCE", message);
                }
            }
            if !ids.is_empty() && parse.iter().any(|kind| kind == key) {
                let message = format!("parse:[\"{key}\"] and {key}: [ids...] are mutually exclusive.");
                self.faults.add(path, "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", message);
            }
        }
    }

    fn attachments(&mut self, path: &str, payload: &Value, files: &[SentFile], kept: &[u64]) {
        let place = at(path, "attachments");
        let Some(list) = payload.get("attachments").filter(|list| !list.is_null()) else { return };
        let list = self.list(&place, Some(list), 10);
        let mut named = HashSet::new();
        for (n, attachment) in list.iter().enumerate() {
            let path = at(&place, n);
            if !self.object(&path, attachment) {
                continue;
            }
            self.text(&at(&path, "description"), attachment.get("description"), 0, 1024);
            let id = attachment.get("id").and_then(as_id);
            let known = id.is_some_and(|id| {
                named.insert(id);
                kept.contains(&id) || files.iter().any(|file| file.index == id)
            });
            if !known {
                self.faults.add(&at(&path, "id"), "ATTACHMENT_NOT_FOUND", "There is no file of this id");
            }
        }
        for file in files.iter().filter(|file| !named.contains(&file.index)) {
            let message = format!("files[{}] is not among the attachments", file.index);
            self.faults.add(&place, "ATTACHMENT_NOT_LISTED", message);
        }
    }
}

/// A message to be sent, or a change of one. `path` is where it is in the body ("data" in a callback);
/// `kept` are the ids of the attachments that the message has already.
pub fn message(
    payload: &Value,
    path: &str,
    purpose: Purpose,
    files: &[SentFile],
    kept: &[u64],
    rules: &Rules,
) -> Result<(), Refusal> {
    let mut check = Check::new(rules);
    if !check.object(path, payload) {
        return check.faults.finish();
    }
    check_files(files, rules)?;
    // Discord trims the content; whether before counting is not documented, so all of it counts.
    check.exact(&at(path, "content"), payload.get("content"), 0, 2000);
    check.boolean(&at(path, "tts"), payload.get("tts"));
    let place = at(path, "embeds");
    let embeds = check.list(&place, payload.get("embeds"), 10);
    let mut total = 0;
    for (n, embed) in embeds.iter().enumerate() {
        check.embed(&at(&place, n), embed, &mut total);
    }
    if total > 6000 {
        check.faults.add(&place, "MAX_EMBED_SIZE_EXCEEDED", "Embed size exceeds maximum size of 6000");
    }
    let place = at(path, "components");
    let rows = check.list(&place, payload.get("components"), 5);
    check.components(&place, rows);
    if let Some(allowed) = payload.get("allowed_mentions").filter(|allowed| !allowed.is_null()) {
        check.allowed_mentions(&at(path, "allowed_mentions"), allowed);
    }
    check.attachments(path, payload, files, kept);
    let allowed_flags = match purpose {
        Purpose::Create => SUPPRESS_EMBEDS | SUPPRESS_NOTIFICATIONS,
        Purpose::Answer => SUPPRESS_EMBEDS | SUPPRESS_NOTIFICATIONS | EPHEMERAL,
        // Changes of other flags are documented as ignored without an error.
        Purpose::Edit => u64::MAX >> 1,
    };
    let place = at(path, "flags");
    if let Some(flags) = check.integer(&place, payload.get("flags"), 0, i64::MAX) {
        let flags = u64::try_from(flags).unwrap_or(0);
        if flags & COMPONENTS_V2 != 0 {
            check.faults.add(&place, "STANDIN_LIMIT", "The stand-in does not know IS_COMPONENTS_V2");
        } else if flags & !allowed_flags != 0 {
            check.faults.add(&place, "MESSAGE_FLAGS_INVALID", "These flags cannot be set here");
        }
    }
    check.faults.finish()
}

fn check_files(files: &[SentFile], rules: &Rules) -> Result<(), Refusal> {
    let mut faults = Faults::default();
    if files.len() > 10 {
        faults.add("files", "BASE_TYPE_MAX_LENGTH", "Must be 10 or fewer in length.");
    }
    let mut seen = HashSet::new();
    for file in files {
        if !seen.insert(file.index) {
            faults.add("files", "BASE_TYPE_DUPLICATE", format!("files[{}] is there twice", file.index));
        }
        if file.name.is_empty() {
            faults.required(&format!("files.{}.filename", file.index));
        }
    }
    faults.finish()?;
    let total: usize = files.iter().map(|file| file.size).sum();
    if files.iter().any(|file| file.size > rules.file_size) || total > 25 * 1024 * 1024 {
        return Err(Refusal::new(413, 40005, "Request entity too large"));
    }
    Ok(())
}

/// The choices of an autocomplete answer; `kind` is the type of the focused option.
pub fn choices(data: &Value, kind: u64, rules: &Rules) -> Result<(), Refusal> {
    let mut check = Check::new(rules);
    let place = "data.choices";
    let Some(list) = data.get("choices").filter(|list| !list.is_null()) else {
        check.faults.required(place);
        return check.faults.finish();
    };
    let list = check.list(place, Some(list), 25);
    check_choices(&mut check, place, list, kind);
    check.faults.finish()
}

pub fn check_choices(check: &mut Check<'_>, place: &str, list: &[Value], kind: u64) {
    for (n, choice) in list.iter().enumerate() {
        let path = at(place, n);
        if !check.object(&path, choice) {
            continue;
        }
        check.text(&at(&path, "name"), choice.get("name"), 1, 100);
        let path = at(&path, "value");
        let value = choice.get("value");
        match (kind, value) {
            (_, None | Some(Value::Null)) => check.faults.required(&path),
            (3, _) => _ = check.exact(&path, value, 1, 100),
            (4, _) => _ = check.integer(&path, value, -(1 << 53) + 1, (1 << 53) - 1),
            (_, Some(Value::Number(_))) => {}
            (_, Some(other)) => {
                check.faults.add(&path, "NUMBER_TYPE_COERCE", format!("Value \"{other}\" is not float."));
            }
        }
    }
}

/// A modal: of rows with one text input each, or of labels.
pub fn modal(data: &Value, rules: &Rules) -> Result<(), Refusal> {
    let mut check = Check::new(rules);
    check.text("data.title", data.get("title"), 1, 45);
    check.text("data.custom_id", data.get("custom_id"), 1, 100);
    let rows = check.list("data.components", data.get("components"), 5);
    if rows.is_empty() {
        check.faults.required("data.components");
    }
    let mut seen = HashSet::new();
    for (n, row) in rows.iter().enumerate() {
        let path = at("data.components", n);
        let (path, input) = match row.get("type").and_then(Value::as_u64) {
            Some(1) => {
                let parts = check.list(&at(&path, "components"), row.get("components"), 1);
                (at(&path, "components.0"), parts.first())
            }
            Some(18) => {
                check.text(&at(&path, "label"), row.get("label"), 1, 45);
                check.text(&at(&path, "description"), row.get("description"), 0, 100);
                (at(&path, "component"), row.get("component"))
            }
            _ => {
                check.faults.add(
                    &at(&path, "type"),
                    "BASE_TYPE_CHOICES",
                    "Value of field \"type\" must be one of (1, 18).",
                );
                continue;
            }
        };
        let Some(input) = input else {
            check.faults.required(&path);
            continue;
        };
        match input.get("type").and_then(Value::as_u64) {
            Some(4) => {
                check.custom_id(&path, input, &mut seen);
                if row.get("type").and_then(Value::as_u64) == Some(1) {
                    check.text(&at(&path, "label"), input.get("label"), 1, 45);
                }
                if !matches!(input.get("style").and_then(Value::as_u64), Some(1 | 2)) {
                    check.faults.add(
                        &at(&path, "style"),
                        "BASE_TYPE_CHOICES",
                        "Value must be one of {1, 2}.",
                    );
                }
                check.text(&at(&path, "value"), input.get("value"), 0, 4000);
                check.text(&at(&path, "placeholder"), input.get("placeholder"), 0, 100);
                let least = check.integer(&at(&path, "min_length"), input.get("min_length"), 0, 4000);
                let most = check.integer(&at(&path, "max_length"), input.get("max_length"), 1, 4000);
                if let (Some(least), Some(most)) = (least, most)
                    && least > most
                {
                    check.faults.add(&at(&path, "min_length"), "NUMBER_TYPE_MAX", "more than max_length");
                }
            }
            Some(kind @ (3 | 5..=8)) if row.get("type") == Some(&Value::from(18)) => {
                check.select(&path, input, kind, &mut seen);
            }
            _ => check.faults.add(&at(&path, "type"), "BASE_TYPE_CHOICES", "This cannot be in a modal."),
        }
    }
    check.faults.finish()
}

/// An id, which may be a string or a number.
pub fn as_id(value: &Value) -> Option<u64> {
    match value {
        Value::String(text) => text.parse().ok(),
        Value::Number(number) => number.as_u64(),
        _ => None,
    }
}

fn is_timestamp(text: &str) -> bool {
    let bytes = text.as_bytes();
    let digits = |range: std::ops::Range<usize>| {
        bytes.get(range).is_some_and(|part| part.iter().all(u8::is_ascii_digit))
    };
    digits(0..4)
        && bytes.get(4) == Some(&b'-')
        && digits(5..7)
        && bytes.get(7) == Some(&b'-')
        && digits(8..10)
        && matches!(bytes.get(10), Some(b'T' | b' '))
        && digits(11..13)
        && bytes.get(13) == Some(&b':')
        && digits(14..16)
}

/// Roughly: nothing that is a letter of a language, and something from the blocks where emoji are.
fn is_emoji(text: &str) -> bool {
    let length = text.chars().count();
    (1..=20).contains(&length)
        && !text.chars().any(|c| c.is_ascii_alphabetic() || c.is_whitespace())
        && text.chars().any(|c| matches!(u32::from(c), 0xa9 | 0xae | 0x203c..=0x3299 | 0x1f000..=0x1faff))
}
