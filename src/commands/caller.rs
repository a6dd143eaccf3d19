//! Who asks, with what role, and how.

use crate::answer::ChoiceKind;

/// Who asks.
#[derive(Debug, Clone)]
pub struct Caller {
    /// Platform and id there: `terminal:ada`, `discord:1234`.
    pub id: String,
    /// What they may do.
    pub role: Role,
}

/// Who somebody is, as far as commands are concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Anyone.
    Member,
    /// Who may change the settings of a room.
    Moderator,
    /// Who may change the content, for all.
    Editor,
}

impl Role {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Role::Member => "member",
            Role::Moderator => "moderator",
            Role::Editor => "editor",
        }
    }
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
