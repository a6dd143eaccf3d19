//! Messages that are made of components alone (Components V2), as Discord's documentation has them:
//! <https://discord.com/developers/docs/components/reference>.

use serde_json::Value;
use std::collections::HashSet;

use crate::standin::errors::at;
use crate::standin::validate::check::Check;

/// The most components of a message, those within others included.
const MAX_COMPONENTS: usize = 40;

/// The most characters of all text displays of a message.
const MAX_TEXT: usize = 4_000;

/// What is seen of a message so far.
struct Seen<'a> {
    custom_ids: HashSet<String>,
    ids: HashSet<i64>,
    components: usize,
    text: usize,
    /// The names of the files that the message has.
    files: &'a [String],
}

impl Check<'_> {
    /// The components of a message that has nothing else, and the files that it has.
    pub fn layout(&mut self, path: &str, components: &[Value], files: &[String]) {
        let mut seen =
            Seen { custom_ids: HashSet::new(), ids: HashSet::new(), components: 0, text: 0, files };
        if components.is_empty() {
            self.faults.required(path);
        }
        for (n, component) in components.iter().enumerate() {
            self.laid_out(&at(path, n), component, &[1, 9, 10, 12, 13, 14, 17], &mut seen);
        }
        if seen.components > MAX_COMPONENTS {
            let message =
                format!("The total number of components in the message cannot exceed {MAX_COMPONENTS}");
            self.faults.add(path, "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED", message);
        }
        if seen.text > MAX_TEXT {
            let message =
                format!("The total displayable text in the message cannot exceed {MAX_TEXT} characters");
            self.faults.add(path, "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", message);
        }
    }

    /// A component where one of these types may stand.
    fn laid_out(&mut self, path: &str, component: &Value, allowed: &[u64], seen: &mut Seen<'_>) {
        if !self.object(path, component) {
            return;
        }
        let Some(kind) = component.get("type").and_then(Value::as_u64).filter(|it| allowed.contains(it))
        else {
            let message = format!("Value of field \"type\" must be one of {allowed:?}.");
            self.faults.add(&at(path, "type"), "UNION_TYPE_CHOICES", message);
            return;
        };
        seen.components += 1;
        self.component_id(path, component, &mut seen.ids);
        match kind {
            1 => self.row_laid_out(path, component, seen),
            2 => self.button(path, component, &mut seen.custom_ids),
            3 | 5..=8 => self.select(path, component, kind, &mut seen.custom_ids),
            9 => {
                self.inner(path, component, (1, 3), &[10], seen);
                match component.get("accessory") {
                    Some(accessory) => self.laid_out(&at(path, "accessory"), accessory, &[2, 11], seen),
                    None => self.faults.required(&at(path, "accessory")),
                }
            }
            10 => {
                let text = self.text(&at(path, "content"), component.get("content"), 1, MAX_TEXT);
                seen.text += text.map_or(0, |text| self.rules.length(text));
            }
            13 => self.file(path, component, seen),
            14 => {
                self.boolean(&at(path, "divider"), component.get("divider"));
                self.integer(&at(path, "spacing"), component.get("spacing"), 1, 2);
            }
            17 => {
                self.integer(&at(path, "accent_color"), component.get("accent_color"), 0, 0x00FF_FFFF);
                self.boolean(&at(path, "spoiler"), component.get("spoiler"));
                self.inner(path, component, (1, usize::MAX), &[1, 9, 10, 12, 13, 14], seen);
            }
            // The bot has no pictures to show.
            _ => self.faults.add(path, "STANDIN_LIMIT", "The stand-in knows no media"),
        }
    }

    fn row_laid_out(&mut self, path: &str, row: &Value, seen: &mut Seen<'_>) {
        self.inner(path, row, (1, 5), &[2, 3, 5, 6, 7, 8], seen);
        let parts = row["components"].as_array().map_or(&[][..], Vec::as_slice);
        if parts.len() > 1 && parts.iter().any(|part| part["type"] != 2) {
            let message = "The specified component exceeds the maximum width";
            self.faults.add(path, "COMPONENT_LAYOUT_WIDTH_EXCEEDED", message);
        }
    }

    fn inner(
        &mut self,
        path: &str,
        component: &Value,
        (least, most): (usize, usize),
        allowed: &[u64],
        seen: &mut Seen<'_>,
    ) {
        let place = at(path, "components");
        let parts = self.list(&place, component.get("components"), usize::MAX);
        if parts.len() < least || parts.len() > most {
            let message = format!("Must be between {least} and {most} in length.");
            self.faults.add(&place, "BASE_TYPE_BAD_LENGTH", message);
        }
        for (n, part) in parts.iter().enumerate() {
            self.laid_out(&at(&place, n), part, allowed, seen);
        }
    }

    fn file(&mut self, path: &str, component: &Value, seen: &Seen<'_>) {
        let place = at(&at(path, "file"), "url");
        let url = component["file"]["url"].as_str().unwrap_or_default();
        match url.strip_prefix("attachment://") {
            Some(name) if seen.files.iter().any(|file| file == name) => {}
            Some(_) => {
                let message = "The specified attachment could not be found";
                self.faults.add(&place, "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND", message);
            }
            None => self.faults.add(&place, "URL_TYPE_INVALID_SCHEME", "Scheme must be attachment."),
        }
    }
}
