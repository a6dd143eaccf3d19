//! `/point support`: a point that somebody else made is a good one.

use crate::answer::{Answer, AnswerKind};
use crate::community::Changed;
use crate::say;

use super::super::command::{Command, Context, Effect};
use super::super::options::{Opt, Suggest, words};
use super::super::problem::Problem;
use super::super::text::clean;
use super::find::{self, DEBATE};
use super::point_text;

/// Which point.
pub(super) const POINT: Opt = words("point", "option-point-number", true, Suggest::Nothing);

pub(in crate::commands) const COMMAND: Command =
    Command::new("point support", |context| Box::pin(run(context)))
        .options(&[POINT, DEBATE])
        .examples(&["point support 3"])
        .effect(Effect::Contributes);

async fn run(context: &Context<'_>) -> Result<Answer, Problem> {
    let number = number(context)?;
    let debate = find::debate(context).await?;
    if debate.stage.phase.is_over() {
        return Ok(find::over(&debate));
    }
    let community = &context.world.community;
    match community.support(debate.id, number, &context.request.caller.id).await? {
        Changed::Done => {}
        Changed::Already => {
            return Ok(Answer::other(AnswerKind::Refused, say!("point-supported-already", number = number)));
        }
        Changed::NotTheirs => {
            return Ok(Answer::other(AnswerKind::Refused, say!("point-support-own", number = number)));
        }
        Changed::Gone => return Ok(gone(number)),
    }
    let points = community.points(debate.id).await?;
    match points.iter().find(|point| point.number == number) {
        Some(point) => point_text::answer(context.library.as_deref(), debate.id, point).await,
        None => Ok(gone(number)),
    }
}

/// The number of a point that was typed.
///
/// # Errors
/// The answer to something else.
pub(super) fn number(context: &Context<'_>) -> Result<i64, Problem> {
    let typed = context.arg("point").unwrap_or_default();
    match typed.trim_start_matches('#').parse::<i64>() {
        Ok(number) if number > 0 => Ok(number),
        _ => {
            let answer = Answer::other(AnswerKind::WrongUsage, say!("point-no-number", typed = clean(typed)));
            Err(answer.choice(say!("debate-all-points"), "points").into())
        }
    }
}

/// The answer about a point that is not there.
pub(super) fn gone(number: i64) -> Answer {
    Answer::other(AnswerKind::NothingFound, say!("point-gone", number = number))
        .choice(say!("debate-all-points"), "points")
}
