//! Answers on their way to a room: sent as often as it takes, and recorded.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use matrix_sdk::Error;
use matrix_sdk::attachment::AttachmentConfig;
use matrix_sdk::room::reply::{EnforceThread, Reply as ReplyTo};
use matrix_sdk::ruma::events::Mentions;
use matrix_sdk::ruma::events::room::member::MembershipState;
use matrix_sdk::ruma::events::room::message::AddMentions;
use matrix_sdk::ruma::{EventId, OwnedEventId, RoomId, TransactionId};
use matrix_sdk::{Room, RoomState};
use serde_json::{Value, json};

use crate::answer::Answer;
use crate::outbox::{self, Post, PostError};
use crate::platform::{Place, PlaceKind, Platform};
use crate::say;

use super::answers::{Answers, Record, gone};
use super::context::Context;
use super::ids::{file_of, transaction, user};
use super::incoming::Event;
use super::message::render::{Message, RenderOptions, render_opened, render_post};
use super::rate_limiter::{RateLimiter, UnderWay};
use super::reactions::Reactions;
use super::reply::{Reply, To};
use super::retry::{ErrorClass, classify, retried};
use super::views::{Kept, View};

/// Sends, edits and removes answers.
pub(super) struct Outbox {
    context: Arc<Context>,
    answers: Arc<Answers>,
    limiter: Arc<RateLimiter>,
    reactions: Arc<Reactions>,
    /// Whether the homeserver has logged us out: what fails from then on is answered after the next login.
    is_logged_out: AtomicBool,
}

impl Outbox {
    pub fn new(
        context: &Arc<Context>,
        answers: &Arc<Answers>,
        limiter: &Arc<RateLimiter>,
        reactions: &Arc<Reactions>,
    ) -> Outbox {
        Outbox {
            context: Arc::clone(context),
            answers: Arc::clone(answers),
            limiter: Arc::clone(limiter),
            reactions: Arc::clone(reactions),
            is_logged_out: AtomicBool::new(false),
        }
    }

    /// The room that a place is, if we are in it.
    fn room(&self, place: &Place) -> Result<Room, PostError> {
        let refused = || PostError::Refused(format!("{place} is no room of Matrix that the bot is in"));
        let is_room = (place.platform, place.kind) == (Platform::Matrix, PlaceKind::Room);
        let id = <&RoomId>::try_from(place.id.as_str()).ok().filter(|_| is_room).ok_or_else(refused)?;
        self.context.client.get_room(id).filter(|room| room.state() == RoomState::Joined).ok_or_else(refused)
    }

    /// Whether the homeserver has logged us out.
    pub fn is_logged_out(&self) -> bool {
        self.is_logged_out.load(Ordering::Relaxed)
    }

