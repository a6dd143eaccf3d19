//! The bot: what its parts share.

use std::collections::{HashMap, HashSet};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use matrix_sdk::ruma::events::room::power_levels::RoomPowerLevels;
use matrix_sdk::ruma::{OwnedRoomId, OwnedTransactionId, OwnedUserId, RoomId};
use matrix_sdk::sync::{JoinedRoomUpdate, State};
use matrix_sdk::{Client, Room};
use serde_json::Value;
use sha2::{Digest, Sha256};
use tokio::sync::{Notify, Semaphore};
use tokio_util::sync::CancellationToken;

use crate::commands::{self, World};
use crate::community::Answered;
use crate::settings::{AccessSettings, MatrixSettings, Settings};

use super::PLATFORM;
use super::clocks::Clocks;
use super::gate::Gate;
use super::locks::{Locks, lock};
use super::queue::Queue;
use super::session::Session;

/// How many messages without a key are remembered, in case it comes late.
const LATE: usize = 200;

/// What answers on Matrix.
pub(super) struct Bot {
    pub world: Arc<World>,
    pub client: Client,
    pub me: OwnedUserId,
    pub settings: MatrixSettings,
    pub access: AccessSettings,
    pub account: String,
    /// Our name in each room, until it changes there.
    names: Mutex<HashMap<OwnedRoomId, String>>,
    /// Who may do what, by room, until it changes there.
    powers: Mutex<HashMap<OwnedRoomId, Arc<RoomPowerLevels>>>,
    /// The rooms to which we were invited as to a direct chat.
    pub directs: Mutex<HashSet<OwnedRoomId>>,
    /// The end of the last thing that somebody asked in a room: an edit must not overtake what it edits.
    pub turns: Mutex<HashMap<(OwnedRoomId, String), CancellationToken>>,
    /// The questions that are being answered, and whether somebody removed them meanwhile.
    pending: Mutex<HashMap<String, bool>>,
    /// Held while an answer is changed.
    pub answers: Locks,
    /// The order in which what we send goes out.
    pub gate: Gate,
    /// Reactions to put and to take away.
    pub marks: Queue,
    pub clocks: Clocks,
    /// Room for messages whose key may still come.
    pub late: Arc<Semaphore>,
    /// Rooms in which commands are to be described.
    pub undescribed: Mutex<Vec<Room>>,
    pub to_describe: Notify,
    /// Held while commands are described, or no longer.
    pub describing: tokio::sync::Mutex<()>,
    /// Nothing that fails from now on has failed for good: it is answered after the next login.
    pub is_logged_out: AtomicBool,
}

impl Bot {
    pub fn new(world: Arc<World>, session: &Session, settings: &Settings, account: String) -> Bot {
        Bot {
            world,
            client: session.client.clone(),
            me: session.user.clone(),
            settings: settings.matrix.clone(),
            access: settings.access.clone(),
            account,
            names: Mutex::default(),
            powers: Mutex::default(),
            directs: Mutex::default(),
            turns: Mutex::default(),
            pending: Mutex::default(),
            answers: Locks::default(),
            gate: Gate::new(settings.matrix.events_per_second),
            marks: Queue::default(),
            clocks: Clocks::new(session.user.server_name().as_str()),
            late: Arc::new(Semaphore::new(LATE)),
            undescribed: Mutex::default(),
            to_describe: Notify::new(),
            describing: tokio::sync::Mutex::default(),
            is_logged_out: AtomicBool::new(false),
        }
    }

    /// Now, in milliseconds since 1970 UTC.
    pub fn now(&self) -> i64 {
        self.world.clock.now().as_millisecond()
    }

    /// How long an answer is tried: after that nobody waits for it any more.
    pub fn limit(&self) -> Duration {
        Duration::from_secs(self.settings.answer_within.max(60))
    }

    /// Whether it matters which article is meant.
    pub fn has_several_articles(&self) -> bool {
        self.world.store.current().is_some_and(|library| library.has_several_articles())
    }

    /// What commands begin with in a room.
    pub fn prefix(&self, room: &Room) -> String {
        commands::prefix(&self.world, &[place(room.room_id())])
            .unwrap_or_else(|| self.settings.prefix.clone())
    }

