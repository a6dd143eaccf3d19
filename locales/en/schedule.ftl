### /schedule: what a room gets again and again.

schedule-title = Schedule
# $post: a command; $days: the days; $time: the time of day; $next: when it comes next.
schedule-line = { $post } { $days } at { $time } — { $next }
schedule-daily = daily
schedule-weekdays = on weekdays
schedule-day = { $day ->
    [mon] Monday
    [tue] Tuesday
    [wed] Wednesday
    [thu] Thursday
    [fri] Friday
    [sat] Saturday
   *[sun] Sunday
}
schedule-next = next { $at }
schedule-at = { $at } ({ $zone })
schedule-paused = paused
schedule-refused = paused: I could not post it here. Check that I may write here, then resume it.
schedule-added = It is on the schedule
schedule-all = The whole schedule
schedule-nothing = Nothing is on the schedule here.
schedule-none = There is no “{ $number }” on the schedule here.
schedule-pause-done = Number { $number } is paused
schedule-resume-done = Number { $number } comes again: { $at }
schedule-remove-done = Number { $number } is off the schedule
schedule-when = “{ $days } { $time }” is no time: write daily 09:00, weekdays 18:30, or mon,thu 08:00.
schedule-what = “{ $post }” can't come by itself: choose quote, discuss, quiz, today or reading.
schedule-zone = “{ $zone }” is no time zone: write one such as Europe/Madrid or America/Mexico_City.
schedule-too-many = The schedule here is full.
