### /timeline, /event and /today: what happened, and when.

timeline-title = Timeline
timeline-of = Timeline: { $name }
# $when: a date as it was typed.
timeline-when = Timeline: { $when }
timeline-of-when = Timeline: { $name }, { $when }
timeline-key-dates = Timeline: key dates
timeline-key-dates-of = Timeline: { $name }, key dates
# $title: one of the titles above.
timeline-nothing = { $title }: nothing recorded.
timeline-whole = The full timeline
timeline-first = The first { $number } events. Narrow it down with a year, a name or an article.
# Over the events that have no date.
timeline-without-date = No date in the text
# Over the events that began before the time that was asked for, or ended after it.
timeline-under-way = Ongoing
timeline-also-under-way = Also ongoing
timeline-under-way-or-vague = Ongoing, or dated less precisely
# $typed: what was typed in the place of a date or a name.
timeline-not-understood = I couldn't read “{ $typed }” as a date or a name.
# Examples that can be typed in this language.
timeline-dates-go-like = Try a date such as 2020, 2015-16, early 1990s, July 2020, fall 2021, since 2006 or before 2000.
timeline-events-with = Events with “{ $words }”
# In the place of a date.
timeline-no-date = no date

event-when = When
event-who = Who
event-topics = Topics
event-no-date = the text gives no date
# Over a list of the arguments that rest on the event.
event-grounds = Arguments that rest on it

# $day: a day of the year, as in today-day.
today-title = On this day, { $day }
# A day of any year. $month: its name.
today-day = { $day } { $month }
today-nothing = No event on { $day } in any year.
today-nothing-all-year = No event on { $day }, or on any other exact day.
today-next = Next dates in the year
today-timeline = The timeline
today-first = The first { $number } events. Narrow it down with an article.
