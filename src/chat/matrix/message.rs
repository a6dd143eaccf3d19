//! An answer as a message of Matrix: plain text, the same in HTML, and what can be chosen by a reaction.
//!
//! The HTML keeps to a few of the tags that clients are told to show
//! (<https://spec.matrix.org/latest/client-server-api/#mroommessage-msgtypes>), without any attribute, so
//! nothing in it can link, load or style. What one event can't hold goes on in further parts, which a
//! reaction turns to. A choice is a command line, so it holds for ever.

use std::collections::HashMap;

use unicode_segmentation::UnicodeSegmentation;

use crate::answer::{Answer, Block, Choice, Entry, Known, Source, plain_facts};
use crate::chat::terminal;
use crate::commands::{Command, TABLE};

/// The most bytes of an event, with everything that servers add to it
/// (<https://spec.matrix.org/latest/client-server-api/#size-limits>).
const EVENT: usize = 65_536;

/// What is encrypted beside the texts: type, room, relations, mentions, names of keys.
const INSIDE: usize = 2 * 1024;

/// What is around the encrypted text: its session, and the identifiers, hashes and signatures of the event.
const OUTSIDE: usize = 6 * 1024;

/// The most bytes of body and HTML together, as they stand in JSON.
///
/// An edit holds its text twice (once for clients that know no edits), and encrypted text is Base64, four
/// bytes for three.
pub const LIMIT: usize = 20 * 1024;

const _: () = assert!((2 * LIMIT + INSIDE) * 4 / 3 + OUTSIDE <= EVENT);

// The limits below are in bytes of body and HTML together, too.

/// A line of text; a longer one is parted. More than twice what a pack's longest text of Latin letters
/// needs.
const LINE: usize = 6 * 1024;

/// The title.
const TITLE: usize = 1024;

/// A label of a choice that turns pages.
const LABEL: usize = 256;

/// The tags and marks around one line.
const AROUND: usize = 64;

/// The tags of one style.
const TAGS: usize = 17;

/// The longest command line that is shown with what it does where a reaction does the same, in characters.
const SHORT: usize = 40;

/// The longest command line that is shown at all, in characters.
const COMMAND: usize = 400;

/// The same in bytes: a character has at most four in each text, and a quotation mark two and six.
const COMMAND_BYTES: usize = 8 * COMMAND + 2 * AROUND;

/// What is left beside the title and the words about where it goes on: for the lines of a part, and for what
/// turns the pages of the answer.
const ROOM: usize = LIMIT - TITLE - AROUND - 2 * AROUND;

// The longest line finds room in a part where nothing else is but what turns pages.
const _: () = assert!(LINE + COMMAND_BYTES + AROUND + 2 * (LABEL + COMMAND_BYTES + AROUND) <= ROOM);

/// The most bytes of an attached answer. Homeservers usually take fifty times as much.
const FILE_BYTES: usize = 1024 * 1024;

/// The reactions that choices stand under, in their order.
pub const KEYS: [&str; 10] = ["1️⃣", "2️⃣", "3️⃣", "4️⃣", "5️⃣", "6️⃣", "7️⃣", "8️⃣", "9️⃣", "🔟"];

/// The reaction that turns back.
pub const BACK: &str = "◀️";

/// The reaction that turns on.
pub const ON: &str = "▶️";

/// Stands between two characters that must not be read as one word, and is not seen.
const JOINER: char = '\u{2060}';

/// How an answer is to be shown.
#[derive(Debug, Clone, Copy)]
pub struct Showing<'a> {
    /// What commands begin with in this room: texts that name a command name it so.
    pub prefix: &'a str,
    /// The command line that gives this answer again, as [`line`](crate::commands::line::line) writes it.
    /// `None` where it must not be run again: then all that does not fit is in a file.
    pub line: Option<&'a str>,
    /// Which part of an answer that is too long for one event, from 0.
    pub part: usize,
}

