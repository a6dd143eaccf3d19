//! `/debate show`: where a debate stands.

use crate::answer::Answer;
use crate::say;

use super::super::command::{Command, Context};
use super::super::problem::Problem;
use super::find::{self, DEBATE};
use super::standing;

pub(in crate::commands) const COMMAND: Command =
    Command::new("debate show", |context| Box::pin(run(context)))
        .options(&[DEBATE])
        .examples(&["debate show"]);

async fn run(context: &Context<'_>) -> Result<Answer, Problem> {
    let debate = find::debate(context).await?;
    let answer = standing::answer(context.world, &debate).await?;
    Ok(match context.world.community.is_refused(debate.id, debate.stage.phase).await? {
        true => Answer { note: Some(say!("debate-refused")), ..answer },
        false => answer,
    })
}
