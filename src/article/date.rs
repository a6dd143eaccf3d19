//! Dates as honest as the text: an EDTF expression, the days it can mean, and how it is said.

use edtf_core::{Bound, BoundDate, Edtf, IntervalEndpoint, Precision};

use super::pack::{When, Whose};

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
}

fn number(year: i64, month: u8, day: u8) -> i64 {
    year * 10_000 + i64::from(month) * 100 + i64::from(day)
}

/// Why a date of a pack can't be used, and the mend.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{problem}")]
pub struct DateError {
    /// What is wrong.
    pub problem: String,
    /// What to write instead.
    pub mend: String,
}

impl DateError {
    fn new(problem: impl Into<String>, mend: impl Into<String>) -> Self {
        DateError { problem: problem.into(), mend: mend.into() }
    }
}

/// Years outside this range are refused: the day numbers above would not sort, and no article needs them.
const YEARS: std::ops::RangeInclusive<i64> = -9_999..=9_999;

impl When {
    /// The days that the date can mean.
    ///
    /// # Errors
    /// The EDTF expression is malformed, impossible, has a time of day, lies outside the years -9999
    /// to 9999, has an end that is unknown (rather than open), or is one of the ambiguous
    /// `YYYY-21` to `YYYY-24` without `season = true`.
    pub fn days(&self) -> Result<Days, DateError> {
        let edtf = self.parse()?;
        let bounds = edtf.bounds();
        let day = |bound: Bound, open: i64| match bound {
            Bound::Date(BoundDate { year, month, day }) if YEARS.contains(&year) => {
                Ok(number(year, month, day))
            }
            Bound::NegativeInfinity | Bound::PositiveInfinity => Ok(open),
            Bound::Date(_) => Err(DateError::new(
                format!("the year of `{}` is out of range", self.edtf),
                "use a year from -9999 to 9999",
            )),
            Bound::Unknown => Err(DateError::new(
                format!("`{}` has an end that is unknown", self.edtf),
                "write `..` for an open end (`2015/..`), or leave the date out",
            )),
        };
        let days = Days {
            earliest: day(bounds.earliest, Days::EVER_BEFORE)?,
            latest: day(bounds.latest, Days::EVER_AFTER)?,
        };
        if days.earliest > days.latest {
            return Err(DateError::new(
                format!("`{}` ends before it begins", self.edtf),
                "write the earlier date first",
            ));
        }
        Ok(days)
    }

    fn parse(&self) -> Result<Edtf, DateError> {
        let edtf = Edtf::parse(&self.edtf).map_err(|error| {
            DateError::new(
                format!("`{}` is not a date in EDTF: {error}", self.edtf),
                "write for instance `2020`, `2020-07-08`, `2015/2016`, `199X` or `1990~/1993~`",
            )
        })?;
        if let Edtf::DateTime(_) = edtf {
            return Err(DateError::new(format!("`{}` has a time of day", self.edtf), "write the day alone"));
        }
        if let Edtf::Date(date) = edtf
            && let Some(code @ 21..=24) = date.month.and_then(|month| month.value())
            && !self.season
            && let Some(year) = date.year.value()
        {
            let until = year - year.rem_euclid(100) + i64::from(code);
            return Err(DateError::new(
                format!("`{}` means a season in EDTF, not two years", self.edtf),
                format!(
                    "write `{year}/{until}` for the years, or add `season = true` if {} is meant",
                    say(&edtf)
                ),
            ));
        }
        Ok(edtf)
    }

    /// A year that the wording names and the date leaves out.
    pub fn contradiction(&self) -> Option<i64> {
        let days = self.days().ok()?;
        let numbers = self.text.as_deref()?.split(|c: char| !c.is_alphanumeric());
        let years = numbers.filter(|it| it.len() == 4).filter_map(|it| it.parse::<i64>().ok());
        let mut years = years.filter(|year| (1000..=2999).contains(year));
        years.find(|year| {
            let year = Days::years(*year, *year);
            year.latest < days.earliest || days.latest < year.earliest
        })
    }