/// A message ready to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// The plain text.
    pub body: String,
    /// The same as `org.matrix.custom.html`.
    pub html: String,
    /// What can be chosen, each with a reaction of its own, in the order in which to put them.
    pub offers: Vec<Offer>,
    /// A file that goes with it: name and content.
    pub file: Option<(String, Vec<u8>)>,
}

/// What a reaction stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// The reaction.
    pub key: &'static str,
    /// The command line.
    pub line: String,
    /// Which part of its answer.
    pub part: usize,
}

/// Whether somebody's reaction is one of ours. Some clients leave out the sign that asks for a colourful
/// picture (U+FE0F).
pub fn is_key(theirs: &str, ours: &str) -> bool {
    let bare = |key: &str| key.replace('\u{fe0f}', "");
    bare(theirs) == bare(ours)
}

/// Makes a message of an answer.
pub fn render(answer: &Answer, showing: &Showing<'_>) -> Message {
    let Draft { pieces, ends, turns } = Draft::of(answer, showing);
    let turning = |(_, choice): &(_, &Choice)| LABEL + command_cost(&choice.line) + AROUND;
    let room = ROOM - turns.iter().map(turning).sum::<usize>();
    let parts = parts(&pieces, room);
    let mut file = None;
    let (part, of, shown) = match showing.line {
        Some(_) => {
            let part = showing.part.min(parts.len() - 1);
            (part, parts.len(), parts[part].clone())
        }
        None if parts.len() == 1 => (0, 1, parts[0].clone()),
        None => {
            let text = anstream::adapter::strip_str(&terminal::render(answer, 100)).to_string();
            let whole = text.floor_char_boundary(FILE_BYTES);
            file = Some(("answer.txt".to_string(), text[..whole].into()));
            (0, 1, beginning(&pieces, ends, room))
        }
    };
    let shown: Vec<&Piece> = shown.into_iter().map(|at| &pieces[at]).collect();
    let keys = keys(&shown);
    let mut offers: Vec<Offer> = Vec::new();
    for piece in &shown {
        let Some(line) = &piece.offer else { continue };
        let Some(key) = keys.get(line.as_str()) else { continue };
        if !offers.iter().any(|offer| offer.key == *key) {
            offers.push(Offer { key, line: line.clone(), part: 0 });
        }
    }
    let mut page = Page { prefix: showing.prefix, body: String::new(), html: String::new(), frame: None };
    let number = if of > 1 { format!(" ({}/{of})", part + 1) } else { String::new() };
    page.title(&answer.title, &number);
    for piece in shown {
        page.piece(piece, &keys);
    }
    // A part turns to its neighbours; what turns the pages of the answer is at its beginning and its end.
    let turned = |key: &'static str| turns.iter().find(|(known, _)| *known == key).map(|(_, choice)| choice);
    let mut says = Vec::new();
    for (key, to, word) in [(BACK, part.checked_sub(1), "back"), (ON, Some(part + 1), "continues")] {
        match (to.filter(|to| *to < of), showing.line, turned(key)) {
            (Some(to), Some(line), _) => {
                says.push(format!("{word}: {key}"));
                offers.push(Offer { key, line: line.into(), part: to });
            }
            (_, _, Some(choice)) => {
                page.turn(key, choice);
                offers.push(Offer { key, line: choice.line.clone(), part: 0 });
            }
            _ => {}
        }
    }
    if file.is_some() {
        says.push("all of it is in answer.txt".into());
    }
    if !says.is_empty() {
        page.says(&format!("({})", says.join(" · ")));
    }
    page.close();
    Message { body: page.body, html: page.html, offers, file }
}

/// What lines are shown in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Frame {
    Text,
    Quotation,
    List,
    Code,
}

/// A line in both forms. It has no line breaks, and its tags are closed.
#[derive(Debug, Clone, Default)]
struct Line {
    body: String,
    html: String,
}

