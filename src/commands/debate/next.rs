//! `/debate next`: the next phase, before its time.

use crate::answer::{Answer, AnswerKind};
use crate::say;

use super::super::caller::Role;
use super::super::command::{Command, Context, Effect};
use super::super::problem::Problem;
use super::{announce, find};

pub(in crate::commands) const COMMAND: Command =
    Command::new("debate next", |context| Box::pin(run(context)))
        .examples(&["debate next"])
        .role(Role::Moderator)
        .effect(Effect::ChangesRoom);

async fn run(context: &Context<'_>) -> Result<Answer, Problem> {
    let debate = find::open_here(context).await?;
    let next = debate.stage.next(&debate.timetable, context.now());
    if !context.world.community.advance_debate(&debate, next).await? {
        return Ok(Answer::other(AnswerKind::Refused, say!("debate-moved-already")));
    }
    let done = Answer::found(say!("debate-moved", phase = next.phase.as_str())).private();
    announce::done(context, debate.id, done).await
}
