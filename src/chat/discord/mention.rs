//! Messages that people write: whether they are for us, and what they ask.

use serde::Deserialize;
use serde_json::Value;
use serenity::all::UserId;
use serenity::model::id::{ChannelId, GuildId, MessageId, RoleId};

use crate::chat::shared::source_question::asks_for_the_source;
use crate::commands::line::is_known;

/// A message as Discord sends it, as far as it matters here.
#[derive(Debug, Deserialize)]
pub(super) struct IncomingMessage {
    pub id: MessageId,
    pub channel_id: ChannelId,
    pub guild_id: Option<GuildId>,
    pub author: Author,
    pub webhook_id: Option<Value>,
    /// Empty where Discord does not let us read it: without the content intent we read direct messages, those
    /// that mention us, and our own.
    pub content: Option<String>,
    pub member: Option<Roles>,
    #[serde(default)]
    pub mentions: Vec<Author>,
    #[serde(default)]
    pub mention_roles: Vec<RoleId>,
    /// When its author edited it last. What Discord itself adds, such as the preview of a link, is no edit.
    pub edited_timestamp: Option<String>,
    /// The stickers on it, which Discord sends in any case.
    #[serde(default)]
    pub sticker_items: Vec<Value>,
    pub referenced_message: Option<RepliedTo>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Author {
    pub id: UserId,
    #[serde(default)]
    pub bot: bool,
}

#[derive(Debug, Deserialize)]
pub(super) struct Roles {
    #[serde(default)]
    pub roles: Vec<RoleId>,
}

/// The message that another one replies to.
#[derive(Debug, Deserialize)]
pub(super) struct RepliedTo {
    pub id: MessageId,
    pub author: Author,
    #[serde(default)]
    pub embeds: Vec<Value>,
    #[serde(default)]
    pub components: Vec<Value>,
}

/// What a message wants of us.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Wanted {
    /// An answer to this line, or to these words.
    Line(String),
    /// Where the answer that it replies to comes from.
    Source,
    /// It replies to an answer of ours, and we may not read with what words.
    Unread,
    /// It mentions the role that Discord made for us, and we may not read the rest.
    Role,
}

/// Finds out whether a message is for us, and what it wants. Messages of bots never are. `role` is the role that
/// Discord made for us in that server: the list that opens while one types `@` has it beside us.
pub(super) fn wanted(message: &IncomingMessage, me: UserId, role: Option<RoleId>) -> Option<Wanted> {
    if message.author.bot || message.webhook_id.is_some() || message.author.id == me {
        return None;
    }
    let content = message.content.as_deref().unwrap_or_default().trim();
    let to_us = message.referenced_message.as_ref().is_some_and(|earlier| earlier.author.id == me);
    let direct = message.guild_id.is_none();
    if content.is_empty() {
        let is_read = direct || message.mentions.iter().any(|user| user.id == me);
        return match role.is_some_and(|role| message.mention_roles.contains(&role)) {
            _ if is_read || !message.sticker_items.is_empty() => None,
            true => Some(Wanted::Role),
            false => to_us.then_some(Wanted::Unread),
        };
    }
    let mut names = vec![format!("<@{me}>"), format!("<@!{me}>")];
    names.extend(role.map(|role| format!("<@&{role}>")));
    let first = names.iter().filter_map(|name| content.find(name).map(|at| (at, name.len()))).min();
    let bare = |text: &str| names.iter().fold(text.to_string(), |text, name| text.replace(name, " "));
    let (before, after) = match first {
        Some((at, length)) => (bare(&content[..at]), bare(&content[at + length..])),
        None => (String::new(), content.to_string()),
    };
    if to_us && asks_for_the_source(&format!("{before} {after}")) {
        return Some(Wanted::Source);
    }
    // A reply alone is talk about an answer; a mention, or a direct message, is a question.
    if first.is_none() && !direct {
        return None;
    }
    let all = format!("{before} {after}");
    match all {
        _ if is_thanks(&all) => None,
        _ if words(&all).all(|word| GREETINGS.contains(&word.as_str())) => Some(Wanted::Line(String::new())),
        _ => Some(Wanted::Line(asked(&before, &after))),
    }
}

