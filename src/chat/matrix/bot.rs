//! What is heard, answered: once, where it was asked.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::time::Duration;

use futures::StreamExt;
use futures::future::join_all;
use matrix_sdk::attachment::AttachmentConfig;
use matrix_sdk::deserialized_responses::TimelineEvent;
use matrix_sdk::media::{MediaFormat, MediaRequestParameters};
use matrix_sdk::room::MessagesOptions;
use matrix_sdk::room::reply::{EnforceThread, Reply};
use matrix_sdk::ruma::events::Mentions;
use matrix_sdk::ruma::events::room::MediaSource;
use matrix_sdk::ruma::events::room::message::AddMentions;
use matrix_sdk::ruma::events::room::power_levels::RoomPowerLevels;
use matrix_sdk::ruma::{
    EventId, OwnedEventId, OwnedRoomId, OwnedTransactionId, OwnedUserId, RoomId, TransactionId, uint,
};
use matrix_sdk::sync::RoomUpdates;
use matrix_sdk::{Client, Error, Room};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tokio::sync::{Notify, Semaphore, mpsc};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::answer::{Answer, AnswerKind, Block, Entry, Source};
use crate::commands::{self, Asker, MAX_BYTES, OptKind, Origin, Request, Standing, Upload, World};
use crate::community::Answered;
use crate::settings::{AccessSettings, MatrixSettings, Settings};

use super::heard::{self, Address, Event, Wanted};
use super::ledger::{Due, Ledger};
use super::message::{self, Message, Offer, Showing};
use super::patience::{Trouble, in_line, patiently, trouble};
use super::session::Session;
use super::{PLATFORM, describe, room};

/// How long we wait for the key of a message that can't be read, before we say so.
const KEYS: Duration = Duration::from_secs(20);

/// How many messages that were left out of a sync are looked through for questions, in each room.
const LEFT_OUT: usize = 1_000;

/// How long fetching an earlier message or a file may take.
const FETCH: Duration = Duration::from_secs(30);

/// How many messages without a key are remembered, in case it comes late.
const LATE: usize = 200;

/// How long reactions under an answer are tried.
const MARKING: Duration = Duration::from_secs(120);

/// How many answers may wait for their reactions.
const MARKS: usize = 1_000;

/// How many people's turns are remembered before those that are over are forgotten.
const TURNS: usize = 1_000;

/// The reactions to put under an answer.
struct Marks {
    room: Room,
    answer: OwnedEventId,
    keys: Vec<&'static str>,
}

/// What answers on Matrix.
pub(super) struct Bot {
    pub world: Arc<World>,
    pub client: Client,
    pub me: OwnedUserId,
    pub settings: MatrixSettings,
    pub access: AccessSettings,
    account: String,
    /// Our name, as people see it.
    name: RwLock<String>,
    /// Who may do what, by room, until it changes there.
    powers: Mutex<HashMap<OwnedRoomId, Arc<RoomPowerLevels>>>,
    /// The end of the last thing that somebody asked in a room: an edit must not overtake what it edits.
    turns: Mutex<HashMap<(OwnedRoomId, String), CancellationToken>>,
    /// The questions that are being answered, and whether somebody removed them meanwhile.
    pending: Mutex<HashMap<String, bool>>,
    marks: mpsc::Sender<Marks>,
    /// Where what the homeserver holds back waits.
    pub(super) line: Arc<tokio::sync::Mutex<()>>,
    /// Room for messages whose key may still come.
    late: Arc<Semaphore>,
    /// Rooms in which commands are to be described.
    pub(super) undescribed: Mutex<Vec<Room>>,
    pub(super) to_describe: Notify,
    /// Held while commands are described, or no longer.
    pub(super) describing: tokio::sync::Mutex<()>,
    /// Nothing that fails from now on has failed for good: it is answered after the next login.
    is_logged_out: AtomicBool,
}

/// Something to do about an event.
struct Item {
    room: Room,
    what: What,
}

enum What {
    /// An event; perhaps one that was answered before.
    Event(Box<Event>, bool),
    /// An event that can't be read.
    Sealed(Box<Event>, Box<TimelineEvent>),
    /// A room's events since one token that were left out before another, and those after them.
    LeftOut { since: String, before: String, then: Vec<What> },
    /// An invitation, and by whom.
    Invited(Option<String>),
}

