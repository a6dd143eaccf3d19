//! Somebody in the rooms of a homeserver, with a client of their own.

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::{Value, json};

use super::event::Event;
use super::http::{self, Refusal, segment};
use super::people::{Inbox, Seen};
use super::synapse::{Account, Home};
use super::within;

/// A person, logged in with a client that syncs.
pub struct Person {
    /// The whole user id.
    pub user: String,
    pub device: String,
    pub token: String,
    name: String,
    home: Arc<Home>,
    inbox: Arc<Inbox>,
}

/// A room to be made.
pub struct NewRoom<'a> {
    person: &'a Person,
    body: Value,
}

/// Somebody's cross-signing keys and devices, with the signatures checked.
#[derive(Debug, Clone)]
pub struct Identity {
    pub master: Option<String>,
    pub self_signing: Option<String>,
    /// Whether the master key signed the self-signing key.
    pub is_whole: bool,
    /// The devices that have keys, and whether the self-signing key signed them.
    pub devices: HashMap<String, bool>,
}

impl Person {
    pub(super) async fn login(home: &Arc<Home>, account: &Account) -> Person {
        // One person may have several clients.
        static NUMBER: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(1);
        let number = NUMBER.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let name = format!("{} ({number})", account.localpart);
        let people = home.people().await;
        let inbox = people.inbox(&name);
        let how = json!({"user": account.user_id, "password": account.password});
        let given = people.ask(&name, "login", how).await.unwrap();
        let text = |key: &str| given[key].as_str().unwrap().to_string();
        Person {
            user: text("user_id"),
            device: text("device_id"),
            token: text("access_token"),
            name,
            home: Arc::clone(home),
            inbox,
        }
    }

    /// A request with this person's access token.
    pub async fn try_raw(&self, method: &str, path: &str, body: Option<Value>) -> Result<Value, Refusal> {
        http::call(method, format!("{}{path}", self.home.url()), Some(&self.token), body.as_ref()).await
    }

    pub async fn raw(&self, method: &str, path: &str, body: Option<Value>) -> Value {
        let answer = self.try_raw(method, path, body).await;
        answer.unwrap_or_else(|refusal| panic!("{method} {path} by {}: {refusal:?}", self.user))
    }

    async fn client(&self, method: &str, path: String, body: Option<Value>) -> Value {
        self.raw(method, &format!("/_matrix/client/v3{path}"), body).await
    }

    async fn ask(&self, what: &str, how: Value) -> Value {
        let answer = self.home.people().await.ask(&self.name, what, how).await;
        answer.unwrap_or_else(|error| panic!("{} can't {what}: {error}", self.user))
    }

    // Rooms.

