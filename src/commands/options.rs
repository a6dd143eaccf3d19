//! Options of commands: what they are, what was given for them, and those that several commands have.

use std::collections::BTreeMap;
use std::fmt;

use crate::article::Kind;

/// An option of a command.
#[derive(Debug)]
pub struct Opt {
    /// Its name, one lower-case word.
    pub name: &'static str,
    /// What it is for, in one line.
    pub about: &'static str,
    /// What one gives.
    pub kind: OptKind,
    /// Whether one must.
    pub required: bool,
    /// What is offered while one types.
    pub suggest: Suggest,
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

pub(super) const fn words(name: &'static str, about: &'static str, required: bool, suggest: Suggest) -> Opt {
    Opt { name, about, kind: OptKind::Words, required, suggest }
}

pub(super) const ARTICLE: Opt = Opt {
    name: "article",
    about: "Only in this article; “all” for all of them",
    kind: OptKind::Named,
    required: false,
    suggest: Suggest::Names(&[Kind::Article]),
};

pub(super) const PAGE: Opt = Opt {
    name: "page",
    about: "Which page of a long answer",
    kind: OptKind::Number,
    required: false,
    suggest: Suggest::Nothing,
};

pub(super) const SWITCH: Suggest = Suggest::OneOf(&["on", "off", "default"]);

pub(super) const EVERYWHERE: Opt = Opt {
    name: "everywhere",
    about: "For all rooms of this server that have nothing else decided",
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
pub(super) static ACTORS: Opt = words("actor", "", false, Suggest::Names(&[Kind::Actor]));
