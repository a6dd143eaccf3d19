//! The descriptions of our commands for clients that know MSC4391, and the calls that such clients send.
//!
//! MSC4391, "Simplified in-room bot commands"
//! (<https://github.com/matrix-org/matrix-spec-proposals/pull/4391>), as of commit `8cefeb8d` of 8 January
//! 2026, read in November 2026. It is not accepted yet, hence the unstable names. One key is of mautrix and
//! gomuks (<https://github.com/mautrix/go>, `event/cmdschema`, commit `bdb58f2e` of 22 August 2026):
//! `fi.mau.tail_parameter` names the parameter that takes the rest of what is typed.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::ids::PLATFORM;
use crate::answer::{Answer, AnswerKind};
use crate::commands::line::{MAX_NUMBER, parse, usage};
use crate::commands::{
    Caller, Command, NameOf, Opt, OptKind, Role, RoomWord, Suggest, TABLE, Value as Given, typed_command,
};
use crate::locale::Locale;
use crate::say;

/// The type of the state events that describe a command. One with empty content describes none.
pub const DESCRIPTION: &str = "org.matrix.msc4391.command_description";

/// The key of a message's content where a command is called.
pub const INVOCATION: &str = "org.matrix.msc4391.command";

/// The longest of somebody's words that an answer repeats, in characters.
const MAX_REPEATED_CHARACTERS: usize = 60;

