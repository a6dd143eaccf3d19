//! Buttons and menus: beside the lines of an answer, and below it.

use std::collections::HashSet;

use serde_json::{Value, json};
use serenity::all::{
    ButtonStyle, CreateActionRow, CreateButton, CreateSelectMenu, CreateSelectMenuKind,
    CreateSelectMenuOption, ReactionType,
};
use url::Url;

use crate::answer::{Answer, Block, Choice, ChoiceKind, Citation, Entry, Visibility};
use crate::say;

use super::component_id::{self, Action, Encoder};
use super::layout::{SECTION, Space};
use super::limits::{self, cut};
use super::links::link_buttons;

/// More choices than these are a menu.
const MAX_CHOICE_BUTTONS: usize = 5;

/// The most menus below an answer, of one sort.
const MAX_MENUS: usize = 2;

/// The components that every message has: the container and the heading.
const FRAME: usize = 2;

/// The separator and the foot.
const FOOT: usize = 2;

/// What a message that is one part of several may have besides: a file.
const FILE: usize = 1;

/// What a row of buttons or a menu costs besides its buttons.
const ROW: usize = 1;

/// What a message has room for; `is_part` if it is one part of several. The lines of lists have buttons beside them where
/// all of them can.
pub(super) fn space(answer: &Answer, is_part: bool) -> Space {
    let choices = choices(answer);
    // To share or delete it, and to turn to other parts.
    let own = if is_part { 3 } else { 1 };
    let buttons = own + link_buttons(answer).len() + choices.buttons.len();
    let menus = choices.menu.len().div_ceil(limits::SELECT_OPTIONS).min(MAX_MENUS);
    let below = buttons + ROW * buttons.div_ceil(limits::BUTTONS) + (ROW + 1) * menus;
    let foot = if answer.source.is_some() { FOOT } else { 0 };
    let components = limits::COMPONENTS - FRAME - foot - below - if is_part { FILE } else { 0 };
    let mut seen: HashSet<&str> = answer.choices.iter().map(|choice| choice.line.as_str()).collect();
    let sections = entries(answer, &mut seen).len();
    let is_text = |block: &&Block| !matches!(block, Block::List { title, .. } if title.is_empty());
    let texts = answer.blocks.iter().filter(is_text).count() + usize::from(answer.note.is_some());
    match sections * SECTION + texts <= components {
        true => Space { components, buttons: true },
        false => Space { components: components - (ROW + 1) * MAX_MENUS, buttons: false },
    }
}

/// The button beside a line of a list.
pub(super) fn entry_button(line: &str, encoder: &mut Encoder) -> Value {
    value(&button(&encoder.choice(ChoiceKind::Item, line), &say!("button-more")))
}

/// What is below an answer.
#[derive(Debug, Clone, Copy)]
pub(super) struct Below<'a> {
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
    /// Whether the lines of lists are in a menu.
    pub entries: bool,
}

impl Below<'_> {
    /// The rows of menus and buttons.
    pub fn rows(&self, answer: &Answer, encoder: &mut Encoder) -> Vec<Value> {
        let Choices { buttons: choices, menu: many } = choices(answer);
        let mut listed: Vec<MenuOption> = Vec::new();
        if self.entries {
            let mut seen: HashSet<&str> = answer.choices.iter().map(|choice| choice.line.as_str()).collect();
            listed = entries(answer, &mut seen)
                .into_iter()
                .map(|(entry, line)| of_entry(entry, line, encoder))
                .collect();
        }
        let mut rows = menus(0, &listed, &say!("menu-more"));
        let many: Vec<MenuOption> = many.iter().map(|choice| of_choice(choice, encoder)).collect();
        rows.extend(menus(rows.len(), &many, &say!("menu-choose")));
        let mut buttons = self.parts(encoder);
        buttons.extend(choices.iter().map(|it| button(&encoder.choice(it.kind, &it.line), &it.label)));
        buttons.extend(link_buttons(answer).into_iter().map(|(label, url)| link_button(&label, url)));
        buttons.extend(self.last(answer, encoder));
        rows.extend(buttons.chunks(limits::BUTTONS).map(|row| CreateActionRow::Buttons(row.to_vec())));
        rows.iter().map(value).collect()
    }

    /// The buttons that turn to the neighbouring parts of an answer that is too long for one message.
    fn parts(&self, encoder: &mut Encoder) -> Vec<CreateButton> {
        let Some(line) = self.line.filter(|_| self.parts > 1) else { return Vec::new() };
        let next = (self.part + 1 < self.parts).then(|| (self.part + 1, say!("button-read-on")));
        let previous = self.part.checked_sub(1).map(|part| (part, say!("button-back")));
        let part =
            |(part, label): (usize, String)| button(&encoder.command(Action::Part, part, line), &label);
        [next, previous].into_iter().flatten().map(part).collect()
    }

    /// The button that shares what one person opened for themselves, or the one that deletes what all see.
    fn last(&self, answer: &Answer, encoder: &mut Encoder) -> Option<CreateButton> {
        if self.private {
            let line = self.line.filter(|_| answer.visibility == Visibility::Everyone)?;
            return Some(button(&encoder.command(Action::Share, self.part, line), &say!("button-share")));
        }
        let delete = CreateButton::new(component_id::delete(self.caller?));
        Some(delete.style(ButtonStyle::Secondary).emoji(ReactionType::Unicode("🗑️".into())))
    }
}

