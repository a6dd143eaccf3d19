//! Coming into rooms and leaving them: invitations, greetings, rooms that move, rooms that everyone has left.

use std::sync::Arc;
use std::time::Duration;

use futures::future::join_all;
use matrix_sdk::ruma::api::client::membership::leave_room;
use matrix_sdk::ruma::{OwnedRoomId, RoomId, UserId};
use matrix_sdk::{Error, Room, RoomState};

use crate::answer::Answer;
use crate::chat::shared::sentences;
use crate::commands::Role;
use crate::say;
use crate::settings::{AccessSettings, Inviters};

use super::answers::{Answers, Record};
use super::context::Context;
use super::describer::Describer;
use super::ids::{place, transaction};
use super::incoming::Event;
use super::outbox::Outbox;
use super::retry::retried;
use super::room_states::{RoomStates, listed};

/// The longest time that joining, leaving and the like is tried.
const MAX_RETRY_TIME: Duration = Duration::from_secs(600);

/// Comes into rooms and leaves them.
pub(super) struct Rooms {
    context: Arc<Context>,
    states: Arc<RoomStates>,
    answers: Arc<Answers>,
    outbox: Arc<Outbox>,
    describer: Arc<Describer>,
}

impl Rooms {
    pub fn new(
        context: &Arc<Context>,
        states: &Arc<RoomStates>,
        answers: &Arc<Answers>,
        outbox: &Arc<Outbox>,
        describer: &Arc<Describer>,
    ) -> Rooms {
        Rooms {
            context: Arc::clone(context),
            states: Arc::clone(states),
            answers: Arc::clone(answers),
            outbox: Arc::clone(outbox),
            describer: Arc::clone(describer),
        }
    }

    /// Does what was left to do when the program started: what happened before is in no later sync.
    pub async fn settle(&self) {
        let client = &self.context.client;
        let invitations = client.invited_rooms().into_iter().map(async |room| {
            let by = room.invite_details().await.ok().and_then(|it| it.inviter);
            self.invited(room.room_id(), by.map(|it| it.user_id().to_string()).as_deref()).await;
        });
        let rooms = client.joined_rooms().into_iter().map(async |room| {
            if let Some(successor) = room.successor_room() {
                self.follow(&room, successor.room_id, None).await;
            }
            self.leave_if_deserted(&room).await;
        });
        tokio::join!(join_all(invitations), join_all(rooms));
        // Also those that somebody removed us from.
        for room in client.left_rooms() {
            self.note_left(&room).await;
        }
    }

    /// Greets the room that we have joined, unless that is long ago.
    pub async fn joined(&self, room: &Room, event: &Event) {
        if event.unsigned["prev_content"]["is_direct"] == true {
            self.states.set_direct(room.room_id());
        }
        if let Err(error) = self.context.world.community.is_back(&place(room.room_id())).await {
            tracing::warn!(%error, "a room that was joined can't be written down");
        }
        let has_moved = self.inherit(room).await;
        // A space is a list of rooms: nobody reads what is said there.
        let is_greeted = has_moved || room.is_space() || self.context.is_old(event.at);
        if !is_greeted && self.answers.known(&event.event_id).await.is_none() {
            let greeting = greeting(&self.context.prefix(room), self.states.is_alone(room));
            let sent = self.outbox.post(room, &greeting, &transaction(&event.event_id, "greeting")).await;
            if let Some(sent) = sent {
                let note = self.answers.noted(&event.event_id, room, "");
                self.answers.keep(Record { answer: Some(sent.to_string()), ..note }).await;
            }
        }
        self.describer.describe_soon(room);
        self.leave_if_deserted(room).await;
    }

    /// Leaves a room where nobody else is, or is invited.
    pub async fn leave_if_deserted(&self, room: &Room) {
        if room.state() == RoomState::Joined && room.active_members_count() == 1 {
            tracing::info!(room = %room.room_id(), "everyone has left a room");
            self.leave(room).await;
        }
    }

