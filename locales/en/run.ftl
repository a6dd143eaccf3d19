### What any command may answer, and lines that are not understood.

run-only-for = /{ $command } only works in { $platform ->
    [terminal] the terminal
    [discord] Discord
   *[matrix] Matrix
}.
run-for-editors = Only editors can use /{ $command }. The settings say who is one.
run-for-moderators = Only moderators of this { $place ->
    [channel] channel
   *[room] room
} can use /{ $command }.
run-too-long = Too long: “{ $option }” has { $length } characters; the limit is { $most }.
run-switched-off = /{ $command } is turned off here.
run-confirm = /{ $line }?
run-asked-by = Asked by
run-no-library = No article is loaded yet. An editor can load one with /reload.
run-no-reading = I can't read the library right now. Try again, or ask an editor to /reload.
run-failed = That didn't work. The operator can find the cause in the log.

# On a button: it leads to /help.
choice-help = Commands
choice-ask = Ask “{ $question }”
did-you-mean-command = Did you mean /{ $line }?

line-empty = Ask something, in your own words or with a command such as /quote Paz.
line-group = /{ $group } needs one more word.
line-group-choice = /{ $command }: { $about }
line-unknown-option = /{ $command } has no option { $option }.
line-no-value = /{ $command }: { $option } needs a value.
line-twice = /{ $command }: use { $option } only once.
line-wrong = /{ $command }: I can't read the options.
line-no-number = /{ $command }: { $option } takes a whole number from 1 to { $most }.
# $options: what is missing, in words.
line-missing = /{ $command } needs: { $options }.
line-usage = Usage: { $usage }
line-help = Help on /{ $command }
line-takes-flag = /{ $command }: “{ $option }” takes yes or no.
line-takes-words = /{ $command }: “{ $option }” takes words.
line-takes-file = /{ $command }: “{ $option }” takes a file: send the file, and answer it with the command.
