### For editors: /reload, /revisions, /rollback, /audit and /status.

audit-title = Audit log
audit-number = /audit takes a number from 1 to { $most }.
audit-none = Nothing to show yet.
# $who: somebody. $command: as it was given.
audit-entry = { $who } /{ $command } { $outcome ->
    [done] done
    [refused] refused
   *[failed] failed
}
audit-entry-detail = { $who } /{ $command } { $outcome ->
    [done] done
    [refused] refused
   *[failed] failed
}: { $detail }

revisions-none = Nothing has been loaded yet.
# $articles and $items: how many, as "2 articles". $size: of its file.
revisions-entry = made { $at } by { $who }: { $articles }, { $items }, { $size }{ $state ->
    [current] , in use
    [gone] , file deleted
   *[kept] { "" }
}

rollback-revision = { $revision }, made { $at } by { $who }: { $articles }, { $items }
rollback-confirm = Go back to revision { $revision }?
rollback-everywhere = Every server and room will get its answers from it.
rollback-would-remove = This removes { $articles }.
rollback-removes = This removes { $articles }.
rollback-from = From
rollback-to = To
rollback-busy = A reload is in progress. Wait for it, then try again.
rollback-done = Revision { $revision } is in use again, instead of { $before }.
rollback-packs = The packs haven't changed: the next /reload loads them.
rollback-unknown = There is no revision “{ $typed }”.
rollback-none = There is no earlier revision to go back to.
rollback-already = Revision { $revision } is already in use.
rollback-gone = The file of revision { $revision } is gone; only the last few are kept.
rollback-revisions = The revisions

status-title = Status
status-none = none: /reload
status-revision = Revision
status-revision-made = { $revision }, made { $at } by { $who }
status-library = Library
status-community = Community database
status-up = Up for
status-version = Version

reload-load = Load the packs
reload-no-file = The pack did not come with the command: attach the file to the slash command /reload.
reload-no-file-matrix = The pack did not come with the command: send the file here, and reply to it with /reload.
reload-took = Took
reload-still-answers = The earlier content stays in use.
reload-busy = Another reload is in progress. Wait for it, then try again.
reload-failed = Nothing was loaded.
reload-failed-still-answers = Nothing was loaded; the earlier content stays in use.
reload-cause = Cause: { $cause }.
reload-by-another = Loaded by another program.
reload-size = { $articles }, { $items }
reload-unchanged = Nothing has changed.
reload-made-anew = Nothing has changed; the damaged file was rebuilt: { $size }.
# $what: how much, or what changed.
reload-loaded = Loaded: { $what }.
reload-warnings = Warnings
reload-would-nothing = A reload would change nothing.
reload-would = A reload would change this: { $what }.
reload-only-remove = An article is removed only with /reload --remove.
reload-first-wrong = { $number ->
    [one] Loaded: { $size }. But 1 pack not loaded: { $files }.
   *[other] Loaded: { $size }. But { $number } packs not loaded: { $files }.
}
# $number: of articles.
reload-first-gone = { $number ->
    [one] Loaded: { $size }. But { $articles } answered before and has no pack any more.
   *[other] Loaded: { $size }. But { $articles } answered before and have no pack any more.
}
# $wrong: how many packs.
reload-first-both = Loaded: { $size }. But { $wrong ->
    [one] 1 pack
   *[other] { $wrong } packs
} not loaded: { $files }; { $articles } answered before and { $number ->
    [one] has
   *[other] have
} no pack any more.
reload-without-pack = Without a pack
reload-packs-wrong = These packs have errors. Fix them, then /reload.
reload-would-remove = Nothing was loaded: it would remove { $articles }.
reload-how-to-remove = { $number ->
    [one] Its pack is no longer in the folder. To remove the article, type /reload --remove. To keep it, put the pack back: `rapporteur export { $id }` prints it.
   *[other] Their packs are no longer in the folder. To remove the articles, type /reload --remove. To keep them, put the packs back: `rapporteur export { $id }` prints one.
}
reload-would-be-removed = Would be removed
reload-and-remove = Load the packs and remove it
# $items: how many, as "12 items".
reload-article = the article “{ $title }” with { $items }
reload-articles = { $number ->
    [one] 1 article with { $items }
   *[other] { $number } articles with { $items }
}
reload-outline = { $title }: { $items }
reload-nothing = nothing added, changed or removed
reload-added = { $number } added
reload-changed = { $number } changed
reload-removed = { $number } removed
reload-removes = removes { $articles }
reload-removed-articles = Removed articles
reload-list-added = Added
reload-list-changed = Changed
reload-list-removed = Removed
# $name: a key of a pack.
reload-field-spaces = { $name } only spaces differ
reload-field-new = { $name } “{ $new }” is new
reload-field-gone = { $name } “{ $old }” is gone
reload-field-changed = { $name } “{ $old }” → “{ $new }”
reload-errors = { $number ->
    [one] Nothing was loaded: 1 error in the packs.
   *[other] Nothing was loaded: { $number } errors in the packs.
}

# $cause: what the operating system or the database says, in its own language.
load-no-packs = there are no packs in { $folder }
load-folder-unreadable = the packs in { $folder } can't be read: { $cause }
load-file-changed = { $file } changed while it was being loaded
load-unwritable = { $file } can't be written: { $cause }
load-library = the new library can't be read: { $cause }
load-pack-of-another = { $file } is the pack of another article
load-give-another-id = give this article another id, or rename that file
load-report = report this
change-kind = kind
