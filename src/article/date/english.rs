//! The words of dates in English, as people type them and as answers say them.

/// Words in front of a date that do not change it.
pub(super) const BEFORE: [&str; 12] = [
    "in ",
    "on ",
    "the ",
    "during ",
    "of ",
    "about ",
    "around ",
    "circa ",
    "c ",
    "ca ",
    "some time ",
    "year ",
];

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

/// What is said of a date that may be wrong.
pub(super) const UNCERTAIN: &str = " (uncertain)";

/// What is said of a date whose month or day is not known.
pub(super) const UNKNOWN: [&str; 2] = [" (day unknown)", " (month unknown)"];

/// Words between the two ends of a range.
pub(super) const TO: [&str; 9] = [" to ", " until ", " till ", " through ", " up to ", " - ", "..", "/", "-"];

/// The short forms of the months in English, beside the whole names.
pub(super) const SHORT_MONTHS: [(&str, u8); 12] = [
    ("jan", 1),
    ("feb", 2),
    ("mar", 3),
    ("apr", 4),
    ("jun", 6),
    ("jul", 7),
    ("aug", 8),
    ("sep", 9),
    ("sept", 9),
    ("oct", 10),
    ("nov", 11),
    ("dec", 12),
];

pub(super) const WEEKDAYS: [&str; 7] =
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// The ordinals that centuries are written with.
pub(super) const ORDINALS: [&str; 21] = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
    "twenty-first",
];
