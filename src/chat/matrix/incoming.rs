//! Incoming events, and whether they are for us.

use matrix_sdk::deserialized_responses::{TimelineEvent, VerificationLevel, VerificationState};
use serde::Deserialize;
use serde_json::Value;

use crate::chat::shared::source_question::asks_for_the_source;
use crate::commands::line::is_known;

use super::mention::{self, Mention, Trust};

/// An event of a room, with what we read of it.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Event {
    #[serde(rename = "type")]
    pub kind: String,
    pub event_id: String,
    pub sender: String,
    /// Milliseconds since 1970 UTC, by the sender's homeserver.
    pub origin_server_ts: i64,
    pub state_key: Option<String>,
    #[serde(default)]
    pub content: Value,
    /// The event that a redaction removes, before room version 11.
    redacts: Option<String>,
    #[serde(default)]
    pub unsigned: Value,
    /// When it was sent, in milliseconds since 1970 UTC by our clock.
    #[serde(skip)]
    pub at: i64,
}

/// The largest size of a formatted body that is read, in bytes.
const MAX_HTML_BYTES: usize = 64 * 1024;

impl Event {
    /// An event as the client library has it, decrypted if it was encrypted. `None` if it is none that we read.
    ///
    /// The homeserver can check only what it sees: the content of an encrypted event is whatever its sender put there.
    /// So an encrypted event is read only as a message or a reaction, and never changes the room.
    pub fn read(read: &TimelineEvent) -> Option<Event> {
        let mut event: Event = serde_json::from_str(read.raw().json().get()).ok()?;
        if let Some(undecrypted) = read.encryption_info() {
            let is_of_another = VerificationState::Unverified(VerificationLevel::MismatchedSender)
                == undecrypted.verification_state;
            if is_of_another || !["m.room.message", "m.reaction"].contains(&event.kind.as_str()) {
                return None;
            }
            (event.state_key, event.redacts) = (None, None);
        }
        Some(event)
    }

    /// The event that a redaction removes.
    pub fn redacts(&self) -> Option<&str> {
        self.content["redacts"].as_str().or(self.redacts.as_deref())
    }

    /// Whether `user` has joined the room with it.
    pub fn is_join_of(&self, user: &str) -> bool {
        self.kind == "m.room.member"
            && self.sender == user
            && self.state_key.as_deref() == Some(user)
            && self.content["membership"] == "join"
            && self.unsigned["prev_content"]["membership"] != "join"
    }

    /// The event that it replies to.
    pub fn replies_to(&self) -> Option<&str> {
        self.content["m.relates_to"]["m.in_reply_to"]["event_id"].as_str()
    }

    /// The first event of the thread that it is in.
    pub fn thread(&self) -> Option<&str> {
        let relation = &self.content["m.relates_to"];
        if relation["rel_type"] == "m.thread" { relation["event_id"].as_str() } else { None }
    }

    /// The event whose content it replaces, and the new content.
    pub fn replaces(&self) -> Option<(&str, &Value)> {
        let relation = &self.content["m.relates_to"];
        if relation["rel_type"] != "m.replace" {
            return None;
        }
        Some((relation["event_id"].as_str()?, self.content.get("m.new_content")?))
    }

    /// The event that it reacts to, and the key.
    pub fn reaction(&self) -> Option<(&str, &str)> {
        let relation = &self.content["m.relates_to"];
        Some((relation["event_id"].as_str()?, relation["key"].as_str()?))
    }
}

/// The ways in which we are addressed in a room.
#[derive(Debug, Clone, Copy)]
pub(super) struct Address<'a> {
    /// Our user id.
    pub me: &'a str,
    /// Our name, as people see it.
    pub name: &'a str,
    /// The prefix of commands.
    pub prefix: &'a str,
    /// Whether we are alone with somebody.
    pub direct: bool,
}

/// A request that a message makes.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// An answer to this line.
    Line(String),
    /// Where the answer that it replies to comes from.
    Source,
}

/// The name that distinguishes our commands from those of other bots: `!rapporteur quote Paz`.
const OURS: &str = "rapporteur";

