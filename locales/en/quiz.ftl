### Quizzes.

quiz-title = Quiz { $quiz }, question { $number } of { $of }
# $asked: what is asked; $about: the words that it is about.
quiz-question = { $asked ->
    [who-said] Who said “{ $about }”?
    [who-is-reported] Who is reported to have said or thought this: “{ $about }”?
    [how-given] How does the article give the words “{ $about }”?
    [came-first] Which of these came first?
    [what-year] In which year: { $about }?
   *[which-claim] Which claim does this support: “{ $about }”?
}
# $kind: the kind of a quote.
quiz-given = { $kind ->
    [verbatim] verbatim: somebody's own words
    [reported] reported: the author tells what somebody said or thought
    [phrase] a phrase in quotation marks, attributed to no one
   *[author] the author's own words
}
quiz-choice = { $letter }: { $choice }
quiz-ends = Answer by
quiz-reveal = Reveal
quiz-right = The answer is { $choice }
quiz-who-was-right = Right
quiz-nobody = nobody
quiz-answered = Answers
quiz-next = Next question
quiz-scores = Scores
quiz-begin = Begin a quiz
quiz-begun = The quiz begins
quiz-begun-already = A quiz is asking something here already.
quiz-goes-on = The next question is asked
quiz-revealed = The answer is shown
quiz-not-yours = Only who began the quiz, or a moderator, can reveal the answer before its time.
quiz-over = That was the last question.
quiz-none = No quiz is asking anything here.
quiz-several = Which quiz do you mean?
quiz-how-many = “{ $typed }” is no number of questions from 1 to { $most }.
quiz-too-little = This article has too little for a quiz.
quiz-answer-what = Answer with a, b, c or d.
quiz-late = Nothing is asked now: the time for that answer is over.
quiz-your-answer = Your answer is { $choice }
quiz-may-change = Only you see this. You can change it until the answer is shown.
scores-title = Scores
scores-none = Nobody has played here yet.
scores-of = { $right } of { $answered } right
scores-forget = Only those who played are here. /forget me takes you off.
