//! `/debate vote`: a vote that nobody else sees.

use crate::answer::{Answer, AnswerKind, Part};
use crate::discussion::{Phase, Round, Vote};
use crate::say;

use super::super::command::{Command, Context, Effect};
use super::super::options::{Suggest, words};
use super::super::problem::Problem;
use super::find::{self, DEBATE};
use super::standing::ends;

const VOTES: Suggest = Suggest::OneOf(&["for", "against", "undecided"]);

pub(in crate::commands) const COMMAND: Command =
    Command::new("debate vote", |context| Box::pin(run(context)))
        .options(&[words("vote", "option-debate-vote-vote", true, VOTES), DEBATE])
        .examples(&["debate vote for"])
        .effect(Effect::Contributes)
        .secret();

async fn run(context: &Context<'_>) -> Result<Answer, Problem> {
    let Some(vote) = context.arg("vote").and_then(Vote::read) else {
        return Ok(Answer::other(AnswerKind::WrongUsage, say!("debate-vote-what")));
    };
    let debate = find::debate(context).await?;
    let round = match debate.stage.phase {
        Phase::FirstVote => Round::Before,
        Phase::SecondVote => Round::After,
        Phase::Discussion => {
            let answer = Answer::other(AnswerKind::Refused, say!("debate-no-vote-now"));
            return Ok(answer.facts(ends(&debate)));
        }
        Phase::Over(_) => return Ok(find::over(&debate)),
    };
    let (community, person) = (&context.world.community, &context.request.caller.id);
    if !community.vote(&debate, round, person, vote).await? {
        return Ok(Answer::other(AnswerKind::Refused, say!("debate-vote-late")));
    }
    let answer = Answer::found(say!("debate-voted", vote = vote.as_str()))
        .paragraph(say!("debate-motion", motion = &debate.motion))
        .paragraph(say!("debate-may-change"))
        .facts(vec![(vec![Part::Text(say!("debate-vote-ends"))], vec![Part::Time(debate.stage.ends_at)])]);
    Ok(match round == Round::After && !community.has_voted(debate.id, Round::Before, person).await? {
        true => Answer { note: Some(say!("debate-voted-once")), ..answer },
        false => answer,
    })
}
