//! `/ask`: the answer to a question.

use crate::answer::Answer;

use super::command::{Command, Context};
use super::gaps;
use super::options::{ARTICLE, Suggest, words};
use super::problem::Problem;
use super::search;

pub(super) const COMMAND: Command =
    Command::new("ask", "Answer a question", |context| Box::pin(run(context)))
        .options(&[
            words("question", "A question, as you would ask a person", true, Suggest::Nothing),
            ARTICLE,
        ])
        .examples(&["ask who was offered asylum", "ask why does AMLO distrust Democrats"]);

async fn run(context: &Context<'_>) -> Result<Answer, Problem> {
    let question = context.arg("question").unwrap_or_default();
    let answer = search::for_words(context, question).await?;
    gaps::note(context, question, &answer).await;
    Ok(answer)
}
