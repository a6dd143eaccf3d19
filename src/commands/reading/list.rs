//! `/reading list`: what the room reads, in the order of the days.

use crate::answer::{Answer, AnswerKind};
use crate::say;

use super::super::command::{Command, Context};
use super::super::numbered::room;
use super::super::problem::Problem;
use super::said;

pub(in crate::commands) const COMMAND: Command =
    Command::new("reading list", |context| Box::pin(run(context))).examples(&["reading list"]);

async fn run(context: &Context<'_>) -> Result<Answer, Problem> {
    let library = context.library()?;
    let mut entries = Vec::new();
    for reading in context.world.community.readings(room(context)?).await? {
        entries.push(said::entry(library, &reading).await?);
    }
    match entries.is_empty() {
        true => Ok(none()),
        false => Ok(Answer::found(say!("reading-title")).list("", entries)),
    }
}

/// The answer where the room has no list.
pub(super) fn none() -> Answer {
    Answer::other(AnswerKind::NothingFound, say!("reading-none"))
}
