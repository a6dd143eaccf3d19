//! The bot: its parts, and what it does about each event.

use std::sync::Arc;

use matrix_sdk::Room;
use matrix_sdk::deserialized_responses::TimelineEvent;
use matrix_sdk::ruma::{OwnedUserId, RoomId};

use crate::commands::World;
use crate::settings::Settings;

use super::account::session::Session;
use super::answers::{Answers, gone, is_begun};
use super::choices::Choices;
use super::context::Context;
use super::conversation::Conversation;
use super::describer::Describer;
use super::ids::{caller_id, place};
use super::incoming::Event;
use super::outbox::Outbox;
use super::rate_limiter::RateLimiter;
use super::reactions::Reactions;
use super::reader::Reader;
use super::room_states::RoomStates;
use super::rooms::Rooms;
use super::runner::Runner;
use super::undecrypted::{KEYS, Undecrypted, decrypted};

/// The parts of the bot. Each knows only those before it.
pub(super) struct Bot {
    pub context: Arc<Context>,
    pub states: Arc<RoomStates>,
    pub reader: Arc<Reader>,
    answers: Arc<Answers>,
    describer: Arc<Describer>,
    reactions: Arc<Reactions>,
    pub outbox: Arc<Outbox>,
    undecrypted: Undecrypted,
    pub rooms: Arc<Rooms>,
    conversation: Conversation,
    choices: Choices,
}

impl Bot {
    pub fn new(world: Arc<World>, session: &Session, settings: &Settings, account: String) -> Bot {
        let context = Arc::new(Context {
            world,
            client: session.client.clone(),
            me: session.user.clone(),
            settings: settings.matrix.clone(),
            access: settings.access.clone(),
            account,
        });
        let limiter = Arc::new(RateLimiter::new(settings.matrix.events_per_second));
        let states = Arc::new(RoomStates::new(&context));
        let reader = Arc::new(Reader::new(&context));
        let answers = Arc::new(Answers::new(&context));
        let describer = Arc::new(Describer::new(&context, &states, &limiter));
        let reactions = Arc::new(Reactions::new(&context, &states, &answers, &limiter));
        let outbox = Arc::new(Outbox::new(&context, &answers, &limiter, &reactions));
        let rooms = Arc::new(Rooms::new(&context, &states, &answers, &outbox, &describer));
        let runner = Arc::new(Runner::new(&context, &states, &answers));
        Bot {
            undecrypted: Undecrypted::new(&context, &outbox),
            conversation: Conversation::new(&context, &states, &reader, &answers, &outbox, &rooms, &runner),
            choices: Choices::new(&reader, &answers, &reactions, &outbox, &rooms, &runner),
            context,
            states,
            reader,
            answers,
            describer,
            reactions,
            outbox,
            rooms,
        }
    }

    fn me(&self) -> &OwnedUserId {
        &self.context.me
    }

    /// Does what there is to do after a start and from then on, when nothing is asked. Without end.
    pub async fn settle(&self) {
        tokio::join!(self.rooms.settle(), self.describer.keep_described(), self.reactions.keep_in_order());
    }

    /// Does what an event asks for, in the language of who sent it. It may have been answered before, if
    /// `perhaps_answered`.
    pub async fn handle_event(&self, room: &Room, event: &Event, perhaps_answered: bool) {
        // Somebody's client does not say which language it speaks.
        let (person, places) = (caller_id(&event.sender), [place(room.room_id())]);
        let language = self.context.world.language(&person, None, &places).await;
        language.scope(self.handle(room, event, perhaps_answered)).await;
    }

