//! Places that the bot was removed from, and what becomes of what is kept of them.

use std::sync::PoisonError;

use crate::platform::{Place, PlaceKind};

use super::database::Community;
use super::error::CommunityError;

impl Community {
    /// Remembers which server a room is in, once. Where there are no servers there is nothing to remember.
    ///
    /// # Errors
    /// The database can't be written.
    pub async fn know_room(&self, places: &[Place]) -> Result<(), CommunityError> {
        let [room, .., server] = places else { return Ok(()) };
        if server.kind != PlaceKind::Server {
            return Ok(());
        }
        let (room, server) = (room.to_string(), server.to_string());
        if self.rooms.read().unwrap_or_else(PoisonError::into_inner).contains(&room) {
            return Ok(());
        }
        sqlx::query!(
            "INSERT INTO room_of_server (room, server) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
            room,
            server
        )
        .execute(&self.relaxed)
        .await?;
        self.rooms.write().unwrap_or_else(PoisonError::into_inner).insert(room);
        Ok(())
    }

    /// Writes down that the bot was removed from a place. The first time counts.
    ///
    /// # Errors
    /// The database can't be written.
    pub async fn left(&self, place: &Place, at: i64) -> Result<(), CommunityError> {
        let place = place.to_string();
        sqlx::query!("INSERT INTO left_place (place, at) VALUES (?1, ?2) ON CONFLICT DO NOTHING", place, at)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// Writes down that it is in a place again.
    ///
    /// # Errors
    /// The database can't be written.
    pub async fn is_back(&self, place: &Place) -> Result<(), CommunityError> {
        let place = place.to_string();
        sqlx::query!("DELETE FROM left_place WHERE place = ?1", place).execute(&self.pool).await?;
        Ok(())
    }

    /// Forgets everything of the places that the bot was removed from before a time, and of the rooms in them: settings,
    /// debates, quizzes, scores, schedules, reading lists, what was shown and what was answered there. Gives how many
    /// places that were.
    ///
    /// # Errors
    /// The database can't be read or written.
    pub async fn forget_left(&self, before: i64) -> Result<usize, CommunityError> {
        let places = sqlx::query_scalar!("SELECT place FROM left_place WHERE at < ?1", before)
            .fetch_all(&self.pool)
            .await?;
        for place in &places {
            let mut rooms = sqlx::query_scalar!("SELECT room FROM room_of_server WHERE server = ?1", place)
                .fetch_all(&self.pool)
                .await?;
            rooms.push(place.clone());
            for room in &rooms {
                self.forget_room(room).await?;
            }
            // Last, so that it is done again where it was broken off.
            sqlx::query!("DELETE FROM left_place WHERE place = ?1", place).execute(&self.pool).await?;
        }
        Ok(places.len())
    }

    async fn forget_room(&self, room: &str) -> Result<(), CommunityError> {
        // What was answered in a room of Matrix is kept under its id there.
        let id = room.parse::<Place>().map_or_else(|_| room.to_string(), |place| place.id);
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        for forget in [
            sqlx::query!("DELETE FROM debate WHERE room = ?1", room),
            sqlx::query!("DELETE FROM quiz WHERE room = ?1", room),
            sqlx::query!("DELETE FROM score WHERE room = ?1", room),
            sqlx::query!("DELETE FROM schedule WHERE room = ?1", room),
            sqlx::query!("DELETE FROM reading WHERE room = ?1", room),
            sqlx::query!("DELETE FROM shown WHERE place = ?1", room),
            sqlx::query!("DELETE FROM answered WHERE room = ?1", room),
            sqlx::query!("DELETE FROM answered WHERE room = ?1", id),
            sqlx::query!("DELETE FROM place_setting WHERE place = ?1", room),
            sqlx::query!("DELETE FROM room_of_server WHERE room = ?1", room),
        ] {
            forget.execute(&mut *transaction).await?;
        }
        transaction.commit().await?;
        self.places.write().unwrap_or_else(PoisonError::into_inner).retain(|(of, _), _| of != room);
        self.rooms.write().unwrap_or_else(PoisonError::into_inner).remove(room);
        Ok(())
    }
}
