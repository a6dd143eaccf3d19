//! Finding a thing by its name.

use std::collections::HashMap;

use crate::article::Kind;
use crate::article::fold::{fold, key};
use crate::article::names::is_general;

use super::super::bind::numbers;
use super::super::error::LibraryError;
use super::super::handle::HANDLE;
use super::super::revision::Library;
use super::super::words::{asked_tokens, is_number, is_run, is_single, is_small_numeral, pieces, weight};
use super::found::{Candidate, Found, Named, Trust, judge, judge_exact};
use super::spelling::Spelt;
use super::terms::{Term, typed_words};

/// The most words of a name that are looked for; the rest is ignored.
const MAX_NAME_WORDS: usize = 12;
/// The most names that a step of a search looks at.
const MAX_NAMES: i64 = 60;
/// A word, or the beginning of words, that more names have than this chooses nothing.
const MAX_USES: i64 = 5_000;
/// This share of a name's telling words, or more, is enough to mean it.
const ENOUGH: f64 = 0.5;
/// A misspelt name of more letters than this is read as the one that it is near to.
const SHORT_NAME: usize = 4;
/// A misspelt word of more letters than this is read as a whole name that is no proper name.
const SHORT_WORD: usize = 6;

impl Library {
    /// Finds a thing by its name only, each article's by itself.
    ///
    /// It is found where all words typed are words of its name. What is merely near is given as [`Found::Near`]: a
    /// name that begins so, that is spelt almost so, or that has some of the words.
    pub(super) async fn find_each(
        &self,
        typed: &str,
        kinds: &[Kind],
        article: Option<i64>,
    ) -> Result<Found, LibraryError> {
        let (found, terms) = self.whole(typed, kinds, article).await?;
        match found {
            Found::Nothing if !terms.is_empty() => self.near(&terms, kinds, article).await,
            found => Ok(found),
        }
    }

    /// Finds a thing by its name or whole words of it; what is near is not looked for.
    pub async fn find_whole_name(
        &self,
        typed: &str,
        kinds: &[Kind],
        article: Option<i64>,
    ) -> Result<Found, LibraryError> {
        Ok(self.whole(typed, kinds, article).await?.0)
    }

    /// What has the name or whole words of it, and the words that may be near to other names.
    async fn whole(
        &self,
        typed: &str,
        kinds: &[Kind],
        article: Option<i64>,
    ) -> Result<(Found, Vec<Term>), LibraryError> {
        if let Some(handle) = typed.trim().strip_prefix(HANDLE) {
            return Ok((judge_exact(self.by_handle(handle, kinds, article).await?), vec![]));
        }
        let words = typed_words(typed, MAX_NAME_WORDS);
        if words.is_empty() {
            return Ok((Found::Nothing, vec![]));
        }
        let exact = self.exact(typed, kinds, article).await?;
        if !exact.is_empty() {
            return Ok((judge_exact(exact), vec![]));
        }
        // "The Democrats" are the Democrats; a name that has the word itself was found above.
        if let Some(bare) = self.without_article(typed) {
            let exact = self.exact(bare, kinds, article).await?;
            if !exact.is_empty() {
                return Ok((judge_exact(exact), vec![]));
            }
        }
        if kinds.contains(&Kind::Actor) && is_general(typed) {
            return Ok((judge_exact(self.authors(article).await?), vec![]));
        }
        if words.iter().all(|word| self.is_stop(word)) {
            return Ok((Found::Nothing, vec![]));
        }
        let terms = self.terms(&words).await?;
        let rarest = terms.iter().map(Term::names).min().unwrap_or(0);
        // A word that no name has needs no look; and words that so many names have choose nothing.
        if !(1..=MAX_USES).contains(&rarest) {
            return Ok((Found::Nothing, terms));
        }
        let query: Vec<String> = terms.iter().map(|term| any(&term.forms_in_names())).collect();
        let whole = self.by_words(&query.join(" AND "), kinds, article).await?;
        Ok((judge(self.candidates(whole, &words)), terms))
    }

    /// What is near to a name that nothing has.
    async fn near(
        &self,
        terms: &[Term],
        kinds: &[Kind],
        article: Option<i64>,
    ) -> Result<Found, LibraryError> {
        let words: Vec<String> = terms.iter().map(|term| term.word.clone()).collect();
        if terms.iter().all(|term| !is_number(&term.word) || term.names() > 0)
            && self.begins_few(&words).await?
        {
            let query: Vec<String> = words.iter().map(|word| begun(word)).collect();
            let begun = self.by_words(&query.join(" AND "), kinds, article).await?;
            let found = judge(self.offered(begun, &words));
            if found != Found::Nothing {
                return Ok(found);
            }
        }
        if let found @ (Found::Sure { .. } | Found::Near(_)) = self.misspelt(terms, kinds, article).await? {
            return Ok(found);
        }
        self.with_some_words(terms, kinds, article).await
    }