impl Line {
    fn cost(&self) -> usize {
        json(&self.body) + json(&self.html)
    }

    /// With more at the end. `text` is plain already.
    fn push(&mut self, style: Style, text: &str) {
        if text.is_empty() {
            return;
        }
        self.body.push_str(text);
        let (open, close) = style.tags();
        self.html.push_str(&format!("{open}{}{close}", escape(text)));
    }
}

#[derive(Debug, Clone, Copy)]
enum Style {
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

/// Text in several styles, parted into as many lines as it needs.
#[derive(Debug, Default)]
struct Flow(Vec<Line>);

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
            // What does not fit begins in a line that is half empty, or else in a new one.
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

/// A line with what is around it.
#[derive(Debug, Clone)]
struct Piece {
    frame: Frame,
    /// Lines of one block stand in one frame.
    block: usize,
    /// Lines of one group are not parted where they fit into one part together.
    group: usize,
    /// Whether no empty line comes before its block.
    tight: bool,
    line: Line,
    /// Whether it is one of several, with a mark.
    listed: bool,
    /// The command line that it offers.
    offer: Option<String>,
    /// The same at the end of what is offered, where it is to be told.
    tells: Option<String>,
    /// Whether it is a choice, and not a line of a list.
    choice: bool,
}

impl Piece {
    fn cost(&self) -> usize {
        self.line.cost() + self.tells.as_ref().map_or(0, |line| command_cost(line)) + AROUND
    }
}

/// What it costs to tell a command line, with what commands begin with and the tags around it.
fn command_cost(line: &str) -> usize {
    cost(&plain(line)).min(8 * COMMAND) + 2 * AROUND
}

/// An answer's lines.
struct Draft<'a> {
    pieces: Vec<Piece>,
    /// Where source and choices begin.
    ends: usize,
    /// The choices that turn pages.
    turns: Vec<(&'static str, &'a Choice)>,
}