    /// For a month whose wording in the text is the same digits ("2011-12"): what the date would be if
    /// the text means two years.
    pub fn looks_like_two_years(&self) -> Option<String> {
        let (year, month) = self.edtf.split_once('-')?;
        let month: u8 = month.parse().ok()?;
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
        let same = self.text.as_deref().is_some_and(|text| digits(text) == digits(&self.edtf));
        let later = year.get(..2).map(|century| format!("{year}/{century}{month:02}"))?;
        (same && year.len() == 4 && month <= 12 && *year.get(2..)? < *format!("{month:02}")).then_some(later)
    }

    /// How the date is said: the text's wording first, and what it is taken to mean where the
    /// wording alone does not tell. `None` only for a date that [`days`](When::days) refuses.
    pub fn said(&self) -> Option<String> {
        let meaning = say(&self.parse().ok()?);
        let Some(wording) = &self.text else {
            return Some(match self.by {
                Whose::Text => meaning,
                Whose::Editor => format!("{meaning}, added by the editor"),
            });
        };
        let digits: String = meaning.chars().filter(char::is_ascii_digit).take(3).collect();
        Some(match self.by {
            Whose::Text if wording.contains(&digits) && !digits.is_empty() => wording.clone(),
            Whose::Text => format!("“{wording}” ({meaning}, as the editor reckons)"),
            Whose::Editor => format!("“{wording}” ({meaning}, added by the editor)"),
        })
    }
}

/// An EDTF expression in English. What has no plain wording stays EDTF.
fn say(edtf: &Edtf) -> String {
    match edtf {
        Edtf::Date(date) => say_date(date).unwrap_or_else(|| edtf.to_string()),
        Edtf::Interval(interval) => {
            let end = |end: &IntervalEndpoint| match end {
                IntervalEndpoint::Date(date) => say_date(date),
                _ => None,
            };
            match (end(&interval.start), end(&interval.end)) {
                (Some(start), Some(end)) => format!("{start} to {end}"),
                (Some(start), None) if matches!(interval.end, IntervalEndpoint::Open) => {
                    format!("since {start}")
                }
                (None, Some(end)) if matches!(interval.start, IntervalEndpoint::Open) => {
                    format!("until {end}")
                }
                _ => edtf.to_string(),
            }
        }
        other => other.to_string(),
    }
}

fn say_date(date: &edtf_core::Date) -> Option<String> {
    let year = match date.year.value() {
        Some(year) => year.to_string(),
        None => {
            // A decade, `199X`; anything vaguer has no common wording.
            let text = Edtf::Date(*date).to_string();
            let decade = text.strip_suffix('X')?;
            decade.parse::<u32>().ok()?;
            format!("{decade}0s")
        }
    };
    let said = match date.precision() {
        Precision::Year => year,
        Precision::Month => format!("{} {year}", MONTHS.get(usize::from(date.month?.value()? - 1))?),
        Precision::Season => {
            let season = match date.month?.value()? {
                21 => "spring",
                22 => "summer",
                23 => "autumn",
                24 => "winter",
                _ => return None,
            };
            format!("{season} {year}")
        }
        Precision::Day => {
            format!("{} {} {year}", date.day?.value()?, MONTHS.get(usize::from(date.month?.value()? - 1))?)
        }
    };
    let about = if date.is_approximate() { "about " } else { "" };
    let doubt = if date.is_uncertain() { " (uncertain)" } else { "" };
    Some(format!("{about}{said}{doubt}"))
}

