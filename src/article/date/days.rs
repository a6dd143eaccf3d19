//! The days that a date can mean.

use std::cmp::Reverse;

use crate::say;
use edtf_core::{Bound, BoundDate, Edtf};

/// The first and the last day that a date can mean, each as the number `year * 10000 + month * 100 +
/// day` (2020-07-08 is 20200708; years before year 0 count downwards), so that comparing numbers
/// compares days. An open end is [`Days::EVER_BEFORE`] or [`Days::EVER_AFTER`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Days {
    /// First day, inclusive.
    pub earliest: i64,
    /// Last day, inclusive.
    pub latest: i64,
}

impl Days {
    /// The earliest day of a date without a beginning.
    pub const EVER_BEFORE: i64 = -99_999_999;
    /// The latest day of a date without an end.
    pub const EVER_AFTER: i64 = 99_991_231;

    /// The days of whole years, both included.
    pub fn years(first: i64, last: i64) -> Days {
        Days { earliest: number(first, 1, 1), latest: number(last, 12, 31) }
    }

    /// The place in a list by time: what ends within the year in which it begins stands where it ends, so a precise
    /// date comes before a vaguer one that holds it (8 July 2020, July 2020, 2020); what goes on longer comes after
    /// the year in which it begins.
    pub fn order(self) -> (i64, i64, Reverse<i64>) {
        let end_of_year = self.earliest.div_euclid(10_000) * 10_000 + 1_231;
        (self.latest.min(end_of_year), self.latest, Reverse(self.earliest))
    }

    /// Whether none of these days lies outside the others.
    pub fn are_within(self, others: Days) -> bool {
        others.earliest <= self.earliest && self.latest <= others.latest
    }

    /// Whether all of them are of one year.
    pub fn are_of_one_year(self) -> bool {
        self.earliest.div_euclid(10_000) == self.latest.div_euclid(10_000)
    }

    /// The day of the year, as the number `month * 100 + day`, where they are one day.
    pub fn day_of_year(self) -> Option<i64> {
        (self.earliest == self.latest).then_some(self.earliest.rem_euclid(10_000))
    }

    /// The days of an expression.
    ///
    /// # Errors
    /// It has a time of day, lies outside the years -9999 to 9999, or has an end that is unknown (rather
    /// than open) or before its beginning.
    pub(super) fn of(edtf: &Edtf) -> Result<Days, DateError> {
        if let Edtf::DateTime(_) = edtf {
            return Err(DateError::new(
                say!("date-time-of-day", edtf = edtf.to_string()),
                say!("date-write-the-day"),
            ));
        }
        let bounds = edtf.bounds();
        let day = |bound: Bound, open: i64| match bound {
            Bound::Date(BoundDate { year, month, day }) if YEARS.contains(&year) => {
                Ok(number(year, month, day))
            }
            Bound::NegativeInfinity | Bound::PositiveInfinity => Ok(open),
            Bound::Date(_) => Err(DateError::new(
                say!("date-out-of-range", edtf = edtf.to_string()),
                say!("date-write-a-year-in-range"),
            )),
            Bound::Unknown => Err(DateError::new(
                say!("date-unknown-end", edtf = edtf.to_string()),
                say!("date-write-an-open-end"),
            )),
        };
        let days = Days {
            earliest: day(bounds.earliest, Days::EVER_BEFORE)?,
            latest: day(bounds.latest, Days::EVER_AFTER)?,
        };
        if days.earliest > days.latest {
            return Err(DateError::new(
                say!("date-backwards", edtf = edtf.to_string()),
                say!("date-write-earlier-first"),
            ));
        }
        Ok(days)
    }

    /// An expression for these days that is easy to read: `2020`, `199X`, `2020-07`, `2015/2016`.
    pub(super) fn edtf(self) -> String {
        let end = |number: i64, open: i64| match number == open {
            true => "..".to_string(),
            false => {
                let (year, rest) = (number.div_euclid(10_000), number.rem_euclid(10_000));
                format!("{}-{:02}-{:02}", four_digits(year), rest / 100, rest % 100)
            }
        };
        let (first, last) = (self.earliest.div_euclid(10_000), self.latest.div_euclid(10_000));
        if self.earliest == self.latest {
            return end(self.earliest, Days::EVER_BEFORE);
        }
        let open = self.earliest == Days::EVER_BEFORE || self.latest == Days::EVER_AFTER;
        if self == Days::years(first, last) && !open {
            return match last - first {
                0 => four_digits(first),
                9 if first >= 0 && first % 10 == 0 => format!("{:03}X", first / 10),
                99 if first >= 0 && first % 100 == 0 => format!("{:02}XX", first / 100),
                _ => format!("{}/{}", four_digits(first), four_digits(last)),
            };
        }
        let month = format!("{}-{:02}", four_digits(first), self.earliest.rem_euclid(10_000) / 100);
        if Edtf::parse(&month).is_ok_and(|month| Days::of(&month) == Ok(self)) {
            return month;
        }
        // An open end leaves a whole year at the other as the year alone.
        let begin = match self.earliest.rem_euclid(10_000) == 101 && self.latest == Days::EVER_AFTER {
            true => four_digits(first),
            false => end(self.earliest, Days::EVER_BEFORE),
        };
        let until = match self.latest.rem_euclid(10_000) == 1_231 && self.earliest == Days::EVER_BEFORE {
            true => four_digits(last),
            false => end(self.latest, Days::EVER_AFTER),
        };
        format!("{begin}/{until}")
    }
}

/// A year as EDTF writes it.
fn four_digits(year: i64) -> String {
    if year < 0 { format!("-{:04}", -year) } else { format!("{year:04}") }
}

fn number(year: i64, month: u8, day: u8) -> i64 {
    year * 10_000 + i64::from(month) * 100 + i64::from(day)
}

/// Why a date of a pack can't be used, and the help.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{problem}")]
pub struct DateError {
    /// What is wrong.
    pub problem: String,
    /// What to write instead.
    pub help: String,
}

impl DateError {
    pub(super) fn new(problem: String, help: String) -> Self {
        DateError { problem, help }
    }
}

/// Years outside this range are refused: the day numbers above would not sort, and no article needs them.
const YEARS: std::ops::RangeInclusive<i64> = -9_999..=9_999;
