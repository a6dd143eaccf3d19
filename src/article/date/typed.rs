//! Dates as people type them.

use edtf_core::Edtf;

use super::days::Days;
use super::english::{BEFORE, MONTHS, ORDINALS, PARTS, SHORT_MONTHS, TO, UNCERTAIN, UNKNOWN, WEEKDAYS};
use super::said::FIRST_PART;
use super::spanish;

/// Reads a date or a range as a person types it in English or Spanish: `2020`, `1990s`, `16th century`, `500 BC`,
/// `16 March 2020`, `March 16, 2020`, `2015-16`, `2006 to 2012`, `between 2015 and 2016`, `since 2016`,
/// `after 2015`, `before 2000`, `1667 or 1668`, or EDTF. What answers show of dates is understood too.
///
/// `since` and `until` include what they name, `after` and `before` do not. `2021-22` is read as the two
/// years, as people mean it, unlike in a pack. Of days in digits alone only those are read that have one
/// meaning: `2020-03-16`, `16.3.2020`, `16/3/2020`, but not `3/4/2020`.
pub fn parse_range(typed: &str) -> Option<Days> {
    in_english(typed).or_else(|| in_english(&spanish::in_english(typed)?))
}

/// The same of a date in English.
fn in_english(typed: &str) -> Option<Days> {
    let typed = even(typed);
    let typed = bare(&typed);
    if let Some(rest) = strip_any(typed, &["between "]) {
        return [" and ", " to ", " - ", "-"].iter().find_map(|and| ends(rest, and));
    }
    if let Some(rest) = strip_any(typed, &["from ", "since ", "starting "]) {
        let rest = rest.trim_end_matches(" on").trim_end_matches(" onward").trim_end_matches(" onwards");
        if let Some(days) = TO.iter().find_map(|to| ends(rest, to)).filter(|_| one(rest).is_none()) {
            return Some(days);
        }
        return Some(Days { latest: Days::EVER_AFTER, ..range(rest)? });
    }
    if let Some(rest) = strip_any(typed, &["after "]) {
        let days = range(rest)?;
        // The number after a day's is no day, but greater than the day and smaller than the next.
        return (days.latest < Days::EVER_AFTER)
            .then_some(Days { earliest: days.latest + 1, latest: Days::EVER_AFTER });
    }
    if let Some(rest) = strip_any(typed, &["before "]) {
        let days = range(rest)?;
        return (days.earliest > Days::EVER_BEFORE)
            .then_some(Days { earliest: Days::EVER_BEFORE, latest: days.earliest - 1 });
    }
    if let Some(rest) = strip_any(typed, &["until ", "till ", "up to ", "through ", "to "]) {
        return Some(Days { earliest: Days::EVER_BEFORE, ..range(rest)? });
    }
    range(typed)
}

/// Lower case, plain hyphens and spaces, no dots of abbreviations, no apostrophes.
fn even(typed: &str) -> String {
    let mut out = String::with_capacity(typed.len());
    let mut letters = typed.chars().flat_map(char::to_lowercase).peekable();
    while let Some(c) = letters.next() {
        match c {
            '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => out.push('-'),
            '\'' | '’' | '‘' | '\u{200b}' | '\u{ad}' => {}
            // "B.C.", "Sept.", "c. 1990"; but not "16.3.2020" nor "2006..2012".
            '.' if out.ends_with(|c: char| c.is_alphabetic()) => {
                if letters.peek().is_some_and(|next| next.is_ascii_digit()) {
                    out.push(' ');
                }
            }
            c if c.is_whitespace() => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c => out.push(c),
        }
    }
    // What a date is said with, in any language and earlier.
    for said in [" (editors date)", " (fecha del editor)", ", added by the editor", ", as the editor reckons"]
    {
        if let Some(rest) = out.strip_suffix(said) {
            out.truncate(rest.len());
        }
    }
    out.trim().to_string()
}

/// Without the words around a date that do not change it.
fn bare(mut typed: &str) -> &str {
    loop {
        let less = strip_any(typed, &BEFORE).unwrap_or(typed);
        let less = UNKNOWN.iter().chain([&UNCERTAIN]).find_map(|it| less.strip_suffix(it)).unwrap_or(less);
        if less == typed {
            return typed;
        }
        typed = less.trim();
    }
}