    /// What a command line calls by this handle: an id, or an article's id and one.
    async fn by_handle(
        &self,
        handle: &str,
        kinds: &[Kind],
        article: Option<i64>,
    ) -> Result<Vec<Named>, LibraryError> {
        let (of, id) = handle.split_once('/').unwrap_or(("", handle));
        let mut named = self.goes_by(&key(id), kinds, article).await?;
        named.retain(|named| named.key == id && (of.is_empty() || named.article_key == of));
        Ok(named)
    }

    /// What has exactly this name. An id means one thing, but it is the editor's: where a name is written like it,
    /// that is meant.
    pub(super) async fn exact(
        &self,
        typed: &str,
        kinds: &[Kind],
        article: Option<i64>,
    ) -> Result<Vec<Named>, LibraryError> {
        let mut named = self.goes_by(&key(typed), kinds, article).await?;
        let written = typed.trim();
        let is_name = named.iter().any(|named| named.shown.to_lowercase() == written.to_lowercase());
        if !is_name && named.iter().any(|named| named.key == written) {
            named.retain(|named| named.key == written);
        } else if named.iter().any(|named| !named.shown.is_empty()) {
            named.retain(|named| !named.shown.is_empty());
        }
        Ok(named)
    }

    /// What goes by exactly this key. Nothing is shown for what has it as an id.
    async fn goes_by(
        &self,
        key: &str,
        kinds: &[Kind],
        article: Option<i64>,
    ) -> Result<Vec<Named>, LibraryError> {
        let kinds = kind_numbers(kinds);
        let rows = sqlx::query_as!(
            NamedRow,
            r#"SELECT n.item AS "item!", n.kind AS "kind!", n.article AS "article!", article.key AS article_key,
                      article.name AS article_name, article.language, item.key, item.handle, item.any_handle, item.title,
                      CASE n.is_id WHEN 1 THEN '' ELSE coalesce(name.shown, item.title) END AS "shown!: String"
               FROM json_each(?1) AS wanted
               CROSS JOIN naming AS n ON n.kind = wanted.value AND n.key = ?2
               CROSS JOIN item ON item.id = n.item
               CROSS JOIN article ON article.id = n.article
               LEFT JOIN name ON name.key = n.key
               WHERE ?3 IS NULL OR n.article = ?3 LIMIT ?4"#,
            kinds,
            key,
            article,
            MAX_NAMES
        )
        .fetch_all(&mut *self.readers.get().await)
        .await?;
        Ok(rows.into_iter().filter_map(NamedRow::read).collect())
    }

    /// What has a name that matches an FTS5 query.
    pub(super) async fn by_words(
        &self,
        query: &str,
        kinds: &[Kind],
        article: Option<i64>,
    ) -> Result<Vec<Named>, LibraryError> {
        let kinds = kind_numbers(kinds);
        let rows = sqlx::query_as!(
            NamedRow,
            r#"SELECT n.item AS "item!", n.kind AS "kind!", n.article AS "article!", article.key AS article_key,
                      article.name AS article_name, article.language, item.key, item.handle, item.any_handle, item.title, name.shown
               FROM name_words
               CROSS JOIN name ON name.id = name_words.rowid
               CROSS JOIN json_each(?2) AS wanted
               CROSS JOIN naming AS n ON n.kind = wanted.value AND n.key = name.key
               CROSS JOIN item ON item.id = n.item
               CROSS JOIN article ON article.id = n.article
               WHERE name_words MATCH ?1 AND n.is_id = 0 AND (?3 IS NULL OR n.article = ?3) LIMIT ?4"#,
            query,
            kinds,
            article,
            MAX_NAMES
        )
        .fetch_all(&mut *self.readers.get().await)
        .await?;
        Ok(rows.into_iter().filter_map(NamedRow::read).collect())
    }

    /// Items by row, as things that have names.
    pub(super) async fn named(&self, items: &[i64]) -> Result<Vec<Named>, LibraryError> {
        let items = numbers(items);
        let rows = sqlx::query_as!(
            NamedRow,
            r#"SELECT i.id AS item, i.kind, i.article, article.key AS article_key, article.name AS article_name,
                      article.language, i.key, i.handle, i.any_handle, i.title, i.title AS shown
               FROM json_each(?1) AS wanted
               CROSS JOIN item AS i ON i.id = wanted.value
               CROSS JOIN article ON article.id = i.article
               ORDER BY wanted.key"#,
            items
        )
        .fetch_all(&mut *self.readers.get().await)
        .await?;
        Ok(rows.into_iter().filter_map(NamedRow::read).collect())
    }

