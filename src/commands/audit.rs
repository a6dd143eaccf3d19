//! `/audit`: who changed what, and who was refused.

use crate::answer::{Answer, AnswerKind, Part};

use super::command::{Command, Opt, OptKind, Role, Suggest};
use super::context::{Context, Problem};

pub(super) const COMMAND: Command =
    Command::new("audit", "Who changed what, and who was refused", |context| Box::pin(run(context)))
        .options(&[Opt {
            name: "last",
            about: "How many entries, 10 if not said",
            kind: OptKind::Words,
            required: false,
            suggest: Suggest::Nothing,
        }])
        .examples(&["audit", "audit 50"])
        .role(Role::Editor);

/// The most entries shown at once.
const MAX_AUDIT_ROWS: i64 = 100;

pub(super) async fn run(context: &Context<'_>) -> Result<Answer, Problem> {
    let last = match context.arg("last").map(str::parse::<i64>) {
        None => 10,
        Some(Ok(last)) if (1..=MAX_AUDIT_ROWS).contains(&last) => last,
        Some(_) => {
            return Ok(Answer::other(
                AnswerKind::WrongUsage,
                format!("/audit takes a number from 1 to {MAX_AUDIT_ROWS}."),
            ));
        }
    };
    let entries = context.world.community.audit(last).await?;
    if entries.is_empty() {
        return Ok(Answer::other(AnswerKind::NothingFound, "Nothing was done yet that is worth a note."));
    }
    let facts = entries.iter().map(|it| {
        let detail = if it.detail.is_empty() { String::new() } else { format!(": {}", it.detail) };
        let what = Part::Text(format!(" /{} {}{detail}", it.command, it.outcome.as_str()));
        (vec![Part::Time(it.at)], vec![Part::Person(it.who.clone()), what])
    });
    Ok(Answer::found("Audit log").facts(facts.collect()).private())
}
