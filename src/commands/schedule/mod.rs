//! `/schedule …`: what a room gets again and again, at a time of day in its own time zone. When it comes is told by
//! [`crate::discussion`].

pub(super) mod add;
pub(super) mod list;
pub(super) mod pause;
mod post;
pub(super) mod remove;
pub(super) mod resume;
mod said;

use crate::answer::{Answer, AnswerKind};
use crate::say;

use super::command::{Context, Group};
use super::text::clean;

pub(super) use post::post_what_is_due;

/// The commands that begin with `schedule`.
pub(super) const GROUP: Group = Group { name: "schedule" };

/// The answer where the room has no such schedule.
fn none(context: &Context<'_>) -> Answer {
    let typed = clean(context.arg("number").unwrap_or_default());
    Answer::other(AnswerKind::NothingFound, say!("schedule-none", number = typed))
        .choice(say!("schedule-all"), "schedule list")
}
