### Names of commands, options and values, as they are typed. Discord wants 1 to 32 letters, digits, hyphens and underscores,
### in lower case. What is typed in any language is understood in every other.

# Commands: the words of their names.
name-command-ask = ask
name-command-quote = quote
name-command-timeline = timeline
name-command-today = today
name-command-event = event
name-command-actor = actor
name-command-argument = argument
name-command-search = search
name-command-topic = topic
name-command-compare = compare
name-command-discuss = discuss
name-command-source = source
name-command-article = article
name-command-articles = articles
name-command-language = language
name-command-help = help
name-command-room = room
name-command-show = show
name-command-private = private
name-command-commands = commands
name-command-prefix = prefix
name-command-leave = leave
name-command-reload = reload
name-command-revisions = revisions
name-command-rollback = rollback
name-command-status = status
name-command-gaps = gaps
name-command-audit = audit

# Options.
name-option-question = question
name-option-of = of
name-option-article = article
name-option-page = page
name-option-critic = critic
name-option-name = name
name-option-words = words
name-option-first = first
name-option-second = second
name-option-item = item
name-option-when = when
name-option-command = command
name-option-list = list
name-option-private = private
name-option-everywhere = everywhere
name-option-answers = answers
name-option-prefix = prefix
name-option-use = use
name-option-dry-run = dry-run
name-option-pack = pack
name-option-remove = remove
name-option-revision = revision
name-option-last = last
name-option-action = action
name-option-language = language

# Values of options.
name-value-on = on
name-value-off = off
name-value-default = default
name-value-all = all
name-value-clear = clear
name-value-arguments = arguments
name-value-quotes = quotes
name-value-events = events
name-value-facts = facts
name-value-relations = relations
name-value-grounds = grounds
name-value-supports = supports
name-value-denies = denies
name-value-undercuts = undercuts
name-value-supported-by = supported-by
name-value-denied-by = denied-by
name-value-undercut-by = undercut-by
