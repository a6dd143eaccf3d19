//! Questions and their answers, and what becomes of an answer when its question changes or goes.

use matrix_sdk::{Error, Room};
use serde_json::{Value, json};

use crate::answer::{Answer, AnswerKind, Entry};
use crate::chat::shared::sentences;
use crate::commands::{self, Caller, OptKind, Origin, Request, Role};
use crate::community::Answered;

use super::PLATFORM;
use super::attachment::file_of;
use super::attention::attentively;
use super::bot::{Bot, place, transaction};
use super::inbox::is_begun;
use super::incoming::{self, Address, Event, Wanted};
use super::msc4391::{self, Invocation};
use super::outbox::{Asked, To};
use super::retry::retried;
use super::views::Kept;

/// What a message asks of us.
enum Heard {
    /// A command, as a client calls it that knows commands.
    Called(Result<Invocation, Box<Answer>>),
    /// An answer to this line.
    Line(String),
    /// Where this answer comes from.
    Source(Box<Answered>),
}

impl Bot {
    /// A message that may be for us.
    pub(super) async fn message(&self, room: &Room, event: &Event) {
        let Some(heard) = self.heard(room, event).await else { return };
        let question = &event.event_id;
        self.pending().insert(question.clone(), false);
        attentively(room, question, async {
            let _first = self.gate.answering();
            if let Some(asked) = self.asked(room, event, heard).await {
                self.reply(room, event, question, To { event: question, thread: event.thread() }, asked)
                    .await;
            }
        })
        .await;
        let was_removed = self.pending().remove(question) == Some(true);
        if was_removed && let Some(row) = self.known(question).await {
            self.take_back(room, event, row).await;
        }
    }

    /// What a message that is typed wants of us.
    pub(super) async fn wanted(&self, room: &Room, content: &Value) -> Option<Wanted> {
        let (name, prefix, direct) = (self.name(room).await, self.prefix(room), self.is_alone(room));
        incoming::wanted(content, Address { me: self.me.as_str(), name: &name, prefix: &prefix, direct })
    }

    /// What a message asks of us; `None` if it is not for us.
    async fn heard(&self, room: &Room, event: &Event) -> Option<Heard> {
        let content = &event.content;
        // What bots say, and what is said to other bots.
        if content["msgtype"] == "m.notice" || msc4391::is_for_another(content, self.me.as_str()) {
            return None;
        }
        if let Some(called) = msc4391::invocation(content, self.me.as_str()) {
            return Some(Heard::Called(called));
        }
        match self.wanted(room, content).await? {
            Wanted::Line(line) => Some(Heard::Line(line)),
            Wanted::Source => {
                let answer = self.question_of(event.replies_to()?).await?;
                Some(Heard::Source(Box::new(answer)))
            }
        }
    }

    pub(super) async fn caller(&self, room: &Room, user: &str) -> Caller {
        Caller { id: Bot::asker_id(user), role: self.role(room, user).await }
    }

    /// Runs what a message asks for. `None` if it asks nothing of us after all.
    async fn asked(&self, room: &Room, event: &Event, heard: Heard) -> Option<Asked> {
        let caller = self.caller(room, &event.sender).await;
        let request = match heard {
            Heard::Called(Ok(called)) => {
                commands::line::request(called.command, called.args, caller, PLATFORM)
            }
            Heard::Called(Err(answer)) => Err(answer),
            Heard::Line(line) => commands::line::parse_or_search(&line, caller, PLATFORM),
            Heard::Source(row) => return self.source(room, event, &row, caller).await,
        };
        let mut request = match request {
            Ok(request) => request,
            Err(answer) => return Some(Asked::only(*answer)),
        };
        request.places = vec![place(room.room_id())];
        if let Some(refused) = only_alone(&request, self.is_alone(room)) {
            return Some(Asked::only(refused));
        }
        let takes_file = request.command.options.iter().any(|option| option.kind == OptKind::File);
        if takes_file && request.caller.role >= request.command.role {
            match self.attached(room, event).await {
                Ok(upload) => request.upload = upload,
                Err(answer) => return Some(Asked::only(*answer)),
            }
        }
        Some(self.run(room, event, request).await)
    }

    /// Runs a command. What changes something is not begun a second time for the same event.
    pub(super) async fn run(&self, room: &Room, event: &Event, request: Request) -> Asked {
        self.run_seeded(room, event, &event.event_id, request).await
    }

    /// The same; chance falls by another event.
    pub(super) async fn run_seeded(
        &self,
        room: &Room,
        event: &Event,
        by: &str,
        mut request: Request,
    ) -> Asked {
        let line = commands::line::line(&request);
        // What was sent before a crash, and not written down, is the same again.
        request.seed = Some(seed(by));
        // Who only chose it is asked first.
        if request.changes() && request.origin != Origin::Chosen {
            if self.known(&event.event_id).await.is_some_and(|row| is_begun(&row)) {
                return Asked::only(interrupted(&line));
            }
            let begun =
                Answered { line: Some(line.clone()), ..self.noted(&event.event_id, room, &event.sender) };
            self.keep(begun).await;
        }
        let answer = commands::run(&self.world, &request).await;
        // What changes something must not be done again to see the rest of the answer.
        let line = (!request.changes()).then_some(line);
        let leaves = request.command.name == "leave"
            && request.origin != Origin::Chosen
            && answer.kind == AnswerKind::Found;
        Asked { line, leaves, seed: by.into(), ..Asked::only(answer) }
    }

