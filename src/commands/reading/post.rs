//! What begins on its day: the article that is meant in the room, and a post that says so.

use crate::answer::Answer;
use crate::community::{MeantArticle, Reading, RoomSetting};
use crate::outbox::PostError;
use crate::platform::Platform;

use super::super::problem::Problem;
use super::super::world::World;
use super::said;

/// Has the articles meant whose day has come, and says so in their rooms on a platform, each once.
pub(in crate::commands) async fn begin_readings(world: &World, platform: Platform) -> Result<(), Problem> {
    for reading in world.community.open_readings().await? {
        let Some(place) = reading.places.first().filter(|place| place.platform == platform) else { continue };
        if !reading.has_begun {
            if said::today(world, place).await?.to_string() < reading.first {
                continue;
            }
            // Set before it is written down: what is done twice is the same.
            let meant = RoomSetting::Article(MeantArticle::One(reading.article.clone()));
            world.community.set(place, meant).await?;
            world.community.begin_reading(reading.id).await?;
        }
        post(world, &reading).await?;
    }
    Ok(())
}

async fn post(world: &World, reading: &Reading) -> Result<(), Problem> {
    let Some(place) = reading.places.first() else { return Ok(()) };
    let Ok(outbox) = world.outboxes.of(place.platform) else { return Ok(()) };
    let Some(library) = world.store.current() else { return Ok(()) };
    let language = world.language("", None, &reading.places).await;
    let answer: Answer = language.scope(said::now(&library, reading)).await?;
    let _turn = world.outboxes.turn(place.platform).await;
    match outbox.post(place, &answer, &format!("reading {}", reading.id)).await {
        Ok(_) => world.community.reading_posted(reading.id).await?,
        Err(PostError::Refused(cause)) => {
            tracing::error!(reading = reading.id, %place, cause, "a reading can't be posted");
            world.community.reading_posted(reading.id).await?;
        }
        Err(error) => tracing::warn!(reading = reading.id, %place, %error, "a reading can't be posted yet"),
    }
    Ok(())
}