/// A command that was called, in the form that [`request`](crate::commands::line::request) takes.
#[derive(Debug)]
pub struct Invocation {
    /// The row of the table.
    pub command: &'static Command,
    /// The values of its options.
    pub args: Vec<(&'static str, Given)>,
}

/// The state events that describe our commands: the state key and the content of each. The option to name an
/// article is there only where there are several.
pub fn descriptions(bot_user_id: &str, several_articles: bool) -> Vec<(String, Value)> {
    TABLE
        .iter()
        .filter(|row| row.is_on(PLATFORM))
        .map(|row| (state_key(row.name, bot_user_id), description(row, several_articles)))
        .collect()
}

/// The padded Base64 of the SHA-256 of the command's name and its bot's id: clients accept no other key.
pub fn state_key(command: &str, bot_user_id: &str) -> String {
    BASE64_STANDARD.encode(Sha256::new().chain_update(command).chain_update(bot_user_id).finalize())
}

fn description(row: &Command, several_articles: bool) -> Value {
    let offered =
        |option: &&Opt| option.kind != OptKind::File && (several_articles || option.name != "article");
    let parameters: Vec<Value> = row.options.iter().filter(offered).map(parameter).collect();
    let mut content = json!({
        "command": row.called(),
        "description": text(&row.about(RoomWord::Room)),
        "parameters": parameters,
    });
    if let Some(last) = row.options.iter().rfind(|option| option.kind == OptKind::Words && offered(option)) {
        content["fi.mau.tail_parameter"] = last.called().into();
    }
    content
}

fn parameter(option: &Opt) -> Value {
    let primitive = |kind: &str| json!({ "schema_type": "primitive", "type": kind });
    let schema = match (option.kind, option.suggest) {
        (OptKind::Number, _) => primitive("integer"),
        (OptKind::Flag, _) => primitive("boolean"),
        (_, Suggest::OneOf(values)) => {
            let value = |value: &&str| NameOf::Value.called(value);
            literals(values.iter().map(value))
        }
        (_, Suggest::Languages) => literals(Locale::all().map(Locale::own_name)),
        _ => primitive("string"),
    };
    let mut parameter = json!({ "key": option.called(), "schema": schema, "description": text(&option.about(RoomWord::Room)) });
    if !option.required {
        parameter["optional"] = true.into();
    }
    parameter
}

/// One of several texts.
fn literals(values: impl Iterator<Item = String>) -> Value {
    let literal = |value| json!({ "schema_type": "literal", "literal_type": "string", "value": value });
    json!({ "schema_type": "union", "variants": values.map(literal).collect::<Vec<_>>() })
}

/// A text in the form of extensible events (MSC1767).
fn text(text: &str) -> Value {
    json!({ "m.text": [{ "body": text }] })
}

/// Whether a message calls a command of another bot, whatever its text is.
pub fn is_for_another(content: &Value, bot_user_id: &str) -> bool {
    let mentioned = content["m.mentions"]["user_ids"].as_array().filter(|ids| !ids.is_empty());
    let to_others = mentioned.is_some_and(|ids| !ids.iter().any(|id| id.as_str() == Some(bot_user_id)));
    content.get(INVOCATION).is_some() && to_others
}

/// Reads the call in a message's content. `None` if it calls no command of ours: then the message is a text like
/// any other. According to the proposal a call mentions its bot and nobody else; any other call may be meant for
/// another bot that has commands of the same names.
///
/// # Errors
/// The answer to give where the command is not known, or an option is not what it should be.
pub fn invocation(content: &Value, bot_user_id: &str) -> Option<Result<Invocation, Box<Answer>>> {
    let call = content.get(INVOCATION)?;
    let mentioned = content.get("m.mentions")?.get("user_ids")?.as_array()?;
    let alone = !mentioned.is_empty() && mentioned.iter().all(|id| id.as_str() == Some(bot_user_id));
    alone.then(|| read(call))
}

fn read(call: &Value) -> Result<Invocation, Box<Answer>> {
    let name = call.get("command").and_then(Value::as_str).unwrap_or_default();
    let Some(command) = typed_command(name).filter(|row| row.is_on(PLATFORM)) else {
        return Err(Box::new(unknown(name)));
    };
    let nothing = Map::new();
    let given = match call.get("arguments") {
        None | Some(Value::Null) => &nothing,
        Some(Value::Object(given)) => given,
        Some(_) => return Err(wrong(command, say!("line-wrong", command = command.called()))),
    };
    let mut args = Vec::new();
    for (key, value) in given {
        let Some(option) = command.option(key) else {
            let title = say!("line-unknown-option", command = command.called(), option = repeated(key));
            return Err(wrong(command, title));
        };
        let needs = || wrong(command, takes(command, option));
        let value = match (option.kind, value) {
            // Clients send null for an option that nobody filled in.
            (_, Value::Null) => continue,
            (OptKind::Flag, Value::Bool(false)) => continue,
            (OptKind::Flag, Value::Bool(true)) => Given::Flag,
            (OptKind::Flag, _) => return Err(needs()),
            (OptKind::Number, value) => {
                match value.as_u64().filter(|number| (1..=MAX_NUMBER).contains(number)) {
                    Some(number) => Given::Number(number),
                    None => return Err(needs()),
                }
            }
            (OptKind::Words | OptKind::Named, Value::String(words)) => words.as_str().into(),
            (OptKind::Words | OptKind::Named, _) => return Err(needs()),
            (OptKind::File, _) => return Err(needs()),
        };
        args.push((option.name, value));
    }
    Ok(Invocation { command, args })
}

/// The answer to a name that no command has, with similar names, as for a typed line.
fn unknown(name: &str) -> Answer {
    let nobody = Caller { id: String::new(), role: Role::Member };
    match parse(name, nobody, PLATFORM) {
        Err(answer) => *answer,
        // It is a command with its options, or a command of another platform.
        Ok(_) => {
            let title = say!("help-unknown-command", name = repeated(name));
            Answer::other(AnswerKind::WrongUsage, title).choice(say!("choice-help"), "help")
        }
    }
}

/// What an option takes.
fn takes(command: &Command, option: &Opt) -> String {
    let (command, option_name) = (command.called(), option.called());
    match option.kind {
        OptKind::Flag => say!("line-takes-flag", command = command, option = option_name),
        OptKind::Number => {
            say!("line-no-number", command = command, option = option_name, most = MAX_NUMBER)
        }
        OptKind::Words | OptKind::Named => say!("line-takes-words", command = command, option = option_name),
        OptKind::File => say!("line-takes-file", command = command, option = option_name),
    }
}

fn wrong(command: &Command, title: String) -> Box<Answer> {
    let answer = Answer::other(AnswerKind::WrongUsage, title);
    Box::new(
        answer
            .paragraph(say!("line-usage", usage = usage(command)))
            .choice(say!("line-help", command = command.called()), format!("help {}", command.name)),
    )
}

/// Somebody's words, shortened.
fn repeated(words: &str) -> String {
    let mut short: String = words.chars().take(MAX_REPEATED_CHARACTERS).collect();
    if short.len() < words.len() {
        short.push('…');
    }
    short
}
