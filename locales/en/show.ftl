### What answers of several commands have in common: names that were looked for, lists, pages.

# $kind: what was looked for. $near: how many names are near.
found-none = { $kind ->
    [article] I couldn't find an article called “{ $typed }”.
    [actor] I couldn't find anyone called “{ $typed }”.
    [event] I couldn't find an event called “{ $typed }”.
    [quote] I couldn't find a quotation called “{ $typed }”.
    [argument] I couldn't find an argument called “{ $typed }”.
    [fact] I couldn't find a fact called “{ $typed }”.
    [relation] I couldn't find a relation called “{ $typed }”.
    [topic] I couldn't find a topic called “{ $typed }”.
   *[item] I couldn't find “{ $typed }”.
}{ $near ->
    [0] { "" }
    [one] { " Did you mean this?" }
   *[other] { " Did you mean one of these?" }
}
found-several = “{ $typed }” could mean several things. Which one?
found-by-text = Found by description, not by name: “{ $typed }”.
read-as-name = Showing { $name } for “{ $typed }”.
read-as-word = Showing “{ $read }” for “{ $typed }”.
did-you-mean = Did you mean “{ $word }”?

# Labels of buttons and of lines of a menu.
ask-all-articles = Ask all articles
choice-in-article = { $title } (in { $article })
choice-of-kind = { $kind ->
    [article] article
    [actor] actor
    [event] event
    [quote] quote
    [argument] argument
    [fact] fact
    [relation] relation
   *[topic] topic
}: { $label }
choice-search-for = Search for “{ $typed }”
choice-elsewhere = In { $article }: { $title }
choice-in = In { $article }
choice-instead = Instead: { $label }
choice-topics = Topics
all-of-kind = { $number ->
    [one] { $kind ->
        [actor] All 1 actor
        [event] All 1 event
       *[argument] All 1 argument
    }
   *[other] { $kind ->
        [actor] All { $number } actors
        [event] All { $number } events
       *[argument] All { $number } arguments
    }
}
all-of-kind-uncounted = { $kind ->
    [actor] All actors
    [event] All events
   *[argument] All arguments
}
# $line: the command that is carried out.
confirm = Yes, do it: /{ $line }

# A list of which only some is shown.
few-title = { $title } ({ $shown } of { $all })
few-all = { $title }: all { $all }
few-of = { $name }: { $title }
few-nothing = { $title }: nothing recorded.
few-unknown = There is no list “{ $typed }”. Try one of these: { $lists }.

page-title = { $title } ({ $number } of { $of })
page-only = { $number ->
    [one] There is only one page.
   *[other] There are only { $number } pages.
}
page-last = Last page
page-next = Next page
page-previous = Previous page

# Somebody's roles. $role: with its date.
role-added = { $role } (added by the editor)
roles-added = added by the editor: { $roles }
roles-dates-added = with dates added by the editor: { $roles }
roles-dates-editors = with the editor's dates: { $roles }
article-title-editors = { $title } (editor's title)

# An item in full.
stated-no-date = No date
stated-claim = { $whose }: { $claim }
# $author: the author of the article.
stated-claim-of = Claimed by { $name }, as reported by { $author }
stated-claim-added = Claimed by { $name } (added by the editor)
