### /forget me.

forget-done = Forgotten
# $what: "votes", "points", "supports", "answers" or "languages"; $number: how many.
forget-what = { $what ->
    [votes] { $number ->
        [one] One vote in a debate that is not over
       *[other] { $number } votes in debates that are not over
    }
    [points] { $number ->
        [one] Your name on one point; the point stays
       *[other] Your name on { $number } points; the points stay
    }
    [supports] { $number ->
        [one] Your support for one point
       *[other] Your support for { $number } points
    }
    [answers] { $number ->
        [one] One answer in quizzes, and your score
       *[other] { $number } answers in quizzes, and your score
    }
   *[languages] The language you chose
}
forget-nothing = I keep nothing under your name that I could forget.
forget-stays = The results of debates that are over stay: they are numbers. Delete your messages yourself; my answers to them go with them.
