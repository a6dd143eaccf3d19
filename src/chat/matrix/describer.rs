//! The descriptions of commands in rooms (MSC4391): put there where we may, kept up to date, and removed when we leave.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use matrix_sdk::ruma::api::client::state::get_state_events;
use matrix_sdk::ruma::events::StateEventType;
use matrix_sdk::{Error, Room, RoomState};
use serde_json::{Value, json};
use tokio::sync::{MutexGuard, Notify};

use crate::commands::LOOK;

use super::context::Context;
use super::locks::lock;
use super::msc4391::{self, DESCRIPTION};
use super::rate_limiter::{NotSent, RateLimiter};
use super::retry::retried;
use super::room_states::RoomStates;

/// The longest time that reading or removing descriptions is tried.
const MAX_RETRY_TIME: Duration = Duration::from_secs(600);

/// Describes commands in rooms.
pub(super) struct Describer {
    context: Arc<Context>,
    states: Arc<RoomStates>,
    limiter: Arc<RateLimiter>,
    /// Rooms whose descriptions may be out of date.
    due: Mutex<Vec<Room>>,
    is_due: Notify,
    /// Held while descriptions are put into a room, and while we leave one.
    describing: tokio::sync::Mutex<()>,
}

impl Describer {
    pub fn new(context: &Arc<Context>, states: &Arc<RoomStates>, limiter: &Arc<RateLimiter>) -> Describer {
        Describer {
            context: Arc::clone(context),
            states: Arc::clone(states),
            limiter: Arc::clone(limiter),
            due: Mutex::default(),
            is_due: Notify::new(),
            describing: tokio::sync::Mutex::default(),
        }
    }

    /// Has the commands of a room described again, if something changed.
    pub fn describe_soon(&self, room: &Room) {
        lock(&self.due).push(room.clone());
        self.is_due.notify_one();
    }

    /// Describes the commands wherever that is due, without end, if the settings want it. The option to name an
    /// article is there only where there are several.
    pub async fn keep_described(&self) {
        if !self.context.settings.describe_commands {
            return;
        }
        let mut described = None;
        loop {
            let mut due = std::mem::take(&mut *lock(&self.due));
            let several = self.context.has_several_articles();
            if described != Some(several) {
                due = self.context.client.joined_rooms();
                described = Some(several);
            }
            for room in due {
                self.describe(&room).await;
            }
            tokio::select! {
                () = self.is_due.notified() => {}
                () = tokio::time::sleep(LOOK) => {}
            }
        }
    }

    /// Publishes the commands for clients that know descriptions of commands, where we may; also removes those of
    /// commands that are gone.
    async fn describe(&self, room: &Room) {
        // One room after the other, and never while we leave: what is put then would stay.
        let _turn = self.describing.lock().await;
        if room.state() != RoomState::Joined || room.is_space() || !self.may_describe(room).await {
            return;
        }
        let (me, several) = (self.context.me.as_str(), self.context.has_several_articles());
        let language = self.context.language_of(room).await;
        let wanted = language.sync_scope(|| msc4391::descriptions(me, several));
        let known = self.descriptions(room).await;
        let gone = known
            .iter()
            .filter(|(key, content)| !is_empty(content) && !wanted.iter().any(|(wanted, _)| wanted == key));
        let changed = wanted.iter().filter(|it| !known.contains(it));
        let changes: Vec<_> = changed.cloned().chain(gone.map(|(key, _)| (key.clone(), json!({})))).collect();
        for (key, content) in changes {
            if !self.put(room, &key, &content).await {
                return;
            }
        }
    }

    async fn may_describe(&self, room: &Room) -> bool {
        match self.states.powers(room).await {
            Some(powers) => powers.user_can_send_state(&self.context.me, StateEventType::from(DESCRIPTION)),
            None => false,
        }
    }

    /// Our own descriptions in a room, asked of the homeserver: what we put a moment ago was in no sync yet.
    async fn descriptions(&self, room: &Room) -> Vec<(String, Value)> {
        let request = get_state_events::v3::Request::new(room.room_id().to_owned());
        let asking = retried("looking for described commands", MAX_RETRY_TIME, || async {
            self.context.client.send(request.clone()).await.map_err(Error::from)
        });
        let state = match asking.await {
            Ok(state) => state.room_state,
            Err(error) => {
                tracing::warn!(%error, room = %room.room_id(), "a room's state can't be read");
                return Vec::new();
            }
        };
        let ours = |event: Value| {
            let is_ours = event["type"] == DESCRIPTION && event["sender"] == self.context.me.as_str();
            is_ours.then(|| {
                (event["state_key"].as_str().unwrap_or_default().to_string(), event["content"].clone())
            })
        };
        state.iter().filter_map(|event| ours(serde_json::from_str(event.json().get()).ok()?)).collect()
    }

    /// Puts one description when there is time for it; answers come first. Whether it worked.
    async fn put(&self, room: &Room, key: &str, content: &Value) -> bool {
        loop {
            let put = || async { room.send_state_event_raw(DESCRIPTION, key, content.clone()).await };
            match self.limiter.later(put).await {
                Ok(_) => return true,
                Err(NotSent::Quiet) => tokio::time::sleep(LOOK).await,
                Err(NotSent::Failed(error)) => {
                    tracing::warn!(%error, room = %room.room_id(), "a command can't be described in a room");
                    return false;
                }
            }
        }
    }

    /// Removes all descriptions from a room that we leave. None are put while the returned guard is held.
    pub async fn withdraw(&self, room: &Room) -> MutexGuard<'_, ()> {
        let turn = self.describing.lock().await;
        if !self.may_describe(room).await {
            return turn;
        }
        let known = self.descriptions(room).await;
        for (key, _) in known.into_iter().filter(|(_, content)| !is_empty(content)) {
            let removing = self.limiter.first("taking a description away", MAX_RETRY_TIME, || async {
                room.send_state_event_raw(DESCRIPTION, &key, json!({})).await
            });
            if let Err(error) = removing.await {
                tracing::warn!(%error, room = %room.room_id(), "a description can't be taken away");
                break;
            }
        }
        turn
    }
}

/// Whether the content of a description describes nothing.
fn is_empty(content: &Value) -> bool {
    content.as_object().is_none_or(|it| it.is_empty())
}
