### /language and /room language.

# $language: its name in this language.
language-now = I answer you in { $language }.
language-chosen = From now on I answer you in { $language }.
language-default = You have no language of your own now: I go by your app, the room and the article.
language-unknown = I don't speak “{ $typed }”. Choose one of these.
room-language-is = Answers here are in { $language }, unless somebody chose another language.
room-language-none = This room has no language of its own.
room-language-set = Answers are in { $language }
room-language-unset = There is no language of its own
