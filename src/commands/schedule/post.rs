//! What schedules post: claimed before it is sent, sent under a key that makes it one post, and marked after.

use std::sync::Arc;

use crate::answer::{After, Answer, AnswerKind, Visibility};
use crate::community::Schedule;
use crate::outbox::{Outbox, Post, PostError};
use crate::platform::{Place, Platform};
use crate::say;

use super::super::caller::{Caller, Role};
use super::super::command::{Command, Context, Request, find};
use super::super::problem::Problem;
use super::super::world::World;
use super::said;

/// What posts its questions and answers itself.
const QUIZ: &str = "quiz";

/// Who asks for what a schedule posts.
const CALLER: &str = "program:schedule";

/// Posts what has come due on a platform. What is later than it may be, because the program was down, is left out, and of what would
/// have come several times meanwhile only the last.
pub(in crate::commands) async fn post_what_is_due(
    world: &World,
    table: &'static [Command],
    platform: Platform,
) -> Result<(), Problem> {
    // Another process may serve this platform; or it will be connected later.
    let Ok(outbox) = world.outboxes.of(platform) else { return Ok(()) };
    let now = world.clock.now().as_millisecond();
    for mut schedule in world.community.due_schedules(now).await? {
        let place = schedule.places.first().filter(|place| place.platform == platform).cloned();
        let Some(place) = place else { continue };
        if schedule.due_at.is_none() && !claim(world, &mut schedule, now).await? {
            continue;
        }
        let Some(due_at) = schedule.due_at else { continue };
        let sent = |is_refused| world.community.schedule_sent(schedule.id, due_at, is_refused);
        let is_late = now - due_at > world.late;
        // What posts itself is begun once at most.
        if is_late || schedule.post == QUIZ {
            sent(false).await?;
        }
        if is_late {
            continue;
        }
        let language = world.language("", None, &schedule.places).await;
        let made = language.scope(made(world, table, &schedule, due_at)).await;
        let Some(answer) = made.filter(|answer| answer.visibility == Visibility::Everyone) else {
            sent(false).await?;
            continue;
        };
        let _turn = world.outboxes.turn(platform).await;
        match outbox.post(&place, &answer, &format!("schedule {} {due_at}", schedule.id)).await {
            Ok(post) => {
                if answer.after == Some(After::OpenThread) {
                    open_thread(&outbox, &post, &answer).await;
                }
                sent(false).await?;
            }
            Err(PostError::Refused(cause)) => {
                tracing::error!(schedule = schedule.id, %place, cause, "a schedule can't post, and is paused");
                sent(true).await?;
            }
            Err(error) => tracing::warn!(schedule = schedule.id, %place, %error, "a schedule can't post yet"),
        }
    }
    Ok(())
}

/// Opens a thread to talk in. Without it there is the room.
async fn open_thread(outbox: &Arc<dyn Outbox>, post: &Post, answer: &Answer) {
    let first = Answer::found(say!("chat-thread"));
    if let Err(error) = outbox.open_thread(post, &answer.title, &first, &format!("{} thread", post.id)).await
    {
        tracing::warn!(place = %post.place, %error, "no thread can be opened for a prompt");
    }
}

/// Claims what has come due. The last time before now is the one that counts.
async fn claim(world: &World, schedule: &mut Schedule, now: i64) -> Result<bool, Problem> {
    let next = |after: i64| said::next(&schedule.days, &schedule.time, &schedule.zone, after);
    let mut due_at = schedule.next_at;
    while let Some(at) = next(due_at).filter(|at| *at <= now) {
        due_at = at;
    }
    // A rule that nobody can read any more does not come again.
    let next_at = next(now).unwrap_or(i64::MAX);
    let is_claimed = world.community.claim_schedule(schedule, next_at, Some(due_at)).await?;
    (schedule.next_at, schedule.due_at) = (next_at, Some(due_at));
    Ok(is_claimed)
}

/// What comes: the answer to a command, as a member would get it there.
async fn made(world: &World, table: &'static [Command], schedule: &Schedule, due_at: i64) -> Option<Answer> {
    let name = match schedule.post.as_str() {
        "reading" => "reading show",
        name => name,
    };
    let command = find(table, name)?;
    let caller = Caller { id: CALLER.into(), role: Role::Member };
    let place: &Place = schedule.places.first()?;
    let mut request = Request::new(command, caller, Some(place.platform));
    request.places.clone_from(&schedule.places);
    // The same post is the same again.
    request.seed = Some(seed(schedule.id, due_at));
    let context = Context { world, request: &request, library: world.store.current(), table, groups: &[] };
    match (command.run)(&context).await {
        Ok(answer) => Some(answer).filter(|answer| answer.kind == AnswerKind::Found),
        Err(Problem::Instead(answer)) => {
            tracing::info!(schedule = schedule.id, said = answer.title, "a schedule has nothing to post");
            None
        }
        Err(error) => {
            tracing::error!(schedule = schedule.id, %error, "what a schedule posts can't be made");
            None
        }
    }
}

fn seed(id: i64, due_at: i64) -> u64 {
    due_at.unsigned_abs().wrapping_mul(1_000_003).wrapping_add(id.unsigned_abs())
}
