//! `/schedule …`: what a room gets again and again, at a time of day in its own time zone. When it comes is told by
//! [`crate::discussion`].

pub(super) mod add;
pub(super) mod list;
mod number;
pub(super) mod pause;
mod post;
pub(super) mod remove;
pub(super) mod resume;
mod said;

use super::command::Group;

pub(super) use post::post_what_is_due;

/// The commands that begin with `schedule`.
pub(super) const GROUP: Group = Group { name: "schedule" };
