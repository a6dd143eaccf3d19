### Commands and their options, each in one line.
### $place: what the platform calls its rooms, "room" or "channel".

command-actor = Who someone is, and what the article says about them
command-argument = A claim, the case for it and the case against it
command-answer = Answer a question of the quiz; only you see it
command-article = About the article: author, summary, sections
command-articles = List the articles
command-ask = Ask a question about the article
command-audit = Who changed what, and who was refused
command-compare = Compare two actors, two articles or two arguments
command-debate-close = End the debate without a result
command-debate-export = The debate as Markdown and Argdown
command-debate-next = Begin the debate's next phase now
command-debate-open = Open a debate: vote, argue, vote again
command-debate-show = The debate: what it is about, how it stands, what came of it
command-debate-vote = Vote in the debate; only you see your vote
command-discuss = A claim to discuss, with a question
command-event = One event: what happened, when, and who took part
command-forget-me = Forget what is kept under your name
command-gaps = Questions that found no answer
command-help = List the commands
command-language = Choose the language of your answers
command-leave = { $place ->
    [channel] Leave this channel
   *[room] Leave this room
}
command-point-against = Make a point against the motion
command-point-for = Make a point for the motion
command-point-support = Support somebody's point
command-point-withdraw = Take a point back
command-points = All points of the debate, the best first
command-quiz = A quiz about the article
command-quote = Find a quotation
command-reading-add = Add an article to the reading list
command-reading-list = What is read here, and when
command-reading-remove = Take an article off the reading list
command-reading-show = What is read here now
command-reload = Check the packs and load them
command-revisions = List earlier versions of the content
command-rollback = Go back to an earlier version of the content
command-room-article = Set the default article here
command-room-commands = Turn commands on or off here
command-room-language = Set the language of answers here
command-room-prefix = { $place ->
    [channel] Set what commands begin with in this channel
   *[room] Set what commands begin with in this room
}
command-room-private = Show answers only to the person who asked
command-room-show = { $place ->
    [channel] Channel settings
   *[room] Room settings
}
command-schedule-add = Post something here again and again
command-schedule-list = What is posted here, and when next
command-schedule-pause = Pause something on the schedule
command-schedule-remove = Take something off the schedule
command-schedule-resume = Post something again that was paused
command-scores = How well people did in the quizzes here
command-search = Search the article
command-search-on-message = Find in the article
command-source = Find where in the text something comes from
command-status = Show what is loaded, and how the bot is doing
command-timeline = What happened, and when
command-today = What happened on this day in other years
command-topic = What the article says on a topic
group-debate = Debates: does the argument move people?
group-forget = What is kept of you
group-point = Points for and against the motion of a debate
group-schedule = What is posted here again and again
group-reading = The reading list: one article after the other
group-room = { $place ->
    [channel] Channel settings
   *[room] Room settings
}
option-actor-name = A person, country, party or institution; leave empty for the key ones
option-answer-choice = “a”, “b”, “c” or “d”
option-argument-name = The argument; “all” for all, empty for the key ones
option-article = Only this article; “all” for all
option-article-name = Which article
option-ask-question = Your question
option-audit-last = How many entries (10 by default)
option-compare-first = The first of the two
option-compare-second = The second
option-debate = Number of the debate; leave empty for the one here
option-debate-open-about = An argument of the article that it is about
option-debate-open-discuss = How long people argue: 2d, 12h, 90m (2 days by default)
option-debate-open-motion = The motion; leave empty for the claim of an argument
option-debate-open-vote = How long each vote lasts: 2d, 12h, 90m (1 day by default)
option-debate-vote-vote = “for”, “against” or “undecided”
option-discuss-name = An argument, topic or quote; empty for the next question, “list” for the last ones
option-discuss-critic = What a critic could answer
option-event-name = The event
option-everywhere = { $place ->
    [channel] In the whole server, except where a channel has its own setting
   *[room] In the whole server, except where a room has its own setting
}
option-gaps-action = “clear” empties the list
option-help-command = One command
option-language-language = The language; “default” to reset, empty to show it
option-list = Show one list in full
option-number = Its number
option-page = Page number
option-point-cite = What it rests on in the article: a quote, fact, event or argument
option-point-number = The number of the point
option-point-words = Your point, in 20 to 400 characters
option-private = Only you see the answer
option-quiz = Number of the quiz; leave empty for the one here
option-quiz-next = Ask the next question
option-quiz-questions = How many questions, from 1 to 20 (5 by default)
option-quiz-reveal = Show the answer now
option-quote-of = A name, or some of the words; leave empty for a random quotation
option-reading-article = The article
option-reading-from = The first day, such as 2027-01-11; leave empty for the day after the last one
option-reading-until = The last day, such as 2027-01-17
option-reload-dry-run = Show what would change, without loading
option-reload-pack = A pack file; it replaces the one for the same article
option-reload-remove = Remove articles that no longer have a pack
option-rollback-revision = Which version; leave empty for the previous one
option-room-article-name = The article; “all” for all, “default” to reset, empty to show it
option-room-commands-command = The command
option-room-commands-use = “on” or “off”; “default” to reset
option-room-language-language = The language; “default” to reset, empty to show it
option-room-prefix-prefix = One to eight characters; “default” to reset, empty to show it
option-room-private-answers = “on” or “off”; “default” to reset
option-schedule-days = “daily”, “weekdays”, or days such as mon,thu
option-schedule-post = What is posted: “quote”, “discuss”, “quiz”, “today” or “reading”
option-schedule-time = The time of day, such as 09:00
option-schedule-zone = The time zone here, such as Europe/Madrid
option-search-words = Words or a question
option-source-item = A name, some words, or an id
option-timeline-when = A year, a range, a name or a topic; “all” for everything, empty for key dates
option-topic-name = The topic; leave empty for all
