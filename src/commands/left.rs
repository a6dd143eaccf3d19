//! What becomes of what is kept of rooms that the bot was removed from.

use crate::community::CommunityError;

use super::world::World;

/// How many days it is kept, in case the bot comes back.
const LEFT_DAYS: i64 = 30;

/// Forgets everything of the rooms that the bot was removed from so long ago.
///
/// # Errors
/// The community database can't be read or written.
pub async fn forget_left_rooms(world: &World) -> Result<(), CommunityError> {
    let before = world.clock.now().as_millisecond() - LEFT_DAYS * 24 * 60 * 60 * 1_000;
    let forgotten = world.community.forget_left(before).await?;
    if forgotten > 0 {
        tracing::info!(forgotten, "what was kept of places that the bot was removed from is gone");
    }
    Ok(())
}
