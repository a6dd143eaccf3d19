//! What goes on in discussions by itself, as time passes.

use futures::future::join_all;

use crate::platform::Platform;

use super::debate::{announce_all, move_debates_on};
use super::problem::Problem;
use super::quiz::{move_quizzes_on, post_all};
use super::reading::begin_readings;
use super::schedule::post_what_is_due;
use super::table::TABLE;
use super::world::World;

/// Moves debates and quizzes on whose time is over, and posts what is to be posted of them, what rooms get at this time, and
/// what they read from today on. Neither a platform that is slow nor one thing that fails keeps the others waiting.
///
/// # Errors
/// The community database can't be read or written: what failed first.
pub async fn move_discussions_on(world: &World) -> Result<(), Problem> {
    let moved = [move_debates_on(world).await, move_quizzes_on(world).await];
    let posted = join_all(Platform::ALL.map(|platform| post(world, platform))).await;
    moved.into_iter().chain(posted).collect()
}

async fn post(world: &World, platform: Platform) -> Result<(), Problem> {
    let posted = [
        announce_all(world, platform).await,
        post_all(world, platform).await,
        begin_readings(world, platform).await,
        post_what_is_due(world, TABLE, platform).await,
    ];
    posted.into_iter().collect()
}
