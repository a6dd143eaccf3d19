//! Buttons and menus: what can be pressed under an answer, and what a pressed one stands for.
//!
//! A button holds the command line that it stands for, so it works for ever; a line that is too long for it is
//! kept in the community database under a key.

use serenity::all::{
    ButtonStyle, CreateActionRow, CreateButton, CreateSelectMenu, CreateSelectMenuKind,
    CreateSelectMenuOption, ReactionType,
};
use sha2::{Digest, Sha256};

use crate::answer::{Answer, Block, Choice, ChoiceKind, Citation, Visibility};

use super::limits::{self, cut, length};
use super::message::RenderOptions;

/// More choices than these are a menu.
const MOST_BUTTONS: usize = 5;

/// Command lines that found no room on a button: keys and lines.
#[derive(Debug, Default)]
pub(super) struct Lines(pub Vec<(String, String)>);

impl Lines {
    /// What a button holds for a choice.
    pub fn choice(&mut self, kind: ChoiceKind, line: &str) -> String {
        self.id(mark(kind), line)
    }

    /// What a button holds for a line, after `prefix`.
    fn id(&mut self, prefix: &str, line: &str) -> String {
        let whole = format!("{prefix}a:{line}");
        if length(&whole) <= limits::CUSTOM_ID {
            return whole;
        }
        let key: String =
            Sha256::digest(line.as_bytes()).iter().take(12).map(|byte| format!("{byte:02x}")).collect();
        let id = format!("{prefix}k:{key}");
        if !self.0.iter().any(|(known, _)| *known == key) {
            self.0.push((key, line.to_string()));
        }
        id
    }
}

/// The rows of components under an answer.
pub(super) fn rows(
    answer: &Answer,
    options: RenderOptions<'_>,
    (part, parts): (usize, usize),
    private: bool,
    lines: &mut Lines,
) -> Vec<CreateActionRow> {
    let mut seen = std::collections::HashSet::new();
    let mut choices: Vec<&Choice> = answer.choices.iter().filter(|it| seen.insert(&it.line)).collect();
    let entries = answer.blocks.iter().flat_map(|block| match block {
        Block::List { entries, .. } => entries.as_slice(),
        _ => &[],
    });
    let mut listed: Vec<(String, String, String)> = Vec::new();
    for entry in entries {
        let Some(line) = entry.line.as_ref().filter(|line| seen.insert(*line)) else { continue };
        let label = match entry.lead.is_empty() {
            true => entry.text.clone(),
            false => format!("{}: {}", entry.lead, entry.text),
        };
        let about = entry.source.as_ref().map(Citation::line).unwrap_or_default();
        listed.push((label, about, lines.choice(ChoiceKind::Item, line)));
    }
    let mut placeholder = "More on one of these";
    if choices.len() > MOST_BUTTONS {
        // What turns the page stays a button.
        let (turning, many): (Vec<_>, Vec<_>) = choices
            .into_iter()
            .partition(|choice| matches!(choice.kind, ChoiceKind::Next | ChoiceKind::Previous));
        let many = many.iter().map(|it| (it.label.clone(), String::new(), lines.choice(it.kind, &it.line)));
        listed.extend(many.collect::<Vec<_>>());
        choices = turning;
        placeholder = "Choose one";
    }
    let mut rows: Vec<CreateActionRow> = listed
        .chunks(limits::SELECT_OPTIONS)
        .take(2)
        .enumerate()
        .map(|(at, options)| CreateActionRow::SelectMenu(menu(at, options, placeholder)))
        .collect();
    let mut buttons: Vec<CreateButton> = Vec::new();
    if let Some(line) = options.line.filter(|_| parts > 1) {
        if part + 1 < parts {
            buttons.push(button(&lines.id(&format!("p{}", part + 1), line), "Read on"));
        }
        if part > 0 {
            buttons.push(button(&lines.id(&format!("p{}", part - 1), line), "Back"));
        }
    }
    buttons
        .extend(choices.iter().map(|choice| button(&lines.choice(choice.kind, &choice.line), &choice.label)));
    // What one person opened for themselves can be shown to all.
    let can_be_shared = private && answer.visibility == Visibility::Everyone;
    let share = options.line.filter(|_| can_be_shared).map(|line| {
        let prefix = if part > 0 { format!("h{part}") } else { "h".into() };
        button(&lines.id(&prefix, line), "Share here")
    });
    let delete = options.caller.filter(|_| !private).map(|caller| {
        CreateButton::new(format!("d:{caller}"))
            .style(ButtonStyle::Secondary)
            .emoji(ReactionType::Unicode("🗑️".into()))
    });
    buttons.truncate(
        (limits::ROWS - rows.len()) * limits::BUTTONS - usize::from(share.is_some() || delete.is_some()),
    );
    buttons.extend(share.or(delete));
    rows.extend(buttons.chunks(limits::BUTTONS).map(|row| CreateActionRow::Buttons(row.to_vec())));
    rows
}

