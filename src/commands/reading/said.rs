//! An article of a room's list, in words; and which day it is there.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::answer::{Answer, Entry};
use crate::article::pack::{Provenance, When};
use crate::community::Reading;
use crate::library::Library;
use crate::platform::Place;
use crate::say;

use super::super::problem::Problem;
use super::super::world::World;

/// The day that it is in a room: in the time zone of its schedule, or UTC.
pub(super) async fn today(world: &World, room: &Place) -> Result<Date, Problem> {
    let schedules = world.community.schedules(room).await?;
    let zone =
        schedules.first().and_then(|schedule| TimeZone::get(&schedule.zone).ok()).unwrap_or(TimeZone::UTC);
    Ok(world.clock.now().to_zoned_datetime(zone).date())
}

/// Whether an article is read on a day: it has begun, and its last day is not over.
pub(super) fn is_on(reading: &Reading, today: Date) -> bool {
    let is_over =
        reading.last.as_deref().and_then(|last| last.parse::<Date>().ok()).is_some_and(|last| last < today);
    reading.has_begun && !is_over
}

/// What a room reads now: "This is read now: …, until 6 December 2026".
pub(super) async fn now(library: &Library, reading: &Reading) -> Result<Answer, Problem> {
    let (title, known) = title(library, &reading.article).await?;
    let answer = match &reading.last {
        Some(last) => Answer::found(say!("reading-now-until", title = title, until = day(last))),
        None => Answer::found(say!("reading-now", title = title)),
    };
    Ok(match known {
        true => answer.choice(say!("reading-about"), format!("article {}", reading.article)),
        false => answer,
    })
}

/// A line of the list: the days, and the article.
pub(super) async fn entry(library: &Library, reading: &Reading) -> Result<Entry, Problem> {
    let (title, known) = title(library, &reading.article).await?;
    let first = day(&reading.first);
    let days = match &reading.last {
        Some(last) => say!("reading-from-until", from = first, until = day(last)),
        None => say!("reading-from", from = first),
    };
    let line = known.then(|| format!("article {}", reading.article));
    Ok(Entry { line, ..Entry::new(reading.id.to_string(), say!("reading-line", title = title, days = days)) })
}

/// An article's title, and whether it is loaded.
async fn title(library: &Library, article: &str) -> Result<(String, bool), Problem> {
    Ok(match library.article(article).await? {
        Some(known) => (known.title, true),
        None => (say!("reading-not-loaded", article = article), false),
    })
}

/// A day as it is said.
fn day(iso: &str) -> String {
    let when = When { edtf: iso.into(), text: None, by: Provenance::Text, season: false };
    when.said().unwrap_or_else(|| iso.to_string())
}
