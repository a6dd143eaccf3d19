//! The words of a question, and what the library knows of each.

use std::collections::HashSet;

use crate::article::fold::fold;

use super::super::error::LibraryError;
use super::super::revision::Library;
use super::super::words::{Kinship, Language, asked_tokens, is_run, is_single, pieces};

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
    pub(super) async fn terms(&self, words: &[String]) -> Result<Vec<Term>, LibraryError> {
        let mut wanted: Vec<(usize, String, usize)> = Vec::new();
        let mut asked: Vec<(usize, usize, String)> = Vec::new();
        for (term, word) in words.iter().enumerate() {
            for (token, text) in asked_tokens(word).into_iter().enumerate() {
                for (language, spoken) in self.languages().iter().enumerate() {
                    wanted.push((language, spoken.stem(&text), asked.len()));
                    asked.push((term, token, text.clone()));
                }
            }
        }
        let wanted =
            serde_json::to_string(&wanted).map_err(|error| LibraryError::Content(error.to_string()))?;
        let rows = sqlx::query!(
            r#"SELECT wanted.value ->> 2 AS "at!: i64", word.language, word.word, word.names, word.texts
               FROM json_each(?1) AS wanted
               CROSS JOIN word ON word.language = wanted.value ->> 0 AND word.stem = wanted.value ->> 1"#,
            wanted
        )
        .fetch_all(&mut *self.readers.get().await)
        .await?;
        let mut terms: Vec<Term> = words
            .iter()
            .map(|word| Term { word: word.clone(), tokens: asked_tokens(word).len(), known: Vec::new() })
            .collect();
        for row in rows {
            let (Ok(at), Ok(language)) = (usize::try_from(row.at), usize::try_from(row.language)) else {
                continue;
            };
            let (Some((term, token, typed)), Some(spoken)) = (asked.get(at), self.languages().get(language))
            else {
                continue;
            };
            let kinship = Language::kinship(spoken, typed, &row.word);
            let (names, texts) = (row.names, row.texts);
            terms[*term].known.push(Known { language, word: row.word, names, texts, kinship, token: *token });
        }
        Ok(terms)
    }
}
