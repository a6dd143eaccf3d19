### /compare: two actors, two articles or two arguments, side by side.

compare-title = { $first } and { $second }
compare-same = Both are { $title }. Name two different { $kind ->
    [article] articles
    [argument] arguments
   *[actor] actors
}.
# $kind and $other: of what kind each is.
compare-different = “{ $first }” is { $kind ->
    [article] an article
    [argument] an argument
   *[actor] an actor
}, and “{ $second }” is { $other ->
    [article] an article
    [argument] an argument
   *[actor] an actor
}. Name two of the same kind.
# A name, and the article that has it.
compare-in-article = { $name }, { $article }
compare-recorded = Facts about { $name }
compare-between = Between them
compare-both-in = Both took part in
compare-nothing-between = The article mentions no dealings between the two alone.
compare-all-on = More on { $name }
compare-all-on-title = More on “{ $title }”

compare-grounds = Grounds of “{ $title }”
compare-grounds-both = Grounds of both
compare-bears = { $how ->
    [supports] “{ $first }” supports “{ $second }”.
    [denies] “{ $first }” opposes “{ $second }”.
   *[undercuts] “{ $first }” weakens “{ $second }”.
}
compare-bears-nothing = The article doesn't say how the two relate.

compare-topics = Topics in both
compare-actors = Both mention
compare-claims = Claims in { $article }
compare-claim = { $title }: { $claim }
