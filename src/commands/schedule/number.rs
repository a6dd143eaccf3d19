//! Which schedule is meant.

use crate::answer::{Answer, AnswerKind};
use crate::platform::Place;
use crate::say;

use super::super::command::Context;
use super::super::options::{Opt, Suggest, words};
use super::super::problem::Problem;
use super::super::text::clean;

/// Which one.
pub(super) const NUMBER: Opt = words("number", "option-schedule-number", true, Suggest::Nothing);

/// The room that is asked in.
///
/// # Errors
/// The answer where there are no rooms.
pub(super) fn room<'a>(context: &'a Context<'_>) -> Result<&'a Place, Problem> {
    let nowhere = || Answer::other(AnswerKind::WrongUsage, say!("room-nowhere"));
    context.request.places.first().ok_or_else(|| nowhere().into())
}

/// The number that was given. What is none is the number of no schedule.
pub(super) fn number(context: &Context<'_>) -> i64 {
    context.arg("number").and_then(|typed| typed.trim_start_matches('#').parse().ok()).unwrap_or(0)
}

/// The answer where the room has no such schedule.
pub(super) fn none(context: &Context<'_>) -> Answer {
    let typed = clean(context.arg("number").unwrap_or_default());
    Answer::other(AnswerKind::NothingFound, say!("schedule-none", number = typed))
        .choice(say!("schedule-all"), "schedule list")
}
