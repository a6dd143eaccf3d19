//! What the state of a room says: what we are called there, who may do what, and whether we are alone with somebody.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex};

use matrix_sdk::Room;
use matrix_sdk::ruma::events::room::power_levels::{RoomPowerLevels, UserPowerLevel};
use matrix_sdk::ruma::{OwnedRoomId, RoomId, UserId};
use matrix_sdk::sync::{JoinedRoomUpdate, State};
use serde_json::Value;

use crate::commands::Role;
use crate::settings::{AccessSettings, Listed};

use super::context::Context;
use super::locks::lock;

/// What is known of each room, until a sync says that it has changed.
pub(super) struct RoomStates {
    context: Arc<Context>,
    /// Our display name.
    names: Mutex<HashMap<OwnedRoomId, String>>,
    powers: Mutex<HashMap<OwnedRoomId, Arc<RoomPowerLevels>>>,
    /// The rooms whose invitation to us said that they are direct chats.
    directs: Mutex<HashSet<OwnedRoomId>>,
}

impl RoomStates {
    pub fn new(context: &Arc<Context>) -> RoomStates {
        RoomStates {
            context: Arc::clone(context),
            names: Mutex::default(),
            powers: Mutex::default(),
            directs: Mutex::default(),
        }
    }

    /// Applies what a sync says has changed in a room.
    pub fn update(&self, id: &OwnedRoomId, update: &JoinedRoomUpdate) {
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
                && event["state_key"] == self.context.me.as_str()
            {
                let name = event["content"]["displayname"].as_str().unwrap_or(self.context.me.localpart());
                lock(&self.names).insert(id.clone(), name.to_string());
            }
        }
    }

    /// Remembers that a room is a direct chat.
    pub fn set_direct(&self, room: &RoomId) {
        lock(&self.directs).insert(room.to_owned());
    }

    /// Whether we are alone with somebody, who meant it so.
    pub fn is_alone(&self, room: &Room) -> bool {
        let was_invited_so = || lock(&self.directs).contains(room.room_id());
        room.active_members_count() <= 2 && (room.is_dm() || was_invited_so())
    }

    /// Our display name in a room.
    pub async fn name(&self, room: &Room) -> String {
        let (id, me) = (room.room_id(), &self.context.me);
        if let Some(known) = lock(&self.names).get(id) {
            return known.clone();
        }
        let member = room.get_member_no_sync(me).await.unwrap_or_else(|error| {
            tracing::warn!(%error, room = %id, "our own name can't be looked up");
            None
        });
        let name = member.as_ref().and_then(|it| it.display_name()).unwrap_or(me.localpart());
        lock(&self.names).entry(id.to_owned()).or_insert_with(|| name.to_string()).clone()
    }

    /// The power levels of a room.
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
                tracing::warn!(%error, room = %id, "the power levels of a room can't be read");
                None
            }
        }
    }

    /// Somebody's role in a room: by the settings, or else by their power level there. The creators of rooms from
    /// version 12 on are above all levels.
    pub async fn role(&self, room: &Room, user: &str) -> Role {
        if let Some(role) = listed(&self.context.access, user) {
            return role;
        }
        let Ok(user) = UserId::parse(user) else { return Role::Member };
        let is_moderator = match self.powers(room).await {
            Some(powers) => match powers.for_user(&user) {
                UserPowerLevel::Int(level) => i64::from(level) >= self.context.settings.moderator_level,
                _ => true,
            },
            None => false,
        };
        if is_moderator { Role::Moderator } else { Role::Member }
    }
}

/// Somebody's role by the settings, if they are listed there.
pub(super) fn listed(access: &AccessSettings, user: &str) -> Option<Role> {
    let is_in =
        |list: &[Listed]| list.iter().any(|it| matches!(it, Listed::MatrixUser(listed) if listed == user));
    if is_in(&access.editors) {
        Some(Role::Editor)
    } else {
        is_in(&access.moderators).then_some(Role::Moderator)
    }
}
