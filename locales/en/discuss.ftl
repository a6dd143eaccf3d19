### Prompts for a discussion.

discuss-title = For discussion: { $title }
discuss-is-it-right = Do the grounds carry the claim?
discuss-critic = What could a critic answer?
discuss-another = Another question
discuss-whole = The whole argument
discuss-critic-title = What a critic could answer to: { $title }
discuss-no-critic = Neither the article nor its editor names an objection to “{ $title }”.
discuss-no-claim = No claim in the article rests on “{ $name }”.
discuss-nothing = There is no question to discuss in this article.
discuss-on = On: { $name }
discuss-list = Discussed here lately
discuss-none-yet = Nothing has been discussed here yet.
