//! Reactions of people under an answer: what somebody chooses, turns to, confirms, or takes back.

use std::sync::Arc;

use matrix_sdk::Room;

use crate::answer::{AnswerKind, Block, ChoiceKind};
use crate::commands::{self, Origin};
use crate::say;

use super::answers::{Answers, Record};
use super::attention::attentively;
use super::ids::PLATFORM;
use super::incoming::Event;
use super::outbox::Outbox;
use super::reaction_action::{self, ReactionAction};
use super::reactions::Reactions;
use super::reader::Reader;
use super::reply::{Reply, To};
use super::rooms::Rooms;
use super::runner::Runner;
use super::views::Kept;

/// The outcome of a reaction.
#[derive(Debug, PartialEq, Eq)]
enum Outcome {
    /// It stands for nothing, or for nothing that may be shown.
    Nothing,
    /// What it stands for is shown in the place of the answer.
    Shown,
    /// What it stands for changes something: its sender is asked whether to do it.
    Asked,
}

/// Does what reactions stand for.
pub(super) struct Choices {
    reader: Arc<Reader>,
    answers: Arc<Answers>,
    reactions: Arc<Reactions>,
    outbox: Arc<Outbox>,
    rooms: Arc<Rooms>,
    runner: Arc<Runner>,
}

impl Choices {
    pub fn new(
        reader: &Arc<Reader>,
        answers: &Arc<Answers>,
        reactions: &Arc<Reactions>,
        outbox: &Arc<Outbox>,
        rooms: &Arc<Rooms>,
        runner: &Arc<Runner>,
    ) -> Choices {
        Choices {
            reader: Arc::clone(reader),
            answers: Arc::clone(answers),
            reactions: Arc::clone(reactions),
            outbox: Arc::clone(outbox),
            rooms: Arc::clone(rooms),
            runner: Arc::clone(runner),
        }
    }

    /// Does what a reaction under an answer stands for, and records it.
    pub async fn reaction(&self, room: &Room, event: &Event) {
        let Some((answer, key)) = event.reaction() else { return };
        match self.press(room, event, answer, key).await {
            Outcome::Nothing => return,
            Outcome::Shown => {
                // Taking it back takes back what it did.
                let note = self.answers.noted(&event.event_id, room, &event.sender);
                self.answers.keep(Record { kept: Kept::tapped(answer, key), ..note }).await;
            }
            Outcome::Asked => {}
        }
        self.reactions.clear(room, &event.event_id).await;
    }

    /// Does what a reaction under an answer stands for.
    async fn press(&self, room: &Room, event: &Event, answer: &str, key: &str) -> Outcome {
        // Most reactions mean nothing to us, and get no receipt.
        let means = |kept: &Kept| kept.meant(key, &event.sender, event.at).is_some();
        if !self.answers.shown(room, answer).await.is_some_and(|row| means(&row.kept)) {
            return Outcome::Nothing;
        }
        let choosing = async {
            let _first = self.outbox.answering();
            let _turn = self.answers.lock(answer).await;
            self.choose(room, event, answer, key).await
        };
        attentively(room, &event.event_id, choosing).await
    }

    async fn choose(&self, room: &Room, event: &Event, answer: &str, key: &str) -> Outcome {
        let Some(row) = self.answers.shown(room, answer).await else { return Outcome::Nothing };
        let kept = row.kept.clone();
        let Some((view, action)) = kept.meant(key, &event.sender, event.at) else { return Outcome::Nothing };
        let is_current = kept.current().is_some_and(|current| std::ptr::eq(current, view));
        let shows = |action: &ReactionAction| {
            kept.current().is_some_and(|it| it.line.as_ref() == Some(&action.line) && it.part == action.part)
        };
        // Somebody else has turned to it already.
        if !is_current && shows(action) {
            return Outcome::Shown;
        }
        let caller = self.runner.caller(room, &event.sender).await;
        let origin = Origin::chosen(action.kind);
        let (changes, reply) = match commands::line::parse(&action.line, caller, PLATFORM) {
            Ok(mut request) => {
                request.origin = origin;
                let changes = !request.effect().may_be_chosen();
                match self.runner.place(room, &mut request) {
                    Err(refused) => (changes, Reply::only(*refused)),
                    Ok(()) => {
                        let seed = view.seed_of(action).unwrap_or(&event.event_id);
                        (changes, self.runner.run(room, event, seed, request).await)
                    }
                }
            }
            Err(answer) => (false, Reply::only(*answer)),
        };
        let was_done = origin == Origin::Confirmed && reply.answer.kind != AnswerKind::Refused;
        // A refusal, or a result without anything, must not replace what others see.
        if reply.answer.kind != AnswerKind::Found && !was_done {
            self.answers.keep(self.answers.noted(&event.event_id, room, &event.sender)).await;
            return Outcome::Nothing;
        }
        if changes && origin == Origin::Chosen {
            let earlier = self.reader.earlier(room, answer).await;
            let thread = earlier.as_ref().and_then(Event::thread);
            self.outbox.reply(room, event, &event.event_id, To { event: answer, thread }, &reply).await;
            return Outcome::Asked;
        }
        let reply = match origin {
            Origin::Confirmed => confirmed(reply, &event.sender),
            _ => Reply { part: action.part, steps: view.steps_after(action), ..reply },
        };
        if !self.outbox.show_instead(room, event, row, &reply).await {
            return Outcome::Nothing;
        }
        if reply.leaves {
            self.rooms.leave(room).await;
        }
        Outcome::Shown
    }

    /// Follows the removal of a reaction that was acted on.
    pub async fn take_tap_back(&self, room: &Room, event: &Event, tap: &str, answer: &str, key: &str) {
        let is_turn = reaction_action::is_key(key, reaction_action::BACK)
            || reaction_action::is_key(key, reaction_action::ON);
        let is_done = if is_turn {
            // Where we can't remove a reaction, somebody uses an arrow again by removing and adding it: both count.
            self.press(room, event, answer, key).await == Outcome::Shown
        } else {
            let _turn = self.answers.lock(answer).await;
            self.undo(room, event, tap, answer).await
        };
        if is_done {
            self.answers.keep(self.answers.noted(&event.event_id, room, &event.sender)).await;
        }
    }

    /// Shows again what an answer was before a tap, if nobody has gone on from there.
    async fn undo(&self, room: &Room, event: &Event, tap: &str, answer: &str) -> bool {
        let Some(row) = self.answers.shown(room, answer).await else { return false };
        let kept = row.kept.clone();
        let Some(view) = kept.current().filter(|view| view.event == tap) else { return false };
        let Some((step, before)) = view.steps.split_last() else { return false };
        let caller = self.runner.caller(room, &event.sender).await;
        let Ok(mut request) = commands::line::parse(&step.line, caller, PLATFORM) else { return false };
        request.origin = Origin::chosen(ChoiceKind::Other);
        if self.runner.place(room, &mut request).is_err() {
            return false;
        }
        let reply = self.runner.run(room, event, &step.seed, request).await;
        if reply.answer.kind != AnswerKind::Found {
            return false;
        }
        let reply = Reply { part: step.part, steps: before.to_vec(), ..reply };
        self.outbox.show_instead(room, event, row, &reply).await
    }
}

/// The answer to a confirmed command, with who confirmed it.
fn confirmed(mut reply: Reply, by: &str) -> Reply {
    let by = vec![(say!("matrix-confirmed-by"), by.to_string())];
    reply.answer.blocks.push(Block::Fields { fields: by });
    reply
}
