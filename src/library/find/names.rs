//! Finding a thing by its name.

use std::collections::{HashMap, HashSet};

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
use super::terms::{MAX_USES, Term, typed_words};

/// The most words of a name that are looked for; the rest is ignored.
const MAX_NAME_WORDS: usize = 12;
/// The most names that a step of a search looks at.
const MAX_NAMES: i64 = 60;
/// Of so few different things, found in all articles, what else is one with them comes along: it saves asking again.
const FEW_THINGS: usize = 2;
/// This share of a name's telling words, or more, is enough to mean it.
const ENOUGH: f64 = 0.5;
/// A misspelt name of more letters than this is read as the one that it is near to.
const SHORT_NAME: usize = 4;
/// A misspelt word of more letters than this is read as a whole name that is no proper name.
const SHORT_WORD: usize = 6;

/// Things that were found by a name.
#[derive(Default)]
pub(super) struct Matches {
    /// What has the name.
    pub named: Vec<Named>,
    /// All that is one with them in any article, themselves included; `None` where that was not asked.
    pub all: Option<Vec<Named>>,
}

impl Matches {
    fn read(rows: Vec<NamedRow>) -> Matches {
        let (others, named): (Vec<NamedRow>, Vec<NamedRow>) =
            rows.into_iter().partition(|row| row.is_other == 1);
        let named: Vec<Named> = named.into_iter().filter_map(NamedRow::read).collect();
        let things: HashSet<i64> = named.iter().map(|named| named.thing).collect();
        let others = others.into_iter().filter_map(NamedRow::read);
        let all = (things.len() <= FEW_THINGS).then(|| named.iter().cloned().chain(others).collect());
        Matches { named, all }
    }
}

