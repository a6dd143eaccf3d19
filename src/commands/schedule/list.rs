//! `/schedule list`: what the room gets, and when it comes next.

use crate::answer::{Answer, AnswerKind};
use crate::say;

use super::super::caller::Role;
use super::super::command::{Command, Context};
use super::super::numbered::room;
use super::super::problem::Problem;
use super::said;

pub(in crate::commands) const COMMAND: Command =
    Command::new("schedule list", |context| Box::pin(run(context)))
        .examples(&["schedule list"])
        .role(Role::Moderator);

async fn run(context: &Context<'_>) -> Result<Answer, Problem> {
    let schedules = context.world.community.schedules(room(context)?).await?;
    if schedules.is_empty() {
        let answer = Answer::other(AnswerKind::NothingFound, say!("schedule-nothing"));
        return Ok(answer.choice(say!("choice-help"), "help schedule add"));
    }
    Ok(Answer::found(say!("schedule-title")).list("", schedules.iter().map(said::entry).collect()).private())
}
