### /room: what is decided for a room.

room-set-here = { $title }.
room-set-everywhere = { $title }, in every { $place ->
    [channel] channel
   *[room] room
} without its own setting.
room-show-title = { $place ->
    [channel] Channel settings
   *[room] Room settings
}

# What the choice that leads to /room show is called.
room-all-settings = All settings
room-nowhere = There are no rooms here: this is for Discord and Matrix.
room-switch = Use on, off or default, not “{ $typed }”.
room-goodbye = Goodbye. Invite me again any time.

room-private-on = Answers are shown only to the person who asked
room-private-off = Answers are shown to everyone
room-private-unset = Who sees answers is no longer set

room-prefix-is = Commands begin with { $prefix } here.
room-prefix-none = Commands begin as usual here.
room-prefix-unset = Commands begin as usual
room-prefix-set = Commands begin with { $prefix }
room-prefix-wrong = Commands can't begin with “{ $typed }”: choose one to { $most } characters without spaces, the last one not a letter, such as ? or rap!

# $range: for what it was decided.
room-show-decided = { $range ->
    [here] Set here
    [server] Set for the whole server
   *[channel] Set for the channel of this thread
}
room-show-article = Default article
room-show-all-articles = all articles
room-show-answers = Answers
room-show-private = only to the person who asked
room-show-everyone = to everyone
room-show-off = Commands turned off
room-show-none = none
room-show-command = command { $name }

room-commands-fixed = /{ $command } can't be turned off: only the commands that members ask with can.
room-command-off = /{ $command } is turned off for members
room-command-on = /{ $command } is on
room-command-unset = /{ $command } is no longer set

room-article-set-all = All articles are searched by default
room-article-unset = The default article is no longer set
room-article-set = “{ $title }” is the default article
room-article-none = No default article is set: all articles are searched.
room-article-is-all = { $range ->
    [here] All articles are searched by default (set here).
    [server] All articles are searched by default (set for the whole server).
   *[channel] All articles are searched by default (set for the channel of this thread).
}
room-article-is = { $range ->
    [here] “{ $title }” is the default article (set here).
    [server] “{ $title }” is the default article (set for the whole server).
   *[channel] “{ $title }” is the default article (set for the channel of this thread).
}
room-article-gone = { $range ->
    [here] The default article “{ $id }” (set here) is no longer loaded: all articles are searched.
    [server] The default article “{ $id }” (set for the whole server) is no longer loaded: all articles are searched.
   *[channel] The default article “{ $id }” (set for the channel of this thread) is no longer loaded: all articles are searched.
}
