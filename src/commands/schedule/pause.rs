//! `/schedule pause`: something that the room gets waits until it is resumed.

use crate::answer::Answer;
use crate::say;

use super::super::caller::Role;
use super::super::command::{Command, Context, Effect};
use super::super::numbered::{NUMBER, number, room};
use super::super::problem::Problem;
use super::none;

pub(in crate::commands) const COMMAND: Command =
    Command::new("schedule pause", |context| Box::pin(run(context)))
        .options(&[NUMBER])
        .examples(&["schedule pause 1"])
        .role(Role::Moderator)
        .effect(Effect::ChangesRoom);

async fn run(context: &Context<'_>) -> Result<Answer, Problem> {
    let (room, number) = (room(context)?, number(context));
    Ok(match context.world.community.pause_schedule(room, number).await? {
        true => Answer::found(say!("schedule-pause-done", number = number)).private(),
        false => none(context),
    })
}