/// An answer's choices, each line once.
struct Choices<'a> {
    /// Those that are buttons.
    buttons: Vec<&'a Choice>,
    /// Those that are in a menu, because they are many.
    menu: Vec<&'a Choice>,
}

fn choices(answer: &Answer) -> Choices<'_> {
    let mut seen = HashSet::new();
    let all: Vec<&Choice> = answer.choices.iter().filter(|it| seen.insert(&it.line)).collect();
    if all.len() <= MAX_CHOICE_BUTTONS {
        return Choices { buttons: all, menu: vec![] };
    }
    // What turns the page stays a button.
    let turns = |choice: &&Choice| matches!(choice.kind, ChoiceKind::Next | ChoiceKind::Previous);
    let (buttons, menu) = all.into_iter().partition(turns);
    Choices { buttons, menu }
}

/// The entries of an answer's lists that lead somewhere, each line once.
fn entries<'a>(answer: &'a Answer, seen: &mut HashSet<&'a str>) -> Vec<(&'a Entry, &'a str)> {
    let lists = answer.blocks.iter().flat_map(|block| match block {
        Block::List { entries, .. } => entries.as_slice(),
        _ => &[],
    });
    lists.filter_map(|entry| Some((entry, entry.line.as_deref().filter(|line| seen.insert(line))?))).collect()
}

/// An option of a menu.
struct MenuOption {
    label: String,
    description: String,
    id: String,
}

fn of_entry(entry: &Entry, line: &str, encoder: &mut Encoder) -> MenuOption {
    let label = match entry.lead.is_empty() {
        true => entry.text.clone(),
        false => format!("{}: {}", entry.lead, entry.text),
    };
    let description = entry.source.as_ref().map(Citation::line).unwrap_or_default();
    MenuOption { label, description, id: encoder.choice(ChoiceKind::Item, line) }
}

fn of_choice(choice: &Choice, encoder: &mut Encoder) -> MenuOption {
    MenuOption {
        label: choice.label.clone(),
        description: String::new(),
        id: encoder.choice(choice.kind, &choice.line),
    }
}

/// Menus with these options, numbered from `first` on.
fn menus(first: usize, options: &[MenuOption], placeholder: &str) -> Vec<CreateActionRow> {
    let chunks = options.chunks(limits::SELECT_OPTIONS).take(MAX_MENUS).enumerate();
    chunks
        .map(|(number, options)| CreateActionRow::SelectMenu(menu(first + number, options, placeholder)))
        .collect()
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
        .placeholder(cut(placeholder, limits::PLACEHOLDER))
}

fn button(id: &str, label: &str) -> CreateButton {
    CreateButton::new(id).style(ButtonStyle::Secondary).label(shown(label, limits::BUTTON_LABEL))
}

fn link_button(label: &str, url: &Url) -> CreateButton {
    CreateButton::new_link(url.as_str()).label(shown(label, limits::BUTTON_LABEL))
}

/// A label, which must not be empty.
fn shown(label: &str, most: usize) -> String {
    let label = cut(&label.split_whitespace().collect::<Vec<_>>().join(" "), most);
    if label.is_empty() { "…".into() } else { label }
}

/// A component as Discord wants it.
fn value(component: &impl serde::Serialize) -> Value {
    serde_json::to_value(component).unwrap_or_else(|_| json!({}))
}
