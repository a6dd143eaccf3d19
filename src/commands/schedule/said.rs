//! A schedule, in words.

use jiff::tz::TimeZone;
use jiff::{Timestamp, ZonedDateTime};

use crate::answer::Entry;
use crate::community::Schedule;
use crate::discussion::Rule;
use crate::locale::and;
use crate::say;

use super::super::names::NameOf;

/// A schedule as a line of a list: its number, what comes and when, and the next time in its zone.
pub(super) fn entry(schedule: &Schedule) -> Entry {
    let post = format!("/{}", NameOf::Command.called(&schedule.post));
    let days = days(&schedule.days);
    let next = match (schedule.is_refused, schedule.is_paused) {
        (true, _) => say!("schedule-refused"),
        (false, true) => say!("schedule-paused"),
        (false, false) => say!("schedule-next", at = at(schedule)),
    };
    let line = say!("schedule-line", post = post, days = days, time = &schedule.time, next = next);
    Entry::new(schedule.id.to_string(), line)
}

/// When it comes next, in its zone: `2026-12-01 09:00 (Europe/Madrid)`.
pub(super) fn at(schedule: &Schedule) -> String {
    let local = |at: Timestamp| -> Option<ZonedDateTime> {
        Some(at.to_zoned_datetime(TimeZone::get(&schedule.zone).ok()?))
    };
    match Timestamp::from_millisecond(schedule.next_at).ok().and_then(local) {
        Some(at) => {
            say!("schedule-at", at = at.strftime("%Y-%m-%d %H:%M").to_string(), zone = &schedule.zone)
        }
        None => say!("time-unknown"),
    }
}

/// The days of a rule. Names of days are those that can be typed.
fn days(days: &str) -> String {
    match days {
        "daily" => say!("schedule-daily"),
        "weekdays" => say!("schedule-weekdays"),
        days => {
            let named: Vec<String> = days.split(',').map(|day| say!("schedule-day", day = day)).collect();
            and(&named)
        }
    }
}

/// When a schedule comes next after a time, in milliseconds since 1970 UTC. `None` for a rule or a zone that nobody knows.
pub(super) fn next(days: &str, time: &str, zone: &str, after: i64) -> Option<i64> {
    let (rule, zone) = (Rule::read(days, time)?, TimeZone::get(zone).ok()?);
    Some(rule.next(Timestamp::from_millisecond(after).ok()?, &zone)?.as_millisecond())
}
