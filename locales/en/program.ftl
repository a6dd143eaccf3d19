### What the program says in a terminal to its operator and to an editor, but for answers. Words in backticks are code.

## rapporteur check

check-no-packs = there are no packs (.toml or .json) in that folder
check-one-text = --source is the text of one pack; check them one by one, or name a folder of texts with --sources
file-unreadable = { $file } can't be read
file-unreadable-cause = { $file } can't be read: { $cause }
check-no-utf8 = can't be read, because it is not UTF-8; it seems to be { $encoding }
check-latin = Latin-1 or Windows-1252
check-save-as-utf8 = save it as UTF-8 in your editor program
check-no-text = { $pack }: valid, but unproven: its text would be { $text }
check-valid = { $pack }: valid. { $contents }.
check-proven = Every source is in the text. The quotes repeat { $share } % of its words (limit { $limit } %).
check-sum = { $packs ->
    [one] one pack
   *[other] { $packs } packs
}: { $right } valid
check-sum-wrong = { $wrong } with errors
check-sum-unproven = { $unproven } without a text
check-unused = No pack is about { $files }.
check-numbers-one-pack = --numbers takes one pack, whose headings are marked
check-no-heading = the text has no heading “{ $heading }”

## rapporteur chat, export, discord, run, and what they need

program-packs-are-newer = Packs were changed after they were loaded: /reload loads them.
program-no-library = no library is loaded: run `rapporteur load`
export-unknown = no article has the id `{ $id }`; there are: { $known }
program-discord-token = set DISCORD_TOKEN first
program-data-unusable = the data folder { $folder } can't be used; name another with --data
program-nothing-to-run = nothing is set up to run. { $needs } (In the environment, or in a file .env.) `rapporteur chat` needs nothing.
program-needs = For { $platform } set { $variables }.
program-without-discord = this Rapporteur was built without Discord: build it with `--features discord`
program-without-matrix = this Rapporteur was built without Matrix: build it with `--features matrix`
program-env-line = the .env file can't be read in line { $line } ({ $variable }): write a value with spaces in 'single quotation marks'
program-env-unreadable = the .env file can't be read: { $cause }
program-rust-log = RUST_LOG can't be read
invite-server = For a server:
invite-self = For yourself, wherever you are:

## Settings

setting-variable = environment variable { $variable }
setting-variables = environment variables { $variables }
setting-renamed = the setting has another name
setting-is-now = it is { $name } now
setting-unknown = there is no such setting, so it is ignored
settings-unknown = there are no such settings, so they are ignored
setting-near = did you mean { $name }?
setting-no-unicode = its value is not Unicode text
setting-write-again = write it again
setting-see-file = see config/rapporteur.toml for what it takes
setting-list = `rapporteur settings` lists the settings
setting-file-unreadable = can't be read: { $cause }
setting-check-path = check the path, or leave --config out
setting-in-project = config/rapporteur.toml in the project says what it takes
setting-key-renamed = `{ $old }` below [{ $section }] is `{ $new }` now
setting-all-in-project = config/rapporteur.toml in the project has every setting with its default
setting-editors = `{ $text }` is nobody: write `discord:USER`, `discord-role:SERVER:ROLE` or `matrix:@USER:HOST`
setting-shards-range = `{ $text }` is no range of shards: it is FIRST..END/TOTAL, END excluded
setting-shards = `{ $text }` is neither `auto` nor a range of shards such as `0..4/16`
setting-api-url = discord.api_url `{ $url }` is not scheme, host and port alone, such as http://localhost:8080
setting-events-per-second = matrix.events_per_second { $rate } is not from 0.01 to 100000
setting-inviters = `{ $text }` is nobody: write `editors`, `anyone`, a user such as `@ada:example.org` or a server such as `example.org`
setting-quoted-limit = library.quoted_limit is not a share from 0 to 1
setting-keep-revisions = library.keep_revisions must be 1 at least
setting-log-filter = log.filter can't be read: { $cause }

## rapporteur matrix login and status

