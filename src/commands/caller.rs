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
    /// What the catalogue calls it: the argument `role`.
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Member => "member",
            Role::Moderator => "moderator",
            Role::Editor => "editor",
        }
    }
}

/// What a platform calls its rooms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RoomWord {
    /// A room.
    Room,
    /// A channel.
    Channel,
}

impl RoomWord {
    /// What the catalogue calls it: the argument `place` of messages that speak of rooms.
    pub fn as_str(self) -> &'static str {
        match self {
            RoomWord::Room => "room",
            RoomWord::Channel => "channel",
        }
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