fn menu(at: usize, options: &[(String, String, String)], placeholder: &str) -> CreateSelectMenu {
    let options = options
        .iter()
        .map(|(label, about, id)| {
            let option = CreateSelectMenuOption::new(shown(label, limits::SELECT_TEXT), id);
            match about.is_empty() {
                true => option,
                false => option.description(cut(about, limits::SELECT_TEXT)),
            }
        })
        .collect();
    CreateSelectMenu::new(format!("s:{at}"), CreateSelectMenuKind::String { options })
        .placeholder(placeholder)
}

fn button(id: &str, label: &str) -> CreateButton {
    CreateButton::new(id).style(ButtonStyle::Secondary).label(shown(label, limits::BUTTON_LABEL))
}

/// A label, which must not be empty.
fn shown(label: &str, most: usize) -> String {
    let label = cut(&label.split_whitespace().collect::<Vec<_>>().join(" "), most);
    if label.is_empty() { "…".into() } else { label }
}

/// The letter before a line on a button that says what pressing it does, where that matters.
fn mark(kind: ChoiceKind) -> &'static str {
    match kind {
        ChoiceKind::Source => "s",
        ChoiceKind::Confirm => "c",
        ChoiceKind::Next | ChoiceKind::Previous => "n",
        ChoiceKind::Item | ChoiceKind::Other => "",
    }
}

/// What a pressed button or a chosen option stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pressed {
    /// A command is to be answered.
    Chosen(Chosen),
    /// The answer is to be deleted; this user may.
    Delete(u64),
}

/// A command that a button or an option stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// Its line.
    pub held: Held,
    /// What choosing it does.
    pub does: Does,
    /// The part of its answer, from 0.
    pub part: usize,
}

/// A command line as a button holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Held {
    /// Itself.
    Line(String),
    /// The key under which the community database has it.
    Key(String),
}

/// What choosing something does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Does {
    /// It shows another page of the same answer.
    Turn,
    /// It tells where the answer comes from.
    Source,
    /// It does what the answer asks to confirm.
    Confirm,
    /// It shows to everyone what only one person sees.
    Share,
    /// It shows something else.
    Open,
}

/// Reads the id of a button or the value of an option. `None` for what is not ours.
pub fn pressed(id: &str) -> Option<Pressed> {
    let (head, rest) = id.split_once(':')?;
    if head == "d" {
        return Some(Pressed::Delete(rest.parse().ok()?));
    }
    let (head, held) = match head.strip_suffix('a') {
        Some(head) => (head, Held::Line(rest.into())),
        None => (head.strip_suffix('k')?, Held::Key(rest.into())),
    };
    let (does, part) = match (head, head.strip_prefix('p'), head.strip_prefix('h')) {
        (_, Some(part), _) => (Does::Turn, part.parse().ok()?),
        (_, _, Some("")) => (Does::Share, 0),
        (_, _, Some(part)) => (Does::Share, part.parse().ok()?),
        ("", ..) => (Does::Open, 0),
        ("n", ..) => (Does::Turn, 0),
        ("s", ..) => (Does::Source, 0),
        ("c", ..) => (Does::Confirm, 0),
        _ => return None,
    };
    Some(Pressed::Chosen(Chosen { held, does, part }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_button_holds_its_line_or_the_key_of_it() {
        let mut lines = Lines::default();
        let line = |line: &str, does, part| {
            Some(Pressed::Chosen(Chosen { held: Held::Line(line.into()), does, part }))
        };
        assert_eq!(pressed(&lines.id("", "quote Paz")), line("quote Paz", Does::Open, 0));
        assert_eq!(pressed(&lines.id("p12", "quote a:b")), line("quote a:b", Does::Turn, 12));
        assert_eq!(pressed(&lines.id("h", "quote Paz")), line("quote Paz", Does::Share, 0));
        assert_eq!(pressed(&lines.id("h3", "quote Paz")), line("quote Paz", Does::Share, 3));
        for (kind, does) in [
            (ChoiceKind::Source, Does::Source),
            (ChoiceKind::Confirm, Does::Confirm),
            (ChoiceKind::Next, Does::Turn),
            (ChoiceKind::Previous, Does::Turn),
            (ChoiceKind::Item, Does::Open),
        ] {
            assert_eq!(pressed(&lines.choice(kind, "rollback 1")), line("rollback 1", does, 0));
        }
        let long = format!("search {}", "x".repeat(100));
        let id = lines.id("p1", &long);
        let Some(Pressed::Chosen(Chosen { held: Held::Key(key), does: Does::Turn, part: 1 })) = pressed(&id)
        else {
            panic!("{id}")
        };
        assert_eq!(lines.0, [(key, long)]);
        assert_eq!(pressed("d:77"), Some(Pressed::Delete(77)));
        for foreign in ["", "a", "x:quote", "pa:", "p:x", "pxa:y", "hxa:y", "d:me", "s:0", "é:1"] {
            let part = pressed(foreign);
            assert!(part.is_none(), "{foreign}: {part:?}");
        }
    }
}
