//! Events by their days, and those without a date.

use crate::article::date::Days;
use crate::article::{Kind, LinkKind};

use super::bind::numbers;
use super::error::LibraryError;
use super::items::MAX_LIST_ROWS;
use super::revision::Library;

/// Whose events a timeline has.
#[derive(Debug, Clone, Copy)]
pub enum EventsOf<'a> {
    /// Everybody's.
    All,
    /// Those of one article.
    Article(i64),
    /// Those that refer to any of these items in a role, in one article or in all.
    Linked(&'a [i64], LinkKind, Option<i64>),
}

impl Library {
    /// The rows of the dated events that can have happened on any of the days, with their own days, by
    /// [`Days::order`]; of the first [`MAX_LIST_ROWS`] that begin.
    pub async fn timeline(&self, days: Days, of: EventsOf<'_>) -> Result<Vec<(i64, Days)>, LibraryError> {
        let Days { earliest: from, latest: to } = days;
        let event = Kind::Event as i64;
        let rows = match of {
            EventsOf::Linked(targets, role, article) => {
                let (targets, role) = (numbers(targets), role as i64);
                sqlx::query_as!(
                    Row,
                    r#"SELECT DISTINCT i.id AS "id!", i.earliest AS "earliest!", i.latest AS "latest!"
                       FROM json_each(?1) AS wanted
                       CROSS JOIN link ON link.target = wanted.value AND link.role = ?2 AND link.kind = ?3
                       CROSS JOIN item AS i ON i.id = link.source
                       WHERE i.earliest <= ?5 AND i.latest >= ?4 AND (?6 IS NULL OR i.article = ?6)
                       ORDER BY i.earliest, i.latest, i.id LIMIT ?7"#,
                    targets,
                    role,
                    event,
                    from,
                    to,
                    article,
                    MAX_LIST_ROWS
                )
                .fetch_all(&mut *self.readers.get().await)
                .await?
            }
            EventsOf::Article(article) => sqlx::query_as!(
                Row,
                r#"SELECT id, earliest AS "earliest!", latest AS "latest!" FROM item INDEXED BY item_by_kind
                       WHERE article = ?1 AND kind = ?2 AND earliest <= ?4 AND latest >= ?3
                       ORDER BY earliest, latest, id LIMIT ?5"#,
                article,
                event,
                from,
                to,
                MAX_LIST_ROWS
            )
            .fetch_all(&mut *self.readers.get().await)
            .await?,
            // What began before the first day and reaches it, then what began later: each part comes in
            // order from its own index.
            EventsOf::All => {
                sqlx::query_as!(
                    Row,
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
                .await?
            }
        };
        let mut rows: Vec<(i64, Days)> = rows.into_iter().map(Row::dated).collect();
        rows.sort_by_key(|(id, days)| (days.order(), *id));
        Ok(rows)
    }

    /// The rows of the items of a kind that matter most, with their days: those with a date by [`Days::order`], then
    /// those without one in the order of the packs. At most [`MAX_LIST_ROWS`] of each.
    pub async fn key_items(
        &self,
        kind: Kind,
        article: Option<i64>,
    ) -> Result<Vec<(i64, Option<Days>)>, LibraryError> {
        let kind = kind as i64;
        let rows =
            match article {
                Some(article) => {
                    sqlx::query_as!(
                        AnyRow,
                        r#"SELECT id, earliest, latest FROM item INDEXED BY item_by_kind
                       WHERE article = ?1 AND kind = ?2 AND is_key = 1 ORDER BY id LIMIT ?3"#,
                        article,
                        kind,
                        MAX_LIST_ROWS
                    )
                    .fetch_all(&mut *self.readers.get().await)
                    .await?
                }
                None => sqlx::query_as!(
                    AnyRow,
                    r#"SELECT id AS "id!: i64", earliest AS "earliest: i64", latest AS "latest: i64" FROM (
                           SELECT id, earliest, latest FROM item INDEXED BY item_by_importance
                           WHERE kind = ?1 AND is_key = 1 AND earliest >= ?2
                           ORDER BY earliest, latest, id LIMIT ?3
                       ) UNION ALL SELECT id, NULL, NULL FROM (
                           SELECT id FROM item INDEXED BY item_by_importance
                           WHERE kind = ?1 AND is_key = 1 AND earliest IS NULL ORDER BY id LIMIT ?3
                       )"#,
                    kind,
                    Days::EVER_BEFORE,
                    MAX_LIST_ROWS
                )
                .fetch_all(&mut *self.readers.get().await)
                .await?,
            };
        let mut rows: Vec<(i64, Option<Days>)> = rows.into_iter().map(AnyRow::dated).collect();
        rows.sort_by_key(|(id, days)| (days.is_none(), days.map(Days::order), *id));
        Ok(rows)
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
    pub async fn undated(&self, of: EventsOf<'_>) -> Result<Vec<i64>, LibraryError> {
        let event = Kind::Event as i64;
        let article = match of {
            EventsOf::Linked(targets, role, article) => {
                let (targets, role) = (numbers(targets), role as i64);
                return Ok(sqlx::query_scalar!(
                    r#"SELECT DISTINCT i.id AS "id!" FROM json_each(?1) AS wanted
                       CROSS JOIN link ON link.target = wanted.value AND link.role = ?2 AND link.kind = ?3
                       CROSS JOIN item AS i ON i.id = link.source
                       WHERE i.earliest IS NULL AND (?4 IS NULL OR i.article = ?4)
                       ORDER BY i.id LIMIT ?5"#,
                    targets,
                    role,
                    event,
                    article,
                    MAX_LIST_ROWS
                )
                .fetch_all(&mut *self.readers.get().await)
                .await?);
            }
            EventsOf::Article(article) => Some(article),
            EventsOf::All => None,
        };
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

/// An event with a date.
struct Row {
    id: i64,
    earliest: i64,
    latest: i64,
}

impl Row {
    fn dated(self) -> (i64, Days) {
        (self.id, Days { earliest: self.earliest, latest: self.latest })
    }
}

/// An event with or without a date.
struct AnyRow {
    id: i64,
    earliest: Option<i64>,
    latest: Option<i64>,
}

impl AnyRow {
    fn dated(self) -> (i64, Option<Days>) {
        let days = self.earliest.zip(self.latest);
        (self.id, days.map(|(earliest, latest)| Days { earliest, latest }))
    }
}
