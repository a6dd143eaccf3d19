//! `/audit`: who changed what, and who was refused.

use crate::answer::{Answer, AnswerKind, Entry};

use super::status::time;
use super::{Context, Problem};

/// The most entries shown at once.
const MOST: i64 = 100;

pub(super) async fn run(context: &Context<'_>) -> Result<Answer, Problem> {
    let last = match context.arg("last").map(str::parse::<i64>) {
        None => 10,
        Some(Ok(last)) if (1..=MOST).contains(&last) => last,
        Some(_) => {
            return Ok(Answer::other(
                AnswerKind::WrongUsage,
                format!("/audit takes a number from 1 to {MOST}."),
            ));
        }
    };
    let entries = context.world.community.audit(last).await?;
    if entries.is_empty() {
        return Ok(Answer::other(AnswerKind::NothingFound, "Nothing was done yet that is worth a note."));
    }
    let lines = entries.iter().map(|it| {
        let detail = if it.detail.is_empty() { String::new() } else { format!(": {}", it.detail) };
        Entry::new(time(it.at), format!("{} /{} {}{detail}", it.who, it.command, it.outcome))
    });
    Ok(Answer::found("Audit log").list("", lines.collect()).private())
}
