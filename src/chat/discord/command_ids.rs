//! The ids under which Discord has our commands, and the mentions made of them: who presses one has the command in
//! front of them (<https://discord.com/developers/docs/reference#message-formatting>).

use std::collections::HashMap;

use serde_json::Value;

/// The id of each command as Discord has it, by its name. Empty until the commands are registered.
#[derive(Debug, Clone, Default)]
pub struct CommandIds(HashMap<String, String>);

impl CommandIds {
    /// Those of commands as Discord lists them.
    pub fn of(registered: &Value) -> CommandIds {
        let commands = registered.as_array().into_iter().flatten();
        // Those on messages can't be mentioned.
        let typed = commands.filter(|command| command["type"] == 1 || command["type"].is_null());
        let named =
            |command: &Value| Some((command["name"].as_str()?.into(), command["id"].as_str()?.into()));
        CommandIds(typed.filter_map(named).collect())
    }

    /// The mention of a command or a subcommand, if Discord has it.
    pub fn mention(&self, command: &str) -> Option<String> {
        let id = self.0.get(command.split(' ').next()?)?;
        Some(format!("</{command}:{id}>"))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn commands_and_subcommands_are_mentioned_by_their_ids() {
        let registered = json!([
            { "id": "7", "name": "quote", "type": 1 },
            { "id": "8", "name": "room" },
            { "id": "9", "name": "Find in the article", "type": 3 },
        ]);
        let ids = CommandIds::of(&registered);
        assert_eq!(ids.mention("quote").as_deref(), Some("</quote:7>"));
        assert_eq!(ids.mention("room show").as_deref(), Some("</room show:8>"));
        assert_eq!(ids.mention("Find in the article"), None);
        assert_eq!(ids.mention("actor"), None);
    }
}
