//! What a sync brings: things to do, each done once and in its order.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use futures::future::join_all;
use matrix_sdk::Room;
use matrix_sdk::deserialized_responses::TimelineEvent;
use matrix_sdk::room::MessagesOptions;
use matrix_sdk::ruma::{OwnedRoomId, RoomId, uint};
use matrix_sdk::sync::RoomUpdates;
use serde_json::Value;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::community::Answered;

use super::bot::Bot;
use super::incoming::Event;
use super::ledger::{Due, Ledger};
use super::locks::lock;
use super::retry::retried;

/// How many messages that were left out of a sync are looked through for questions, in each room.
const LEFT_OUT: usize = 1_000;

/// How many people's turns are remembered before those that are over are forgotten.
const TURNS: usize = 1_000;

/// Something to do about an event.
struct Item {
    room: Room,
    what: What,
}

enum What {
    /// An event; perhaps one that was answered before.
    Event(Box<Event>, bool),
    /// An event that can't be read.
    Undecrypted(Box<Event>, Box<TimelineEvent>),
    /// A room's events since one token that were left out before another, and those after them.
    LeftOut { since: String, before: String, then: Vec<What> },
    /// An invitation, and by whom.
    Invited(Option<String>),
}

impl Bot {
    /// Takes what a sync brought since a token, and begins to answer it. Without one it is our very first start,
    /// and what there is is history; what comes first after a later start may have been answered already.
    pub fn take(
        self: &Arc<Bot>,
        heard: &RoomUpdates,
        since: Option<&str>,
        perhaps_answered: bool,
        ledger: &Arc<Ledger>,
        tasks: &TaskTracker,
    ) {
        let mut items = Vec::new();
        for (id, update) in &heard.joined {
            let Some(room) = self.client.get_room(id) else { continue };
            self.forget(id, update);
            let Some(since) = since else { continue };
            let read = |read| Some((self.read(read)?, read));
            let mut events: Vec<(Event, &TimelineEvent)> =
                update.timeline.events.iter().filter_map(read).collect();
            // What was said before we came was not said to us.
            let came = events.iter().rposition(|(event, _)| event.is_join_of(self.me.as_str()));
            events.drain(..came.unwrap_or(0));
            let gap =
                update.timeline.prev_batch.clone().filter(|_| came.is_none() && update.timeline.limited);
            let others =
                |event: &Event| event.sender != self.me.as_str() || event.is_join_of(self.me.as_str());
            let whats = events.into_iter().filter(|(event, _)| others(event)).map(|(event, read)| match read
                .kind
                .is_utd()
            {
                true => What::Undecrypted(Box::new(event), Box::new(read.clone())),
                false => What::Event(Box::new(event), perhaps_answered),
            });
            match gap {
                Some(before) => {
                    let what = What::LeftOut { since: since.to_string(), before, then: whats.collect() };
                    items.push(Item { room, what });
                }
                None => items.extend(whats.map(|what| Item { room: room.clone(), what })),
            }
        }
        for (id, update) in &heard.invited {
            let Some(room) = self.client.get_room(id) else { continue };
            let by = update.invite_state.events.iter().find_map(|event| {
                let event: Value = serde_json::from_str(event.json().get()).ok()?;
                let is_ours = event["type"] == "m.room.member" && event["state_key"] == self.me.as_str();
                is_ours.then(|| event["sender"].as_str().map(ToString::to_string)).flatten()
            });
            items.push(Item { room, what: What::Invited(by) });
        }
        let due = ledger.open(items.len());
        for (item, due) in items.into_iter().zip(due) {
            self.start(item, due, tasks);
        }
    }

    /// An event, with the time at which it was sent.
    pub(super) fn read(&self, read: &TimelineEvent) -> Option<Event> {
        let mut event = Event::read(read)?;
        event.at = self.clocks.sent_at(&event, self.now());
        Some(event)
    }

    fn start(self: &Arc<Bot>, item: Item, due: Due, tasks: &TaskTracker) {
        let turn = match &item.what {
            What::Event(event, _) => Some(self.turn(item.room.room_id().to_owned(), event.sender.clone())),
            _ => None,
        };
        let bot = Arc::clone(self);
        tasks.spawn(async move {
            let mine = turn.map(|(before, mine)| (before, mine.drop_guard()));
            if let Some((Some(before), _)) = &mine {
                before.cancelled().await;
            }
            bot.attend(item).await;
            if !bot.is_logged_out.load(Ordering::Relaxed) {
                due.answered();
            }
            drop(mine);
        });
    }

    /// A place behind the last thing that this person asked in this room.
    fn turn(&self, room: OwnedRoomId, sender: String) -> (Option<CancellationToken>, CancellationToken) {
        let mine = CancellationToken::new();
        let mut turns = lock(&self.turns);
        if turns.len() > TURNS {
            turns.retain(|_, turn| !turn.is_cancelled());
        }
        (turns.insert((room, sender), mine.clone()), mine)
    }

