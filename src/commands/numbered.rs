//! Things of a room that are told by their numbers.

use crate::answer::{Answer, AnswerKind};
use crate::platform::Place;
use crate::say;

use super::command::Context;
use super::options::{Opt, Suggest, words};
use super::problem::Problem;

/// Which one.
pub(super) const NUMBER: Opt = words("number", "option-number", true, Suggest::Nothing);

/// The room that is asked in.
///
/// # Errors
/// The answer where there are no rooms.
pub(super) fn room<'a>(context: &'a Context<'_>) -> Result<&'a Place, Problem> {
    let nowhere = || Answer::other(AnswerKind::WrongUsage, say!("room-nowhere"));
    context.request.places.first().ok_or_else(|| nowhere().into())
}

/// The number that was given. What is none is the number of nothing.
pub(super) fn number(context: &Context<'_>) -> i64 {
    context.arg("number").and_then(|typed| typed.trim_start_matches('#').parse().ok()).unwrap_or(0)
}
