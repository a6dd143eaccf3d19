//! Messages, and changes of them.

use serde_json::Value;
use std::collections::HashSet;

use crate::standin::errors::{Faults, Refusal, at};
use crate::standin::messages::Post;
use crate::standin::validate::check::Check;
use crate::standin::validate::rules::{
    COMPONENTS_V2, EPHEMERAL, Purpose, Rules, SUPPRESS_EMBEDS, SUPPRESS_NOTIFICATIONS, SentFile, as_id,
};

impl Check<'_> {
    pub fn allowed_mentions(&mut self, path: &str, allowed: &Value) {
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

    /// That a message of components has nothing else, and keeps nothing else that it had.
    fn components_alone(&mut self, path: &str, payload: &Value, earlier: Option<&Post>) {
        for (key, is_there) in [
            ("content", earlier.is_some_and(|post| !post.content.is_empty())),
            ("embeds", earlier.is_some_and(|post| !post.embeds.is_empty())),
        ] {
            let given = payload.get(key);
            let is_empty = given.is_none_or(|it| it.is_null() || *it == Value::Array(vec![]) || *it == "");
            // A new message must not even say that it has none.
            let is_kept = given.is_none() && is_there || given.is_some() && earlier.is_none();
            if !is_empty || is_kept {
                let message =
                    format!("The '{key}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2");
                self.faults.add(
                    &at(path, key),
                    "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
                    message,
                );
            }
        }
    }

    pub fn attachments(&mut self, path: &str, payload: &Value, files: &[SentFile], kept: &[u64]) {
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

/// A message to be sent, or a change of an earlier one. `path` is where it is in the body ("data" in a callback).
pub fn message(
    payload: &Value,
    path: &str,
    purpose: Purpose,
    files: &[SentFile],
    earlier: Option<&Post>,
    rules: &Rules,
) -> Result<(), Refusal> {
    let kept = earlier.map_or_else(Vec::new, Post::attachment_ids);
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
    let given = payload.get("flags").and_then(Value::as_u64).unwrap_or(0);
    // The flag can't be taken back.
    match (given | earlier.map_or(0, |post| post.flags)) & COMPONENTS_V2 {
        0 => {
            let rows = check.list(&place, payload.get("components"), 5);
            check.components(&place, rows);
        }
        _ => {
            let names = files.iter().map(|file| file.name.clone());
            let there = earlier.into_iter().flat_map(|post| &post.attachments);
            let there = there.filter_map(|it| it["filename"].as_str().map(String::from));
            let names: Vec<String> = names.chain(there).collect();
            check.components_alone(path, payload, earlier);
            if purpose != Purpose::Edit || payload.get("components").is_some() {
                let components = check.list(&place, payload.get("components"), usize::MAX);
                check.layout(&place, components, &names);
            }
        }
    }
    if let Some(allowed) = payload.get("allowed_mentions").filter(|allowed| !allowed.is_null()) {
        check.allowed_mentions(&at(path, "allowed_mentions"), allowed);
    }
    check.attachments(path, payload, files, &kept);
    let allowed_flags = match purpose {
        Purpose::Create => SUPPRESS_EMBEDS | SUPPRESS_NOTIFICATIONS | COMPONENTS_V2,
        Purpose::Answer => SUPPRESS_EMBEDS | SUPPRESS_NOTIFICATIONS | EPHEMERAL | COMPONENTS_V2,
        // Changes of other flags are documented as ignored without an error.
        Purpose::Edit => u64::MAX >> 1,
    };
    let place = at(path, "flags");
    if let Some(flags) = check.integer(&place, payload.get("flags"), 0, i64::MAX) {
        let flags = u64::try_from(flags).unwrap_or(0);
        if flags & !allowed_flags != 0 {
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
