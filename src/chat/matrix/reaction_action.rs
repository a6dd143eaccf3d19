//! What can be chosen by a reaction.

use serde::{Deserialize, Deserializer, Serialize};

use crate::answer::ChoiceKind;

/// The reactions that choices stand under, in their order.
pub const KEYS: [&str; 10] = ["1️⃣", "2️⃣", "3️⃣", "4️⃣", "5️⃣", "6️⃣", "7️⃣", "8️⃣", "9️⃣", "🔟"];

/// The reaction that turns back.
pub const BACK: &str = "◀️";

/// The reaction that turns on.
pub const ON: &str = "▶️";

/// The reaction that brings back what an answer was opened from.
pub const RETURN: &str = "↩️";

/// The reaction that confirms.
pub const YES: &str = "✅";

/// A reaction of ours.
pub type Key = &'static str;

/// What a reaction stands for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReactionAction {
    /// The reaction.
    #[serde(deserialize_with = "known_key")]
    pub key: Key,
    /// The command line.
    pub line: String,
    /// Which part of its answer.
    pub part: usize,
    /// What choosing it does.
    #[serde(default)]
    pub kind: ChoiceKind,
}

/// A reaction that was written down, as one of ours.
fn known_key<'de, D: Deserializer<'de>>(from: D) -> Result<Key, D::Error> {
    let written = String::deserialize(from)?;
    let ours = KEYS.iter().chain(&[BACK, ON, RETURN, YES]);
    ours.copied().find(|key| *key == written).ok_or_else(|| serde::de::Error::custom("no reaction of ours"))
}

/// What an answer was opened from, and can be turned back to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// The command line that gives it again.
    pub line: String,
    /// Which part of it.
    pub part: usize,
    /// Whether it was chosen there among several things.
    pub is_list: bool,
    /// The event by which chance fell for it.
    pub seed: String,
}

/// Whether somebody's reaction is one of ours. Some clients leave out the sign that asks for a colourful
/// picture (U+FE0F).
pub fn is_key(theirs: &str, ours: &str) -> bool {
    let bare = |key: &str| key.replace('\u{fe0f}', "");
    bare(theirs) == bare(ours)
}