impl<'a> Draft<'a> {
    fn of(answer: &'a Answer, showing: &Showing<'_>) -> Draft<'a> {
        let mut draft = Draft { pieces: Vec::new(), ends: 0, turns: Vec::new() };
        let says = |text: &str| with_prefix(text, showing.prefix);
        if let Some(note) = &answer.note {
            // The title's block goes on.
            draft.lines(Frame::Text, 0, 0, Style::Faint, &says(note));
        }
        for block in &answer.blocks {
            draft.block(block, showing);
        }
        draft.ends = draft.pieces.len();
        // A single quotation has its source already.
        let alone = match (answer.blocks.as_slice(), &answer.source) {
            ([Block::Quotation { source, .. }], Some(all)) => source == all,
            _ => false,
        };
        if let Some(source) = answer.source.as_ref().map(Source::line).filter(|it| !alone && !it.is_empty()) {
            let (block, group) = draft.next();
            draft.lines(Frame::Text, block, group, Style::Faint, &format!("— {source}"));
        }
        let mut seen = std::collections::HashSet::new();
        let (block, _) = draft.next();
        for choice in answer.choices.iter().filter(|choice| seen.insert(&choice.line)) {
            let turn = turn(choice, showing.line);
            match turn.filter(|key| !draft.turns.iter().any(|(known, _)| known == key)) {
                Some(key) => draft.turns.push((key, choice)),
                None => draft.choice(block, choice, showing.prefix),
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
                offer: None,
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

    fn block(&mut self, block: &Block, showing: &Showing<'_>) {
        let says = |text: &str| with_prefix(text, showing.prefix);
        let (number, group) = self.next();
        match block {
            Block::Paragraph { text } => self.lines(Frame::Text, number, group, Style::Plain, &says(text)),
            Block::Quotation { words, by, context, source } => {
                // These are shown as they are, and never one without the other.
                self.lines(Frame::Quotation, number, group, Style::Plain, &format!("“{words}”"));
                // Whose words they are is no less than the words.
                self.lines(Frame::Quotation, number, group, Style::Strong, &format!("— {by}"));
                let from = self.pieces.len();
                self.lines(Frame::Text, number + 1, group, Style::Plain, context);
                self.lines(Frame::Text, number + 1, group, Style::Faint, &source.line());
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
                    self.entry(number, group + at, entry, showing.prefix);
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
            Block::Facts { facts } => self.block(&Block::Fields { fields: plain_facts(facts) }, showing),
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
        // What has a source is said by the pack, and stays as it is.
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
        if let Some(place) = entry.source.as_ref().map(place).filter(|place| !place.is_empty()) {
            flow.add(Style::Plain, " ");
            flow.add(Style::Faint, &format!("({place})"));
        }
        self.offering(Frame::List, block, group, flow, entry.line.as_deref(), prefix);
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
        let style = if label == format!("{prefix}{}", choice.line) { Style::Code } else { Style::Plain };
        let group = self.next().1;
        let from = self.pieces.len();
        self.offering(Frame::Text, block, group, Flow::of(style, &label), Some(&choice.line), prefix);
        self.pieces[from..].iter_mut().for_each(|piece| piece.choice = true);
    }

    /// What can be chosen: the first line has the mark, the last the command.
    fn offering(
        &mut self,
        frame: Frame,
        block: usize,
        group: usize,
        mut flow: Flow,
        line: Option<&str>,
        prefix: &str,
    ) {
        // A line that nothing would be read from is nothing to choose.
        let line = line.filter(|line| !line.trim().is_empty());
        // What changes something is not to be done by a tap.
        let offer = line.filter(|line| !changes(line));
        if flow.is_empty() {
            flow = Flow::of(Style::Plain, "…");
        }
        let command = line.map(|line| plain(&format!("{prefix}{line}")));
        let says_it = command.is_some_and(|command| flow.0.iter().any(|line| line.body.contains(&command)));
        let from = self.pieces.len();
        self.push(frame, block, group, flow);
        if let Some(piece) = self.pieces.get_mut(from) {
            piece.listed = true;
            piece.offer = offer.map(Into::into);
        }
        if let Some(piece) = self.pieces[from..].last_mut() {
            piece.tells = line.filter(|_| !says_it).map(Into::into);
        }
    }
}

/// Whether a command line is of a command that changes something.
fn changes(line: &str) -> bool {
    let is_of =
        |row: &&Command| line.strip_prefix(row.name).is_some_and(|it| it.is_empty() || it.starts_with(' '));
    TABLE.iter().filter(is_of).any(|row| row.changes)
}

/// Where a line of a list stands, in short.
fn place(source: &Source) -> String {
    let numbers: Vec<String> = source.paragraphs.iter().map(u32::to_string).collect();
    let place = match numbers.is_empty() {
        true => source.known.first().map_or("", Known::words).to_string(),
        false => format!("¶\u{a0}{}", numbers.join(",\u{a0}")),
    };
    [Some(place), source.article.clone()]
        .into_iter()
        .flatten()
        .filter(|it| !it.is_empty())
        .collect::<Vec<_>>()
        .join(", ")
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

/// Lays lines out in as many parts as they need; in one at least. A part is the places of its lines.
fn parts(pieces: &[Piece], room: usize) -> Vec<Vec<usize>> {
    let mut parts = vec![Vec::new()];
    let mut used = 0;
    let mut put = |at: usize, cost: usize, wanted: usize| {
        if used + wanted > room && used > 0 {
            parts.push(Vec::new());
            used = 0;
        }
        used += cost;
        if let Some(part) = parts.last_mut() {
            part.push(at);
        }
    };
    let places: Vec<usize> = (0..pieces.len()).collect();
    for group in places.chunk_by(|one, other| pieces[*one].group == pieces[*other].group) {
        let whole: usize = group.iter().map(|at| pieces[*at].cost()).sum();
        for (number, at) in group.iter().enumerate() {
            let cost = pieces[*at].cost();
            // The first asks for room for all of them, if there is a part that has it.
            put(*at, cost, if number == 0 && whole <= room { whole } else { cost });
        }
    }
    parts
}

/// The lines of an answer that has one part only: its beginning, its source, and its first choices.
fn beginning(pieces: &[Piece], ends: usize, room: usize) -> Vec<usize> {
    let mut used = 0;
    let mut take = |at: &usize, most: usize| {
        used += pieces[*at].cost();
        used <= most
    };
    let kept: Vec<usize> = (ends..pieces.len()).take_while(|at| take(at, room / 2)).collect();
    let mut used: usize = kept.iter().map(|at| pieces[*at].cost()).sum();
    let mut shown = Vec::new();
    'groups: for group in (0..ends).collect::<Vec<_>>().chunk_by(|a, b| pieces[*a].group == pieces[*b].group)
    {
        let whole: usize = group.iter().map(|at| pieces[*at].cost()).sum();
        // What fits nowhere as a whole is begun.
        if used + whole > room && whole <= room && !shown.is_empty() {
            break;
        }
        for at in group {
            used += pieces[*at].cost();
            if used > room {
                break 'groups;
            }
            shown.push(*at);
        }
    }
    shown.extend(kept);
    shown
}

/// The reactions of what a part offers, by command line: choices before lines of lists where there are too
/// many, and all in the order in which they are read.
fn keys<'a>(shown: &[&'a Piece]) -> HashMap<&'a str, &'static str> {
    let offered = |choice: bool| {
        let those = shown.iter().filter(move |piece| piece.choice == choice);
        those.filter_map(|piece| piece.offer.as_deref())
    };
    let mut taken: Vec<&str> = Vec::new();
    for line in offered(true).chain(offered(false)) {
        if taken.len() < KEYS.len() && !taken.contains(&line) {
            taken.push(line);
        }
    }
    let mut keys = HashMap::new();
    for line in shown.iter().filter_map(|piece| piece.offer.as_deref()) {
        let number = keys.len();
        if taken.contains(&line) && number < KEYS.len() {
            keys.entry(line).or_insert(KEYS[number]);
        }
    }
    keys
}

/// A message in the making.
struct Page<'a> {
    prefix: &'a str,
    body: String,
    html: String,
    /// The frame that is open, and its block.
    frame: Option<(Frame, usize)>,
}

impl Page<'_> {
    fn title(&mut self, title: &str, number: &str) {
        let title = plain(&with_prefix(title, self.prefix));
        let (title, rest) = part(title.trim(), TITLE - 2 * number.len());
        let mut title = title.trim_end().to_string();
        if title.is_empty() || !rest.is_empty() {
            title.push('…');
        }
        // Older clients take first lines with this sign for the question that is answered, and hide them.
        if title.starts_with('>') {
            title.insert(0, JOINER);
        }
        self.open(Frame::Text, 0, false);
        self.body.push_str(&format!("{title}{number}"));
        self.html.push_str(&format!("<strong>{}</strong>{number}", escape(&title)));
    }

    /// Makes room for a line of a block: another line of what is open, or something new.
    fn open(&mut self, frame: Frame, block: usize, tight: bool) {
        if self.frame == Some((frame, block)) {
            self.body.push('\n');
            self.html.push_str(match frame {
                Frame::Text | Frame::Quotation => "<br>",
                Frame::List => "",
                Frame::Code => "\n",
            });
            return;
        }
        if self.frame.is_some() {
            self.body.push_str(if tight { "\n" } else { "\n\n" });
        }
        self.close();
        self.frame = Some((frame, block));
        self.html.push_str(match frame {
            Frame::Text => "<p>",
            Frame::Quotation => "<blockquote>",
            Frame::List => "<ul>",
            Frame::Code => "<pre><code>",
        });
    }

    fn close(&mut self) {
        self.html.push_str(match self.frame.take() {
            Some((Frame::Text, _)) => "</p>",
            Some((Frame::Quotation, _)) => "</blockquote>",
            Some((Frame::List, _)) => "</ul>",
            Some((Frame::Code, _)) => "</code></pre>",
            None => "",
        });
    }

    fn piece(&mut self, piece: &Piece, keys: &HashMap<&str, &'static str>) {
        self.open(piece.frame, piece.block, piece.tight);
        let key = piece.offer.as_deref().and_then(|line| keys.get(line));
        let mark = match (key, piece.listed) {
            (Some(key), _) => format!("{key} "),
            (None, true) => "• ".into(),
            (None, false) => String::new(),
        };
        let mut line = piece.line.clone();
        if let Some(command) = &piece.tells {
            let most = if keys.contains_key(command.as_str()) { SHORT } else { COMMAND };
            self.command(&mut line, command, most);
        }
        if piece.frame == Frame::Quotation {
            self.body.push_str("> ");
        }
        self.body.push_str(&mark);
        self.body.push_str(&line.body);
        match piece.frame {
            // A list has its own marks.
            Frame::List if key.is_none() => self.html.push_str(&format!("<li>{}</li>", line.html)),
            Frame::List => self.html.push_str(&format!("<li>{mark}{}</li>", line.html)),
            _ => self.html.push_str(&format!("{mark}{}", line.html)),
        }
    }

    /// Tells the command line after what it does, if it is not too long.
    fn command(&self, line: &mut Line, command: &str, most: usize) {
        let command = plain(&format!("{}{command}", self.prefix));
        if command.chars().count() <= most {
            line.body.push_str(" · ");
            line.html.push(' ');
            line.push(Style::Code, &command);
        }
    }

    fn turn(&mut self, key: &str, choice: &Choice) {
        // Nothing before it has this number.
        self.open(Frame::Text, usize::MAX, false);
        let label = plain(&choice.label);
        let (label, _) = part(&label, LABEL);
        let mut line = Line::default();
        line.push(Style::Plain, label);
        self.command(&mut line, &choice.line, COMMAND);
        self.body.push_str(&format!("{key} {}", line.body));
        self.html.push_str(&format!("{key} {}", line.html));
    }

    fn says(&mut self, text: &str) {
        self.open(Frame::Text, usize::MAX, false);
        self.body.push_str(text);
        self.html.push_str(&format!("<em>{}</em>", escape(text)));
    }
}

/// A text's commands as they are written in a room: `/quote Paz` becomes `!quote Paz`. Paths and the like
/// stay as they are.
fn with_prefix(text: &str, prefix: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('/') {
        let (before, after) = (&rest[..at], &rest[at + 1..]);
        out.push_str(before);
        let word = after.find(|c: char| !c.is_ascii_lowercase()).unwrap_or(after.len());
        let (word, follows) = after.split_at(word);
        let begins = out.chars().next_back().is_none_or(|c| c.is_whitespace() || "“(\"'".contains(c));
        let mut next = follows.chars();
        let ends = match next.next() {
            Some('.') => next.next().is_none_or(char::is_whitespace),
            Some(c) => !c.is_alphanumeric() && !"/-_\\".contains(c),
            None => true,
        };
        let known = TABLE.iter().any(|row| row.name.split(' ').next() == Some(word));
        out.push_str(if begins && ends && known { prefix } else { "/" });
        out.push_str(word);
        rest = follows;
    }
    out.push_str(rest);
    out
}

/// The text on one line, without anything that could garble what is around it or call all of a room:
/// servers without intentional mentions read `@room` in a text as a call.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        match c {
            '\n' | '\t' | '\u{2028}' | '\u{2029}' => out.push(' '),
            // The marks among these would turn the direction of writing for all that follows.
            c if c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}') => {
                out.push('\u{fffd}');
            }
            '@' => {
                out.push('@');
                let next = rest.as_str().get(..4);
                if next.is_some_and(|next| next.eq_ignore_ascii_case("room")) {
                    out.push(JOINER);
                }
            }
            c => out.push(c),
        }
    }
    out
}

