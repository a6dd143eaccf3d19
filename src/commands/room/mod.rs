//! `/room …`: what moderators set for a room. A thread without a setting takes its channel's, and a channel its
//! server's.

pub(super) mod article;
pub(super) mod commands;
pub(super) mod language;
pub(super) mod leave;
pub(super) mod prefix;
pub(super) mod private;
mod setting;
pub(super) mod show;

use super::command::Group;

/// The commands that begin with `room`.
pub(super) const GROUP: Group = Group { name: "room" };
