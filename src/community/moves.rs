//! Rooms that move: what goes on in one goes on in the other.

use crate::platform::Place;

use super::database::Community;
use super::error::CommunityError;

impl Community {
    /// Has the debates, quizzes, scores, schedules and the reading list of a room go on in another, which it has become. What
    /// the other has already stays as it is. All of it or nothing.
    ///
    /// # Errors
    /// The database can't be written.
    pub async fn move_room(&self, from: &Place, to: &Place) -> Result<(), CommunityError> {
        let (from, to) = (from.to_string(), to.to_string());
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        sqlx::query!("UPDATE OR IGNORE debate SET room = ?2 WHERE room = ?1", from, to)
            .execute(&mut *transaction)
            .await?;
        sqlx::query!("UPDATE OR IGNORE quiz SET room = ?2 WHERE room = ?1", from, to)
            .execute(&mut *transaction)
            .await?;
        sqlx::query!("UPDATE OR IGNORE score SET room = ?2 WHERE room = ?1", from, to)
            .execute(&mut *transaction)
            .await?;
        // A room without others around it has itself alone among its places.
        sqlx::query!(
            "UPDATE schedule SET room = ?2, places = replace(places, ?1, ?2) WHERE room = ?1",
            from,
            to
        )
        .execute(&mut *transaction)
        .await?;
        sqlx::query!(
            "UPDATE reading SET room = ?2, places = replace(places, ?1, ?2) WHERE room = ?1",
            from,
            to
        )
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(())
    }
}