    /// A private room of the newest version, without encryption; and what it should have besides.
    pub fn room(&self) -> NewRoom<'_> {
        NewRoom { person: self, body: json!({"preset": "private_chat", "initial_state": [], "invite": []}) }
    }

    pub async fn invite(&self, room: &str, user: &str) {
        self.client("POST", format!("/rooms/{}/invite", segment(room)), Some(json!({"user_id": user}))).await;
    }

    pub async fn join(&self, room: &str) {
        self.client("POST", format!("/rooms/{}/join", segment(room)), Some(http::empty())).await;
    }

    pub async fn leave(&self, room: &str) {
        self.client("POST", format!("/rooms/{}/leave", segment(room)), Some(http::empty())).await;
    }

    pub async fn kick(&self, room: &str, user: &str) {
        self.client("POST", format!("/rooms/{}/kick", segment(room)), Some(json!({"user_id": user}))).await;
    }

    /// The content of a state event, if there is one.
    pub async fn state(&self, room: &str, kind: &str, key: &str) -> Option<Value> {
        let path =
            format!("/_matrix/client/v3/rooms/{}/state/{}/{}", segment(room), segment(kind), segment(key));
        self.try_raw("GET", &path, None).await.ok()
    }

    /// All state events of a room.
    pub async fn all_state(&self, room: &str) -> Vec<Event> {
        let state = self.client("GET", format!("/rooms/{}/state", segment(room)), None).await;
        state.as_array().unwrap().iter().cloned().map(Event::read).collect()
    }

    pub async fn set_state(&self, room: &str, kind: &str, key: &str, content: Value) -> String {
        let path = format!("/rooms/{}/state/{}/{}", segment(room), segment(kind), segment(key));
        event_id(&self.client("PUT", path, Some(content)).await)
    }

    /// Gives somebody a power level.
    pub async fn promote(&self, room: &str, user: &str, level: i64) {
        let mut levels = self.state(room, "m.room.power_levels", "").await.unwrap();
        levels["users"][user] = json!(level);
        self.set_state(room, "m.room.power_levels", "", levels).await;
    }

    /// Replaces a room by one of a newer version, and gives that.
    pub async fn upgrade(&self, room: &str, version: &str) -> String {
        let path = format!("/rooms/{}/upgrade", segment(room));
        let answer = self.client("POST", path, Some(json!({"new_version": version}))).await;
        answer["replacement_room"].as_str().unwrap().to_string()
    }

    /// How somebody is in a room: `join`, `invite`, `leave`, …
    pub async fn membership(&self, room: &str, user: &str) -> Option<String> {
        let content = self.state(room, "m.room.member", user).await?;
        content["membership"].as_str().map(str::to_string)
    }

    /// Waits until somebody is in a room in this way, and gives the event that says so.
    pub async fn wait_membership(&self, room: &str, user: &str, membership: &str) -> Event {
        let wanted = |event: &Event| {
            event.room == room
                && event.kind == "m.room.member"
                && event.state_key.as_deref() == Some(user)
                && event.content["membership"] == membership
        };
        self.wait(format_args!("{user} to {membership} {room}"), wanted).await
    }

    // Messages. Each gives the id of its event.

    pub async fn say(&self, room: &str, text: &str) -> String {
        self.send(room, message(text)).await
    }

    /// A message with this content.
    pub async fn send(&self, room: &str, content: Value) -> String {
        self.send_event(room, "m.room.message", content).await
    }

    pub async fn send_event(&self, room: &str, kind: &str, content: Value) -> String {
        event_id(&self.ask("send", json!({"room": room, "type": kind, "content": content})).await)
    }

    /// The event's id, and its content on the wire.
    pub async fn send_on_the_wire(&self, room: &str, kind: &str, content: Value) -> (String, Value) {
        let sent = self.ask("send", json!({"room": room, "type": kind, "content": content})).await;
        (event_id(&sent), sent["wire"].clone())
    }

    /// Sends an event as it stands, encrypted room or not.
    pub async fn send_raw(&self, room: &str, kind: &str, content: Value) -> String {
        let number = self.send_number();
        let path = format!("/rooms/{}/send/{}/{number}", segment(room), segment(kind));
        event_id(&self.client("PUT", path, Some(content)).await)
    }

    fn send_number(&self) -> u64 {
        static NUMBER: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(1);
        NUMBER.fetch_add(1, std::sync::atomic::Ordering::Relaxed)
    }

    pub async fn reply(&self, room: &str, to: &str, text: &str) -> String {
        let mut content = message(text);
        content["m.relates_to"] = json!({"m.in_reply_to": {"event_id": to}});
        self.send(room, content).await
    }

    /// A message in the thread that begins at an event.
    pub async fn say_in_thread(&self, room: &str, root: &str, text: &str) -> String {
        let mut content = message(text);
        content["m.relates_to"] = json!({
            "rel_type": "m.thread",
            "event_id": root,
            "is_falling_back": true,
            "m.in_reply_to": {"event_id": root},
        });
        self.send(room, content).await
    }

    pub async fn edit(&self, room: &str, event: &str, text: &str) -> String {
        let mut content = message(&format!("* {text}"));
        content["m.new_content"] = message(text);
        content["m.relates_to"] = json!({"rel_type": "m.replace", "event_id": event});
        self.send(room, content).await
    }

    pub async fn react(&self, room: &str, event: &str, key: &str) -> String {
        let relation = json!({"rel_type": "m.annotation", "event_id": event, "key": key});
        self.send_event(room, "m.reaction", json!({"m.relates_to": relation})).await
    }

    pub async fn redact(&self, room: &str, event: &str) -> String {
        let path = format!("/rooms/{}/redact/{}/{}", segment(room), segment(event), self.send_number());
        event_id(&self.client("PUT", path, Some(http::empty())).await)
    }

    /// Uploads a file, and gives the fields of a message that say where it is.
    pub async fn upload(&self, data: &[u8], name: &str, mime: &str, encrypted: bool) -> Value {
        let how = json!({"data": base64(data), "name": name, "mime": mime, "encrypted": encrypted});
        self.ask("upload", how).await
    }

    /// Sends a file, encrypted or not as the room should have it.
    pub async fn send_file(&self, room: &str, data: &[u8], name: &str, encrypted: bool) -> String {
        let mut content = self.upload(data, name, "application/toml", encrypted).await;
        content["msgtype"] = json!("m.file");
        self.send(room, content).await
    }

    // Keys.

    /// Sends no keys to somebody's devices from now on, as clients may do to those that they don't trust.
    pub async fn distrust(&self, user: &str) {
        self.ask("distrust", json!({"user": user})).await;
    }

    pub async fn trust(&self, user: &str) {
        self.ask("trust", json!({"user": user})).await;
    }

    /// Sends a text that nobody has the key of before it is shared.
    pub async fn say_before_the_key(&self, room: &str, text: &str) -> String {
        event_id(&self.ask("send_before_its_key", json!({"room": room, "content": message(text)})).await)
    }

    pub async fn share_the_key(&self, room: &str) {
        self.ask("share_the_key", json!({"room": room})).await;
    }

    pub async fn identity(&self, user: &str) -> Identity {
        let found = self.ask("identity", json!({"user": user})).await;
        let text = |key: &str| found[key].as_str().map(str::to_string);
        let devices = found["devices"].as_object().unwrap().iter();
        Identity {
            master: text("master"),
            self_signing: text("self_signing"),
            is_whole: found["self_signing_signed"] == true,
            devices: devices.map(|(device, signed)| (device.clone(), *signed == true)).collect(),
        }
    }

    // What is seen.

    /// All that the homeserver has of a room, in order, decrypted as far as this client can.
    pub async fn timeline(&self, room: &str) -> Vec<Event> {
        let events = self.ask("timeline", json!({"room": room})).await;
        events.as_array().unwrap().iter().cloned().map(Event::read).collect()
    }

    /// One event, as the homeserver has it now.
    pub async fn event(&self, room: &str, event: &str) -> Event {
        Event::read(self.ask("event", json!({"room": room, "event": event})).await)
    }

    /// The events that came with syncs so far.
    pub fn seen(&self) -> Vec<Event> {
        self.inbox.seen.lock().unwrap().events.clone()
    }

    /// Waits for an event, one of before included.
    pub async fn wait(&self, what: impl std::fmt::Display, wanted: impl Fn(&Event) -> bool) -> Event {
        let mut known = 0;
        self.look(what, |seen| {
            let found = seen.events[known..].iter().find(|event| wanted(event)).cloned();
            known = seen.events.len();
            found
        })
        .await
    }

    /// Waits until so many events are there.
    pub async fn wait_for(
        &self,
        number: usize,
        what: impl std::fmt::Display,
        wanted: impl Fn(&Event) -> bool,
    ) -> Vec<Event> {
        self.look(format_args!("{number} of {what}"), |seen| {
            let found: Vec<Event> = seen.events.iter().filter(|event| wanted(event)).cloned().collect();
            (found.len() >= number).then_some(found)
        })
        .await
    }

    /// Waits for an invitation to a room, and gives the room's state as far as it is told.
    pub async fn wait_invitation(&self, room: &str) -> Vec<Value> {
        let find = |seen: &Seen| seen.invitations.iter().find(|(to, _)| to == room).map(|(_, it)| it.clone());
        self.look(format_args!("an invitation to {room}"), find).await
    }

    /// Waits for what passes: somebody types, somebody has read something.
    pub async fn wait_passing(&self, what: impl std::fmt::Display, wanted: impl Fn(&Value) -> bool) -> Value {
        self.look(what, |seen| seen.passing.iter().find(|it| wanted(it)).cloned()).await
    }

    async fn look<T>(&self, what: impl std::fmt::Display, mut find: impl FnMut(&Seen) -> Option<T>) -> T {
        let looking = async {
            loop {
                let news = self.inbox.news.notified();
                tokio::pin!(news);
                // What happens between the look and the wait counts, too.
                news.as_mut().enable();
                {
                    let seen = self.inbox.seen.lock().unwrap();
                    if let Some(found) = find(&seen) {
                        return found;
                    }
                    if let Some(why) = &seen.broken {
                        panic!("the client of {} is broken: {why}", self.user);
                    }
                }
                news.await;
            }
        };
        within(format_args!("{what}, seen by {}", self.user), looking).await
    }
}

