//! What goes on in discussions by itself, as time passes.

use super::debate::move_debates_on;
use super::problem::Problem;
use super::quiz::move_quizzes_on;
use super::reading::begin_readings;
use super::schedule::post_what_is_due;
use super::table::TABLE;
use super::world::World;

/// Moves debates and quizzes on whose time is over, and posts what is to be posted of them, what rooms get
/// at this time, and what they read from today on.
///
/// # Errors
/// The community database can't be read or written.
pub async fn move_discussions_on(world: &World) -> Result<(), Problem> {
    move_debates_on(world).await?;
    move_quizzes_on(world).await?;
    begin_readings(world).await?;
    post_what_is_due(world, TABLE).await
}
