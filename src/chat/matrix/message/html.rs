//! The body and the HTML of a message, line by line.

use std::collections::HashMap;

use crate::answer::Choice;
use crate::chat::matrix::reaction_action::{RETURN, Step};

use crate::commands::line::spoken;
use crate::say;

use super::budget::{COMMAND, LABEL, TITLE};
use super::draft::{Frame, Line, Piece, Style};
use super::text::{JOINER, escape, part, plain, with_prefix};

/// The longest command line that is shown beside a reaction which does the same, in characters.
const SHORT: usize = 40;

/// A message that is being written.
pub struct Page<'a> {
    prefix: &'a str,
    pub body: String,
    pub html: String,
    /// The frame that is open, and its block.
    frame: Option<(Frame, usize)>,
}

impl<'a> Page<'a> {
    /// A message in a room with this prefix, without any line yet.
    pub fn new(prefix: &'a str) -> Page<'a> {
        Page { prefix, body: String::new(), html: String::new(), frame: None }
    }

    pub fn title(&mut self, title: &str, number: &str) {
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
        self.open(Frame::Heading, 0, false);
        self.body.push_str(&format!("{title}{number}"));
        self.html.push_str(&format!("{}{number}", escape(&title)));
    }

    /// Begins a line of a block: in the frame that is open, or in a new one.
    fn open(&mut self, frame: Frame, block: usize, tight: bool) {
        if self.frame == Some((frame, block)) {
            self.body.push('\n');
            self.html.push_str(match frame {
                Frame::Heading | Frame::Text | Frame::Quotation => "<br>",
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
            Frame::Heading => "<h4>",
            Frame::Text => "<p>",
            Frame::Quotation => "<blockquote>",
            Frame::List => "<ul>",
            Frame::Code => "<pre><code>",
        });
    }

    pub fn close(&mut self) {
        self.html.push_str(match self.frame.take() {
            Some((Frame::Heading, _)) => "</h4>",
            Some((Frame::Text, _)) => "</p>",
            Some((Frame::Quotation, _)) => "</blockquote>",
            Some((Frame::List, _)) => "</ul>",
            Some((Frame::Code, _)) => "</code></pre>",
            None => "",
        });
    }

    pub fn piece(&mut self, piece: &Piece, keys: &HashMap<&str, &'static str>) {
        self.open(piece.frame, piece.block, piece.tight);
        let key = piece.action.as_ref().and_then(|(line, _)| keys.get(line.as_str()));
        let mark = match (key, piece.listed) {
            (Some(key), _) => format!("{key} "),
            (None, true) => "• ".into(),
            (None, false) => String::new(),
        };
        let mut line = piece.line.clone();
        if let Some(command) = &piece.tells {
            let max = if keys.contains_key(command.as_str()) { SHORT } else { COMMAND };
            self.command(&mut line, command, max);
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

    /// Adds the command line after what it does, if it is not too long.
    fn command(&self, line: &mut Line, command: &str, max: usize) {
        let command = plain(&format!("{}{}", self.prefix, spoken(command)));
        if command.chars().count() <= max {
            line.body.push_str(" · ");
            line.html.push(' ');
            line.push(Style::Code, &command);
        }
    }

    pub fn turn(&mut self, key: &str, choice: &Choice) {
        // No block before it has this number.
        self.open(Frame::Text, usize::MAX, false);
        let label = plain(&choice.label);
        let (label, _) = part(&label, LABEL);
        let mut line = Line::default();
        line.push(Style::Plain, label);
        self.command(&mut line, &choice.line, COMMAND);
        self.body.push_str(&format!("{key} {}", line.body));
        self.html.push_str(&format!("{key} {}", line.html));
    }

    pub fn returns(&mut self, step: &Step) {
        self.open(Frame::Text, usize::MAX, false);
        let says = match step.is_list {
            true => say!("matrix-back-to-list", key = RETURN),
            false => say!("matrix-back-one", key = RETURN),
        };
        self.body.push_str(&says);
        self.html.push_str(&says);
    }

    pub fn says(&mut self, text: &str) {
        self.open(Frame::Text, usize::MAX, false);
        self.body.push_str(text);
        self.html.push_str(&format!("<em>{}</em>", escape(text)));
    }
}
