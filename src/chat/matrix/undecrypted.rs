//! Messages that can't be decrypted yet: waiting for their keys, and telling the room.

use std::sync::Arc;
use std::time::Duration;

use futures::StreamExt;
use matrix_sdk::deserialized_responses::TimelineEvent;
use matrix_sdk::{Client, Room};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::answer::Answer;
use crate::community::{RoomSetting, RoomSettingKey};
use crate::say;

use super::context::Context;
use super::ids::{place, transaction};
use super::outbox::Outbox;

/// The time that a message's key is waited for before the room is told.
pub(super) const KEYS: Duration = Duration::from_secs(20);

/// The number of messages without a key that are remembered, in case it comes late.
const LATE: usize = 200;

/// What is done about messages that can't be decrypted.
pub(super) struct Undecrypted {
    context: Arc<Context>,
    outbox: Arc<Outbox>,
    late: Arc<Semaphore>,
}

impl Undecrypted {
    pub fn new(context: &Arc<Context>, outbox: &Arc<Outbox>) -> Undecrypted {
        Undecrypted {
            context: Arc::clone(context),
            outbox: Arc::clone(outbox),
            late: Arc::new(Semaphore::new(LATE)),
        }
    }

    /// A place among the messages whose key may come late, if one is free.
    pub fn place(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.late).try_acquire_owned().ok()
    }

    /// Says in a room that there are messages which we can't read. Once.
    pub async fn tell(&self, room: &Room) {
        let place = place(room.room_id());
        let community = &self.context.world.community;
        if community.setting(&place, RoomSettingKey::UndecryptedReported).is_some() {
            return;
        }
        if let Err(error) = community.set(&place, RoomSetting::UndecryptedReported).await {
            return tracing::error!(%error, "can't write down that a room was told of a message without a key");
        }
        let answer = Answer::found(say!("matrix-undecrypted")).paragraph(say!("matrix-undecrypted-help"));
        // One transaction for the room: of several such messages at the same time, one makes us say it.
        self.outbox.post(room, &answer, &transaction(room.room_id().as_str(), "undecrypted")).await;
    }
}

/// Waits until a message can be decrypted, or `limit` is over.
pub(super) async fn decrypted(
    client: &Client,
    room: &Room,
    undecrypted: &TimelineEvent,
    limit: Duration,
) -> Option<TimelineEvent> {
    let raw = undecrypted.raw().cast_ref_unchecked();
    let keys = client.encryption().room_keys_received_stream().await;
    let waiting = async {
        let mut keys = keys.map(|keys| keys.boxed());
        loop {
            // The key may have come between the sync and now.
            if let Ok(read) = room.decrypt_event(raw, None).await
                && !read.kind.is_utd()
            {
                return read;
            }
            match &mut keys {
                Some(keys) => drop(keys.next().await),
                None => std::future::pending().await,
            }
        }
    };
    tokio::time::timeout(limit, waiting).await.ok()
}
