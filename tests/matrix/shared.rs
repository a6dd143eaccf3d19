//! What the tests of several files do in rooms.

use serde_json::{Value, json};

use crate::common::{Bot, Output, pack};
use crate::homeserver::{Event, Person};

/// How commands are described to clients, by MSC4391.
pub const DESCRIPTION: &str = "org.matrix.msc4391.command_description";

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

/// An event as the homeserver has it, decrypted by nobody.
pub async fn on_the_wire(person: &Person, room: &str, event: &str) -> Value {
    person.raw("GET", &format!("/_matrix/client/v3/rooms/{room}/event/{event}"), None).await
}

/// A command of the program that ends by itself, while the tests go on.
pub async fn run(bot: &Bot, arguments: &[&str]) -> Output {
    let mut command = bot.command();
    command.args(arguments);
    tokio::task::spawn_blocking(move || Output::of(&mut command)).await.unwrap()
}
