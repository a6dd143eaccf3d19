### /argument: a claim, its grounds, and what could be said against it.

argument-whose-claim = Claimed by
# $author: the author of the article, as "Ann Bell, the author".
argument-claimed-by = { $name }, as reported by { $author }
argument-critique = Possible objection (added by the editor)
argument-questions = To discuss (added by the editor)
# Over a list of arguments, or of grounds.
argument-list = { $list ->
    [grounds] Grounds
    [supports] Supports
    [denies] Opposes
    [undercuts] Weakens
    [supported-by] Supported by
    [denied-by] Opposed by
   *[undercut-by] Weakened by
}
# $name: an actor or an article.
argument-all-of = Arguments of { $name }
argument-key = Key arguments
argument-all = Arguments
argument-none = No arguments yet.