    /// An answer is under way until what is returned is dropped: nothing else is sent meanwhile.
    pub fn answering(&self) -> UnderWay<'_> {
        self.limiter.answering()
    }

    /// Posts an answer that nobody asked for, and returns its event id. It is not recorded, so no reaction
    /// can choose from it. `None` if it can't be sent.
    pub async fn post(&self, room: &Room, answer: &Answer, again: &TransactionId) -> Option<OwnedEventId> {
        self.send(room, &self.post_content(room, answer), again).await
    }

    fn post_content(&self, room: &Room, answer: &Answer) -> Value {
        let prefix = self.context.prefix(room);
        let mut content = content_of(&render_post(answer, &prefix));
        content["m.mentions"] = json!({});
        content
    }

    /// Puts another message in the place of a posted one. Whether it was sent.
    pub async fn edit(&self, room: &Room, posted: &str, message: &Message, again: &TransactionId) -> bool {
        let mut new = content_of(message);
        new["m.mentions"] = json!({});
        let content = json!({
            "msgtype": "m.notice",
            "body": format!("* {}", message.body),
            "format": "org.matrix.custom.html",
            "formatted_body": format!("* {}", message.html),
            "m.mentions": {},
            "m.relates_to": { "rel_type": "m.replace", "event_id": posted },
            "m.new_content": new,
        });
        self.send(room, &content, again).await.is_some()
    }

    /// Answers a question, and records it. Gives the answer's event id, if it worked. The question may be another event than the one that makes
    /// us answer: its edit.
    pub async fn reply(
        &self,
        room: &Room,
        event: &Event,
        question: &str,
        to: To<'_>,
        reply: &Reply,
    ) -> Option<OwnedEventId> {
        let message = self.rendered(room, reply);
        let mut content = content_of(&message);
        content["m.mentions"] = match self.context.settings.mention_asker {
            true => json!({ "user_ids": [event.sender] }),
            false => json!({}),
        };
        let replies = json!({ "event_id": to.event });
        content["m.relates_to"] = match to.thread {
            Some(root) => {
                json!({ "rel_type": "m.thread", "event_id": root, "is_falling_back": false, "m.in_reply_to": replies })
            }
            None => json!({ "m.in_reply_to": replies }),
        };
        let now = self.context.now();
        let sent = self.send(room, &content, &transaction(&event.event_id, "answer")).await?;
        let mut kept = Kept::default();
        let view = view(reply, &message, event, now);
        let has_reactions = self.reactions.are_wanted(&view);
        kept.show(view);
        let note = self.answers.noted(question, room, &event.sender);
        self.answers
            .keep(Record { answer: Some(sent.to_string()), line: reply.line.clone(), kept, ..note })
            .await;
        if question != event.event_id {
            self.answers.keep(self.answers.noted(&event.event_id, room, &event.sender)).await;
        }
        if let Some((name, bytes)) = message.file {
            self.attach(room, event, question, &name, bytes).await;
        }
        if has_reactions {
            self.reactions.put_in_order(room, sent.as_str());
        }
        Some(sent)
    }

    /// Puts another answer in the place of a recorded one, whose lock the caller holds. Whether it worked.
    pub async fn show_instead(&self, room: &Room, event: &Event, row: Record, reply: &Reply) -> bool {
        let Some(answer) = row.answer.clone() else { return false };
        let now = self.context.now();
        let message = self.rendered(room, reply);
        if !self.edit(room, &answer, &message, &transaction(&event.event_id, "edit")).await {
            return false;
        }
        let mut kept = row.kept.clone();
        let view = view(reply, &message, event, now);
        let has_reactions = self.reactions.are_wanted(&view) || !kept.marks.is_empty();
        kept.show(view);
        let question = row.event.clone();
        self.answers.keep(Record { line: reply.line.clone(), kept, ..row }).await;
        if has_reactions {
            self.reactions.put_in_order(room, &answer);
        }
        if let Some((name, bytes)) = message.file {
            self.attach(room, event, &question, &name, bytes).await;
        }
        true
    }

    /// Removes the answer to a question that was removed, and its file.
    pub async fn take_back(&self, room: &Room, event: &Event, row: Record) {
        let file = self.answers.known(&file_of(&row.event)).await;
        for row in [Some(row), file].into_iter().flatten() {
            let Some(id) = row.answer.clone() else { continue };
            let Ok(answer) = EventId::parse(&id) else { continue };
            let _turn = self.answers.lock(&id).await;
            let taking = retried("taking an answer back", self.context.limit(), || async {
                let again = Some(transaction(&event.event_id, &format!("take back {answer}")));
                room.redact(&answer, Some(&say!("matrix-question-removed")), again).await.map_err(Error::from)
            });
            match taking.await {
                Ok(_) => self.answers.keep(gone(row)).await,
                Err(error) => tracing::error!(%error, "an answer can't be taken back"),
            }
        }
    }

    /// Sends the part of an answer that does not fit into a message as a file.
    async fn attach(&self, room: &Room, event: &Event, question: &str, name: &str, bytes: Vec<u8>) {
        let (Ok(kind), Ok(to)) = ("text/plain".parse(), EventId::parse(question)) else { return };
        let attaching = self.limiter.first("attaching a file", self.context.limit(), || async {
            let reply = ReplyTo {
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
                let note = self.answers.noted(&file_of(question), room, &event.sender);
                self.answers.keep(Record { answer: Some(sent.event_id.to_string()), ..note }).await;
            }
            Err(error) => tracing::error!(%error, "the file of an answer can't be sent"),
        }
    }

    fn rendered(&self, room: &Room, reply: &Reply) -> Message {
        let prefix = self.context.prefix(room);
        let options = RenderOptions { prefix: &prefix, line: reply.line.as_deref(), part: reply.part };
        render_opened(&reply.answer, &options, reply.steps.last())
    }

    /// Sends a message, as often as it takes. The transaction tells the homeserver that it is one.
    async fn send(&self, room: &Room, content: &Value, again: &TransactionId) -> Option<OwnedEventId> {
        let _first = self.answering();
        let sending = self.limiter.first("sending an answer", self.context.limit(), || async {
            let sent = room.send_raw("m.room.message", content.clone()).with_transaction_id(again).await?;
            Ok(sent.response.event_id)
        });
        match sending.await {
            Ok(sent) => Some(sent),
            Err(error) => {
                if matches!(classify(&error), ErrorClass::LoggedOut { .. }) {
                    self.is_logged_out.store(true, Ordering::Relaxed);
                }
                tracing::error!(%error, room = %room.room_id(), "an answer can't be sent");
                None
            }
        }
    }
}

