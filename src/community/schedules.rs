//! What rooms get again and again, and when it comes next.

use crate::platform::Place;

use super::database::Community;
use super::error::CommunityError;

/// How many schedules a room can have.
const MAX_SCHEDULES: i64 = 20;

/// Something that a room is to get again and again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSchedule {
    /// The room, and what it is in.
    pub places: Vec<Place>,
    /// What comes.
    pub post: String,
    /// On which days, as [`Rule::days`](crate::discussion::Rule::days) writes them.
    pub days: String,
    /// At what time of day.
    pub time: String,
    /// In which time zone, by its IANA name.
    pub zone: String,
    /// When it comes next, in milliseconds since 1970 UTC.
    pub next_at: i64,
}

/// Something that a room gets again and again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule {
    /// Its number.
    pub id: i64,
    /// The room, and what it is in.
    pub places: Vec<Place>,
    /// What comes.
    pub post: String,
    /// On which days.
    pub days: String,
    /// At what time of day.
    pub time: String,
    /// In which time zone.
    pub zone: String,
    /// When it comes next, in milliseconds since 1970 UTC.
    pub next_at: i64,
    /// The time of a post that is claimed and not known to be sent.
    pub due_at: Option<i64>,
    /// Whether it waits until somebody resumes it.
    pub is_paused: bool,
    /// Whether that is because its last post was refused.
    pub is_refused: bool,
}

struct Row {
    id: i64,
    places: String,
    post: String,
    days: String,
    time: String,
    zone: String,
    next_at: i64,
    due_at: Option<i64>,
    paused: i64,
    refused: i64,
}

impl Row {
    fn schedule(self) -> Schedule {
        let places: Vec<String> = serde_json::from_str(&self.places).unwrap_or_default();
        Schedule {
            id: self.id,
            places: places.iter().filter_map(|place| place.parse().ok()).collect(),
            post: self.post,
            days: self.days,
            time: self.time,
            zone: self.zone,
            next_at: self.next_at,
            due_at: self.due_at,
            is_paused: self.paused != 0,
            is_refused: self.refused != 0,
        }
    }
}

impl Community {
    /// Adds something to what a room gets. `None` if it gets as much as it can already, or is no room.
    ///
    /// # Errors
    /// The database can't be written.
    pub async fn add_schedule(&self, new: &NewSchedule) -> Result<Option<i64>, CommunityError> {
        let Some(room) = new.places.first().map(Place::to_string) else { return Ok(None) };
        let places: Vec<String> = new.places.iter().map(Place::to_string).collect();
        let places = serde_json::to_string(&places).unwrap_or_default();
        let added = sqlx::query!(
            r#"INSERT INTO schedule (room, places, post, days, time, zone, next_at)
               SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7
               WHERE (SELECT count(*) FROM schedule WHERE room = ?1) < ?8"#,
            room,
            places,
            new.post,
            new.days,
            new.time,
            new.zone,
            new.next_at,
            MAX_SCHEDULES
        )
        .execute(&self.pool)
        .await?;
        Ok((added.rows_affected() > 0).then(|| added.last_insert_rowid()))
    }

    /// What a room gets.
    ///
    /// # Errors
    /// The database can't be read.
    pub async fn schedules(&self, room: &Place) -> Result<Vec<Schedule>, CommunityError> {
        let room = room.to_string();
        let rows = sqlx::query_as!(
            Row,
            r#"SELECT id AS "id!", places, post, days, time, zone, next_at, due_at, paused, refused
               FROM schedule WHERE room = ?1 ORDER BY id"#,
            room
        );
        Ok(rows.fetch_all(&self.pool).await?.into_iter().map(Row::schedule).collect())
    }

    /// What has come due anywhere, or was claimed and is not known to be sent.
    ///
    /// # Errors
    /// The database can't be read.
    pub async fn due_schedules(&self, now: i64) -> Result<Vec<Schedule>, CommunityError> {
        let rows = sqlx::query_as!(
            Row,
            r#"SELECT id AS "id!", places, post, days, time, zone, next_at, due_at, paused, refused
               FROM schedule WHERE paused = 0 AND (next_at <= ?1 OR due_at IS NOT NULL) ORDER BY next_at"#,
            now
        );
        Ok(rows.fetch_all(&self.pool).await?.into_iter().map(Row::schedule).collect())
    }

    /// Claims what has come due, and sets when it comes next; `due_at` is the time of the post to send now, if it is still
    /// to come. `false` if somebody else has claimed it.
    ///
    /// # Errors
    /// The database can't be written.
    pub async fn claim_schedule(
        &self,
        schedule: &Schedule,
        next_at: i64,
        due_at: Option<i64>,
    ) -> Result<bool, CommunityError> {
        let claimed = sqlx::query!(
            "UPDATE schedule SET next_at = ?1, due_at = ?2 WHERE id = ?3 AND next_at = ?4 AND paused = 0",
            next_at,
            due_at,
            schedule.id,
            schedule.next_at
        );
        Ok(claimed.execute(&self.pool).await?.rows_affected() > 0)
    }

    /// Writes down that what was claimed was sent, or refused for good: then it is paused.
    ///
    /// # Errors
    /// The database can't be written.
    pub async fn schedule_sent(&self, id: i64, due_at: i64, is_refused: bool) -> Result<(), CommunityError> {
        sqlx::query!(
            r#"UPDATE schedule SET due_at = NULL, paused = max(paused, ?3), refused = ?3
               WHERE id = ?1 AND due_at = ?2"#,
            id,
            due_at,
            is_refused
        )
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// Pauses something that a room gets. `false` if the room has no such schedule.
    ///
    /// # Errors
    /// The database can't be written.
    pub async fn pause_schedule(&self, room: &Place, id: i64) -> Result<bool, CommunityError> {
        let room = room.to_string();
        let paused = sqlx::query!(
            "UPDATE schedule SET paused = 1, due_at = NULL, refused = 0 WHERE id = ?1 AND room = ?2",
            id,
            room
        );
        Ok(paused.execute(&self.pool).await?.rows_affected() > 0)
    }

    /// Has it come again, next at `next_at`. `false` if the room has no such schedule.
    ///
    /// # Errors
    /// The database can't be written.
    pub async fn resume_schedule(&self, room: &Place, id: i64, next_at: i64) -> Result<bool, CommunityError> {
        let room = room.to_string();
        let resumed = sqlx::query!(
            "UPDATE schedule SET paused = 0, refused = 0, due_at = NULL, next_at = ?3 WHERE id = ?1 AND room = ?2",
            id,
            room,
            next_at
        );
        Ok(resumed.execute(&self.pool).await?.rows_affected() > 0)
    }

    /// Moves something that a room gets to another zone.
    ///
    /// # Errors
    /// The database can't be written.
    pub async fn move_schedule(&self, id: i64, zone: &str, next_at: i64) -> Result<(), CommunityError> {
        sqlx::query!("UPDATE schedule SET zone = ?2, next_at = ?3 WHERE id = ?1", id, zone, next_at)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// Takes something out of what a room gets. `false` if the room has no such schedule.
    ///
    /// # Errors
    /// The database can't be written.
    pub async fn remove_schedule(&self, room: &Place, id: i64) -> Result<bool, CommunityError> {
        let room = room.to_string();
        let removed = sqlx::query!("DELETE FROM schedule WHERE id = ?1 AND room = ?2", id, room);
        Ok(removed.execute(&self.pool).await?.rows_affected() > 0)
    }
}