/// Words of greeting and courtesy that people put before what they ask.
const GREETINGS: [&str; 18] = [
    "hey", "hi", "hello", "yo", "ok", "okay", "so", "and", "well", "dear", "please", "pls", "um", "hola",
    "oye", "buenas", "por", "favor",
];

/// What wants no answer when it is all that is said.
const THANKS: [&str; 22] = [
    "thanks", "thank", "you", "thx", "ty", "cheers", "ok", "okay", "cool", "nice", "great", "good", "bot",
    "well", "done", "lol", "haha", "very", "much", "so", "gracias", "muchas",
];

/// What is asked around a mention: a command after it, or before it, or else all words of the sentence.
fn asked(before: &str, after: &str) -> String {
    let (before, after) = (before.trim(), tidy(after));
    if let Some(line) = command(after) {
        return line;
    }
    let after_says = after.contains(char::is_alphanumeric);
    if words(before).all(|word| GREETINGS.contains(&word.as_str())) {
        return if after_says { after.to_string() } else { tidy(before).to_string() };
    }
    let line = command(before).unwrap_or_else(|| tidy(before).to_string());
    if after_says { format!("{line} {after}") } else { line }
}

/// The text without the marks that people put after a name: `@bot, quote Paz`, `@bot: …`, `@bot - …`.
fn tidy(text: &str) -> &str {
    let is_mark = |c: char| c.is_whitespace() || ",:;.!-–—".contains(c);
    text.trim_start_matches(is_mark).trim_end_matches(|c: char| c.is_whitespace() || ",:;-–—".contains(c))
}

