//! When something comes again and again: on which days of the week, at what time of day, in which time zone.

use jiff::civil::{DateTime, Time, Weekday};
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{Timestamp, ToSpan};

use crate::locale::plain;

/// The days of the week, as they are written, in English and Spanish: each name is known by its beginning of three letters.
const DAYS: [(Weekday, [&str; 2]); 7] = [
    (Weekday::Monday, ["mon", "lun"]),
    (Weekday::Tuesday, ["tue", "mar"]),
    (Weekday::Wednesday, ["wed", "mie"]),
    (Weekday::Thursday, ["thu", "jue"]),
    (Weekday::Friday, ["fri", "vie"]),
    (Weekday::Saturday, ["sat", "sab"]),
    (Weekday::Sunday, ["sun", "dom"]),
];

/// What stands for several days.
const SEVERAL: [(&str, usize); 4] = [("daily", 7), ("diario", 7), ("weekdays", 5), ("laborables", 5)];

/// On which days of the week something comes, and at what time of day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// From Monday on.
    days: [bool; 7],
    time: Time,
}

impl Rule {
    /// Reads days (`daily`, `weekdays`, `mon,thu`) and a time of day (`09:00`). `None` for anything else.
    pub fn read(days: &str, time: &str) -> Option<Rule> {
        let days = read_days(&plain(days.trim()))?;
        let (hour, minute) = time.trim().split_once([':', '.', 'h'])?;
        let (hour, minute) = (hour.parse::<i8>().ok()?, minute.parse::<i8>().ok()?);
        Some(Rule { days, time: Time::new(hour, minute, 0, 0).ok()? })
    }

    /// The days, as they can be read again.
    pub fn days(&self) -> String {
        match self.days {
            [true, true, true, true, true, true, true] => "daily".into(),
            [true, true, true, true, true, false, false] => "weekdays".into(),
            days => {
                let names =
                    DAYS.iter().zip(days).filter(|(_, is_in)| *is_in).map(|((_, [name, _]), _)| *name);
                names.collect::<Vec<_>>().join(",")
            }
        }
    }

    /// The time of day, as it can be read again: `09:00`.
    pub fn time(&self) -> String {
        self.time.strftime("%H:%M").to_string()
    }

    /// When it comes next after a time, in a zone. A time of day that does not exist on a day, because the clocks go
    /// forward, is the next one that does; one that comes twice, because they go back, is the first.
    pub fn next(&self, after: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
        let mut date = after.to_zoned_datetime(zone.clone()).date();
        // The day may be over, and a week later is the same day again.
        for _ in 0..=8 {
            let weekday = date.weekday();
            let is_day = DAYS.iter().zip(self.days).any(|((day, _), is_in)| is_in && *day == weekday);
            if is_day && let Some(at) = instant(date.to_datetime(self.time), zone).filter(|at| *at > after) {
                return Some(at);
            }
            date = date.checked_add(1.day()).ok()?;
        }
        None
    }
}

/// The instant of a local time, or the next one where clocks skip that time. `None` for a day that they skip whole.
fn instant(local: DateTime, zone: &TimeZone) -> Option<Timestamp> {
    match zone.to_ambiguous_timestamp(local).offset() {
        AmbiguousOffset::Unambiguous { offset } => offset.to_timestamp(local).ok(),
        AmbiguousOffset::Fold { before, .. } => before.to_timestamp(local).ok(),
        AmbiguousOffset::Gap { after, .. } => {
            // With the later offset the skipped time lies before the moment at which the clocks go forward.
            let before = after.to_timestamp(local).ok()?;
            let at = zone.following(before).next()?.timestamp();
            (at.to_zoned_datetime(zone.clone()).date() == local.date()).then_some(at)
        }
    }
}

