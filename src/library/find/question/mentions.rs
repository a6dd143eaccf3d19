//! Names in a question.

use std::collections::{HashMap, HashSet};

use crate::article::Kind;
use crate::article::names::is_general;
use crate::question::{Question, WordRole};

use super::super::super::bind::{numbers, strings};
use super::super::super::error::LibraryError;
use super::super::super::revision::Library;
use super::super::found::{Found, MatchKind};
use super::super::texts::Reading;

/// The most words of a name.
const MAX_NAME_WORDS: usize = 8;
/// The most things that are looked at for the names of one question.
const MAX_MENTIONED: i64 = 200;
/// The most words that are looked for as parts of names.
const MAX_PARTS: usize = 4;
/// Unknown words of fewer letters are not read as misspelt names.
const SHORTEST_MISSPELT: usize = 5;

/// A name in a question.
#[derive(Debug, Clone)]
pub(super) struct Mention {
    /// Its first word, counted from 0.
    pub start: usize,
    /// How many words it has.
    pub length: usize,
    /// The rows and kinds of what goes by it.
    pub items: Vec<(i64, Kind)>,
}

impl Mention {
    /// Whether a word of the question belongs to it.
    pub fn has(&self, at: usize) -> bool {
        (self.start..self.start + self.length).contains(&at)
    }
}

impl Library {
    /// The names in a question, the longest first where they overlap, and the words that were read as names.
    pub(super) async fn mentions(
        &self,
        question: &Question,
        article: Option<i64>,
    ) -> Result<(Vec<Mention>, Vec<Reading>), LibraryError> {
        let mut spans: Vec<(usize, usize)> = Vec::new();
        for start in 0..question.words.len() {
            for length in 1..=MAX_NAME_WORDS.min(question.words.len() - start) {
                if may_be_name(question, start, length) {
                    spans.push((start, length));
                }
            }
        }
        let key = |(start, length): (usize, usize)| -> String {
            question.words[start..start + length].iter().map(|word| word.folded.as_str()).collect()
        };
        // "Mexicos president": people leave out the apostrophe too.
        let without_s = |key: &str| key.strip_suffix('s').filter(|it| it.len() > 3).map(String::from);
        let keys: Vec<String> = spans.iter().map(|span| key(*span)).collect();
        let bare = keys.iter().filter_map(|key| without_s(key));
        let all: Vec<String> = keys.iter().cloned().chain(bare).collect();
        let known = self.going_by(&all, article).await?;
        spans.sort_by_key(|(start, length)| (std::cmp::Reverse(*length), *start));
        let mut mentions: Vec<Mention> = Vec::new();
        for (start, length) in spans {
            let key = key((start, length));
            let items = known.get(&key).or_else(|| known.get(&without_s(&key)?));
            let Some(items) = items else { continue };
            if (start..start + length).any(|at| mentions.iter().any(|mention| mention.has(at))) {
                continue;
            }
            mentions.push(Mention { start, length, items: items.clone() });
        }
        let mut read = Vec::new();
        self.add_parts(question, article, &mut mentions, &mut read).await?;
        mentions.sort_by_key(|mention| mention.start);
        Ok((mentions, read))
    }

    /// What goes by each of these keys.
    async fn going_by(
        &self,
        keys: &[String],
        article: Option<i64>,
    ) -> Result<HashMap<String, Vec<(i64, Kind)>>, LibraryError> {
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect::<HashSet<_>>().into_iter().collect();
        let keys = strings(&keys);
        // An article's own name in a question says where to look, and not for what.
        let kinds = Kind::ALL.iter().filter(|kind| **kind != Kind::Article).map(|kind| *kind as i64);
        let kinds: Vec<i64> = kinds.collect();
        let kinds = numbers(&kinds);
        let rows = sqlx::query!(
            r#"SELECT n.key AS "key!", n.kind AS "kind!", n.item AS "item!" FROM json_each(?1) AS asked
               CROSS JOIN json_each(?2) AS wanted
               CROSS JOIN naming AS n ON n.kind = wanted.value AND n.key = asked.value
               WHERE n.is_id = 0 AND (?3 IS NULL OR n.article = ?3) LIMIT ?4"#,
            keys,
            kinds,
            article,
            MAX_MENTIONED
        )
        .fetch_all(&mut *self.readers.get().await)
        .await?;
        let mut known: HashMap<String, Vec<(i64, Kind)>> = HashMap::new();
        for row in rows {
            if let Some(kind) = Kind::from_number(row.kind) {
                known.entry(row.key).or_default().push((row.item, kind));
            }
        }
        Ok(known)
    }

    /// Words that are a part of one name alone ("Darwin"), that are near to one ("Darwn"), or that mean the author.
    async fn add_parts(
        &self,
        question: &Question,
        article: Option<i64>,
        mentions: &mut Vec<Mention>,
        read: &mut Vec<Reading>,
    ) -> Result<(), LibraryError> {
        let is_free = |at: usize, mentions: &[Mention]| !mentions.iter().any(|mention| mention.has(at));
        let words: Vec<String> = question.content().map(|word| word.folded.clone()).collect();
        let terms = self.terms(&words);
        let mut looked = 0;
        for (at, word) in question.words.iter().enumerate() {
            if !is_free(at, mentions) || looked == MAX_PARTS {
                continue;
            }
            if word.role == WordRole::Article && is_general(&word.folded) {
                let Found::Sure { same, .. } =
                    self.find_whole_name(&word.folded, &[Kind::Actor], article).await?
                else {
                    continue;
                };
                let items = same.iter().map(|named| (named.item, named.kind)).collect();
                mentions.push(Mention { start: at, length: 1, items });
                continue;
            }
            let Some(term) =
                terms.iter().find(|term| term.word == word.folded && word.role == WordRole::Content)
            else {
                continue;
            };
            let is_misspelt = !term.is_known() && term.word.chars().count() >= SHORTEST_MISSPELT;
            if term.names() == 0 && !is_misspelt {
                continue;
            }
            looked += 1;
            let found = self.find_name(&word.folded, &[Kind::Actor], article).await?;
            let Found::Sure { same, how, .. } = found else { continue };
            if let MatchKind::Read(name) = &how {
                if !is_misspelt {
                    continue;
                }
                read.push(Reading { typed: word.folded.clone(), read: name.clone() });
            }
            let items = same.iter().map(|named| (named.item, named.kind)).collect();
            mentions.push(Mention { start: at, length: 1, items });
        }
        Ok(())
    }
}

/// Whether words of a question can be a name: one of them tells something, or they are many, or written like one.
fn may_be_name(question: &Question, start: usize, length: usize) -> bool {
    let words = &question.words[start..start + length];
    let has = |role: WordRole| words.iter().any(|word| word.role == role);
    let is_edge = |word: &crate::question::Word| word.role != WordRole::Date;
    if has(WordRole::Date) && !words.iter().any(is_edge) && length == 1 {
        return false;
    }
    has(WordRole::Content) || length > 2 || words.iter().all(|word| word.is_capital)
}
