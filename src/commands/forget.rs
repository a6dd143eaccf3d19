//! `/forget me`: what is kept under somebody's name goes.

use crate::answer::{Answer, Entry};
use crate::say;

use super::command::{Command, Context, Effect, Group};
use super::problem::Problem;

/// The commands that begin with `forget`.
pub(super) const GROUP: Group = Group { name: "forget" };

pub(super) const COMMAND: Command = Command::new("forget me", |context| Box::pin(run(context)))
    .examples(&["forget me"])
    .effect(Effect::Personal);

async fn run(context: &Context<'_>) -> Result<Answer, Problem> {
    let forgotten = context.world.community.forget(&context.request.caller.id).await?;
    let counted = [
        ("votes", forgotten.votes),
        ("points", forgotten.points),
        ("supports", forgotten.supports),
        ("answers", forgotten.answers),
        ("languages", forgotten.languages),
    ];
    let entries: Vec<Entry> = counted
        .into_iter()
        .filter(|(_, number)| *number > 0)
        .map(|(what, number)| Entry::new("", say!("forget-what", what = what, number = number)))
        .collect();
    if entries.is_empty() {
        return Ok(Answer::found(say!("forget-nothing")).paragraph(say!("forget-stays")).private());
    }
    Ok(Answer::found(say!("forget-done")).list("", entries).paragraph(say!("forget-stays")).private())
}
