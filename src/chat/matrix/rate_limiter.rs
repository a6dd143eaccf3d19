//! The order in which we send: answers at once; reactions and the like only while enough of the homeserver's limit is
//! left for the next answers.
//!
//! A homeserver counts everything that an account sends. Synapse's defaults are ten events at once and one in five seconds
//! (<https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#rc_message>), and an
//! answer with four reactions is five of them.

use std::sync::{Mutex as StdMutex, MutexGuard, PoisonError};
use std::time::Duration;

use matrix_sdk::Error;
use tokio::sync::{Mutex, watch};
use tokio::time::Instant;

use super::retry::{in_line, is_limited};

/// The number of recent events, by our count, up to which something that is no answer is sent. The rest of Synapse's
/// default limit is left for answers, when many people ask at once.
const AT_ONCE: u32 = 4;

/// The time without anything but answers after the homeserver has refused an event for now.
const QUIET: Duration = Duration::from_secs(60);

/// The time after an answer in which more questions may come, so that only answers are sent.
const AFTER_ANSWER: Duration = Duration::from_millis(300);

/// Decides when something may be sent.
#[derive(Debug)]
pub(super) struct RateLimiter {
    /// The line in which sends wait that the homeserver has refused for now.
    line: Mutex<()>,
    /// The number of answers that are being made or sent.
    under_way: watch::Sender<usize>,
    /// The number of events per second that the homeserver accepts permanently.
    per_second: f64,
    sent: StdMutex<Sent>,
}

#[derive(Debug)]
struct Sent {
    /// The number of events that the homeserver counted at `at`: those sent, minus those it has forgotten since.
    level: f64,
    at: Instant,
    /// When the last answer was sent.
    answered: Option<Instant>,
    quiet_until: Option<Instant>,
}

/// An answer that is under way: nothing else is sent meanwhile.
#[derive(Debug)]
pub(super) struct UnderWay<'a>(&'a RateLimiter);

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        self.0.sent().answered = Some(Instant::now());
        self.0.under_way.send_modify(|asked| *asked -= 1);
    }
}

/// Why something that is no answer was not sent.
#[derive(Debug)]
pub(super) enum NotSent {
    /// The homeserver has refused something for now, a moment ago.
    Quiet,
    /// Sending failed.
    Failed(Error),
}

impl RateLimiter {
    pub fn new(per_second: f64) -> RateLimiter {
        let sent = Sent { level: 0.0, at: Instant::now(), answered: None, quiet_until: None };
        RateLimiter {
            line: Mutex::default(),
            under_way: watch::Sender::new(0),
            per_second,
            sent: StdMutex::new(sent),
        }
    }

    fn sent(&self) -> MutexGuard<'_, Sent> {
        self.sent.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// An answer is under way until what is returned is dropped.
    pub fn answering(&self) -> UnderWay<'_> {
        self.under_way.send_modify(|asked| *asked += 1);
        UnderWay(self)
    }

    /// Sends an answer, as often as it takes.
    ///
    /// # Errors
    /// The last error, when it can never work or the time is over.
    pub async fn first<T, F>(
        &self,
        what: &'static str,
        limit: Duration,
        mut attempt: impl FnMut() -> F,
    ) -> Result<T, Error>
    where
        F: Future<Output = Result<T, Error>>,
    {
        in_line(what, limit, Some(&self.line), || {
            let going = attempt();
            async {
                let done = going.await;
                self.count(&done);
                done
            }
        })
        .await
    }

    /// Sends something that is no answer, once, when the limit leaves room for it.
    ///
    /// # Errors
    /// It was not sent, and is not to be tried again soon.
    pub async fn later<T, F>(&self, attempt: impl FnOnce() -> F) -> Result<T, NotSent>
    where
        F: Future<Output = Result<T, Error>>,
    {
        let mut asked = self.under_way.subscribe();
        loop {
            // The sender is ours, so it is not closed.
            let _ = asked.wait_for(|asked| *asked == 0).await;
            let Some(when) = self.when() else { return Err(NotSent::Quiet) };
            if when <= Instant::now() {
                break;
            }
            tokio::time::sleep_until(when).await;
        }
        let done = attempt().await;
        self.count(&done);
        done.map_err(|error| if is_limited(&error) { NotSent::Quiet } else { NotSent::Failed(error) })
    }

    /// When something that is no answer may be sent. `None` while only answers are.
    fn when(&self) -> Option<Instant> {
        let sent = self.sent();
        let now = Instant::now();
        if sent.quiet_until.is_some_and(|until| until > now) {
            return None;
        }
        let over = (self.level(&sent, now) + 1.0 - f64::from(AT_ONCE)).max(0.0);
        let free = now + Duration::from_secs_f64((over / self.per_second).min(QUIET.as_secs_f64()));
        Some(sent.answered.map_or(free, |answered| free.max(answered + AFTER_ANSWER)))
    }

    fn level(&self, sent: &Sent, now: Instant) -> f64 {
        (sent.level - (now - sent.at).as_secs_f64() * self.per_second).max(0.0)
    }

    fn count<T>(&self, done: &Result<T, Error>) {
        let mut sent = self.sent();
        let now = Instant::now();
        match done {
            Ok(_) => (sent.level, sent.at) = (self.level(&sent, now) + 1.0, now),
            Err(error) if is_limited(error) => {
                if sent.quiet_until.is_none_or(|until| until < now) {
                    tracing::warn!(
                        seconds = QUIET.as_secs(),
                        "the homeserver lets us send no more for now: answers get no reactions for a while"
                    );
                }
                sent.quiet_until = Some(now + QUIET);
            }
            Err(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn what_is_no_answer_waits_for_answers_and_leaves_room_for_them() {
        let limiter = Arc::new(RateLimiter::new(0.2));
        let began = Instant::now();
        let send = || async { Ok(Instant::now()) };
        for _ in 0..3 {
            limiter.later(send).await.unwrap();
        }
        assert_eq!(began.elapsed(), Duration::ZERO);
        let under_way = limiter.answering();
        let waiting = tokio::spawn({
            let limiter = Arc::clone(&limiter);
            async move { limiter.later(send).await.unwrap() }
        });
        tokio::time::sleep(Duration::from_secs(1)).await;
        limiter.first("sending", QUIET, send).await.unwrap();
        assert!(!waiting.is_finished());
        drop(under_way);
        let sent = waiting.await.unwrap();
        assert!(sent >= began + Duration::from_secs(1) + AFTER_ANSWER, "{:?}", sent - began);
        // The next waits until the homeserver has forgotten one of those that went out.
        let sent = limiter.later(send).await.unwrap();
        assert!(sent >= began + Duration::from_secs(4), "{:?}", sent - began);
        let under_way = limiter.answering();
        // Answers don't.
        let now = Instant::now();
        for _ in 0..5 {
            limiter.first("sending", QUIET, send).await.unwrap();
        }
        drop(under_way);
        assert_eq!(now.elapsed(), Duration::ZERO);
    }
}
