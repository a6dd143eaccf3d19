//! Locks by name, for things of which there are many.

use std::collections::HashMap;
use std::sync::{Arc, Mutex as StdMutex, MutexGuard, PoisonError};

use tokio::sync::{Mutex, OwnedMutexGuard};

/// The number of locks from which those that nobody holds are dropped.
const MAX_IDLE: usize = 1_000;

/// A lock for each of many things, by name.
#[derive(Debug, Default)]
pub(super) struct Locks(StdMutex<HashMap<String, Arc<Mutex<()>>>>);

impl Locks {
    /// Waits for the lock of this name.
    pub async fn of(&self, name: &str) -> OwnedMutexGuard<()> {
        let lock = {
            let mut locks = lock(&self.0);
            if locks.len() > MAX_IDLE {
                locks.retain(|_, lock| Arc::strong_count(lock) > 1);
            }
            Arc::clone(locks.entry(name.to_string()).or_default())
        };
        lock.lock_owned().await
    }
}

/// The content of a mutex, also after a panic of whoever held it.
pub(super) fn lock<T>(of: &StdMutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}