    /// Whether we are alone with somebody, who meant it so.
    pub fn is_alone(&self, room: &Room) -> bool {
        let invited_so = || lock(&self.directs).contains(room.room_id());
        room.active_members_count() <= 2 && (room.is_dm() || invited_so())
    }

    /// Forgets what a sync says has changed in a room: who may do what there, and what we are called.
    pub fn forget(&self, id: &OwnedRoomId, update: &JoinedRoomUpdate) {
        let before = match &update.state {
            State::Before(events) | State::After(events) => events,
        };
        let timeline = update.timeline.events.iter().map(|event| event.raw().json().get());
        for event in before.iter().map(|event| event.json().get()).chain(timeline) {
            if event.contains("m.room.power_levels") || event.contains("m.room.create") {
                lock(&self.powers).remove(id);
            }
            if event.contains("m.room.member")
                && let Ok(event) = serde_json::from_str::<Value>(event)
                && event["state_key"] == self.me.as_str()
            {
                let name = event["content"]["displayname"].as_str().unwrap_or(self.me.localpart());
                lock(&self.names).insert(id.clone(), name.to_string());
            }
        }
    }

    /// What we are called in a room.
    pub async fn name(&self, room: &Room) -> String {
        let id = room.room_id();
        if let Some(known) = lock(&self.names).get(id) {
            return known.clone();
        }
        let member = room.get_member_no_sync(&self.me).await.unwrap_or_else(|error| {
            tracing::warn!(%error, room = %id, "our own name can't be looked up");
            None
        });
        let name = member.as_ref().and_then(|it| it.display_name()).unwrap_or(self.me.localpart());
        lock(&self.names).entry(id.to_owned()).or_insert_with(|| name.to_string()).clone()
    }

    /// Who may do what in a room.
    pub async fn powers(&self, room: &Room) -> Option<Arc<RoomPowerLevels>> {
        let id = room.room_id();
        if let Some(known) = lock(&self.powers).get(id) {
            return Some(Arc::clone(known));
        }
        match room.power_levels().await {
            Ok(powers) => {
                let powers = Arc::new(powers);
                lock(&self.powers).insert(id.to_owned(), Arc::clone(&powers));
                Some(powers)
            }
            Err(error) => {
                tracing::warn!(%error, room = %id, "who may do what in a room can't be told");
                None
            }
        }
    }

    pub fn pending(&self) -> MutexGuard<'_, HashMap<String, bool>> {
        lock(&self.pending)
    }

    /// What was done about an event.
    pub async fn known(&self, event: &str) -> Option<Answered> {
        self.world.community.answered(event).await.unwrap_or_else(|error| {
            tracing::error!(%error, "what was answered can't be read");
            None
        })
    }

    /// The question to which this is the answer.
    pub async fn question_of(&self, answer: &str) -> Option<Answered> {
        self.world.community.question_of(answer).await.unwrap_or_else(|error| {
            tracing::error!(%error, "what was answered can't be read");
            None
        })
    }

    pub async fn keep(&self, answered: Answered) {
        if let Err(error) = self.world.community.keep_heard(&self.account, None, &[answered]).await {
            tracing::error!(%error, "an answer can't be written down");
        }
    }

    /// What is known of something that was acted on.
    pub fn noted(&self, event: &str, room: &Room, caller: &str) -> Answered {
        Answered {
            event: event.into(),
            room: room.room_id().to_string(),
            caller: caller.into(),
            at: self.now(),
            actions: "{}".into(),
            ..Answered::default()
        }
    }

    /// Who asks, as commands know them.
    pub fn asker_id(user: &str) -> String {
        format!("{PLATFORM}:{user}")
    }
}

/// The place under which a room's settings are kept.
pub(super) fn place(room: &RoomId) -> String {
    format!("matrix:room:{room}")
}

/// The transaction of something that is sent because of an event: the same after a restart.
pub(super) fn transaction(event: &str, what: &str) -> OwnedTransactionId {
    let hash = Sha256::digest(format!("{event} {what}"));
    let text: String = hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    text.into()
}