    /// What is typed without a first word that every text has in one of the languages loaded, where a word is left
    /// that tells something.
    fn without_article<'t>(&self, typed: &'t str) -> Option<&'t str> {
        let (first, rest) = typed.trim().split_once(char::is_whitespace)?;
        let is_stop = |word: &str| self.languages().iter().any(|language| language.is_stop(word));
        let tells = typed_words(rest, MAX_NAME_WORDS).iter().any(|word| !is_stop(word));
        (tells && is_stop(&fold(first))).then_some(rest)
    }

    /// The actors who wrote an article, or the articles.
    async fn authors(&self, article: Option<i64>) -> Result<Vec<Named>, LibraryError> {
        let rows = sqlx::query_as!(
            NamedRow,
            r#"SELECT i.id AS "item!", i.kind, i.article, article.key AS article_key, article.name AS article_name,
                      article.language, i.key, i.handle, i.any_handle, i.title, i.title AS shown
               FROM article
               CROSS JOIN item AS own ON own.id = article.first
               CROSS JOIN item AS i ON i.article = article.id AND i.key = own.body ->> 'author'
               WHERE ?1 IS NULL OR article.id = ?1 LIMIT ?2"#,
            article,
            MAX_NAMES
        )
        .fetch_all(&mut *self.readers.get().await)
        .await?;
        Ok(rows.into_iter().filter_map(NamedRow::read).collect())
    }

    /// Whether the words are the beginnings of so few words of names that these are worth looking at:
    /// FTS5 gathers all that begins so before it gives the first.
    pub(super) async fn begins_few(&self, words: &[String]) -> Result<bool, LibraryError> {
        let languages: Vec<i64> = (0..).take(self.languages().len()).collect();
        let languages = numbers(&languages);
        for word in words {
            let end = format!("{word}\u{10ffff}");
            let uses = sqlx::query_scalar!(
                r#"SELECT coalesce(sum(names), 0) AS "names!: i64"
                   FROM (SELECT names FROM json_each(?1) AS wanted
                         CROSS JOIN word ON word.language = wanted.value AND word >= ?2 AND word < ?3 LIMIT 3000)"#,
                languages,
                word,
                end
            )
            .fetch_one(&mut *self.readers.get().await)
            .await?;
            // Of writing without spaces the index of words has parts only.
            if (uses == 0 && !is_run(word)) || uses > MAX_USES {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// The names that have all the words, with those that are spelt as no word is read as the nearest.
    async fn misspelt(
        &self,
        terms: &[Term],
        kinds: &[Kind],
        article: Option<i64>,
    ) -> Result<Found, LibraryError> {
        let unknown: Vec<&str> =
            terms.iter().filter(|term| term.names() == 0).map(|term| term.word.as_str()).collect();
        // A word that the texts have is right, though no name has it.
        if unknown.is_empty() || terms.iter().any(|term| term.names() == 0 && term.is_known()) {
            return Ok(Found::Nothing);
        }
        let spelt = self.spell(&unknown, true).await?;
        if spelt.len() < unknown.len() {
            return Ok(Found::Nothing);
        }
        let query: Vec<String> = terms
            .iter()
            .map(|term| match spelt.get(&term.word) {
                Some(spelt) => any(&spelt.iter().map(|it| it.word.as_str()).collect::<Vec<_>>()),
                None => any(&term.forms_in_names()),
            })
            .collect();
        let near = self.by_words(&query.join(" AND "), kinds, article).await?;
        let words: Vec<String> = terms.iter().map(|term| term.word.clone()).collect();
        let candidates = self.offered(near, &words).into_iter().map(|mut candidate| {
            if reads_well(&candidate, &spelt) {
                candidate.trust = Trust::Told;
            }
            candidate
        });
        Ok(match judge(candidates.collect()) {
            Found::Unsure(near) => Found::Near(near),
            found => found,
        })
    }

    /// The names that have those of the words that names have, if these are half of what was typed or more.
    async fn with_some_words(
        &self,
        terms: &[Term],
        kinds: &[Kind],
        article: Option<i64>,
    ) -> Result<Found, LibraryError> {
        let telling: Vec<&Term> = terms.iter().filter(|term| !self.is_stop(&term.word)).collect();
        let there: Vec<&Term> =
            telling.iter().copied().filter(|term| term.names() > 0 && !is_number(&term.word)).collect();
        let rarest = there.iter().map(|term| term.names()).min().unwrap_or(0);
        if 2 * there.len() < telling.len() || there.len() == terms.len() || !(1..=MAX_USES).contains(&rarest)
        {
            return Ok(Found::Nothing);
        }
        let query: Vec<String> = there.iter().map(|term| any(&term.forms_in_names())).collect();
        let near = self.by_words(&query.join(" AND "), kinds, article).await?;
        let words: Vec<String> = there.iter().map(|term| term.word.clone()).collect();
        Ok(judge(self.offered(near, &words)))
    }

    /// How well each of the names that have all the words fits them.
    fn candidates(&self, named: Vec<Named>, words: &[String]) -> Vec<Candidate> {
        let mut candidates = self.offered(named, words);
        for candidate in &mut candidates {
            let folded = fold(&candidate.named.shown);
            let name: Vec<&str> = pieces(&folded).collect();
            let telling = self.telling_in(&candidate.named, words);
            let has = |word: &String| name.contains(&word.as_str()) || is_run(word) && folded.contains(word);
            candidate.trust = if telling.iter().all(|word| is_number(word) || is_single(word)) {
                Trust::Offered
            } else if candidate.cover >= ENOUGH && words.iter().all(has) {
                Trust::Plain
            } else if candidate.cover >= ENOUGH || telling.len() > 1 {
                Trust::Told
            } else {
                Trust::Offered
            };
        }
        candidates
    }

    /// Names that are near, each with how much of it was typed. Where only such words were typed as every text in its
    /// language has, a name is not near.
    fn offered(&self, named: Vec<Named>, words: &[String]) -> Vec<Candidate> {
        let candidate = |named: Named| {
            let typed: usize = self.telling_in(&named, words).into_iter().map(weight).sum();
            let folded = fold(&named.shown);
            let name: Vec<String> = pieces(&folded).map(Into::into).collect();
            let cover = share(typed, self.telling_in(&named, &name).into_iter().map(weight).sum());
            (typed > 0).then_some(Candidate { named, cover, trust: Trust::Offered })
        };
        named.into_iter().filter_map(candidate).collect()
    }

    /// Those of the words that tell something in the language of a thing's article. What tells one name from another
    /// at its end does too, though it is a word that every text has: "World War I", "Plan A".
    fn telling_in<'a>(&self, named: &Named, words: &'a [String]) -> Vec<&'a str> {
        let language = self.languages().iter().find(|language| language.code() == named.language);
        let tells = |word: &str| language.is_none_or(|language| !language.is_stop(word));
        let last = words.len().saturating_sub(1);
        let ends = |at: usize, word: &str| {
            let is_letter = word.chars().nth(1).is_none() && !is_run(word);
            at > 0 && at == last && (is_small_numeral(word) || is_letter)
        };
        let words = words.iter().map(String::as_str).enumerate();
        words.filter(|(at, word)| tells(word) || ends(*at, word)).map(|(_, word)| word).collect()
    }
}

