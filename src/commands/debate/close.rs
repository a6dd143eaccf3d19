//! `/debate close`: the end of a debate, without a result.

use crate::answer::{Answer, AnswerKind};
use crate::discussion::{End, Phase, Stage};
use crate::say;

use super::super::caller::Role;
use super::super::command::{Command, Context, Effect};
use super::super::problem::Problem;
use super::{announce, find};

pub(in crate::commands) const COMMAND: Command =
    Command::new("debate close", |context| Box::pin(run(context)))
        .examples(&["debate close"])
        .role(Role::Moderator)
        .effect(Effect::ChangesRoom);

async fn run(context: &Context<'_>) -> Result<Answer, Problem> {
    let debate = find::open_here(context).await?;
    let closed = Stage { phase: Phase::Over(End::Closed), ends_at: context.now() };
    if !context.world.community.advance_debate(&debate, closed).await? {
        return Ok(Answer::other(AnswerKind::Refused, say!("debate-moved-already")));
    }
    let done = Answer::found(say!("debate-moved", phase = closed.phase.as_str())).private();
    announce::done(context, debate.id, done).await
}