#[async_trait]
impl outbox::Outbox for Outbox {
    async fn post(&self, place: &Place, answer: &Answer, key: &str) -> Result<Post, PostError> {
        let room = self.room(place)?;
        let sent = Outbox::post(self, &room, answer, &transaction(key, "post")).await;
        let id = sent.ok_or_else(not_taken)?.to_string();
        Ok(Post { place: place.clone(), id })
    }

    async fn edit(&self, post: &Post, answer: &Answer) -> Result<(), PostError> {
        let room = self.room(&post.place)?;
        // The same answer in the same place is one edit.
        let shown = serde_json::to_string(answer).unwrap_or_default();
        let again = transaction(&format!("{} {shown}", post.id), "edit");
        let message = render_post(answer, &self.context.prefix(&room));
        match Outbox::edit(self, &room, &post.id, &message, &again).await {
            true => Ok(()),
            false => Err(not_taken()),
        }
    }

    /// Every message can be the root of a thread, which begins with its first answer. It is no place of its own: what is
    /// asked in it is asked in the room.
    async fn open_thread(
        &self,
        post: &Post,
        _: &str,
        first: &Answer,
        key: &str,
    ) -> Result<Option<Place>, PostError> {
        let room = self.room(&post.place)?;
        let mut content = self.post_content(&room, first);
        let falls_back = json!({ "event_id": post.id });
        content["m.relates_to"] = json!({ "rel_type": "m.thread", "event_id": post.id, "is_falling_back": true, "m.in_reply_to": falls_back });
        let sent = self.send(&room, &content, &transaction(key, "post")).await;
        sent.map(|_| None).ok_or_else(not_taken)
    }

    async fn has_member(&self, place: &Place, person: &str) -> bool {
        let Some(user) = user(person) else { return false };
        let Ok(room) = self.room(place) else { return false };
        match room.get_member_no_sync(&user).await {
            Ok(member) => member.is_some_and(|member| *member.membership() == MembershipState::Join),
            Err(error) => {
                tracing::warn!(%error, room = %room.room_id(), "a member can't be looked up");
                false
            }
        }
    }
}

fn not_taken() -> PostError {
    PostError::Later("the homeserver did not take it".into(), None)
}

/// The record of a message that is shown since `at`, in milliseconds since 1970 UTC.
fn view(reply: &Reply, message: &Message, event: &Event, at: i64) -> View {
    View {
        line: reply.line.clone(),
        part: reply.part,
        actions: message.actions.clone(),
        steps: reply.steps.clone(),
        seed: reply.seed.clone(),
        at,
        by: event.sender.clone(),
        event: event.event_id.clone(),
        ..View::of(&reply.answer)
    }
}

fn content_of(message: &Message) -> Value {
    json!({
        "msgtype": "m.notice",
        "body": message.body,
        "format": "org.matrix.custom.html",
        "formatted_body": message.html,
    })
}
