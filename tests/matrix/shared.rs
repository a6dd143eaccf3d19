//! What the tests of several files do in rooms.

use serde_json::{Value, json};

use crate::common::{Bot, pack};
use crate::homeserver::Event;

/// The reaction that chooses the first of what can be chosen.
pub const FIRST: &str = "1️⃣";

/// The reaction that turns to the next part or page.
pub const ON: &str = "▶️";

/// The event says this.
#[track_caller]
pub fn has(event: &Event, text: &str) {
    assert!(event.body().contains(text), "{text:?} is not in: {}", event.body());
}

/// A bot that knows a small pack, and has not started.
pub fn small() -> Bot {
    Bot::new().pack("doors.toml", pack().text())
}

/// A pack of another edition, so that answers tell that it was loaded.
pub fn green() -> String {
    pack().edition("green").text()
}

/// A message that mentions somebody as clients do.
pub fn mention(text: &str, user: &str) -> Value {
    json!({"msgtype": "m.text", "body": text, "m.mentions": {"user_ids": [user]}})
}
