//! Reactions under an answer: what somebody chooses, turns to, confirms, or takes back.

use matrix_sdk::Room;

use crate::answer::{AnswerKind, Block, ChoiceKind};
use crate::commands::{self, Origin};
use crate::community::Answered;

use super::PLATFORM;
use super::attention::attentively;
use super::bot::{Bot, place};
use super::conversation::only_alone;
use super::incoming::Event;
use super::outbox::{Asked, To};
use super::reaction_action::{self, ReactionAction};
use super::views::Kept;

/// What came of a reaction.
#[derive(Debug, PartialEq, Eq)]
enum Outcome {
    /// It stands for nothing, or for nothing that may be shown.
    Nothing,
    /// What it stands for is shown in the place of the answer.
    Shown,
    /// What it stands for changes something: its sender is asked whether to do it.
    Asked,
}

impl Bot {
    /// Somebody chose what a reaction under an answer stands for.
    pub(super) async fn reaction(&self, room: &Room, event: &Event) {
        let Some((answer, key)) = event.reaction() else { return };
        match self.press(room, event, answer, key).await {
            Outcome::Nothing => return,
            Outcome::Shown => {
                // Taking it back takes back what it did.
                let note = self.noted(&event.event_id, room, &event.sender);
                self.keep(Answered { actions: Kept::tapped(answer, key).written(), ..note }).await;
            }
            Outcome::Asked => {}
        }
        self.clear(room, &event.event_id).await;
    }

    /// The answer that this is, as it is kept, if it stands in this room.
    async fn answer_in(&self, room: &Room, answer: &str) -> Option<(Answered, Kept)> {
        let row = self.question_of(answer).await.filter(|row| row.room == room.room_id().as_str())?;
        let kept = Kept::read(&row.actions);
        Some((row, kept))
    }

    /// Does what a reaction under an answer stands for.
    async fn press(&self, room: &Room, event: &Event, answer: &str, key: &str) -> Outcome {
        // Most reactions are none of our affair.
        let means = |kept: &Kept| kept.meant(key, &event.sender, event.at).is_some();
        if !self.answer_in(room, answer).await.is_some_and(|(_, kept)| means(&kept)) {
            return Outcome::Nothing;
        }
        let choosing = async {
            let _first = self.gate.answering();
            let _turn = self.answers.of(answer).await;
            self.choose(room, event, answer, key).await
        };
        attentively(room, &event.event_id, choosing).await
    }

    async fn choose(&self, room: &Room, event: &Event, answer: &str, key: &str) -> Outcome {
        let Some((row, kept)) = self.answer_in(room, answer).await else { return Outcome::Nothing };
        let Some((view, action)) = kept.meant(key, &event.sender, event.at) else { return Outcome::Nothing };
        let is_current = kept.current().is_some_and(|current| std::ptr::eq(current, view));
        let shows = |action: &ReactionAction| {
            kept.current().is_some_and(|it| it.line.as_ref() == Some(&action.line) && it.part == action.part)
        };
        // Somebody else has turned to it already.
        if !is_current && shows(action) {
            return Outcome::Shown;
        }
        let caller = self.caller(room, &event.sender).await;
        let origin = Origin::chosen(action.kind);
        let (changes, mut asked) = match commands::line::parse(&action.line, caller, PLATFORM) {
            Ok(mut request) => {
                request.places = vec![place(room.room_id())];
                request.origin = origin;
                let changes = request.changes();
                match only_alone(&request, self.is_alone(room)) {
                    Some(refused) => (changes, Asked::only(refused)),
                    None => {
                        let seed = view.seed_of(action).unwrap_or(&event.event_id);
                        (changes, self.run_seeded(room, event, seed, request).await)
                    }
                }
            }
            Err(answer) => (false, Asked::only(*answer)),
        };
        let was_done = origin == Origin::Confirmed && asked.answer.kind != AnswerKind::Refused;
        // Who may not, or finds nothing, must not take from others what they see.
        if asked.answer.kind != AnswerKind::Found && !was_done {
            self.keep(self.noted(&event.event_id, room, &event.sender)).await;
            return Outcome::Nothing;
        }
        if changes && origin == Origin::Chosen {
            let earlier = self.earlier(room, answer).await;
            let thread = earlier.as_ref().and_then(Event::thread);
            self.reply(room, event, &event.event_id, To { event: answer, thread }, asked).await;
            return Outcome::Asked;
        }
        if origin == Origin::Confirmed {
            let by = vec![("Confirmed by".to_string(), event.sender.clone())];
            asked.answer.blocks.push(Block::Fields { fields: by });
        } else {
            asked.part = action.part;
            asked.steps = view.steps_after(action);
        }
        match self.show_instead(room, event, row, &asked).await {
            true => Outcome::Shown,
            false => Outcome::Nothing,
        }
    }

    /// Somebody took a reaction back that was acted on.
    pub(super) async fn take_tap_back(&self, room: &Room, event: &Event, tap: &str, answer: &str, key: &str) {
        let is_turn = reaction_action::is_key(key, reaction_action::BACK)
            || reaction_action::is_key(key, reaction_action::ON);
        let is_done = if is_turn {
            // An arrow is pressed again by taking it back, where we can't do that.
            self.press(room, event, answer, key).await == Outcome::Shown
        } else {
            let _turn = self.answers.of(answer).await;
            self.undo(room, event, tap, answer).await
        };
        if is_done {
            self.keep(self.noted(&event.event_id, room, &event.sender)).await;
        }
    }

    /// Shows again what an answer was before a tap, if nobody has gone on from there.
    async fn undo(&self, room: &Room, event: &Event, tap: &str, answer: &str) -> bool {
        let Some((row, kept)) = self.answer_in(room, answer).await else { return false };
        let Some(view) = kept.current().filter(|view| view.event == tap) else { return false };
        let Some((step, before)) = view.steps.split_last() else { return false };
        let caller = self.caller(room, &event.sender).await;
        let Ok(mut request) = commands::line::parse(&step.line, caller, PLATFORM) else { return false };
        request.places = vec![place(room.room_id())];
        request.origin = Origin::chosen(ChoiceKind::Other);
        let asked = self.run_seeded(room, event, &step.seed, request).await;
        if asked.answer.kind != AnswerKind::Found {
            return false;
        }
        let asked = Asked { part: step.part, steps: before.to_vec(), ..asked };
        self.show_instead(room, event, row, &asked).await
    }
}
