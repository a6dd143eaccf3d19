//! `/answer`: an answer to a question of a quiz, which nobody else sees before the right one is shown.

use crate::answer::{Answer, AnswerKind};
use crate::platform::Place;
use crate::say;

use super::super::command::{Command, Context, Effect};
use super::super::options::{Opt, OptKind, Suggest, words};
use super::super::problem::Problem;
use super::shown::{LETTERS, lettered};
use super::{find, post};

const QUIZ: Opt = Opt {
    name: "quiz",
    key: "option-quiz",
    kind: OptKind::Number,
    required: false,
    suggest: Suggest::Nothing,
};

pub(in crate::commands) const COMMAND: Command = Command::new("answer", |context| Box::pin(run(context)))
    .options(&[words("choice", "option-answer-choice", true, Suggest::OneOf(&LETTERS)), QUIZ])
    .examples(&["answer b"])
    .effect(Effect::Contributes)
    .secret();

async fn run(context: &Context<'_>) -> Result<Answer, Problem> {
    let typed = context.arg("choice").unwrap_or_default().to_lowercase();
    let Some(choice) = LETTERS.iter().position(|letter| *letter == typed) else {
        return Ok(Answer::other(AnswerKind::WrongUsage, say!("quiz-answer-what")));
    };
    let quiz = find::answered(context).await?;
    let community = &context.world.community;
    let is_late = || Answer::other(AnswerKind::Refused, say!("quiz-late"));
    let in_time = quiz.is_asking && (context.now() < quiz.ends_at || quiz.room.parse::<Place>().is_err());
    if !in_time || !community.answer_quiz(&quiz, &context.request.caller.id, choice).await? {
        return Ok(is_late());
    }
    // Where one person plays, nobody is waited for.
    if quiz.room.parse::<Place>().is_err() {
        community.reveal_quiz(&quiz).await?;
        return post::done(context, quiz.id, is_late()).await;
    }
    let chosen =
        quiz.questions.get(quiz.number).map(|question| lettered(question, choice)).unwrap_or_default();
    Ok(Answer::found(say!("quiz-your-answer", choice = chosen)).paragraph(say!("quiz-may-change")))
}
