### Lists, and the names of languages.

list-comma = { $rest }, { $next }
# $before: the sound with which the last word begins, for languages in which "and" depends on it.
list-and = { $rest } and { $last }
list-or = { $rest } or { $last }

language-en = English
language-es = Spanish

# Words as a sentence.
sentence = { $words }.

quoted = “{ $words }”
time-unknown = at an unknown time

# A sort of thing that an article holds, as a label.
kind = { $kind ->
    [article] article
    [actor] actor
    [event] event
    [quote] quote
    [argument] argument
    [fact] fact
    [relation] relation
   *[topic] topic
}

# Labels of what is known of an article.
article-author = Author
article-published-in = Published in
article-date = Date

# Numbers of things.
number-of-kind = { $kind ->
    [article] { $number ->
        [one] 1 article
       *[other] { $number } articles
    }
    [actor] { $number ->
        [one] 1 actor
       *[other] { $number } actors
    }
    [event] { $number ->
        [one] 1 event
       *[other] { $number } events
    }
    [quote] { $number ->
        [one] 1 quote
       *[other] { $number } quotes
    }
    [argument] { $number ->
        [one] 1 argument
       *[other] { $number } arguments
    }
    [fact] { $number ->
        [one] 1 fact
       *[other] { $number } facts
    }
    [relation] { $number ->
        [one] 1 relation
       *[other] { $number } relations
    }
   *[topic] { $number ->
        [one] 1 topic
       *[other] { $number } topics
    }
}
number-articles = { $number ->
    [one] 1 article
   *[other] { $number } articles
}
number-items = { $number ->
    [one] 1 item
   *[other] { $number } items
}
number-revisions = { $number ->
    [one] 1 revision
   *[other] { $number } revisions
}
and-more = and { $number } more
