### Where in an article something stands, and whose words it is. Also /source.

# Who wrote the article.
author-unnamed = the author
author-named = { $name }, the author
author-several = the authors

# How something is known: by whose words.
# $author: the author of the article, as above.
known-verbatim = verbatim
known-phrase = a phrase in quotation marks, attributed to no one
known-editor = added by the editor
known-reported = reported by { $author }
known-words-named = in the words of { $author }
known-words = the author's own words
known-words-several = the authors' own words
known-claim-named = claimed by { $author }
known-claim = claimed by the author
known-claim-several = claimed by the authors
known-account-named = according to { $author }
known-account = according to the author
known-account-several = according to the authors

# $list: the numbers of the paragraphs.
source-paragraphs = { $number ->
    [one] paragraph { $list }
   *[other] paragraphs { $list }
}
source-in-article = in { $article }
source-several-articles = several articles

# $title: of the thing whose place is told.
source-title = { $kind ->
    [article] Article
    [actor] Actor
    [event] Event
    [quote] Quote
    [argument] Argument
    [fact] Fact
    [relation] Relation
   *[topic] Topic
}: { $title }
source-paragraph = Paragraph
source-section = Section
# Before the words of the article on which something rests.
source-words = Words in the text
source-article = Article
source-topic = Topics are the editor's: they gather what the article says on a subject. Each item in one has its own place in the text.
source-editor = Not in the text: added by the editor.
source-none = No place in the text is recorded.
source-gone = It's no longer there.
source-more = { $kind ->
    [article] More on this article
    [actor] More on this actor
    [event] More on this event
    [quote] More on this quote
    [argument] More on this argument
   *[topic] More on this topic
}
source-read = Read it in the article
