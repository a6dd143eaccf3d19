//! Options that several commands have.

use crate::article::Kind;

use super::command::{Opt, OptKind, Suggest};

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