    /// Where an answer stands in the text, for who replied to it with that question.
    async fn source(&self, room: &Room, event: &Event, row: &Answered, caller: Caller) -> Option<Asked> {
        let kept = Kept::read(&row.actions);
        let view = kept.current()?;
        let request = view.source.as_ref().and_then(|it| commands::line::parse(it, caller, PLATFORM).ok());
        if let Some(mut request) = request {
            request.places = vec![place(room.room_id())];
            let mut asked = self.run(room, event, request).await;
            if asked.answer.kind == AnswerKind::Found {
                let lines = view.cited.iter().map(|(place, of)| Entry::new(place, of)).collect();
                if view.own.is_some() {
                    asked.answer = asked.answer.list("What its lines rest on", lines);
                }
                return Some(asked);
            }
        }
        Some(Asked::only(view.sources()))
    }

    /// A message was edited: so is its answer, if it was a question, or is one now.
    pub(super) async fn edit(&self, room: &Room, event: &Event, question: &str, content: &Value) {
        let row = self.known(question).await;
        if !content.is_object() || row.as_ref().is_some_and(|row| row.caller != event.sender) {
            return;
        }
        let mut edited = event.clone();
        edited.content = content.clone();
        // An edit does not say what the message replies to. Here it is only about whether to find that out.
        edited.content["m.relates_to"] = json!({ "m.in_reply_to": {} });
        let mut heard = None;
        let is_called = msc4391::invocation(content, self.me.as_str()).is_some();
        if is_called || self.wanted(room, &edited.content).await.is_some() {
            let Some(original) = self.earlier(room, question).await else { return };
            if original.sender != event.sender || original.replaces().is_some() {
                return;
            }
            edited.content["m.relates_to"] = original.content["m.relates_to"].clone();
            heard = self.heard(room, &edited).await;
        }
        let Some(heard) = heard else {
            if let Some(row) = row {
                self.take_back(room, event, row).await;
            }
            return;
        };
        attentively(room, &event.event_id, async {
            let _first = self.gate.answering();
            let Some(asked) = self.asked(room, &edited, heard).await else { return };
            match row.and_then(|row| row.answer) {
                Some(answer) => {
                    let _turn = self.answers.of(&answer).await;
                    // It may have been removed meanwhile.
                    if let Some(row) = self.question_of(&answer).await {
                        self.show_instead(room, event, row, &asked).await;
                    }
                    self.keep(self.noted(&event.event_id, room, &event.sender)).await;
                }
                None => {
                    let to = To { event: question, thread: edited.thread() };
                    self.reply(room, &edited, question, to, asked).await;
                }
            }
        })
        .await;
    }

    /// Something was removed. If it is a question, so is its answer.
    pub(super) async fn redaction(&self, room: &Room, event: &Event, is_ignored: bool) {
        let Some(removed) = event.redacts() else { return };
        // A moderator removed an answer: nothing is put in its place.
        if self.question_of(removed).await.is_some_and(|row| row.room == room.room_id().as_str()) {
            let _turn = self.answers.of(removed).await;
            if let Some(row) = self.question_of(removed).await {
                tracing::info!(room = %room.room_id(), by = event.sender, "an answer was removed");
                self.keep(gone(row)).await;
            }
            return;
        }
        if is_ignored {
            return;
        }
        // Whoever answers it just now sees to it.
        if let Some(was_removed) = self.pending().get_mut(removed) {
            *was_removed = true;
            return;
        }
        let Some(row) = self.known(removed).await else { return };
        match Kept::read(&row.actions).tap.filter(|_| row.answer.is_none()) {
            Some((answer, key)) if row.caller == event.sender => {
                self.take_tap_back(room, event, removed, &answer, &key).await;
            }
            Some(_) => {}
            None => self.take_back(room, event, row).await,
        }
    }

    async fn take_back(&self, room: &Room, event: &Event, row: Answered) {
        let file = self.known(&file_of(&row.event)).await;
        for row in [Some(row), file].into_iter().flatten() {
            let Some(id) = row.answer.clone() else { continue };
            let Ok(answer) = matrix_sdk::ruma::EventId::parse(&id) else { continue };
            let _turn = self.answers.of(&id).await;
            let taking = retried("taking an answer back", self.limit(), || async {
                let again = Some(transaction(&event.event_id, &format!("take back {answer}")));
                room.redact(&answer, Some("The question was removed."), again).await.map_err(Error::from)
            });
            match taking.await {
                Ok(_) => self.keep(gone(row)).await,
                Err(error) => tracing::error!(%error, "an answer can't be taken back"),
            }
        }
    }
}

/// What is kept of an answer that is there no more.
fn gone(row: Answered) -> Answered {
    Answered { answer: None, line: None, actions: Kept::default().written(), ..row }
}

/// The number that decides what chance would: for the same event, the same.
fn seed(event: &str) -> u64 {
    use sha2::{Digest, Sha256};
    let hash = Sha256::digest(event);
    hash.iter().take(8).fold(0, |seed, byte| seed << 8 | u64::from(*byte))
}

/// The answer where something is not for all who are in a room to read.
pub(super) fn only_alone(request: &Request, direct: bool) -> Option<Answer> {
    let command = request.command;
    let is_seen = command.role == Role::Editor && !command.changes && !direct;
    (is_seen && request.caller.role >= command.role)
        .then(|| sentences::only_for_you(command.name, "ask me in a direct chat"))
}

/// The answer to what was broken off.
fn interrupted(line: &str) -> Answer {
    Answer::other(AnswerKind::Failed, "I was stopped while I did that, and do nothing twice.").paragraph(
        format!("/{line} was begun before. Look whether it was done, and ask again if it was not."),
    )
}
