### /actor and /topic: who somebody is, what is said on a subject, and what several articles say of the same.

actor-is-a = Type
actor-kind = { $kind ->
    [person] person
    [institution] institution
    [government] government
    [party] party
    [country] country
   *[group] group
}
actor-roles = Roles
actor-also-called = Also known as
# Over a list of relations with other actors.
actor-relations = Relations
actor-facts = Facts
# $name: whom they are by or about.
actor-quotes = { $number ->
    [one] 1 quote
   *[other] { $number } quotes
} by or about them
actor-timeline = { $number ->
    [one] Timeline (1 event)
   *[other] Timeline ({ $number } events)
}
# $name: whom it speaks of.
actor-everything = Everything about them
actor-key = Key actors
actor-all = Actors
actor-none = No actors yet.

topic-all = Topics
topic-all-of = Topics of { $article }
topic-arguments = Arguments
topic-quotes = Quotes
topic-events = Events
topic-facts = Facts
# Before other names of the topic.
topic-also = Also
topic-none = No topics yet.

# $name: the actor of whom they speak.
several-speak = { $number ->
    [one] Mentioned in 1 article.
   *[other] Mentioned in { $number } articles.
}
several-tell = { $number ->
    [one] Reported in 1 article.
   *[other] Reported in { $number } articles.
}
several-says = What each article says
several-article-by = { $article }, by { $author }
# A sentence after what an article says of an actor.
several-roles = Roles: { $roles }.
# A sentence after what an article says of an event.
several-detail = { $what ->
    [when] When: { $value }.
    [who] Who: { $value }.
   *[topics] Topics: { $value }.
}
several-list = { $what ->
    [relations] { $article }: relations
   *[facts] { $article }: facts
}
# The same where only some are shown.
several-list-some = { $what ->
    [relations] { $article }: relations ({ $shown } of { $all })
   *[facts] { $article }: facts ({ $shown } of { $all })
}
several-grounds = { $article }: arguments that rest on it
several-rest = { $shown } of { $all } articles. Choose another with --article.
# An event that several articles have, with their names after it.
several-event = { $title } – { $places }
several-place = { $article } (¶ { $paragraph })
# $places: the articles for which it was the editor who added the event.
several-places-added = { $places } (added by the editor)
