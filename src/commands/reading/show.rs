//! `/reading show`: what the room reads now, and what comes next.

use crate::answer::{Answer, AnswerKind};
use crate::say;

use super::super::command::{Command, Context};
use super::super::numbered::room;
use super::super::problem::Problem;
use super::{list, said};

pub(in crate::commands) const COMMAND: Command =
    Command::new("reading show", |context| Box::pin(run(context))).examples(&["reading show"]);

async fn run(context: &Context<'_>) -> Result<Answer, Problem> {
    let (world, library, room) = (context.world, context.library()?, room(context)?);
    let readings = world.community.readings(room).await?;
    let today = said::today(world, room).await?;
    let mut next = Vec::new();
    if let Some(reading) = readings.iter().find(|reading| !reading.has_begun) {
        next.push(said::entry(library, reading).await?);
    }
    let answer = match readings.iter().rfind(|reading| said::is_on(reading, today)) {
        Some(reading) => said::now(library, reading).await?,
        None if next.is_empty() => return Ok(list::none()),
        None => Answer::other(AnswerKind::Found, say!("reading-nothing-now")),
    };
    Ok(answer.list(say!("reading-next"), next))
}
