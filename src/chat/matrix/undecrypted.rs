//! Messages that can't be decrypted, yet.

use std::sync::Arc;
use std::time::Duration;

use futures::StreamExt;
use matrix_sdk::Room;
use matrix_sdk::deserialized_responses::TimelineEvent;

use crate::answer::Answer;

use super::bot::{Bot, transaction};
use super::incoming::Event;

/// How long we wait for the key of a message that can't be read, before we say so.
pub(super) const KEYS: Duration = Duration::from_secs(20);

impl Bot {
    /// A message that can't be decrypted, yet.
    pub(super) async fn undecrypted(
        self: &Arc<Bot>,
        room: &Room,
        event: &Event,
        undecrypted: &TimelineEvent,
    ) {
        if self.is_old(event) || self.settings.ignored_users.contains(&event.sender) {
            return;
        }
        if let Some(read) = self.unsealed(room, undecrypted, KEYS).await {
            return self.late(room, event, &read).await;
        }
        tracing::warn!(room = %room.room_id(), sender = event.sender, "a message can't be decrypted");
        self.tell_of_sealed(room).await;
        // The key may still come, and the answer with it; but nothing else waits for that.
        let Ok(place) = Arc::clone(&self.late).try_acquire_owned() else { return };
        let (bot, room, event, undecrypted) =
            (Arc::clone(self), room.clone(), event.clone(), undecrypted.clone());
        tokio::spawn(async move {
            let _place = place;
            if let Some(read) = bot.unsealed(&room, &undecrypted, bot.limit()).await {
                bot.late(&room, &event, &read).await;
            }
        });
    }

    /// A message that can be read now.
    async fn late(&self, room: &Room, undecrypted: &Event, read: &TimelineEvent) {
        if let Some(mut event) = Event::read(read) {
            event.at = undecrypted.at;
            self.event(room, &event, true).await;
        }
    }

    /// Waits until a message can be decrypted.
    pub(super) async fn unsealed(
        &self,
        room: &Room,
        undecrypted: &TimelineEvent,
        limit: Duration,
    ) -> Option<TimelineEvent> {
        let raw = undecrypted.raw().cast_ref_unchecked();
        let keys = self.client.encryption().room_keys_received_stream().await;
        let waiting = async {
            let mut keys = keys.map(|keys| keys.boxed());
            loop {
                // It may have come between the sync and now.
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

    /// Says in a room that there are messages which we can't read. Once.
    async fn tell_of_sealed(&self, room: &Room) {
        let place = format!("matrix:undecrypted:{}", room.room_id());
        let community = &self.world.community;
        if community.setting(std::slice::from_ref(&place), "told").is_some() {
            return;
        }
        if let Err(error) = community.set(&place, "told", Some("yes")).await {
            return tracing::error!(%error, "can't write down that a room was told of a message without a key");
        }
        let answer = Answer::found("I can't read a message in this room").paragraph(
            "It is encrypted, and its sender's client has not given me the key, so there is no answer if it was a \
             question. Send it again. If that does not help, look in your client whether it refuses to send to devices \
             that are not verified: an editor can verify me from a direct chat, and whoever runs me can tell you my \
             fingerprint. I say this only once here.",
        );
        // Of several such messages at a time, one makes us say it.
        self.say(room, &answer, &transaction(room.room_id().as_str(), "undecrypted")).await;
    }
}
