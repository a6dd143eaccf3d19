//! What happened once and must not happen again.

use std::collections::{HashSet, VecDeque};
use std::sync::{Mutex, PoisonError};

/// How many things are remembered; the oldest are forgotten.
const MAX_CONFIRMATIONS: usize = 1_000;

/// The last things that were seen.
#[derive(Debug, Default)]
pub(super) struct Seen(Mutex<(HashSet<u64>, VecDeque<u64>)>);

impl Seen {
    /// Whether something is seen for the first time.
    pub fn is_first(&self, id: u64) -> bool {
        let (known, order) = &mut *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_first = known.insert(id);
        if is_first {
            order.push_back(id);
            if order.len() > MAX_CONFIRMATIONS {
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
        let seen = Seen::default();
        let most = MAX_CONFIRMATIONS as u64;
        assert!((0..=most).all(|id| seen.is_first(id)));
        assert!(!seen.is_first(most) && !seen.is_first(1));
        assert!(seen.is_first(0));
    }
}
