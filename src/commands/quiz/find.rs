//! The quiz that is meant.

use crate::answer::{Answer, AnswerKind};
use crate::community::Quiz;
use crate::say;

use super::super::command::Context;
use super::super::line::write as line;
use super::super::problem::Problem;
use super::super::rooms::{may_mean, rooms};

/// The last quiz of this room, or of its channel.
pub(super) async fn here(context: &Context<'_>) -> Result<Option<Quiz>, Problem> {
    for room in rooms(context.request) {
        if let Some(quiz) = context.world.community.last_quiz(&room).await? {
            return Ok(Some(quiz));
        }
    }
    Ok(None)
}

/// The quiz that is answered: of the number that was given, the one that asks something here, or in private the only one
/// that does in a room of the caller's.
///
/// # Errors
/// The answer where there is none.
pub(super) async fn answered(context: &Context<'_>) -> Result<Quiz, Problem> {
    let community = &context.world.community;
    if let Some(number) = context.request.number("quiz") {
        let known = community.quiz(i64::try_from(number).unwrap_or(i64::MAX)).await?;
        if let Some(quiz) = known
            && (rooms(context.request).contains(&quiz.room) || may_mean(context, &quiz.room).await)
        {
            return Ok(quiz);
        }
        return Err(none().into());
    }
    if let Some(quiz) = here(context).await? {
        return Ok(quiz);
    }
    let mut open = Vec::new();
    for quiz in community.open_quizzes().await? {
        if may_mean(context, &quiz.room).await {
            open.push(quiz);
        }
    }
    match <[Quiz; 1]>::try_from(open) {
        Ok([only]) => Ok(only),
        Err(several) if several.is_empty() => Err(none().into()),
        Err(several) => {
            let answer = Answer::other(AnswerKind::NothingFound, say!("quiz-several"));
            let line = |quiz: &Quiz| format!("{} --quiz {}", line::again(context.request), quiz.id);
            let label = |quiz: &Quiz| super::shown::title(quiz);
            Err(several.iter().fold(answer, |answer, quiz| answer.choice(label(quiz), line(quiz))).into())
        }
    }
}

/// The answer where there is no quiz.
pub(super) fn none() -> Answer {
    Answer::other(AnswerKind::NothingFound, say!("quiz-none")).choice(say!("quiz-begin"), "quiz")
}
