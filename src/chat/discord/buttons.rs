//! Buttons and menus under an answer.

use std::collections::HashSet;

use serenity::all::{
    ButtonStyle, CreateActionRow, CreateButton, CreateSelectMenu, CreateSelectMenuKind,
    CreateSelectMenuOption, ReactionType,
};

use crate::answer::{Answer, Block, Choice, ChoiceKind, Citation, Visibility};

use super::component_id::{self, Action, Encoder};
use super::limits::{self, cut};

/// More choices than these are a menu.
const MAX_CHOICE_BUTTONS: usize = 5;

/// The most menus under an answer.
const MAX_MENUS: usize = 2;

/// What the components depend on, besides the answer.
#[derive(Debug, Clone, Copy)]
pub(super) struct RowOptions<'a> {
    /// The command line that gives the answer again, if it may be run again.
    pub line: Option<&'a str>,
    /// The user who may delete the answer.
    pub caller: Option<u64>,
    /// Whether only the caller sees it.
    pub private: bool,
    /// Which part of the answer this is, from 0.
    pub part: usize,
    /// How many parts there are.
    pub parts: usize,
}

/// An option of a menu.
struct MenuOption {
    label: String,
    description: String,
    id: String,
}

/// The rows of components under an answer.
pub(super) fn rows(answer: &Answer, options: &RowOptions<'_>, encoder: &mut Encoder) -> Vec<CreateActionRow> {
    let mut seen = HashSet::new();
    let mut choices: Vec<&Choice> = answer.choices.iter().filter(|it| seen.insert(&it.line)).collect();
    let mut listed = entries(answer, &mut seen, encoder);
    let mut placeholder = "More on one of these";
    if choices.len() > MAX_CHOICE_BUTTONS {
        // What turns the page stays a button.
        let (turning, many): (Vec<_>, Vec<_>) = choices
            .into_iter()
            .partition(|choice| matches!(choice.kind, ChoiceKind::Next | ChoiceKind::Previous));
        listed.extend(many.iter().map(|choice| MenuOption {
            label: choice.label.clone(),
            description: String::new(),
            id: encoder.choice(choice.kind, &choice.line),
        }));
        choices = turning;
        placeholder = "Choose one";
    }
    let mut rows: Vec<CreateActionRow> = listed
        .chunks(limits::SELECT_OPTIONS)
        .take(MAX_MENUS)
        .enumerate()
        .map(|(number, options)| CreateActionRow::SelectMenu(menu(number, options, placeholder)))
        .collect();
    let mut buttons = parts(options, encoder);
    buttons.extend(choices.iter().map(|it| button(&encoder.choice(it.kind, &it.line), &it.label)));
    let last = last_button(answer, options, encoder);
    buttons.truncate((limits::ROWS - rows.len()) * limits::BUTTONS - usize::from(last.is_some()));
    buttons.extend(last);
    rows.extend(buttons.chunks(limits::BUTTONS).map(|row| CreateActionRow::Buttons(row.to_vec())));
    rows
}

/// The entries of an answer's lists that lead somewhere, each line once.
fn entries<'a>(answer: &'a Answer, seen: &mut HashSet<&'a String>, encoder: &mut Encoder) -> Vec<MenuOption> {
    let entries = answer.blocks.iter().flat_map(|block| match block {
        Block::List { entries, .. } => entries.as_slice(),
        _ => &[],
    });
    let mut listed = Vec::new();
    for entry in entries {
        let Some(line) = entry.line.as_ref().filter(|line| seen.insert(*line)) else { continue };
        let label = match entry.lead.is_empty() {
            true => entry.text.clone(),
            false => format!("{}: {}", entry.lead, entry.text),
        };
        let description = entry.source.as_ref().map(Citation::line).unwrap_or_default();
        listed.push(MenuOption { label, description, id: encoder.choice(ChoiceKind::Item, line) });
    }
    listed
}

/// The buttons that turn to the neighbouring parts of an answer that is too long for one message.
fn parts(options: &RowOptions<'_>, encoder: &mut Encoder) -> Vec<CreateButton> {
    let RowOptions { part, parts, .. } = *options;
    let Some(line) = options.line.filter(|_| parts > 1) else { return Vec::new() };
    let next = (part + 1 < parts).then(|| (part + 1, "Read on"));
    let previous = part.checked_sub(1).map(|part| (part, "Back"));
    [next, previous]
        .into_iter()
        .flatten()
        .map(|(part, label)| button(&encoder.command(Action::Part, part, line), label))
        .collect()
}

/// The button that shares what one person opened for themselves, or the one that deletes what all see.
fn last_button(answer: &Answer, options: &RowOptions<'_>, encoder: &mut Encoder) -> Option<CreateButton> {
    if options.private {
        let line = options.line.filter(|_| answer.visibility == Visibility::Everyone)?;
        return Some(button(&encoder.command(Action::Share, options.part, line), "Share here"));
    }
    let delete = CreateButton::new(component_id::delete(options.caller?));
    Some(delete.style(ButtonStyle::Secondary).emoji(ReactionType::Unicode("🗑️".into())))
}

fn menu(number: usize, options: &[MenuOption], placeholder: &str) -> CreateSelectMenu {
    let options = options
        .iter()
        .map(|it| {
            let option = CreateSelectMenuOption::new(shown(&it.label, limits::SELECT_TEXT), &it.id);
            match it.description.is_empty() {
                true => option,
                false => option.description(cut(&it.description, limits::SELECT_TEXT)),
            }
        })
        .collect();
    CreateSelectMenu::new(component_id::menu(number), CreateSelectMenuKind::String { options })
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
