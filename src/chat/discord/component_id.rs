//! Ids of buttons and values of options in menus: what each of them stands for, written and read here only.
//!
//! An id holds the command line that it stands for, so a button works for ever; a line that is too long for that is
//! kept in the community database under a key. Messages of years ago have such ids: what was once written must
//! always be read the same.

use sha2::{Digest, Sha256};

use crate::answer::ChoiceKind;

use super::limits::{self, length};

/// What a button or an option stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ComponentId {
    /// A command is to be answered.
    Command(CommandId),
    /// The answer is to be deleted; this user may.
    Delete(u64),
}

/// A command that a button or an option stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommandId {
    /// Its line.
    pub line: LineRef,
    /// What choosing it does.
    pub action: Action,
    /// The part of its answer, from 0.
    pub part: usize,
}

/// A command line as an id holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LineRef {
    /// The line itself.
    Line(String),
    /// The key under which the community database has it.
    Key(String),
}

/// What choosing something does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// It shows another page of the same answer.
    Page,
    /// It shows another part of the same answer, which is too long for one message.
    Part,
    /// It says where the answer comes from.
    Source,
    /// It does what the answer asks to confirm.
    Confirm,
    /// It shows to everyone what only one person sees.
    Share,
    /// It shows something else.
    Open,
}

impl Action {
    fn of(kind: ChoiceKind) -> Action {
        match kind {
            ChoiceKind::Source => Action::Source,
            ChoiceKind::Confirm => Action::Confirm,
            ChoiceKind::Next | ChoiceKind::Previous => Action::Page,
            ChoiceKind::Item | ChoiceKind::Secret | ChoiceKind::Other => Action::Open,
        }
    }
}

/// Writes the ids of a message, and collects the lines that have no room in them.
#[derive(Debug, Default)]
pub(super) struct Encoder {
    /// Command lines to be kept in the community database, with their keys.
    pub lines: Vec<(String, String)>,
}

impl Encoder {
    /// The id for a choice.
    pub fn choice(&mut self, kind: ChoiceKind, line: &str) -> String {
        self.command(Action::of(kind), 0, line)
    }

    /// The id for a command line: letters for the action, `a` and the line or `k` and its key.
    pub fn command(&mut self, action: Action, part: usize, line: &str) -> String {
        let action = match (action, part) {
            (Action::Open, _) => String::new(),
            (Action::Page, _) => "n".into(),
            (Action::Source, _) => "s".into(),
            (Action::Confirm, _) => "c".into(),
            (Action::Part, part) => format!("p{part}"),
            (Action::Share, 0) => "h".into(),
            (Action::Share, part) => format!("h{part}"),
        };
        let whole = format!("{action}a:{line}");
        if length(&whole) <= limits::CUSTOM_ID {
            return whole;
        }
        let key: String =
            Sha256::digest(line.as_bytes()).iter().take(12).map(|byte| format!("{byte:02x}")).collect();
        let id = format!("{action}k:{key}");
        if !self.lines.iter().any(|(known, _)| *known == key) {
            self.lines.push((key, line.to_string()));
        }
        id
    }
}

/// The id of the button with which a user may delete an answer.
pub(super) fn delete(owner: u64) -> String {
    format!("d:{owner}")
}

/// The id of a menu, by its number. What it stands for is in the values of its options.
pub(super) fn menu(number: usize) -> String {
    format!("s:{number}")
}

/// Reads the id of a button or the value of an option. `None` for what is not ours.
pub fn decode(id: &str) -> Option<ComponentId> {
    let (head, rest) = id.split_once(':')?;
    if head == "d" {
        return Some(ComponentId::Delete(rest.parse().ok()?));
    }
    let (head, line) = match head.strip_suffix('a') {
        Some(head) => (head, LineRef::Line(rest.into())),
        None => (head.strip_suffix('k')?, LineRef::Key(rest.into())),
    };
    let (action, part) = match (head, head.strip_prefix('p'), head.strip_prefix('h')) {
        (_, Some(part), _) => (Action::Part, part.parse().ok()?),
        (_, _, Some("")) => (Action::Share, 0),
        (_, _, Some(part)) => (Action::Share, part.parse().ok()?),
        ("", ..) => (Action::Open, 0),
        ("n", ..) => (Action::Page, 0),
        ("s", ..) => (Action::Source, 0),
        ("c", ..) => (Action::Confirm, 0),
        _ => return None,
    };
    Some(ComponentId::Command(CommandId { line, action, part }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_holds_its_line_or_the_key_of_it() {
        let mut encoder = Encoder::default();
        let line = |line: &str, action, part| {
            Some(ComponentId::Command(CommandId { line: LineRef::Line(line.into()), action, part }))
        };
        for (action, part, text) in [
            (Action::Open, 0, "quote Paz"),
            (Action::Part, 0, "quote Paz"),
            (Action::Part, 12, "quote a:b"),
            (Action::Share, 0, "quote Paz"),
            (Action::Share, 3, "quote Paz"),
        ] {
            assert_eq!(decode(&encoder.command(action, part, text)), line(text, action, part));
        }
        for (kind, action) in [
            (ChoiceKind::Source, Action::Source),
            (ChoiceKind::Confirm, Action::Confirm),
            (ChoiceKind::Next, Action::Page),
            (ChoiceKind::Previous, Action::Page),
            (ChoiceKind::Item, Action::Open),
        ] {
            assert_eq!(decode(&encoder.choice(kind, "rollback 1")), line("rollback 1", action, 0));
        }
        let long = format!("search {}", "x".repeat(100));
        let id = encoder.command(Action::Part, 1, &long);
        let Some(ComponentId::Command(CommandId { line: LineRef::Key(key), action: Action::Part, part: 1 })) =
            decode(&id)
        else {
            panic!("{id}")
        };
        assert_eq!(encoder.lines, [(key, long)]);
        assert_eq!(decode(&delete(77)), Some(ComponentId::Delete(77)));
        for foreign in ["", "a", "x:quote", "pa:", "p:x", "pxa:y", "hxa:y", "d:me", &menu(0), "é:1"] {
            let part = decode(foreign);
            assert!(part.is_none(), "{foreign}: {part:?}");
        }
    }

    #[test]
    fn ids_of_old_messages_are_read() {
        for (id, action, part) in [
            ("a:quote Paz", Action::Open, 0),
            ("na:quote Paz", Action::Page, 0),
            ("p2a:quote Paz", Action::Part, 2),
            ("sa:quote Paz", Action::Source, 0),
            ("ca:quote Paz", Action::Confirm, 0),
            ("ha:quote Paz", Action::Share, 0),
            ("h1a:quote Paz", Action::Share, 1),
        ] {
            let line = LineRef::Line("quote Paz".into());
            assert_eq!(decode(id), Some(ComponentId::Command(CommandId { line, action, part })), "{id}");
        }
    }
}
