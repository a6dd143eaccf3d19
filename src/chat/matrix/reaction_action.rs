//! The reactions that choose something, and what each stands for.

use serde::{Deserialize, Deserializer, Serialize};

use crate::answer::ChoiceKind;

/// The reactions for choices, in their order.
pub const KEYS: [&str; 10] = ["1️⃣", "2️⃣", "3️⃣", "4️⃣", "5️⃣", "6️⃣", "7️⃣", "8️⃣", "9️⃣", "🔟"];

/// The reaction for the previous page.
pub const BACK: &str = "◀️";

/// The reaction for the next page.
pub const ON: &str = "▶️";

/// The reaction for returning to what an answer was opened from.
pub const RETURN: &str = "↩️";

/// The reaction that confirms.
pub const YES: &str = "✅";

/// One of our reactions.
pub type Key = &'static str;

/// An action that a reaction stands for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReactionAction {
    /// The reaction.
    #[serde(deserialize_with = "known_key")]
    pub key: Key,
    /// The command line.
    pub line: String,
    /// The part of its answer, from 0.
    pub part: usize,
    /// What choosing it does.
    #[serde(default)]
    pub kind: ChoiceKind,
}

/// A stored reaction, as one of ours.
fn known_key<'de, D: Deserializer<'de>>(from: D) -> Result<Key, D::Error> {
    let written = String::deserialize(from)?;
    let ours = KEYS.iter().chain(&[BACK, ON, RETURN, YES]);
    ours.copied().find(|key| *key == written).ok_or_else(|| serde::de::Error::custom("no reaction of ours"))
}

/// A view that an answer was opened from, and can return to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// The command line that gives it again.
    pub line: String,
    /// The part of it, from 0.
    pub part: usize,
    /// Whether it was a list from which something was chosen.
    pub is_list: bool,
    /// The event that the seed of its random numbers was made from.
    pub seed: String,
}

/// Whether somebody's reaction is this one of ours. Some clients leave out the emoji variation selector (U+FE0F).
pub fn is_key(theirs: &str, ours: &str) -> bool {
    let bare = |key: &str| key.replace('\u{fe0f}', "");
    bare(theirs) == bare(ours)
}