fn strip_any<'a>(typed: &'a str, starts: &[&str]) -> Option<&'a str> {
    starts.iter().find_map(|start| typed.strip_prefix(start)).map(str::trim)
}

/// A date, several dates of which one or all are meant, or a range with two ends.
fn range(typed: &str) -> Option<Days> {
    let typed = bare(typed);
    if let Some(days) = one(typed) {
        return Some(days);
    }
    if let Some(days) = TO.iter().find_map(|to| ends(typed, to)) {
        return Some(days);
    }
    let parts = typed.split(" or ").flat_map(|it| it.split(" and ")).flat_map(|it| it.split(", "));
    let parts: Vec<Days> = parts.map(|part| either(part.trim())).collect::<Option<_>>()?;
    // Two dates side by side are no date: "2020 2021".
    if parts.len() < 2 {
        return None;
    }
    Some(Days {
        earliest: parts.iter().map(|days| days.earliest).min()?,
        latest: parts.iter().map(|days| days.latest).max()?,
    })
}

/// A date or range within others: "1667", "1670 to 1672", "earlier" in "1667 or earlier".
fn either(part: &str) -> Option<Days> {
    match part {
        "earlier" => Some(Days { earliest: Days::EVER_BEFORE, latest: Days::EVER_BEFORE }),
        "later" => Some(Days { earliest: Days::EVER_AFTER, latest: Days::EVER_AFTER }),
        _ => one(part).or_else(|| TO.iter().find_map(|to| ends(part, to))),
    }
}

/// A range with two ends. What the first end leaves out it has from the second: "58 to 50 BC", "1 to 5
/// June 2020"; after a hyphen the second end may be the last two digits of a year.
fn ends(typed: &str, to: &str) -> Option<Days> {
    let (first, last) = typed.split_once(to)?;
    let (first, last) = (bare(first.trim()), bare(last.trim()));
    if let Some(days) = two_digits(first, last).filter(|_| to.trim() == "-") {
        return Some(days);
    }
    // "1667 or earlier to 1670".
    let open = |end: &str| range_without_end(end).or_else(|| one(end));
    let end = open(last)?;
    let words: Vec<&str> = last.split(' ').collect();
    let borrowed = (1..words.len()).map(|from| one(&format!("{first} {}", words[from..].join(" "))));
    std::iter::once(open(first))
        .chain(borrowed)
        .flatten()
        .find(|begin| begin.earliest <= end.latest)
        .map(|begin| Days { earliest: begin.earliest, latest: end.latest })
}

fn range_without_end(typed: &str) -> Option<Days> {
    let (date, word) = typed.rsplit_once(" or ")?;
    let days = one(date)?;
    match word {
        "earlier" => Some(Days { earliest: Days::EVER_BEFORE, ..days }),
        "later" => Some(Days { latest: Days::EVER_AFTER, ..days }),
        _ => None,
    }
}

/// "2015-16": the later of two years by its last two digits, unless these are a month.
fn two_digits(first: &str, last: &str) -> Option<Days> {
    let (year, last) = (four(first)?, digits(last).filter(|_| last.len() == 2)?);
    let until = year - year.rem_euclid(100) + last;
    // Only the turn of a century is passed so: "1999-00", but not "1939-13".
    let until = if until < year && last == 0 { until + 100 } else { until };
    (until >= year && (last == 0 || last > 12)).then(|| Days::years(year, until))
}

fn digits(text: &str) -> Option<i64> {
    (!text.is_empty() && text.len() <= 5 && text.bytes().all(|b| b.is_ascii_digit()))
        .then(|| text.parse().ok())
        .flatten()
}

fn four(text: &str) -> Option<i64> {
    digits(text).filter(|_| text.len() == 4)
}

/// The days of an EDTF expression.
fn edtf(text: &str) -> Option<Days> {
    Days::of(&Edtf::parse(text).ok()?).ok()
}

