//! `/audit`: who changed what, and who was refused.

use crate::answer::{Answer, AnswerKind, Part};
use crate::say;

use super::caller::Role;
use super::command::{Command, Context};
use super::options::{Opt, OptKind, Suggest};
use super::parts::{parts, slot};
use super::problem::Problem;

pub(super) const COMMAND: Command = Command::new("audit", |context| Box::pin(run(context)))
    .options(&[Opt {
        name: "last",
        key: "option-audit-last",
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
            return Ok(Answer::other(AnswerKind::WrongUsage, say!("audit-number", most = MAX_AUDIT_ROWS)));
        }
    };
    let entries = context.world.community.audit(last).await?;
    if entries.is_empty() {
        return Ok(Answer::other(AnswerKind::NothingFound, say!("audit-none")));
    }
    let facts = entries.iter().map(|it| {
        let outcome = it.outcome.as_str();
        let line = match it.detail.is_empty() {
            true => say!("audit-entry", who = slot(0), command = &it.command, outcome = outcome),
            false => {
                let detail = &it.detail;
                say!(
                    "audit-entry-detail",
                    who = slot(0),
                    command = &it.command,
                    outcome = outcome,
                    detail = detail
                )
            }
        };
        (vec![Part::Time(it.at)], parts(&line, &[Part::Person(it.who.clone())]))
    });
    Ok(Answer::found(say!("audit-title")).facts(facts.collect()).private())
}
