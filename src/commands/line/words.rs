//! The words of a typed line.

use super::super::command::Command;
use super::super::options::OptKind;

/// Stands before a word that begins like an option and is none.
const NO_OPTION: char = '\0';

/// A word of a line.
pub(super) struct Word {
    pub text: String,
    pub is_quoted: bool,
}

impl Word {
    /// The word for the parser of a command's options, which takes what begins with a hyphen for one. Only the
    /// command's options and what begins with two hyphens are such; phones make a dash of the two. Two hyphens alone are a
    /// dash between words, and at the beginning they say nothing.
    pub fn argument(&self, command: &Command, is_first: bool) -> String {
        let guarded = || format!("{NO_OPTION}{}", self.text);
        if self.is_quoted {
            return if self.text.starts_with(['-', NO_OPTION]) { guarded() } else { self.text.clone() };
        }
        let bare = self.text.trim_start_matches(['-', '–', '—', '―']);
        let is_long = self.text.starts_with("--") || self.text.starts_with(['–', '—', '―']);
        let (name, value) = bare.split_once('=').map_or((bare, None), |(name, value)| (name, Some(value)));
        let option = command.option(name).filter(|option| is_long && option.kind != OptKind::Words);
        if let Some(option) = option {
            return match value {
                Some(value) => format!("--{}={value}", option.name),
                None => format!("--{}", option.name),
            };
        }
        let is_dash = bare.is_empty() && !is_first;
        match self.text.starts_with('-') && (is_dash || !self.text.starts_with("--")) {
            true => guarded(),
            false => self.text.clone(),
        }
    }
}

/// What was guarded against being taken for an option.
pub(super) fn bare(argument: &str) -> &str {
    argument.strip_prefix(NO_OPTION).unwrap_or(argument)
}

/// The line's words: double quotes of any shape hold words together, single ones around words too, and nothing
/// else is special. A quote that is never closed is no quote. Within double quotes a backslash before a quote or a
/// backslash makes it one of the text.
pub(super) fn split(line: &str) -> Vec<Word> {
    words_of(line, true).or_else(|| words_of(line, false)).unwrap_or_default()
}

pub(super) fn is_double_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„')
}

/// `None` where a quote is never closed. Without `quotes`, double ones are spaces.
fn words_of(line: &str, quotes: bool) -> Option<Vec<Word>> {
    let mut words = Vec::new();
    let mut word: Option<Word> = None;
    let mut letters = line.char_indices().peekable();
    while let Some((at, c)) = letters.next() {
        let is_space = c.is_whitespace() || c.is_control() || (is_double_quote(c) && !quotes);
        let rest = &line[at + c.len_utf8()..];
        let single_end = (c == '\'' && word.is_none()).then(|| end_of_single(rest)).flatten();
        if is_space {
            words.extend(word.take());
        } else if is_double_quote(c) {
            let word = word.get_or_insert(Word { text: String::new(), is_quoted: true });
            loop {
                match letters.next()?.1 {
                    '\\' => match letters.next_if(|(_, c)| *c == '\\' || is_double_quote(*c)) {
                        Some((_, escaped)) => word.text.push(escaped),
                        None => word.text.push('\\'),
                    },
                    c if is_double_quote(c) => break,
                    c => word.text.push(c),
                }
            }
        } else if let Some(end) = single_end {
            word = Some(Word { text: rest[..end].to_string(), is_quoted: true });
            while letters.next_if(|(next, _)| *next <= at + 1 + end).is_some() {}
        } else {
            word.get_or_insert(Word { text: String::new(), is_quoted: false }).text.push(c);
        }
    }
    words.extend(word);
    Some(words)
}

/// Where a single quote that opened before `rest` closes: an apostrophe has a letter after it where a quote has none.
fn end_of_single(rest: &str) -> Option<usize> {
    let closes = |at: &usize| rest[at + 1..].chars().next().is_none_or(char::is_whitespace);
    rest.match_indices('\'').map(|(at, _)| at).find(closes)
}
