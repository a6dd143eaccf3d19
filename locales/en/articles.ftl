### /article, /articles and /gaps.

article-all = All articles
article-section-editors = { $name } (editor's title)
article-paragraph = paragraph { $number }
article-paragraphs = paragraphs { $first }–{ $last }
article-no-author = not named in the text
article-no-date = not given in the text
article-reference-date = Relative dates count from
article-link = Read it
article-no-link = not given in the text
article-holds = Contents
article-short-name = Short name
article-id = Id
article-sections = Sections
article-note = Editor's note: { $note }
article-timeline = Timeline
article-arguments = Arguments

articles-none = No articles are loaded yet.
articles-language = language { $language }

gaps-title = Questions that found no answer
gaps-usage = /gaps shows the list, and /gaps clear empties it.
gaps-off = Unanswered questions aren't kept here: the setting questions.keep is off.
gaps-none = Every question found an answer.
gaps-kept = Kept for { $days } days after it was last asked, without who asked. Choose one to ask it again.
gaps-empty = Clear the list
gaps-empty-all = { $number ->
    [one] Clear the list of 1 question?
   *[other] Clear the list of { $number } questions?
}
gaps-emptied = { $number ->
    [one] List cleared: 1 question removed.
   *[other] List cleared: { $number } questions removed.
}
# How often something was asked, and on which day last.
gaps-entry = { $number ->
    [one] once, last on { $day }
   *[other] { $number } times, last on { $day }
}
gaps-entry-of = { $number ->
    [one] once, last on { $day }, of { $article }
   *[other] { $number } times, last on { $day }, of { $article }
}
