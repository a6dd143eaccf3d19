//! The age of events, even where clocks disagree.

use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};

use super::incoming::Event;

/// The difference from which the operator is warned, in milliseconds.
const APART: i64 = 60_000;

/// Our clock, and that of our homeserver.
#[derive(Debug)]
pub(super) struct Clocks {
    /// The name of our homeserver.
    home: String,
    /// The milliseconds by which our clock is ahead of the homeserver's, as far as we know.
    ahead: AtomicI64,
    was_reported: AtomicBool,
}

impl Clocks {
    pub fn new(home: &str) -> Clocks {
        Clocks { home: home.into(), ahead: AtomicI64::new(0), was_reported: AtomicBool::new(false) }
    }

    /// When an event that arrives now was sent, in milliseconds since 1970 UTC by our clock. The homeserver says how
    /// old it is (`unsigned.age`); the time in the event is that of its sender's homeserver.
    pub fn sent_at(&self, event: &Event, now: i64) -> i64 {
        let Some(age) = event.unsigned["age"].as_i64() else {
            return event.origin_server_ts + self.ahead.load(Ordering::Relaxed);
        };
        let at = now - age.max(0);
        // For its own users, the homeserver gives the time and the age by the same clock.
        if event.sender.split_once(':').is_some_and(|(_, server)| server == self.home) {
            self.compare(at - event.origin_server_ts);
        }
        at
    }

    fn compare(&self, ahead: i64) {
        self.ahead.store(ahead, Ordering::Relaxed);
        if ahead.abs() > APART && !self.was_reported.swap(true, Ordering::Relaxed) {
            tracing::warn!(
                seconds = ahead.abs() / 1000,
                "the clock of this machine is {} that of the homeserver: set the one that is wrong. Until then, how old \
                 a question is goes by the homeserver's",
                if ahead > 0 { "ahead of" } else { "behind" }
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_homeserver_tells_how_old_something_is() {
        let event = |sender: &str, sent: i64, age: Option<i64>| -> Event {
            let event = json!({
                "type": "m.room.message", "event_id": "$a", "sender": sender, "origin_server_ts": sent,
                "unsigned": { "age": age },
            });
            serde_json::from_value(event).unwrap()
        };
        let clocks = Clocks::new("example.org");
        let now = 10_000_000;
        // Our clock is twenty minutes ahead.
        assert_eq!(clocks.sent_at(&event("@a:example.org", now - 1_201_000, Some(1_000)), now), now - 1_000);
        // Another server's is wrong.
        assert_eq!(clocks.sent_at(&event("@a:other.org", 5, Some(2_000)), now), now - 2_000);
        // Nobody tells its age: then it goes by what we know of the clocks.
        assert_eq!(clocks.sent_at(&event("@a:example.org", now - 1_203_000, None), now), now - 3_000);
        assert_eq!(clocks.sent_at(&event("@a:example.org", now, Some(-5)), now), now);
    }
}
