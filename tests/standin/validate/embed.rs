//! Embeds.

use serde_json::Value;

use crate::standin::errors::at;
use crate::standin::validate::check::Check;
use crate::standin::validate::rules::Rules;

impl Check<'_> {
    #[expect(clippy::too_many_lines, reason = "one field of an embed after another")]
    pub fn embed(&mut self, path: &str, embed: &Value, total: &mut usize) {
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
