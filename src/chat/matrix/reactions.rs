//! The reactions under our answers: put there, and taken away when they mean nothing any more. They are an
//! ornament: the numbers in the text say the same, and answers come first.

use matrix_sdk::ruma::EventId;
use matrix_sdk::{Error, Room};
use serde_json::json;

use super::bot::{Bot, transaction};
use super::gate::NotSent;
use super::queue::Job;
use super::reaction_action::{self, ReactionAction};
use super::views::Kept;

/// What is to be done next under an answer.
enum Step {
    Put(&'static str, u64),
    TakeAway(String, String),
}

impl Bot {
    /// Has the reactions under an answer put in order.
    pub fn mark(&self, room: &Room, answer: &str) {
        if let Ok(answer) = EventId::parse(answer) {
            self.marks.put(Job::Under(room.clone(), answer));
        }
    }

    /// Has somebody's reaction taken away where we may.
    pub async fn clear(&self, room: &Room, reaction: &str) {
        let Some(powers) = self.powers(room).await else { return };
        if powers.user_can_redact_event_of_other(&self.me)
            && let Ok(reaction) = EventId::parse(reaction)
        {
            self.marks.put(Job::Clear(room.clone(), reaction));
        }
    }

    /// Puts and takes away reactions, one after the other, for ever.
    pub async fn keep_marked(&self) {
        loop {
            let job = self.marks.first().await;
            match self.work(&job).await {
                Ok(true) => {}
                Ok(false) => self.marks.done(&job),
                // By then nobody looks at these any more.
                Err(NotSent::Quiet) => self.marks.drop_all(),
                Err(NotSent::Failed(error)) => {
                    tracing::info!(%error, "a reaction can't be put or taken away");
                    self.marks.done(&job);
                }
            }
        }
    }

    /// Does a part of it. Whether there is more.
    async fn work(&self, job: &Job) -> Result<bool, NotSent> {
        match job {
            Job::Clear(room, reaction) => {
                self.redact_mark(room, reaction).await?;
                Ok(false)
            }
            Job::Under(room, answer) => match self.next_step(answer).await {
                None => Ok(false),
                Some(Step::Put(key, count)) => {
                    let content = json!({
                        "m.relates_to": { "rel_type": "m.annotation", "event_id": answer, "key": key }
                    });
                    // It may have been there before, and taken away.
                    let again = transaction(answer.as_str(), &format!("{key} {count}"));
                    let put = self
                        .gate
                        .later(|| async {
                            room.send_raw("m.reaction", content).with_transaction_id(&again).await
                        })
                        .await?;
                    let mark = (key.to_string(), put.response.event_id.to_string());
                    self.change(answer, |kept| kept.marks.push(mark)).await;
                    Ok(true)
                }
                Some(Step::TakeAway(key, mark)) => {
                    if let Ok(mark) = EventId::parse(&mark) {
                        self.redact_mark(room, &mark).await?;
                    }
                    self.change(answer, |kept| kept.marks.retain(|(it, _)| *it != key)).await;
                    Ok(true)
                }
            },
        }
    }

    async fn redact_mark(&self, room: &Room, reaction: &EventId) -> Result<(), NotSent> {
        let again = Some(transaction(reaction.as_str(), "clear"));
        let redact = || async { room.redact(reaction, None, again).await.map(drop).map_err(Error::from) };
        self.gate.later(redact).await
    }

    async fn next_step(&self, answer: &EventId) -> Option<Step> {
        let kept = Kept::read(&self.question_of(answer.as_str()).await?.actions);
        let wanted =
            kept.current().map(|view| marked(&view.actions, self.settings.reactions)).unwrap_or_default();
        let stands = |key: &&str| kept.marks.iter().any(|(mark, _)| mark == key);
        if let Some(key) = wanted.iter().copied().find(|key| !stands(key)) {
            return Some(Step::Put(key, kept.count));
        }
        let over = kept.marks.iter().find(|(mark, _)| !wanted.contains(&mark.as_str()));
        over.map(|(key, event)| Step::TakeAway(key.clone(), event.clone()))
    }

    /// Changes what is kept of an answer.
    async fn change(&self, answer: &EventId, change: impl FnOnce(&mut Kept)) {
        let _turn = self.answers.of(answer.as_str()).await;
        let Some(mut row) = self.question_of(answer.as_str()).await else { return };
        let mut kept = Kept::read(&row.actions);
        change(&mut kept);
        row.actions = kept.written();
        self.keep(row).await;
    }
}

/// Which reactions are put under an answer: those that turn pages or confirm, and of the others the first.
fn marked(actions: &[ReactionAction], most: usize) -> Vec<&'static str> {
    let keys = actions.iter().map(|action| action.key);
    let (mut numbers, turns): (Vec<_>, Vec<_>) = keys.partition(|key| reaction_action::KEYS.contains(key));
    numbers.truncate(most.saturating_sub(turns.len()));
    numbers.extend(turns);
    numbers
}
