//! Rooms: who may do what in them, coming, going and moving.

use std::time::Duration;

use matrix_sdk::ruma::api::client::membership::leave_room;
use matrix_sdk::ruma::api::client::state::get_state_events;
use matrix_sdk::ruma::events::StateEventType;
use matrix_sdk::ruma::events::room::power_levels::UserPowerLevel;
use matrix_sdk::ruma::{OwnedRoomId, RoomId, UserId};
use matrix_sdk::{Error, Room, RoomState};
use serde_json::{Value, json};

use crate::answer::Answer;
use crate::commands::{LOOK, Role};
use crate::community::Answered;
use crate::settings::{AccessSettings, Inviters, Listed};

use super::bot::{Bot, place, transaction};
use super::gate::NotSent;
use super::incoming::Event;
use super::locks::lock;
use super::msc4391::{self, DESCRIPTION};
use super::retry::retried;

/// How long joining, leaving and the like is tried.
const MAX_RETRY_TIME: Duration = Duration::from_secs(600);

/// Who somebody is by the settings, if these know them.
pub(super) fn listed(access: &AccessSettings, user: &str) -> Option<Role> {
    let is_in =
        |list: &[Listed]| list.iter().any(|it| matches!(it, Listed::MatrixUser(listed) if listed == user));
    if is_in(&access.editors) {
        Some(Role::Editor)
    } else {
        is_in(&access.moderators).then_some(Role::Moderator)
    }
}

/// What we say when we come.
fn greeting(prefix: &str, direct: bool) -> Answer {
    let prefix = if direct { "" } else { prefix };
    Answer::found("Rapporteur is here").paragraph(format!(
        "Ask me about the article that you read together: {prefix}quote Paz gives exact words, and says whose they \
         are. {prefix}help tells what else can be asked. Under an answer, react with its numbers and arrows to \
         choose."
    ))
}

/// Whether somebody may invite the bot.
pub(super) fn may_invite(allowed: &[Inviters], access: &AccessSettings, user: &str) -> bool {
    let server = user.split_once(':').map_or("", |(_, server)| server);
    allowed.iter().any(|it| match it {
        Inviters::Anyone => true,
        Inviters::Editors => listed(access, user) == Some(Role::Editor),
        Inviters::User(listed) => listed == user,
        Inviters::Server(listed) => listed == server,
    })
}

impl Bot {
    /// What somebody may do in a room: by the settings, or else by their power there. The creators of rooms
    /// from version 12 on are above all levels.
    pub(super) async fn role(&self, room: &Room, user: &str) -> Role {
        if let Some(role) = listed(&self.access, user) {
            return role;
        }
        let Ok(user) = UserId::parse(user) else { return Role::Member };
        let is_moderator = match self.powers(room).await {
            Some(powers) => match powers.for_user(&user) {
                UserPowerLevel::Int(level) => i64::from(level) >= self.settings.moderator_level,
                _ => true,
            },
            None => false,
        };
        if is_moderator { Role::Moderator } else { Role::Member }
    }

    /// We have come into a room.
    pub(super) async fn joined(&self, room: &Room, event: &Event) {
        if event.unsigned["prev_content"]["is_direct"] == true {
            lock(&self.directs).insert(room.room_id().to_owned());
        }
        let moved = self.inherit(room).await;
        // A space is a list of rooms: nobody reads what is said there.
        let is_greeted = moved || room.is_space() || self.is_old(event);
        if !is_greeted && self.known(&event.event_id).await.is_none() {
            let greeting = greeting(&self.prefix(room), self.is_alone(room));
            let sent = self.say(room, &greeting, &transaction(&event.event_id, "greeting")).await;
            if let Some(sent) = sent {
                self.keep(Answered {
                    answer: Some(sent.to_string()),
                    ..self.noted(&event.event_id, room, "")
                })
                .await;
            }
        }
        self.describe_soon(room);
        self.leave_if_deserted(room).await;
    }

    /// Leaves a room in which nobody is any more, nor is to come.
    pub(super) async fn leave_if_deserted(&self, room: &Room) {
        if room.state() == RoomState::Joined && room.active_members_count() == 1 {
            tracing::info!(room = %room.room_id(), "everyone has left a room");
            self.leave(room).await;
        }
    }