/// One date: a year, a decade or a century or a part of one, a month, a season, a day.
fn one(typed: &str) -> Option<Days> {
    let typed = bare(typed);
    // Two years are meant where EDTF would mean a season.
    if let Some((first, last)) = typed.split_once('-')
        && four(first).is_some()
        && last.len() == 2
        && digits(last).is_some_and(|last| last == 0 || last > 12)
    {
        return two_digits(first, last);
    }
    if let Some(days) = edtf(&typed.to_uppercase()) {
        return Some(days);
    }
    let typed = typed.replace(',', " ").replace("-century", " century").replace("mid-", "mid ");
    let mut words: Vec<&str> = typed.split(' ').filter(|it| !matches!(*it, "" | "of" | "the")).collect();
    if words.len() > 1 && WEEKDAYS.contains(&words[0]) {
        words.remove(0);
    }
    let era = era(&mut words);
    let (part, words) = match words.as_slice() {
        [part @ ("early" | "mid" | "late"), rest @ ..] => (Some(*part), rest),
        words => (None, words),
    };
    if let Some(days) = span(words, era).and_then(|days| share(days, part)) {
        return Some(days);
    }
    let words: Vec<&str> = match (part, words) {
        (Some(part), [year]) => {
            let third = match part {
                "early" => "first third",
                "mid" => "second third",
                _ => "last third",
            };
            third.split(' ').chain([*year]).collect()
        }
        (Some(_), _) => return None,
        (None, words) => words.to_vec(),
    };
    calendar(&words, era)
}

/// Before or after Christ, where that is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Era {
    Before,
    After,
}

/// Takes the era out of the words.
fn era(words: &mut Vec<&str>) -> Option<Era> {
    let era = match words.as_slice() {
        [_, .., "bc" | "bce"] => Era::Before,
        [_, .., "ad" | "ce"] => Era::After,
        _ => {
            // "AD 79", "24 August AD 79".
            let at = words.iter().position(|word| *word == "ad")?;
            words.remove(at);
            return Some(Era::After);
        }
    };
    words.pop();
    Some(era)
}

/// A year in the counting of EDTF, where 1 BC is 0. Without an era it has four digits.
fn year(word: &str, era: Option<Era>) -> Option<i64> {
    match era {
        None => four(word),
        Some(Era::After) => digits(word).filter(|it| (1..=9_999).contains(it)),
        Some(Era::Before) => digits(word).filter(|it| (1..=10_000).contains(it)).map(|it| 1 - it),
    }
}

/// Years with a name: "1990s", "90s", "1500s", "16th century", "2nd millennium".
fn span(words: &[&str], era: Option<Era>) -> Option<Days> {
    let (first, length) = match words {
        [decade] => {
            let typed = decade.strip_suffix('s')?;
            let first = match (typed.len(), digits(typed)?) {
                (_, it) if it % 10 != 0 => return None,
                (2, it) if era.is_none() => it + if it < 30 { 2_000 } else { 1_900 },
                (_, it) => it,
            };
            // "The 2000s" are mostly the decade, but "the 1500s" the century.
            let century = first % 100 == 0 && first != 2_000 && typed.len() > 2;
            (first, if century { 100 } else { 10 })
        }
        [number, name @ ("century" | "millennium")] => {
            let spelt = ORDINALS.iter().position(|it| it == number).and_then(|at| i64::try_from(at + 1).ok());
            let counted = ["st", "nd", "rd", "th"].iter().find_map(|it| digits(number.strip_suffix(it)?));
            let number = spelt.or(counted).filter(|it| *it > 0)?;
            let length = if *name == "century" { 100 } else { 1_000 };
            ((number - 1) * length, length)
        }
        _ => return None,
    };
    // "The 16th century" is 1500 to 1599, as in EDTF (`15XX`), but there is no year 0.
    let days = match era {
        Some(Era::Before) if words.len() == 1 => Days::years(1 - (first + length - 1), 1 - first.max(1)),
        Some(Era::Before) => Days::years(1 - (first + length), -first),
        _ => Days::years(first.max(1), first + length - 1),
    };
    (days.latest <= Days::EVER_AFTER && days.earliest > Days::EVER_BEFORE).then_some(days)
}

/// The early, middle or late part of years: the first, the middle, or the last four tenths.
fn share(days: Days, part: Option<&str>) -> Option<Days> {
    let (first, last) = (days.earliest.div_euclid(10_000), days.latest.div_euclid(10_000));
    let tenth = (last - first + 1) / 10;
    match part {
        None => Some(days),
        Some(_) if tenth == 0 => None,
        Some("early") => Some(Days::years(first, first + 4 * tenth - 1)),
        Some("mid") => Some(Days::years(first + 3 * tenth, first + 7 * tenth - 1)),
        Some(_) => Some(Days::years(last - 4 * tenth + 1, last)),
    }
}

