//! An answer as a message of Discord, within all of its limits.
//!
//! What one message can't hold goes on in further parts, which a button turns to.

use serde_json::{Value, json};
use serenity::all::{CreateAllowedMentions, CreateEmbed, CreateEmbedFooter, MessageFlags};

use crate::answer::{Answer, AnswerKind, Known, Visibility};
use crate::chat::shared::{citation, overflow};

use super::buttons::{RowOptions, rows};
use super::component_id::Encoder;
use super::layout::{MAX_FOOTER, Page, pages};
use super::limits::{self, cut, length, pieces};
use super::markdown::escape;

/// The most bytes of the file that goes with an answer.
const MAX_FILE_BYTES: usize = limits::FILE_BYTES / 2;

/// How an answer is to be shown.
#[derive(Debug, Clone, Copy, Default)]
pub struct RenderOptions<'a> {
    /// The command line that gives this answer again, for the buttons that turn to further parts. `None`
    /// where it must not be run again: then all that does not fit is in a file.
    pub line: Option<&'a str>,
    /// Which part, from 0.
    pub part: usize,
    /// The user who may delete it.
    pub caller: Option<u64>,
    /// Whether it is shown in a message that only the caller sees.
    pub private: bool,
}

/// A message ready to be sent.
#[derive(Debug, Clone)]
pub struct Message {
    /// What Discord calls a message's payload: embeds, components, allowed mentions and flags.
    pub body: Value,
    /// A file that goes with it: name and content.
    pub file: Option<(String, Vec<u8>)>,
    /// Command lines that must be kept, each under its key, before the message is sent.
    pub lines: Vec<(String, String)>,
    /// Whether only the caller is to see it.
    pub private: bool,
}

/// Makes a message of an answer.
pub fn render(answer: &Answer, options: RenderOptions<'_>) -> Message {
    let private = options.private || answer.visibility == Visibility::Asker;
    let (pages, was_cut) = pages(answer);
    let part = options.part.min(pages.len() - 1);
    let mut encoder = Encoder::default();
    let RenderOptions { line, caller, .. } = options;
    let row_options = RowOptions { line, caller, private, part, parts: pages.len() };
    let rows = rows(answer, &row_options, &mut encoder);
    let mut flags = MessageFlags::empty();
    if private {
        flags |= MessageFlags::EPHEMERAL;
    }
    let body = json!({
        "embeds": embeds(answer, &pages[part], (part, pages.len())),
        "components": rows,
        "allowed_mentions": CreateAllowedMentions::new(),
        "flags": flags.bits(),
    });
    let cut_short = was_cut || (pages.len() > 1 && options.line.is_none());
    let file = cut_short.then(|| overflow::file(answer, MAX_FILE_BYTES));
    Message { body, file, lines: encoder.lines, private }
}

impl Message {
    /// The same as plain text, for where embeds and files are refused. What is too long is cut, and ends with
    /// `hint`.
    pub(super) fn as_text(&self, hint: &str) -> Message {
        let said = |value: &Value| value.as_str().map(str::trim).unwrap_or_default().to_string();
        let mut lines: Vec<String> = Vec::new();
        for embed in self.body["embeds"].as_array().into_iter().flatten() {
            let title = said(&embed["title"]);
            lines.extend((!title.is_empty()).then(|| format!("**{title}**")));
            lines.push(said(&embed["description"]));
            for field in embed["fields"].as_array().into_iter().flatten() {
                lines.push(format!("**{}**: {}", said(&field["name"]), said(&field["value"])));
            }
            let footer = said(&embed["footer"]["text"]);
            lines.extend((!footer.is_empty()).then(|| format!("-# {}", escape(&footer))));
        }
        lines.retain(|line| !line.is_empty());
        let mut text = lines.join("\n");
        if length(&text) > limits::CONTENT {
            let room = limits::CONTENT - length(hint) - "\n```\n-# ".len();
            text = pieces(&text, room).into_iter().next().unwrap_or_default();
            // A block of code that was cut is ended.
            text.push_str(if text.matches("```").count() % 2 == 1 { "\n```\n-# " } else { "\n-# " });
            text.push_str(hint);
        }
        let mut body = self.body.clone();
        body["content"] = text.into();
        body["embeds"] = json!([]);
        Message { body, file: None, ..self.clone() }
    }
}

fn embeds(answer: &Answer, page: &Page, (part, parts): (usize, usize)) -> Vec<CreateEmbed> {
    let colour = colour(answer);
    let last = page.embeds.len() - 1;
    page.embeds
        .iter()
        .enumerate()
        .map(|(at, draft)| {
            let mut embed = CreateEmbed::new().colour(colour);
            if at == 0 {
                let number = if parts > 1 { format!(" [{}/{parts}]", part + 1) } else { String::new() };
                let most = limits::EMBED_TITLE - length(&number);
                let title = cut(&escape(&answer.title).replace('\n', " "), most);
                // An embed without any text is refused.
                let title = if title.trim().is_empty() { "\u{200b}".to_string() } else { title };
                embed = embed.title(title + number.as_str());
            }
            if !draft.description.is_empty() {
                embed = embed.description(&draft.description);
            }
            for (name, value) in &draft.fields {
                embed = embed.field(name, value, false);
            }
            if at == last
                && !page.says_source
                && let Some(source) = citation::source_line(answer)
            {
                embed = embed.footer(CreateEmbedFooter::new(cut(&source.text, MAX_FOOTER)));
            }
            embed
        })
        .collect()
}

/// How sure one can be of the words, at a glance.
fn colour(answer: &Answer) -> u32 {
    match answer.kind {
        AnswerKind::Found => {}
        AnswerKind::NothingFound => return 0x00F0_B232,
        AnswerKind::WrongUsage | AnswerKind::Refused | AnswerKind::Failed => return 0x00DA_373C,
    }
    match answer.source.as_ref().map(|source| source.known.as_slice()) {
        Some([Known::Verbatim]) => 0x0023_A559,
        Some([Known::Reported]) => 0x00E6_7E22,
        Some([Known::Phrase]) => 0x009B_59B6,
        Some([Known::AuthorsWords | Known::AuthorsClaim]) => 0x0058_65F2,
        Some([Known::AuthorsAccount]) => 0x0034_98DB,
        Some([Known::Editor]) => 0x0095_A5A6,
        _ => 0x004E_5058,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_text_fits_and_says_where_the_rest_is() {
        let mut answer = Answer::found("Walls").paragraph("a wall. ".repeat(20));
        answer.source = None;
        let short = render(&answer, RenderOptions::default()).as_text("More elsewhere.");
        let text = short.body["content"].as_str().unwrap();
        assert!(text.starts_with("**Walls**\na wall.") && !text.contains("elsewhere"), "{text}");
        assert_eq!(short.body["embeds"], json!([]));
        let lines = "a line of code\n".repeat(400);
        for long in [answer.clone().paragraph("a wall. ".repeat(400)), {
            answer.blocks.push(crate::answer::Block::Code { text: lines });
            answer.clone()
        }] {
            let message = render(&long, RenderOptions::default()).as_text("More elsewhere.");
            let text = message.body["content"].as_str().unwrap();
            assert!(length(text) <= limits::CONTENT && text.ends_with("More elsewhere."), "{text}");
            assert_eq!(text.matches("```").count() % 2, 0, "{text}");
            assert!(message.file.is_none());
        }
    }
}