/// The request that the content of a message makes. `None` if it is not for us.
///
/// Only whole words are a command: `!quotes` is not `!quote`. A text that only looks like a command is left to other
/// bots, unless it was clearly meant for us.
pub(super) fn wanted(content: &Value, address: Address<'_>) -> Option<Wanted> {
    let file_with_caption = content["msgtype"] == "m.file"
        && content["filename"].is_string()
        && content["filename"] != content["body"];
    if content["msgtype"] != "m.text" && !file_with_caption {
        return None;
    }
    let replies = content["m.relates_to"]["m.in_reply_to"].is_object();
    let body = content["body"].as_str()?;
    let body = if replies { without_fallback(body) } else { body }.trim();
    if replies && asks_for_the_source(body) {
        return Some(Wanted::Source);
    }
    let line = |text: &str| Some(Wanted::Line(text.trim().to_string()));
    // Where a prefix says that it is one, a slash does so in the line.
    let command = |text: &str| Some(Wanted::Line(format!("/{}", text.trim())));
    let bare = |text: &str| match text.strip_prefix(address.prefix).or_else(|| text.strip_prefix('/')) {
        Some(rest) if is_known(rest) => command(rest),
        rest => line(rest.unwrap_or(text)),
    };
    if let Some(mention) = mentioned(content, body, address, replies) {
        // A mention may come before a whole command, prefix included.
        return bare(mention.asks());
    }
    if let Some(rest) = body.strip_prefix(address.prefix) {
        let (first, after) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
        if first.eq_ignore_ascii_case(OURS) {
            return line(after);
        }
        // Many bots have a command of this name, and it can't be taken back.
        let shared = first.eq_ignore_ascii_case("leave");
        if is_known(rest) && !rest.starts_with(char::is_whitespace) && (address.direct || !shared) {
            return command(rest);
        }
    }
    if let Some(rest) = body.strip_prefix('/')
        && is_known(rest)
        && !rest.starts_with(char::is_whitespace)
    {
        return command(rest);
    }
    if address.direct && !body.is_empty() {
        return bare(body);
    }
    None
}

/// The text of a reply, without the quoted message that older clients put before it.
fn without_fallback(body: &str) -> &str {
    if !body.starts_with("> ") {
        return body;
    }
    body.split_once("\n\n").map_or(body, |(_, text)| text)
}

