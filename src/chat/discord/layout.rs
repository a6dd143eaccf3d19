//! The layout of an answer's text in as many messages as it needs.

use url::Url;

use crate::answer::{Answer, Block, Entry, Part};
use crate::chat::shared::citation::{self, SourceLine};
use crate::chat::shared::sanitize::in_line;

use super::limits::{self, cut, length, pieces};
use super::markdown::{code, escape, link};
use super::platform::PLATFORM;

/// How much text a message has: title, note and footer come to that. Less than Discord allows, for all
/// three must always fit.
pub(super) const MAX_PAGE_TEXT: usize = 3_800;

/// The longest source line at the foot of a message.
pub(super) const MAX_FOOTER: usize = 400;

// However a message is filled, title, text and foot fit together.
const _: () = assert!(
    MAX_PAGE_TEXT <= limits::EMBED_DESCRIPTION
        && MAX_FOOTER <= limits::EMBED_FOOTER
        && limits::EMBED_TITLE + MAX_PAGE_TEXT + MAX_FOOTER <= limits::EMBEDS_TOTAL
);

/// The longest line of text, before it is split.
const MAX_LINE: usize = 900;

/// A part of an answer: what one message holds.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub embeds: Vec<Draft>,
    /// Whether its text says where the answer comes from, so that its foot need not.
    pub says_source: bool,
    used: usize,
}

/// An embed in the making: Discord shows its description before its fields.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub description: String,
    pub fields: Vec<(String, String)>,
}

/// Lays an answer out in as many messages as it needs; in one at least. Says also whether a line was too
/// long and had to be cut.
pub(super) fn pages(answer: &Answer) -> (Vec<Page>, bool) {
    let mut layout = Layout { pages: vec![Page::new()], was_cut: false };
    if let Some(note) = &answer.note {
        layout.text(
            None,
            pieces(&escape(note), MAX_LINE).into_iter().map(|line| format!("-# {line}")).collect(),
        );
    }
    let source = citation::source_line(answer);
    let is_linked = source.as_ref().is_some_and(|source| source.link.is_some());
    // A single quotation has its source at the foot of the message, unless it is a link, which can't be there.
    let fits_foot = source.as_ref().is_some_and(|source| length(&source.text) <= MAX_FOOTER);
    let is_one_quotation = citation::is_one_quotation(answer);
    let is_at_foot = is_one_quotation && fits_foot && !is_linked;
    for block in &answer.blocks {
        match block {
            Block::Paragraph { text } => layout.text(None, escaped(text)),
            Block::Quotation { words, by, context, source } => {
                let quoted = escaped(&format!("“{words}”")).into_iter().chain(escaped(&format!("— {by}")));
                let mut lines: Vec<String> = quoted.map(|line| format!("> {line}")).collect();
                lines.extend(escaped(context));
                if !is_at_foot {
                    lines.extend(source_lines(&citation::quotation_line(source)));
                }
                layout.text(None, lines);
            }
            Block::List { title, entries } => {
                let title = Some(title.as_str()).filter(|title| !title.is_empty());
                layout.text(title, entries.iter().flat_map(entry).collect());
            }
            Block::Fields { fields } => {
                for (name, value) in fields {
                    layout.field(name, value);
                }
            }
            Block::Facts { facts } => {
                let line = |(name, value): &(Vec<Part>, Vec<Part>)| {
                    format!("**{}**: {}", mentioned(name), mentioned(value))
                };
                layout.text(None, facts.iter().flat_map(|fact| pieces(&line(fact), MAX_LINE)).collect());
            }
            Block::Link { label, url } => layout.text(None, linked(label, url, "")),
            Block::Code { text } => layout.code(text),
        }
    }
    if let Some(source) = source.filter(|source| source.link.is_some()) {
        if !is_one_quotation {
            layout.text(None, source_lines(&source));
        }
        layout.page().says_source = true;
    }
    (layout.pages, layout.was_cut)
}

/// A text's lines, escaped, none of them too long.
fn escaped(text: &str) -> Vec<String> {
    escape(text).lines().flat_map(|line| pieces(line, MAX_LINE)).collect()
}

/// The lines that say where something comes from.
fn source_lines(source: &SourceLine<'_>) -> Vec<String> {
    match source.link {
        Some(url) => linked(&source.text, url, "-# "),
        None => escaped(&source.text).into_iter().map(|line| format!("-# {line}")).collect(),
    }
}

/// A line that is a link; lines without one if it is too long.
fn linked(label: &str, url: &Url, mark: &str) -> Vec<String> {
    let line = link(label, url);
    let lines = if length(&line) <= MAX_LINE { vec![line] } else { escaped(label) };
    lines.into_iter().map(|line| format!("{mark}{line}")).collect()
}

