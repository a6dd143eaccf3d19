//! How a platform has commands given.

use super::caller::RoomWord;
use super::options::Opt;

/// How a platform has commands given, and what it calls things. Help and settings speak accordingly.
#[derive(Debug, Clone, Copy)]
pub struct Manner {
    /// What a room is called there.
    pub room: RoomWord,
    /// Whether options are filled in by their names, and not written in a line.
    pub by_name: bool,
    /// What every command for members takes besides its own options.
    pub further: &'static [Opt],
    /// Whether commands can be used on somebody's message.
    pub on_message: bool,
}

impl Manner {
    /// Where commands are lines that one types.
    pub const LINES: Manner =
        Manner { room: RoomWord::Room, by_name: false, further: &[], on_message: false };
}