/// The text with everything escaped that HTML would read.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// The bytes of a text within JSON, without the quotation marks around it.
fn json(text: &str) -> usize {
    let bytes = |c: char| match c {
        '"' | '\\' | '\n' => 2,
        c if c.is_ascii_control() => 6,
        c => c.len_utf8(),
    };
    text.chars().map(bytes).sum()
}

/// The bytes of a text in body and HTML together.
fn cost(text: &str) -> usize {
    let bytes = |c: char| match c {
        '&' => 1 + 5,
        '<' | '>' => 1 + 4,
        '"' => 2 + 6,
        '\'' => 1 + 5,
        '\\' => 4,
        c => 2 * c.len_utf8(),
    };
    text.chars().map(bytes).sum()
}

/// The longest beginning that costs no more, to a whole word where possible and never within a character,
/// and the rest. The beginning has one character at least.
fn part(text: &str, most: usize) -> (&str, &str) {
    if cost(text) <= most {
        return (text, "");
    }
    let mut used = 0;
    let mut end = 0;
    let mut space = None;
    for (at, character) in text.grapheme_indices(true) {
        used += cost(character);
        if used > most {
            break;
        }
        if character.chars().all(char::is_whitespace) {
            space = Some(at);
        }
        end = at + character.len();
    }
    if let Some(space) = space.filter(|space| *space > end / 2) {
        return text.split_at(space);
    }
    // A single character may be longer than all that fits.
    if end == 0 {
        let mut used = 0;
        let fits = text.char_indices().find(|(at, c)| {
            used += cost(c.encode_utf8(&mut [0; 4]));
            used > most && *at > 0
        });
        end = fits.map_or(text.len(), |(at, _)| at);
    }
    text.split_at(end)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_text_is_parted_at_a_word_and_never_within_a_character() {
        // A character of the alphabet is there twice, in the body and in the HTML.
        assert_eq!(part("one two three", 14), ("one two", " three"));
        assert_eq!(part("abcdef", 6), ("abc", "def"));
        assert_eq!(part("\"\"", 8), ("\"", "\""));
        // A family is one character of 25 bytes. What can't be kept whole is parted between code points.
        let family = "👨‍👩‍👧‍👦";
        assert_eq!(part(&format!("ab{family}"), 53), ("ab", family));
        assert_eq!(part(family, 9).0, "👨");
        assert_eq!(part("é", 1), ("é", ""));
    }

    #[test]
    fn nothing_in_a_text_calls_a_room_or_turns_it() {
        assert_eq!(plain("@room @Room @ROOMS a@b"), "@\u{2060}room @\u{2060}Room @\u{2060}ROOMS a@b");
        assert_eq!(plain("a\u{202e}b\u{7}c\u{2028}d@"), "a\u{fffd}b\u{fffd}c d@");
        assert_eq!(escape("<a href='x'>&\""), "&lt;a href=&#39;x&#39;&gt;&amp;&quot;");
    }

    proptest! {
        #[test]
        fn what_a_text_costs_is_what_json_takes(text in "(\\PC|[\"\\\\&<>'@\u{2028}]){0,60}", most in 1_usize..200) {
            let text = plain(&text);
            let taken = |text: &str| serde_json::to_string(text).unwrap().len() - 2;
            prop_assert_eq!(json(&text), taken(&text));
            prop_assert_eq!(cost(&text), taken(&text) + taken(&escape(&text)));
            let (first, rest) = part(&text, most);
            prop_assert_eq!(format!("{first}{rest}"), text.as_str());
            prop_assert!(text.is_empty() || !first.is_empty());
            prop_assert!(cost(first) <= most || first.chars().count() == 1);
        }
    }
}
