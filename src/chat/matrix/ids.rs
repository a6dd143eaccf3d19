//! The names that this folder gives to what it knows: people, places, transactions, files.

use matrix_sdk::ruma::{OwnedTransactionId, OwnedUserId, RoomId, UserId};
use sha2::{Digest, Sha256};

use crate::platform::{Place, PlaceKind, Platform};

/// The platform that requests from here name.
pub(super) const PLATFORM: Platform = Platform::Matrix;

/// A Matrix user, as commands and the community database know them.
pub(super) fn caller_id(user: &str) -> String {
    format!("{PLATFORM}:{user}")
}

/// The Matrix user that goes by an id of ours.
pub(super) fn user(caller_id: &str) -> Option<OwnedUserId> {
    UserId::parse(caller_id.strip_prefix(PLATFORM.as_str())?.strip_prefix(':')?).ok()
}

/// The place under which a room's settings are stored.
pub(super) fn place(room: &RoomId) -> Place {
    Place::new(PLATFORM, PlaceKind::Room, room.as_str())
}

/// The transaction id of what is sent because of an event: the same after a restart, so that the homeserver takes a
/// repetition for the same.
pub(super) fn transaction(event: &str, what: &str) -> OwnedTransactionId {
    let hash = Sha256::digest(format!("{event} {what}"));
    let text: String = hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    text.into()
}

/// The key under which the file of an answer is recorded.
pub(super) fn file_of(question: &str) -> String {
    format!("{question} file")
}

/// The seed of a command's random numbers: the same for the same event.
pub(super) fn seed(event: &str) -> u64 {
    let hash = Sha256::digest(event);
    hash.iter().take(8).fold(0, |seed, byte| seed << 8 | u64::from(*byte))
}
