//! `/point withdraw`: who made a point takes it back, or a moderator does.

use crate::answer::{Answer, AnswerKind};
use crate::community::Changed;
use crate::say;

use super::super::caller::Role;
use super::super::command::{Command, Context, Effect};
use super::super::problem::Problem;
use super::find::{self, DEBATE};
use super::support::{POINT, gone, number};

pub(in crate::commands) const COMMAND: Command =
    Command::new("point withdraw", |context| Box::pin(run(context)))
        .options(&[POINT, DEBATE])
        .examples(&["point withdraw 3"])
        .effect(Effect::Contributes);

async fn run(context: &Context<'_>) -> Result<Answer, Problem> {
    let number = number(context)?;
    let debate = find::debate(context).await?;
    if debate.stage.phase.is_over() {
        return Ok(find::over(&debate));
    }
    let caller = &context.request.caller;
    let moderates = caller.role >= Role::Moderator;
    let title = match context.world.community.withdraw(debate.id, number, &caller.id, moderates).await? {
        Changed::Done => {
            tracing::info!(debate = debate.id, point = number, by = caller.id, "a point was withdrawn");
            return Ok(Answer::found(say!("point-withdrawn", number = number)));
        }
        Changed::NotTheirs => say!("point-not-yours", number = number),
        Changed::Already | Changed::Gone => return Ok(gone(number)),
    };
    Ok(Answer::other(AnswerKind::Refused, title))
}
