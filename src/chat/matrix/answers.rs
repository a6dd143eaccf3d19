//! The record of what was answered, in the community database, and a lock for each answer.

use std::sync::Arc;

use matrix_sdk::Room;
use tokio::sync::OwnedMutexGuard;

use crate::community::Answered;

use super::context::Context;
use super::locks::Locks;
use super::views::Kept;

/// What was answered to an event, and what is kept of the answer.
pub(super) type Record = Answered<Kept>;

/// What was answered.
pub(super) struct Answers {
    context: Arc<Context>,
    /// Held while an answer is changed.
    locks: Locks,
}

impl Answers {
    pub fn new(context: &Arc<Context>) -> Answers {
        Answers { context: Arc::clone(context), locks: Locks::default() }
    }

    /// The record of an event that was acted on.
    pub async fn known(&self, event: &str) -> Option<Record> {
        self.context.world.community.answered(event).await.unwrap_or_else(|error| {
            tracing::error!(%error, "what was answered can't be read");
            None
        })
    }

    /// The record of the question that has this answer.
    pub async fn question_of(&self, answer: &str) -> Option<Record> {
        self.context.world.community.question_of(answer).await.unwrap_or_else(|error| {
            tracing::error!(%error, "what was answered can't be read");
            None
        })
    }

    /// The same if the answer is in this room.
    pub async fn shown(&self, room: &Room, answer: &str) -> Option<Record> {
        self.question_of(answer).await.filter(|row| row.room == room.room_id().as_str())
    }

    /// Stores a record.
    pub async fn keep(&self, answered: Record) {
        let community = &self.context.world.community;
        if let Err(error) = community.keep_heard(&self.context.account, None, &[answered]).await {
            tracing::error!(%error, "an answer can't be written down");
        }
    }

    /// A record of an event that was acted on, without an answer yet.
    pub fn noted(&self, event: &str, room: &Room, caller: &str) -> Record {
        Record {
            event: event.into(),
            room: room.room_id().to_string(),
            caller: caller.into(),
            at: self.context.now(),
            ..Record::default()
        }
    }

    /// Waits until nobody else changes an answer.
    pub async fn lock(&self, answer: &str) -> OwnedMutexGuard<()> {
        self.locks.of(answer).await
    }
}

/// Whether a command that changes something was begun, and its end is not known.
pub(super) fn is_begun(row: &Record) -> bool {
    row.answer.is_none() && row.line.is_some()
}

/// The record of an answer that was removed.
pub(super) fn gone(row: Record) -> Record {
    Record { answer: None, line: None, kept: Kept::default(), ..row }
}
