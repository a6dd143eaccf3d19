### Dates, as precise as the article is: "early 1990s", "fall 2021", "15 March 44 BC".

date-day = { $day } { $month } { $year }
date-month = { $month } { $year }
date-year-bc = { $year } BC
# Years 1 to 999, whose number alone could be anything.
date-year-ad = AD { $year }
date-decade = { $first }s
date-century = the { $number ->
    [one] { $number }st
    [two] { $number }nd
    [few] { $number }rd
   *[other] { $number }th
} century
date-millennium = the { $number ->
    [one] { $number }st
    [two] { $number }nd
    [few] { $number }rd
   *[other] { $number }th
} millennium

date-about = about { $date }
date-uncertain = { $date } (uncertain)
date-day-unknown = { $date } (day unknown)
date-month-unknown = { $date } (month unknown)
date-or-earlier = { $date } or earlier
date-or-later = { $date } or later
date-years = { $first }–{ $last }
date-range = { $start } to { $end }
date-since = since { $date }
date-until = until { $date }
date-between = some time between { $first } and { $last }

# The text's own wording, and what it is taken to mean.
date-added-by-editor = { $date } (editor's date)
date-wording-reckoned = “{ $wording }” — { $date }
date-wording-added = “{ $wording }” — { $date } (editor's date)
date-wording-of-editor = “{ $wording }” — { $date }

month = { $number ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
}

# The codes that EDTF has in the place of a month.
date-part = { $code ->
    [21] spring { $year }
    [22] summer { $year }
    [23] autumn { $year }
    [24] winter { $year }
    [25] northern spring { $year }
    [26] northern summer { $year }
    [27] northern autumn { $year }
    [28] northern winter { $year }
    [29] southern spring { $year }
    [30] southern summer { $year }
    [31] southern autumn { $year }
    [32] southern winter { $year }
    [33] the first quarter of { $year }
    [34] the second quarter of { $year }
    [35] the third quarter of { $year }
    [36] the fourth quarter of { $year }
    [37] the first third of { $year }
    [38] the second third of { $year }
    [39] the last third of { $year }
    [40] the first half of { $year }
   *[41] the second half of { $year }
}

## What is wrong with a date in a pack, and what to write. Shown to editors. Words in backticks are code.

date-time-of-day = `{ $edtf }` has a time of day
date-write-the-day = write the day alone
date-out-of-range = the year of `{ $edtf }` is out of range
date-write-a-year-in-range = use a year from -9999 to 9999
date-unknown-end = `{ $edtf }` has an end that is unknown
date-write-an-open-end = write `..` for an open end (`2015/..`), or leave the date out
date-backwards = `{ $edtf }` ends before it begins
date-write-earlier-first = write the earlier date first
date-means-a-season = `{ $edtf }` means a season in EDTF, not two years
date-means-a-part-of-a-year = `{ $edtf }` means a part of a year in EDTF, not two years
date-write-years-or-season = write `{ $years }` for the years, or add `season = true` if { $meant } is meant
date-write-season-or-years = add `season = true` if { $meant } is meant, or write the years in full
date-empty = the date is empty
date-malformed = `{ $edtf }` is not a date in EDTF
date-two-years-have-a-slash = `{ $edtf }` is not a date in EDTF: two years have a slash
date-write = write `edtf = "{ $edtf }"`
date-write-for-instance = write for instance `2020`, `2020-07-08`, `2015/2016`, `199X` or `1990~/1993~`
