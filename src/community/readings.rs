//! The articles that rooms read, one after the other.

use crate::platform::Place;

use super::database::Community;
use super::error::CommunityError;

/// How many articles the list of a room can have.
const MAX_READINGS: i64 = 100;

/// An article that a room is to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewReading {
    /// The room, and what it is in.
    pub places: Vec<Place>,
    /// The id of the article.
    pub article: String,
    /// The day on which it begins, in ISO 8601.
    pub first: String,
    /// The last day, if it has one.
    pub last: Option<String>,
}

/// An article that a room reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// Its number.
    pub id: i64,
    /// The room, and what it is in.
    pub places: Vec<Place>,
    /// The id of the article.
    pub article: String,
    /// The day on which it begins, in ISO 8601.
    pub first: String,
    /// The last day, if it has one.
    pub last: Option<String>,
    /// Whether it has begun.
    pub has_begun: bool,
}

struct Row {
    id: i64,
    places: String,
    article: String,
    first: String,
    last: Option<String>,
    state: String,
}

impl Row {
    fn reading(self) -> Reading {
        let places: Vec<String> = serde_json::from_str(&self.places).unwrap_or_default();
        Reading {
            id: self.id,
            places: places.iter().filter_map(|place| place.parse().ok()).collect(),
            article: self.article,
            first: self.first,
            last: self.last,
            has_begun: self.state != "waiting",
        }
    }
}

impl Community {
    /// Adds an article to the list of a room. `None` if that is full, or it is no room.
    ///
    /// # Errors
    /// The database can't be written.
    pub async fn add_reading(&self, new: &NewReading) -> Result<Option<i64>, CommunityError> {
        let Some(room) = new.places.first().map(Place::to_string) else { return Ok(None) };
        let places: Vec<String> = new.places.iter().map(Place::to_string).collect();
        let places = serde_json::to_string(&places).unwrap_or_default();
        let added = sqlx::query!(
            r#"INSERT INTO reading (room, places, article, first, last, state)
               SELECT ?1, ?2, ?3, ?4, ?5, 'waiting'
               WHERE (SELECT count(*) FROM reading WHERE room = ?1) < ?6"#,
            room,
            places,
            new.article,
            new.first,
            new.last,
            MAX_READINGS
        )
        .execute(&self.pool)
        .await?;
        Ok((added.rows_affected() > 0).then(|| added.last_insert_rowid()))
    }

    /// The list of a room, in the order of the days.
    ///
    /// # Errors
    /// The database can't be read.
    pub async fn readings(&self, room: &Place) -> Result<Vec<Reading>, CommunityError> {
        let room = room.to_string();
        let rows = sqlx::query_as!(
            Row,
            r#"SELECT id AS "id!", places, article, first, last, state FROM reading
               WHERE room = ?1 ORDER BY first, id"#,
            room
        );
        Ok(rows.fetch_all(&self.pool).await?.into_iter().map(Row::reading).collect())
    }

    /// What has not begun anywhere, or is still to be posted, in the order of the days.
    ///
    /// # Errors
    /// The database can't be read.
    pub async fn open_readings(&self) -> Result<Vec<Reading>, CommunityError> {
        let rows = sqlx::query_as!(
            Row,
            r#"SELECT id AS "id!", places, article, first, last, state FROM reading
               WHERE state <> 'begun' ORDER BY first, id"#
        );
        Ok(rows.fetch_all(&self.pool).await?.into_iter().map(Row::reading).collect())
    }

    /// Writes down that an article has begun, and is to be posted. `false` if somebody else has.
    ///
    /// # Errors
    /// The database can't be written.
    pub async fn begin_reading(&self, id: i64) -> Result<bool, CommunityError> {
        let begun = sqlx::query!("UPDATE reading SET state = 'due' WHERE id = ?1 AND state = 'waiting'", id);
        Ok(begun.execute(&self.pool).await?.rows_affected() > 0)
    }

    /// Writes down that it was posted, or can't be.
    ///
    /// # Errors
    /// The database can't be written.
    pub async fn reading_posted(&self, id: i64) -> Result<(), CommunityError> {
        sqlx::query!("UPDATE reading SET state = 'begun' WHERE id = ?1 AND state = 'due'", id)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// Takes an article out of the list of a room. `false` if it is not there.
    ///
    /// # Errors
    /// The database can't be written.
    pub async fn remove_reading(&self, room: &Place, id: i64) -> Result<bool, CommunityError> {
        let room = room.to_string();
        let removed = sqlx::query!("DELETE FROM reading WHERE id = ?1 AND room = ?2", id, room);
        Ok(removed.execute(&self.pool).await?.rows_affected() > 0)
    }
}