/// Reads a year or a range as a person types it: `2020`, `1990s`, `2015-16`, `2015–2016`,
/// `2006 to 2012`, `since 2016`, `before 2000`, `2020-07`, or EDTF.
///
/// `2021-22` is read as the two years, as people mean it, unlike in a pack.
pub fn parse_range(typed: &str) -> Option<Days> {
    let typed = typed.trim().to_lowercase().replace(['–', '—'], "-");
    let typed = typed.strip_prefix("in ").unwrap_or(&typed).trim();
    if let Some(rest) = ["since ", "after ", "from "].iter().find_map(|p| typed.strip_prefix(p))
        && let Some(days) = parse_range(rest)
    {
        return Some(Days {
            latest: if typed.starts_with("from ") && days.latest - days.earliest > 20_000 {
                days.latest
            } else {
                Days::EVER_AFTER
            },
            ..days
        });
    }
    if let Some(rest) = ["until ", "before ", "to "].iter().find_map(|p| typed.strip_prefix(p))
        && let Some(days) = parse_range(rest)
    {
        let latest = if typed.starts_with("before ") { days.earliest - 1 } else { days.latest };
        return Some(Days { earliest: Days::EVER_BEFORE, latest });
    }
    let typed = typed.strip_prefix("the ").unwrap_or(typed);
    if let Some(days) = parse_part(typed) {
        return Some(days);
    }
    let year = |s: &str| {
        (s.len() == 4 && s.bytes().all(|b| b.is_ascii_digit())).then(|| s.parse::<i64>().ok()).flatten()
    };
    for separator in [" to ", " until ", "..", "/", "-"] {
        let Some((first, last)) = typed.split_once(separator) else { continue };
        let (first, last) = (first.trim(), last.trim());
        let Some(first) = year(first) else { continue };
        let last = match (year(last), last.parse::<i64>()) {
            (Some(last), _) => last,
            // Two digits after a hyphen: the later year of the same century, unless it is a month.
            (None, Ok(last @ 13..=99)) if separator == "-" => first - first.rem_euclid(100) + last,
            _ => continue,
        };
        return (first <= last).then(|| Days::years(first, last));
    }
    let when = When { edtf: typed.to_uppercase(), text: None, by: Whose::Text, season: true };
    when.days().ok()
}

/// A decade or a part of one ("early 1990s", "90s"), a month or a season of a year ("July 2020", "fall
/// 2021"). Early, mid and late are the first four, the middle four and the last four years.
fn parse_part(typed: &str) -> Option<Days> {
    let (part, rest) = typed.split_once([' ', '-']).unwrap_or(("", typed));
    let (part, rest) = match part {
        "early" | "mid" | "late" => (part, rest.strip_prefix("the ").unwrap_or(rest)),
        _ => ("", typed),
    };
    if let Some(decade) = rest.strip_suffix('s').map(|it| it.trim_matches(['\'', '’'])) {
        let decade: i64 = match decade.len() {
            4 => decade.parse().ok()?,
            2 => decade.parse::<i64>().ok().map(|it| if it < 30 { 2000 + it } else { 1900 + it })?,
            _ => return None,
        };
        if decade % 10 != 0 {
            return None;
        }
        return Some(match part {
            "early" => Days::years(decade, decade + 3),
            "mid" => Days::years(decade + 3, decade + 6),
            "late" => Days::years(decade + 6, decade + 9),
            _ => Days::years(decade, decade + 9),
        });
    }
    let (name, year) = typed.split_once(' ')?;
    let code = match name {
        "spring" => 21,
        "summer" => 22,
        "autumn" | "fall" => 23,
        "winter" => 24,
        name if name.len() >= 3 => {
            MONTHS.iter().position(|month| month.to_lowercase().starts_with(name.trim_end_matches('.')))? + 1
        }
        _ => return None,
    };
    let edtf = format!("{}-{code:02}", year.trim());
    When { edtf, text: None, by: Whose::Text, season: true }.days().ok()
}

