//! The revisions of the library, and the one that answers.

use super::database::Community;
use super::error::CommunityError;

/// A revision of the library that was made here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// Its name.
    pub revision: String,
    /// When it was made, in milliseconds since 1970 UTC.
    pub made_at: i64,
    /// Who made it.
    pub made_by: String,
    /// When it last began to answer, likewise.
    pub used_at: i64,
    /// How many articles it has.
    pub articles: i64,
    /// How many items it has.
    pub items: i64,
    /// The size of its file in bytes.
    pub bytes: i64,
}

impl Community {
    /// The revision that answers now; `None` before the first load.
    ///
    /// # Errors
    /// The database can't be read or written.
    pub async fn current(&self) -> Result<Option<Revision>, CommunityError> {
        Ok(sqlx::query_as!(
            Revision,
            r#"SELECT r.revision, r.made_at, r.made_by, r.used_at, r.articles, r.items, r.bytes
               FROM current AS c JOIN revision AS r ON r.revision = c.revision WHERE c.id = 1"#
        )
        .fetch_optional(&self.pool)
        .await?)
    }

    /// Makes a revision the one that answers, and records it if it is new, in one transaction. Of one
    /// that is known, what changes is when it began to answer and the size of its file.
    ///
    /// # Errors
    /// The database can't be read or written.
    pub async fn switch(&self, to: &Revision) -> Result<(), CommunityError> {
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        sqlx::query!(
            r#"INSERT INTO revision (revision, made_at, made_by, used_at, articles, items, bytes)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
               ON CONFLICT (revision) DO UPDATE SET used_at = excluded.used_at, bytes = excluded.bytes"#,
            to.revision,
            to.made_at,
            to.made_by,
            to.used_at,
            to.articles,
            to.items,
            to.bytes
        )
        .execute(&mut *transaction)
        .await?;
        sqlx::query!(
            r#"INSERT INTO current (id, revision) VALUES (1, ?1)
               ON CONFLICT (id) DO UPDATE SET revision = excluded.revision"#,
            to.revision
        )
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(())
    }

    /// The revisions that were made here; the one that began to answer last comes first. At most 200.
    ///
    /// # Errors
    /// The database can't be read or written.
    pub async fn revisions(&self) -> Result<Vec<Revision>, CommunityError> {
        Ok(sqlx::query_as!(
            Revision,
            r#"SELECT revision, made_at, made_by, used_at, articles, items, bytes FROM revision
               ORDER BY used_at DESC, revision LIMIT 200"#
        )
        .fetch_all(&self.pool)
        .await?)
    }
}
