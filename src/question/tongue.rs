//! What a language has for questions.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::article::fold::fold;

use super::form::Want;

/// The words of a language with which questions are put.
pub(super) struct Tongue {
    /// Forms of questions (see [`pattern`](super::pattern)) and what they want; the first that fits counts.
    pub forms: &'static [(&'static str, Want)],
    /// Words that say nothing of what is asked, beside those of every text.
    pub fillers: &'static str,
    /// Phrases of several words that say nothing of what is asked, though a word of theirs does.
    pub phrases: &'static [&'static str],
    /// Words that mean the article.
    pub article: &'static str,
    /// Words after which comes what the question is about: "about", "did".
    pub leads: &'static str,
    /// Those of them after which all nouns are what it is about: "about".
    pub abouts: &'static str,
    /// Words that do so where no telling word is before them: "what do they think of".
    pub links: &'static str,
    /// Words that join two of a kind: what comes after them is what comes before.
    pub joins: &'static str,
    /// Forms of "to be" and "to have": what comes after them is what the question is about unless it is a verb whose
    /// subject is asked for ("who was offered").
    pub copulas: &'static str,
    /// Words with which a reason is given.
    pub reasons: &'static str,
    /// Words with which something is proposed.
    pub proposals: &'static str,
    /// Verbs that say little without another.
    pub light: &'static str,
    /// Adjectives that are in all kinds of texts: "big", "old".
    pub adjectives: &'static str,
    /// Endings of adjectives that come before a noun.
    pub adjective_endings: &'static [&'static str],
    /// Endings of adverbs.
    pub adverb_endings: &'static [&'static str],
    /// Words between these and what comes: "the", "his".
    pub determiners: &'static str,
    /// Words before a date, which belong to it.
    pub before_dates: &'static str,
    /// Words that ask for a date.
    pub date_words: &'static str,
    /// Endings of verbs.
    pub verb_endings: &'static [&'static str],
    /// Words of every text, folded.
    pub stops: LazyLock<HashSet<String>>,
}

impl Tongue {
    /// Whether the word is one of every text, or one of questions.
    pub fn is_common(&self, word: &str) -> bool {
        self.stops.contains(word)
            || has(self.fillers, word)
            || has(self.article, word)
            || has(self.date_words, word)
    }
}

/// Whether a list of words has one.
pub(super) fn has(list: &str, word: &str) -> bool {
    list.split_whitespace().any(|listed| listed == word)
}

/// The words of every text in a language, folded.
pub(super) fn stops(code: &str) -> HashSet<String> {
    stop_words::lookup(code).unwrap_or_default().iter().map(|stop| fold(stop)).collect()
}
