### What is said in Discord alone.

button-more = More
button-read-on = Read on
button-back = Back
button-share = Share here
# It opens the article at the words.
button-in-article = Read it in the article
menu-more = More on one of these
menu-choose = Choose one

discord-delete-refused = Only the person who asked, or a moderator, can delete this answer.
discord-confirmed-already = That was already confirmed; it's done only once.
discord-button-forgotten = This button has expired. Ask again.
discord-unreadable = I couldn't read that. The operator can find the cause in the log.
discord-no-words = That message has no words to look up, only a picture, a file or a sticker.
discord-use-search = Use /search with words of your own.
discord-command-gone = This command no longer exists. Discord will notice soon.
discord-role-mentioned = Mention me, not my role: only then can I read what you write.
discord-role-how = Both have my name in the list that opens at “@”. Or use a command, such as /quote.
discord-unread-reply = Without a mention I can't read replies. If you asked for the source, here it is.
discord-only-for-you = The answer to /{ $command } is only for you: use the slash command /{ $command }.
discord-no-files = I can't attach files in this channel. The slash commands show everything.
# What is said of an attached file to those who can't see it.
discord-file = The whole answer as text
discord-refused = Discord refused the answer. The operator can find the cause in the log.
discord-greeting = Ask me about the article that you read together: mention me with a question, or use a command such as /quote. /help lists them all. Here is what you can try:
discord-no-thread = I may not open a thread here, so talk about it in this channel. A moderator can let me: Create Public Threads.
