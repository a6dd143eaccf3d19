//! `/leave`: leaving a room.

use crate::answer::{After, Answer};
use crate::platform::Platform;
use crate::say;

use super::super::caller::Role;
use super::super::command::{Command, Context, Effect};
use super::super::problem::Problem;
use super::setting::nowhere;

pub(in crate::commands) const COMMAND: Command = Command::new("leave", |context| Box::pin(run(context)))
    .examples(&["leave"])
    .role(Role::Moderator)
    .effect(Effect::ChangesRoom)
    .only(Platform::Matrix);

async fn run(context: &Context<'_>) -> Result<Answer, Problem> {
    Ok(match nowhere(context) {
        Some(nowhere) => nowhere,
        None => Answer::found(say!("room-goodbye")).after(After::LeaveRoom),
    })
}
