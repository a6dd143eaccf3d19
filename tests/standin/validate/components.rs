//! Components: rows, buttons, menus.

use serde_json::Value;
use std::collections::HashSet;

use crate::standin::errors::at;
use crate::standin::validate::check::Check;

impl Check<'_> {
    pub fn emoji(&mut self, path: &str, emoji: Option<&Value>) -> bool {
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

    pub fn custom_id(&mut self, path: &str, component: &Value, seen: &mut HashSet<String>) {
        let path = at(path, "custom_id");
        // A custom id is not trimmed, so its spaces count.
        if let Some(id) = self.exact(&path, component.get("custom_id"), 1, 100)
            && !seen.insert(id.to_owned())
        {
            let message = "Component custom id cannot be duplicated";
            self.faults.add(&path, "COMPONENT_CUSTOM_ID_DUPLICATED", message);
        }
    }

    pub fn button(&mut self, path: &str, button: &Value, seen: &mut HashSet<String>) {
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

    pub fn select(&mut self, path: &str, select: &Value, kind: u64, seen: &mut HashSet<String>) {
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

    pub fn components(&mut self, path: &str, rows: &[Value]) {
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

    pub fn component_id(&mut self, path: &str, part: &Value, ids: &mut HashSet<i64>) {
        let path = at(path, "id");
        if let Some(id) = self.integer(&path, part.get("id"), 0, i64::from(i32::MAX))
            && id != 0
            && !ids.insert(id)
        {
            self.faults.add(&path, "COMPONENT_ID_DUPLICATED", "Component id cannot be duplicated");
        }
    }
}

/// Roughly: nothing that is a letter of a language, and something from the blocks where emoji are.
fn is_emoji(text: &str) -> bool {
    let length = text.chars().count();
    (1..=20).contains(&length)
        && !text.chars().any(|c| c.is_ascii_alphabetic() || c.is_whitespace())
        && text.chars().any(|c| matches!(u32::from(c), 0xa9 | 0xae | 0x203c..=0x3299 | 0x1f000..=0x1faff))
}
