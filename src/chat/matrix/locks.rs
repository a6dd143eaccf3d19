//! One after the other, where it is about the same thing.

use std::collections::HashMap;
use std::sync::{Arc, Mutex as StdMutex, MutexGuard, PoisonError};

use tokio::sync::{Mutex, OwnedMutexGuard};

/// How many locks are kept before those that nobody holds are dropped.
const KEPT: usize = 1_000;

/// A lock for each of many things, by name.
#[derive(Debug, Default)]
pub(super) struct Locks(StdMutex<HashMap<String, Arc<Mutex<()>>>>);

impl Locks {
    /// Waits for its turn.
    pub async fn of(&self, name: &str) -> OwnedMutexGuard<()> {
        let lock = {
            let mut locks = lock(&self.0);
            if locks.len() > KEPT {
                locks.retain(|_, lock| Arc::strong_count(lock) > 1);
            }
            Arc::clone(locks.entry(name.to_string()).or_default())
        };
        lock.lock_owned().await
    }
}

/// What is behind a lock, also after a panic of somebody who held it.
pub(super) fn lock<T>(of: &StdMutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}
