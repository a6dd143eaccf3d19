//! Finding what answers a question.

use std::collections::{HashMap, HashSet};

use crate::article::Kind;
use crate::question::{Question, WordRole, irregular_forms, synonyms};

use super::super::super::error::LibraryError;
use super::super::super::items::Record;
use super::super::super::revision::Library;
use super::super::super::words::{Language, pieces};
use super::super::terms::Term;
use super::super::texts::Reading;
use super::evidence::Evidence;
use super::judge::{Confidence, judge};
use super::measure::{Measure, Scale};
use super::mentions::Mention;
use super::weigh::{Clue, ClueKind};

/// Below this share of the best score, an item has little to do with the question.
const WEAK: f64 = 0.5;
/// The most items that answer a question, or are near to it.
const MAX_RANKED: usize = 20;

/// Unknown words of fewer letters are not read as misspelt.
const SHORTEST_MISSPELT: usize = 5;

/// Whether the language is known to have a word.
fn is_known_word(question: &Question, word: &str) -> bool {
    question.is_english && (!synonyms(word).is_empty() || !irregular_forms(word).is_empty())
}

/// An item, and how well it answers.
#[derive(Debug, Clone)]
pub struct Ranked {
    /// The item.
    pub record: Record,
    /// How well it answers; only to compare.
    pub score: f64,
}

/// What a question found.
#[derive(Debug, Clone)]
pub struct Asked {
    /// How sure the answer is.
    pub confidence: Confidence,
    /// The items, the best first.
    pub ranked: Vec<Ranked>,
    /// The rows and kinds of whom and what the question names, in its order.
    pub named: Vec<(i64, Kind)>,
    /// Whether it is about nothing but what it names.
    pub is_name_alone: bool,
    /// Whether it names nothing and has no word to look for.
    pub is_bare: bool,
    /// The words that it is about and that no text has, folded.
    pub missing: Vec<String>,
    /// The words that were read as names.
    pub read: Vec<Reading>,
}

impl Library {
    /// Finds what answers a question, in one article or in all.
    ///
    /// Its names, words and dates are clues. A clue counts as much as it is rare, and a name more; an item has as much of
    /// a clue as the part of it in which the clue is found says what the item is about. The form of the question says
    /// which kinds of items answer it best.
    pub async fn ask(&self, question: &Question, article: Option<i64>) -> Result<Asked, LibraryError> {
        let (mentions, mut read) = self.mentions(question, article).await?;
        let question = &self.spelt(question, &mentions, &mut read);
        let mut clues = self.clues(question, &mentions).await?;
        let evidence = self.evidence(&mut clues, article).await?;
        let missing: Vec<String> = clues
            .iter()
            .zip(evidence.hits.iter().zip(&evidence.alike))
            .filter(|(clue, (hits, alike))| {
                let is_word = matches!(clue.kind, ClueKind::Word { .. });
                is_word && clue.is_subject && hits.is_empty() && alike.is_empty()
            })
            .map(|(clue, _)| question.words[clue.start].folded.clone())
            .collect();
        let ranked = self.ranked(question, &clues, &evidence);
        let confidence = match &ranked[..] {
            [] => Confidence::Nothing,
            _ if !missing.is_empty() => Confidence::Nothing,
            [(_, best), ..] => judge(&clues, &evidence, best),
        };
        let ranked = ranked.into_iter().map(|(ranked, _)| ranked).collect();
        let named = mentions.iter().flat_map(|mention| mention.items.clone()).collect();
        let is_name_alone = clues.len() == 1 && matches!(clues[0].kind, ClueKind::Name { .. });
        Ok(Asked { confidence, ranked, named, is_name_alone, is_bare: clues.is_empty(), missing, read })
    }

    /// The question with words put right that are no words: that no text has, nor the thesaurus.
    fn spelt(&self, question: &Question, mentions: &[Mention], read: &mut Vec<Reading>) -> Question {
        let mut spelt = question.clone();
        for (at, word) in spelt.words.iter_mut().enumerate() {
            let is_free = word.role == WordRole::Content && !mentions.iter().any(|mention| mention.has(at));
            let shortest = if question.is_english { SHORTEST_MISSPELT } else { SHORTEST_MISSPELT + 1 };
            if !is_free || word.folded.chars().count() < shortest || is_known_word(question, &word.folded) {
                continue;
            }
            if self.terms(std::slice::from_ref(&word.folded)).iter().any(Term::is_known) {
                continue;
            }
            let spellings = self.spell(&[&word.folded], false);
            let Some(nearest) = spellings.get(&word.folded).and_then(|all| all.first()) else { continue };
            // Without a thesaurus any word that no text has may be one.
            if nearest.typos > 1 && !question.is_english {
                continue;
            }
            read.push(Reading { typed: word.folded.clone(), read: nearest.word.clone() });
            word.folded.clone_from(&nearest.word);
        }
        spelt
    }

    /// The items that answer best, each measured against the clues.
    fn ranked(&self, question: &Question, clues: &[Clue], evidence: &Evidence) -> Vec<(Ranked, Measure)> {
        let rows: HashMap<(i64, String), i64> = evidence
            .records
            .iter()
            .map(|record| ((record.article, record.item.id().to_string()), record.id))
            .collect();
        let stems = self.stems(question, clues);
        let scale =
            Scale { clues, want: question.want, evidence, rows: &rows, stems: &stems, cues: &question.cues };
        let unknown = Language::new("");
        let mut ranked: Vec<(Ranked, Measure)> = evidence
            .records
            .iter()
            .map(|record| {
                let language =
                    evidence.languages.get(&record.article).and_then(|at| self.languages().get(*at));
                let language = language.unwrap_or(&unknown);
                let measure = scale.measure(record, language);
                (Ranked { record: record.clone(), score: measure.score }, measure)
            })
            .collect();
        ranked.sort_by(|(a, _), (b, _)| b.score.total_cmp(&a.score).then(a.record.id.cmp(&b.record.id)));
        let best = ranked.first().map_or(0.0, |(best, _)| best.score);
        ranked.retain(|(it, _)| it.score > 0.0 && it.score >= WEAK * best);
        ranked.truncate(MAX_RANKED);
        ranked
    }

    /// The stems of a question's telling words, and of all names of what it names.
    fn stems(&self, question: &Question, clues: &[Clue]) -> HashSet<String> {
        let mut stems = HashSet::new();
        for language in self.languages() {
            let own = question.words.iter().filter(|word| {
                !matches!(word.role, WordRole::Function | WordRole::Article)
                    && !language.is_stop(&word.folded)
            });
            stems.extend(own.map(|word| language.stem(&word.folded)));
            for clue in clues {
                let names: Vec<&str> = match &clue.kind {
                    ClueKind::Name { names, .. } => names.iter().map(String::as_str).collect(),
                    ClueKind::Word { forms, .. } => forms.iter().map(String::as_str).collect(),
                    ClueKind::Date(..) => vec![],
                };
                let words = names.into_iter().flat_map(pieces).filter(|word| !language.is_stop(word));
                stems.extend(words.map(|word| language.stem(word)));
            }
        }
        stems
    }
}
