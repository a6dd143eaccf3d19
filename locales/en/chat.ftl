### What platforms themselves say, and the terminal.

chat-restarting = Rapporteur is restarting. Ask again in a minute.
chat-no-source = That answer has no source in the article.
chat-sources = Where it appears in the article
# Over the sources of the lines of a list.
chat-lines-rest-on = Sources of its lines

file-no-address = The attached file has no address. Nothing was loaded. Send the file again.
file-foreign-host = The attached file is not where Discord keeps files. Nothing was loaded. Send the file again.
file-unreachable = The attached file can't be fetched. Nothing was loaded. Send the file again.
file-too-slow = Fetching the attached file took too long. Nothing was loaded. Send the file again.
file-no-message = I can't fetch or decrypt the message you reply to. Nothing was loaded. Send the file again.
file-too-large = The file is larger than { $megabytes } MiB. Nothing was loaded: split the pack, or leave out what no one asks for.

terminal-welcome = Ask about the article in your own words, or with a command: /quote Paz, /timeline 2020, /help. Tab completes, a number chooses, exit ends.
terminal-no-choices = There's nothing to choose from. Ask something, or try /quote Paz.
terminal-choose = Choose a number from 1 to { $most }.
terminal-no-file = { $path } can't be read: { $error }.
terminal-file-too-large = it is larger than { $megabytes } MiB

# What a thread begins with that is opened on an answer.
chat-thread = Talk about it here

# Said once, where the bot comes to, with three things to try.
chat-greeting = Rapporteur is here
chat-try-quote = A quotation
chat-try-timeline = Key dates
chat-try-discuss = Something to discuss
