### /quote: somebody's words, and whose they are.

quote-title = Quote
quotes-of = Quotations from { $name }
quotes-on = Quotations with “{ $words }”
quotes-none-with = I couldn't find a quotation with “{ $words }”, or anyone by that name.
quote-another = Another
quote-none = No quotations here.
search-everything = Search everything

# Whose words a quotation is, below it.
# $is_about: "somebody" if $about names whom it is about.
quote-somebody = someone
quote-by-verbatim = { $is_about ->
    [somebody] { $speaker }, verbatim, about { $about }
   *[nobody] { $speaker }, verbatim
}
quote-by-reported-named = { $speaker }, as reported by { $author }
quote-by-reported = { $speaker }, as reported by the author
quote-by-phrase = { $is_about ->
    [somebody] a phrase in quotation marks, describing { $about }; attributed to no one
   *[nobody] a phrase in quotation marks; attributed to no one
}
quote-by-author-named = { $is_about ->
    [somebody] { $author }, the author, about { $about }
   *[nobody] { $author }, the author
}
quote-by-author = { $is_about ->
    [somebody] the author, about { $about }
   *[nobody] the author
}

# Several words in quotation marks of one sentence. The first quotation mark and the last are around it already.
quote-words-comma = { $rest }”, “{ $next }
quote-words-and = { $rest }” and “{ $last }
quote-words-context = “{ $words }”: { $context }

# $articles: "several" or "one".
quotes-no-words = { $articles ->
    [several] No article quotes { $name }.
   *[one] The article doesn't quote { $name }.
}
quotes-only-reported = { $articles ->
    [several] Paraphrased, not quoted: the authors report what { $name } said.
   *[one] Paraphrased, not quoted: { $author } reports what { $name } said.
}
quotes-no-lines = { $articles ->
    [several] No article quotes { $name }, and no line about them is recorded.
   *[one] The article doesn't quote { $name }, and no line about them is recorded.
}
quotes-what-is-said = What is said about { $name }
quotes-about = About { $name }, in other people's words:
quotes-told = What { $name } said or thinks:
