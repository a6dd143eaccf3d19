//! Dates in packs.

use edtf_core::{Date, Edtf, IntervalEndpoint, Precision, SetElement, YearKind};

use super::days::{DateError, Days};
use super::said::{FIRST_PART, FIRST_QUARTER, in_words};
use super::typed::parse_range;
use crate::article::fold::fold;
use crate::article::pack::{Provenance, When};
use crate::locale::Locale;
use crate::say;

impl When {
    /// The days that the date can mean.
    ///
    /// # Errors
    /// The EDTF expression is malformed, impossible, has a time of day, lies outside the years -9999
    /// to 9999, has an end that is unknown (rather than open), or has one of the codes 21 to 41 in the place
    /// of a month, which look like the last digits of a year, without `season = true`.
    pub fn days(&self) -> Result<Days, DateError> {
        Days::of(&self.parse()?)
    }

    fn parse(&self) -> Result<Edtf, DateError> {
        let edtf = Edtf::parse(&self.edtf).map_err(|_| self.malformed())?;
        if let Some((year, code)) = part_of_year(&edtf).filter(|_| !self.season) {
            let meant = in_words(&edtf);
            let help = match two_years(year, code).filter(|_| matches!(edtf, Edtf::Date(_))) {
                Some(years) => say!("date-write-years-or-season", years = years, meant = meant),
                None => say!("date-write-season-or-years", meant = meant),
            };
            let problem = match code < FIRST_QUARTER {
                true => say!("date-means-a-season", edtf = self.edtf),
                false => say!("date-means-a-part-of-a-year", edtf = self.edtf),
            };
            return Err(DateError::new(problem, help));
        }
        Ok(edtf)
    }

    /// What is wrong with an expression that is no EDTF, and the one that was probably meant.
    fn malformed(&self) -> DateError {
        let written = self.edtf.trim();
        if written.is_empty() {
            return DateError::new(say!("date-empty"), say!("date-write-for-instance"));
        }
        let problem = say!("date-malformed", edtf = self.edtf);
        match expression(written).filter(|it| *it != self.edtf) {
            Some(meant) if matches!(written.split_once('-'), Some((_, last)) if last.len() == 2) => {
                DateError::new(
                    say!("date-two-years-have-a-slash", edtf = self.edtf),
                    say!("date-write", edtf = meant),
                )
            }
            Some(meant) => DateError::new(problem, say!("date-write", edtf = meant)),
            None => DateError::new(problem, say!("date-write-for-instance")),
        }
    }

    /// Whether the date is said to be neither approximate nor uncertain.
    pub fn is_sure(&self) -> bool {
        let is_sure = |date: &Date| !date.is_approximate() && !date.is_uncertain();
        self.parse().is_ok_and(|edtf| dates(&edtf).iter().all(is_sure))
    }

    /// A year that the wording names and the date leaves out.
    pub fn contradiction(&self) -> Option<i64> {
        let days = self.days().ok()?;
        let numbers = self.text.as_deref()?.split(|c: char| !c.is_alphanumeric());
        let years = numbers.filter(|it| it.len() == 4).filter_map(|it| it.parse::<i64>().ok());
        let mut years = years.filter(|year| (1000..=2999).contains(year));
        years.find(|year| !overlap(Days::years(*year, *year), days))
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
        self.said_within(Provenance::Text)
    }

    /// The same as a part of something that is the text's or the editor's: of what the editor adds as a
    /// whole it is said once, there, that it is.
    pub fn said_within(&self, whole: Provenance) -> Option<String> {
        let edtf = self.parse().ok()?;
        let meaning = in_words(&edtf);
        let added = self.by == Provenance::Editor && whole == Provenance::Text;
        let Some(wording) = &self.text else {
            return Some(if added { say!("date-added-by-editor", date = meaning) } else { meaning });
        };
        Some(match self.by {
            // Texts are in English more often than not, and what is read beside its own wording needs no translation.
            Provenance::Text if tells(wording, &edtf) && Locale::current() == Locale::ENGLISH => {
                wording.clone()
            }
            Provenance::Text if tells(wording, &edtf) && fold(wording).contains(&fold(&meaning)) => meaning,
            Provenance::Text => say!("date-wording-reckoned", wording = wording, date = meaning),
            Provenance::Editor if added => say!("date-wording-added", wording = wording, date = meaning),
            Provenance::Editor => say!("date-wording-of-editor", wording = wording, date = meaning),
        })
    }
}

