//! An event as a person sees it.

use serde_json::Value;

/// An event of a room, decrypted if it could be.
#[derive(Debug, Clone)]
pub struct Event {
    pub id: String,
    pub room: String,
    pub sender: String,
    /// Such as `m.room.message`; `m.room.encrypted` if it could not be decrypted.
    pub kind: String,
    pub content: Value,
    pub state_key: Option<String>,
    /// The content as it was on the wire, if it was encrypted.
    pub wire: Option<Value>,
    /// Why it could not be decrypted.
    pub unreadable: Option<String>,
    /// All of it.
    pub source: Value,
}

impl Event {
    pub(super) fn read(source: Value) -> Event {
        let text = |key: &str| source[key].as_str().unwrap_or_default().to_string();
        Event {
            id: text("event_id"),
            room: text("room_id"),
            sender: text("sender"),
            kind: text("type"),
            content: source["content"].clone(),
            state_key: source["state_key"].as_str().map(str::to_string),
            wire: source.get("wire").cloned(),
            unreadable: source["unreadable"].as_str().map(str::to_string),
            source,
        }
    }

    pub fn is_encrypted(&self) -> bool {
        self.wire.is_some()
    }

    /// Whether it is a message, and no edit of one.
    pub fn is_message(&self) -> bool {
        self.kind == "m.room.message" && self.replaces().is_none()
    }

    pub fn body(&self) -> &str {
        self.content["body"].as_str().unwrap_or_default()
    }

    pub fn html(&self) -> &str {
        self.content["formatted_body"].as_str().unwrap_or_default()
    }

    pub fn msgtype(&self) -> &str {
        self.content["msgtype"].as_str().unwrap_or_default()
    }

    /// Which event it replies to.
    pub fn reply_to(&self) -> Option<&str> {
        self.content["m.relates_to"]["m.in_reply_to"]["event_id"].as_str()
    }

    /// At which event the thread begins that it is in.
    pub fn thread(&self) -> Option<&str> {
        self.related("m.thread")
    }

    /// Which event it is the new text of.
    pub fn replaces(&self) -> Option<&str> {
        self.related("m.replace")
    }

    /// The new content, of an edit.
    pub fn new_content(&self) -> &Value {
        &self.content["m.new_content"]
    }

    /// The new text, of an edit.
    pub fn new_body(&self) -> &str {
        self.new_content()["body"].as_str().unwrap_or_default()
    }

    /// What it is a reaction to, and which.
    pub fn reaction(&self) -> Option<(&str, &str)> {
        Some((self.related("m.annotation")?, self.content["m.relates_to"]["key"].as_str()?))
    }

    /// What it redacts.
    pub fn redacts(&self) -> Option<&str> {
        (self.kind == "m.room.redaction").then_some(())?;
        // Up to room version 10 it stands outside.
        self.content["redacts"].as_str().or(self.source["redacts"].as_str())
    }

    /// Whether it was redacted.
    pub fn is_redacted(&self) -> bool {
        !self.source["unsigned"]["redacted_because"].is_null()
    }

    /// Who is mentioned; `None` without `m.mentions`.
    pub fn mentions(&self) -> Option<Vec<&str>> {
        let mentions = self.content["m.mentions"].as_object()?;
        let users = mentions.get("user_ids").and_then(Value::as_array);
        Some(users.into_iter().flatten().filter_map(Value::as_str).collect())
    }

    fn related(&self, how: &str) -> Option<&str> {
        let relation = &self.content["m.relates_to"];
        (relation["rel_type"] == how).then_some(())?;
        relation["event_id"].as_str()
    }
}
