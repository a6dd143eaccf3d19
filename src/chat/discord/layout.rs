//! The layout of an answer's text in as many messages as it needs.

use std::collections::HashSet;

use url::Url;

use crate::answer::{Answer, Block, Entry, Part};
use crate::chat::shared::citation::{self, SourceLine};
use crate::chat::shared::sanitize::in_line;
use crate::say;

use super::command_ids::CommandIds;
use super::limits::{self, cut, length, pieces};
use super::links::{has_button, is_button};
use super::markdown::{code, escape, link};
use super::platform::PLATFORM;

/// The longest heading of a message, with its markup.
pub(super) const MAX_HEADING: usize = 300;

/// The longest source line at the foot of a message, before its markup.
const MAX_FOOT: usize = 400;

/// How much text a message has between its heading and its foot.
const MAX_PAGE_TEXT: usize = 2_750;

/// The longest line of text, before it is split.
const MAX_LINE: usize = 900;

// However a message is filled, heading, text and foot fit together.
const _: () = assert!(MAX_HEADING + MAX_PAGE_TEXT + MAX_LINE <= limits::TEXTS_TOTAL);

/// The components of a section: itself, its text, its button.
pub(super) const SECTION: usize = 3;

/// A part of what one message says.
#[derive(Debug)]
pub(super) enum Piece {
    /// Text in Markdown.
    Text(String),
    /// A line of a list with a button beside it, which stands for a command line.
    Entry {
        /// The line, in Markdown.
        text: String,
        /// The command line.
        line: String,
    },
}

/// A part of an answer: what one message holds.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub pieces: Vec<Piece>,
    /// How much text it has.
    text: usize,
    /// How many components it has.
    components: usize,
}

/// What a message has room for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Space {
    /// Components, besides its heading, its foot and what is below.
    pub components: usize,
    /// Whether the lines of lists have buttons beside them.
    pub buttons: bool,
}

/// Lays an answer out in as many messages as it needs; in one at least. Says also whether a line was too
/// long and had to be cut.
pub(super) fn pages(answer: &Answer, space: Space, commands: Option<&CommandIds>) -> (Vec<Page>, bool) {
    let mut layout = Layout { pages: vec![Page::default()], space, commands, was_cut: false };
    if let Some(note) = &answer.note {
        layout.text(
            None,
            pieces(&escape(note), MAX_LINE).into_iter().map(|line| format!("-# {line}")).collect(),
        );
    }
    // What a choice below stands for needs no button beside it.
    let mut seen: HashSet<&str> = answer.choices.iter().map(|choice| choice.line.as_str()).collect();
    let is_one_quotation = citation::is_one_quotation(answer);
    for block in &answer.blocks {
        match block {
            Block::Paragraph { text } => layout.text(None, escaped(text)),
            Block::Quotation { words, by, context, source } => {
                let words = say!("quoted", words = words);
                let quoted = escaped(&words).into_iter().chain(escaped(&format!("— {by}")));
                let mut lines: Vec<String> = quoted.map(|line| format!("> {line}")).collect();
                lines.extend(escaped(context));
                // A single quotation has its source at the foot of the message.
                if !is_one_quotation {
                    lines.extend(source_lines(&citation::quotation_line(source)));
                }
                layout.text(None, lines);
            }
            Block::List { title, entries } => {
                let title = Some(title.as_str()).filter(|title| !title.is_empty());
                layout.list(title, entries, &mut seen);
            }
            Block::Fields { fields } => {
                for (name, value) in fields {
                    layout.text(Some(name), escaped(value));
                }
            }
            Block::Facts { facts } => {
                let line = |(name, value): &(Vec<Part>, Vec<Part>)| {
                    format!("**{}**: {}", mentioned(name), mentioned(value))
                };
                layout.text(None, facts.iter().flat_map(|fact| pieces(&line(fact), MAX_LINE)).collect());
            }
            Block::Link { label, url } if is_button(answer, label, url) => {}
            Block::Link { label, url } => layout.text(None, linked(label, url, "")),
            Block::Code { text } => layout.code(text),
        }
    }
    (layout.pages, layout.was_cut)
}

