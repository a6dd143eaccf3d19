//! Clues: what an answer to a question must have to do with, and how much each counts.

use std::collections::HashSet;

use crate::article::date::Days;

/// How much more a name counts than a word that is as rare.
const NAME: f64 = 1.5;
/// How much a name counts at least.
const ANY_NAME: f64 = 2.5;
/// How much the author counts, who speaks in all of the article.
const AUTHOR: f64 = 0.3;
/// How much a word counts that no text has, and about which the question is not.
const UNKNOWN: f64 = 0.2;
/// How much a word counts that says little without another.
const LIGHT: f64 = 0.4;
/// How much a word counts that may be a verb: verbs are put in other words more often than nouns.
const VERB: f64 = 0.75;

/// A name, a word or a date of a question.
#[derive(Debug)]
pub(super) struct Clue {
    pub kind: ClueKind,
    /// Where it is in the question.
    pub start: usize,
    /// How many words of the question it is.
    pub length: usize,
    /// The FTS5 query for it; empty where texts say nothing of it.
    pub query: String,
    /// The FTS5 query for words that mean much the same.
    pub alike_query: String,
    /// How much it counts.
    pub weight: f64,
    pub is_subject: bool,
    pub is_needed: bool,
    pub is_verb: bool,
    /// It says little without another word.
    pub is_light: bool,
}

#[derive(Debug)]
pub(super) enum ClueKind {
    /// What goes by a name.
    Name {
        /// Rows.
        items: Vec<i64>,
        /// All its names, folded.
        names: Vec<String>,
        /// It means the author, who speaks in all of the article.
        speaks: bool,
        /// Somebody or something that acts goes by it: a person, a country.
        is_actor: bool,
    },
    /// A word.
    Word {
        /// Folded, with its forms.
        forms: HashSet<String>,
        /// Its stems, and those of its forms.
        stems: HashSet<String>,
        /// Stems of words that mean much the same.
        alike: HashSet<String>,
        /// Rows of the topics of that name.
        topics: Vec<i64>,
    },
    /// Days, and how they were named, folded.
    Date(Days, String),
}

impl Clue {
    /// A clue that texts are not searched for.
    pub fn new(kind: ClueKind, start: usize, length: usize) -> Clue {
        Clue {
            kind,
            start,
            length,
            query: String::new(),
            alike_query: String::new(),
            weight: 0.0,
            is_subject: false,
            is_needed: false,
            is_verb: false,
            is_light: false,
        }
    }

    /// Whether a word of the question belongs to it.
    pub fn has(&self, at: usize) -> bool {
        (self.start..self.start + self.length).contains(&at)
    }

    /// The rows of what it names.
    pub fn named(&self) -> &[i64] {
        match &self.kind {
            ClueKind::Name { items, .. } => items,
            ClueKind::Word { topics, .. } => topics,
            ClueKind::Date(..) => &[],
        }
    }

    /// Says how much it counts where `found` of `items` items have it: as much as it is rare (inverse document
    /// frequency).
    pub fn weigh(&mut self, items: usize, found: usize) {
        let rarity = (1.0 + items as f64 / (found.max(1)) as f64).ln();
        self.weight = match &self.kind {
            ClueKind::Name { speaks: true, .. } => AUTHOR,
            ClueKind::Name { .. } => ANY_NAME + NAME * rarity,
            ClueKind::Date(..) => NAME * rarity.max(2.0),
            ClueKind::Word { .. } if found == 0 && !self.is_needed => UNKNOWN * (1.0 + items as f64).ln(),
            ClueKind::Word { .. } if self.is_light => LIGHT * rarity,
            ClueKind::Word { .. } if self.is_verb => VERB * rarity,
            ClueKind::Word { .. } => rarity,
        };
    }
}
