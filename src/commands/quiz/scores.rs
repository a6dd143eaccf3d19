//! `/scores`: how well people did in the quizzes of a room.

use crate::answer::{Answer, AnswerKind, Part};
use crate::say;

use super::super::command::{Command, Context};
use super::super::problem::Problem;
use super::super::rooms::rooms;

pub(in crate::commands) const COMMAND: Command =
    Command::new("scores", |context| Box::pin(run(context))).examples(&["scores"]);

async fn run(context: &Context<'_>) -> Result<Answer, Problem> {
    let mut scores = Vec::new();
    for room in rooms(context.request) {
        scores = context.world.community.scores(&room).await?;
        if !scores.is_empty() {
            break;
        }
    }
    if scores.is_empty() {
        let answer = Answer::other(AnswerKind::NothingFound, say!("scores-none"));
        return Ok(answer.choice(say!("quiz-begin"), "quiz"));
    }
    let facts = scores.into_iter().map(|score| {
        let value = say!("scores-of", right = score.right, answered = score.answered);
        (vec![Part::Person(score.person)], vec![Part::Text(value)])
    });
    Ok(Answer::found(say!("scores-title")).facts(facts.collect()).paragraph(say!("scores-forget")))
}
