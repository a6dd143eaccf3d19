//! Questions and their answers, and what becomes of an answer when its question is edited.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use matrix_sdk::Room;
use matrix_sdk::ruma::EventId;
use serde_json::{Value, json};

use crate::answer::{After, Answer, AnswerKind, Entry};
use crate::chat::shared::sentences;
use crate::commands::{self, Caller, OptKind};
use crate::outbox::{Outbox as _, Post};
use crate::say;

use super::answers::{Answers, Record};
use super::attachment::Attachments;
use super::attention::attentively;
use super::context::Context;
use super::ids::{PLATFORM, place};
use super::incoming::{self, Address, Event, Wanted};
use super::locks::lock;
use super::msc4391::{self, Invocation};
use super::outbox::Outbox;
use super::reader::Reader;
use super::reply::{Reply, To};
use super::room_states::RoomStates;
use super::rooms::Rooms;
use super::runner::Runner;

/// What a message asks of us.
enum Incoming {
    /// A command, as a client calls it that knows commands.
    Called(Result<Invocation, Box<Answer>>),
    /// An answer to this line.
    Line(String),
    /// Where this answer comes from.
    Source(Box<Record>),
}

/// Answers questions.
pub(super) struct Conversation {
    context: Arc<Context>,
    states: Arc<RoomStates>,
    reader: Arc<Reader>,
    answers: Arc<Answers>,
    outbox: Arc<Outbox>,
    rooms: Arc<Rooms>,
    runner: Arc<Runner>,
    attachments: Attachments,
    /// The questions that are being answered, and whether they were removed meanwhile.
    pending: Mutex<HashMap<String, bool>>,
}

impl Conversation {
    pub fn new(
        context: &Arc<Context>,
        states: &Arc<RoomStates>,
        reader: &Arc<Reader>,
        answers: &Arc<Answers>,
        outbox: &Arc<Outbox>,
        rooms: &Arc<Rooms>,
        runner: &Arc<Runner>,
    ) -> Conversation {
        Conversation {
            context: Arc::clone(context),
            states: Arc::clone(states),
            reader: Arc::clone(reader),
            answers: Arc::clone(answers),
            outbox: Arc::clone(outbox),
            rooms: Arc::clone(rooms),
            runner: Arc::clone(runner),
            attachments: Attachments::new(context, reader),
            pending: Mutex::default(),
        }
    }

    /// Answers a message, if it is for us.
    pub async fn message(&self, room: &Room, event: &Event) {
        let Some(incoming) = self.incoming(room, event).await else { return };
        let question = &event.event_id;
        lock(&self.pending).insert(question.clone(), false);
        attentively(room, question, async {
            let _first = self.outbox.answering();
            if let Some(reply) = self.answer(room, event, incoming).await {
                self.reply(room, event, question, event.thread(), reply).await;
            }
        })
        .await;
        let was_removed = lock(&self.pending).remove(question) == Some(true);
        if was_removed && let Some(row) = self.answers.known(question).await {
            self.outbox.take_back(room, event, row).await;
        }
    }

    /// Has the answer to a removed question removed as soon as it is there, if it is being made. Whether it is.
    pub fn remove_pending(&self, question: &str) -> bool {
        let mut pending = lock(&self.pending);
        let removed = pending.get_mut(question).map(|was_removed| *was_removed = true);
        removed.is_some()
    }

    /// What a typed message asks of us.
    pub async fn wanted(&self, room: &Room, content: &Value) -> Option<Wanted> {
        let (name, prefix) = (self.states.name(room).await, self.context.prefix(room));
        let direct = self.states.is_alone(room);
        let me = self.context.me.as_str();
        incoming::wanted(content, Address { me, name: &name, prefix: &prefix, direct })
    }

    /// What a message asks of us; `None` if it is not for us.
    async fn incoming(&self, room: &Room, event: &Event) -> Option<Incoming> {
        let (content, me) = (&event.content, self.context.me.as_str());
        // Bots send notices; and other bots have commands too.
        if content["msgtype"] == "m.notice" || msc4391::is_for_another(content, me) {
            return None;
        }
        if let Some(called) = msc4391::invocation(content, me) {
            return Some(Incoming::Called(called));
        }
        match self.wanted(room, content).await? {
            Wanted::Line(line) => Some(Incoming::Line(line)),
            Wanted::Source => {
                let answer = self.answers.question_of(event.replies_to()?).await?;
                Some(Incoming::Source(Box::new(answer)))
            }
        }
    }

