### Debates: a vote, the argument, and the vote again.

# $phase: "first-vote", "discussion", "second-vote", "counted" or "closed".
debate-title = Debate { $number }: { $phase ->
    [first-vote] vote
    [discussion] argue
    [second-vote] vote again
    [counted] the result
   *[closed] closed
}
debate-motion = The motion: { $motion }
debate-vote-first = Do you agree? Only you see your vote, and you can change it until the vote ends. Then you argue, and vote again.
debate-vote-second = Vote again, even if you think as before: the result counts only those who vote twice. Only you see your vote.
# $pro and $con: the names of the commands; $cite: that of the option.
debate-how-to-argue = Make your points with /{ $pro } and /{ $con }. The option “{ $cite }” adds what they rest on in the article.
debate-closed = A moderator closed this debate. The votes were deleted without being counted.
debate-vote-ends = Vote ends
debate-second-begins = Second vote begins
debate-voters = Votes so far
debate-about = About this claim
# $vote: "for", "against" or "undecided".
debate-vote-label = { $vote ->
    [for] For
    [against] Against
   *[undecided] Undecided
}
debate-all-points = All points
debate-export = Export
# $side: "for" or "against"; $number: how many points it has; $shown: how many of them are shown.
debate-best-points = { $side ->
    [for] Best points for
   *[against] Best points against
} ({ $shown } of { $number })
debate-thread = Points for and against go here
debate-no-thread = I can't open a thread here, so make your points in this channel

# The result. $voters: by how many voters a side grew or shrank.
# $change: "up", "down" or "same".
debate-gain = { $side ->
    [for] “for”
   *[against] “against”
} { $change ->
    [up] gained { $voters }
    [down] lost { $voters }
   *[same] stayed the same
}
debate-result = { $winner ->
    [for] “For” moved more people
    [against] “Against” moved more people
   *[nobody] A draw
}: { $pro }, { $con }.
debate-before = Before
debate-after = After
debate-all-before = All first votes
debate-all-after = All second votes
debate-tally = { $pro } for · { $con } against · { $undecided } undecided
debate-moves = Who changed their mind
# $from and $to: votes.
debate-move = { $voters } from { $from ->
    [for] for
    [against] against
   *[undecided] undecided
} to { $to ->
    [for] for
    [against] against
   *[undecided] undecided
}
debate-nobody-moved = Nobody changed their mind.
debate-who-counts = Counted: the { $both } who voted twice.{ $before ->
    [0] {""}
   *[other] {" "}Voted only before: { $before }.
}{ $after ->
    [0] {""}
   *[other] {" "}Voted only after: { $after }.
}
debate-too-few = Too few votes for a result: { $both } voted twice, and it takes { $quorum }.
debate-voted-before = Voted before
debate-voted-after = Voted after
debate-voted-twice = Voted twice
debate-no-outcome = The result can't be read.
debate-export-title = Debate: { $motion }

# What one reads who opens a debate, votes, or moves it on.
debate-no-motion = What is the debate about? Write a motion, or name an argument with --about.
debate-long-motion = That motion has { $length } characters; the most is { $most }.
debate-wrong-time = “{ $typed }” is no time between a minute and 30 days: write 2d, 12h or 90m.
debate-open-already = A debate is open here already.
debate-opened = Debate { $number } is open
debate-first-ends = First vote ends
debate-discussion-ends = Discussion ends
debate-second-ends = Second vote ends
debate-moved = { $phase ->
    [discussion] The first vote is over: the discussion begins
    [second-vote] The discussion is over: the second vote begins
    [counted] The second vote is over: the result is posted
   *[closed] The debate is closed, without a result
}
debate-moved-already = Somebody else has just moved this debate on.
debate-refused = I could not post this here. Check that I may write here.
debate-none = There is no debate here.
debate-how-to-open = A moderator opens one with /debate open.
debate-no-number = There is no debate { $number } here.
debate-several = Which debate do you mean?
debate-over = This debate is over.
debate-see = See the debate
debate-vote-what = Vote for, against or undecided.
debate-no-vote-now = Nobody votes during the discussion.
debate-vote-late = The vote has just ended.
debate-voted = Your vote: { $vote ->
    [for] for
    [against] against
   *[undecided] undecided
}
debate-may-change = Only you see this. You can change it until the vote ends.
debate-voted-once = You did not vote before the discussion, so the result won't count this vote: it is about who changed their mind.

# Points.
point-title = { $side ->
    [for] Point { $number }, for the motion
   *[against] Point { $number }, against the motion
}
point-evidence = It cites
point-no-evidence = No evidence from the article.
point-cites = [cites: { $evidence }]
point-cites-nothing = [no evidence from the article]
point-evidence-changed = { $text } (the article's pack now has other words here)
point-evidence-gone = { $text } (no longer in the article's pack)
point-support = Support
point-support-label = ▲ Good point
point-short = That is too short for a point: { $length } of at least { $least } characters.
point-long = That point has { $length } characters; the most is { $most }.
point-too-early = Points come after the first vote.
point-too-late = The discussion is over: no more points.
point-too-many = This debate has as many points as it can have.
point-gone = There is no point { $number } in this debate.
point-no-number = “{ $typed }” is no number of a point.
point-supported-already = You support point { $number } already.
point-support-own = Point { $number } is your own: others decide whether it is good.
point-withdrawn = Point { $number } is withdrawn
point-not-yours = Only who made point { $number }, or a moderator, can withdraw it.
points-none = Nobody has made a point yet.
points-title = { $number ->
    [one] One point
   *[other] { $number } points
} on: { $motion }
points-side = { $side ->
    [for] For
   *[against] Against
} ({ $number })
