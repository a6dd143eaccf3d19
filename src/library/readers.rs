//! The connections on which a library file is read.

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use sqlx::ConnectOptions;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use tokio::sync::{Mutex, MutexGuard};

use super::error::LibraryError;

/// How many connections a library has at most. Each is a thread of SQLite's.
const MAX_READERS: usize = 4;

/// A few connections that are kept, and opened when they are first needed.
///
/// Not sqlx's pool: that one pings a connection at every return, which is another trip to the
/// connection's thread for every statement, and most statements here take no longer than such a trip.
#[derive(Debug)]
pub(super) struct Readers {
    options: SqliteConnectOptions,
    first: Mutex<SqliteConnection>,
    others: [Mutex<Option<SqliteConnection>>; MAX_READERS - 1],
    next: AtomicUsize,
}

/// A connection, held until it is dropped.
pub(super) enum Reader<'a> {
    First(MutexGuard<'a, SqliteConnection>),
    Other(tokio::sync::MappedMutexGuard<'a, SqliteConnection>),
}

impl Readers {
    /// Opens the file.
    pub async fn open(path: &Path) -> Result<Readers, LibraryError> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .read_only(true)
            // Nobody changes the file, so SQLite need not lock it or look for a journal.
            .immutable(true)
            .pragma("cache_size", "-8000")
            .statement_cache_capacity(100);
        let first = Mutex::new(options.connect().await?);
        Ok(Readers { options, first, others: Default::default(), next: AtomicUsize::new(0) })
    }

    /// A connection that nobody uses just now, or the next that is free.
    pub async fn get(&self) -> Reader<'_> {
        if let Ok(first) = self.first.try_lock() {
            return Reader::First(first);
        }
        for other in &self.others {
            let Ok(mut other) = other.try_lock() else { continue };
            if other.is_none() {
                // Where no more can be opened (the file was deleted), those that are open must do.
                *other = self.options.connect().await.ok();
            }
            if let Ok(other) = MutexGuard::try_map(other, Option::as_mut) {
                return Reader::Other(other);
            }
        }
        let turn = self.next.fetch_add(1, Ordering::Relaxed) % MAX_READERS;
        if let Some(other) = self.others.get(turn)
            && let Ok(other) = MutexGuard::try_map(other.lock().await, Option::as_mut)
        {
            return Reader::Other(other);
        }
        Reader::First(self.first.lock().await)
    }
}

impl std::ops::Deref for Reader<'_> {
    type Target = SqliteConnection;

    fn deref(&self) -> &SqliteConnection {
        match self {
            Reader::First(connection) => connection,
            Reader::Other(connection) => connection,
        }
    }
}

impl std::ops::DerefMut for Reader<'_> {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        match self {
            Reader::First(connection) => connection,
            Reader::Other(connection) => connection,
        }
    }
}