    /// Answers an invitation.
    pub async fn invited(&self, room: &RoomId, by: Option<&str>) {
        let Some(room) = self.context.client.get_room(room) else { return };
        if room.state() != RoomState::Invited {
            return;
        }
        let allowed = by
            .is_some_and(|by| may_invite(&self.context.settings.allowed_inviters, &self.context.access, by));
        // If one of our rooms moved there, we follow, whoever invites us.
        if !allowed && !self.is_moved_to(room.room_id()) {
            tracing::info!(room = %room.room_id(), by, "an invitation is refused");
            let mut request = leave_room::v3::Request::new(room.room_id().to_owned());
            request.reason = Some(say!("matrix-not-invited"));
            let refusing = retried("refusing an invitation", MAX_RETRY_TIME, || async {
                self.context.client.send(request.clone()).await.map_err(Error::from)
            });
            if let Err(error) = refusing.await {
                tracing::warn!(%error, room = %room.room_id(), "an invitation can't be refused");
            }
            return;
        }
        let joining = retried("joining a room", MAX_RETRY_TIME, || async {
            match room.state() {
                RoomState::Joined => Ok(()),
                _ => self.context.client.join_room_by_id(room.room_id()).await.map(drop),
            }
        });
        match joining.await {
            Ok(()) => tracing::info!(room = %room.room_id(), by, "joined a room"),
            Err(error) => tracing::warn!(%error, room = %room.room_id(), "a room can't be joined"),
        }
    }

    /// Whether one of our rooms moved to this one.
    fn is_moved_to(&self, room: &RoomId) -> bool {
        let successors =
            self.context.client.joined_rooms().into_iter().filter_map(|old| old.successor_room());
        successors.into_iter().any(|successor| successor.room_id == room)
    }

    /// Follows a room that moved. The homeserver has checked that the writer of the tombstone was allowed to.
    pub async fn follow(&self, room: &Room, to: OwnedRoomId, sender: Option<&str>) {
        if self.context.client.get_room(&to).is_some_and(|it| it.state() == RoomState::Joined) {
            return;
        }
        let sender = sender.and_then(|sender| UserId::parse(sender).ok());
        let via: Vec<_> = sender.map(|sender| sender.server_name().to_owned()).into_iter().collect();
        let address = matrix_sdk::ruma::OwnedRoomOrAliasId::from(to.clone());
        let joining = retried("following a room", MAX_RETRY_TIME, || async {
            self.context.client.join_room_by_id_or_alias(&address, &via).await.map(drop)
        });
        match joining.await {
            Ok(()) => tracing::info!(from = %room.room_id(), %to, "followed a room that moved"),
            // An invitation there will be accepted, whoever sends it.
            Err(error) => {
                tracing::info!(%error, %to, "a room moved where we can't follow before we are invited")
            }
        }
    }

    /// Takes along what the room that this one continues has, if there is one: its settings, and what goes on in it. Says
    /// whether there is.
    async fn inherit(&self, room: &Room) -> bool {
        let Some(before) = room.predecessor_room().map(|it| it.room_id) else { return false };
        // The old room must say so too: anybody can create a room that claims to continue another.
        let confirmed = self
            .context
            .client
            .get_room(&before)
            .and_then(|old| old.successor_room())
            .is_some_and(|successor| successor.room_id == room.room_id());
        if !confirmed {
            return false;
        }
        let (old, new) = (place(&before), place(room.room_id()));
        let community = &self.context.world.community;
        if community.settings(&new).is_empty() {
            for setting in community.settings(&old) {
                if let Err(error) = community.set(&new, setting).await {
                    tracing::error!(%error, "what was decided for a room can't be taken along");
                }
            }
        }
        if let Err(error) = community.move_room(&old, &new).await {
            tracing::error!(%error, "what goes on in a room can't be taken along");
        }
        true
    }

    /// Writes down that we are not in a room any more.
    async fn note_left(&self, room: &Room) {
        let community = &self.context.world.community;
        if let Err(error) = community.left(&place(room.room_id()), self.context.now()).await {
            tracing::warn!(%error, "a room that was left can't be written down");
        }
    }

    /// Leaves a room, and removes what we put there.
    pub async fn leave(&self, room: &Room) {
        let _undescribed = self.describer.withdraw(room).await;
        let request = leave_room::v3::Request::new(room.room_id().to_owned());
        let leaving = retried("leaving a room", MAX_RETRY_TIME, || async {
            self.context.client.send(request.clone()).await.map_err(Error::from)
        });
        match leaving.await {
            Ok(_) => {
                tracing::info!(room = %room.room_id(), "left a room");
                self.note_left(room).await;
            }
            Err(error) => tracing::warn!(%error, room = %room.room_id(), "a room can't be left"),
        }
    }
}

/// The greeting when we join a room.
fn greeting(prefix: &str, direct: bool) -> Answer {
    match direct {
        // Commands have no prefix there, which choices would show them with.
        true => Answer { choices: vec![], ..sentences::greeting(say!("matrix-greeting-direct")) },
        false => sentences::greeting(say!("matrix-greeting-room", prefix = prefix)),
    }
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

#[cfg(test)]
mod tests {
    use crate::settings::Listed;

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
