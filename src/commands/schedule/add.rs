//! `/schedule add`: something that the room is to get again and again.

use jiff::tz::TimeZone;

use crate::answer::{Answer, AnswerKind};
use crate::community::{NewSchedule, Schedule};
use crate::discussion::Rule;
use crate::say;

use super::super::caller::Role;
use super::super::command::{Command, Context, Effect};
use super::super::numbered::room;
use super::super::options::{Opt, OptKind, Suggest, words};
use super::super::problem::Problem;
use super::super::text::clean;
use super::said;

/// What a room can get.
pub(super) const POSTS: [&str; 5] = ["quote", "discuss", "quiz", "today", "reading"];

/// The zone of a room that has named none.
const ZONE: &str = "UTC";

const ZONE_OPTION: Opt = Opt {
    name: "zone",
    key: "option-schedule-zone",
    kind: OptKind::Named,
    required: false,
    suggest: Suggest::Nothing,
};

pub(in crate::commands) const COMMAND: Command =
    Command::new("schedule add", |context| Box::pin(run(context)))
        .options(&[
            words("days", "option-schedule-days", true, Suggest::Nothing),
            words("time", "option-schedule-time", true, Suggest::Nothing),
            words("post", "option-schedule-post", true, Suggest::OneOf(&POSTS)),
            ZONE_OPTION,
        ])
        .examples(&["schedule add daily 09:00 quote", "schedule add mon,thu 08:00 quiz --zone Europe/Madrid"])
        .role(Role::Moderator)
        .effect(Effect::ChangesRoom);

async fn run(context: &Context<'_>) -> Result<Answer, Problem> {
    let room = room(context)?;
    let wrong = |title: String| Ok(Answer::other(AnswerKind::WrongUsage, title));
    let [days, time, post] = ["days", "time", "post"].map(|name| context.arg(name).unwrap_or_default());
    let Some(rule) = Rule::read(days, time) else {
        return wrong(say!("schedule-when", days = clean(days), time = clean(time)));
    };
    if !POSTS.contains(&post) {
        return wrong(say!("schedule-what", post = clean(post)));
    }
    let community = &context.world.community;
    let others = community.schedules(room).await?;
    let zone = match context.arg("zone") {
        None => others.first().map_or(ZONE.to_string(), |other| other.zone.clone()),
        Some(typed) => match TimeZone::get(typed).ok().and_then(|zone| zone.iana_name().map(String::from)) {
            Some(zone) => zone,
            None => return wrong(say!("schedule-zone", zone = clean(typed))),
        },
    };
    let (days, time, now) = (rule.days(), rule.time(), context.now());
    let Some(next_at) = said::next(&days, &time, &zone, now) else {
        return wrong(say!("schedule-when", days = days, time = time));
    };
    let places = context.request.places.clone();
    let new = NewSchedule { places, post: post.into(), days, time, zone, next_at };
    let Some(id) = community.add_schedule(&new).await? else {
        return Ok(Answer::other(AnswerKind::Refused, say!("schedule-too-many")));
    };
    // A room has one zone.
    for other in others.iter().filter(|other| other.zone != new.zone) {
        if let Some(next_at) = said::next(&other.days, &other.time, &new.zone, now) {
            community.move_schedule(other.id, &new.zone, next_at).await?;
        }
    }
    let NewSchedule { places, post, days, time, zone, next_at } = new;
    let schedule = Schedule {
        id,
        places,
        post,
        days,
        time,
        zone,
        next_at,
        due_at: None,
        is_paused: false,
        is_refused: false,
    };
    let answer = Answer::found(say!("schedule-added")).list("", vec![said::entry(&schedule)]);
    Ok(answer.choice(say!("schedule-all"), "schedule list").private())
}