/// The text as a command line, if it is one: after greetings, with a prefix of other bots, in quotation marks or
/// marked as code, with a mark after the command's name.
fn command(text: &str) -> Option<String> {
    let mut text = tidy(text);
    loop {
        for text in [text, unwrapped(text)] {
            let line = text.trim_start_matches(['/', '!']).trim_start();
            let (first, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
            let first = first.trim_end_matches([':', ',', '?', '!', '.']);
            let line = format!("{first} {}", rest.trim()).trim_end().to_string();
            if is_known(&line) {
                return Some(line);
            }
        }
        let (first, rest) = text.split_once(char::is_whitespace)?;
        if !words(first).all(|word| GREETINGS.contains(&word.as_str())) {
            return None;
        }
        text = tidy(rest);
    }
}

/// The text without the quotation marks, or the marks of code, that it is in.
fn unwrapped(text: &str) -> &str {
    let is_mark = |c: char| "`*_\"'“”„«»‘’".contains(c);
    match text.starts_with(is_mark) && text.ends_with(|c: char| is_mark(c) || c == '.') {
        true => text.trim_matches(|c: char| is_mark(c) || c == '.'),
        false => text,
    }
}

fn is_thanks(text: &str) -> bool {
    let mut words = words(text).peekable();
    words.peek().is_some() && words.all(|word| THANKS.contains(&word.as_str()))
}

/// The words in lower case.
fn words(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn written(extra: &Value) -> IncomingMessage {
        let mut message = json!({
            "id": "1", "channel_id": "2", "guild_id": "3", "author": {"id": "9"}, "content": "",
        });
        for (key, value) in extra.as_object().unwrap() {
            message[key] = value.clone();
        }
        serde_json::from_value(message).unwrap()
    }

    fn wanted(extra: Value) -> Option<Wanted> {
        super::wanted(&written(&extra), UserId::new(50), Some(RoleId::new(60)))
    }

    fn line(text: &str) -> Option<Wanted> {
        Some(Wanted::Line(text.into()))
    }

    #[test]
    fn a_message_is_for_us_when_it_says_so() {
        let ours = json!({"id": "8", "author": {"id": "50", "bot": true}});
        assert_eq!(wanted(json!({"content": "<@50> quote Paz"})), line("quote Paz"));
        assert_eq!(wanted(json!({"content": "<@50>"})), line(""));
        assert_eq!(wanted(json!({"content": "quote Paz"})), None);
        assert_eq!(wanted(json!({"content": "<@500> quote Paz"})), None);
        assert_eq!(wanted(json!({"content": "quote Paz", "guild_id": null})), line("quote Paz"));
        for source in ["Source?", "*source?*", "which paragraph, please?", "<@50> source?"] {
            let reply = json!({"content": source, "referenced_message": ours});
            assert_eq!(wanted(reply), Some(Wanted::Source), "{source}");
        }
        assert_eq!(wanted(json!({"content": "well said", "referenced_message": ours})), None);
        let bot = json!({"content": "<@50> quote Paz", "author": {"id": "9", "bot": true}});
        assert_eq!(wanted(bot), None);
        assert_eq!(wanted(json!({"content": "<@50> quote Paz", "webhook_id": "4"})), None);
    }

    #[test]
    fn a_mention_may_be_anywhere_and_with_any_marks() {
        for text in [
            "<@50>, quote Paz",
            "<@50>: quote Paz",
            "<@50> - quote Paz",
            "<@50>… quote Paz".replace('…', "...").as_str(),
            "<@!50>\nquote Paz",
            "<@&60> quote Paz",
            "<@50> /quote Paz",
            "<@50> !quote Paz",
            "<@50> “quote Paz”",
            "<@50> `quote Paz`",
            "<@50> **quote Paz**",
            "<@50> quote: Paz",
            "<@50> please quote Paz",
            "hey <@50>, please, quote Paz",
            "I say <@50> quote Paz",
            "quote Paz <@50>",
            "quote Paz, <@50>",
            "quote <@50> Paz",
            "hi <@50> <@50> quote Paz",
        ] {
            assert_eq!(wanted(json!({ "content": text })), line("quote Paz"), "{text}");
        }
        for (text, asks) in [
            ("hey <@50> who is AMLO?", "who is AMLO?"),
            ("who is AMLO, <@50>?", "who is AMLO"),
            ("<@50> “who is AMLO?”", "“who is AMLO?”"),
            ("what does <@50> know about AMLO", "what does know about AMLO"),
            ("<@50> quote “who lost mexico”", "quote “who lost mexico”"),
            ("hello <@50>", ""),
            ("<@50> ?", ""),
        ] {
            assert_eq!(wanted(json!({ "content": text })), line(asks), "{text}");
        }
        for text in ["thanks <@50>!", "<@50> thank you so much", "ok <@50>", "<@50> ok, thanks"] {
            assert_eq!(wanted(json!({ "content": text })), None, "{text}");
        }
        assert_eq!(wanted(json!({"content": "thanks", "guild_id": null})), None);
    }

    #[test]
    fn what_may_not_be_read_is_distinguished() {
        let ours = json!({"id": "8", "author": {"id": "50", "bot": true}});
        assert_eq!(wanted(json!({"referenced_message": ours})), Some(Wanted::Unread));
        // A picture: it mentions us, so we would see words.
        let picture = json!({"referenced_message": ours, "mentions": [{"id": "50"}]});
        assert_eq!(wanted(picture), None);
        assert_eq!(wanted(json!({"referenced_message": ours, "sticker_items": [{"id": "1"}]})), None);
        assert_eq!(wanted(json!({"referenced_message": ours, "guild_id": null})), None);
        let theirs = json!({"id": "8", "author": {"id": "51"}});
        assert_eq!(wanted(json!({ "referenced_message": theirs })), None);
        assert_eq!(wanted(json!({"mention_roles": ["60"]})), Some(Wanted::Role));
        assert_eq!(wanted(json!({"mention_roles": ["61"]})), None);
    }
}