    /// What there is to do after a start, with time.
    pub async fn settle(&self) {
        // What came while nobody was there is in no later sync.
        let invitations = self.client.invited_rooms().into_iter().map(async |room| {
            let by = room.invite_details().await.ok().and_then(|it| it.inviter);
            self.invited(&room.room_id().to_owned(), by.map(|it| it.user_id().to_string()).as_deref()).await;
        });
        let rooms = self.client.joined_rooms().into_iter().map(async |room| {
            if let Some(successor) = room.successor_room() {
                self.follow(&room, successor.room_id, None).await;
            }
            self.leave_if_deserted(&room).await;
        });
        tokio::join!(join_all(invitations), join_all(rooms), self.keep_described(), self.keep_marked());
    }

    async fn attend(self: &Arc<Bot>, item: Item) {
        let Item { room, what } = item;
        match what {
            What::Event(event, perhaps_answered) => self.event(&room, &event, perhaps_answered).await,
            What::Undecrypted(event, undecrypted) => self.undecrypted(&room, &event, &undecrypted).await,
            What::LeftOut { since, before, then } => {
                let mut whats = self.left_out(&room, since, before).await;
                whats.extend(then);
                // What can't be read holds up nothing else.
                let (undecrypted, open): (Vec<_>, Vec<_>) =
                    whats.into_iter().partition(|what| matches!(what, What::Undecrypted(..)));
                let undecrypted =
                    undecrypted.into_iter().map(|what| self.attend(Item { room: room.clone(), what }));
                let open = async {
                    for what in open {
                        Box::pin(self.attend(Item { room: room.clone(), what })).await;
                    }
                };
                tokio::join!(join_all(undecrypted.map(Box::pin)), open);
            }
            What::Invited(by) => self.invited(&room.room_id().to_owned(), by.as_deref()).await,
        }
    }

    /// Does what an event asks for.
    pub(super) async fn event(&self, room: &Room, event: &Event, perhaps_answered: bool) {
        if event.is_join_of(self.me.as_str()) {
            return self.joined(room, event).await;
        }
        match event.kind.as_str() {
            // Who may do what counts now, however old the change is.
            "m.room.tombstone" if event.state_key.as_deref() == Some("") => {
                let to = event.content["replacement_room"].as_str().and_then(|id| RoomId::parse(id).ok());
                if let Some(to) = to {
                    self.follow(room, to, Some(&event.sender)).await;
                }
                return;
            }
            "m.room.power_levels" if event.state_key.as_deref() == Some("") => {
                return self.describe_soon(room);
            }
            "m.room.member"
                if ["leave", "ban"].contains(&event.content["membership"].as_str().unwrap_or_default()) =>
            {
                return self.leave_if_deserted(room).await;
            }
            "m.room.message" | "m.reaction" | "m.room.redaction" => {}
            _ => return,
        }
        if event.sender == self.me.as_str() {
            return;
        }
        if perhaps_answered && self.known(&event.event_id).await.is_some_and(|row| !is_begun(&row)) {
            return;
        }
        let is_ignored = self.settings.ignored_users.contains(&event.sender);
        // A removal is never too late.
        if event.kind == "m.room.redaction" {
            return self.redaction(room, event, is_ignored).await;
        }
        if is_ignored {
            return;
        }
        if self.is_old(event) {
            return self.tell_of_old(room, event).await;
        }
        match event.kind.as_str() {
            "m.reaction" => self.reaction(room, event).await,
            _ => match event.replaces() {
                Some((question, content)) => self.edit(room, event, question, content).await,
                None => self.message(room, event).await,
            },
        }
    }

    /// Whether nobody waits for an answer any more.
    pub(super) fn is_old(&self, event: &Event) -> bool {
        let age = self.now().saturating_sub(event.at);
        age / 1000 > i64::try_from(self.settings.answer_within).unwrap_or(i64::MAX)
    }

    /// Tells the operator of a question that came too late.
    async fn tell_of_old(&self, room: &Room, event: &Event) {
        if event.kind == "m.room.message" && self.wanted(room, &event.content).await.is_some() {
            let seconds = self.now().saturating_sub(event.at) / 1000;
            tracing::info!(room = %room.room_id(), seconds, "a question was asked too long ago to be answered");
        }
    }

    /// What a sync left out of a busy room, from the oldest on; but for what is too old to be answered.
    async fn left_out(&self, room: &Room, since: String, before: String) -> Vec<What> {
        let mut from = before;
        let mut found = Vec::new();
        'pages: while found.len() < LEFT_OUT {
            let page = retried("reading what was missed", self.limit(), || {
                let mut options = MessagesOptions::backward().from(from.as_str());
                options.to = Some(since.clone());
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
                if event.is_join_of(self.me.as_str()) || self.is_old(&event) {
                    break 'pages;
                }
                if event.sender != self.me.as_str() {
                    found.push(match read.kind.is_utd() {
                        true => What::Undecrypted(Box::new(event), Box::new(read)),
                        false => What::Event(Box::new(event), true),
                    });
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

/// Whether a command that changes something was begun, and nobody was told how it ended.
pub(super) fn is_begun(row: &Answered) -> bool {
    row.answer.is_none() && row.line.is_some()
}
