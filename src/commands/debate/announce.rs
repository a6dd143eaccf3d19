//! What is posted of a debate, when its phases change: written down with the change, sent after it, and marked then.

use std::sync::Arc;

use crate::answer::Answer;
use crate::community::{CommunityError, Debate};
use crate::discussion::Phase;
use crate::outbox::{Outbox, Post, PostError};
use crate::platform::{Place, Platform};
use crate::say;

use super::super::command::Context;
use super::super::problem::Problem;
use super::super::world::World;
use super::{find, standing};

/// Moves the debates on whose time is over.
///
/// # Errors
/// The community database can't be read or written.
pub(in crate::commands) async fn move_debates_on(world: &World) -> Result<(), Problem> {
    for debate in world.community.open_debates().await? {
        find::up_to_date(world, debate).await?;
    }
    Ok(())
}

/// The answer to a command that opened a debate or moved it on. Where there are no rooms to post in, the answer is what
/// would have been posted.
pub(super) async fn done(context: &Context<'_>, id: i64, done: Answer) -> Result<Answer, Problem> {
    let world = context.world;
    let Some(debate) = world.community.debate(id).await? else { return Ok(done) };
    let Ok(place) = debate.room.parse::<Place>() else { return standing::answer(world, &debate).await };
    announce_all(world, place.platform).await?;
    Ok(match world.community.is_refused(id, debate.stage.phase).await? {
        true => Answer { note: Some(say!("debate-refused")), ..done },
        false => done,
    })
}

/// Posts what is to be posted of debates on a platform.
///
/// # Errors
/// The library or the community database can't be read or written.
pub(in crate::commands) async fn announce_all(world: &World, platform: Platform) -> Result<(), Problem> {
    // Another process may serve this platform; or it will be connected later.
    let Ok(outbox) = world.outboxes.of(platform) else { return Ok(()) };
    // One after the other, so that nothing is sent twice by two who see that it is due.
    let _turn = world.outboxes.turn(platform).await;
    for (id, phase) in world.community.due_announcements().await? {
        let Some(debate) = world.community.debate(id).await? else { continue };
        if debate.stage.phase != phase {
            // It is about something that is over.
            world.community.announced(id, phase, None).await?;
            continue;
        }
        let Ok(place) = debate.room.parse::<Place>() else { continue };
        if place.platform != platform {
            continue;
        }
        let announcing = announce(world, &outbox, &place, &debate);
        debate.language.scope(announcing).await?;
    }
    Ok(())
}

async fn announce(
    world: &World,
    outbox: &Arc<dyn Outbox>,
    place: &Place,
    debate: &Debate,
) -> Result<(), Problem> {
    let (id, phase) = (debate.id, debate.stage.phase);
    let key = format!("debate {id} {}", phase.as_str());
    let answer = standing::answer(world, debate).await?;
    let posted = match outbox.post(place, &answer, &key).await {
        Ok(post) if phase == Phase::Discussion => open_thread(world, outbox, &post, debate).await,
        Ok(_) => Ok(()),
        Err(error) => Err(error),
    };
    match posted {
        Ok(()) => world.community.announced(id, phase, None).await?,
        Err(PostError::Refused(cause)) => {
            tracing::error!(debate = id, phase = phase.as_str(), %place, cause, "a debate can't be announced");
            world.community.announced(id, phase, Some(&cause)).await?;
        }
        Err(error) => tracing::warn!(debate = id, %place, %error, "a debate can't be announced yet"),
    }
    Ok(())
}

/// Opens a thread for the points, on the message that says that it is time for them. Where that can't be done, people
/// make their points in the room.
async fn open_thread(
    world: &World,
    outbox: &Arc<dyn Outbox>,
    post: &Post,
    debate: &Debate,
) -> Result<(), PostError> {
    let first = Answer::found(say!("debate-thread")).paragraph(standing::how_to_argue());
    let key = format!("debate {} thread", debate.id);
    let kept = match outbox.open_thread(post, &debate.motion, &first, &key).await {
        Ok(Some(thread)) => world.community.set_debate_thread(debate.id, &thread.to_string()).await,
        Ok(None) => Ok(()),
        Err(PostError::Refused(cause)) => {
            tracing::warn!(debate = debate.id, cause, "no thread can be opened for a debate");
            let instead = Answer::found(say!("debate-no-thread")).paragraph(standing::how_to_argue());
            outbox.post(&post.place, &instead, &key).await?;
            Ok(())
        }
        Err(error) => return Err(error),
    };
    kept.map_err(|error: CommunityError| PostError::Later(error.to_string(), None))
}
