//! The text of a message that somebody wants to find in the article.

use serde_json::Value;

/// The longest text of a message that is looked up, in characters: a little under what a command takes.
const MAX_MESSAGE_TEXT: usize = 280;

/// The text of the message that a command is used on, from the interaction as Discord sent it. `None` if there are
/// no words in it: a picture, a file, a sticker. All of a message comes with a command on it, whatever the
/// intents (<https://discord.com/developers/docs/interactions/application-commands#message-commands>).
pub(super) fn text(interaction: &str) -> Option<String> {
    let interaction: Value = serde_json::from_str(interaction).ok()?;
    let data = &interaction["data"];
    let mut lines = Vec::new();
    read(&data["resolved"]["messages"][data["target_id"].as_str()?], &mut lines);
    let text = lines.join(" ");
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    text.contains(char::is_alphanumeric).then(|| text.chars().take(MAX_MESSAGE_TEXT).collect())
}

fn read(message: &Value, lines: &mut Vec<String>) {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let mut say = |value: &Value| lines.extend(value.as_str().map(plain));
    say(&message["content"]);
    for embed in list(&message["embeds"]) {
        say(&embed["author"]["name"]);
        say(&embed["title"]);
        say(&embed["description"]);
        for field in list(&embed["fields"]) {
            say(&field["name"]);
            say(&field["value"]);
        }
    }
    say(&message["poll"]["question"]["text"]);
    for answer in list(&message["poll"]["answers"]) {
        say(&answer["poll_media"]["text"]);
    }
    // What a picture's author wrote for those who can't see it.
    for attachment in list(&message["attachments"]) {
        say(&attachment["description"]);
    }
    for component in list(&message["components"]) {
        of_component(&component, lines);
    }
    // A message that was passed on.
    for passed_on in list(&message["message_snapshots"]) {
        read(&passed_on["message"], lines);
    }
}

/// Texts among components; what buttons are called is no text of the message.
fn of_component(component: &Value, lines: &mut Vec<String>) {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    lines.extend(component["content"].as_str().map(plain));
    lines.extend(list(&component["options"]).iter().filter_map(|it| it["label"].as_str()).map(Into::into));
    lines.extend(component["description"].as_str().map(plain));
    for inner in list(&component["components"]).iter().chain(list(&component["items"]).iter()) {
        of_component(inner, lines);
    }
}

/// A text without the marks of Discord's Markdown, so that words alone are looked for.
fn plain(text: &str) -> String {
    let line = |line: &str| {
        let line = without_addresses(line);
        let line = line.trim_start_matches(['>', '#', '-', ' ']);
        line.replace(['\\', '*', '`', '|', '\u{200b}'], "")
    };
    text.lines().map(line).collect::<Vec<_>>().join(" ")
}

/// A line with the labels of its links alone.
fn without_addresses(line: &str) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once("](") {
        let address = after.trim_start_matches('<');
        let end =
            after.find(')').filter(|_| address.starts_with("https://") || address.starts_with("http://"));
        let (label, next) = match (end, before.rfind('[')) {
            (Some(end), Some(open)) => {
                (format!("{}{}", &before[..open], &before[open + 1..]), &after[end + 1..])
            }
            _ => (format!("{before}]("), after),
        };
        out.push_str(&label);
        rest = next;
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn text(message: Value) -> Option<String> {
        let data = json!({"target_id": "1", "resolved": {"messages": {"1": message}}});
        super::text(&json!({ "data": data }).to_string())
    }

    #[test]
    fn all_that_has_words_in_a_message_is_read() {
        assert_eq!(text(json!({"content": "two **walls**"})).unwrap(), "two walls");
        let embed = json!({"title": "Octavio Paz", "description": "> “the \\*wall\\*”\n-# ¶ 3",
            "fields": [{"name": "Section", "value": "One"}], "footer": {"text": "paragraph 3"}});
        assert_eq!(
            text(json!({"content": "", "embeds": [embed]})).unwrap(),
            "Octavio Paz “the wall” ¶ 3 Section One"
        );
        let linked = json!({"content": "-# [paragraph 3 · *x*](<https://example.org/a#:~:text=b>) and [so](on) [c](http://d)"});
        assert_eq!(text(linked).unwrap(), "paragraph 3 · x and [so](on) c");
        let components = json!([
            {"type": 17, "components": [{"type": 10, "content": "a river"}]},
            {"type": 1, "components": [{"type": 3, "options": [{"label": "a bridge", "value": "x"}]}]},
            {"type": 1, "components": [{"type": 2, "label": "Press me"}]},
        ]);
        assert_eq!(text(json!({ "components": components })).unwrap(), "a river a bridge");
        assert_eq!(text(json!({"attachments": [{"description": "a drawn wall"}]})).unwrap(), "a drawn wall");
        assert_eq!(
            text(json!({"message_snapshots": [{"message": {"content": "passed on"}}]})).unwrap(),
            "passed on"
        );
        for empty in [
            json!({"content": ""}),
            json!({"content": "😀"}),
            json!({"attachments": [{"filename": "a.png"}]}),
        ] {
            assert_eq!(text(empty.clone()), None, "{empty}");
        }
        assert_eq!(text(json!({"content": "wall ".repeat(700)})).unwrap().chars().count(), MAX_MESSAGE_TEXT);
    }
}
