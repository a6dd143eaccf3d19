//! `/leave`: leaving a room.

use crate::answer::{After, Answer};
use crate::platform::Platform;

use super::super::command::{Command, Effect, Role};
use super::super::context::{Context, Problem};
use super::setting::nowhere;

pub(in crate::commands) const COMMAND: Command =
    Command::new("leave", "Leave this room", |context| Box::pin(run(context)))
        .examples(&["leave"])
        .role(Role::Moderator)
        .effect(Effect::ChangesRoom)
        .only(Platform::Matrix);

async fn run(context: &Context<'_>) -> Result<Answer, Problem> {
    Ok(match nowhere(context) {
        Some(nowhere) => nowhere,
        None => Answer::found("Goodbye. Who wants to ask again invites me again.").after(After::LeaveRoom),
    })
}
