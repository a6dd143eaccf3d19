//! `/reading …`: the articles that a room reads, one after the other. On its day each becomes the one that is meant there.

pub(super) mod add;
pub(super) mod list;
mod post;
pub(super) mod remove;
mod said;
pub(super) mod show;

use super::command::Group;

pub(super) use post::begin_readings;

/// The commands that begin with `reading`.
pub(super) const GROUP: Group = Group { name: "reading" };