impl Drop for Person {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.home.keep();
            eprintln!("--- what {} saw last", self.user);
            // Whoever panicked may have held it.
            let Ok(seen) = self.inbox.seen.lock() else { return };
            for event in seen.events.iter().rev().take(20).rev() {
                eprintln!("{} {} {} {}", event.id, event.sender, event.kind, event.content);
            }
        }
    }
}

impl NewRoom<'_> {
    pub fn encrypted(self) -> Self {
        self.with_state("m.room.encryption", "", json!({"algorithm": "m.megolm.v1.aes-sha2"}))
    }

    /// A list of rooms.
    pub fn space(self) -> Self {
        self.created_with(json!({"type": "m.space"}))
    }

    pub fn version(mut self, version: &str) -> Self {
        self.body["room_version"] = json!(version);
        self
    }

    pub fn name(mut self, name: &str) -> Self {
        self.body["name"] = json!(name);
        self
    }

    pub fn invite(mut self, user: &str) -> Self {
        self.body["invite"].as_array_mut().unwrap().push(json!(user));
        self
    }

    /// A direct chat with one other, who may do what the creator may.
    pub fn direct(mut self, user: &str) -> Self {
        self.body["is_direct"] = json!(true);
        self.body["preset"] = json!("trusted_private_chat");
        self.invite(user)
    }

    pub fn with_state(mut self, kind: &str, key: &str, content: Value) -> Self {
        let event = json!({"type": kind, "state_key": key, "content": content});
        self.body["initial_state"].as_array_mut().unwrap().push(event);
        self
    }

    /// Power levels other than those that are usual.
    pub fn power(mut self, levels: Value) -> Self {
        self.body["power_level_content_override"] = levels;
        self
    }

    /// What stands in the event that makes the room.
    pub fn created_with(mut self, content: Value) -> Self {
        self.body["creation_content"] = content;
        self
    }

    /// Anybody may join.
    pub fn public(mut self) -> Self {
        self.body["preset"] = json!("public_chat");
        self
    }

    /// Makes it, and gives its id.
    pub async fn create(self) -> String {
        let answer = self.person.client("POST", "/createRoom".into(), Some(self.body)).await;
        answer["room_id"].as_str().unwrap().to_string()
    }
}

/// A text message, as clients write it.
pub fn message(text: &str) -> Value {
    json!({"msgtype": "m.text", "body": text, "m.mentions": {}})
}

fn event_id(answer: &Value) -> String {
    answer["event_id"].as_str().unwrap_or_else(|| panic!("no event in {answer}")).to_string()
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let [a, b, c] = [0, 1, 2].map(|at| u32::from(chunk.get(at).copied().unwrap_or(0)));
        let bits = a << 16 | b << 8 | c;
        for place in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * place) & 63) as usize];
            text.push(if place > chunk.len() { '=' } else { letter.into() });
        }
    }
    text
}
