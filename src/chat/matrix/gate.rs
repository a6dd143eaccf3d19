//! What goes out first: answers, always; and reactions and the like only while enough is left for the next answers.
//!
//! A homeserver counts all that an account sends. Synapse's defaults are ten events at once and one in five seconds
//! (<https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#rc_message>), and an
//! answer with four reactions is five of them.

use std::sync::{Mutex as StdMutex, MutexGuard, PoisonError};
use std::time::Duration;

use matrix_sdk::Error;
use tokio::sync::{Mutex, watch};
use tokio::time::Instant;

use super::retry::{in_line, is_limited};

/// How many events may be out at once, by what we reckon, with one that is no answer. What Synapse lets through
/// besides by default is for the answers to a crowd.
const AT_ONCE: u32 = 4;

/// How long nothing that is no answer is sent after the homeserver held something back.
const QUIET: Duration = Duration::from_secs(60);

/// How long the rest of a crowd's questions is waited for.
const BREATH: Duration = Duration::from_millis(300);

/// What we send to a homeserver, in its order.
#[derive(Debug)]
pub(super) struct Gate {
    /// Where what the homeserver holds back waits.
    line: Mutex<()>,
    /// How many answers are being made or sent.
    asked: watch::Sender<usize>,
    /// How many events a second the homeserver lets through for long.
    per_second: f64,
    sent: StdMutex<Sent>,
}

#[derive(Debug)]
struct Sent {
    /// How many events went out, less those that the homeserver has forgotten by now: at `at`.
    level: f64,
    at: Instant,
    /// When the last answer was given.
    answered: Option<Instant>,
    quiet_until: Option<Instant>,
}

/// An answer that is under way: nothing else is sent meanwhile.
#[derive(Debug)]
pub(super) struct UnderWay<'a>(&'a Gate);

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        self.0.sent().answered = Some(Instant::now());
        self.0.asked.send_modify(|asked| *asked -= 1);
    }
}

/// Why something that is no answer was not sent.
#[derive(Debug)]
pub(super) enum NotSent {
    /// The homeserver has held something back a moment ago.
    Quiet,
    /// It did not work.
    Failed(Error),
}

impl Gate {
    pub fn new(per_second: f64) -> Gate {
        let sent = Sent { level: 0.0, at: Instant::now(), answered: None, quiet_until: None };
        Gate { line: Mutex::default(), asked: watch::Sender::new(0), per_second, sent: StdMutex::new(sent) }
    }

    fn sent(&self) -> MutexGuard<'_, Sent> {
        self.sent.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// An answer is under way until what is returned is dropped.
    pub fn answering(&self) -> UnderWay<'_> {
        self.asked.send_modify(|asked| *asked += 1);
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

    /// Sends something that is no answer, once and when there is time for it.
    ///
    /// # Errors
    /// It was not sent, and is not to be tried again soon.
    pub async fn later<T, F>(&self, attempt: impl FnOnce() -> F) -> Result<T, NotSent>
    where
        F: Future<Output = Result<T, Error>>,
    {
        let mut asked = self.asked.subscribe();
        loop {
            // The sender of it is ours.
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

    /// When something that is no answer may be sent; never while it is to be quiet.
    fn when(&self) -> Option<Instant> {
        let sent = self.sent();
        let now = Instant::now();
        if sent.quiet_until.is_some_and(|until| until > now) {
            return None;
        }
        let over = (self.level(&sent, now) + 1.0 - f64::from(AT_ONCE)).max(0.0);
        let room = now + Duration::from_secs_f64((over / self.per_second).min(QUIET.as_secs_f64()));
        Some(sent.answered.map_or(room, |answered| room.max(answered + BREATH)))
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
        let gate = Arc::new(Gate::new(0.2));
        let began = Instant::now();
        let send = || async { Ok(Instant::now()) };
        for _ in 0..3 {
            gate.later(send).await.unwrap();
        }
        assert_eq!(began.elapsed(), Duration::ZERO);
        let under_way = gate.answering();
        let waiting = tokio::spawn({
            let gate = Arc::clone(&gate);
            async move { gate.later(send).await.unwrap() }
        });
        tokio::time::sleep(Duration::from_secs(1)).await;
        gate.first("sending", QUIET, send).await.unwrap();
        assert!(!waiting.is_finished());
        drop(under_way);
        let sent = waiting.await.unwrap();
        assert!(sent >= began + Duration::from_secs(1) + BREATH, "{:?}", sent - began);
        // The next waits until the homeserver has forgotten one of those that went out.
        let sent = gate.later(send).await.unwrap();
        assert!(sent >= began + Duration::from_secs(4), "{:?}", sent - began);
        let under_way = gate.answering();
        // Answers don't.
        let now = Instant::now();
        for _ in 0..5 {
            gate.first("sending", QUIET, send).await.unwrap();
        }
        drop(under_way);
        assert_eq!(now.elapsed(), Duration::ZERO);
    }
}