/// A date as people write it ("July 2020", "the 1990s", `2015-16`) in EDTF, if it can be read.
pub fn expression(typed: &str) -> Option<String> {
    parse_range(typed).map(Days::edtf).filter(|it| Edtf::parse(it).is_ok())
}

fn overlap(a: Days, b: Days) -> bool {
    a.earliest <= b.latest && b.earliest <= a.latest
}

/// The year and the code of the first date in an expression that has one of the codes 21 to 41 where a month
/// would be.
fn part_of_year(edtf: &Edtf) -> Option<(i64, u8)> {
    dates(edtf).iter().find_map(|date| {
        let code = date.month?.value().filter(|code| *code >= FIRST_PART)?;
        Some((date.year.value()?, code))
    })
}

/// All dates that an expression has.
fn dates(edtf: &Edtf) -> Vec<Date> {
    let end = |end: &IntervalEndpoint| match end {
        IntervalEndpoint::Date(date)
        | IntervalEndpoint::OnOrBefore(date)
        | IntervalEndpoint::OnOrAfter(date) => Some(*date),
        IntervalEndpoint::Open | IntervalEndpoint::Unknown => None,
    };
    match edtf {
        Edtf::Date(date) => vec![*date],
        Edtf::Interval(interval) => [&interval.start, &interval.end].into_iter().filter_map(end).collect(),
        Edtf::Set(set) => set
            .elements
            .iter()
            .flat_map(|element| match element {
                SetElement::Date(date) | SetElement::OnOrBefore(date) | SetElement::OnOrAfter(date) => {
                    vec![*date]
                }
                SetElement::Range(first, last) => vec![*first, *last],
            })
            .collect(),
        Edtf::DateTime(_) => vec![],
    }
}

/// A year and the last two digits of a later one, as EDTF writes two years.
fn two_years(year: i64, last: u8) -> Option<String> {
    let until = year - year.rem_euclid(100) + i64::from(last);
    let until = if until <= year { until + 100 } else { until };
    (1_000..=9_999).contains(&until).then(|| format!("{year}/{until}"))
}

