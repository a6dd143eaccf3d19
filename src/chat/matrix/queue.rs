//! Reactions that wait to be put or taken away.

use std::collections::VecDeque;
use std::sync::Mutex;
use std::time::Duration;

use matrix_sdk::Room;
use matrix_sdk::ruma::{EventId, OwnedEventId};
use tokio::sync::Notify;
use tokio::time::Instant;

use super::locks::lock;

/// How long reactions under an answer are tried.
const MARKING: Duration = Duration::from_secs(120);

/// How many answers may wait for their reactions.
const MARKS: usize = 1_000;

/// What there is to do about a reaction.
#[derive(Debug, Clone)]
pub(super) enum Job {
    /// Those under an answer are to be as they should be.
    Under(Room, OwnedEventId),
    /// Somebody's is to be taken away, so that they can use it again.
    Clear(Room, OwnedEventId),
}

impl Job {
    fn event(&self) -> &EventId {
        match self {
            Job::Under(_, event) | Job::Clear(_, event) => event,
        }
    }
}

/// What waits, the newest last: what people look at now comes first.
#[derive(Debug, Default)]
pub(super) struct Queue {
    jobs: Mutex<VecDeque<(Instant, Job)>>,
    news: Notify,
}

impl Queue {
    /// Something more to do; it takes the place of the same about this event.
    pub fn put(&self, job: Job) {
        let mut jobs = lock(&self.jobs);
        jobs.retain(|(_, it)| it.event() != job.event());
        if jobs.len() >= MARKS {
            jobs.pop_front();
        }
        jobs.push_back((Instant::now(), job));
        self.news.notify_one();
    }

    /// Waits for what is to be done first. It stays until it is done.
    pub async fn first(&self) -> Job {
        loop {
            {
                let mut jobs = lock(&self.jobs);
                jobs.retain(|(since, _)| since.elapsed() < MARKING);
                if let Some((_, job)) = jobs.back() {
                    return job.clone();
                }
            }
            self.news.notified().await;
        }
    }

    pub fn done(&self, job: &Job) {
        lock(&self.jobs).retain(|(_, it)| it.event() != job.event());
    }

    pub fn drop_all(&self) {
        lock(&self.jobs).clear();
    }
}
