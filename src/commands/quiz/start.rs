//! `/quiz`: begins a quiz, shows an answer, goes on.

use crate::answer::{Answer, AnswerKind};
use crate::article::{Item, Kind};
use crate::community::{NewQuiz, Quiz};
use crate::discussion::{ANSWER_TIME, MAX_QUESTIONS, questions};
use crate::library::Library;
use crate::say;

use super::super::caller::Role;
use super::super::command::{Command, Context, Effect};
use super::super::options::{ARTICLE, Opt, OptKind, Suggest, words};
use super::super::problem::Problem;
use super::super::show;
use super::super::text::clean;
use super::{find, post};

/// How many questions a quiz has if nobody says so.
const QUESTIONS: usize = 5;

const fn flag(name: &'static str, key: &'static str) -> Opt {
    Opt { name, key, kind: OptKind::Flag, required: false, suggest: Suggest::Nothing }
}

pub(in crate::commands) const COMMAND: Command = Command::new("quiz", |context| Box::pin(run(context)))
    .options(&[
        words("questions", "option-quiz-questions", false, Suggest::Nothing),
        flag("reveal", "option-quiz-reveal"),
        flag("next", "option-quiz-next"),
        ARTICLE,
    ])
    .examples(&["quiz", "quiz 10"])
    .effect(Effect::Contributes);

async fn run(context: &Context<'_>) -> Result<Answer, Problem> {
    match (context.request.flag("reveal"), context.request.flag("next")) {
        (true, _) => reveal(context).await,
        (false, true) => next(context).await,
        (false, false) => begin(context).await,
    }
}

async fn begin(context: &Context<'_>) -> Result<Answer, Problem> {
    let number = match context.arg("questions") {
        None => QUESTIONS,
        Some(typed) => match typed.parse::<usize>().ok().filter(|it| (1..=MAX_QUESTIONS).contains(it)) {
            Some(number) => number,
            None => {
                let title = say!("quiz-how-many", typed = clean(typed), most = MAX_QUESTIONS);
                return Ok(Answer::other(AnswerKind::WrongUsage, title));
            }
        },
    };
    let (world, request) = (context.world, context.request);
    let library = context.library()?;
    let Some(article) = article(context, library).await? else { return Ok(too_little()) };
    let items: Vec<Item> =
        library.pack(&article).await?.map(|pack| pack.into_items().collect()).unwrap_or_default();
    let questions = questions(&items, number, &world.rng);
    if questions.is_empty() {
        return Ok(too_little());
    }
    let new = NewQuiz {
        room: request.room(),
        starter: request.caller.id.clone(),
        language: world.language("", None, &request.places).await,
        article,
        questions,
        ends_at: context.now().saturating_add(ANSWER_TIME),
    };
    // Where nobody is posted to, the last one makes room.
    if let Some(last) = world.community.last_quiz(&new.room).await?
        && (last.ends_at <= context.now() || request.places.is_empty())
    {
        world.community.reveal_quiz(&last).await?;
    }
    match world.community.begin_quiz(&new).await? {
        Some(id) => post::done(context, id, Answer::found(say!("quiz-begun")).private()).await,
        None => Ok(Answer::other(AnswerKind::Refused, say!("quiz-begun-already"))),
    }
}

fn too_little() -> Answer {
    Answer::other(AnswerKind::NothingFound, say!("quiz-too-little"))
}

/// The id of the article that is asked about: the one that is meant, or any.
async fn article(context: &Context<'_>, library: &Library) -> Result<Option<String>, Problem> {
    let row = match show::article(context).await? {
        Some(row) => row,
        None => {
            let count = usize::try_from(library.article_count()).unwrap_or(0);
            i64::try_from(context.world.rng.below(count)).unwrap_or(0) + 1
        }
    };
    let rows = library.of_kind(row, Kind::Article).await?;
    Ok(library.records(&rows).await?.into_iter().next().map(|record| record.article_key))
}

async fn reveal(context: &Context<'_>) -> Result<Answer, Problem> {
    let Some(quiz) = find::here(context).await?.filter(|quiz| quiz.is_asking) else {
        return Ok(find::none());
    };
    if !is_over_to(context, &quiz) {
        return Ok(Answer::other(AnswerKind::Refused, say!("quiz-not-yours")));
    }
    context.world.community.reveal_quiz(&quiz).await?;
    post::done(context, quiz.id, Answer::found(say!("quiz-revealed")).private()).await
}

/// Whether somebody may end the time for an answer: who began the quiz, and moderators.
fn is_over_to(context: &Context<'_>, quiz: &Quiz) -> bool {
    let caller = &context.request.caller;
    quiz.starter == caller.id || caller.role >= Role::Moderator
}

async fn next(context: &Context<'_>) -> Result<Answer, Problem> {
    let Some(quiz) = find::here(context).await? else { return Ok(find::none()) };
    if quiz.is_asking {
        return Ok(Answer::other(AnswerKind::Refused, say!("quiz-begun-already")));
    }
    if quiz.number + 1 >= quiz.questions.len() {
        let answer = Answer::other(AnswerKind::Refused, say!("quiz-over"));
        return Ok(answer.choice(say!("quiz-scores"), "scores").choice(say!("quiz-begin"), "quiz"));
    }
    let ends_at = context.now().saturating_add(ANSWER_TIME);
    match context.world.community.next_of_quiz(&quiz, ends_at).await? {
        true => post::done(context, quiz.id, Answer::found(say!("quiz-goes-on")).private()).await,
        false => Ok(Answer::other(AnswerKind::Refused, say!("quiz-begun-already"))),
    }
}
