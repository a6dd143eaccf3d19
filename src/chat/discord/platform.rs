//! What Discord is called in what is kept, and what it calls things.

use crate::commands::Manner;
use crate::platform::Platform;

/// The platform's name, for the record.
pub(super) const PLATFORM: Platform = Platform::Discord;

/// The option that every command for members has here: platforms without private answers have no use for it.
pub(super) const PRIVATE: &str = "private";

/// How commands are given in Discord, and what it calls things.
pub(super) const MANNER: Manner = Manner {
    room: "channel",
    by_name: true,
    further: &[(PRIVATE, "Whether only you see the answer")],
    on_message: Some("right click on a message, or hold it, then Apps"),
};