    /// Answers an invitation.
    pub(super) async fn invited(&self, room: &OwnedRoomId, by: Option<&str>) {
        let Some(room) = self.client.get_room(room) else { return };
        if room.state() != RoomState::Invited {
            return;
        }
        let allowed = by.is_some_and(|by| may_invite(&self.settings.allowed_inviters, &self.access, by));
        // Where a room moved to, we go with it, whoever invites us.
        if !allowed && !self.is_moved_to(room.room_id()) {
            tracing::info!(room = %room.room_id(), by, "an invitation is refused");
            let mut request = leave_room::v3::Request::new(room.room_id().to_owned());
            request.reason = Some(
                "I only come where those who run me let me: ask them to allow you or your server to invite me.".into(),
            );
            let refusing = retried("refusing an invitation", MAX_RETRY_TIME, || async {
                self.client.send(request.clone()).await.map_err(Error::from)
            });
            if let Err(error) = refusing.await {
                tracing::warn!(%error, room = %room.room_id(), "an invitation can't be refused");
            }
            return;
        }
        let joining = retried("joining a room", MAX_RETRY_TIME, || async {
            match room.state() {
                RoomState::Joined => Ok(()),
                _ => self.client.join_room_by_id(room.room_id()).await.map(drop),
            }
        });
        match joining.await {
            Ok(()) => tracing::info!(room = %room.room_id(), by, "joined a room"),
            Err(error) => tracing::warn!(%error, room = %room.room_id(), "a room can't be joined"),
        }
    }

    /// Whether a room that we are in moved to this one.
    fn is_moved_to(&self, room: &RoomId) -> bool {
        let successors = self.client.joined_rooms().into_iter().filter_map(|old| old.successor_room());
        successors.into_iter().any(|successor| successor.room_id == room)
    }

    /// Follows a room that moved. Who may write the tombstone is up to the old room's powers, which the
    /// homeserver has checked.
    pub(super) async fn follow(&self, room: &Room, to: OwnedRoomId, sender: Option<&str>) {
        if self.client.get_room(&to).is_some_and(|it| it.state() == RoomState::Joined) {
            return;
        }
        let sender = sender.and_then(|sender| UserId::parse(sender).ok());
        let via: Vec<_> = sender.map(|sender| sender.server_name().to_owned()).into_iter().collect();
        let address = matrix_sdk::ruma::OwnedRoomOrAliasId::from(to.clone());
        let joining = retried("following a room", MAX_RETRY_TIME, || async {
            self.client.join_room_by_id_or_alias(&address, &via).await.map(drop)
        });
        match joining.await {
            Ok(()) => tracing::info!(from = %room.room_id(), %to, "followed a room that moved"),
            // Somebody has to invite us there, and then anybody may.
            Err(error) => {
                tracing::info!(%error, %to, "a room moved where we can't follow before we are invited")
            }
        }
    }

    /// Takes over what was decided for the room that this one is the continuation of.
    pub(super) async fn inherit(&self, room: &Room) -> bool {
        let Some(before) = room.predecessor_room().map(|it| it.room_id) else { return false };
        // The old room must say so too: anybody can call a room the continuation of another.
        let confirmed = self
            .client
            .get_room(&before)
            .and_then(|old| old.successor_room())
            .is_some_and(|successor| successor.room_id == room.room_id());
        if !confirmed {
            return false;
        }
        let (old, new) = (place(&before), place(room.room_id()));
        let community = &self.world.community;
        if community.settings(&new).is_empty() {
            for (setting, value) in community.settings(&old) {
                if let Err(error) = community.set(&new, &setting, Some(&value)).await {
                    tracing::error!(%error, "what was decided for a room can't be taken along");
                }
            }
        }
        true
    }

    /// Has the commands of a room described anew, if something changed.
    pub(super) fn describe_soon(&self, room: &Room) {
        lock(&self.undescribed).push(room.clone());
        self.to_describe.notify_one();
    }

    /// Describes the commands wherever that is due, for ever, if the settings want it. The option to name an article is there only where
    /// there are several.
    pub(super) async fn keep_described(&self) {
        if !self.settings.describe_commands {
            return;
        }
        let mut described = None;
        loop {
            let mut due = std::mem::take(&mut *lock(&self.undescribed));
            let several = self.has_several_articles();
            if described != Some(several) {
                due = self.client.joined_rooms();
                described = Some(several);
            }
            for room in due {
                self.describe(&room).await;
            }
            tokio::select! {
                () = self.to_describe.notified() => {}
                () = tokio::time::sleep(LOOK) => {}
            }
        }
    }

    /// Publishes the commands for clients that know descriptions of commands, where we may; also takes
    /// back those that are gone.
    async fn describe(&self, room: &Room) {
        // One after the other, and never while we leave: what is put then would stay.
        let _turn = self.describing.lock().await;
        if room.state() != RoomState::Joined || room.is_space() || !self.may_describe(room).await {
            return;
        }
        let wanted = msc4391::descriptions(self.me.as_str(), self.has_several_articles());
        let known = self.descriptions(room).await;
        let gone = known.iter().filter(|(key, content)| {
            content.as_object().is_some_and(|it| !it.is_empty())
                && !wanted.iter().any(|(wanted, _)| wanted == key)
        });
        let changed = wanted.iter().filter(|it| !known.contains(it));
        let changes: Vec<_> = changed.cloned().chain(gone.map(|(key, _)| (key.clone(), json!({})))).collect();
        for (key, content) in changes {
            if !self.put_description(room, &key, &content).await {
                return;
            }
        }
    }

