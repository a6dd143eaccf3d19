### /reading: the articles that a room reads, one after the other.

reading-title = Reading list
reading-now = This is read now: { $title }
reading-now-until = This is read now: { $title }, until { $until }
reading-next = Next
reading-nothing-now = Nothing is read now
reading-line = { $title }, { $days }
reading-from = from { $from }
reading-from-until = { $from } to { $until }
reading-not-loaded = { $article } (not loaded)
reading-about = About the article
reading-added = It is on the reading list
reading-all = The whole list
reading-removed = Number { $number } is off the reading list
reading-none = There is no reading list here. A moderator makes one with /reading add.
reading-not-there = There is no such number on the reading list here.
reading-day = “{ $typed }” is no day: write it as 2027-01-31.
reading-ends-before = The last day comes before the first one.
reading-too-many = The reading list here is full.