/// Whether a wording of the text tells the date by itself, in any language, so that nothing is left to be
/// reckoned: it names a year of the date in digits, and, for a day, the day too.
fn tells(wording: &str, edtf: &Edtf) -> bool {
    let mut numbers: Vec<(usize, i64)> = Vec::new();
    // "1920s", "1920er", "1920's".
    let mut decades: Vec<i64> = Vec::new();
    for (at, digits) in wording.split(|c: char| !c.is_ascii_digit()).scan(0, |at, it| {
        let start = *at;
        *at += it.len() + wording[start + it.len()..].chars().next().map_or(0, char::len_utf8);
        Some((start, it))
    }) {
        let Ok(number) = digits.parse() else { continue };
        numbers.push((digits.len(), number));
        let behind = wording[at + digits.len()..].trim_start_matches(['\'', '’']);
        if digits.len() == 4 && number % 10 == 0 && behind.starts_with(char::is_alphabetic) {
            decades.push(number);
        }
    }
    let Ok(days) = Days::of(edtf) else { return false };
    let has = |number: i64| numbers.iter().any(|(_, it)| *it == number);
    let named = |year: i64| match year {
        ..=0 => has(1 - year),
        1..=999 => has(year),
        _ => false,
    };
    let (first, last) = (days.earliest.div_euclid(10_000), days.latest.div_euclid(10_000));
    let year = named(first)
        || named(last)
        || numbers.iter().any(|(length, it)| *length == 4 && overlap(Days::years(*it, *it), days))
        // "The late 1920s" are 1926 to 1929; but 1926 alone is not what they say.
        || (first < last && decades.iter().any(|it| overlap(Days::years(*it, *it + 9), days)));
    match edtf {
        Edtf::Date(date) => match (date.day.and_then(|day| day.value()), date.year.kind) {
            (Some(day), _) if date.precision() == Precision::Day => {
                let day = i64::from(day);
                // The day and the year may be one number: "16 March 16" has it twice.
                year && numbers.iter().filter(|(_, it)| *it == day).count() > usize::from(first == day)
            }
            // "The 16th century".
            (_, YearKind::Standard { digits: [Some(a), Some(b), None, None], .. }) => {
                year || has(i64::from(a) * 10 + i64::from(b) + 1)
            }
            _ => year,
        },
        _ => year,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn when(edtf: &str, text: Option<&str>) -> When {
        When {
            edtf: edtf.into(),
            text: text.map(Into::into),
            by: Provenance::Text,
            season: edtf == "2021-23",
        }
    }

    #[test]
    fn keeps_the_wording_and_knows_the_days() {
        for (edtf, text, days, said) in [
            ("2020", Some("in 2020"), (20200101, 20201231), "in 2020"),
            ("1990~/1993~", Some("the early 1990s"), (19900101, 19931231), "the early 1990s"),
            ("2021-23", Some("last fall"), (20210901, 20211130), "“last fall” — autumn 2021"),
            ("2015/2016", None, (20150101, 20161231), "2015–2016"),
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
    fn knows_the_day_of_the_year_and_how_sure_it_is() {
        for (edtf, day, sure) in [
            ("2001-09-11", Some(911), true),
            ("-0043-03-15", Some(315), true),
            ("2001-09-11~", Some(911), false),
            ("2001-09-11?", Some(911), false),
            ("2001-09", None, true),
            ("2001-09-11/2001-09-12", None, true),
            ("1990~/1993~", None, false),
        ] {
            let when = when(edtf, None);
            assert_eq!(when.days().unwrap().day_of_year(), day, "{edtf}");
            assert_eq!(when.is_sure(), sure, "{edtf}");
        }
    }

    #[test]
    fn says_what_has_no_plain_year() {
        for (edtf, said) in [
            ("-0043-03-15", "15 March 44 BC"),
            ("0000", "1 BC"),
            ("-0057/-0049", "58 BC to 50 BC"),
            ("-0001/0014", "2 BC to AD 14"),
            ("0079-08", "August AD 79"),
            ("15XX", "the 16th century"),
            ("20XX", "the 21st century"),
            ("10XX~", "about the 11th century"),
            ("1XXX", "the 2nd millennium"),
            ("047X", "470s"),
            ("150X", "1500 to 1509"),
            ("[1667,1668]", "1667 or 1668"),
            ("{1667,1668,1670..1672}", "1667, 1668 and 1670 to 1672"),
            ("[..1667]", "1667 or earlier"),
            ("1985-04-XX", "April 1985 (day unknown)"),
            ("1985-XX", "1985 (month unknown)"),
            ("1985-XX-XX", "1985 (day unknown)"),
            ("1950S2", "some time between 1 January 1900 and 31 December 1999"),
            ("../2015", "until 2015"),
        ] {
            assert_eq!(when(edtf, None).said().as_deref(), Some(said), "{edtf}");
        }
        for (edtf, said) in [
            ("2021-33", "the first quarter of 2021"),
            ("2021-30", "southern summer 2021"),
            ("2021-41", "the second half of 2021"),
            ("2014-21/2014-23", "spring 2014 to autumn 2014"),
        ] {
            let when = When { season: true, ..when(edtf, None) };
            assert_eq!(when.said().as_deref(), Some(said), "{edtf}");
        }
    }

    #[test]
    fn what_the_wording_tells_is_not_reckoned() {
        for (edtf, text) in [
            ("2020-03-16", "16 March 2020"),
            ("2020-03-16", "el 16 de marzo de 2020"),
            ("2020-03-16", "On March 16th, 2020,"),
            ("1959-01-06", "6 January 1959"),
            ("2001-09-11", "11/09/2001"),
            ("2001-09-11", "2001-09-11"),
            ("2020-03-16", "2020年3月16日"),
            ("-0043-03-15", "15 March 44 BC"),
            ("-0043", "44 BC"),
            ("0079-08-24", "24 August 79"),
            ("15XX", "the 16th century"),
            ("15XX", "the 1500s"),
            ("2015/2016", "2015–16"),
            ("2007/2013", "from 2007 to 2013"),
            ("1926~/1929~", "the late 1920s"),
            ("1926/1929", "Ende der 1920er Jahre"),
        ] {
            assert_eq!(when(edtf, Some(text)).said().as_deref(), Some(text));
        }
        for (edtf, text, meaning) in [
            ("2001-09-11", "9/11", "11 September 2001"),
            ("2020-03-16", "16 March", "16 March 2020"),
            ("2020-03-16", "in 2020", "16 March 2020"),
            ("-0043-03-15", "in 44 BC", "15 March 44 BC"),
            ("15XX", "the sixteenth century", "the 16th century"),
            ("1926", "the late 1920s", "1926"),
            // A year in the wording that is not the date's.
            ("1995", "a year after the 1994 crisis", "1995"),
            ("2021-07-23/2021-08-08", "the Tokyo 2020 Games", "23 July 2021 to 8 August 2021"),
        ] {
            let said = format!("“{text}” — {meaning}");
            assert_eq!(when(edtf, Some(text)).said(), Some(said));
        }
    }

    #[test]
    fn what_the_editor_adds_is_said_once() {
        let when = When { by: Provenance::Editor, ..when("2016", None) };
        assert_eq!(when.said().as_deref(), Some("2016 (editor's date)"));
        assert_eq!(when.said_within(Provenance::Editor).as_deref(), Some("2016"));
        let when = When { text: Some("then".into()), ..when };
        assert_eq!(when.said_within(Provenance::Editor).as_deref(), Some("“then” — 2016"));
    }

    #[test]
    fn two_years_are_not_a_season() {
        let error = when("2021-22", None).days().unwrap_err();
        assert_eq!(error.problem, "`2021-22` means a season in EDTF, not two years");
        assert_eq!(
            error.help,
            "write `2021/2022` for the years, or add `season = true` if summer 2021 is meant"
        );
        for (edtf, years) in [("2025-30", "2025/2030"), ("2020-35", "2020/2035"), ("1999-41", "1999/2041")] {
            let error = when(edtf, None).days().unwrap_err();
            assert!(error.problem.contains("not two years"), "{}", error.problem);
            assert!(error.help.contains(&format!("`{years}`")), "{}", error.help);
        }
        // Within a range and a choice too.
        assert!(when("2021-25/2022", None).days().is_err());
        assert!(when("[2021-25,2022]", None).days().is_err());
    }

    #[test]
    fn says_what_to_write_for_a_date_that_is_no_edtf() {
        for (written, right) in [
            ("2015-16", "2015/2016"),
            ("1999-00", "1999/2000"),
            ("2015–2016", "2015/2016"),
            ("16 March 2020", "2020-03-16"),
            ("July 2020", "2020-07"),
            ("the 1990s", "199X"),
            ("16th century", "15XX"),
            ("44 BC", "-0043"),
            ("since 2015", "2015/.."),
            ("2020-7-8", ""),
            ("last year", ""),
        ] {
            let error = when(written, None).days().unwrap_err();
            let expected =
                if right.is_empty() { "for instance".into() } else { format!("write `edtf = \"{right}\"`") };
            assert!(error.help.contains(&expected), "{written}: {}", error.help);
            assert!(!error.problem.contains("offset") && !error.problem.contains("sub-year"));
        }
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

    /// Expressions of the forms that packs have.
    fn expressions() -> impl Strategy<Value = String> {
        let year = -9_000_i64..9_900;
        let date = (year, 0_u8..=13, 0_u8..=31, "[?~%]?").prop_map(|(year, month, day, mark)| {
            let year = if year < 0 { format!("-{:04}", -year) } else { format!("{year:04}") };
            match (month, day) {
                (0, _) => format!("{year}{mark}"),
                (13, code) => format!("{year}-{}{mark}", 21 + code % 21),
                (month, 0) => format!("{year}-{month:02}{mark}"),
                (month, day) => format!("{year}-{month:02}-{:02}{mark}", day.min(28)),
            }
        });
        let vague = (1_u32..99, 0_u32..10).prop_map(|(century, decade)| match decade {
            0 => format!("{century:02}XX"),
            _ => format!("{century:02}{decade}X"),
        });
        let date = prop_oneof![4 => date, 1 => vague];
        let open = prop_oneof![4 => date.clone(), 1 => Just("..".to_string())];
        prop_oneof![
            3 => date.clone(),
            1 => (open.clone(), open).prop_map(|(first, last)| format!("{first}/{last}")),
            1 => (date.clone(), date).prop_map(|(first, last)| format!("[{first},{last}]")),
        ]
    }

    proptest! {
        #[test]
        fn what_is_said_is_understood_when_it_is_typed(edtf in expressions(), by in any::<bool>()) {
            let by = if by { Provenance::Text } else { Provenance::Editor };
            let when = When { edtf, text: None, by, season: true };
            if let Ok(days) = when.days() {
                let said = when.said().unwrap();
                prop_assert_eq!(parse_range(&said), Some(days), "{} is said as {}", when.edtf, said);
            }
        }

        #[test]
        fn never_panics_and_never_runs_backwards(edtf in "\\PC{0,24}|[0-9X~?%/.\\-{}\\[\\],YES]{0,24}", typed in any::<String>()) {
            let when = when(&edtf, Some("then"));
            match when.days() {
                Ok(days) => {
                    prop_assert!(days.earliest <= days.latest);
                    prop_assert!(when.said().is_some());
                }
                Err(error) => prop_assert!(!error.help.is_empty()),
            }
            if let Some(days) = parse_range(&typed) {
                prop_assert!(days.earliest <= days.latest);
            }
        }
    }
}