    async fn may_describe(&self, room: &Room) -> bool {
        match self.powers(room).await {
            Some(powers) => powers.user_can_send_state(&self.me, StateEventType::from(DESCRIPTION)),
            None => false,
        }
    }

    /// Our own descriptions that stand in a room, asked of the homeserver: what we put a moment ago was in no
    /// sync yet.
    async fn descriptions(&self, room: &Room) -> Vec<(String, Value)> {
        let request = get_state_events::v3::Request::new(room.room_id().to_owned());
        let asking = retried("looking for described commands", MAX_RETRY_TIME, || async {
            self.client.send(request.clone()).await.map_err(Error::from)
        });
        let state = match asking.await {
            Ok(state) => state.room_state,
            Err(error) => {
                tracing::warn!(%error, room = %room.room_id(), "a room's state can't be read");
                return Vec::new();
            }
        };
        let ours = |event: Value| {
            let is_ours = event["type"] == DESCRIPTION && event["sender"] == self.me.as_str();
            is_ours.then(|| {
                (event["state_key"].as_str().unwrap_or_default().to_string(), event["content"].clone())
            })
        };
        state.iter().filter_map(|event| ours(serde_json::from_str(event.json().get()).ok()?)).collect()
    }

    /// Puts one when there is time for it; answers come first. Whether it stands.
    async fn put_description(&self, room: &Room, key: &str, content: &Value) -> bool {
        loop {
            let put = || async { room.send_state_event_raw(DESCRIPTION, key, content.clone()).await };
            match self.gate.later(put).await {
                Ok(_) => return true,
                Err(NotSent::Quiet) => tokio::time::sleep(LOOK).await,
                Err(NotSent::Failed(error)) => {
                    tracing::warn!(%error, room = %room.room_id(), "a command can't be described in a room");
                    return false;
                }
            }
        }
    }

    /// Leaves a room, and takes along what was put there.
    pub(super) async fn leave(&self, room: &Room) {
        let _turn = self.describing.lock().await;
        if self.may_describe(room).await {
            let known = self.descriptions(room).await;
            let known =
                known.into_iter().filter(|(_, content)| content.as_object().is_some_and(|it| !it.is_empty()));
            for (key, _) in known {
                let taking = self.gate.first("taking a description away", MAX_RETRY_TIME, || async {
                    room.send_state_event_raw(DESCRIPTION, &key, json!({})).await
                });
                if let Err(error) = taking.await {
                    tracing::warn!(%error, room = %room.room_id(), "a description can't be taken away");
                    break;
                }
            }
        }
        let request = leave_room::v3::Request::new(room.room_id().to_owned());
        let leaving = retried("leaving a room", MAX_RETRY_TIME, || async {
            self.client.send(request.clone()).await.map_err(Error::from)
        });
        match leaving.await {
            Ok(_) => tracing::info!(room = %room.room_id(), "left a room"),
            Err(error) => tracing::warn!(%error, room = %room.room_id(), "a room can't be left"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invitations_are_for_those_who_are_listed() {
        let access = AccessSettings {
            editors: vec![Listed::MatrixUser("@ada:example.org".into())],
            moderators: vec![Listed::MatrixUser("@maud:example.org".into())],
        };
        let may = |allowed: &[&str], user: &str| {
            let allowed: Vec<_> =
                allowed.iter().map(|it| Inviters::try_from(it.to_string()).unwrap()).collect();
            may_invite(&allowed, &access, user)
        };
        assert!(may(&["editors"], "@ada:example.org"));
        assert!(!may(&["editors"], "@maud:example.org"));
        assert!(!may(&["editors"], "@ada:evil.example.org"));
        assert!(may(&["editors", "example.org"], "@eve:example.org"));
        assert!(!may(&["example.org"], "@eve:example.org.evil"));
        assert!(!may(&["example.org"], "@eve:evil:example.org"));
        assert!(may(&["@eve:other"], "@eve:other"));
        assert!(may(&["anyone"], "@eve:other"));
        assert!(!may(&[], "@ada:example.org"));
        assert_eq!(listed(&access, "@maud:example.org"), Some(Role::Moderator));
        assert_eq!(listed(&access, "@eve:example.org"), None);
    }
}