/// A year, a month or another part of a year, or a day.
fn calendar(words: &[&str], era: Option<Era>) -> Option<Days> {
    let date = |year: i64, rest: String| {
        let sign = if year < 0 { "-" } else { "" };
        edtf(&format!("{sign}{:04}{rest}", year.abs()))
    };
    if let [only] = words {
        return match year(only, era) {
            Some(year) => date(year, String::new()),
            None => in_digits(only),
        };
    }
    // The year comes last, or first.
    let (last, before) = words.split_last()?;
    let (first, after) = words.split_first()?;
    let (year, rest) = match (year(last, era), year(first, era)) {
        (Some(year), _) => (year, before),
        (None, Some(year)) => (year, after),
        (None, None) => return None,
    };
    if let Some(code) = part_of_year(&rest.join(" ")) {
        return date(year, format!("-{code:02}"));
    }
    match rest {
        [name] => date(year, format!("-{:02}", month(name)?)),
        [a, b] => {
            let (month, day) = match (month(a), month(b)) {
                (Some(month), _) => (month, b),
                (None, Some(month)) => (month, a),
                (None, None) => return None,
            };
            let day = ["st", "nd", "rd", "th"].iter().find_map(|it| day.strip_suffix(it)).unwrap_or(day);
            let day = digits(day).filter(|_| day.len() <= 2)?;
            date(year, format!("-{month:02}-{day:02}"))
        }
        _ => None,
    }
}

/// A day in digits: `16.3.2020` as it is written where dots are used, `2020/3/16`, and with slashes the
/// day and the month in either order if only one of the two can be the month.
fn in_digits(word: &str) -> Option<Days> {
    let dotted: Vec<&str> = word.trim_end_matches('.').split('.').collect();
    let slashed: Vec<&str> = word.split('/').collect();
    let short = |text: &str| digits(text).filter(|_| text.len() <= 2);
    let (year, month, day) = match (dotted.as_slice(), slashed.as_slice()) {
        ([day, month, year], _) => (four(year)?, short(month)?, short(day)?),
        (_, [year, month, day]) if year.len() == 4 => (four(year)?, short(month)?, short(day)?),
        (_, [a, b, year]) => match (short(a)?, short(b)?) {
            (day @ 13.., month) => (four(year)?, month, day),
            (month, day @ 13..) => (four(year)?, month, day),
            (a, b) if a == b => (four(year)?, a, b),
            _ => return None,
        },
        _ => return None,
    };
    edtf(&format!("{year:04}-{month:02}-{day:02}"))
}

fn month(name: &str) -> Option<u8> {
    let whole = MONTHS.iter().position(|month| month.eq_ignore_ascii_case(name));
    let short = || SHORT_MONTHS.iter().find(|(short, _)| *short == name).map(|(_, number)| *number);
    whole.and_then(|at| u8::try_from(at + 1).ok()).or_else(short)
}