    /// The answer to a message. `None` if it asks nothing of us after all.
    async fn answer(&self, room: &Room, event: &Event, incoming: Incoming) -> Option<Reply> {
        let caller = self.runner.caller(room, &event.sender).await;
        let request = match incoming {
            Incoming::Called(Ok(called)) => {
                commands::line::request(called.command, called.args, caller, PLATFORM)
            }
            Incoming::Called(Err(answer)) => Err(answer),
            Incoming::Line(line) => commands::line::parse_or_ask(&line, caller, PLATFORM),
            Incoming::Source(row) => return self.source(room, event, &row, caller).await,
        };
        let mut request = match request {
            Ok(request) => request,
            Err(answer) => return Some(Reply::only(*answer)),
        };
        if let Err(refused) = self.runner.place(room, &mut request) {
            return Some(Reply::only(*refused));
        }
        let takes_file = request.command.options.iter().any(|option| option.kind == OptKind::File);
        if takes_file && request.caller.role >= request.command.role {
            match self.attachments.of(room, event).await {
                Ok(upload) => request.upload = upload,
                Err(answer) => return Some(Reply::only(*answer)),
            }
        }
        Some(self.runner.run(room, event, &event.event_id, request).await)
    }

    /// The citation of an answer, for somebody who asked for it in a reply.
    async fn source(&self, room: &Room, event: &Event, row: &Record, caller: Caller) -> Option<Reply> {
        let kept = &row.kept;
        let view = kept.current()?;
        let request = view.source.as_ref().and_then(|it| commands::line::parse(it, caller, PLATFORM).ok());
        if let Some(mut request) = request
            && self.runner.place(room, &mut request).is_ok()
        {
            let mut reply = self.runner.run(room, event, &event.event_id, request).await;
            if reply.answer.kind == AnswerKind::Found {
                let lines = view.cited.iter().map(|(place, of)| Entry::new(place, of)).collect();
                if view.own.is_some() {
                    reply.answer = reply.answer.list(say!("chat-lines-rest-on"), lines);
                }
                return Some(reply);
            }
        }
        Some(Reply::only(view.sources()))
    }

    /// Follows an edit of a message: its answer changes too, if it was a question or is one now.
    pub async fn edit(&self, room: &Room, event: &Event, question: &str, content: &Value) {
        let row = self.answers.known(question).await;
        if !content.is_object() || row.as_ref().is_some_and(|row| row.caller != event.sender) {
            return;
        }
        let mut edited = event.clone();
        edited.content = content.clone();
        // An edit does not say what the message replies to. Here it decides only whether to find that out.
        edited.content["m.relates_to"] = json!({ "m.in_reply_to": {} });
        let mut incoming = None;
        let is_called = msc4391::invocation(content, self.context.me.as_str()).is_some();
        if is_called || self.wanted(room, &edited.content).await.is_some() {
            let Some(original) = self.reader.earlier(room, question).await else { return };
            if original.sender != event.sender || original.replaces().is_some() {
                return;
            }
            edited.content["m.relates_to"] = original.content["m.relates_to"].clone();
            incoming = self.incoming(room, &edited).await;
        }
        let Some(incoming) = incoming else {
            if let Some(row) = row {
                self.outbox.take_back(room, event, row).await;
            }
            return;
        };
        attentively(room, &event.event_id, async {
            let _first = self.outbox.answering();
            let Some(reply) = self.answer(room, &edited, incoming).await else { return };
            match row.and_then(|row| row.answer) {
                Some(answer) => self.answer_again(room, event, &answer, reply).await,
                None => self.reply(room, &edited, question, edited.thread(), reply).await,
            }
        })
        .await;
    }

    /// Answers a question, and leaves the room if that was asked.
    async fn reply(&self, room: &Room, event: &Event, question: &str, thread: Option<&str>, reply: Reply) {
        let sent = self.outbox.reply(room, event, question, To { event: question, thread }, &reply).await;
        let Some(sent) = sent else { return };
        if reply.leaves {
            self.rooms.leave(room).await;
        }
        if reply.answer.after == Some(After::OpenThread) && thread.is_none() && !self.states.is_alone(room) {
            self.open_thread(room, &sent).await;
        }
    }

    /// Opens a thread on an answer, where people talk about it.
    async fn open_thread(&self, room: &Room, answer: &EventId) {
        let post = Post { place: place(room.room_id()), id: answer.to_string() };
        let (first, key) = (sentences::thread_begins(), format!("thread {answer}"));
        if let Err(error) = self.outbox.open_thread(&post, "", &first, &key).await {
            tracing::warn!(room = %room.room_id(), %error, "no thread can be opened");
        }
    }

    /// Puts the answer to an edited question in the place of the answer that is there.
    async fn answer_again(&self, room: &Room, event: &Event, answer: &str, reply: Reply) {
        let turn = self.answers.lock(answer).await;
        // It may have been removed meanwhile.
        if let Some(row) = self.answers.question_of(answer).await
            && self.outbox.show_instead(room, event, row, &reply).await
            && reply.leaves
        {
            self.rooms.leave(room).await;
        }
        drop(turn);
        self.answers.keep(self.answers.noted(&event.event_id, room, &event.sender)).await;
    }
}
