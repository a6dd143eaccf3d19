//! Events by their days, and those without a date.

use crate::article::date::Days;
use crate::article::{Kind, LinkKind};

use super::bind::numbers;
use super::error::LibraryError;
use super::items::MAX_LIST_ROWS;
use super::revision::Library;

impl Library {
    /// The rows of the dated events that can have happened on any of the days, oldest first; at most
    /// [`MAX_LIST_ROWS`]. With `article` or `actors`, only the article's events or those that the actors had
    /// a part in.
    pub async fn timeline(
        &self,
        days: Days,
        article: Option<i64>,
        actors: Option<&[i64]>,
    ) -> Result<Vec<i64>, LibraryError> {
        let Days { earliest: from, latest: to } = days;
        let (event, about) = (Kind::Event as i64, LinkKind::About as i64);
        if let Some(actors) = actors {
            let actors = numbers(actors);
            return Ok(sqlx::query_scalar!(
                r#"SELECT DISTINCT i.id AS "id!" FROM json_each(?1) AS wanted
                   CROSS JOIN link ON link.target = wanted.value AND link.role = ?2 AND link.kind = ?3
                   CROSS JOIN item AS i ON i.id = link.source
                   WHERE i.earliest <= ?5 AND i.latest >= ?4 AND (?6 IS NULL OR i.article = ?6)
                   ORDER BY i.earliest, i.latest, i.id LIMIT ?7"#,
                actors,
                about,
                event,
                from,
                to,
                article,
                MAX_LIST_ROWS
            )
            .fetch_all(&mut *self.readers.get().await)
            .await?);
        }
        if let Some(article) = article {
            return Ok(sqlx::query_scalar!(
                r#"SELECT id FROM item INDEXED BY item_by_kind
                   WHERE article = ?1 AND kind = ?2 AND earliest <= ?4 AND latest >= ?3
                   ORDER BY earliest, latest, id LIMIT ?5"#,
                article,
                event,
                from,
                to,
                MAX_LIST_ROWS
            )
            .fetch_all(&mut *self.readers.get().await)
            .await?);
        }
        // What began before the first day and reaches it, then what began later: each part comes in
        // order from its own index.
        let rows = sqlx::query!(
            r#"SELECT id AS "id!: i64", earliest AS "earliest!: i64", latest AS "latest!: i64"
               FROM span WHERE earliest < ?2 AND latest >= ?2
               UNION ALL
               SELECT id, earliest, latest FROM item WHERE kind = ?1 AND earliest BETWEEN ?2 AND ?3
               ORDER BY 2, 3, 1 LIMIT ?4"#,
            event,
            from,
            to,
            MAX_LIST_ROWS
        )
        .fetch_all(&mut *self.readers.get().await)
        .await?;
        Ok(rows.into_iter().map(|row| row.id).collect())
    }

    /// The rows of the events whose date is one day, by the day of the year from `today` (see
    /// [`Days::day_of_year`]) on to the day before it, those of one day oldest first; at most [`MAX_LIST_ROWS`].
    pub async fn round_the_year(&self, today: i64, article: Option<i64>) -> Result<Vec<i64>, LibraryError> {
        let event = Kind::Event as i64;
        // The rest of a division has the sign of what is divided, which is negative for years BC.
        Ok(sqlx::query_scalar!(
            r#"SELECT id FROM item
               WHERE kind = ?1 AND earliest = latest AND (?2 IS NULL OR article = ?2)
               ORDER BY ((earliest - ?3) % 10000 + 10000) % 10000, earliest, id LIMIT ?4"#,
            event,
            article,
            today,
            MAX_LIST_ROWS
        )
        .fetch_all(&mut *self.readers.get().await)
        .await?)
    }

    /// The rows of the events without a date, in the order of the packs; at most [`MAX_LIST_ROWS`].
    pub async fn undated(
        &self,
        article: Option<i64>,
        actors: Option<&[i64]>,
    ) -> Result<Vec<i64>, LibraryError> {
        let (event, about) = (Kind::Event as i64, LinkKind::About as i64);
        if let Some(actors) = actors {
            let actors = numbers(actors);
            return Ok(sqlx::query_scalar!(
                r#"SELECT DISTINCT i.id AS "id!" FROM json_each(?1) AS wanted
                   CROSS JOIN link ON link.target = wanted.value AND link.role = ?2 AND link.kind = ?3
                   CROSS JOIN item AS i ON i.id = link.source
                   WHERE i.earliest IS NULL AND (?4 IS NULL OR i.article = ?4)
                   ORDER BY i.id LIMIT ?5"#,
                actors,
                about,
                event,
                article,
                MAX_LIST_ROWS
            )
            .fetch_all(&mut *self.readers.get().await)
            .await?);
        }
        Ok(sqlx::query_scalar!(
            r#"SELECT id FROM item WHERE kind = ?1 AND earliest IS NULL AND (?2 IS NULL OR article = ?2)
               ORDER BY id LIMIT ?3"#,
            event,
            article,
            MAX_LIST_ROWS
        )
        .fetch_all(&mut *self.readers.get().await)
        .await?)
    }
}
