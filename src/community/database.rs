//! The community database: its file, its connections, and the settings of rooms that are kept in memory.

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::path::Path;
use std::sync::RwLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};

use crate::locale::Locale;

use super::error::CommunityError;
use super::setting::RoomSetting;

/// The community database of a data folder.
#[derive(Debug)]
pub struct Community {
    pub(super) pool: SqlitePool,
    /// A connection that does not wait for the disk, for what is written with every answer.
    pub(super) relaxed: SqlitePool,
    /// All settings of places, by place and key: every request reads them, and hardly one changes them.
    pub(super) places: RwLock<HashMap<(String, String), RoomSetting>>,
    /// The languages that people chose, by platform and id there.
    pub(super) languages: RwLock<HashMap<String, Locale>>,
    /// The rooms of which it is known what server they are in.
    pub(super) rooms: RwLock<HashSet<String>>,
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
        let lock = File::create(data.join("community.lock")).map_err(sqlx::Error::from)?;
        lock.lock().map_err(sqlx::Error::from)?;
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
        drop(lock);
        let relaxed = SqlitePoolOptions::new()
            .max_connections(1)
            .test_before_acquire(false)
            .idle_timeout(None)
            .max_lifetime(None)
            .connect_lazy_with(relaxed);
        let places = sqlx::query!("SELECT place, setting, value FROM place_setting").fetch_all(&pool).await?;
        // What another version wrote and this one can't read is left alone.
        let read = |key: &str, value: &str| RoomSetting::read(key, value);
        let places = places.into_iter().filter_map(|row| {
            let setting = read(&row.setting, &row.value)?;
            Some(((row.place, row.setting), setting))
        });
        let places = places.collect();
        let people = sqlx::query!("SELECT person, language FROM person").fetch_all(&pool).await?;
        let languages = people.into_iter().filter_map(|row| Some((row.person, row.language.parse().ok()?)));
        let languages = languages.collect();
        Ok(Community {
            pool,
            relaxed,
            places: RwLock::new(places),
            languages: RwLock::new(languages),
            rooms: RwLock::default(),
            kept: AtomicU64::new(0),
        })
    }

    /// Whether it is one of every so many times.
    pub(super) fn is_time_to_prune(&self, every: u64) -> bool {
        self.kept.fetch_add(1, Ordering::Relaxed).is_multiple_of(every)
    }

    /// Size of the database in bytes, without its log.
    ///
    /// # Errors
    /// The database can't be read or written.
    pub async fn bytes(&self) -> Result<i64, CommunityError> {
        let pages: i64 = sqlx::query_scalar("PRAGMA page_count").fetch_one(&self.pool).await?;
        let size: i64 = sqlx::query_scalar("PRAGMA page_size").fetch_one(&self.pool).await?;
        Ok(pages * size)
    }
}