/// The mention of us by name or link, if there is one.
fn mentioned(content: &Value, body: &str, address: Address<'_>, replies: bool) -> Option<Mention> {
    let me = address.me;
    let users = content["m.mentions"]["user_ids"].as_array();
    let is_named = users.map(|users| users.iter().any(|it| it == me));
    // Without `m.mentions` the text decides, as before intentional mentions.
    if is_named == Some(false) || (is_named.is_none() && content["m.mentions"].is_object()) {
        return None;
    }
    let formatted = content["formatted_body"].as_str().filter(|html| html.len() <= MAX_HTML_BYTES);
    if let Some(mention) = formatted.and_then(|html| mention::in_html(html, me)) {
        return Some(mention);
    }
    let said: Vec<&str> = body.lines().filter(|line| !line.starts_with('>')).collect();
    let said = said.join("\n");
    let local = me.trim_start_matches('@').split(':').next().unwrap_or_default();
    mention::in_text(&said, me).or_else(|| {
        let trust = match is_named {
            // A reply to us mentions us without a word of it in the text.
            Some(true) if replies => Trust::AtTheBeginning,
            Some(true) => Trust::Everywhere,
            _ => Trust::WithAMark,
        };
        mention::of_name(&said, &[me, address.name, local], trust)
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const ME: &str = "@rapporteur:example.org";

    fn ask(content: Value, direct: bool) -> Option<Wanted> {
        wanted(&content, Address { me: ME, name: "The Rapporteur", prefix: "!", direct })
    }

    fn text(body: &str) -> Option<Wanted> {
        ask(json!({"msgtype": "m.text", "body": body}), false)
    }

    fn line(text: &str) -> Option<Wanted> {
        Some(Wanted::Line(text.into()))
    }

    #[test]
    fn a_command_is_one_by_whole_words() {
        assert_eq!(text("!quote Paz"), line("/quote Paz"));
        assert_eq!(text("!Quote Paz"), line("/Quote Paz"));
        assert_eq!(text("!room show"), line("/room show"));
        assert_eq!(text("/quote Paz"), line("/quote Paz"));
        for other in
            ["!quotes", "!qoute Paz", "! quote", "!", "quote Paz", "/shrug", "!leave", "say !quote", ""]
        {
            assert_eq!(text(other), None, "{other:?}");
        }
        assert_eq!(text("!rapporteur leave"), line("leave"));
        assert_eq!(text("!rapporteur qoute Paz"), line("qoute Paz"));
        assert_eq!(text("!rapporteurs quote"), None);
        assert_eq!(ask(json!({"msgtype": "m.notice", "body": "!quote Paz"}), true), None);
        assert_eq!(ask(json!({"msgtype": "m.emote", "body": "!quote Paz"}), true), None);
    }

    #[test]
    fn alone_with_us_no_prefix_is_needed() {
        let direct = |body: &str| ask(json!({"msgtype": "m.text", "body": body}), true);
        assert_eq!(direct("quote Paz"), line("quote Paz"));
        assert_eq!(direct("!quote Paz"), line("/quote Paz"));
        assert_eq!(direct("what is this"), line("what is this"));
        assert_eq!(direct("!what is this"), line("what is this"));
        assert_eq!(direct("help"), line("help"));
        assert_eq!(direct(" "), None);
    }

    #[test]
    fn a_mention_at_the_beginning_is_for_us() {
        let mention = |body: &str, html: Option<&str>, users: Value| {
            ask(
                json!({"msgtype": "m.text", "body": body, "formatted_body": html, "m.mentions": users}),
                false,
            )
        };
        let us = json!({"user_ids": [ME]});
        assert_eq!(mention("@rapporteur: quote Paz", None, us.clone()), line("quote Paz"));
        assert_eq!(mention("@rapporteur:example.org quote Paz", None, us.clone()), line("quote Paz"));
        assert_eq!(mention("The Rapporteur quote Paz", None, us.clone()), line("quote Paz"));
        assert_eq!(mention("rapporteur !quote Paz", None, us.clone()), line("/quote Paz"));
        assert_eq!(mention("rapporteur", None, us.clone()), line(""));
        assert_eq!(mention("quote Paz, @rapporteur", None, us.clone()), line("quote Paz"));
        assert_eq!(mention("hey rapporteur, quote Paz", None, us.clone()), line("quote Paz"));
        assert_eq!(mention("> rapporteur: quote Paz\nso he says", None, us.clone()), None);
        // A reply to us mentions us too, and is no question for that.
        assert_eq!(mention("well said", None, us.clone()), None);
        assert_eq!(mention("rapporteurs are useful", None, us.clone()), None);
        // Nobody is mentioned, so nobody is.
        assert_eq!(mention("rapporteur: quote Paz", None, json!({})), None);
        assert_eq!(mention("rapporteur: quote Paz", None, json!({"user_ids": ["@eve:example.org"]})), None);
        // Clients without intentional mentions.
        assert_eq!(mention("rapporteur: quote Paz", None, Value::Null), line("quote Paz"));
        assert_eq!(mention("rapporteur is a nice word", None, Value::Null), None);
        let link = "[@rapporteur:example.org](https://matrix.to/#/@rapporteur:example.org) quote Paz";
        assert_eq!(mention(link, None, us.clone()), line("quote Paz"));
        assert_eq!(mention(link, None, Value::Null), line("quote Paz"));
        let pill = "<a href=\"https://matrix.to/#/@rapporteur:example.org\">Rappo</a>: quote Paz";
        assert_eq!(mention("Rappo: quote Paz", Some(pill), Value::Null), line("quote Paz"));
        assert_eq!(mention("Rappo quote Paz", Some(pill), us), line("quote Paz"));
        let other = pill.replace("rapporteur", "eve");
        assert_eq!(mention("Rappo: quote Paz", Some(&other), Value::Null), None);
    }

    #[test]
    fn a_reply_can_ask_for_the_source() {
        let reply = |body: &str| {
            let relation = json!({"m.in_reply_to": {"event_id": "$a"}});
            ask(json!({"msgtype": "m.text", "body": body, "m.relates_to": relation}), false)
        };
        assert_eq!(reply("source?"), Some(Wanted::Source));
        assert_eq!(reply("¿fuente?"), Some(Wanted::Source));
        assert_eq!(reply("*which paragraph*, please?"), Some(Wanted::Source));
        assert_eq!(reply("> <@rapporteur:example.org> words\n\nSource?"), Some(Wanted::Source));
        assert_eq!(reply("> !quote Paz\n\nI agree"), None);
        assert_eq!(reply("!reload"), line("/reload"));
        assert_eq!(text("source?"), None);
    }

    #[test]
    fn a_file_can_have_a_command_with_it() {
        let file = json!({"msgtype": "m.file", "body": "!reload", "filename": "pack.toml"});
        assert_eq!(ask(file, false), line("/reload"));
        assert_eq!(ask(json!({"msgtype": "m.file", "body": "!reload"}), false), None);
    }
}