/// Parts of a text in Discord's own ways: people under their names there, times in the reader's zone
/// (<https://discord.com/developers/docs/reference#message-formatting>).
fn mentioned(parts: &[Part]) -> String {
    let part = |part: &Part| match part {
        Part::Text(text) => escape(&text.replace('\n', " ")),
        Part::Person(id) => match id.strip_prefix(PLATFORM.as_str()).and_then(|id| id.strip_prefix(':')) {
            Some(user) if user.chars().all(|c| c.is_ascii_digit()) && !user.is_empty() => {
                format!("<@{user}>")
            }
            _ => escape(id),
        },
        Part::Time(at) => format!("<t:{}:f>", at.div_euclid(1000)),
    };
    parts.iter().map(part).collect()
}

/// A line of a list.
fn entry(entry: &Entry) -> Vec<String> {
    let lead = match entry.lead.is_empty() {
        true => String::new(),
        false => format!("**{}**: ", escape(&cut(&entry.lead, 200))),
    };
    let place =
        citation::place(entry).map_or(String::new(), |place| format!(" ({})", escape(&cut(&place, 120))));
    let text = escape(&entry.text).replace('\n', " ");
    let lines = pieces(&format!("{lead}{text}{place}"), MAX_LINE);
    lines
        .into_iter()
        .enumerate()
        .map(|(at, line)| if at == 0 { format!("- {line}") } else { format!("  {line}") })
        .collect()
}

struct Layout {
    pages: Vec<Page>,
    was_cut: bool,
}

impl Layout {
    fn page(&mut self) -> &mut Page {
        // There is one from the start.
        let last = self.pages.len() - 1;
        &mut self.pages[last]
    }

    /// Makes room for so many characters.
    fn room(&mut self, wanted: usize) -> &mut Page {
        let page = self.page();
        if page.used > 0 && page.used + wanted > MAX_PAGE_TEXT {
            self.pages.push(Page::new());
        }
        let page = self.page();
        page.used += wanted;
        page
    }

    /// Lines of text, with a heading.
    fn text(&mut self, heading: Option<&str>, lines: Vec<String>) {
        if lines.is_empty() {
            return;
        }
        let after_fields = self.page().embeds.last().is_some_and(|draft| !draft.fields.is_empty());
        if after_fields {
            return self.as_fields(heading, lines);
        }
        let heading = heading.map(|heading| format!("**{}**", escape(&cut(heading, 200))));
        let mut starts = true;
        for line in heading.into_iter().chain(lines) {
            let gap = if starts { "\n\n" } else { "\n" };
            starts = false;
            let draft = self.room(length(&line) + gap.len()).draft();
            if !draft.description.is_empty() {
                draft.description.push_str(gap);
            }
            draft.description.push_str(&line);
        }
    }

    /// The same where fields have begun, after which no text can come.
    fn as_fields(&mut self, heading: Option<&str>, lines: Vec<String>) {
        let mut value = String::new();
        let heading = heading.unwrap_or_default();
        for line in lines {
            if length(&value) + length(&line) + 1 > limits::FIELD_VALUE {
                self.raw_field(heading, &std::mem::take(&mut value));
            }
            if !value.is_empty() {
                value.push('\n');
            }
            value.push_str(&line);
        }
        self.raw_field(heading, &value);
    }

    fn field(&mut self, name: &str, value: &str) {
        for value in pieces(&escape(value), limits::FIELD_VALUE) {
            self.raw_field(name, &value);
        }
    }

    /// A field whose value is in Markdown.
    fn raw_field(&mut self, name: &str, value: &str) {
        // Neither name nor value may be empty.
        let named = escape(&cut(name, 120));
        let named = if named.trim().is_empty() { "\u{200b}".to_string() } else { named };
        let page = self.room(length(&named) + length(value));
        let full = page.embeds.last().is_some_and(|draft| draft.fields.len() >= limits::EMBED_FIELDS);
        if full && page.embeds.len() < limits::EMBEDS {
            page.embeds.push(Draft::default());
        }
        page.draft().fields.push((named, value.to_string()));
    }

    fn code(&mut self, text: &str) {
        let mut block = String::new();
        for line in text.lines() {
            let line: String = line.chars().map(|c| if c == '\t' { c } else { in_line(c) }).collect();
            self.was_cut |= length(&line) > MAX_LINE;
            let line = cut(&line, MAX_LINE);
            if length(&block) + length(&line) > 2 * MAX_LINE {
                self.raw_code(&std::mem::take(&mut block));
            }
            if !block.is_empty() {
                block.push('\n');
            }
            block.push_str(&line);
        }
        if !block.is_empty() {
            self.raw_code(&block);
        }
    }

    fn raw_code(&mut self, text: &str) {
        let block = code(text);
        let page = self.room(length(&block) + 1);
        if page.embeds.last().is_some_and(|draft| !draft.fields.is_empty()) {
            page.embeds.push(Draft::default());
        }
        let draft = page.draft();
        if !draft.description.is_empty() {
            draft.description.push('\n');
        }
        draft.description.push_str(&block);
    }
}

impl Page {
    fn new() -> Page {
        Page { embeds: vec![Draft::default()], says_source: false, used: 0 }
    }

    fn draft(&mut self) -> &mut Draft {
        if self.embeds.is_empty() {
            self.embeds.push(Draft::default());
        }
        let last = self.embeds.len() - 1;
        &mut self.embeds[last]
    }
}
