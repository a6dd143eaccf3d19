//! Posts that nobody asked for: what the program writes into a room by itself, at a set time or as a discussion goes on.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use tokio::sync::{Mutex, MutexGuard, watch};

use crate::answer::Answer;
use crate::platform::{Place, Platform};

/// A message that was posted, as its platform knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Post {
    /// Where it is.
    pub place: Place,
    /// Its id there.
    pub id: String,
}

/// Why something was not posted.
#[derive(Debug, thiserror::Error)]
pub enum PostError {
    /// The platform is not running, or not connected yet.
    #[error("{0} is not running")]
    NotRunning(Platform),
    /// It may work later: after this time, if the platform says so.
    #[error("it may work later: {0}")]
    Later(String, Option<Duration>),
    /// It will not work: the place is gone, or the bot may not write there.
    #[error("{0}")]
    Refused(String),
}

/// Where one platform takes posts. What is posted mentions nobody.
#[async_trait]
pub trait Outbox: Send + Sync {
    /// Posts an answer. `key` names the post: where the platform can, the same key in the same place is posted once only.
    ///
    /// # Errors
    /// It was not posted, or nobody knows whether it was.
    async fn post(&self, place: &Place, answer: &Answer, key: &str) -> Result<Post, PostError>;

    /// Puts another answer in the place of one that was posted.
    ///
    /// # Errors
    /// The old one is there still, or is gone.
    async fn edit(&self, post: &Post, answer: &Answer) -> Result<(), PostError>;

    /// Opens a thread on a message that was posted, and posts a first answer in it. Gives the place of the thread, where
    /// that is a place of its own. `key` names the first post, as in [`Outbox::post`].
    ///
    /// # Errors
    /// There is no thread: [`PostError::Refused`] where there can't be one.
    async fn open_thread(
        &self,
        post: &Post,
        name: &str,
        first: &Answer,
        key: &str,
    ) -> Result<Option<Place>, PostError>;

    /// Whether somebody, by platform and id there, is in a place, as far as the bot knows.
    async fn has_member(&self, place: &Place, person: &str) -> bool;
}

type Open = HashMap<Platform, Arc<dyn Outbox>>;

/// The outboxes of the platforms that are running.
pub struct Outboxes {
    open: watch::Sender<Open>,
    turns: HashMap<Platform, Mutex<()>>,
}

impl Default for Outboxes {
    fn default() -> Self {
        let turns = Platform::ALL.into_iter().map(|platform| (platform, Mutex::default())).collect();
        Outboxes { open: watch::Sender::new(Open::new()), turns }
    }
}

impl Outboxes {
    /// Opens a platform's outbox, once it can post.
    pub fn open(&self, platform: Platform, outbox: Arc<dyn Outbox>) {
        self.open.send_modify(|open| drop(open.insert(platform, outbox)));
    }

    /// Closes a platform's outbox, once it can't post any more.
    pub fn close(&self, platform: Platform) {
        self.open.send_modify(|open| drop(open.remove(&platform)));
    }

    /// Waits until nobody else posts what is due on a platform, so that two don't post the same. A platform that is slow
    /// keeps no other from posting.
    pub async fn turn(&self, platform: Platform) -> Option<MutexGuard<'_, ()>> {
        match self.turns.get(&platform) {
            Some(turn) => Some(turn.lock().await),
            None => None,
        }
    }

    /// A platform's outbox.
    ///
    /// # Errors
    /// [`PostError::NotRunning`].
    pub fn of(&self, platform: Platform) -> Result<Arc<dyn Outbox>, PostError> {
        self.open.borrow().get(&platform).cloned().ok_or(PostError::NotRunning(platform))
    }

    /// A platform's outbox, as soon as it is open.
    pub async fn opened(&self, platform: Platform) -> Arc<dyn Outbox> {
        let mut open = self.open.subscribe();
        loop {
            if let Some(outbox) = open.borrow_and_update().get(&platform) {
                return Arc::clone(outbox);
            }
            // The sender lives as long as this borrows it.
            let _ = open.changed().await;
        }
    }
}
