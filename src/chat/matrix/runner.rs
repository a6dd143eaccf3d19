//! Running commands: whose, where, and at most once for one event.

use std::sync::Arc;

use matrix_sdk::Room;

use crate::answer::{After, Answer, AnswerKind};
use crate::commands::{self, Caller, Effect, Origin, Request, Role};
use crate::say;

use super::answers::{Answers, Record, is_begun};
use super::context::Context;
use super::ids::{caller_id, place, seed};
use super::incoming::Event;
use super::reply::Reply;
use super::room_states::RoomStates;

/// Runs commands.
pub(super) struct Runner {
    context: Arc<Context>,
    states: Arc<RoomStates>,
    answers: Arc<Answers>,
}

impl Runner {
    pub fn new(context: &Arc<Context>, states: &Arc<RoomStates>, answers: &Arc<Answers>) -> Runner {
        Runner { context: Arc::clone(context), states: Arc::clone(states), answers: Arc::clone(answers) }
    }

    /// Somebody who asks in a room.
    pub async fn caller(&self, room: &Room, user: &str) -> Caller {
        Caller { id: caller_id(user), role: self.states.role(room, user).await }
    }

    /// Puts a request into a room.
    ///
    /// # Errors
    /// The answer where the room is no place for the command: others would read what is not for them.
    pub fn place(&self, room: &Room, request: &mut Request) -> Result<(), Box<Answer>> {
        request.places = vec![place(room.room_id())];
        let command = request.command;
        let is_secret = command.secret || command.role == Role::Editor && request.effect() == Effect::Reads;
        let is_read_by_others = is_secret && !self.states.is_alone(room);
        if is_read_by_others && request.caller.role >= command.role {
            let title = say!("matrix-only-for-you", command = command.called());
            return Err(Box::new(Answer::other(AnswerKind::Refused, title)));
        }
        Ok(())
    }

    /// Runs a command because of an event; the seed of its random numbers is made from the event `by`. What changes
    /// something is not begun a second time for the same event.
    pub async fn run(&self, room: &Room, event: &Event, by: &str, mut request: Request) -> Reply {
        // What was sent before a crash, and not recorded, is the same again.
        request.seed = Some(seed(by));
        // What was only chosen is confirmed first.
        if !request.effect().may_be_repeated() && request.origin != Origin::Chosen {
            let line = commands::line::line(&request);
            if self.answers.known(&event.event_id).await.is_some_and(|row| is_begun(&row)) {
                return Reply::only(interrupted(&line));
            }
            let note = self.answers.noted(&event.event_id, room, &event.sender);
            self.answers.keep(Record { line: Some(line), ..note }).await;
        }
        let answer = commands::run_or_ask(&self.context.world, &mut request).await;
        // What changes something must not be done again to see the rest of the answer.
        let line = request.effect().may_be_repeated().then(|| commands::line::line(&request));
        let leaves = answer.after == Some(After::LeaveRoom);
        Reply { line, leaves, seed: by.into(), ..Reply::only(answer) }
    }
}

/// The answer to a command that was interrupted.
fn interrupted(line: &str) -> Answer {
    Answer::other(AnswerKind::Failed, say!("matrix-interrupted"))
        .paragraph(say!("matrix-interrupted-line", line = line))
}