impl Library {
    /// Finds a thing by its name only, each article's by itself.
    ///
    /// It is found where all words typed are words of its name. What is merely near is given as [`Found::Near`]: a
    /// name that begins so, that is spelt almost so, or that has some of the words. With it comes all that is one with
    /// what was found, as in [`Matches::all`].
    pub(super) async fn find_each(
        &self,
        typed: &str,
        kinds: &[Kind],
        article: Option<i64>,
    ) -> Result<(Found, Option<Vec<Named>>), LibraryError> {
        let (found, all, terms) = self.whole(typed, kinds, article).await?;
        match found {
            Found::Nothing if !terms.is_empty() => self.near(&terms, kinds, article).await,
            found => Ok((found, all)),
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

    /// What has the name or whole words of it, all that is one with that, and the words that may be near to other
    /// names.
    async fn whole(
        &self,
        typed: &str,
        kinds: &[Kind],
        article: Option<i64>,
    ) -> Result<(Found, Option<Vec<Named>>, Vec<Term>), LibraryError> {
        let is_exactly = |matches: Matches| (judge_exact(matches.named), matches.all, vec![]);
        if let Some(handle) = typed.trim().strip_prefix(HANDLE) {
            return Ok(is_exactly(self.by_handle(handle, kinds, article).await?));
        }
        let words = typed_words(typed, MAX_NAME_WORDS);
        if words.is_empty() {
            return Ok((Found::Nothing, None, vec![]));
        }
        let exact = self.exact(typed, kinds, article).await?;
        if !exact.named.is_empty() {
            return Ok(is_exactly(exact));
        }
        // "The Democrats" are the Democrats; a name that has the word itself was found above.
        if let Some(bare) = self.without_article(typed) {
            let exact = self.exact(bare, kinds, article).await?;
            if !exact.named.is_empty() {
                return Ok(is_exactly(exact));
            }
        }
        if kinds.contains(&Kind::Actor) && is_general(typed) {
            return Ok((judge_exact(self.authors(article).await?), None, vec![]));
        }
        if words.iter().all(|word| self.is_stop(word)) {
            return Ok((Found::Nothing, None, vec![]));
        }
        let terms = self.terms(&words);
        let rarest = terms.iter().map(Term::names).min().unwrap_or(0);
        // A word that no name has needs no look; and words that so many names have choose nothing.
        if !(1..=MAX_USES).contains(&rarest) {
            return Ok((Found::Nothing, None, terms));
        }
        let query: Vec<String> = terms.iter().map(|term| any(&term.forms_in_names())).collect();
        let whole = self.by_words(&query.join(" AND "), kinds, article).await?;
        Ok((judge(self.candidates(whole.named, &words)), whole.all, terms))
    }

    /// What is near to a name that nothing has.
    async fn near(
        &self,
        terms: &[Term],
        kinds: &[Kind],
        article: Option<i64>,
    ) -> Result<(Found, Option<Vec<Named>>), LibraryError> {
        let words: Vec<String> = terms.iter().map(|term| term.word.clone()).collect();
        if terms.iter().all(|term| !is_number(&term.word) || term.names() > 0) && self.begins_few(&words) {
            let query: Vec<String> = words.iter().map(|word| begun(word)).collect();
            let begun = self.by_words(&query.join(" AND "), kinds, article).await?;
            let found = judge(self.offered(begun.named, &words));
            if found != Found::Nothing {
                return Ok((found, begun.all));
            }
        }
        let (found, all) = self.misspelt(terms, kinds, article).await?;
        if matches!(found, Found::Sure { .. } | Found::Near(_)) {
            return Ok((found, all));
        }
        Ok((self.with_some_words(terms, kinds, article).await?, None))
    }

    /// What a command line calls by this handle: an id, or an article's id and one.
    async fn by_handle(
        &self,
        handle: &str,
        kinds: &[Kind],
        article: Option<i64>,
    ) -> Result<Matches, LibraryError> {
        let (of, id) = handle.split_once('/').unwrap_or(("", handle));
        let mut matches = self.goes_by(&key(id), kinds, article).await?;
        matches.named.retain(|named| named.key == id && (of.is_empty() || named.article_key == of));
        Ok(matches)
    }

    /// What has exactly this name. An id means one thing, but it is the editor's: where a name is written like it,
    /// that is meant.
    pub(super) async fn exact(
        &self,
        typed: &str,
        kinds: &[Kind],
        article: Option<i64>,
    ) -> Result<Matches, LibraryError> {
        let mut matches = self.goes_by(&key(typed), kinds, article).await?;
        let (named, written) = (&mut matches.named, typed.trim());
        let is_name = named.iter().any(|named| named.shown.to_lowercase() == written.to_lowercase());
        if !is_name && named.iter().any(|named| named.key == written) {
            named.retain(|named| named.key == written);
        } else if named.iter().any(|named| !named.shown.is_empty()) {
            named.retain(|named| !named.shown.is_empty());
        }
        Ok(matches)
    }

    /// What goes by exactly this key. Nothing is shown for what has it as an id.
    async fn goes_by(
        &self,
        key: &str,
        kinds: &[Kind],
        article: Option<i64>,
    ) -> Result<Matches, LibraryError> {
        let kinds: Vec<Kind> = kinds.iter().copied().filter(|kind| self.maps.has(*kind, key)).collect();
        if kinds.is_empty() {
            return Ok(Matches::default());
        }
        let (kinds, few) = (kind_numbers(&kinds), FEW_THINGS as i64);
        let rows = sqlx::query_as!(
            NamedRow,
            r#"WITH found AS MATERIALIZED (
                   SELECT n.item, n.is_id, same.thing FROM json_each(?1) AS wanted
                   CROSS JOIN naming AS n ON n.kind = wanted.value AND n.key = ?2
                   LEFT JOIN same ON same.item = n.item
                   WHERE ?3 IS NULL OR n.article = ?3 LIMIT ?4
               ), every AS (
                   SELECT item, is_id, thing, 0 AS is_other FROM found
                   UNION ALL
                   SELECT other.item, 0, other.thing, 1
                   FROM (SELECT DISTINCT thing FROM found WHERE thing IS NOT NULL) AS one
                   CROSS JOIN same AS other ON other.thing = one.thing
                   WHERE ?3 IS NULL AND (SELECT count(DISTINCT coalesce(thing, item)) FROM found) <= ?5
                   AND other.item NOT IN (SELECT item FROM found)
               )
               SELECT every.item AS "item!: i64", item.kind AS "kind!: i64", item.article AS "article!: i64",
                      article.key AS article_key, article.name AS article_name, article.language, item.key, item.handle,
                      item.any_handle, item.title, every.thing AS "thing?: i64", every.is_other AS "is_other!: i64",
                      CASE WHEN every.is_id THEN '' WHEN every.is_other THEN item.title
                           ELSE coalesce(name.shown, item.title) END AS "shown!: String", name.sole AS "is_sole?: bool"
               FROM every
               CROSS JOIN item ON item.id = every.item
               CROSS JOIN article ON article.id = item.article
               LEFT JOIN name ON name.key = ?2"#,
            kinds,
            key,
            article,
            MAX_NAMES,
            few
        )
        .fetch_all(&mut *self.readers.get().await)
        .await?;
        Ok(Matches::read(rows))
    }

    /// What has a name that matches an FTS5 query, and all that is one with it.
    async fn by_words(
        &self,
        query: &str,
        kinds: &[Kind],
        article: Option<i64>,
    ) -> Result<Matches, LibraryError> {
        self.with_matching_names(query, kinds, article, FEW_THINGS).await
    }

    /// What has a name that matches an FTS5 query; what is one with that in other articles is not looked for.
    pub(super) async fn alone_by_words(
        &self,
        query: &str,
        kinds: &[Kind],
        article: Option<i64>,
    ) -> Result<Vec<Named>, LibraryError> {
        Ok(self.with_matching_names(query, kinds, article, 0).await?.named)
    }

    /// What has a name that matches an FTS5 query; of at most `few` things, all that is one with them.
    async fn with_matching_names(
        &self,
        query: &str,
        kinds: &[Kind],
        article: Option<i64>,
        few: usize,
    ) -> Result<Matches, LibraryError> {
        let (kinds, few) = (kind_numbers(kinds), few as i64);
        let rows = sqlx::query_as!(
            NamedRow,
            r#"WITH found AS MATERIALIZED (
                   SELECT n.item, name.shown, name.sole, same.thing FROM name_words
                   CROSS JOIN name ON name.id = name_words.rowid
                   CROSS JOIN json_each(?2) AS wanted
                   CROSS JOIN naming AS n ON n.kind = wanted.value AND n.key = name.key
                   LEFT JOIN same ON same.item = n.item
                   WHERE name_words MATCH ?1 AND n.is_id = 0 AND (?3 IS NULL OR n.article = ?3) LIMIT ?4
               ), every AS (
                   SELECT item, shown, sole, thing, 0 AS is_other FROM found
                   UNION ALL
                   SELECT other.item, NULL, NULL, other.thing, 1
                   FROM (SELECT DISTINCT thing FROM found WHERE thing IS NOT NULL) AS one
                   CROSS JOIN same AS other ON other.thing = one.thing
                   WHERE ?3 IS NULL AND (SELECT count(DISTINCT coalesce(thing, item)) FROM found) <= ?5
                   AND other.item NOT IN (SELECT item FROM found)
               )
               SELECT every.item AS "item!: i64", item.kind AS "kind!: i64", item.article AS "article!: i64",
                      article.key AS article_key, article.name AS article_name, article.language, item.key, item.handle,
                      item.any_handle, item.title, every.thing AS "thing?: i64", every.is_other AS "is_other!: i64",
                      coalesce(every.shown, item.title) AS "shown!: String", every.sole AS "is_sole?: bool"
               FROM every
               CROSS JOIN item ON item.id = every.item
               CROSS JOIN article ON article.id = item.article"#,
            query,
            kinds,
            article,
            MAX_NAMES,
            few
        )
        .fetch_all(&mut *self.readers.get().await)
        .await?;
        Ok(Matches::read(rows))
    }

