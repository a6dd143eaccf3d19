//! An answer's lines, before they are laid out in messages.

use url::Url;

use crate::answer::{Answer, Block, Choice, ChoiceKind, Entry, plain_facts};
use crate::chat::matrix::reaction_action::{BACK, ON};
use crate::chat::shared::citation::{self, SourceLine};
use crate::commands::line::spoken;
use crate::say;

use super::budget::{AROUND, LINE, TAGS, command_cost};
use super::text::{cost, escape, json, part, plain, with_prefix};

/// The kind of block that a line is shown in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Frame {
    Heading,
    Text,
    Quotation,
    List,
    Code,
}

/// A line in both forms. It has no line breaks, and its tags are closed.
#[derive(Debug, Clone, Default)]
pub(super) struct Line {
    pub body: String,
    pub html: String,
}

impl Line {
    pub fn cost(&self) -> usize {
        json(&self.body) + json(&self.html)
    }

    /// With a link at the end. `text` is plain already. The body has no address: it would be longer than the line.
    fn link(&mut self, style: Style, text: &str, url: &Url) {
        self.body.push_str(text);
        let (open, close) = style.tags();
        let url = escape(url.as_str());
        self.html.push_str(&format!("{open}<a href=\"{url}\">{}</a>{close}", escape(text)));
    }

    /// With more at the end. `text` is plain already.
    pub fn push(&mut self, style: Style, text: &str) {
        if text.is_empty() {
            return;
        }
        self.body.push_str(text);
        let (open, close) = style.tags();
        self.html.push_str(&format!("{open}{}{close}", escape(text)));
    }
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Style {
    Plain,
    Strong,
    Faint,
    Code,
}

impl Style {
    fn tags(self) -> (&'static str, &'static str) {
        match self {
            Style::Plain => ("", ""),
            Style::Strong => ("<strong>", "</strong>"),
            Style::Faint => ("<em>", "</em>"),
            Style::Code => ("<code>", "</code>"),
        }
    }
}

/// Text in several styles, split into as many lines as it needs.
#[derive(Debug, Default)]
pub(super) struct Flow(Vec<Line>);

impl Flow {
    fn of(style: Style, text: &str) -> Flow {
        let mut flow = Flow::default();
        flow.add(style, text);
        flow
    }

    fn add(&mut self, style: Style, text: &str) {
        let text = plain(text);
        let mut rest = text.as_str();
        while !rest.is_empty() {
            let room = LINE.saturating_sub(self.0.last().map_or(LINE, Line::cost) + TAGS);
            // A text that does not fit begins in the current line if that is half empty, or else in a new one.
            if cost(rest) > room && room < LINE / 2 {
                self.0.push(Line::default());
                continue;
            }
            let Some(line) = self.0.last_mut() else { break };
            let (first, after) = part(rest, room);
            line.push(style, if after.is_empty() { first } else { first.trim_end() });
            rest = if after.is_empty() { after } else { after.trim_start() };
        }
    }

    fn is_empty(&self) -> bool {
        self.0.iter().all(|line| line.body.trim().is_empty())
    }
}

/// A line, and how it is shown.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub frame: Frame,
    /// The number of its block. Lines of one block share a frame.
    pub block: usize,
    /// The number of its group. Lines of one group are kept together if one part can hold them.
    pub group: usize,
    /// Whether no empty line comes before its block.
    pub tight: bool,
    pub line: Line,
    /// Whether it is an item of a list or a choice, with a bullet or a reaction.
    pub listed: bool,
    /// The command line that choosing it runs, and the kind of the choice.
    pub action: Option<(String, ChoiceKind)>,
    /// The command line that is shown after it, if it is.
    pub tells: Option<String>,
    /// Whether it is a choice, and not a line of a list.
    pub choice: bool,
}

impl Piece {
    /// The cost in bytes, with the tags around it.
    pub fn cost(&self) -> usize {
        self.line.cost() + self.tells.as_ref().map_or(0, |line| command_cost(line)) + AROUND
    }
}

/// An answer's lines.
pub(super) struct Draft<'a> {
    pub pieces: Vec<Piece>,
    /// The place in `pieces` where source and choices begin.
    pub ends: usize,
    /// The choices that turn pages.
    pub turns: Vec<(&'static str, &'a Choice)>,
}

