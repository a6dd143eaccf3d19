//! The other answers to an interaction: choices and modals.

use serde_json::Value;
use std::collections::HashSet;

use crate::standin::errors::{Refusal, at};
use crate::standin::validate::check::Check;
use crate::standin::validate::rules::Rules;

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
#[expect(clippy::too_many_lines, reason = "one field of a modal after another")]
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
