//! What must outlive a reload, in SQLite: which revision answers, which there were, what moderators
//! decided for their rooms, and who did what.

mod answered;

use std::collections::HashMap;
use std::fs::File;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{PoisonError, RwLock};
use std::time::Duration;

use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};

pub use answered::Answered;

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

/// How many command lines are kept for buttons; those that were put on one longest ago are forgotten.
const MAX_LINES: i64 = 100_000;

/// How many times lines are kept until the oldest are forgotten.
const PRUNE_EVERY: u64 = 1_000;

/// The community database of a data folder.
#[derive(Debug)]
pub struct Community {
    pool: SqlitePool,
    /// A connection that does not wait for the disk, for what is written with every answer.
    relaxed: SqlitePool,
    /// All settings of places, by place and setting: every request reads them, and hardly one changes
    /// them.
    places: RwLock<HashMap<(String, String), String>>,
    kept: AtomicU64,
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
        let relaxed = options.clone().synchronous(SqliteSynchronous::Normal);
        let pool = SqlitePoolOptions::new()
            .max_connections(2)
            .test_before_acquire(false)
            .idle_timeout(None)
            .max_lifetime(None)
            .connect_with(options)
            .await?;
        sqlx::migrate!("migrations/community").run(&pool).await?;
        drop(turn);
        let relaxed = SqlitePoolOptions::new()
            .max_connections(1)
            .test_before_acquire(false)
            .idle_timeout(None)
            .max_lifetime(None)
            .connect_lazy_with(relaxed);
        let places = sqlx::query!("SELECT place, setting, value FROM place_setting").fetch_all(&pool).await?;
        let places = places.into_iter().map(|row| ((row.place, row.setting), row.value)).collect();
        Ok(Community { pool, relaxed, places: RwLock::new(places), kept: AtomicU64::new(0) })
    }

    /// What was decided for the first of these places that has the setting.
    pub fn setting(&self, places: &[String], setting: &str) -> Option<String> {
        let known = self.places.read().unwrap_or_else(PoisonError::into_inner);
        places.iter().find_map(|place| known.get(&(place.clone(), setting.to_string())).cloned())
    }

    /// What was decided for exactly this place: settings and values, in order.
    pub fn settings(&self, place: &str) -> Vec<(String, String)> {
        let known = self.places.read().unwrap_or_else(PoisonError::into_inner);
        let of_place = known.iter().filter(|((of, _), _)| of == place);
        let mut settings: Vec<_> =
            of_place.map(|((_, setting), value)| (setting.clone(), value.clone())).collect();
        settings.sort();
        settings
    }

    /// Decides something for a place, or takes it back with `None`.
    ///
    /// # Errors
    /// See [`CommunityError`].
    pub async fn set(&self, place: &str, setting: &str, value: Option<&str>) -> Result<(), CommunityError> {
        match value {
            Some(value) => {
                sqlx::query!(
                    r#"INSERT INTO place_setting (place, setting, value) VALUES (?1, ?2, ?3)
                   ON CONFLICT (place, setting) DO UPDATE SET value = excluded.value"#,
                    place,
                    setting,
                    value
                )
                .execute(&self.pool)
                .await?
            }
            None => {
                sqlx::query!("DELETE FROM place_setting WHERE place = ?1 AND setting = ?2", place, setting)
                    .execute(&self.pool)
                    .await?
            }
        };
        let mut known = self.places.write().unwrap_or_else(PoisonError::into_inner);
        let key = (place.to_string(), setting.to_string());
        match value {
            Some(value) => known.insert(key, value.to_string()),
            None => known.remove(&key),
        };
        Ok(())
    }

    /// Keeps command lines under their keys, for buttons that have no room for them, in one transaction.
    /// The oldest are forgotten above [`MAX_LINES`].
    ///
    /// # Errors
    /// See [`CommunityError`].
    pub async fn keep_lines(&self, lines: &[(String, String)], at: i64) -> Result<(), CommunityError> {
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        for (key, line) in lines {
            sqlx::query!(
                r#"INSERT INTO line (key, line, at) VALUES (?1, ?2, ?3)
                   ON CONFLICT (key) DO UPDATE SET at = excluded.at"#,
                key,
                line,
                at
            )
            .execute(&mut *transaction)
            .await?;
        }
        // Counting is not for every time: a few too many do no harm.
        if self.is_time_to_prune(PRUNE_EVERY) {
            sqlx::query!(
                "DELETE FROM line WHERE key IN (SELECT key FROM line ORDER BY at DESC LIMIT -1 OFFSET ?1)",
                MAX_LINES
            )
            .execute(&mut *transaction)
            .await?;
        }
        transaction.commit().await?;
        Ok(())
    }

    fn is_time_to_prune(&self, every: u64) -> bool {
        self.kept.fetch_add(1, Ordering::Relaxed).is_multiple_of(every)
    }

    /// The command line that was kept under a key.
    ///
    /// # Errors
    /// See [`CommunityError`].
    pub async fn line(&self, key: &str) -> Result<Option<String>, CommunityError> {
        Ok(sqlx::query_scalar!("SELECT line FROM line WHERE key = ?1", key)
            .fetch_optional(&self.pool)
            .await?)
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