login-password = Its password (not shown): 
login-password-unreadable = The password can't be read: { $cause }.
login-lacks = the settings lack something: { $question }
login-account = The bot's account, such as @rapporteur:example.org
login-set-homeserver = set RAPPORTEUR_MATRIX_HOMESERVER
login-write-down = Put the homeserver and the account into config/rapporteur.toml or .env, so that `run` finds them.
login-begins = Logging in to { $homeserver } as { $user } …
login-new = Logged in as { $user } on the new device { $device }. It stays the same as long as { $folder } is there.
login-was = { $user } was logged in already, on device { $device }.
login-encryption = Setting up the encryption …
login-failed = that did not work: { $cause }. Start this command again.
login-signed = The device is signed, and the keys can be recovered with the recovery key.
login-next = Now start it with `rapporteur run`, invite it to a room, and ask: !quote Paz
login-recovery-key = The recovery key of { $user } is shown only now. Keep it in a safe place: with it and the password the bot
    comes back when this data folder is lost (MATRIX_RECOVERY_KEY).
login-in-browser = { $homeserver } takes no passwords from programs. It can be done in a browser.
login-open = Open this address in a browser, on any machine, logged in there as { $user }:
login-code = { $minutes ->
    [one] and give it this code, within a minute:
   *[other] and give it this code, within { $minutes } minutes:
}
login-open-whole = Or open this address, which has the code in it:
login-waiting = Waiting for that …
login-refused = the login was refused in the browser
login-expired = the code has run out before it was used: start this command again
profile-name = People see it as { $name }.
profile-name-failed = Its display name can't be set: { $cause }.
profile-picture = It has a picture.
profile-picture-failed = Its picture can't be set: { $cause }.
profile-picture-kind = it is neither PNG nor JPEG
status-account = Account
status-device = Device
status-fingerprint = Fingerprint
status-cross-signing = Cross-signing
status-master-key = Master key
status-backup = Key backup
status-rooms = Rooms
status-running = Running
status-no-keys = (has not told its keys yet: start the bot once)
status-none-yet = none yet
status-signing-next = not set up: the next start does it
status-signed = this device is signed
status-unsigned = this device is not signed: set MATRIX_RECOVERY_KEY and start the bot
status-backup-is = version { $version } with { $keys ->
    [one] one key
   *[other] { $keys } keys
}
status-no-backup = none
status-yes = yes
status-no = no

## Verification of the bot in Matrix

verification-editors-only = Only editors can verify me, so I cancelled this. Whoever runs me can tell you my fingerprint, to compare with what your client shows for my device.
verification-directly = I cancelled this: verify me from a direct chat, where I can show you the emoji.
verification-again = I didn't know this device of yours. Now I do: start the verification again.
verification-device-unknown = This device was not known yet
verification-done = You have verified me. Your client shows it next to my name.
verification-cancelled = The verification was cancelled. You can start it again.
verification-emoji = Your client shows you emoji. Mine are:
verification-compare = Are they the same, in the same order? Confirm in your client within a minute, or cancel there. If someone sat between us, they could change this message too: to be sure, compare with my log, which has the same ones.

## The help of the command line (`rapporteur --help`): a key for each subcommand and each of its options.

cli = Answers questions about an article: its quotes, events, actors and arguments.
cli-usage = Usage:
cli-commands = Commands
cli-arguments = Arguments
cli-options = Options
cli-help = Print help
cli-version = Print the version
cli-config = The settings file
cli-data = The folder of the databases
cli-chat = Ask at a prompt, or through a pipe. This is what happens without a command
cli-run = Answer in the chats that are set up, until told to end. Exits with 3 when it can't go on
cli-discord = What a Discord bot needs
cli-discord-invite = Print the address at which the bot is added to a server. Needs DISCORD_TOKEN
cli-matrix = What a Matrix bot needs
cli-matrix-login = Log in for the first time and set up the encryption, step by step. Asks for what the settings lack, or shows an address at which the login is allowed
cli-matrix-status = Print the bot's device, its cross-signing with the fingerprints of both, its key backup and how many rooms it is in
cli-ask = Ask one thing: rapporteur ask "/quote Paz". Exits with 0 for an answer, 1 when nothing was found, 2 for wrong usage, 3 when it was refused or failed
cli-ask-json = Print the whole answer as JSON
cli-ask-line = The command and its options, or a question
cli-check = Check packs without loading them. Exits with 1 if one has errors, or has no text among --sources
cli-check-packs = Pack files, or folders of them
cli-check-source = The article's text: proves that the pack says what the text says
cli-check-sources = A folder of texts, each named as its article's id or its pack, such as `my-article.txt`: the same for many packs
cli-check-numbers = Print this text with the numbers of its paragraphs. With a pack, its headings are not counted
cli-load = Check and load the packs, all or nothing, as /reload does
cli-export = Print a loaded pack, whole
cli-export-article = The article's id
cli-export-format = The format
cli-schema = Print the JSON Schema of packs
cli-settings = Print the settings in force
