//! How much a pack may hold.

/// The most items in one pack.
pub const MAX_ITEMS: usize = 20_000;
/// The longest id, in characters.
pub const MAX_ID: usize = 60;
/// The longest name, alias or title, in characters.
pub const MAX_NAME: usize = 120;
/// The longest summary, claim or other sentence, and the longest quote, in characters.
pub const MAX_PROSE: usize = 1_200;
/// The most names, texts or references of one item.
pub const MAX_LIST: usize = 200;
/// The most words in `exact`: it marks a place, it does not copy one.
pub const MAX_EXACT_WORDS: usize = 20;
/// The longest short name of an article, in characters: it appears in every line of a list.
pub const MAX_SHORT: usize = 30;
/// The longest word for the same thing in several packs, in characters.
pub const MAX_SAME_AS: usize = 60;
