//! `/schedule remove`: something that the room gets ends.

use crate::answer::Answer;
use crate::say;

use super::super::caller::Role;
use super::super::command::{Command, Context, Effect};
use super::super::numbered::{NUMBER, number, room};
use super::super::problem::Problem;
use super::none;

pub(in crate::commands) const COMMAND: Command =
    Command::new("schedule remove", |context| Box::pin(run(context)))
        .options(&[NUMBER])
        .examples(&["schedule remove 1"])
        .role(Role::Moderator)
        .effect(Effect::ChangesRoom);

async fn run(context: &Context<'_>) -> Result<Answer, Problem> {
    let (room, number) = (room(context)?, number(context));
    Ok(match context.world.community.remove_schedule(room, number).await? {
        true => Answer::found(say!("schedule-remove-done", number = number)).private(),
        false => none(context),
    })
}
