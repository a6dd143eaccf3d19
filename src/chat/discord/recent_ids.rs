//! Ids of what happened once and must not happen again.

use std::collections::{HashSet, VecDeque};
use std::sync::{Mutex, PoisonError};

/// How many ids are remembered; the oldest are forgotten.
const MAX_IDS: usize = 1_000;

/// The last ids that came by.
#[derive(Debug, Default)]
pub(super) struct RecentIds(Mutex<(HashSet<u64>, VecDeque<u64>)>);

impl RecentIds {
    /// Adds an id. `true` if it was not there.
    pub fn insert(&self, id: u64) -> bool {
        let (known, order) = &mut *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_first = known.insert(id);
        if is_first {
            order.push_back(id);
            if order.len() > MAX_IDS {
                order.pop_front().map(|oldest| known.remove(&oldest));
            }
        }
        is_first
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_are_forgotten() {
        let recent = RecentIds::default();
        let most = MAX_IDS as u64;
        assert!((0..=most).all(|id| recent.insert(id)));
        assert!(!recent.insert(most) && !recent.insert(1));
        assert!(recent.insert(0));
    }
}
