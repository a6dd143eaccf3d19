//! What a sync brings: items to do, each done once and in its order.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use futures::future::join_all;
use matrix_sdk::Room;
use matrix_sdk::deserialized_responses::TimelineEvent;
use matrix_sdk::ruma::OwnedRoomId;
use matrix_sdk::sync::{InvitedRoomUpdate, JoinedRoomUpdate, RoomUpdates};
use serde_json::Value;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::bot::Bot;
use super::incoming::Event;
use super::ledger::{Due, Ledger};
use super::locks::lock;

/// The number of turns from which those that are over are forgotten.
const TURNS: usize = 1_000;

/// Something to do about an event.
struct Item {
    room: Room,
    what: What,
}

enum What {
    /// An event, and whether it may have been answered before.
    Event(Box<Event>, bool),
    /// An event that can't be decrypted.
    Undecrypted(Box<Event>, Box<TimelineEvent>),
    /// A room's events since one token that were left out before another, and those after them.
    LeftOut { since: String, before: String, then: Vec<What> },
    /// An invitation, and by whom.
    Invited(Option<String>),
}

impl What {
    fn of(event: Event, read: &TimelineEvent, perhaps_answered: bool) -> What {
        match read.kind.is_utd() {
            true => What::Undecrypted(Box::new(event), Box::new(read.clone())),
            false => What::Event(Box::new(event), perhaps_answered),
        }
    }
}

/// Hands what syncs bring to the bot, and marks it in the ledger when it is done.
pub(super) struct Inbox {
    bot: Arc<Bot>,
    ledger: Arc<Ledger>,
    tasks: TaskTracker,
    /// The end of the last thing that somebody asked in a room: an edit must not overtake what it edits.
    turns: Mutex<HashMap<(OwnedRoomId, String), CancellationToken>>,
}

impl Inbox {
    pub fn new(bot: Arc<Bot>, ledger: Arc<Ledger>, tasks: TaskTracker) -> Inbox {
        Inbox { bot, ledger, tasks, turns: Mutex::default() }
    }

    pub fn bot(&self) -> Arc<Bot> {
        Arc::clone(&self.bot)
    }

    /// Takes what a sync brought since a token, and begins to answer it. Without a token it is our very first start,
    /// and what there is is history; what the first sync after a later start brings may have been answered already.
    pub fn take(&self, updates: &RoomUpdates, since: Option<&str>, perhaps_answered: bool) {
        let mut items = Vec::new();
        for (id, update) in &updates.joined {
            let Some(room) = self.bot.context.client.get_room(id) else { continue };
            self.bot.states.update(id, update);
            if let Some(since) = since {
                let whats = self.joined_room(update, since, perhaps_answered);
                items.extend(whats.into_iter().map(|what| Item { room: room.clone(), what }));
            }
        }
        for (id, update) in &updates.invited {
            let Some(room) = self.bot.context.client.get_room(id) else { continue };
            items.push(Item { room, what: What::Invited(self.inviter(update)) });
        }
        let due = self.ledger.open(items.len());
        for (item, due) in items.into_iter().zip(due) {
            self.start(item, due);
        }
    }

    fn joined_room(&self, update: &JoinedRoomUpdate, since: &str, perhaps_answered: bool) -> Vec<What> {
        let me = self.bot.context.me.as_str();
        let timeline = &update.timeline;
        let read = |read| Some((self.bot.reader.read(read)?, read));
        let mut events: Vec<(Event, &TimelineEvent)> = timeline.events.iter().filter_map(read).collect();
        // What was said before we joined was not said to us.
        let joined = events.iter().rposition(|(event, _)| event.is_join_of(me));
        events.drain(..joined.unwrap_or(0));
        let gap = timeline.prev_batch.clone().filter(|_| joined.is_none() && timeline.limited);
        let whats = events
            .into_iter()
            .filter(|(event, _)| event.sender != me || event.is_join_of(me))
            .map(|(event, read)| What::of(event, read, perhaps_answered))
            .collect();
        match gap {
            Some(before) => vec![What::LeftOut { since: since.to_string(), before, then: whats }],
            None => whats,
        }
    }

    fn inviter(&self, update: &InvitedRoomUpdate) -> Option<String> {
        update.invite_state.events.iter().find_map(|event| {
            let event: Value = serde_json::from_str(event.json().get()).ok()?;
            let is_ours =
                event["type"] == "m.room.member" && event["state_key"] == self.bot.context.me.as_str();
            is_ours.then(|| event["sender"].as_str().map(ToString::to_string)).flatten()
        })
    }

    fn start(&self, item: Item, due: Due) {
        let turn = match &item.what {
            What::Event(event, _) => Some(self.turn(item.room.room_id().to_owned(), event.sender.clone())),
            _ => None,
        };
        let bot = Arc::clone(&self.bot);
        self.tasks.spawn(async move {
            let mine = turn.map(|(before, mine)| (before, mine.drop_guard()));
            if let Some((Some(before), _)) = &mine {
                before.cancelled().await;
            }
            attend(&bot, item).await;
            if !bot.outbox.is_logged_out() {
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
}

async fn attend(bot: &Arc<Bot>, item: Item) {
    let Item { room, what } = item;
    match what {
        What::Event(event, perhaps_answered) => bot.handle_event(&room, &event, perhaps_answered).await,
        What::Undecrypted(event, undecrypted) => bot.handle_undecrypted(&room, &event, &undecrypted).await,
        What::LeftOut { since, before, then } => {
            let left_out = bot.reader.left_out(&room, &since, before).await;
            let left_out = left_out.into_iter().map(|(event, read)| What::of(event, &read, true));
            // Messages without a key must not delay others.
            let (undecrypted, readable): (Vec<_>, Vec<_>) =
                left_out.chain(then).partition(|what| matches!(what, What::Undecrypted(..)));
            let undecrypted =
                undecrypted.into_iter().map(|what| attend(bot, Item { room: room.clone(), what }));
            let readable = async {
                for what in readable {
                    Box::pin(attend(bot, Item { room: room.clone(), what })).await;
                }
            };
            tokio::join!(join_all(undecrypted.map(Box::pin)), readable);
        }
        What::Invited(by) => bot.rooms.invited(room.room_id(), by.as_deref()).await,
    }
}
