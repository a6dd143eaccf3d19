//! The bytes that an event can hold, and what its parts may take of them.

use super::text::{cost, plain};

/// The most bytes of an event, with everything that servers add to it
/// (<https://spec.matrix.org/latest/client-server-api/#size-limits>).
const EVENT: usize = 65_536;

/// What is encrypted beside the texts: type, room, relations, mentions, names of keys.
const INSIDE: usize = 2 * 1024;

/// What is around the encrypted text: its session, and the identifiers, hashes and signatures of the event.
const OUTSIDE: usize = 6 * 1024;

/// The most bytes of body and HTML together, as they stand in JSON.
///
/// An edit holds its text twice (once for clients that know no edits), and encrypted text is Base64, four
/// bytes for three.
pub const LIMIT: usize = 20 * 1024;

const _: () = assert!((2 * LIMIT + INSIDE) * 4 / 3 + OUTSIDE <= EVENT);

// The limits below are in bytes of body and HTML together, as they are written in JSON.

/// A line of text; a longer one is parted. More than twice what a pack's longest text of Latin letters
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

/// The same in bytes: a character has at most four in each text, and a quotation mark two and six.
const COMMAND_BYTES: usize = 8 * COMMAND + 2 * AROUND;

/// What is left beside the title and the words about where it goes on: for the lines of a part, and for what
/// turns the pages of the answer.
pub const ROOM: usize = LIMIT - TITLE - AROUND - 2 * AROUND;

/// What it costs to say what an answer was opened from.
pub const RETURNING: usize = 2 * AROUND;

// The longest line fits into a part that has nothing else than what turns pages.
const _: () =
    assert!(LINE + COMMAND_BYTES + AROUND + 2 * (LABEL + COMMAND_BYTES + AROUND) + RETURNING <= ROOM);

/// The most bytes of an attached answer. Homeservers usually take fifty times as much.
pub const FILE_BYTES: usize = 1024 * 1024;

/// What it costs to tell a command line, with what commands begin with and the tags around it.
pub fn command_cost(line: &str) -> usize {
    cost(&plain(line)).min(8 * COMMAND) + 2 * AROUND
}
