//! An EDTF expression in words that [`parse_range`](super::parse_range) understands.

use edtf_core::{Bound, BoundDate, Date, Edtf, IntervalEndpoint, Precision, SetElement, SetKind, YearKind};

use crate::locale::{and, or, place};
use crate::say;

/// The first of the codes, up to 41, that EDTF has in the place of a month (ISO 8601-2, 4.8.2): seasons, seasons of a
/// hemisphere, quarters, thirds and halves of a year.
pub(super) const FIRST_PART: u8 = 21;

/// The first code that is no season.
pub(super) const FIRST_QUARTER: u8 = 33;

/// An EDTF expression in the words of the current language.
pub(super) fn in_words(edtf: &Edtf) -> String {
    match edtf {
        Edtf::Date(date) => date_in_words(date),
        Edtf::Interval(interval) if years(&interval.start, &interval.end).is_some() => {
            years(&interval.start, &interval.end).unwrap_or_default()
        }
        Edtf::Interval(interval) => match (end_in_words(&interval.start), end_in_words(&interval.end)) {
            (Some(start), Some(end)) => say!("date-range", start = start, end = end),
            (Some(start), None) => say!("date-since", date = start),
            (None, Some(end)) => say!("date-until", date = end),
            (None, None) => edtf.to_string(),
        },
        Edtf::Set(set) => {
            let elements: Vec<String> = set.elements.iter().map(element_in_words).collect();
            match set.kind {
                SetKind::OneMember => or(&elements),
                SetKind::AllMembers => and(&elements),
            }
        }
        Edtf::DateTime(_) => edtf.to_string(),
    }
}

/// Two plain years, both about or both not: "1992–2022", "about 1992–2022".
fn years(start: &IntervalEndpoint, end: &IntervalEndpoint) -> Option<String> {
    let (IntervalEndpoint::Date(start), IntervalEndpoint::Date(end)) = (start, end) else { return None };
    let plain = |date: &Date| {
        let is_plain = date.month.is_none() && date.year.significant_digits.is_none() && !date.is_uncertain();
        date.year.value().filter(|year| is_plain && (1_000..=9_999).contains(year))
    };
    let (first, last) = (plain(start)?, plain(end)?);
    let years = say!("date-years", first = first.to_string(), last = last.to_string());
    match (start.is_approximate(), end.is_approximate()) {
        (true, true) => Some(say!("date-about", date = years)),
        (false, false) => Some(years),
        _ => None,
    }
}

fn end_in_words(end: &IntervalEndpoint) -> Option<String> {
    match end {
        IntervalEndpoint::Date(date) => Some(date_in_words(date)),
        IntervalEndpoint::OnOrBefore(date) => Some(say!("date-or-earlier", date = date_in_words(date))),
        IntervalEndpoint::OnOrAfter(date) => Some(say!("date-or-later", date = date_in_words(date))),
        IntervalEndpoint::Open | IntervalEndpoint::Unknown => None,
    }
}

fn element_in_words(element: &SetElement) -> String {
    match element {
        SetElement::Date(date) => date_in_words(date),
        SetElement::OnOrBefore(date) => say!("date-or-earlier", date = date_in_words(date)),
        SetElement::OnOrAfter(date) => say!("date-or-later", date = date_in_words(date)),
        SetElement::Range(first, last) => {
            say!("date-range", start = date_in_words(first), end = date_in_words(last))
        }
    }
}

fn date_in_words(date: &Date) -> String {
    let said = plainly(date).unwrap_or_else(|| {
        let bounds = Edtf::Date(*date).bounds();
        match (bounds.earliest, bounds.latest) {
            (Bound::Date(first), Bound::Date(last)) => {
                say!("date-between", first = day_in_words(first), last = day_in_words(last))
            }
            _ => Edtf::Date(*date).to_string(),
        }
    });
    let said = if date.is_approximate() { say!("date-about", date = said) } else { said };
    if date.is_uncertain() { say!("date-uncertain", date = said) } else { said }
}

/// `None` for what has no common wording.
fn plainly(date: &Date) -> Option<String> {
    if date.year.significant_digits.is_some() {
        return None;
    }
    let year = match date.year.value() {
        Some(year) => year_in_words(year),
        None if date.month.is_none() => return span_in_words(date),
        None => return None,
    };
    let Some(month) = date.month else { return Some(year) };
    let unknown_month = month.digits == [None, None];
    let unknown_day = date.day.is_some_and(|day| day.digits == [None, None]);
    if unknown_month {
        return match date.day {
            None => Some(say!("date-month-unknown", date = year)),
            Some(_) if unknown_day => Some(say!("date-day-unknown", date = year)),
            Some(_) => None,
        };
    }
    let number = month.value()?;
    if date.precision() == Precision::Season {
        return (FIRST_PART..FIRST_PART + 21)
            .contains(&number)
            .then(|| say!("date-part", code = number, year = year));
    }
    let month = month_in_words(number)?;
    match date.day {
        None => Some(say!("date-month", month = month, year = year)),
        Some(_) if unknown_day => {
            let date = say!("date-month", month = month, year = year);
            Some(say!("date-day-unknown", date = date))
        }
        Some(day) => Some(say!("date-day", day = day.value()?, month = month, year = year)),
    }
}

fn month_in_words(number: u8) -> Option<String> {
    (1..=12).contains(&number).then(|| say!("month", number = number))
}

/// A decade, a century or a millennium: a year whose last digits are not known.
fn span_in_words(date: &Date) -> Option<String> {
    let YearKind::Standard { negative: false, digits } = date.year.kind else { return None };
    match digits {
        // The 70s are those of 1970, and year 0 is 1 BC: the first hundred years have no such name.
        [Some(a), Some(b), Some(c), None] if a + b > 0 => {
            let first = i64::from(a) * 1_000 + i64::from(b) * 100 + i64::from(c) * 10;
            // "The 1500s" would be the century.
            Some(match first % 100 == 0 && first != 2_000 {
                true => say!("date-range", start = year_in_words(first), end = year_in_words(first + 9)),
                false => say!("date-decade", first = first.to_string()),
            })
        }
        [Some(a), Some(b), None, None] if a + b > 0 => {
            Some(say!("date-century", number = place(u32::from(a) * 10 + u32::from(b) + 1)))
        }
        [Some(a), None, None, None] if a > 0 => {
            Some(say!("date-millennium", number = place(u32::from(a) + 1)))
        }
        _ => None,
    }
}

/// EDTF counts years as astronomers do: year 0 is 1 BC, and -43 is 44 BC.
fn year_in_words(year: i64) -> String {
    match year {
        ..=0 => say!("date-year-bc", year = (1 - year).to_string()),
        1..=999 => say!("date-year-ad", year = year.to_string()),
        _ => year.to_string(),
    }
}

fn day_in_words(day: BoundDate) -> String {
    let month = month_in_words(day.month).unwrap_or_default();
    say!("date-day", day = day.day, month = month, year = year_in_words(day.year))
}
