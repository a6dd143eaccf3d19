//! The reactions under our answers: put there, and removed when they mean nothing any more. They are only a
//! convenience: the numbers in the text say the same, and answers come first.

use std::sync::Arc;

use matrix_sdk::ruma::EventId;
use matrix_sdk::{Error, Room};
use serde_json::json;

use super::answers::Answers;
use super::context::Context;
use super::ids::transaction;
use super::rate_limiter::{NotSent, RateLimiter};
use super::reaction_action;
use super::reaction_queue::{Job, Queue};
use super::room_states::RoomStates;
use super::views::{Kept, View};

/// The next thing to do under an answer.
enum Step {
    Put(&'static str, u64),
    Remove(String, String),
}

/// Puts reactions and removes them.
pub(super) struct Reactions {
    context: Arc<Context>,
    states: Arc<RoomStates>,
    answers: Arc<Answers>,
    limiter: Arc<RateLimiter>,
    queue: Queue,
}

impl Reactions {
    pub fn new(
        context: &Arc<Context>,
        states: &Arc<RoomStates>,
        answers: &Arc<Answers>,
        limiter: &Arc<RateLimiter>,
    ) -> Reactions {
        Reactions {
            context: Arc::clone(context),
            states: Arc::clone(states),
            answers: Arc::clone(answers),
            limiter: Arc::clone(limiter),
            queue: Queue::default(),
        }
    }

    /// Whether a view of an answer has reactions of ours under it.
    pub fn are_wanted(&self, view: &View) -> bool {
        !wanted_keys(view, self.context.settings.reactions).is_empty()
    }

    /// Has the reactions under an answer put and removed, as its current view wants it.
    pub fn put_in_order(&self, room: &Room, answer: &str) {
        if let Ok(answer) = EventId::parse(answer) {
            self.queue.put(Job::Under(room.clone(), answer));
        }
    }

    /// Has somebody's reaction removed where we may, so that they can use it again.
    pub async fn clear(&self, room: &Room, reaction: &str) {
        let Some(powers) = self.states.powers(room).await else { return };
        if powers.user_can_redact_event_of_other(&self.context.me)
            && let Ok(reaction) = EventId::parse(reaction)
        {
            self.queue.put(Job::Clear(room.clone(), reaction));
        }
    }

    /// Puts and removes reactions, one after the other, without end.
    pub async fn keep_in_order(&self) {
        loop {
            let job = self.queue.first().await;
            match self.work(&job).await {
                Ok(true) => {}
                Ok(false) => self.queue.done(&job),
                // By the time that reactions go out again, nobody looks at these any more.
                Err(NotSent::Quiet) => self.queue.drop_all(),
                Err(NotSent::Failed(error)) => {
                    tracing::info!(%error, "a reaction can't be put or taken away");
                    self.queue.done(&job);
                }
            }
        }
    }

    /// Does one thing of a job. Whether there is more.
    async fn work(&self, job: &Job) -> Result<bool, NotSent> {
        match job {
            Job::Clear(room, reaction) => {
                self.redact(room, reaction).await?;
                Ok(false)
            }
            Job::Under(room, answer) => match self.next_step(answer).await {
                None => Ok(false),
                Some(Step::Put(key, count)) => {
                    let content = json!({
                        "m.relates_to": { "rel_type": "m.annotation", "event_id": answer, "key": key }
                    });
                    // The same reaction may have been put and removed before: the count makes another transaction of it.
                    let again = transaction(answer.as_str(), &format!("{key} {count}"));
                    let put = self
                        .limiter
                        .later(|| async {
                            room.send_raw("m.reaction", content).with_transaction_id(&again).await
                        })
                        .await?;
                    let mark = (key.to_string(), put.response.event_id.to_string());
                    self.change(answer, |kept| kept.marks.push(mark)).await;
                    Ok(true)
                }
                Some(Step::Remove(key, mark)) => {
                    if let Ok(mark) = EventId::parse(&mark) {
                        self.redact(room, &mark).await?;
                    }
                    self.change(answer, |kept| kept.marks.retain(|(it, _)| *it != key)).await;
                    Ok(true)
                }
            },
        }
    }

    async fn redact(&self, room: &Room, reaction: &EventId) -> Result<(), NotSent> {
        let again = Some(transaction(reaction.as_str(), "clear"));
        let redact = || async { room.redact(reaction, None, again).await.map(drop).map_err(Error::from) };
        self.limiter.later(redact).await
    }

    async fn next_step(&self, answer: &EventId) -> Option<Step> {
        let kept = self.answers.question_of(answer.as_str()).await?.kept;
        let wanted =
            kept.current().map(|view| wanted_keys(view, self.context.settings.reactions)).unwrap_or_default();
        let is_there = |key: &&str| kept.marks.iter().any(|(mark, _)| mark == key);
        if let Some(key) = wanted.iter().copied().find(|key| !is_there(key)) {
            return Some(Step::Put(key, kept.count));
        }
        let extra = kept.marks.iter().find(|(mark, _)| !wanted.contains(&mark.as_str()));
        extra.map(|(key, event)| Step::Remove(key.clone(), event.clone()))
    }

    /// Changes the record of an answer.
    async fn change(&self, answer: &EventId, change: impl FnOnce(&mut Kept)) {
        let _turn = self.answers.lock(answer.as_str()).await;
        let Some(mut row) = self.answers.question_of(answer.as_str()).await else { return };
        change(&mut row.kept);
        self.answers.keep(row).await;
    }
}

/// The reactions that are put under an answer: those that turn pages, lead back or confirm, and where the answer asks
/// what was meant, the first of its numbers. Each is an event in the room and a notification; the other numbers work
/// for whoever adds them.
fn wanted_keys(view: &View, max: usize) -> Vec<&'static str> {
    let keys = view.actions.iter().map(|action| action.key);
    let (mut numbers, turns): (Vec<_>, Vec<_>) = keys.partition(|key| reaction_action::KEYS.contains(key));
    numbers.truncate(if view.asks { max.saturating_sub(turns.len()) } else { 0 });
    numbers.extend(turns);
    numbers
}