fn read_days(text: &str) -> Option<[bool; 7]> {
    if let Some((_, number)) = SEVERAL.iter().find(|(word, _)| *word == text) {
        return Some(std::array::from_fn(|at| at < *number));
    }
    let mut days = [false; 7];
    for word in text.split([',', ';', '+']).map(str::trim) {
        let beginning: String = word.chars().take(3).collect();
        let at = DAYS.iter().position(|(_, names)| names.contains(&beginning.as_str()))?;
        days[at] = true;
    }
    Some(days)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn next(rule: &str, zone: &str, after: &str) -> String {
        let (days, time) = rule.split_once(' ').unwrap();
        let zone = TimeZone::get(zone).unwrap();
        let next = Rule::read(days, time).unwrap().next(after.parse().unwrap(), &zone).unwrap();
        next.to_zoned_datetime(zone).strftime("%Y-%m-%d %H:%M %:z").to_string()
    }

    #[test]
    fn days_and_times_are_read_in_both_languages() {
        for (days, time, read) in [
            ("daily", "09:00", "daily 09:00"),
            ("Weekdays", "18.30", "weekdays 18:30"),
            ("mon,thu", "8:00", "mon,thu 08:00"),
            ("Thursday,Monday", "8h05", "mon,thu 08:05"),
            ("miércoles,sáb", "23:59", "wed,sat 23:59"),
            ("diario", "0:00", "daily 00:00"),
        ] {
            let rule = Rule::read(days, time).unwrap();
            assert_eq!(format!("{} {}", rule.days(), rule.time()), read);
            assert_eq!(Rule::read(&rule.days(), &rule.time()), Some(rule));
        }
        for (days, time) in [
            ("never", "09:00"),
            ("", "09:00"),
            ("mon,", "09:00"),
            ("mon", "25:00"),
            ("mon", "9"),
            ("mon", "-1:00"),
        ] {
            assert_eq!(Rule::read(days, time), None, "{days} {time}");
        }
    }

    #[test]
    fn it_comes_at_its_time_in_its_zone() {
        // 2026-11-30 is a Monday.
        assert_eq!(next("daily 09:00", "UTC", "2026-11-30T08:59:59Z"), "2026-11-30 09:00 +00:00");
        assert_eq!(next("daily 09:00", "UTC", "2026-11-30T09:00:00Z"), "2026-12-01 09:00 +00:00");
        assert_eq!(next("daily 09:00", "Asia/Tokyo", "2026-11-30T01:00:00Z"), "2026-12-01 09:00 +09:00");
        assert_eq!(
            next("weekdays 18:30", "Europe/Madrid", "2026-12-04T18:00:00Z"),
            "2026-12-07 18:30 +01:00"
        );
        assert_eq!(next("mon 08:00", "Europe/Madrid", "2026-11-30T07:00:00Z"), "2026-12-07 08:00 +01:00");
    }

    #[test]
    fn when_clocks_change_it_comes_once() {
        // Madrid: from 2:00 to 3:00 on 28 March 2027, and from 3:00 back to 2:00 on 31 October 2027.
        assert_eq!(next("daily 02:30", "Europe/Madrid", "2027-03-27T12:00:00Z"), "2027-03-28 03:00 +02:00");
        assert_eq!(next("daily 02:30", "Europe/Madrid", "2027-03-28T01:00:00Z"), "2027-03-29 02:30 +02:00");
        assert_eq!(next("daily 02:30", "Europe/Madrid", "2027-10-30T12:00:00Z"), "2027-10-31 02:30 +02:00");
        assert_eq!(next("daily 02:30", "Europe/Madrid", "2027-10-31T00:30:00Z"), "2027-11-01 02:30 +01:00");
        // Lord Howe Island moves by half an hour.
        assert_eq!(
            next("daily 02:15", "Australia/Lord_Howe", "2026-10-03T12:00:00Z"),
            "2026-10-04 02:30 +11:00"
        );
    }

    proptest! {
        #[test]
        fn it_comes_on_every_day_once(
            zone in prop::sample::select(vec!["Europe/Madrid", "America/Mexico_City", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia"]),
            start in 0_i64..2_000_000_000,
            hour in 0_i8..24,
            minute in 0_i8..60,
        ) {
            let zone = TimeZone::get(zone).unwrap();
            let rule = Rule::read("daily", &format!("{hour}:{minute}")).unwrap();
            let mut at = Timestamp::from_second(start).unwrap();
            let mut date = None;
            for _ in 0..400 {
                let next = rule.next(at, &zone).unwrap();
                prop_assert!(next > at);
                let day = next.to_zoned_datetime(zone.clone()).date();
                // Samoa had no 30 December 2011.
                prop_assert!(date.is_none_or(|before: jiff::civil::Date| before < day && before.checked_add(2.days()).unwrap() >= day));
                (at, date) = (next, Some(day));
            }
        }
    }
}