impl Bot {
    pub fn new(world: Arc<World>, session: &Session, settings: &Settings, account: String) -> Bot {
        let (marks, waiting) = mpsc::channel(MARKS);
        let line = Arc::default();
        tokio::spawn(put_marks(waiting, Arc::clone(&line)));
        Bot {
            world,
            client: session.client.clone(),
            me: session.user.clone(),
            settings: settings.matrix.clone(),
            access: settings.access.clone(),
            account,
            name: RwLock::new(session.user.localpart().to_string()),
            powers: Mutex::default(),
            turns: Mutex::default(),
            pending: Mutex::default(),
            marks,
            line,
            late: Arc::new(Semaphore::new(LATE)),
            undescribed: Mutex::default(),
            to_describe: Notify::new(),
            describing: tokio::sync::Mutex::default(),
            is_logged_out: AtomicBool::new(false),
        }
    }

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
            self.forget_powers(id, update);
            let Some(since) = since else { continue };
            let read = |read| Some((Event::read(read)?, read));
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
                true => What::Sealed(Box::new(event), Box::new(read.clone())),
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
        let mut turns = self.turns.lock().unwrap_or_else(PoisonError::into_inner);
        if turns.len() > TURNS {
            turns.retain(|_, turn| !turn.is_cancelled());
        }
        (turns.insert((room, sender), mine.clone()), mine)
    }

    fn forget_powers(&self, id: &OwnedRoomId, update: &matrix_sdk::sync::JoinedRoomUpdate) {
        let changed = |json: &str| json.contains("m.room.power_levels") || json.contains("m.room.create");
        let state = match &update.state {
            matrix_sdk::sync::State::Before(events) | matrix_sdk::sync::State::After(events) => events,
        };
        if state.iter().any(|event| changed(event.json().get()))
            || update.timeline.events.iter().any(|event| changed(event.raw().json().get()))
        {
            self.powers.lock().unwrap_or_else(PoisonError::into_inner).remove(id);
        }
    }

    /// Who may do what in a room.
    pub(super) async fn powers(&self, room: &Room) -> Option<Arc<RoomPowerLevels>> {
        let id = room.room_id();
        if let Some(known) = self.powers.lock().unwrap_or_else(PoisonError::into_inner).get(id) {
            return Some(Arc::clone(known));
        }
        match room.power_levels().await {
            Ok(powers) => {
                let powers = Arc::new(powers);
                let mut known = self.powers.lock().unwrap_or_else(PoisonError::into_inner);
                known.insert(id.to_owned(), Arc::clone(&powers));
                Some(powers)
            }
            Err(error) => {
                tracing::warn!(%error, room = %id, "who may do what in a room can't be told");
                None
            }
        }
    }

    /// What commands begin with in a room.
    pub(super) fn prefix(&self, room: &Room) -> String {
        commands::prefix(&self.world, &[room::place(room.room_id())])
            .unwrap_or_else(|| self.settings.prefix.clone())
    }

    /// What there is to do after a start, with time.
    pub async fn settle(&self) {
        match self.client.account().get_display_name().await {
            Ok(Some(name)) => *self.name.write().unwrap_or_else(PoisonError::into_inner) = name,
            Ok(None) => {}
            Err(error) => tracing::warn!(%error, "our own name can't be looked up"),
        }
        // What came while nobody was there is in no later sync.
        let invitations = self.client.invited_rooms().into_iter().map(async |room| {
            let by = room.invite_details().await.ok().and_then(|it| it.inviter);
            self.invited(&room.room_id().to_owned(), by.map(|it| it.user_id().to_string()).as_deref()).await;
        });
        let moves = self.client.joined_rooms().into_iter().map(async |room| {
            if let Some(successor) = room.successor_room() {
                self.follow(&room, successor.room_id, None).await;
            }
        });
        tokio::join!(join_all(invitations), join_all(moves), self.keep_described());
    }

    /// Whether it matters which article is meant.
    pub(super) fn has_several_articles(&self) -> bool {
        self.world.shelf.current().is_some_and(|library| library.has_several_articles())
    }

    async fn attend(self: &Arc<Bot>, item: Item) {
        let Item { room, what } = item;
        match what {
            What::Event(event, perhaps_answered) => self.event(&room, &event, perhaps_answered).await,
            What::Sealed(event, sealed) => self.sealed(&room, &event, &sealed).await,
            What::LeftOut { since, before, then } => {
                let mut whats = self.left_out(&room, since, before).await;
                whats.extend(then);
                // What can't be read holds up nothing else.
                let (sealed, open): (Vec<_>, Vec<_>) =
                    whats.into_iter().partition(|what| matches!(what, What::Sealed(..)));
                let sealed = sealed.into_iter().map(|what| self.attend(Item { room: room.clone(), what }));
                let open = async {
                    for what in open {
                        Box::pin(self.attend(Item { room: room.clone(), what })).await;
                    }
                };
                tokio::join!(join_all(sealed.map(Box::pin)), open);
            }
            What::Invited(by) => self.invited(&room.room_id().to_owned(), by.as_deref()).await,
        }
    }

    async fn event(&self, room: &Room, event: &Event, perhaps_answered: bool) {
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
            "m.room.message" | "m.reaction" | "m.room.redaction" => {}
            _ => return,
        }
        if event.sender == self.me.as_str() || self.settings.ignored_users.contains(&event.sender) {
            return;
        }
        // A removal is never too late.
        if event.kind != "m.room.redaction" && self.is_old(event) {
            return;
        }
        if perhaps_answered && self.known(&event.event_id).await.is_some_and(|row| !is_begun(&row)) {
            return;
        }
        match event.kind.as_str() {
            "m.reaction" => self.reaction(room, event).await,
            "m.room.redaction" => self.redaction(room, event).await,
            _ => match event.replaces() {
                Some((question, content)) => self.edit(room, event, question, content).await,
                None => self.message(room, event).await,
            },
        }
    }

    fn is_old(&self, event: &Event) -> bool {
        let age = self.world.clock.now().as_millisecond().saturating_sub(event.origin_server_ts);
        age / 1000 > i64::try_from(self.settings.answer_within).unwrap_or(i64::MAX)
    }

    async fn known(&self, event: &str) -> Option<Answered> {
        self.world.community.answered(event).await.unwrap_or_else(|error| {
            tracing::error!(%error, "what was answered can't be read");
            None
        })
    }

    async fn keep(&self, answered: Answered) {
        if let Err(error) = self.world.community.keep_heard(&self.account, None, &[answered]).await {
            tracing::error!(%error, "an answer can't be written down");
        }
    }

    /// What is known of something that was acted on.
    fn noted(&self, event: &str, room: &Room, asker: &str) -> Answered {
        Answered {
            event: event.into(),
            room: room.room_id().to_string(),
            asker: asker.into(),
            at: self.world.clock.now().as_millisecond(),
            offers: "[]".into(),
            ..Answered::default()
        }
    }

    /// We have come into a room.
    async fn joined(&self, room: &Room, event: &Event) {
        let moved = self.inherit(room).await;
        if !moved && !self.is_old(event) && self.known(&event.event_id).await.is_none() {
            let prefix = self.prefix(room);
            let direct = alone(room);
            let ask = if direct { "quote Paz".to_string() } else { format!("{prefix}quote Paz") };
            let help = if direct { "help".to_string() } else { format!("{prefix}help") };
            let answer = Answer::found("Rapporteur is here")
                .paragraph(format!(
                    "Ask me about the article that you read together: {ask} gives exact words, and says whose they are. \
                     {help} tells what else can be asked. Under an answer, react with its numbers and arrows to choose."
                ));
            let message = message::render(&answer, &Showing { prefix: &prefix, line: None, part: 0 });
            let mut content = written(&message);
            content["m.mentions"] = json!({});
            if let Some(sent) = self.send(room, &content, &transaction(&event.event_id, "greeting")).await {
                self.keep(Answered {
                    answer: Some(sent.to_string()),
                    ..self.noted(&event.event_id, room, "")
                })
                .await;
            }
        }
        self.describe_soon(room);
    }

    /// A message that may be for us.
    async fn message(&self, room: &Room, event: &Event) {
        let question = &event.event_id;
        self.pending().insert(question.clone(), false);
        if let Some(asked) = self.asked(room, event).await {
            self.reply(room, event, question, asked).await;
        }
        let was_removed = self.pending().remove(question) == Some(true);
        if was_removed && let Some(row) = self.known(question).await {
            self.take_back(room, event, row).await;
        }
    }

    fn pending(&self) -> MutexGuard<'_, HashMap<String, bool>> {
        self.pending.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Answers a question, which may be another event than the one that makes us answer: its edit.
    async fn reply(&self, room: &Room, event: &Event, question: &str, asked: Asked) {
        let message = self.rendered(room, &asked);
        let mut reply = written(&message);
        reply["m.mentions"] = match self.settings.mention_asker {
            true => json!({ "user_ids": [event.sender] }),
            false => json!({}),
        };
        let to = json!({ "event_id": question });
        reply["m.relates_to"] = match event.thread() {
            Some(root) => {
                json!({ "rel_type": "m.thread", "event_id": root, "is_falling_back": false, "m.in_reply_to": to })
            }
            None => json!({ "m.in_reply_to": to }),
        };
        let Some(answer) = self.send(room, &reply, &transaction(&event.event_id, "answer")).await else {
            return;
        };
        self.keep(Answered {
            answer: Some(answer.to_string()),
            line: asked.line.clone(),
            offers: kept(&message.offers),
            ..self.noted(question, room, &event.sender)
        })
        .await;
        if question != event.event_id {
            self.keep(self.noted(&event.event_id, room, &event.sender)).await;
        }
        if let Some((name, bytes)) = message.file {
            self.attach(room, event, question, &name, bytes).await;
        }
        self.mark(room, &answer, &message.offers, &[]);
        if asked.leaves {
            self.leave(room).await;
        }
    }

    /// What a message that is typed wants of us.
    fn wanted(&self, room: &Room, content: &Value) -> Option<Wanted> {
        let name = self.name.read().unwrap_or_else(PoisonError::into_inner).clone();
        let (prefix, direct) = (self.prefix(room), alone(room));
        heard::wanted(content, Address { me: self.me.as_str(), name: &name, prefix: &prefix, direct })
    }

    /// Runs what a message asks for. `None` if it asks nothing of us.
    async fn asked(&self, room: &Room, event: &Event) -> Option<Asked> {
        let content = &event.content;
        // What bots say, and what is said to other bots.
        if content["msgtype"] == "m.notice" || describe::is_for_another(content, self.me.as_str()) {
            return None;
        }
        let asker = async || Asker {
            id: format!("{PLATFORM}:{}", event.sender),
            standing: self.standing(room, &event.sender).await,
        };
        let request = match describe::invocation(content, self.me.as_str()) {
            Some(Ok(called)) => commands::line::request(called.command, called.args, asker().await, PLATFORM),
            Some(Err(answer)) => Err(answer),
            None => match self.wanted(room, content)? {
                Wanted::Line(line) => commands::line::parse(&line, asker().await, PLATFORM),
                Wanted::Source => return self.source(room, event, asker().await).await,
            },
        };
        let mut request = match request {
            Ok(request) => request,
            Err(answer) => return Some(Asked::only(*answer)),
        };
        request.places = vec![room::place(room.room_id())];
        if let Some(refused) = only_alone(&request, alone(room)) {
            return Some(Asked::only(refused));
        }
        let takes_file = request.command.options.iter().any(|option| option.kind == OptKind::File);
        if takes_file && request.asker.standing >= request.command.standing {
            match self.attached(room, event).await {
                Ok(upload) => request.upload = upload,
                Err(answer) => return Some(Asked::only(*answer)),
            }
        }
        Some(self.run(room, event, request).await)
    }

    /// Runs a command. What changes something is not begun a second time for the same event.
    async fn run(&self, room: &Room, event: &Event, request: Request) -> Asked {
        let line = commands::line::line(&request);
        if request.command.changes {
            if self.known(&event.event_id).await.is_some_and(|row| is_begun(&row)) {
                return Asked::only(interrupted(&line));
            }
            let begun =
                Answered { line: Some(line.clone()), ..self.noted(&event.event_id, room, &event.sender) };
            self.keep(begun).await;
        }
        let answer = commands::run(&self.world, &request).await;
        // What changes something must not be done again to see the rest of the answer.
        let line = (!request.command.changes).then_some(line);
        let leaves = request.command.name == "leave" && answer.kind == AnswerKind::Found;
        Asked { answer, line, part: 0, leaves }
    }

    /// Where an answer stands in the text, for who replied to it with that question.
    async fn source(&self, room: &Room, event: &Event, asker: Asker) -> Option<Asked> {
        let earlier = event.replies_to()?;
        let row = self.world.community.question_of(earlier).await.ok().flatten()?;
        let offers: Vec<(String, String, usize)> = serde_json::from_str(&row.offers).unwrap_or_default();
        let line = offers.into_iter().map(|(_, line, _)| line).find(|line| line.starts_with("source "));
        let again = line.or(row.line)?;
        let is_source = again.starts_with("source ");
        let mut request = commands::line::parse(&again, asker, PLATFORM).ok()?;
        request.places = vec![room::place(room.room_id())];
        let asked = self.run(room, event, request).await;
        Some(if is_source { asked } else { Asked::only(sources_of(&asked.answer)) })
    }

    /// The file that a command came with: its own, or of the message that it replies to.
    async fn attached(&self, room: &Room, event: &Event) -> Result<Option<Upload>, Box<Answer>> {
        let failed = |title: &str| {
            Box::new(Answer::other(
                AnswerKind::Failed,
                format!("{title} Nothing was loaded. Send the file again."),
            ))
        };
        let mut file = event.content.clone();
        if file["msgtype"] != "m.file" {
            // A thread's answers say that they reply, where they don't.
            let falls_back = event.content["m.relates_to"]["is_falling_back"] == true;
            let Some(earlier) = event.replies_to().filter(|_| !falls_back) else { return Ok(None) };
            file = match self.earlier(room, earlier).await {
                Some(earlier) => earlier.content,
                None => {
                    return Err(failed("The message that you reply to can't be fetched, or not decrypted."));
                }
            };
        }
        if file["msgtype"] != "m.file" {
            return Ok(None);
        }
        let too_large = || {
            let title = format!(
                "The file is larger than {} MiB. Nothing was loaded: split the pack, or leave out what nobody asks for.",
                MAX_BYTES >> 20
            );
            Box::new(Answer::other(AnswerKind::WrongUsage, title))
        };
        if file["info"]["size"].as_u64().is_some_and(|size| size > MAX_BYTES) {
            return Err(too_large());
        }
        let source: MediaSource = serde_json::from_value(file.clone()).map_err(|error| {
            tracing::warn!(%error, "a file has no address");
            failed("The file has no address.")
        })?;
        let wanted = MediaRequestParameters { source, format: MediaFormat::File };
        let fetching = patiently("fetching a file", FETCH, || async {
            self.client.media().get_media_content(&wanted, false).await
        });
        // A download that stands still has no end of its own.
        let bytes = match tokio::time::timeout(FETCH, fetching).await {
            Ok(Ok(bytes)) => bytes,
            Ok(Err(error)) => {
                tracing::warn!(%error, "a file can't be fetched");
                return Err(failed("The file can't be fetched or decrypted."));
            }
            Err(_) => {
                tracing::warn!(seconds = FETCH.as_secs(), "a file takes too long");
                return Err(failed("The homeserver takes too long with the file."));
            }
        };
        if bytes.len() as u64 > MAX_BYTES {
            return Err(too_large());
        }
        let name = file["filename"].as_str().or(file["body"].as_str()).unwrap_or("pack.toml");
        Ok(Some(Upload::new(name, bytes)))
    }

    /// A message of before. `None` if it can't be fetched or decrypted.
    async fn earlier(&self, room: &Room, id: &str) -> Option<Event> {
        let id = EventId::parse(id).ok()?;
        let fetching = patiently("fetching a message", FETCH, || room.event(&id, None));
        match fetching.await {
            Ok(read) if read.kind.is_utd() => Event::read(&self.unsealed(room, &read, KEYS).await?),
            Ok(read) => Event::read(&read),
            Err(error) => {
                tracing::warn!(%error, "an earlier message can't be fetched");
                None
            }
        }
    }

    /// A message was edited: so is its answer, if it was a question, or is one now.
    async fn edit(&self, room: &Room, event: &Event, question: &str, content: &Value) {
        let row = self.known(question).await;
        if !content.is_object() || row.as_ref().is_some_and(|row| row.asker != event.sender) {
            return;
        }
        let mut edited = event.clone();
        edited.content = content.clone();
        // An edit does not say what the message replies to. Here it is only about whether to find that out.
        edited.content["m.relates_to"] = json!({ "m.in_reply_to": {} });
        let mut asked = None;
        let is_called = describe::invocation(content, self.me.as_str()).is_some();
        if is_called || self.wanted(room, &edited.content).is_some() {
            let Some(original) = self.earlier(room, question).await else { return };
            if original.sender != event.sender || original.replaces().is_some() {
                return;
            }
            edited.content["m.relates_to"] = original.content["m.relates_to"].clone();
            asked = self.asked(room, &edited).await;
        }
        let answer = row.as_ref().and_then(|row| row.answer.clone());
        match (row.zip(answer), asked) {
            (Some((row, answer)), Some(asked)) => self.show_instead(room, event, row, &answer, &asked).await,
            (Some((row, _)), None) => self.take_back(room, event, row).await,
            (None, Some(asked)) => self.reply(room, &edited, question, asked).await,
            (None, None) => {}
        }
    }

    /// Somebody chose what a reaction under an answer stands for.
    async fn reaction(&self, room: &Room, event: &Event) {
        let Some((answer, key)) = event.reaction() else { return };
        if self.press(room, event, answer, key).await {
            self.clear(room, event).await;
            if message::is_key(key, message::BACK) || message::is_key(key, message::ON) {
                // It is pressed again by taking it back, where we can't do that.
                let pressed = serde_json::to_string(&[(key, answer, 0)]).unwrap_or_else(|_| "[]".into());
                let note = self.noted(&event.event_id, room, &event.sender);
                self.keep(Answered { offers: pressed, ..note }).await;
            }
        }
    }

    /// Shows what a reaction under an answer stands for. Whether it stands for anything.
    async fn press(&self, room: &Room, event: &Event, answer: &str, key: &str) -> bool {
        let row = match self.world.community.question_of(answer).await {
            Ok(Some(row)) if row.room == room.room_id().as_str() => row,
            Ok(_) => return false,
            Err(error) => {
                tracing::error!(%error, "what was answered can't be read");
                return false;
            }
        };
        let offers: Vec<(String, String, usize)> = serde_json::from_str(&row.offers).unwrap_or_default();
        let Some((_, line, part)) = offers.into_iter().find(|(ours, ..)| message::is_key(key, ours)) else {
            return false;
        };
        let asker = Asker {
            id: format!("{PLATFORM}:{}", event.sender),
            standing: self.standing(room, &event.sender).await,
        };
        let asked = match commands::line::parse(&line, asker, PLATFORM) {
            Ok(mut request) => {
                request.places = vec![room::place(room.room_id())];
                request.origin = Origin::Chosen;
                match only_alone(&request, alone(room)) {
                    Some(refused) => Asked::only(refused),
                    None => Asked { part, ..self.run(room, event, request).await },
                }
            }
            Err(answer) => Asked::only(*answer),
        };
        // Who may not, or finds nothing, must not take from others what they see.
        if asked.answer.kind != AnswerKind::Found {
            self.keep(self.noted(&event.event_id, room, &event.sender)).await;
            return false;
        }
        self.show_instead(room, event, row, answer, &asked).await;
        true
    }

    /// Takes somebody's reaction away where we may, so that they can use it again.
    async fn clear(&self, room: &Room, event: &Event) {
        let Some(powers) = self.powers(room).await else { return };
        let Ok(reaction) = EventId::parse(&event.event_id) else { return };
        if powers.user_can_redact_event_of_other(&self.me) {
            let clearing = patiently("taking a reaction away", MARKING, || async {
                let again = Some(transaction(&event.event_id, "clear"));
                room.redact(&reaction, None, again).await.map_err(Error::from)
            });
            if let Err(error) = clearing.await {
                tracing::info!(%error, "a reaction can't be taken away");
            }
        }
    }

    /// Puts another answer in the place of one that is there.
    async fn show_instead(&self, room: &Room, event: &Event, row: Answered, answer: &str, asked: &Asked) {
        let message = self.rendered(room, asked);
        let new = written(&message);
        let mut content = json!({
            "msgtype": "m.notice",
            "body": format!("* {}", message.body),
            "format": "org.matrix.custom.html",
            "formatted_body": format!("* {}", message.html),
            "m.mentions": {},
            "m.relates_to": { "rel_type": "m.replace", "event_id": answer },
        });
        content["m.new_content"] = new;
        content["m.new_content"]["m.mentions"] = json!({});
        if self.send(room, &content, &transaction(&event.event_id, "edit")).await.is_none() {
            return;
        }
        let before: Vec<(String, String, usize)> = serde_json::from_str(&row.offers).unwrap_or_default();
        let question = row.event.clone();
        self.keep(Answered { line: asked.line.clone(), offers: kept(&message.offers), ..row }).await;
        self.keep(self.noted(&event.event_id, room, &event.sender)).await;
        if let Ok(answer) = EventId::parse(answer) {
            let there: Vec<&str> =
                before.iter().map(|(key, ..)| key.as_str()).take(self.settings.reactions).collect();
            self.mark(room, &answer, &message.offers, &there);
        }
        if let Some((name, bytes)) = message.file {
            self.attach(room, event, &question, &name, bytes).await;
        }
        if asked.leaves {
            self.leave(room).await;
        }
    }

    /// A command was removed: so is its answer.
    async fn redaction(&self, room: &Room, event: &Event) {
        let Some(removed) = event.redacts() else { return };
        // Whoever answers it just now sees to it.
        if let Some(was_removed) = self.pending().get_mut(removed) {
            *was_removed = true;
            return;
        }
        let Some(row) = self.known(removed).await else { return };
        let pressed: Vec<(String, String, usize)> = serde_json::from_str(&row.offers).unwrap_or_default();
        match pressed.into_iter().next().filter(|_| row.answer.is_none()) {
            Some((key, answer, _)) if row.asker == event.sender => {
                self.press(room, event, &answer, &key).await;
            }
            Some(_) => {}
            None => self.take_back(room, event, row).await,
        }
    }

    async fn take_back(&self, room: &Room, event: &Event, row: Answered) {
        let file = self.known(&file_of(&row.event)).await;
        for row in [Some(row), file].into_iter().flatten() {
            let Some(answer) = row.answer.as_deref().and_then(|it| EventId::parse(it).ok()) else { continue };
            let taking = patiently("taking an answer back", self.limit(), || async {
                let again = Some(transaction(&event.event_id, &format!("take back {answer}")));
                room.redact(&answer, Some("The question was removed."), again).await.map_err(Error::from)
            });
            match taking.await {
                Ok(_) => self.keep(Answered { answer: None, line: None, offers: "[]".into(), ..row }).await,
                Err(error) => tracing::error!(%error, "an answer can't be taken back"),
            }
        }
    }

    /// A message that can't be decrypted, yet.
    async fn sealed(self: &Arc<Bot>, room: &Room, event: &Event, sealed: &TimelineEvent) {
        if self.is_old(event) || self.settings.ignored_users.contains(&event.sender) {
            return;
        }
        if let Some(read) = self.unsealed(room, sealed, KEYS).await {
            return self.late(room, &read).await;
        }
        tracing::warn!(room = %room.room_id(), sender = event.sender, "a message can't be decrypted");
        self.tell_of_sealed(room).await;
        // The key may still come, and the answer with it; but nothing else waits for that.
        let Ok(place) = Arc::clone(&self.late).try_acquire_owned() else { return };
        let (bot, room, sealed) = (Arc::clone(self), room.clone(), sealed.clone());
        tokio::spawn(async move {
            let _place = place;
            if let Some(read) = bot.unsealed(&room, &sealed, bot.limit()).await {
                bot.late(&room, &read).await;
            }
        });
    }

    /// A message that can be read now.
    async fn late(&self, room: &Room, read: &TimelineEvent) {
        if let Some(event) = Event::read(read) {
            self.event(room, &event, true).await;
        }
    }

    /// Waits until a message can be decrypted.
    async fn unsealed(&self, room: &Room, sealed: &TimelineEvent, limit: Duration) -> Option<TimelineEvent> {
        let raw = sealed.raw().cast_ref_unchecked();
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
        let place = format!("matrix:sealed:{}", room.room_id());
        let community = &self.world.community;
        if community.setting(std::slice::from_ref(&place), "told").is_some() {
            return;
        }
        if let Err(error) = community.decide(&place, "told", Some("yes")).await {
            return tracing::error!(%error, "can't write down that a room was told of a message without a key");
        }
        let answer = Answer::found("I can't read a message in this room").paragraph(
            "It is encrypted, and its sender's client has not given me the key, so there is no answer if it was a \
             question. Send it again. If that does not help, look in your client whether it refuses to send to \
             unverified devices, or verify me. I say this only once here.",
        );
        let message = message::render(&answer, &Showing { prefix: &self.prefix(room), line: None, part: 0 });
        let mut content = written(&message);
        content["m.mentions"] = json!({});
        // Of several such messages at a time, one makes us say it.
        self.send(room, &content, &transaction(room.room_id().as_str(), "sealed")).await;
    }

    /// What a sync left out of a busy room, from the oldest on; but for what is too old to be answered.
    async fn left_out(&self, room: &Room, since: String, before: String) -> Vec<What> {
        let mut from = before;
        let mut found = Vec::new();
        'pages: while found.len() < LEFT_OUT {
            let page = patiently("reading what was missed", self.limit(), || {
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
                let Some(event) = Event::read(&read) else { continue };
                if event.is_join_of(self.me.as_str()) || self.is_old(&event) {
                    break 'pages;
                }
                if event.sender != self.me.as_str() {
                    found.push(match read.kind.is_utd() {
                        true => What::Sealed(Box::new(event), Box::new(read)),
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

    fn rendered(&self, room: &Room, asked: &Asked) -> Message {
        let showing = Showing { prefix: &self.prefix(room), line: asked.line.as_deref(), part: asked.part };
        message::render(&asked.answer, &showing)
    }

    /// How long an answer is tried: after that nobody waits for it any more.
    fn limit(&self) -> Duration {
        Duration::from_secs(self.settings.answer_within.max(60))
    }

    /// Sends a message, as often as it takes. The homeserver knows by the transaction that it is one.
    async fn send(&self, room: &Room, content: &Value, again: &TransactionId) -> Option<OwnedEventId> {
        let sending = in_line("sending an answer", self.limit(), Some(&self.line), || async {
            let sent = room.send_raw("m.room.message", content.clone()).with_transaction_id(again).await?;
            Ok(sent.response.event_id)
        });
        match sending.await {
            Ok(sent) => Some(sent),
            Err(error) => {
                if matches!(trouble(&error), Trouble::LoggedOut { .. }) {
                    self.is_logged_out.store(true, Ordering::Relaxed);
                }
                tracing::error!(%error, room = %room.room_id(), "an answer can't be sent");
                None
            }
        }
    }

    /// Sends what does not fit into an answer after it.
    async fn attach(&self, room: &Room, event: &Event, question: &str, name: &str, bytes: Vec<u8>) {
        let (Ok(kind), Ok(to)) = ("text/plain".parse(), EventId::parse(question)) else { return };
        let attaching = in_line("attaching a file", self.limit(), Some(&self.line), || async {
            let reply = Reply {
                event_id: to.clone(),
                enforce_thread: EnforceThread::MaybeThreaded,
                add_mentions: AddMentions::No,
            };
            let config = AttachmentConfig::new()
                .txn_id(transaction(&event.event_id, "file"))
                .mentions(Some(Mentions::new()))
                .reply(Some(reply));
            room.send_attachment(name, &kind, bytes.clone(), config).await
        });
        match attaching.await {
            Ok(sent) => {
                let sent = Some(sent.event_id.to_string());
                self.keep(Answered { answer: sent, ..self.noted(&file_of(question), room, &event.sender) })
                    .await;
            }
            Err(error) => tracing::error!(%error, "the file of an answer can't be sent"),
        }
    }

    /// Has reactions put under an answer, but for those that are there.
    fn mark(&self, room: &Room, answer: &EventId, offers: &[Offer], there: &[&str]) {
        let keys = marked(offers.iter().map(|offer| offer.key), self.settings.reactions);
        let keys: Vec<_> = keys.into_iter().filter(|key| !there.contains(key)).collect();
        if keys.is_empty() {
            return;
        }
        // They are an ornament: where too many wait, the numbers in the text say the same.
        if self.marks.try_send(Marks { room: room.clone(), answer: answer.to_owned(), keys }).is_err() {
            tracing::warn!("too many answers wait for their reactions");
        }
    }
}

/// Puts reactions under answers, one after the other, so that they don't use up what the homeserver lets
/// us send.
async fn put_marks(mut waiting: mpsc::Receiver<Marks>, line: Arc<tokio::sync::Mutex<()>>) {
    while let Some(Marks { room, answer, keys }) = waiting.recv().await {
        for key in keys {
            let content = json!({
                "m.relates_to": { "rel_type": "m.annotation", "event_id": answer, "key": key }
            });
            let again = transaction(answer.as_str(), key);
            let putting = in_line("putting a reaction", MARKING, Some(&line), || async {
                room.send_raw("m.reaction", content.clone()).with_transaction_id(&again).await.map(drop)
            });
            if let Err(error) = putting.await {
                tracing::info!(%error, "a reaction can't be put under an answer");
            }
        }
    }
}

/// An answer, and how to come to it again.
struct Asked {
    answer: Answer,
    line: Option<String>,
    part: usize,
    /// Whether we are to go after it.
    leaves: bool,
}

impl Asked {
    fn only(answer: Answer) -> Asked {
        Asked { answer, line: None, part: 0, leaves: false }
    }
}

/// Which reactions are put under an answer: those that turn pages, and of the others the first.
fn marked<'a>(keys: impl Iterator<Item = &'a str>, most: usize) -> Vec<&'a str> {
    let (turns, mut numbers): (Vec<_>, Vec<_>) =
        keys.partition(|key| [message::BACK, message::ON].contains(key));
    numbers.truncate(most.saturating_sub(turns.len()));
    numbers.extend(turns);
    numbers
}

/// Whether we are alone with somebody, who meant it so.
fn alone(room: &Room) -> bool {
    room.is_dm() && room.active_members_count() <= 2
}

/// The answer where something is not for all who are in a room to read.
fn only_alone(request: &Request, direct: bool) -> Option<Answer> {
    let command = request.command;
    let is_seen = command.standing == Standing::Editor && !command.changes && !direct;
    (is_seen && request.asker.standing >= command.standing).then(|| {
        let title = format!("The answer to /{} is only for you: ask me in a direct chat.", command.name);
        Answer::other(AnswerKind::Refused, title)
    })
}

/// Whether a command that changes something was begun, and nobody was told how it ended.
fn is_begun(row: &Answered) -> bool {
    row.answer.is_none() && row.line.is_some()
}

/// The answer to what was broken off.
fn interrupted(line: &str) -> Answer {
    Answer::other(AnswerKind::Failed, "I was stopped while I did that, and do nothing twice.").paragraph(
        format!("/{line} was begun before. Look whether it was done, and ask again if it was not."),
    )
}

/// What the file of an answer is known by.
fn file_of(question: &str) -> String {
    format!("{question} file")
}

/// The transaction of something that is sent because of an event: the same after a restart.
fn transaction(event: &str, what: &str) -> OwnedTransactionId {
    let hash = Sha256::digest(format!("{event} {what}"));
    let text: String = hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    text.into()
}

fn written(message: &Message) -> Value {
    json!({
        "msgtype": "m.notice",
        "body": message.body,
        "format": "org.matrix.custom.html",
        "formatted_body": message.html,
    })
}

fn kept(offers: &[Offer]) -> String {
    let offers: Vec<_> = offers.iter().map(|it| (it.key, &it.line, it.part)).collect();
    serde_json::to_string(&offers).unwrap_or_else(|_| "[]".into())
}

/// All the places in the text that an answer comes from.
fn sources_of(answer: &Answer) -> Answer {
    let mut entries = Vec::new();
    let mut add = |of: &str, source: &Source| entries.push(Entry::new(source.line(), of));
    for block in &answer.blocks {
        match block {
            Block::Quotation { words, source, .. } => add(words, source),
            Block::List { entries, .. } => {
                for entry in entries {
                    if let Some(source) = &entry.source {
                        add(&entry.text, source);
                    }
                }
            }
            _ => {}
        }
    }
    if let Some(source) = answer.source.as_ref().filter(|_| entries.is_empty()) {
        entries.push(Entry::new(source.line(), &answer.title));
    }
    if entries.is_empty() {
        return Answer::other(AnswerKind::NothingFound, "That answer has no source in the article.");
    }
    Answer::found("Where that stands in the article").list("", entries)
}
