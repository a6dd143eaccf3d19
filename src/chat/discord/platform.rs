//! What Discord is called in what is kept, and what it calls things.

use crate::commands::{Manner, Opt, OptKind, RoomWord, Suggest};
use crate::platform::Platform;

/// The platform of requests from here.
pub(super) const PLATFORM: Platform = Platform::Discord;

/// The option that every command for members has here: platforms without private answers have no use for it.
pub(super) const PRIVATE: &str = "private";

const PRIVATE_OPTION: Opt = Opt {
    name: PRIVATE,
    key: "option-private",
    kind: OptKind::Flag,
    required: false,
    suggest: Suggest::Nothing,
};

/// How commands are given in Discord, and what it calls things.
pub(super) const MANNER: Manner =
    Manner { room: RoomWord::Channel, by_name: true, further: &[PRIVATE_OPTION], on_message: true };
