//! Misspelt words, and what they are taken for.

use std::collections::HashMap;

use super::super::maps::Uses;
use super::super::revision::Library;
use super::super::words::{is_number, is_run, most_typos};

/// The most readings of a word that are equally near and still worth a look.
const MAX_READINGS: usize = 5;

/// A word that a misspelt one may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spelt {
    pub word: String,
    /// In how many names (and texts) it is.
    uses: i64,
    /// Whether it is only ever a name, as far as its capital tells.
    pub proper: bool,
    /// How many typos there would be.
    pub typos: usize,
}

impl Library {
    /// What each of the unknown words may be: the nearest that names (or texts) have, the commonest first. A number is
    /// never read as another word, nor another word as a number.
    pub(super) fn spell(&self, unknown: &[&str], in_names: bool) -> HashMap<String, Vec<Spelt>> {
        let spelt = |typed: &&str| {
            // Two typos are looked for only where nothing has one.
            let readings = (1..=most_typos(typed)).map(|typos| self.readings(typed, typos, in_names));
            readings
                .into_iter()
                .find(|readings| !readings.is_empty())
                .map(|readings| (typed.to_string(), readings))
        };
        unknown.iter().filter_map(spelt).collect()
    }

    /// The words with the fewest typos of at most so many.
    fn readings(&self, typed: &str, typos: usize, in_names: bool) -> Vec<Spelt> {
        let count = |uses: Uses| if in_names { uses.names } else { uses.names + uses.texts };
        let is_right = |word: &str| !is_number(word) && !is_run(word) && !self.is_stop(word);
        let mut near: Vec<Spelt> = Vec::new();
        for (word, uses, typos) in self.maps.words().iter().flat_map(|words| words.near(typed, typos)) {
            if count(uses) > 0 && is_right(&word) && !near.iter().any(|spelt| spelt.word == word) {
                near.push(Spelt { word, uses: count(uses), proper: uses.is_proper, typos });
            }
        }
        let nearest = near.iter().map(|spelt| spelt.typos).min();
        near.retain(|spelt| Some(spelt.typos) == nearest);
        near.sort_by(|a, b| b.uses.cmp(&a.uses).then_with(|| a.word.cmp(&b.word)));
        near.truncate(MAX_READINGS);
        near
    }
}
