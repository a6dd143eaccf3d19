//! Making a message of an answer.

use std::collections::HashMap;

use crate::answer::{Answer, ChoiceKind};
use crate::chat::matrix::reaction_action::{BACK, ON, RETURN, ReactionAction, Step};
use crate::chat::shared::overflow;
use crate::say;

use super::budget::{AROUND, FILE_BYTES, LABEL, RETURNING, ROOM, command_cost};
use super::draft::{Draft, Piece};
use super::html::Page;
use super::layout::{beginning, keys, parts};

/// The options for showing an answer.
#[derive(Debug, Clone, Copy)]
pub struct RenderOptions<'a> {
    /// The prefix of commands in this room, also where a text names one.
    pub prefix: &'a str,
    /// The command line that gives this answer again, as [`line`](crate::commands::line::line) writes it.
    /// `None` where it must not be run again: then a file has what does not fit.
    pub line: Option<&'a str>,
    /// The part of an answer that is too long for one event, from 0.
    pub part: usize,
}

/// A message ready to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// The plain text.
    pub body: String,
    /// The same as `org.matrix.custom.html`.
    pub html: String,
    /// The actions, each with a reaction of its own, in the order in which to put them.
    pub actions: Vec<ReactionAction>,
    /// An attached file: name and content.
    pub file: Option<(String, Vec<u8>)>,
}

/// Makes a message of an answer.
pub fn render(answer: &Answer, options: &RenderOptions<'_>) -> Message {
    render_opened(answer, options, None)
}

/// Makes a message of an answer that nobody asked for: reactions under it choose nothing, so it offers none.
pub fn render_post(answer: &Answer, prefix: &str) -> Message {
    let options = RenderOptions { prefix, line: None, part: 0 };
    let draft = Draft::of(answer, prefix, None);
    let part = part(answer, &options, &draft, None);
    page(answer, &options, &draft, part, HashMap::new(), None)
}

/// Makes a message of an answer that was opened from another one in its place.
pub fn render_opened(answer: &Answer, options: &RenderOptions<'_>, from: Option<&Step>) -> Message {
    let draft = Draft::of(answer, options.prefix, options.line);
    let part = part(answer, options, &draft, from);
    let keys = keys(&part.pieces);
    page(answer, options, &draft, part, keys, from)
}

fn page(
    answer: &Answer,
    options: &RenderOptions<'_>,
    draft: &Draft<'_>,
    part: Part<'_>,
    keys: HashMap<&str, &'static str>,
    from: Option<&Step>,
) -> Message {
    let Part { pieces, number, of, file } = part;
    let mut actions: Vec<ReactionAction> = Vec::new();
    for piece in &pieces {
        let Some((line, kind)) = &piece.action else { continue };
        let Some(key) = keys.get(line.as_str()) else { continue };
        if !actions.iter().any(|action| action.key == *key) {
            actions.push(ReactionAction { key, line: line.clone(), part: 0, kind: *kind });
        }
    }
    let mut page = Page::new(options.prefix);
    let numbered = if of > 1 { format!(" ({}/{of})", number + 1) } else { String::new() };
    page.title(&answer.title, &numbered);
    for piece in pieces {
        page.piece(piece, &keys);
    }
    // A part turns to its neighbours; what turns the pages of the answer is in its first and its last part.
    let mut says = Vec::new();
    for (key, to, turns, kind) in [
        (BACK, number.checked_sub(1), say!("matrix-back", key = BACK), ChoiceKind::Previous),
        (ON, Some(number + 1), say!("matrix-continues", key = ON), ChoiceKind::Next),
    ] {
        let turn = draft.turns.iter().find(|(known, _)| *known == key).map(|(_, choice)| choice);
        match (to.filter(|to| *to < of), options.line, turn) {
            (Some(to), Some(line), _) => {
                says.push(turns);
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
        says.push(say!("matrix-in-file", file = overflow::NAME));
    }
    if let Some(step) = from {
        page.returns(step);
        let (line, part) = (step.line.clone(), step.part);
        actions.push(ReactionAction { key: RETURN, line, part, kind: ChoiceKind::Other });
    }
    if !says.is_empty() {
        page.says(&format!("({})", says.join(" · ")));
    }
    page.close();
    Message { body: page.body, html: page.html, actions, file }
}

/// The part of an answer that one message shows.
struct Part<'a> {
    pieces: Vec<&'a Piece>,
    /// The number of the part, from 0, and of how many.
    number: usize,
    of: usize,
    /// A file with the whole answer, if its parts can't be shown one by one.
    file: Option<(String, Vec<u8>)>,
}

/// Chooses the part of an answer that a message shows.
fn part<'a>(
    answer: &Answer,
    options: &RenderOptions<'_>,
    draft: &'a Draft<'_>,
    from: Option<&Step>,
) -> Part<'a> {
    let Draft { pieces, ends, turns } = draft;
    let turning: usize = turns.iter().map(|(_, choice)| LABEL + command_cost(&choice.line) + AROUND).sum();
    let returning = from.map_or(0, |_| RETURNING);
    let room = ROOM - turning - returning;
    let parts = parts(pieces, room);
    let mut file = None;
    let (number, of, shown) = match options.line {
        Some(_) => {
            let part = options.part.min(parts.len() - 1);
            (part, parts.len(), parts[part].clone())
        }
        None if parts.len() == 1 => (0, 1, parts[0].clone()),
        None => {
            file = Some(overflow::file(answer, FILE_BYTES));
            (0, 1, beginning(pieces, *ends, room))
        }
    };
    Part { pieces: shown.into_iter().map(|at| &pieces[at]).collect(), number, of, file }
}
