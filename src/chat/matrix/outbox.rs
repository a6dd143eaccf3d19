//! Answers on their way: sent as often as it takes, and written down.

use std::sync::atomic::Ordering;

use matrix_sdk::Room;
use matrix_sdk::ruma::{OwnedEventId, TransactionId};
use serde_json::{Value, json};

use crate::answer::Answer;
use crate::community::Answered;

use super::bot::{Bot, transaction};
use super::incoming::Event;
use super::message::{self, Message, RenderOptions};
use super::reaction_action::Step;
use super::retry::{ErrorClass, classify};
use super::views::{Kept, View};

/// An answer, and how to come to it again.
pub(super) struct Asked {
    pub answer: Answer,
    pub line: Option<String>,
    pub part: usize,
    /// What it was opened from.
    pub steps: Vec<Step>,
    /// The event by which chance fell for it.
    pub seed: String,
    /// Whether we are to go after it.
    pub leaves: bool,
}

impl Asked {
    pub fn only(answer: Answer) -> Asked {
        Asked { answer, line: None, part: 0, steps: Vec::new(), seed: String::new(), leaves: false }
    }
}

/// Where an answer is put.
pub(super) struct To<'a> {
    /// The event that it replies to.
    pub event: &'a str,
    /// The first event of the thread that this is in.
    pub thread: Option<&'a str>,
}

impl Bot {
    fn rendered(&self, room: &Room, asked: &Asked) -> Message {
        let options =
            RenderOptions { prefix: &self.prefix(room), line: asked.line.as_deref(), part: asked.part };
        message::render_opened(&asked.answer, &options, asked.steps.last())
    }

    /// What is kept of a message that is shown since `at`.
    fn view(&self, asked: &Asked, message: &Message, event: &Event, at: i64) -> View {
        View {
            line: asked.line.clone(),
            part: asked.part,
            actions: message.actions.clone(),
            steps: asked.steps.clone(),
            seed: asked.seed.clone(),
            at,
            by: event.sender.clone(),
            event: event.event_id.clone(),
            ..View::of(&asked.answer)
        }
    }

    /// Says something that nobody asked for. Without a choice: nothing is kept of it.
    pub(super) async fn say(
        &self,
        room: &Room,
        answer: &Answer,
        again: &TransactionId,
    ) -> Option<OwnedEventId> {
        let message =
            message::render(answer, &RenderOptions { prefix: &self.prefix(room), line: None, part: 0 });
        let mut content = written(&message);
        content["m.mentions"] = json!({});
        self.send(room, &content, again).await
    }

    /// Answers a question, which may be another event than the one that makes us answer: its edit.
    pub(super) async fn reply(&self, room: &Room, event: &Event, question: &str, to: To<'_>, asked: Asked) {
        let message = self.rendered(room, &asked);
        let mut reply = written(&message);
        reply["m.mentions"] = match self.settings.mention_asker {
            true => json!({ "user_ids": [event.sender] }),
            false => json!({}),
        };
        let replies = json!({ "event_id": to.event });
        reply["m.relates_to"] = match to.thread {
            Some(root) => {
                json!({ "rel_type": "m.thread", "event_id": root, "is_falling_back": false, "m.in_reply_to": replies })
            }
            None => json!({ "m.in_reply_to": replies }),
        };
        let now = self.now();
        let Some(answer) = self.send(room, &reply, &transaction(&event.event_id, "answer")).await else {
            return;
        };
        let mut kept = Kept::default();
        kept.show(self.view(&asked, &message, event, now));
        self.keep(Answered {
            answer: Some(answer.to_string()),
            line: asked.line.clone(),
            actions: kept.written(),
            ..self.noted(question, room, &event.sender)
        })
        .await;
        if question != event.event_id {
            self.keep(self.noted(&event.event_id, room, &event.sender)).await;
        }
        if let Some((name, bytes)) = message.file {
            self.attach(room, event, question, &name, bytes).await;
        }
        if !message.actions.is_empty() {
            self.mark(room, answer.as_str());
        }
        if asked.leaves {
            self.leave(room).await;
        }
    }

    /// Puts another answer in the place of one that is there. What becomes of it is up to who holds its lock.
    pub(super) async fn show_instead(
        &self,
        room: &Room,
        event: &Event,
        row: Answered,
        asked: &Asked,
    ) -> bool {
        let Some(answer) = row.answer.clone() else { return false };
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
        let now = self.now();
        if self.send(room, &content, &transaction(&event.event_id, "edit")).await.is_none() {
            return false;
        }
        let mut kept = Kept::read(&row.actions);
        kept.show(self.view(asked, &message, event, now));
        let has_marks = !message.actions.is_empty() || !kept.marks.is_empty();
        let question = row.event.clone();
        self.keep(Answered { line: asked.line.clone(), actions: kept.written(), ..row }).await;
        if has_marks {
            self.mark(room, &answer);
        }
        if let Some((name, bytes)) = message.file {
            self.attach(room, event, &question, &name, bytes).await;
        }
        if asked.leaves {
            self.leave(room).await;
        }
        true
    }

    /// Sends a message, as often as it takes. The homeserver knows by the transaction that it is one.
    async fn send(&self, room: &Room, content: &Value, again: &TransactionId) -> Option<OwnedEventId> {
        let _first = self.gate.answering();
        let sending = self.gate.first("sending an answer", self.limit(), || async {
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

fn written(message: &Message) -> Value {
    json!({
        "msgtype": "m.notice",
        "body": message.body,
        "format": "org.matrix.custom.html",
        "formatted_body": message.html,
    })
}
