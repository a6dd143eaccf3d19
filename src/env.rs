//! Time and chance: the only place where either comes into the program.

use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use jiff::Timestamp;

/// Where the time comes from.
pub trait Clock: Send + Sync {
    /// The time of day, for people and for the record.
    fn now(&self) -> Timestamp;
    /// A time that only moves forward, for measuring how long something took.
    fn instant(&self) -> Instant;
}

/// The clock of the machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

#[expect(clippy::disallowed_methods, reason = "this is the clock that everything else must use")]
impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    fn instant(&self) -> Instant {
        Instant::now()
    }
}

/// A source of chance that many requests share. From one seed comes one sequence.
#[derive(Debug)]
pub struct Rng(Mutex<fastrand::Rng>);

impl Rng {
    /// Rng that nobody can foresee.
    #[expect(clippy::disallowed_methods, reason = "this is the source that everything else must use")]
    pub fn from_entropy() -> Rng {
        Rng(Mutex::new(fastrand::Rng::new()))
    }

    /// Rng that always fall the same way.
    pub fn seeded(seed: u64) -> Rng {
        Rng(Mutex::new(fastrand::Rng::with_seed(seed)))
    }

    /// A seed for a sequence of its own.
    pub fn seed(&self) -> u64 {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).u64(..)
    }

    /// A number below `sides`, each as likely; 0 if there are none.
    pub fn below(&self, sides: usize) -> usize {
        let mut rng = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if sides == 0 { 0 } else { rng.usize(..sides) }
    }
}
