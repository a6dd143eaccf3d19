### /search and /ask.

where-in-text = Where in the text?

search-on = Results for “{ $words }”
# $missing: words for which nothing was found. $number: how many more there are.
search-on-some = Results for “{ $words }”; { $number ->
    [0] nothing on { $missing }
    [one] nothing on { $missing } and 1 more word
   *[other] nothing on { $missing } and { $number } more words
}
search-missing = { $number ->
    [0] Nothing on { $missing }.
    [one] Nothing on { $missing } and 1 more word.
   *[other] Nothing on { $missing } and { $number } more words.
}
search-some = Nothing matches all of “{ $words }”. Closest:
# Over what was found after the best.
search-also = Also
search-common = These words are very common, so I searched only the first part of the library. Add a rarer word, or name an article.
search-many = The first { $number } results. Add a word to narrow it down.
search-nothing = Nothing found for “{ $words }”.
search-all-articles = Search all articles
search-try-other = Try fewer or other words.

ask-about-nothing = I can't tell what you're asking about. Name someone, or something from the article.
ask-nearest = Nothing in the article answers that directly. Closest:
ask-nothing = The article doesn't mention that.
# $words: a list, each in quotation marks.
ask-nothing-of = The article doesn't mention { $words }.
ask-nothing-there = Nothing is recorded there.
ask-paraphrased = The article paraphrases { $name } but doesn't quote them.
ask-not-quoted = The article doesn't quote { $name }.
ask-related = Related
ask-more = More on this
ask-in-article = In the article
# What happened when, or who somebody is, in one line.
ask-headline = { $lead }: { $text }
ask-unknown = The article as loaded doesn't say.
ask-article = About the article
