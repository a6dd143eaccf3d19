//! The words of a question, and what the library knows of each.

use std::collections::HashSet;

use crate::article::fold::fold;

use super::super::revision::Library;
use super::super::words::{Kinship, Language, asked_tokens, is_run, is_single, pieces};

/// A word, or the beginning of words, that more names have than this chooses nothing.
pub(super) const MAX_USES: i64 = 5_000;
/// The most words of a language that are looked at for how many names begin so.
const MAX_BEGUN: usize = 3_000;

/// A word that the library has.
#[derive(Debug)]
struct Known {
    language: usize,
    word: String,
    names: i64,
    texts: i64,
    kinship: Kinship,
    /// Which of the term's tokens it is: only writing without spaces has several.
    token: usize,
}

/// A word of a question, and what the library knows of it.
#[derive(Debug)]
pub(super) struct Term {
    /// Folded.
    pub word: String,
    tokens: usize,
    known: Vec<Known>,
}

impl Term {
    /// Whether the library has the word in any form, or another word of the same stem. Such a word is not misspelt.
    pub fn is_known(&self) -> bool {
        is_single(&self.word) || self.has_all(|_| true)
    }

    fn has_all(&self, counts: impl Fn(&&Known) -> bool) -> bool {
        (0..self.tokens).all(|token| self.known.iter().filter(&counts).any(|known| known.token == token))
    }

    /// In how many names it is, in any form.
    pub fn names(&self) -> i64 {
        let of = |token| self.forms_of_token(token).map(|known| known.names).sum();
        if is_single(&self.word) { 1 } else { (0..self.tokens).map(of).min().unwrap_or(0) }
    }

    /// In how many texts it is, in any form.
    pub fn texts(&self) -> i64 {
        let of = |token| self.forms_of_token(token).map(|known| known.texts).sum();
        if is_single(&self.word) { 1 } else { (0..self.tokens).map(of).min().unwrap_or(0) }
    }

    fn forms_of_token(&self, token: usize) -> impl Iterator<Item = &Known> {
        self.known
            .iter()
            .filter(move |it| it.token == token && matches!(it.kinship, Kinship::Same | Kinship::Form))
    }

    /// Its forms in the texts of a language.
    pub fn forms(&self, language: usize) -> Vec<&str> {
        self.akin(language, |kinship| matches!(kinship, Kinship::Same | Kinship::Form))
    }

    /// What may be its forms in the texts of a language.
    pub fn likely(&self, language: usize) -> Vec<&str> {
        self.akin(language, |kinship| kinship == Kinship::Likely)
    }

    /// Words of the texts with the same stem that are other words, the commonest first.
    pub fn others(&self) -> Vec<&str> {
        let mut others: Vec<&Known> =
            self.known.iter().filter(|it| it.kinship == Kinship::Other && it.texts > 0).collect();
        others.sort_by_key(|known| std::cmp::Reverse(known.texts));
        others.into_iter().map(|known| known.word.as_str()).collect()
    }

    fn akin(&self, language: usize, wanted: impl Fn(Kinship) -> bool) -> Vec<&str> {
        if is_run(&self.word) {
            let all = is_single(&self.word) || self.has_all(|it| it.language == language && it.texts > 0);
            return if all && wanted(Kinship::Same) { vec![&self.word] } else { vec![] };
        }
        let akin =
            self.known.iter().filter(|it| it.language == language && it.texts > 0 && wanted(it.kinship));
        akin.map(|known| known.word.as_str()).collect()
    }

    /// The parts of what was typed without spaces that texts have, with their language and number of texts.
    pub fn parts(&self) -> Vec<(String, usize, i64)> {
        if !is_run(&self.word) {
            return vec![];
        }
        self.known
            .iter()
            .filter(|it| it.texts > 0)
            .map(|it| (it.word.clone(), it.language, it.texts))
            .collect()
    }

    /// Its forms in names, of whatever language.
    pub fn forms_in_names(&self) -> Vec<&str> {
        if is_run(&self.word) {
            return vec![&self.word];
        }
        let mut forms: Vec<&str> =
            self.forms_of_token(0).filter(|it| it.names > 0).map(|it| it.word.as_str()).collect();
        forms.sort_unstable();
        forms.dedup();
        forms
    }
}

/// The different words of a typed text, folded; at most `most`.
pub(super) fn typed_words(typed: &str, most: usize) -> Vec<String> {
    let folded = fold(typed);
    let mut seen = HashSet::new();
    pieces(&folded).filter(|word| seen.insert(*word)).take(most).map(Into::into).collect()
}

impl Library {
    /// How many of the words tell something, in the language in which the fewest do.
    pub(super) fn telling_count(&self, words: &[String]) -> usize {
        let count = |language: &Language| words.iter().filter(|word| !language.is_stop(word)).count();
        self.languages().iter().map(count).min().unwrap_or(words.len())
    }

    /// Whether every text has the word, whatever language it is in.
    pub(super) fn is_stop(&self, word: &str) -> bool {
        self.languages().iter().all(|language| language.is_stop(word))
    }

    /// The words that tell one question from another: without "who", "the" and the like, unless there are no others.
    pub(super) fn telling(&self, mut words: Vec<String>) -> Vec<String> {
        if words.iter().any(|word| !self.is_stop(word)) {
            words.retain(|word| !self.is_stop(word));
        }
        words
    }

    /// What the library knows of each of the words.
    pub(super) fn terms(&self, words: &[String]) -> Vec<Term> {
        words.iter().map(|word| self.term(word)).collect()
    }

    fn term(&self, word: &str) -> Term {
        let tokens = asked_tokens(word);
        let mut known = Vec::new();
        for (token, typed) in tokens.iter().enumerate() {
            for (language, (spoken, words)) in self.languages().iter().zip(self.maps.words()).enumerate() {
                known.extend(words.of_stem(&spoken.stem(typed)).into_iter().map(|(word, uses)| {
                    let kinship = spoken.kinship(typed, &word);
                    Known { language, word, names: uses.names, texts: uses.texts, kinship, token }
                }));
            }
        }
        Term { word: word.to_string(), tokens: tokens.len(), known }
    }

    /// Whether the words are the beginnings of so few words of names that these are worth looking at:
    /// FTS5 gathers all that begins so before it gives the first.
    pub(super) fn begins_few(&self, words: &[String]) -> bool {
        words.iter().all(|word| {
            let names: i64 =
                self.maps.words().iter().map(|words| words.names_beginning(word, MAX_BEGUN)).sum();
            // Of writing without spaces the index of words has parts only.
            (names > 0 || is_run(word)) && names <= MAX_USES
        })
    }
}