    /// Items by row, as things that have names.
    pub(super) async fn named(&self, items: &[i64]) -> Result<Vec<Named>, LibraryError> {
        let items = numbers(items);
        let rows = sqlx::query_as!(
            NamedRow,
            r#"SELECT i.id AS item, i.kind, i.article, article.key AS article_key, article.name AS article_name,
                      article.language, i.key, i.handle, i.any_handle, i.title, i.title AS shown, same.thing AS "thing?", NULL AS "is_sole?: bool", 0 AS "is_other!: i64"
               FROM json_each(?1) AS wanted
               CROSS JOIN item AS i ON i.id = wanted.value
               CROSS JOIN article ON article.id = i.article
               LEFT JOIN same ON same.item = i.id
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
                      article.language, i.key, i.handle, i.any_handle, i.title, i.title AS shown,
                      same.thing AS "thing?", NULL AS "is_sole?: bool", 0 AS "is_other!: i64"
               FROM article
               CROSS JOIN item AS own ON own.id = article.first
               CROSS JOIN item AS i ON i.article = article.id AND i.key = own.body ->> 'author'
               LEFT JOIN same ON same.item = i.id
               WHERE ?1 IS NULL OR article.id = ?1 LIMIT ?2"#,
            article,
            MAX_NAMES
        )
        .fetch_all(&mut *self.readers.get().await)
        .await?;
        Ok(rows.into_iter().filter_map(NamedRow::read).collect())
    }

    /// The names that have all the words, with those that are spelt as no word is read as the nearest.
    async fn misspelt(
        &self,
        terms: &[Term],
        kinds: &[Kind],
        article: Option<i64>,
    ) -> Result<(Found, Option<Vec<Named>>), LibraryError> {
        let unknown: Vec<&str> =
            terms.iter().filter(|term| term.names() == 0).map(|term| term.word.as_str()).collect();
        // A word that the texts have is right, though no name has it.
        if unknown.is_empty() || terms.iter().any(|term| term.names() == 0 && term.is_known()) {
            return Ok((Found::Nothing, None));
        }
        let spelt = self.spell(&unknown, true);
        if spelt.len() < unknown.len() {
            return Ok((Found::Nothing, None));
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
        let candidates = self.offered(near.named, &words).into_iter().map(|mut candidate| {
            if reads_well(&candidate, &spelt) {
                candidate.trust = Trust::Told;
            }
            candidate
        });
        let found = match judge(candidates.collect()) {
            Found::Unsure(near) => Found::Near(near),
            found => found,
        };
        Ok((found, near.all))
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
        Ok(judge(self.offered(near.named, &words)))
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
    thing: Option<i64>,
    is_sole: Option<bool>,
    /// 1: it was not found itself, but is one with what was.
    is_other: i64,
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
            thing: self.thing.unwrap_or(self.item),
            is_sole: self.is_sole.unwrap_or(true),
        })
    }
}

/// Kinds for `json_each`.
pub(super) fn kind_numbers(kinds: &[Kind]) -> String {
    numbers(&kinds.iter().map(|kind| *kind as i64).collect::<Vec<_>>())
}
