//! Options of commands: what they are, what was given for them, and those that several commands have.

use std::collections::BTreeMap;
use std::fmt;

use crate::article::Kind;
use crate::locale::{Fill as _, fill};

use super::caller::RoomWord;
use super::names::NameOf;

/// An option of a command.
#[derive(Debug)]
pub struct Opt {
    /// Its name, one lower-case word.
    pub name: &'static str,
    /// The message of the catalogue that says what it is for.
    pub key: &'static str,
    /// What one gives.
    pub kind: OptKind,
    /// Whether one must.
    pub required: bool,
    /// What is offered while one types.
    pub suggest: Suggest,
}

impl Opt {
    /// What it is called in the current language.
    pub fn called(&self) -> String {
        NameOf::Option.called(self.name)
    }

    /// What was given for it, in English where it is one of a few words.
    pub(super) fn english(&self, value: Value) -> Value {
        match (&value, self.suggest) {
            (Value::Text(typed), Suggest::OneOf(values)) => {
                let meant = values.iter().find(|it| NameOf::Value.is_called(it, typed));
                meant.map_or(value, |meant| (*meant).into())
            }
            _ => value,
        }
    }

    /// What it is for, in one line.
    pub fn about(&self, place: RoomWord) -> String {
        fill(self.key, &[("place", place.as_str().value())])
    }
}

/// What is given for an option.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OptKind {
    /// Words, in their place (`quote Octavio Paz`). The last such option takes all that is left.
    Words,
    /// Words after the option's name (`--article us-mexico`).
    Named,
    /// A whole number from 1 on, after the option's name (`--page 2`).
    Number,
    /// Nothing: it is there or not (`--dry-run`).
    Flag,
    /// A file, after the option's name: its name or path. Platforms hand over what is in it.
    File,
}

/// What is offered while one types.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Suggest {
    /// Nothing.
    Nothing,
    /// Names of things of these kinds.
    Names(&'static [Kind]),
    /// Names of commands.
    Commands,
    /// Revisions.
    Revisions,
    /// Actors, and years in which something happened.
    Times,
    /// Languages of the catalogue.
    Languages,
    /// One of these, and nothing else.
    OneOf(&'static [&'static str]),
}

/// What was given for a command's options, by their names.
pub type Args = BTreeMap<&'static str, Value>;

/// What was given for an option.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Words, or the name of a file.
    Text(String),
    /// A whole number.
    Number(u64),
    /// The flag is set.
    Flag,
}

impl From<&str> for Value {
    fn from(text: &str) -> Value {
        Value::Text(text.into())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Value {
        Value::Text(text)
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Text(text) => f.write_str(text),
            Value::Number(number) => number.fmt(f),
            Value::Flag => f.write_str("yes"),
        }
    }
}

pub(super) const fn words(name: &'static str, key: &'static str, required: bool, suggest: Suggest) -> Opt {
    Opt { name, key, kind: OptKind::Words, required, suggest }
}

pub(super) const ARTICLE: Opt = Opt {
    name: "article",
    key: "option-article",
    kind: OptKind::Named,
    required: false,
    suggest: Suggest::Names(&[Kind::Article]),
};

pub(super) const PAGE: Opt = Opt {
    name: "page",
    key: "option-page",
    kind: OptKind::Number,
    required: false,
    suggest: Suggest::Nothing,
};

/// What takes a setting or a choice back.
pub const DEFAULT: &str = "default";

/// What switches something on.
pub(super) const ON: &str = "on";

/// What switches something off.
pub(super) const OFF: &str = "off";

pub(super) const SWITCH: Suggest = Suggest::OneOf(&[ON, OFF, DEFAULT]);

pub(super) const EVERYWHERE: Opt = Opt {
    name: "everywhere",
    key: "option-everywhere",
    kind: OptKind::Flag,
    required: false,
    suggest: Suggest::Nothing,
};

/// Everything that can be asked for with `/search` and `/source`, but articles.
pub(super) const ITEMS: [Kind; 7] =
    [Kind::Actor, Kind::Event, Kind::Quote, Kind::Argument, Kind::Fact, Kind::Relation, Kind::Topic];

/// What can be compared with another of its kind.
pub(super) const COMPARED: [Kind; 3] = [Kind::Actor, Kind::Argument, Kind::Article];

/// The other half of [`Suggest::Times`].
pub(super) static ACTORS: Opt = words("actor", "option-actor-name", false, Suggest::Names(&[Kind::Actor]));
