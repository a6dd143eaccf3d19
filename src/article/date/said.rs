//! An EDTF expression in English, in words that [`parse_range`](super::parse_range) understands.

use edtf_core::{Bound, BoundDate, Date, Edtf, IntervalEndpoint, Precision, SetElement, SetKind, YearKind};

/// The months, January first.
pub(super) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The codes from 21 on that EDTF has in the place of a month (ISO 8601-2, 4.8.2): seasons, seasons of a
/// hemisphere, quarters, thirds and halves of a year.
pub(super) const PARTS: [&str; 21] = [
    "spring",
    "summer",
    "autumn",
    "winter",
    "northern spring",
    "northern summer",
    "northern autumn",
    "northern winter",
    "southern spring",
    "southern summer",
    "southern autumn",
    "southern winter",
    "first quarter",
    "second quarter",
    "third quarter",
    "fourth quarter",
    "first third",
    "second third",
    "last third",
    "first half",
    "second half",
];

/// The code of the first of [`PARTS`].
pub(super) const FIRST_PART: u8 = 21;

/// The first code that is no season.
pub(super) const FIRST_QUARTER: u8 = 33;

/// What is said of a date that may be wrong.
pub(super) const UNCERTAIN: &str = " (uncertain)";

/// What is said of a date whose month or day is not known.
pub(super) const UNKNOWN: [&str; 2] = [" (day unknown)", " (month unknown)"];

/// An EDTF expression in English.
pub(super) fn say(edtf: &Edtf) -> String {
    match edtf {
        Edtf::Date(date) => say_date(date),
        Edtf::Interval(interval) => match (say_end(&interval.start), say_end(&interval.end)) {
            (Some(start), Some(end)) => format!("{start} to {end}"),
            (Some(start), None) => format!("since {start}"),
            (None, Some(end)) => format!("until {end}"),
            (None, None) => edtf.to_string(),
        },
        Edtf::Set(set) => {
            let mut elements: Vec<String> = set.elements.iter().map(say_element).collect();
            let last = elements.pop().unwrap_or_default();
            let joint = match set.kind {
                SetKind::OneMember => "or",
                SetKind::AllMembers => "and",
            };
            match elements.is_empty() {
                true => last,
                false => format!("{} {joint} {last}", elements.join(", ")),
            }
        }
        Edtf::DateTime(_) => edtf.to_string(),
    }
}

fn say_end(end: &IntervalEndpoint) -> Option<String> {
    match end {
        IntervalEndpoint::Date(date) => Some(say_date(date)),
        IntervalEndpoint::OnOrBefore(date) => Some(format!("{} or earlier", say_date(date))),
        IntervalEndpoint::OnOrAfter(date) => Some(format!("{} or later", say_date(date))),
        IntervalEndpoint::Open | IntervalEndpoint::Unknown => None,
    }
}

fn say_element(element: &SetElement) -> String {
    match element {
        SetElement::Date(date) => say_date(date),
        SetElement::OnOrBefore(date) => format!("{} or earlier", say_date(date)),
        SetElement::OnOrAfter(date) => format!("{} or later", say_date(date)),
        SetElement::Range(first, last) => format!("{} to {}", say_date(first), say_date(last)),
    }
}

fn say_date(date: &Date) -> String {
    let said = say_plainly(date).unwrap_or_else(|| {
        let bounds = Edtf::Date(*date).bounds();
        match (bounds.earliest, bounds.latest) {
            (Bound::Date(first), Bound::Date(last)) => {
                format!("some time between {} and {}", say_day(first), say_day(last))
            }
            _ => Edtf::Date(*date).to_string(),
        }
    });
    let about = if date.is_approximate() { "about " } else { "" };
    let doubt = if date.is_uncertain() { UNCERTAIN } else { "" };
    format!("{about}{said}{doubt}")
}

/// `None` for what has no common wording.
fn say_plainly(date: &Date) -> Option<String> {
    if date.year.significant_digits.is_some() {
        return None;
    }
    let year = match date.year.value() {
        Some(year) => say_year(year),
        None if date.month.is_none() => return say_span(date),
        None => return None,
    };
    let Some(month) = date.month else { return Some(year) };
    let unknown_month = month.digits == [None, None];
    let unknown_day = date.day.is_some_and(|day| day.digits == [None, None]);
    let [day_unknown, month_unknown] = UNKNOWN;
    if unknown_month {
        return match date.day {
            None => Some(format!("{year}{month_unknown}")),
            Some(_) if unknown_day => Some(format!("{year}{day_unknown}")),
            Some(_) => None,
        };
    }
    let month = month.value()?;
    if date.precision() == Precision::Season {
        let part = PARTS.get(usize::from(month.checked_sub(FIRST_PART)?))?;
        return Some(if month < FIRST_QUARTER {
            format!("{part} {year}")
        } else {
            format!("the {part} of {year}")
        });
    }
    let month = MONTHS.get(usize::from(month.checked_sub(1)?))?;
    match date.day {
        None => Some(format!("{month} {year}")),
        Some(_) if unknown_day => Some(format!("{month} {year}{day_unknown}")),
        Some(day) => Some(format!("{} {month} {year}", day.value()?)),
    }
}

/// A decade, a century or a millennium: a year whose last digits are not known.
fn say_span(date: &Date) -> Option<String> {
    let YearKind::Standard { negative: false, digits } = date.year.kind else { return None };
    match digits {
        // The 70s are those of 1970, and year 0 is 1 BC: the first hundred years have no such name.
        [Some(a), Some(b), Some(c), None] if a + b > 0 => {
            let first = i64::from(a) * 1_000 + i64::from(b) * 100 + i64::from(c) * 10;
            // "The 1500s" would be the century.
            Some(match first % 100 == 0 && first != 2_000 {
                true => format!("{} to {}", say_year(first), say_year(first + 9)),
                false => format!("{first}s"),
            })
        }
        [Some(a), Some(b), None, None] if a + b > 0 => {
            Some(format!("the {} century", ordinal(u32::from(a) * 10 + u32::from(b) + 1)))
        }
        [Some(a), None, None, None] if a > 0 => Some(format!("the {} millennium", ordinal(u32::from(a) + 1))),
        _ => None,
    }
}

fn ordinal(number: u32) -> String {
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

/// EDTF counts years as astronomers do: year 0 is 1 BC, and -43 is 44 BC.
fn say_year(year: i64) -> String {
    match year {
        ..=0 => format!("{} BC", 1 - year),
        // A small number alone could be anything.
        1..=999 => format!("AD {year}"),
        _ => year.to_string(),
    }
}

fn say_day(day: BoundDate) -> String {
    let month = MONTHS.get(usize::from(day.month.saturating_sub(1))).unwrap_or(&"");
    format!("{} {month} {}", day.day, say_year(day.year))
}