/// The foot of a message: where the answer comes from.
pub(super) fn foot(answer: &Answer) -> Option<String> {
    let source = citation::source_line(answer)?;
    let text = cut(&source.text, MAX_FOOT);
    let url = source.link.filter(|url| !has_button(answer, url));
    let lines = match url {
        Some(url) => linked(&text, url, "-# "),
        None => vec![format!("-# {}", escape(&text))],
    };
    Some(lines.join("\n"))
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

/// A line of a list, in as many lines as it needs.
fn entry(entry: &Entry, commands: Option<&CommandIds>) -> Vec<String> {
    let mention = entry.command.and_then(|command| commands?.mention(command));
    let lead = match mention {
        Some(mention) => format!("{mention}: "),
        None if entry.lead.is_empty() => String::new(),
        None => format!("**{}**: ", escape(&cut(&entry.lead, 200))),
    };
    let place =
        citation::place(entry).map_or(String::new(), |place| format!(" ({})", escape(&cut(&place, 120))));
    let text = escape(&entry.text).replace('\n', " ");
    pieces(&format!("{lead}{text}{place}"), MAX_LINE)
}

/// The same with a bullet.
fn bulleted(lines: Vec<String>) -> Vec<String> {
    let bullet = |(at, line)| if at == 0 { format!("- {line}") } else { format!("  {line}") };
    lines.into_iter().enumerate().map(bullet).collect()
}

struct Layout<'a> {
    pages: Vec<Page>,
    space: Space,
    commands: Option<&'a CommandIds>,
    was_cut: bool,
}

impl Layout<'_> {
    fn page(&mut self) -> &mut Page {
        // There is one from the start.
        let last = self.pages.len() - 1;
        &mut self.pages[last]
    }

    /// The page that has room for so much text and so many components: the last one, or a new one.
    fn room(&mut self, text: usize, components: usize) -> &mut Page {
        let most = self.space.components;
        let page = self.page();
        let is_full = page.text + text > MAX_PAGE_TEXT || page.components + components > most;
        if is_full && !page.pieces.is_empty() {
            self.pages.push(Page::default());
        }
        let page = self.page();
        page.text += text;
        page.components += components;
        page
    }

    /// Lines of text, with a heading.
    fn text(&mut self, heading: Option<&str>, lines: Vec<String>) {
        if lines.is_empty() {
            return;
        }
        let heading = heading.map(|heading| format!("**{}**", escape(&cut(heading, 200))));
        let mut gap = "\n\n";
        for line in heading.into_iter().chain(lines) {
            self.line(&line, gap);
            gap = "\n";
        }
    }

    /// A line of text, after `gap` where there is text before it.
    fn line(&mut self, line: &str, gap: &str) {
        let is_new = !matches!(self.page().pieces.last(), Some(Piece::Text(_)));
        let page = self.room(length(line) + gap.len(), usize::from(is_new));
        match page.pieces.last_mut() {
            Some(Piece::Text(text)) => {
                text.push_str(gap);
                text.push_str(line);
            }
            _ => page.pieces.push(Piece::Text(line.to_string())),
        }
    }

    /// The lines of a list, each with a button beside it if it leads somewhere that nothing before led to.
    fn list<'e>(&mut self, title: Option<&str>, entries: &'e [Entry], seen: &mut HashSet<&'e str>) {
        let buttons = self.space.buttons;
        let mut heading = title.map(|title| format!("**{}**", escape(&cut(title, 200))));
        let mut gap = "\n\n";
        for item in entries {
            let lines = entry(item, self.commands);
            let line = item.line.as_deref().filter(|line| buttons && seen.insert(line));
            if let Some(heading) = heading.take() {
                self.line(&heading, gap);
                gap = "\n";
            }
            match line {
                Some(line) => {
                    // What is too long for one line goes on below the button.
                    let mut lines = lines.into_iter();
                    let text = lines.next().unwrap_or_default();
                    let page = self.room(length(&text), SECTION);
                    page.pieces.push(Piece::Entry { text, line: line.to_string() });
                    for line in lines {
                        self.line(&line, "\n");
                    }
                }
                None => {
                    for line in bulleted(lines) {
                        self.line(&line, gap);
                        gap = "\n";
                    }
                }
            }
        }
    }

    fn code(&mut self, text: &str) {
        let mut block = String::new();
        for line in text.lines() {
            let line: String = line.chars().map(|c| if c == '\t' { c } else { in_line(c) }).collect();
            self.was_cut |= length(&line) > MAX_LINE;
            let line = cut(&line, MAX_LINE);
            if length(&block) + length(&line) > 2 * MAX_LINE {
                self.line(&code(&std::mem::take(&mut block)), "\n");
            }
            if !block.is_empty() {
                block.push('\n');
            }
            block.push_str(&line);
        }
        if !block.is_empty() {
            self.line(&code(&block), "\n");
        }
    }
}
