//! What must outlive a reload, in SQLite: which revision answers, which there were, and who did what.

use std::fs::File;
use std::path::Path;
use std::time::Duration;

use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};

/// Why the community database could not be used.
#[derive(Debug, thiserror::Error)]
#[error("the community database failed: {0}")]
pub struct CommunityError(sqlx::Error);

impl From<sqlx::Error> for CommunityError {
    fn from(error: sqlx::Error) -> Self {
        CommunityError(error)
    }
}

impl From<sqlx::migrate::MigrateError> for CommunityError {
    fn from(error: sqlx::migrate::MigrateError) -> Self {
        CommunityError(error.into())
    }
}

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

/// An entry of the audit log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEntry {
    /// When, in milliseconds since 1970 UTC.
    pub at: i64,
    /// Who: the platform and the id there, `terminal:ada`.
    pub who: String,
    /// Which command.
    pub command: String,
    /// `done`, `refused` or `failed`.
    pub outcome: String,
    /// What happened.
    pub detail: String,
}

/// The community database of a data folder.
#[derive(Debug)]
pub struct Community {
    pool: SqlitePool,
}

impl Community {
    /// Opens `community.db` in the data folder, which is made where it is missing.
    ///
    /// # Errors
    /// The folder or file can't be made or written, or is damaged.
    pub async fn open(data: &Path) -> Result<Community, CommunityError> {
        std::fs::create_dir_all(data).map_err(sqlx::Error::from)?;
        // Two programs that start at once must not both make the file and its tables.
        let turn = File::create(data.join("community.lock")).map_err(sqlx::Error::from)?;
        turn.lock().map_err(sqlx::Error::from)?;
        let options = SqliteConnectOptions::new()
            .filename(data.join("community.db"))
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // The pointer to the current revision must be on the disk before we say that it moved.
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(5));
        let pool = SqlitePoolOptions::new()
            .max_connections(2)
            .test_before_acquire(false)
            .idle_timeout(None)
            .max_lifetime(None)
            .connect_with(options)
            .await?;
        sqlx::migrate!("migrations/community").run(&pool).await?;
        drop(turn);
        Ok(Community { pool })
    }

    /// The revision that answers now; `None` before the first load.
    ///
    /// # Errors
    /// See [`CommunityError`].
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
    /// See [`CommunityError`].
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
    /// See [`CommunityError`].
    pub async fn revisions(&self) -> Result<Vec<Revision>, CommunityError> {
        Ok(sqlx::query_as!(
            Revision,
            r#"SELECT revision, made_at, made_by, used_at, articles, items, bytes FROM revision
               ORDER BY used_at DESC, revision LIMIT 200"#
        )
        .fetch_all(&self.pool)
        .await?)
    }

    /// Writes down what somebody did, or was refused.
    ///
    /// # Errors
    /// See [`CommunityError`].
    pub async fn record(&self, entry: &AuditEntry) -> Result<(), CommunityError> {
        sqlx::query!(
            "INSERT INTO audit (at, who, command, outcome, detail) VALUES (?1, ?2, ?3, ?4, ?5)",
            entry.at,
            entry.who,
            entry.command,
            entry.outcome,
            entry.detail
        )
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// The last entries of the audit log, the newest first.
    ///
    /// # Errors
    /// See [`CommunityError`].
    pub async fn audit(&self, most: i64) -> Result<Vec<AuditEntry>, CommunityError> {
        Ok(sqlx::query_as!(
            AuditEntry,
            "SELECT at, who, command, outcome, detail FROM audit ORDER BY id DESC LIMIT ?1",
            most
        )
        .fetch_all(&self.pool)
        .await?)
    }

    /// Size of the database in bytes, without its log.
    ///
    /// # Errors
    /// See [`CommunityError`].
    pub async fn bytes(&self) -> Result<i64, CommunityError> {
        let pages: i64 = sqlx::query_scalar("PRAGMA page_count").fetch_one(&self.pool).await?;
        let size: i64 = sqlx::query_scalar("PRAGMA page_size").fetch_one(&self.pool).await?;
        Ok(pages * size)
    }
}
