//! `/debate …`, `/point …` and `/points`: a motion that people vote on, argue about, and vote on again. The rules are in
//! [`crate::discussion`].

mod announce;
pub(super) mod close;
mod evidence;
pub(super) mod export;
mod find;
pub(super) mod next;
pub(super) mod open;
pub(super) mod point;
mod point_text;
pub(super) mod points;
pub(super) mod show;
mod standing;
pub(super) mod support;
pub(super) mod vote;
pub(super) mod withdraw;

use super::command::Group;

pub(super) use announce::{announce_all, move_debates_on};

/// The commands that begin with `debate`.
pub(super) const GROUP: Group = Group { name: "debate" };

/// The commands that begin with `point`.
pub(super) const POINT_GROUP: Group = Group { name: "point" };
