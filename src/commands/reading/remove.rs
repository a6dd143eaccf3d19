//! `/reading remove`: an article that the room is not to read after all.

use crate::answer::{Answer, AnswerKind};
use crate::say;

use super::super::caller::Role;
use super::super::command::{Command, Context, Effect};
use super::super::numbered::{NUMBER, number, room};
use super::super::problem::Problem;

pub(in crate::commands) const COMMAND: Command =
    Command::new("reading remove", |context| Box::pin(run(context)))
        .options(&[NUMBER])
        .examples(&["reading remove 1"])
        .role(Role::Moderator)
        .effect(Effect::ChangesRoom);

async fn run(context: &Context<'_>) -> Result<Answer, Problem> {
    let number = number(context);
    Ok(match context.world.community.remove_reading(room(context)?, number).await? {
        true => Answer::found(say!("reading-removed", number = number)).private(),
        false => Answer::other(AnswerKind::NothingFound, say!("reading-not-there"))
            .choice(say!("reading-all"), "reading list"),
    })
}
