//! One after the other, where it is about the same thing.

use std::collections::HashMap;
use std::sync::{Arc, Mutex as StdMutex, PoisonError};

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
            let mut locks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            if locks.len() > KEPT {
                locks.retain(|_, lock| Arc::strong_count(lock) > 1);
            }
            Arc::clone(locks.entry(name.to_string()).or_default())
        };
        lock.lock_owned().await
    }
}