fn part_of_year(name: &str) -> Option<u8> {
    let name = name
        .replace("fall", "autumn")
        .replace("last quarter", "fourth quarter")
        .replace("last half", "second half");
    let at = PARTS.iter().position(|part| *part == name)?;
    Some(FIRST_PART + u8::try_from(at).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    #[expect(clippy::too_many_lines, reason = "a table of what people type")]
    fn reads_ranges_as_people_type_them() {
        for (typed, earliest, latest) in [
            ("2020", 20200101, 20201231),
            (" in 2020 ", 20200101, 20201231),
            ("1990s", 19900101, 19991231),
            ("the 1990s", 19900101, 19991231),
            ("in the 90s", 19900101, 19991231),
            ("early 1990s", 19900101, 19931231),
            ("the late 1980s", 19860101, 19891231),
            ("mid-1990s", 19930101, 19961231),
            ("the 1500s", 15000101, 15991231),
            ("the 2000s", 20000101, 20091231),
            ("16th century", 15000101, 15991231),
            ("the sixteenth century", 15000101, 15991231),
            ("the late 19th century", 18600101, 18991231),
            ("1st century", 10101, 991231),
            ("fifth century B.C.", -4990000 + 101, -4000000 + 1231),
            ("500 BC", -4990000 + 101, -4990000 + 1231),
            ("44 bce", -430000 + 101, -430000 + 1231),
            ("AD 79", 790101, 791231),
            ("476 CE", 4760101, 4761231),
            ("58 to 50 BC", -570000 + 101, -490000 + 1231),
            ("1200 to 1150 BC", -11990000 + 101, -11490000 + 1231),
            ("15 March 44 BC", -430000 + 315, -430000 + 315),
            ("2015-16", 20150101, 20161231),
            ("2021-22", 20210101, 20221231),
            ("1999-00", 19990101, 20001231),
            ("2015–2016", 20150101, 20161231),
            ("2006 to 2012", 20060101, 20121231),
            ("2006..2012", 20060101, 20121231),
            ("from 2006 to 2012", 20060101, 20121231),
            ("from 2015 to 2016", 20150101, 20161231),
            ("since 2015 to 2016", 20150101, 20161231),
            ("from 2015 until 2016", 20150101, 20161231),
            ("between 2015 and 2016", 20150101, 20161231),
            ("between May and July 2020", 20200501, 20200731),
            ("since 2016", 20160101, Days::EVER_AFTER),
            ("from 2016", 20160101, Days::EVER_AFTER),
            ("from 2016 onwards", 20160101, Days::EVER_AFTER),
            ("since March 2016", 20160301, Days::EVER_AFTER),
            ("until 2016", Days::EVER_BEFORE, 20161231),
            ("1667 or 1668", 16670101, 16681231),
            ("July 2020", 20200701, 20200731),
            ("Sept. 2020", 20200901, 20200930),
            ("fall 2021", 20210901, 20211130),
            ("the first half of 2020", 20200101, 20200630),
            ("early 2020", 20200101, 20200430),
            ("2020-07", 20200701, 20200731),
            ("2001-09-11", 20010911, 20010911),
            ("11 September 2001", 20010911, 20010911),
            ("September 11, 2001", 20010911, 20010911),
            ("Sep 11 2001", 20010911, 20010911),
            ("the 11th of September, 2001", 20010911, 20010911),
            ("September 11th, 2001", 20010911, 20010911),
            ("2001 September 11", 20010911, 20010911),
            ("on Tuesday, 11 September 2001", 20010911, 20010911),
            ("11.9.2001", 20010911, 20010911),
            ("16/3/2020", 20200316, 20200316),
            ("3/16/2020", 20200316, 20200316),
            ("2020/03/16", 20200316, 20200316),
            ("1 to 5 June 2020", 20200601, 20200605),
            ("23 July to 8 August 2021", 20210723, 20210808),
            ("8 December 2020 - 3 January 2021", 20201208, 20210103),
        ] {
            assert_eq!(parse_range(typed), Some(Days { earliest, latest }), "{typed}");
        }
        for typed in [
            "",
            "AMLO",
            "2020 2021",
            "20",
            "911",
            "2012 to 2006",
            "1939-13",
            "1915-13",
            "1939-21",
            "9/11",
            "3/4/2020",
            "💥",
            "Marc 2019",
            "Augu 2019",
            "31 February 2020",
            "May",
            "between 2016 and 2015",
            "0 BC",
            "after",
            "century",
        ] {
            assert_eq!(parse_range(typed), None, "{typed}");
        }
    }

    #[test]
    fn before_and_after_leave_out_what_they_name() {
        let after = parse_range("after 2015").unwrap();
        assert!(after.earliest > 20151231 && after.earliest <= 20160101 && after.latest == Days::EVER_AFTER);
        let before = parse_range("before 2015").unwrap();
        assert!(
            before.latest < 20150101 && before.latest >= 20141231 && before.earliest == Days::EVER_BEFORE
        );
        let after = parse_range("after 16 March 2020").unwrap();
        assert!(after.earliest > 20200316 && after.earliest <= 20200317);
        let after = parse_range("after the 1990s").unwrap();
        assert!(after.earliest > 19991231 && after.earliest <= 20000101);
    }

    proptest! {
        #[test]
        fn no_words_around_dates_make_it_panic(
            typed in "((in|from|since|after|before|between|the|to|and|or|early|century|BC|AD|May|of|-|/|,|[0-9]{1,5}(th|s)?) ?){0,8}"
        ) {
            if let Some(days) = parse_range(&typed) {
                prop_assert!(days.earliest <= days.latest, "{typed}: {days:?}");
            }
        }
    }
}