    async fn handle(&self, room: &Room, event: &Event, perhaps_answered: bool) {
        if event.is_join_of(self.me().as_str()) {
            return self.rooms.joined(room, event).await;
        }
        match event.kind.as_str() {
            // A room's state counts, however old the change is.
            "m.room.tombstone" if event.state_key.as_deref() == Some("") => {
                let to = event.content["replacement_room"].as_str().and_then(|id| RoomId::parse(id).ok());
                if let Some(to) = to {
                    self.rooms.follow(room, to, Some(&event.sender)).await;
                }
                return;
            }
            "m.room.power_levels" if event.state_key.as_deref() == Some("") => {
                return self.describer.describe_soon(room);
            }
            "m.room.member"
                if ["leave", "ban"].contains(&event.content["membership"].as_str().unwrap_or_default()) =>
            {
                return self.rooms.leave_if_deserted(room).await;
            }
            "m.room.message" | "m.reaction" | "m.room.redaction" => {}
            _ => return,
        }
        if event.sender == self.me().as_str() {
            return;
        }
        let was_answered = async || {
            let row = self.answers.known(&event.event_id).await;
            row.is_some_and(|row| !is_begun(&row))
        };
        if perhaps_answered && was_answered().await {
            return;
        }
        match event.kind.as_str() {
            // A removal is never too late.
            "m.room.redaction" => self.redaction(room, event).await,
            _ if self.is_ignored(event) => {}
            _ if self.context.is_old(event.at) => self.report_old(room, event).await,
            "m.reaction" => self.choices.reaction(room, event).await,
            _ => match event.replaces() {
                Some((question, content)) => self.conversation.edit(room, event, question, content).await,
                None => self.conversation.message(room, event).await,
            },
        }
    }

    /// Handles an event that can't be decrypted yet: waits for its key, and tells the room if that does not come.
    pub async fn handle_undecrypted(
        self: &Arc<Bot>,
        room: &Room,
        event: &Event,
        undecrypted: &TimelineEvent,
    ) {
        if self.context.is_old(event.at) || self.is_ignored(event) {
            return;
        }
        if let Some(read) = decrypted(&self.context.client, room, undecrypted, KEYS).await {
            return self.handle_decrypted(room, event, &read).await;
        }
        tracing::warn!(room = %room.room_id(), sender = event.sender, "a message can't be decrypted");
        let language = self.context.language_of(room).await;
        language.scope(self.undecrypted.tell(room)).await;
        // The key may still come, and the answer with it; but nothing else waits for that.
        let Some(place) = self.undecrypted.place() else { return };
        let (bot, room, event, undecrypted) =
            (Arc::clone(self), room.clone(), event.clone(), undecrypted.clone());
        tokio::spawn(async move {
            let _place = place;
            let limit = bot.context.limit();
            if let Some(read) = decrypted(&bot.context.client, &room, &undecrypted, limit).await {
                bot.handle_decrypted(&room, &event, &read).await;
            }
        });
    }

    async fn handle_decrypted(&self, room: &Room, undecrypted: &Event, read: &TimelineEvent) {
        if let Some(mut event) = Event::read(read) {
            event.at = undecrypted.at;
            self.handle_event(room, &event, true).await;
        }
    }

    fn is_ignored(&self, event: &Event) -> bool {
        self.context.settings.ignored_users.contains(&event.sender)
    }

    /// Follows the removal of an event: of an answer, a question, or a reaction.
    async fn redaction(&self, room: &Room, event: &Event) {
        let Some(removed) = event.redacts() else { return };
        // A moderator removed an answer: nothing is put in its place.
        if self.answers.shown(room, removed).await.is_some() {
            let _turn = self.answers.lock(removed).await;
            if let Some(row) = self.answers.question_of(removed).await {
                tracing::info!(room = %room.room_id(), by = event.sender, "an answer was removed");
                self.answers.keep(gone(row)).await;
            }
            return;
        }
        if self.is_ignored(event) || self.conversation.remove_pending(removed) {
            return;
        }
        let Some(row) = self.answers.known(removed).await else { return };
        match row.kept.tap.clone().filter(|_| row.answer.is_none()) {
            Some((answer, key)) if row.caller == event.sender => {
                self.choices.take_tap_back(room, event, removed, &answer, &key).await;
            }
            Some(_) => {}
            None => self.outbox.take_back(room, event, row).await,
        }
    }

    /// Tells the operator of a question that came too late.
    async fn report_old(&self, room: &Room, event: &Event) {
        if event.kind == "m.room.message" && self.conversation.wanted(room, &event.content).await.is_some() {
            let seconds = self.context.now().saturating_sub(event.at) / 1000;
            tracing::info!(room = %room.room_id(), seconds, "a question was asked too long ago to be answered");
        }
    }
}
