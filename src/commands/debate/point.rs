//! `/point for` and `/point against`: what somebody says for or against the motion, with evidence from the text.

use crate::answer::{Answer, AnswerKind};
use crate::community::{Added, NewPoint};
use crate::discussion::{MAX_POINT, MIN_POINT, Phase, Side, WrongPoint, check_point};
use crate::say;

use super::super::command::{Command, Context, Effect};
use super::super::options::{ARTICLE, Opt, OptKind, Suggest, words};
use super::super::problem::Problem;
use super::super::text::one_line;
use super::find::{self, DEBATE};
use super::standing::ends;
use super::{evidence, point_text};

const WORDS: Opt = words("words", "option-point-words", true, Suggest::Nothing);

const CITE: Opt = Opt {
    name: "cite",
    key: "option-point-cite",
    kind: OptKind::Named,
    required: false,
    suggest: Suggest::Names(&evidence::CITED),
};

pub(in crate::commands) const FOR: Command =
    Command::new("point for", |context| Box::pin(run(context, Side::For)))
        .options(&[WORDS, CITE, DEBATE, ARTICLE])
        .examples(&["point for Both have to act against trafficking --cite \"Shared responsibility worked\""])
        .effect(Effect::Contributes);

pub(in crate::commands) const AGAINST: Command =
    Command::new("point against", |context| Box::pin(run(context, Side::Against)))
        .options(&[WORDS, CITE, DEBATE, ARTICLE])
        .examples(&["point against The plans of the past did not last longer than a president"])
        .effect(Effect::Contributes);

async fn run(context: &Context<'_>, side: Side) -> Result<Answer, Problem> {
    let words = one_line(context.arg("words").unwrap_or_default());
    match check_point(&words) {
        Ok(()) => {}
        Err(WrongPoint::Short(length)) => {
            let title = say!("point-short", length = length, least = MIN_POINT);
            return Ok(Answer::other(AnswerKind::WrongUsage, title));
        }
        Err(WrongPoint::Long(length)) => {
            let title = say!("point-long", length = length, most = MAX_POINT);
            return Ok(Answer::other(AnswerKind::WrongUsage, title));
        }
    }
    let debate = find::debate(context).await?;
    let phase = debate.stage.phase;
    if phase.is_over() {
        return Ok(find::over(&debate));
    }
    if !phase.takes_points() {
        let title = if phase == Phase::FirstVote { say!("point-too-early") } else { say!("point-too-late") };
        return Ok(Answer::other(AnswerKind::Refused, title).facts(ends(&debate)));
    }
    let evidence = match context.arg("cite") {
        Some(typed) => Some(evidence::cited(context, typed).await?.stored()),
        None => None,
    };
    let person = context.request.caller.id.clone();
    let new = NewPoint { debate: debate.id, side, words, person, evidence };
    let community = &context.world.community;
    let number = match community.add_point(&new).await? {
        Added::Number(number) | Added::Again(number) => number,
        Added::TooMany => return Ok(Answer::other(AnswerKind::Refused, say!("point-too-many"))),
    };
    let points = community.points(debate.id).await?;
    match points.iter().find(|point| point.number == number) {
        Some(point) => point_text::answer(context.library.as_deref(), debate.id, point).await,
        None => Ok(super::support::gone(number)),
    }
}
