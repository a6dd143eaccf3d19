//! What is posted of a quiz: its questions, and in their places the answers.

use std::sync::Arc;

use crate::answer::Answer;
use crate::community::Quiz;
use crate::outbox::{Outbox, Post, PostError};
use crate::platform::{Place, Platform};

use super::super::command::Context;
use super::super::problem::Problem;
use super::super::world::World;
use super::shown;

/// Ends the questions whose time is over.
pub(in crate::commands) async fn move_quizzes_on(world: &World) -> Result<(), Problem> {
    let now = world.clock.now().as_millisecond();
    for quiz in world.community.open_quizzes().await? {
        if quiz.ends_at <= now {
            world.community.reveal_quiz(&quiz).await?;
        }
    }
    Ok(())
}

/// The answer to a command that moved a quiz on: `done`, once what it is at is posted. Where there are no rooms to post in,
/// the answer is what would have been posted.
pub(super) async fn done(context: &Context<'_>, id: i64, done: Answer) -> Result<Answer, Problem> {
    let Some(quiz) = context.world.community.quiz(id).await? else { return Ok(done) };
    let Ok(place) = quiz.room.parse::<Place>() else { return shown::answer(context.world, &quiz).await };
    post_all(context.world, place.platform).await?;
    Ok(done)
}

/// Posts what is to be posted of quizzes on a platform.
pub(in crate::commands) async fn post_all(world: &World, platform: Platform) -> Result<(), Problem> {
    let Ok(outbox) = world.outboxes.of(platform) else { return Ok(()) };
    let _turn = world.outboxes.turn(platform).await;
    for quiz in world.community.due_quizzes().await? {
        let Ok(place) = quiz.room.parse::<Place>() else { continue };
        if place.platform != platform {
            continue;
        }
        quiz.language.scope(post(world, &outbox, &place, &quiz)).await?;
    }
    Ok(())
}

async fn post(world: &World, outbox: &Arc<dyn Outbox>, place: &Place, quiz: &Quiz) -> Result<(), Problem> {
    let answer = shown::answer(world, quiz).await?;
    let key = format!("quiz {} {} {}", quiz.id, quiz.number, quiz.is_asking);
    let posted = match &quiz.post {
        Some(id) if !quiz.is_asking => {
            let post = Post { place: place.clone(), id: id.clone() };
            match outbox.edit(&post, &answer).await {
                // Somebody has removed the question.
                Err(PostError::Refused(_)) => outbox.post(place, &answer, &key).await,
                edited => edited.map(|()| post),
            }
        }
        _ => outbox.post(place, &answer, &key).await,
    };
    match posted {
        Ok(post) => world.community.quiz_posted(quiz, Some(&post.id)).await?,
        Err(PostError::Refused(cause)) => {
            tracing::error!(quiz = quiz.id, %place, cause, "a quiz can't be posted");
            world.community.quiz_posted(quiz, quiz.post.as_deref()).await?;
        }
        Err(error) => tracing::warn!(quiz = quiz.id, %place, %error, "a quiz can't be posted yet"),
    }
    Ok(())
}
