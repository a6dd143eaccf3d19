//! `/schedule resume`: something that waits comes again.

use crate::answer::Answer;
use crate::say;

use super::super::caller::Role;
use super::super::command::{Command, Context, Effect};
use super::super::numbered::{NUMBER, number, room};
use super::super::problem::Problem;
use super::none;
use super::said;

pub(in crate::commands) const COMMAND: Command =
    Command::new("schedule resume", |context| Box::pin(run(context)))
        .options(&[NUMBER])
        .examples(&["schedule resume 1"])
        .role(Role::Moderator)
        .effect(Effect::ChangesRoom);

async fn run(context: &Context<'_>) -> Result<Answer, Problem> {
    let (room, number) = (room(context)?, number(context));
    let community = &context.world.community;
    let known = community.schedules(room).await?.into_iter().find(|schedule| schedule.id == number);
    let Some(schedule) = known else { return Ok(none(context)) };
    let Some(next_at) = said::next(&schedule.days, &schedule.time, &schedule.zone, context.now()) else {
        return Ok(none(context));
    };
    community.resume_schedule(room, number, next_at).await?;
    let at = said::at(&crate::community::Schedule { next_at, ..schedule });
    Ok(Answer::found(say!("schedule-resume-done", number = number, at = at)).private())
}
