//! An answer as a message of Matrix: plain text, the same in HTML, and what can be chosen by a reaction.
//!
//! The HTML keeps to a few of the tags that clients are told to show
//! (<https://spec.matrix.org/latest/client-server-api/#mroommessage-msgtypes>), without any attribute, so
//! nothing in it can link, load or style. What one event can't hold goes on in further parts, which a
//! reaction turns to. A choice is a command line, so it holds for ever.

use std::collections::HashMap;

use crate::answer::{Answer, Choice, ChoiceKind};
use crate::chat::shared::overflow;

use super::draft::{AROUND, COMMAND, Draft, Frame, LINE, Line, Piece, Style, command_cost};
use super::text::{JOINER, escape, part, plain, with_prefix};

pub use super::reaction_action::{BACK, KEYS, Key, ON, RETURN, ReactionAction, Step, YES, is_key};

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

/// The title.
const TITLE: usize = 1024;

/// A label of a choice that turns pages.
const LABEL: usize = 256;

/// The longest command line that is shown with what it does where a reaction does the same, in characters.
const SHORT: usize = 40;

/// The same in bytes: a character has at most four in each text, and a quotation mark two and six.
const COMMAND_BYTES: usize = 8 * COMMAND + 2 * AROUND;

/// What is left beside the title and the words about where it goes on: for the lines of a part, and for what
/// turns the pages of the answer.
const ROOM: usize = LIMIT - TITLE - AROUND - 2 * AROUND;

/// What it costs to say what an answer was opened from.
const RETURNING: usize = 2 * AROUND;

// The longest line finds room in a part where nothing else is but what turns pages.
const _: () =
    assert!(LINE + COMMAND_BYTES + AROUND + 2 * (LABEL + COMMAND_BYTES + AROUND) + RETURNING <= ROOM);

/// The most bytes of an attached answer. Homeservers usually take fifty times as much.
const FILE_BYTES: usize = 1024 * 1024;

/// How an answer is to be shown.
#[derive(Debug, Clone, Copy)]
pub struct RenderOptions<'a> {
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
    pub actions: Vec<ReactionAction>,
    /// A file that goes with it: name and content.
    pub file: Option<(String, Vec<u8>)>,
}

/// Makes a message of an answer.
pub fn render(answer: &Answer, options: &RenderOptions<'_>) -> Message {
    render_opened(answer, options, None)
}

/// Makes a message of an answer that was opened from another one in its place.
pub fn render_opened(answer: &Answer, options: &RenderOptions<'_>, from: Option<&Step>) -> Message {
    let Draft { pieces, ends, turns } = Draft::of(answer, options.prefix, options.line);
    let turning = |(_, choice): &(_, &Choice)| LABEL + command_cost(&choice.line) + AROUND;
    let returning = from.map_or(0, |_| RETURNING);
    let room = ROOM - turns.iter().map(turning).sum::<usize>() - returning;
    let parts = parts(&pieces, room);
    let mut file = None;
    let (part, of, shown) = match options.line {
        Some(_) => {
            let part = options.part.min(parts.len() - 1);
            (part, parts.len(), parts[part].clone())
        }
        None if parts.len() == 1 => (0, 1, parts[0].clone()),
        None => {
            file = Some(overflow::file(answer, FILE_BYTES));
            (0, 1, beginning(&pieces, ends, room))
        }
    };
    let shown: Vec<&Piece> = shown.into_iter().map(|at| &pieces[at]).collect();
    let keys = keys(&shown);
    let mut actions: Vec<ReactionAction> = Vec::new();
    for piece in &shown {
        let Some((line, kind)) = &piece.action else { continue };
        let Some(key) = keys.get(line.as_str()) else { continue };
        if !actions.iter().any(|action| action.key == *key) {
            actions.push(ReactionAction { key, line: line.clone(), part: 0, kind: *kind });
        }
    }
    let mut page = Page { prefix: options.prefix, body: String::new(), html: String::new(), frame: None };
    let number = if of > 1 { format!(" ({}/{of})", part + 1) } else { String::new() };
    page.title(&answer.title, &number);
    for piece in shown {
        page.piece(piece, &keys);
    }
    // A part turns to its neighbours; what turns the pages of the answer is at its beginning and its end.
    let turned = |key: &'static str| turns.iter().find(|(known, _)| *known == key).map(|(_, choice)| choice);
    let mut says = Vec::new();
    for (key, to, word, kind) in [
        (BACK, part.checked_sub(1), "back", ChoiceKind::Previous),
        (ON, Some(part + 1), "continues", ChoiceKind::Next),
    ] {
        match (to.filter(|to| *to < of), options.line, turned(key)) {
            (Some(to), Some(line), _) => {
                says.push(format!("{word}: {key}"));
                actions.push(ReactionAction { key, line: line.into(), part: to, kind });
            }
            (_, _, Some(choice)) => {
                page.turn(key, choice);
                actions.push(ReactionAction { key, line: choice.line.clone(), part: 0, kind });
            }
            _ => {}
        }
    }
    if file.is_some() {
        says.push(format!("all of it is in {}", overflow::NAME));
    }
    if let Some(step) = from {
        page.returns(step);
        actions.push(ReactionAction {
            key: RETURN,
            line: step.line.clone(),
            part: step.part,
            kind: ChoiceKind::Other,
        });
    }
    if !says.is_empty() {
        page.says(&format!("({})", says.join(" · ")));
    }
    page.close();
    Message { body: page.body, html: page.html, actions, file }
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

/// The reactions of what a part actions, by command line: choices before lines of lists where there are too
/// many, and all in the order in which they are read. What confirms has one of its own.
fn keys<'a>(shown: &[&'a Piece]) -> HashMap<&'a str, &'static str> {
    let offered = || {
        let those = shown.iter().filter_map(|piece| Some((piece.choice, piece.action.as_ref()?)));
        those.map(|(choice, (line, kind))| (choice, line.as_str(), *kind))
    };
    let mut keys: HashMap<&str, &'static str> = HashMap::new();
    if let Some((_, line, _)) = offered().find(|(_, _, kind)| *kind == ChoiceKind::Confirm) {
        keys.insert(line, YES);
    }
    let mut taken: Vec<&str> = Vec::new();
    for wanted in [true, false] {
        for (_, line, kind) in offered().filter(|(choice, ..)| *choice == wanted) {
            // One key confirms, and no number ever does.
            let is_free = kind != ChoiceKind::Confirm && !keys.contains_key(line);
            if is_free && taken.len() < KEYS.len() && !taken.contains(&line) {
                taken.push(line);
            }
        }
    }
    let mut numbers = KEYS.into_iter();
    for (_, line, _) in offered() {
        if taken.contains(&line)
            && !keys.contains_key(line)
            && let Some(key) = numbers.next()
        {
            keys.insert(line, key);
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
        let key = piece.action.as_ref().and_then(|(line, _)| keys.get(line.as_str()));
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

    fn returns(&mut self, step: &Step) {
        self.open(Frame::Text, usize::MAX, false);
        let says = format!("{RETURN} {}", if step.is_list { "Back to the list" } else { "Back" });
        self.body.push_str(&says);
        self.html.push_str(&says);
    }

    fn says(&mut self, text: &str) {
        self.open(Frame::Text, usize::MAX, false);
        self.body.push_str(text);
        self.html.push_str(&format!("<em>{}</em>", escape(text)));
    }
}