impl<'a> Draft<'a> {
    /// The lines of an answer, in a room with this prefix. `shown` is the command line that gives it again.
    pub fn of(answer: &'a Answer, prefix: &str, shown: Option<&str>) -> Draft<'a> {
        let mut draft = Draft { pieces: Vec::new(), ends: 0, turns: Vec::new() };
        let says = |text: &str| with_prefix(text, prefix);
        if let Some(note) = &answer.note {
            // The note belongs to the title's block.
            draft.lines(Frame::Text, 0, 0, Style::Faint, &says(note));
            draft.pieces.iter_mut().for_each(|piece| piece.tight = true);
        }
        for block in &answer.blocks {
            draft.block(block, prefix);
        }
        draft.ends = draft.pieces.len();
        if let Some(source) = citation::source_line(answer).filter(|_| !citation::is_one_quotation(answer)) {
            let (block, group) = draft.next();
            let source = SourceLine { text: format!("— {}", source.text), ..source };
            draft.source(block, group, &source);
        }
        let mut seen = std::collections::HashSet::new();
        let (block, _) = draft.next();
        let mut is_headed = false;
        for choice in answer.choices.iter().filter(|choice| seen.insert(&choice.line)) {
            if choice.kind == ChoiceKind::Secret && !std::mem::replace(&mut is_headed, true) {
                let group = draft.next().1;
                draft.lines(Frame::Text, block, group, Style::Plain, &say!("matrix-write-in-private"));
            }
            let turn = turn(choice, shown);
            match turn.filter(|key| !draft.turns.iter().any(|(known, _)| known == key)) {
                Some(key) => draft.turns.push((key, choice)),
                None => draft.choice(block, choice, prefix),
            }
        }
        draft
    }

    /// Numbers for the next block and the next group. The title's block is 0.
    fn next(&self) -> (usize, usize) {
        self.pieces.last().map_or((1, 1), |last| (last.block + 1, last.group + 1))
    }

    fn push(&mut self, frame: Frame, block: usize, group: usize, flow: Flow) {
        for line in flow.0.into_iter().filter(|line| frame == Frame::Code || !line.body.trim().is_empty()) {
            self.pieces.push(Piece {
                frame,
                block,
                group,
                tight: false,
                line,
                listed: false,
                action: None,
                tells: None,
                choice: false,
            });
        }
    }

    fn lines(&mut self, frame: Frame, block: usize, group: usize, style: Style, text: &str) {
        for line in text.lines() {
            self.push(frame, block, group, Flow::of(style, line.trim()));
        }
    }

    /// A line that says where something comes from: a link, if it has an address and is not too long.
    fn source(&mut self, block: usize, group: usize, source: &SourceLine<'_>) {
        let mut line = Line::default();
        if let Some(url) = source.link {
            line.link(Style::Faint, &plain(&source.text), url);
        }
        match source.link.is_some() && line.cost() <= LINE {
            true => self.push(Frame::Text, block, group, Flow(vec![line])),
            false => self.lines(Frame::Text, block, group, Style::Faint, &source.text),
        }
    }

    /// A link on a line of its own. Where there is no HTML, the address is the only way.
    fn link(&mut self, block: usize, group: usize, label: &str, url: &Url) {
        let mut line = Line::default();
        line.link(Style::Plain, &plain(label), url);
        line.body.push_str(&plain(&format!(": {url}")));
        match line.cost() <= LINE {
            true => self.push(Frame::Text, block, group, Flow(vec![line])),
            false => self.lines(Frame::Text, block, group, Style::Plain, label),
        }
    }

    fn block(&mut self, block: &Block, prefix: &str) {
        let says = |text: &str| with_prefix(text, prefix);
        let (number, group) = self.next();
        match block {
            Block::Paragraph { text } => self.lines(Frame::Text, number, group, Style::Plain, &says(text)),
            Block::Quotation { words, by, context, source } => {
                // These are shown as they are, and never one without the other.
                self.lines(Frame::Quotation, number, group, Style::Plain, &say!("quoted", words = words));
                // Whose words they are is as important as the words.
                self.lines(Frame::Quotation, number, group, Style::Strong, &format!("— {by}"));
                let from = self.pieces.len();
                self.lines(Frame::Text, number + 1, group, Style::Plain, context);
                self.source(number + 1, group, &citation::quotation_line(source));
                self.pieces[from..].iter_mut().for_each(|piece| piece.tight = true);
            }
            Block::List { title, entries } => {
                let mut number = number;
                if !title.trim().is_empty() && !entries.is_empty() {
                    self.lines(Frame::Text, number, group, Style::Strong, &format!("{}:", says(title)));
                    number += 1;
                }
                let from = self.pieces.len();
                for (at, entry) in entries.iter().enumerate() {
                    // The first stays with the heading.
                    self.entry(number, group + at, entry, prefix);
                }
                let headed = self.pieces[..from].last().is_some_and(|last| last.group == group);
                self.pieces[from..].iter_mut().for_each(|piece| piece.tight = headed);
            }
            Block::Fields { fields } => {
                for (at, (name, value)) in fields.iter().enumerate() {
                    let value = says(value);
                    let mut lines = value.lines();
                    let mut flow = Flow::of(Style::Strong, &format!("{name}:"));
                    flow.add(Style::Plain, &format!(" {}", lines.next().unwrap_or_default().trim()));
                    self.push(Frame::Text, number, group + at, flow);
                    lines.for_each(|line| {
                        self.lines(Frame::Text, number, group + at, Style::Plain, line);
                    });
                }
            }
            Block::Facts { facts } => self.block(&Block::Fields { fields: plain_facts(facts) }, prefix),
            Block::Link { label, url } => self.link(number, group, label, url),
            Block::Code { text } => {
                for line in text.lines() {
                    let line = plain(&line.replace('\t', "    "));
                    let mut rest = line.as_str();
                    loop {
                        let (first, after) = part(rest, LINE);
                        let mut line = Line::default();
                        line.push(Style::Plain, first);
                        self.push(Frame::Code, number, group, Flow(vec![line]));
                        rest = after;
                        if rest.is_empty() {
                            break;
                        }
                    }
                }
            }
        }
    }

    fn entry(&mut self, block: usize, group: usize, entry: &Entry, prefix: &str) {
        // A text with a source comes from the pack, and is not changed.
        let says = |text: &str| match entry.source {
            Some(_) => text.to_string(),
            None => with_prefix(text, prefix),
        };
        let mut flow = Flow::default();
        if !entry.lead.trim().is_empty() {
            flow.add(Style::Strong, &format!("{}:", says(&entry.lead)));
            flow.add(Style::Plain, " ");
        }
        flow.add(Style::Plain, &says(&entry.text));
        if let Some(place) = citation::place(entry) {
            flow.add(Style::Plain, " ");
            flow.add(Style::Faint, &format!("({place})"));
        }
        let action = entry.line.as_deref().map(|line| (line, ChoiceKind::Item));
        self.choosable(Frame::List, block, group, flow, action, prefix);
        // In the list of commands, each line is about the command that it begins with.
        if entry.source.is_none()
            && entry.lead.starts_with('/')
            && let Some(piece) = self.pieces.last_mut()
        {
            piece.tells = None;
        }
    }

    fn choice(&mut self, block: usize, choice: &Choice, prefix: &str) {
        let label = with_prefix(&choice.label, prefix);
        let style =
            if label == format!("{prefix}{}", spoken(&choice.line)) { Style::Code } else { Style::Plain };
        let group = self.next().1;
        let from = self.pieces.len();
        let action = Some((choice.line.as_str(), choice.kind));
        self.choosable(Frame::Text, block, group, Flow::of(style, &label), action, prefix);
        self.pieces[from..].iter_mut().for_each(|piece| piece.choice = true);
    }

    /// Adds something that can be chosen: its first line gets the reaction, its last one the command.
    fn choosable(
        &mut self,
        frame: Frame,
        block: usize,
        group: usize,
        mut flow: Flow,
        action: Option<(&str, ChoiceKind)>,
        prefix: &str,
    ) {
        // An empty command line is no choice.
        let action = action.filter(|(line, _)| !line.trim().is_empty());
        let line = action.map(|(line, _)| line);
        if flow.is_empty() {
            flow = Flow::of(Style::Plain, "…");
        }
        let command = line.map(|line| plain(&format!("{prefix}{}", spoken(line))));
        let says_it = command.is_some_and(|command| flow.0.iter().any(|line| line.body.contains(&command)));
        let from = self.pieces.len();
        self.push(frame, block, group, flow);
        if let Some(piece) = self.pieces.get_mut(from) {
            piece.listed = true;
            piece.action = action.map(|(line, kind)| (line.to_string(), kind));
        }
        if let Some(piece) = self.pieces[from..].last_mut() {
            piece.tells = line.filter(|_| !says_it).map(Into::into);
        }
    }
}

/// Whether a choice is another page of the same answer, and in which direction.
fn turn(choice: &Choice, shown: Option<&str>) -> Option<&'static str> {
    let split = |line: &str| match line.rsplit_once(" --page ") {
        Some((line, page)) => page.parse::<usize>().ok().map(|page| (line.to_string(), page)),
        None => None,
    };
    let (line, page) = split(&choice.line)?;
    let shown = shown?;
    let (now, number) = split(shown).unwrap_or_else(|| (shown.to_string(), 1));
    (line == now && page != number).then_some(if page < number { BACK } else { ON })
}