const MONTHS: [&str; 12] = [
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn when(edtf: &str, text: Option<&str>) -> When {
        When { edtf: edtf.into(), text: text.map(Into::into), by: Whose::Text, season: edtf == "2021-23" }
    }

    #[test]
    fn keeps_the_wording_and_knows_the_days() {
        for (edtf, text, days, said) in [
            ("2020", Some("in 2020"), (20200101, 20201231), "in 2020"),
            ("1990~/1993~", Some("the early 1990s"), (19900101, 19931231), "the early 1990s"),
            (
                "2021-23",
                Some("last fall"),
                (20210901, 20211130),
                "“last fall” (autumn 2021, as the editor reckons)",
            ),
            ("2015/2016", None, (20150101, 20161231), "2015 to 2016"),
            ("199X", None, (19900101, 19991231), "1990s"),
            ("2016-02", None, (20160201, 20160229), "February 2016"),
            ("2001-09-11", None, (20010911, 20010911), "11 September 2001"),
            ("1984?", None, (19840101, 19841231), "1984 (uncertain)"),
            ("2015/..", None, (20150101, Days::EVER_AFTER), "since 2015"),
        ] {
            let when = when(edtf, text);
            let (earliest, latest) = days;
            assert_eq!(when.days(), Ok(Days { earliest, latest }), "{edtf}");
            assert_eq!(when.said().as_deref(), Some(said));
        }
    }

    #[test]
    fn two_years_are_not_a_season() {
        let error = when("2021-22", None).days().unwrap_err();
        assert_eq!(error.problem, "`2021-22` means a season in EDTF, not two years");
        assert_eq!(
            error.mend,
            "write `2021/2022` for the years, or add `season = true` if summer 2021 is meant"
        );
        // Where no season can be meant, EDTF itself refuses it.
        assert!(when("2015-16", None).days().is_err());
    }

    #[test]
    fn a_month_that_may_be_two_years_is_noticed() {
        assert_eq!(when("2011-12", Some("in 2011–12")).looks_like_two_years().as_deref(), Some("2011/2012"));
        assert_eq!(when("2011-12", Some("in December 2011")).looks_like_two_years(), None);
        assert_eq!(when("2020-07", Some("2020-07")).looks_like_two_years(), None);
    }

    #[test]
    fn refuses_the_impossible() {
        for edtf in ["", "2021-02-30", "2016/2015", "yesterday", "2020/", "Y170000002", "2020-01-01T10:00:00"]
        {
            assert!(when(edtf, None).days().is_err(), "{edtf}");
        }
    }

    #[test]
    fn reads_ranges_as_people_type_them() {
        for (typed, earliest, latest) in [
            ("2020", 20200101, 20201231),
            (" in 2020 ", 20200101, 20201231),
            ("1990s", 19900101, 19991231),
            ("the 1990s", 19900101, 19991231),
            ("2015-16", 20150101, 20161231),
            ("2021-22", 20210101, 20221231),
            ("2015–2016", 20150101, 20161231),
            ("2006 to 2012", 20060101, 20121231),
            ("from 2006 to 2012", 20060101, 20121231),
            ("2006..2012", 20060101, 20121231),
            ("since 2016", 20160101, Days::EVER_AFTER),
            ("early 1990s", 19900101, 19931231),
            ("the late 1980s", 19860101, 19891231),
            ("in the 90s", 19900101, 19991231),
            ("July 2020", 20200701, 20200731),
            ("fall 2021", 20210901, 20211130),
            ("before 2000", Days::EVER_BEFORE, 19991231),
            ("2020-07", 20200701, 20200731),
            ("2001-09-11", 20010911, 20010911),
        ] {
            // "before" ends on the day number before 1 January, which no date has: compare below it.
            let days = parse_range(typed).unwrap_or_else(|| panic!("{typed}"));
            assert_eq!(days.earliest, earliest, "{typed}");
            if typed.starts_with("before") {
                assert!(days.latest >= latest && days.latest < 20000101);
            } else {
                assert_eq!(days.latest, latest, "{typed}");
            }
        }
        for typed in ["", "AMLO", "2020 2021", "20", "2012 to 2006", "9/11", "💥"] {
            assert_eq!(parse_range(typed), None, "{typed}");
        }
    }

    proptest! {
        #[test]
        fn never_panics_and_never_runs_backwards(edtf in "\\PC{0,24}|[0-9X~?%/.\\-{}\\[\\],YES]{0,24}", typed in any::<String>()) {
            let when = when(&edtf, Some("then"));
            if let Ok(days) = when.days() {
                prop_assert!(days.earliest <= days.latest);
                prop_assert!(when.said().is_some());
            }
            if let Some(days) = parse_range(&typed) {
                prop_assert!(days.earliest <= days.latest);
            }
        }
    }
}
