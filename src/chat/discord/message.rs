//! An answer as a message of Discord, within all of its limits: a container with the answer, and below it what can be
//! pressed (<https://discord.com/developers/docs/components/reference>).
//!
//! What one message can't hold goes on in further parts, which a button turns to.

use serde_json::{Value, json};
use serenity::all::{CreateAllowedMentions, MessageFlags};

use crate::answer::{Answer, AnswerKind, Known, Visibility};
use crate::chat::shared::overflow;

use super::buttons::{self, Below, entry_button};
use super::command_ids::CommandIds;
use super::component_id::Encoder;
use super::layout::{self, MAX_HEADING, Page, Piece};
use super::limits::{self, cut, length};
use super::markdown::escape;

/// Says that a message is made of components alone. serenity does not know it yet.
pub(super) const IS_COMPONENTS_V2: u64 = 1 << 15;

// The types of components (<https://discord.com/developers/docs/components/reference#component-object-component-types>).
const SECTION: u8 = 9;
const TEXT_DISPLAY: u8 = 10;
pub(super) const FILE: u8 = 13;
const SEPARATOR: u8 = 14;
const CONTAINER: u8 = 17;

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
    /// The commands that can be mentioned.
    pub commands: Option<&'a CommandIds>,
}

/// A message ready to be sent.
#[derive(Debug, Clone)]
pub struct Message {
    /// What Discord calls a message's payload: components, allowed mentions and flags.
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
    let mut space = buttons::space(answer, false);
    let (mut pages, mut was_cut) = layout::pages(answer, space, options.commands);
    if pages.len() > 1 || was_cut {
        space = buttons::space(answer, true);
        (pages, was_cut) = layout::pages(answer, space, options.commands);
    }
    let part = options.part.min(pages.len() - 1);
    let cut_short = was_cut || (pages.len() > 1 && options.line.is_none());
    let file = cut_short.then(|| overflow::file(answer, MAX_FILE_BYTES));
    let mut encoder = Encoder::default();
    let mut components = vec![container(answer, &pages[part], (part, pages.len()), &mut encoder)];
    if let Some((name, _)) = &file {
        components.push(json!({ "type": FILE, "file": { "url": format!("attachment://{name}") } }));
    }
    let RenderOptions { line, caller, .. } = options;
    let below = Below { line, caller, private, part, parts: pages.len(), entries: !space.buttons };
    components.extend(below.rows(answer, &mut encoder));
    let ephemeral = if private { MessageFlags::EPHEMERAL.bits() } else { 0 };
    let body = json!({
        "components": components,
        "allowed_mentions": CreateAllowedMentions::new(),
        "flags": IS_COMPONENTS_V2 | ephemeral,
    });
    Message { body, file, lines: encoder.lines, private }
}

/// All that an answer says.
fn container(answer: &Answer, page: &Page, (part, parts): (usize, usize), encoder: &mut Encoder) -> Value {
    let mut components = vec![text(&heading(answer, (part, parts)))];
    components.extend(page.pieces.iter().map(|piece| match piece {
        Piece::Text(words) => text(words),
        Piece::Entry { text: words, line } => json!({
            "type": SECTION,
            "components": [text(words)],
            "accessory": entry_button(line, encoder),
        }),
    }));
    if let Some(foot) = layout::foot(answer) {
        components.push(json!({ "type": SEPARATOR }));
        components.push(text(&foot));
    }
    json!({ "type": CONTAINER, "accent_color": colour(answer), "components": components })
}

fn heading(answer: &Answer, (part, parts): (usize, usize)) -> String {
    let number = if parts > 1 { format!(" [{}/{parts}]", part + 1) } else { String::new() };
    let most = MAX_HEADING - length("### ") - length(&number);
    let title = cut(&escape(&answer.title).replace('\n', " "), most);
    // A text of nothing is refused.
    let title = if title.trim().is_empty() { "\u{200b}".to_string() } else { title };
    format!("### {title}{number}")
}

fn text(words: &str) -> Value {
    json!({ "type": TEXT_DISPLAY, "content": words })
}

impl Message {
    /// The same without its file, for where files are refused, and with `hint` instead.
    pub(super) fn without_file(&self, hint: &str) -> Message {
        let mut body = self.body.clone();
        for component in body["components"].as_array_mut().into_iter().flatten() {
            if component["type"] == FILE {
                *component = text(&format!("-# {}", escape(hint)));
            }
        }
        Message { body, file: None, ..self.clone() }
    }
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
    fn where_files_are_refused_it_is_said() {
        let answer = Answer::found("Walls").paragraph("a wall. ".repeat(600));
        let message = render(&answer, RenderOptions::default());
        assert!(message.file.is_some() && message.body["components"][1]["type"] == FILE);
        let without = message.without_file("Files are refused.");
        assert!(without.file.is_none());
        assert_eq!(without.body["components"][1]["content"], "-# Files are refused.");
        assert_eq!(without.body["components"][0], message.body["components"][0]);
    }
}
