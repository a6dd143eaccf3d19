//! A request: a command, what was given for its options, who asks, and where.

use std::collections::BTreeMap;
use std::fmt;

use crate::answer::ChoiceKind;
use crate::library::Upload;
use crate::platform::{Place, Platform};

use super::command::{Command, Effect, Role};

/// Who asks.
#[derive(Debug, Clone)]
pub struct Caller {
    /// Platform and id there: `terminal:ada`, `discord:1234`.
    pub id: String,
    /// What they may do.
    pub role: Role,
}

/// What was given for a command's options, by their names.
pub type Args = BTreeMap<&'static str, Value>;

/// What was given for an option.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Words, or the name of a file.
    Text(String),
    /// A whole number.
    Number(u64),
    /// The flag is set.
    Flag,
}

impl From<&str> for Value {
    fn from(text: &str) -> Value {
        Value::Text(text.into())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Value {
        Value::Text(text)
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Text(text) => f.write_str(text),
            Value::Number(number) => number.fmt(f),
            Value::Flag => f.write_str("yes"),
        }
    }
}

/// A command with its options, and who asks.
#[derive(Debug, Clone)]
pub struct Request {
    /// The row of the table.
    pub command: &'static Command,
    /// What was given for each option.
    pub args: Args,
    /// Who asks.
    pub caller: Caller,
    /// Where; `None` for what the program does by itself at its start.
    pub platform: Option<Platform>,
    /// Where, the most particular place first: a thread, its channel, its server. Empty where there are
    /// no rooms.
    pub places: Vec<Place>,
    /// Whether the answer is to be for the caller only; `None` for what the room has decided.
    pub private: Option<bool>,
    /// The file that came with the command.
    pub upload: Option<Upload>,
    /// How the command was given.
    pub origin: Origin,
    /// What decides where chance would: from the same number, the same answer. `None`: the rng of the world.
    pub seed: Option<u64>,
    /// How the platform has commands given, and what it calls things.
    pub manner: Manner,
}

/// How a platform has commands given, and what it calls things. Help and settings speak accordingly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Manner {
    /// What a room is called there.
    pub room: &'static str,
    /// Whether options are filled in by their names, and not written in a line.
    pub by_name: bool,
    /// What every command for members takes besides its own options: name, and what for.
    pub further: &'static [(&'static str, &'static str)],
    /// What to do with somebody's message to find the commands for it; `None` where there are none.
    pub on_message: Option<&'static str>,
}

impl Manner {
    /// Where commands are lines that one types.
    pub const LINES: Manner = Manner { room: "room", by_name: false, further: &[], on_message: None };

    /// A sentence of our own about rooms, in the platform's word for them.
    pub fn say(&self, sentence: &str) -> String {
        let word = |word: &str| {
            let bare = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '/');
            match bare {
                "room" | "rooms" => word.replace("room", self.room),
                _ => word.to_string(),
            }
        };
        sentence.split_inclusive(' ').map(word).collect()
    }
}

/// How a command was given. What changes something is carried out only if somebody wrote it, or confirmed it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Origin {
    /// Somebody wrote it, or used it as a command of the platform.
    #[default]
    Typed,
    /// Somebody chose what an answer offers: pressed a button, took a line of a menu, reacted.
    Chosen,
    /// Somebody chose the confirmation of a command ([`ChoiceKind::Confirm`]).
    Confirmed,
}

impl Origin {
    /// How a command is given by choosing what an answer offers.
    pub fn chosen(kind: ChoiceKind) -> Origin {
        if kind == ChoiceKind::Confirm { Origin::Confirmed } else { Origin::Chosen }
    }
}

impl Request {
    /// A request without a place or a file.
    pub fn new(command: &'static Command, caller: Caller, platform: Option<Platform>) -> Request {
        Request {
            command,
            args: Args::new(),
            caller,
            platform,
            places: Vec::new(),
            private: None,
            upload: None,
            origin: Origin::Typed,
            seed: None,
            manner: Manner::LINES,
        }
    }

    /// What it changes, with these options.
    pub fn effect(&self) -> Effect {
        match self.command.shows_without {
            Some(option) if self.text(option).is_none() => Effect::Reads,
            _ => self.command.effect,
        }
    }

    /// The text that was given for an option, if it says something.
    pub fn text(&self, option: &str) -> Option<&str> {
        match self.args.get(option)? {
            Value::Text(text) => Some(text.trim()).filter(|text| !text.is_empty()),
            Value::Number(_) | Value::Flag => None,
        }
    }

    /// The number that was given for an option.
    pub fn number(&self, option: &str) -> Option<u64> {
        match self.args.get(option)? {
            Value::Number(number) => Some(*number),
            Value::Text(_) | Value::Flag => None,
        }
    }

    /// Whether a flag was given.
    pub fn flag(&self, option: &str) -> bool {
        self.args.get(option) == Some(&Value::Flag)
    }
}
