### What is said in Matrix alone.

matrix-greeting-direct = Ask me about the article in your own words. quote Paz gives exact words, and says whose they are. help tells what else can be asked. Under an answer, react with its numbers and arrows to choose.
matrix-greeting-room = Ask me about the article that you read together: mention me, with a question. { $prefix }quote Paz gives exact words, and says whose they are. { $prefix }help tells what else can be asked. Under an answer, react with its numbers and arrows to choose.
matrix-not-invited = I only join where the people who run me allow it. Ask them to let you or your server invite me.
matrix-only-for-you = The answer to /{ $command } is only for you: ask me in a direct chat.
matrix-interrupted = I was stopped while doing that, and I do nothing twice.
matrix-interrupted-line = /{ $line } had already begun. Check whether it was done, and ask again if it wasn't.
matrix-confirmed-by = Confirmed by
matrix-question-removed = The question was removed.
matrix-undecrypted = I can't read a message in this room
matrix-undecrypted-help = It is encrypted, and its sender's client has not given me the key, so there is no answer if it was a question. Send it again. If that does not help, look in your client whether it refuses to send to devices that are not verified: an editor can verify me from a direct chat, and whoever runs me can tell you my fingerprint. I say this only once here.

# $key: the reaction that does it.
matrix-back = back: { $key }
matrix-continues = continues: { $key }
matrix-in-file = the whole answer is in { $file }
matrix-back-to-list = { $key } Back to the list
matrix-back-one = { $key } Back
matrix-write-in-private = To vote so that nobody else sees it, write to me in a private chat:
