//! Reading events: with their age, and also those that no sync brought.

use std::sync::Arc;
use std::time::Duration;

use matrix_sdk::Room;
use matrix_sdk::deserialized_responses::TimelineEvent;
use matrix_sdk::room::MessagesOptions;
use matrix_sdk::ruma::{EventId, uint};

use super::clocks::Clocks;
use super::context::Context;
use super::incoming::Event;
use super::retry::retried;
use super::undecrypted::{KEYS, decrypted};

/// The longest time for fetching an earlier message or a file.
pub(super) const FETCH: Duration = Duration::from_secs(30);

/// The number of messages that a sync left out which are searched for questions, in each room.
const LEFT_OUT: usize = 1_000;

/// Reads events.
pub(super) struct Reader {
    context: Arc<Context>,
    clocks: Clocks,
}

impl Reader {
    pub fn new(context: &Arc<Context>) -> Reader {
        let clocks = Clocks::new(context.me.server_name().as_str());
        Reader { context: Arc::clone(context), clocks }
    }

    /// An event, with the time at which it was sent. `None` if it is none that we read.
    pub fn read(&self, read: &TimelineEvent) -> Option<Event> {
        let mut event = Event::read(read)?;
        event.at = self.clocks.sent_at(&event, self.context.now());
        Some(event)
    }

    /// An earlier message of a room. `None` if it can't be fetched or decrypted.
    pub async fn earlier(&self, room: &Room, id: &str) -> Option<Event> {
        let id = EventId::parse(id).ok()?;
        let fetching = retried("fetching a message", FETCH, || room.event(&id, None));
        match fetching.await {
            Ok(read) if read.kind.is_utd() => {
                self.read(&decrypted(&self.context.client, room, &read, KEYS).await?)
            }
            Ok(read) => self.read(&read),
            Err(error) => {
                tracing::warn!(%error, "an earlier message can't be fetched");
                None
            }
        }
    }

    /// The events of others that a sync left out of a busy room, between two tokens, the oldest first; without those
    /// that are too old to be answered.
    pub async fn left_out(&self, room: &Room, since: &str, before: String) -> Vec<(Event, TimelineEvent)> {
        let me = self.context.me.as_str();
        let mut from = before;
        let mut found = Vec::new();
        'pages: while found.len() < LEFT_OUT {
            let page = retried("reading what was missed", self.context.limit(), || {
                let mut options = MessagesOptions::backward().from(from.as_str());
                options.to = Some(since.to_string());
                options.limit = uint!(100);
                room.messages(options)
            });
            let page = match page.await {
                Ok(page) => page,
                Err(error) => {
                    tracing::warn!(%error, room = %room.room_id(), "what was missed in a room can't be read");
                    break;
                }
            };
            for read in page.chunk {
                let Some(event) = self.read(&read) else { continue };
                if event.is_join_of(me) || self.context.is_old(event.at) {
                    break 'pages;
                }
                if event.sender != me {
                    found.push((event, read));
                }
            }
            match page.end {
                Some(end) => from = end,
                None => break,
            }
        }
        found.reverse();
        found
    }
}
