### /help.

help-title = Commands
help-unknown-command = There is no command “{ $name }”.
help-all-commands = All commands
help-for-role = { $role ->
    [editor] For editors.
   *[moderator] For moderators.
}
help-for-moderators = For moderators
help-for-editors = For editors
help-label-on-message = “{ $label }”: right-click a message, or press and hold it, then choose Apps.
help-does-it-on-message = “{ $label }” does the same with a message: right-click it, or press and hold it, then choose Apps.
help-further-option = Most of these take “{ $name }”: { $about }.
help-just-ask = Or just ask, in your own words.
help-just-ask-in-rooms = Or just ask, in your own words: mention me with a question, or message me directly.
help-sources = Every answer says where in the article it comes from, and whose words they are.
help-usage = Usage
help-options = Options
