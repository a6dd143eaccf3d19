//! The bytes that an event can hold, and how they are distributed.

use super::text::{cost, plain};

/// The largest size of an event in bytes, with everything that servers add to it
/// (<https://spec.matrix.org/latest/client-server-api/#size-limits>).
const EVENT: usize = 65_536;

/// The encrypted bytes besides the texts: type, room, relations, mentions, names of keys.
const INSIDE: usize = 2 * 1024;

/// The bytes around the encrypted text: its session, and the identifiers, hashes and signatures of the event.
const OUTSIDE: usize = 6 * 1024;

/// The largest size of body and HTML together in bytes, as they are written in JSON.
///
/// An edit holds its text twice (once for clients that know no edits), and encrypted text is Base64, four
/// bytes for three.
pub const LIMIT: usize = 20 * 1024;

const _: () = assert!((2 * LIMIT + INSIDE) * 4 / 3 + OUTSIDE <= EVENT);

// The limits below are in bytes of body and HTML together, as they are written in JSON.

/// A line of text; a longer one is split. More than twice what a pack's longest text of Latin letters
/// needs.
pub const LINE: usize = 6 * 1024;

/// The tags and marks around one line.
pub const AROUND: usize = 64;

/// The tags of one style.
pub const TAGS: usize = 17;

/// The longest command line that is shown at all, in characters.
pub const COMMAND: usize = 400;

/// The title.
pub const TITLE: usize = 1024;

/// A label of a choice that turns pages.
pub const LABEL: usize = 256;

/// The longest command line in bytes: a character has at most four in each text, and a quotation mark two and six.
const COMMAND_BYTES: usize = 8 * COMMAND + 2 * AROUND;

/// The room for the lines of a part and for the choices that turn the pages of the answer: without the title and the
/// words about where it continues.
pub const ROOM: usize = LIMIT - TITLE - AROUND - 2 * AROUND;

/// The line that leads back to what an answer was opened from.
pub const RETURNING: usize = 2 * AROUND;

// The longest line fits into a part that has nothing else than what turns pages.
const _: () =
    assert!(LINE + COMMAND_BYTES + AROUND + 2 * (LABEL + COMMAND_BYTES + AROUND) + RETURNING <= ROOM);

/// The largest size of an attached answer in bytes. Homeservers usually take fifty times as much.
pub const FILE_BYTES: usize = 1024 * 1024;

/// The cost of a command line, with the prefix and the tags around it.
pub fn command_cost(line: &str) -> usize {
    cost(&plain(line)).min(8 * COMMAND) + 2 * AROUND
}
