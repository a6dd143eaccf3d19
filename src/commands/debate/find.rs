//! The debate that is meant: the one of a room, or of a number.

use crate::answer::{Answer, AnswerKind};
use crate::community::{CommunityError, Debate};
use crate::say;

use super::super::command::{Context, Request};
use super::super::line::write as line;
use super::super::options::{Opt, OptKind, Suggest};
use super::super::problem::Problem;
use super::super::rooms::{may_mean, rooms};
use super::super::text::cut;
use super::super::world::World;

/// Which debate, where it is not the last one of the room.
pub(super) const DEBATE: Opt = Opt {
    name: "debate",
    key: "option-debate",
    kind: OptKind::Number,
    required: false,
    suggest: Suggest::Nothing,
};

/// The last debate of this room, or the one of the number that was given. Secret commands are given in private, and
/// mean a debate of a room elsewhere that the caller is in.
///
/// # Errors
/// The answer where there is none.
pub(super) async fn debate(context: &Context<'_>) -> Result<Debate, Problem> {
    let community = &context.world.community;
    if let Some(number) = context.request.number("debate") {
        let known = community.debate(i64::try_from(number).unwrap_or(i64::MAX)).await?;
        if let Some(debate) = known
            && (is_here(context.request, &debate) || may_mean(context, &debate.room).await)
        {
            return Ok(up_to_date(context.world, debate).await?);
        }
        let title = say!("debate-no-number", number = number);
        return Err(Answer::other(AnswerKind::NothingFound, title).into());
    }
    if let Some(debate) = in_room(context).await? {
        return Ok(debate);
    }
    let mut open = Vec::new();
    for debate in community.open_debates().await? {
        if may_mean(context, &debate.room).await {
            open.push(debate);
        }
    }
    match <[Debate; 1]>::try_from(open) {
        Ok([only]) => Ok(up_to_date(context.world, only).await?),
        Err(several) if several.is_empty() => Err(none().into()),
        Err(several) => {
            let answer = Answer::other(AnswerKind::NothingFound, say!("debate-several"));
            let line = |debate: &Debate| format!("{} --debate {}", line::again(context.request), debate.id);
            let choices = several.iter().map(|debate| (cut(&debate.motion, 70), line(debate)));
            Err(choices.fold(answer, |answer, (label, line)| answer.choice(label, line)).into())
        }
    }
}

/// The last debate of this room, for what only those who are in it may decide.
///
/// # Errors
/// The answer where there is none, or where it is over.
pub(super) async fn open_here(context: &Context<'_>) -> Result<Debate, Problem> {
    match in_room(context).await? {
        Some(debate) if debate.stage.phase.is_over() => Err(over(&debate).into()),
        Some(debate) => Ok(debate),
        None => Err(none().into()),
    }
}

/// A debate whose time is over is moved on, whoever looks at it first.
pub(super) async fn up_to_date(world: &World, debate: Debate) -> Result<Debate, CommunityError> {
    let now = world.clock.now().as_millisecond();
    if !debate.stage.is_due(now) {
        return Ok(debate);
    }
    world.community.advance_debate(&debate, debate.stage.next(&debate.timetable, now)).await?;
    Ok(world.community.debate(debate.id).await?.unwrap_or(debate))
}

/// The answer for what can't be done any more.
pub(super) fn over(debate: &Debate) -> Answer {
    Answer::other(AnswerKind::Refused, say!("debate-over"))
        .choice(say!("debate-see"), format!("debate show --debate {}", debate.id))
}

fn none() -> Answer {
    Answer::other(AnswerKind::NothingFound, say!("debate-none")).paragraph(say!("debate-how-to-open"))
}

async fn in_room(context: &Context<'_>) -> Result<Option<Debate>, Problem> {
    for room in rooms(context.request) {
        if let Some(debate) = context.world.community.last_debate(&room).await? {
            return Ok(Some(up_to_date(context.world, debate).await?));
        }
    }
    Ok(None)
}

fn is_here(request: &Request, debate: &Debate) -> bool {
    let is_its = |room: &String| debate.room == *room || debate.thread.as_ref() == Some(room);
    rooms(request).iter().any(is_its)
}
