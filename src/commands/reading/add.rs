//! `/reading add`: an article that the room is to read.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::answer::{Answer, AnswerKind};
use crate::article::Kind;
use crate::community::{NewReading, Reading};
use crate::library::{Found, Named};
use crate::say;

use super::super::caller::Role;
use super::super::command::{Command, Context, Effect};
use super::super::line::write as line;
use super::super::numbered::room;
use super::super::options::{Opt, OptKind, Suggest, words};
use super::super::problem::Problem;
use super::super::show::{self, Sought};
use super::super::text::clean;
use super::{begin_readings, said};

const fn day(name: &'static str, key: &'static str) -> Opt {
    Opt { name, key, kind: OptKind::Named, required: false, suggest: Suggest::Nothing }
}

pub(in crate::commands) const COMMAND: Command =
    Command::new("reading add", |context| Box::pin(run(context)))
        .options(&[
            words("name", "option-reading-article", true, Suggest::Names(&[Kind::Article])),
            day("from", "option-reading-from"),
            day("until", "option-reading-until"),
        ])
        .examples(&["reading add us-mexico", "reading add us-mexico --from 2027-01-11 --until 2027-01-17"])
        .role(Role::Moderator)
        .effect(Effect::ChangesRoom);

async fn run(context: &Context<'_>) -> Result<Answer, Problem> {
    let (world, room, library) = (context.world, room(context)?, context.library()?);
    let typed = context.arg("name").unwrap_or_default();
    let found = library.find(typed, &[Kind::Article], None, true).await?;
    let article = match &found {
        Found::Sure { same, .. } => same.first().map(|named| named.key.clone()),
        _ => None,
    };
    let Some(article) = article else {
        let line = |named: &Named| line::with(context.request, &[("name", &named.key)]);
        return Ok(show::not_found(context, typed, Sought::Kind(Kind::Article), found, vec![], line));
    };
    let others = world.community.readings(room).await?;
    let first = match date(context, "from")? {
        Some(first) => first,
        None => after(&others, said::today(world, room).await?),
    };
    let last = date(context, "until")?;
    if last.is_some_and(|last| last < first) {
        return Ok(Answer::other(AnswerKind::WrongUsage, say!("reading-ends-before")));
    }
    let (first, last) = (first.to_string(), last.map(|last| last.to_string()));
    let new = NewReading { places: context.request.places.clone(), article, first, last };
    let Some(id) = world.community.add_reading(&new).await? else {
        return Ok(Answer::other(AnswerKind::Refused, say!("reading-too-many")));
    };
    begin_readings(world, room.platform).await?;
    let NewReading { places, article, first, last } = new;
    let reading = Reading { id, places, article, first, last, has_begun: false };
    let answer = Answer::found(say!("reading-added")).list("", vec![said::entry(library, &reading).await?]);
    Ok(answer.choice(say!("reading-all"), "reading list").private())
}

/// The day after the last one of the others, or today.
fn after(others: &[Reading], today: Date) -> Date {
    let last = others.iter().filter_map(|reading| reading.last.as_deref()?.parse::<Date>().ok()).max();
    let next = last.and_then(|last| last.checked_add(1.day()).ok());
    next.map_or(today, |next| next.max(today))
}

/// The day that was given for an option, in ISO 8601: every other way of writing it is read differently somewhere.
fn date(context: &Context<'_>, option: &'static str) -> Result<Option<Date>, Problem> {
    let Some(typed) = context.arg(option) else { return Ok(None) };
    let is_short = typed.chars().count() == "2027-01-11".len();
    match typed.parse::<Date>().ok().filter(|_| is_short) {
        Some(date) => Ok(Some(date)),
        None => Err(Answer::other(AnswerKind::WrongUsage, say!("reading-day", typed = clean(typed))).into()),
    }
}
