//! Reactions that wait to be put or removed.

use std::collections::VecDeque;
use std::sync::Mutex;
use std::time::Duration;

use matrix_sdk::Room;
use matrix_sdk::ruma::{EventId, OwnedEventId};
use tokio::sync::Notify;
use tokio::time::Instant;

use super::locks::lock;

/// The longest time that reactions under an answer are tried.
const MAX_AGE: Duration = Duration::from_secs(120);

/// The number of answers that may wait for their reactions.
const MAX_JOBS: usize = 1_000;

/// Something to do about reactions.
#[derive(Debug, Clone)]
pub(super) enum Job {
    /// Put and remove our reactions under an answer.
    Under(Room, OwnedEventId),
    /// Remove somebody's reaction, so that they can use it again.
    Clear(Room, OwnedEventId),
}

impl Job {
    fn event(&self) -> &EventId {
        match self {
            Job::Under(_, event) | Job::Clear(_, event) => event,
        }
    }
}

/// The jobs that wait, the newest last: it comes first, because people look at it now.
#[derive(Debug, Default)]
pub(super) struct Queue {
    jobs: Mutex<VecDeque<(Instant, Job)>>,
    news: Notify,
}

impl Queue {
    /// Adds a job; it replaces an earlier one about the same event.
    pub fn put(&self, job: Job) {
        let mut jobs = lock(&self.jobs);
        jobs.retain(|(_, it)| it.event() != job.event());
        if jobs.len() >= MAX_JOBS {
            jobs.pop_front();
        }
        jobs.push_back((Instant::now(), job));
        self.news.notify_one();
    }

    /// Waits for the job to do first. It stays in the queue until it is done.
    pub async fn first(&self) -> Job {
        loop {
            {
                let mut jobs = lock(&self.jobs);
                jobs.retain(|(since, _)| since.elapsed() < MAX_AGE);
                if let Some((_, job)) = jobs.back() {
                    return job.clone();
                }
            }
            self.news.notified().await;
        }
    }

    /// Removes a job.
    pub fn done(&self, job: &Job) {
        lock(&self.jobs).retain(|(_, it)| it.event() != job.event());
    }

    /// Removes all jobs.
    pub fn drop_all(&self) {
        lock(&self.jobs).clear();
    }
}