/// Whether a name can be taken for what was typed with these words misspelt: they are long enough, and proper names,
/// or make up the whole of it.
fn reads_well(candidate: &Candidate, spelt: &HashMap<String, Vec<Spelt>>) -> bool {
    let folded = fold(&candidate.named.shown);
    let name: Vec<&str> = pieces(&folded).collect();
    spelt.iter().all(|(typed, readings)| {
        let letters = typed.chars().count();
        let proper = readings.iter().any(|it| it.proper && name.contains(&it.word.as_str()));
        (proper && letters > SHORT_NAME) || (candidate.cover >= 1.0 && letters > SHORT_WORD)
    })
}

fn share(typed: usize, all: usize) -> f64 {
    (typed as f64 / all.max(1) as f64).min(1.0)
}

/// The FTS5 query for names that have one of the words.
pub(super) fn any(words: &[&str]) -> String {
    let one = |word: &&str| {
        let tokens: Vec<String> = asked_tokens(word).iter().map(|token| format!("\"{token}\"")).collect();
        if is_single(word) { format!("{}*", tokens.join("")) } else { tokens.join(" AND ") }
    };
    format!("({})", words.iter().map(one).collect::<Vec<_>>().join(" OR "))
}

/// The FTS5 query for names with a word that begins so; a number is whole.
pub(super) fn begun(word: &str) -> String {
    let tokens: Vec<String> = asked_tokens(word).iter().map(|token| format!("\"{token}\"")).collect();
    format!("({}{})", tokens.join(" AND "), if is_number(word) { "" } else { "*" })
}

struct NamedRow {
    item: i64,
    kind: i64,
    article: i64,
    article_key: String,
    article_name: String,
    language: String,
    key: String,
    handle: String,
    any_handle: String,
    title: String,
    shown: String,
}

impl NamedRow {
    fn read(self) -> Option<Named> {
        Some(Named {
            item: self.item,
            kind: Kind::from_number(self.kind)?,
            article: self.article,
            article_key: self.article_key,
            article_name: self.article_name,
            language: self.language,
            key: self.key,
            handle: self.handle,
            any_handle: self.any_handle,
            title: self.title,
            shown: self.shown,
        })
    }
}

/// Kinds for `json_each`.
pub(super) fn kind_numbers(kinds: &[Kind]) -> String {
    numbers(&kinds.iter().map(|kind| *kind as i64).collect::<Vec<_>>())
}
