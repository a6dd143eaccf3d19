//! Finding what people mean: names first, then words, then spelling, then what the texts say.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::article::Kind;
use crate::article::fold::{fold, key};

use super::{Library, LibraryError, numbers, strings};

/// The most words of a question that are looked for; the rest is ignored.
const MAX_WORDS: usize = 12;
/// The most names that a step of a search looks at.
const MAX_NAMES: i64 = 60;
/// The most items that one word of a search brings in. Rarer words count for more, and a rare word is
/// never cut, so what is lost are items that have only common words.
const MAX_HITS: i64 = 400;
/// A word, or the beginning of words, that more names have than this chooses nothing.
const MAX_USES: i64 = 5_000;
/// How many entries of the index the words of a search may have together: a few milliseconds of reading.
const MAX_ENTRIES: i64 = 40_000;
/// Words of a search up to this many letters are taken as they are.
const SHORT: usize = 4;
/// A candidate leads clearly when the query covers this much more of its name than of the next one's.
const CLEAR_LEAD: f64 = 1.45;
/// Below this share of the question's weight a text has nothing to do with it.
const WEAK: f64 = 0.3;

/// How a thing was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum How {
    /// Its name, one of its other names, or its id.
    Exact,
    /// Words of its name, or beginnings of them.
    Words,
    /// A name spelt almost so: the name that it was taken for.
    Spelling(String),
    /// What is said of it.
    Text,
}

/// Something that has a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Its row.
    pub item: i64,
    /// What it is.
    pub kind: Kind,
    /// Its article's row.
    pub article: i64,
    /// Its id in the pack.
    pub key: String,
    /// What it is called.
    pub title: String,
    /// The name that matched, which may be another one.
    pub shown: String,
}

/// What was found under a name or a description.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// One thing, in one article or (under the same title) in several. `others` are less likely.
    Sure {
        /// The thing, once an article.
        same: Vec<Named>,
        /// Other things that could be meant.
        others: Vec<Named>,
        /// How it was found.
        how: How,
    },
    /// Several things, none of which leads clearly, or things that are only near.
    Unsure(Vec<Named>),
    /// Nothing at all.
    Nothing,
}

/// What a search of the texts gave.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hits {
    /// Rows, the best first.
    pub items: Vec<i64>,
    /// Whether each has all the words that were asked for.
    pub complete: bool,
    /// The words as they were read, where they were misspelt.
    pub read_as: Option<String>,
    /// Whether only the first part of the library was looked through, the words being too common.
    pub cut: bool,
}

/// A name that a person may go on to type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// What to put into the command.
    pub value: String,
    /// What it stands for, if that is another name.
    pub title: String,
}

impl Library {
    /// Finds a thing of one of the kinds by what people call it; with `describe`, also by what is
    /// said of it.
    ///
    /// # Errors
    /// See [`LibraryError`].
    pub async fn find(
        &self,
        typed: &str,
        kinds: &[Kind],
        article: Option<i64>,
        describe: bool,
    ) -> Result<Found, LibraryError> {
        let found = self.find_name(typed, kinds, article).await?;
        if !describe || matches!(found, Found::Sure { .. }) {
            return Ok(found);
        }
        let hits = self.search(typed, kinds, article).await?;
        if !hits.complete || hits.items.is_empty() || hits.read_as.is_some() {
            return Ok(found);
        }
        let described = self.named(&hits.items).await?;
        // It must have the words in what it is called or says itself, and alone: a thing that merely
        // mentions them is not what was asked for.
        if self.leads(typed, kinds, article, &described).await? {
            let title = described[0].title.clone();
            let (same, others) = described.into_iter().partition(|it| it.title == title);
            return Ok(Found::Sure { same, others, how: How::Text });
        }
        Ok(match found {
            Found::Nothing => Found::Unsure(described),
            found => found,
        })
    }

    /// Finds a thing by its name only, each article's by itself.
    pub(super) async fn find_each(
        &self,
        typed: &str,
        kinds: &[Kind],
        article: Option<i64>,
    ) -> Result<Found, LibraryError> {
        let folded = fold(typed);
        let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).take(MAX_WORDS).collect();
        if words.is_empty() {
            return Ok(Found::Nothing);
        }
        let mut exact = self.exact(&key(typed), kinds, article).await?;
        if !exact.is_empty() {
            // An id means one thing only, whatever else has it for a name.
            if exact.iter().any(|named| named.key == typed.trim()) {
                exact.retain(|named| named.key == typed.trim());
            }
            return Ok(judge(exact, words.len(), How::Exact));
        }
        let uses = self.uses(&words).await?;
        let names = |word: &str| uses.get(word).map_or(0, |uses| uses.names);
        let rarest = words.iter().map(|word| names(word)).min().unwrap_or(0);
        // A word that no name has needs no look; and words that so many names have choose nothing.
        if (1..=MAX_USES).contains(&rarest) {
            let whole = self.by_words(&words, false, kinds, article).await?;
            if !whole.is_empty() {
                return Ok(judge(whole, words.len(), How::Words));
            }
        }
        if self.begins_few(&words).await? {
            let begun = self.by_words(&words, true, kinds, article).await?;
            if !begun.is_empty() {
                return Ok(judge(begun, words.len(), How::Words));
            }
        }
        if rarest > 0 {
            return Ok(Found::Nothing);
        }
        let unknown: Vec<&str> = words.iter().copied().filter(|word| names(word) == 0).collect();
        let Some(spelt) = self.spell(&words, &unknown, true).await? else { return Ok(Found::Nothing) };
        let spelt_words: Vec<&str> = spelt.split(' ').collect();
        let mut near = self.exact(&spelt.replace(' ', ""), kinds, article).await?;
        if near.is_empty() {
            near = self.by_words(&spelt_words, false, kinds, article).await?;
        }
        Ok(judge(near, words.len(), How::Spelling(String::new())))
    }

    /// Searches everything that is said about items of these kinds.
    ///
    /// Items that have all the words come first, and alone: those that have them as one phrase in what
    /// they are called or say, those that have them there in any order, the others. Where no item has all of them, the
    /// misspelt words are read as known ones; and where that does not help, items with some of the
    /// words come, the weight of a word being its rarity (inverse document frequency), and
    /// [`Hits::complete`] is false.
    ///
    /// # Errors
    /// See [`LibraryError`].
    pub async fn search(
        &self,
        typed: &str,
        kinds: &[Kind],
        article: Option<i64>,
    ) -> Result<Hits, LibraryError> {
        let mut within = self.within(kinds, article).await?;
        let mut words = self.telling_words(typed);
        if words.is_empty() {
            return Ok(Hits::default());
        }
        let refs: Vec<&str> = words.iter().map(String::as_str).collect();
        let uses = self.uses(&refs).await?;
        let cut = within.afford(uses.values().map(|uses| uses.texts).sum(), self.items);
        let items = self.with_all(&words, &within).await?;
        if !items.is_empty() {
            return Ok(Hits { items, complete: true, read_as: None, cut });
        }
        // Short words are too near to other words to be taken for them.
        let unknown: Vec<&str> = refs
            .iter()
            .copied()
            .filter(|word| !uses.contains_key(*word) && word.chars().count() > SHORT)
            .collect();
        let spelt = self.spell(&refs, &unknown, false).await?;
        if let Some(spelt) = &spelt {
            words = spelt.split(' ').map(Into::into).collect();
            let items = self.with_all(&words, &within).await?;
            if !items.is_empty() {
                return Ok(Hits { items, complete: true, read_as: Some(spelt.clone()), cut });
            }
        }
        if words.len() == 1 {
            return Ok(Hits::default());
        }
        let items = self.with_some(&words, &within).await?;
        Ok(Hits { items, complete: false, read_as: spelt, cut })
    }

    /// Names of these kinds that a person may be about to type. At most `limit`, the likeliest first:
    /// names that begin so, then names with words that begin so, then names spelt almost so.
    ///
    /// # Errors
    /// See [`LibraryError`].
    pub async fn suggest(
        &self,
        typed: &str,
        kinds: &[Kind],
        article: Option<i64>,
        limit: usize,
    ) -> Result<Vec<Suggestion>, LibraryError> {
        let (start, kinds_list) = (key(typed), kind_numbers(kinds));
        let end = format!("{start}\u{10ffff}");
        // Several names can stand for one thing, and each thing is offered once.
        let most = i64::try_from(4 * limit).unwrap_or(100);
        let rows = sqlx::query!(
            r#"SELECT DISTINCT name.shown, item.title FROM json_each(?1) AS wanted
               CROSS JOIN naming AS n ON n.kind = wanted.value AND n.key >= ?2 AND n.key < ?3
               CROSS JOIN name ON name.key = n.key
               CROSS JOIN item ON item.id = n.item
               WHERE (?4 IS NULL OR n.article = ?4) AND n.is_id = 0 LIMIT ?5"#,
            kinds_list,
            start,
            end,
            article,
            most
        )
        .fetch_all(&mut *self.readers.get().await)
        .await?;
        let mut suggestions: Vec<Suggestion> =
            rows.into_iter().map(|row| Suggestion { value: row.shown, title: row.title }).collect();
        suggestions.sort_by_key(|it| it.value != it.title);
        let folded = fold(typed);
        let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).take(MAX_WORDS).collect();
        if suggestions.len() < limit && !words.is_empty() {
            let mut more = match self.begins_few(&words).await? {
                true => self.by_words(&words, true, kinds, article).await?,
                false => vec![],
            };
            if more.is_empty()
                && suggestions.is_empty()
                && let Some(spelt) = self.spell(&words, &words, true).await?
            {
                let spelt: Vec<&str> = spelt.split(' ').collect();
                more = self.by_words(&spelt, false, kinds, article).await?;
            }
            more.retain(|it| it.shown != it.key);
            suggestions.extend(more.into_iter().map(|it| Suggestion { value: it.shown, title: it.title }));
        }
        // One line a thing, under the first name that fits.
        let mut seen = HashSet::new();
        suggestions.retain(|it| seen.insert(fold(&it.title)));
        suggestions.truncate(limit);
        Ok(suggestions)
    }

    /// Years that begin with the digits typed and in which an event begins, the earliest first.
    ///
    /// # Errors
    /// See [`LibraryError`].
    pub async fn suggest_years(&self, typed: &str, limit: usize) -> Result<Vec<Suggestion>, LibraryError> {
        let digits: String = typed.chars().take_while(char::is_ascii_digit).take(4).collect();
        let missing = u32::try_from(4 - digits.len()).unwrap_or(0);
        let (Ok(start), true) = (digits.parse::<i64>(), digits.len() == typed.trim().len()) else {
            return Ok(vec![]);
        };
        let wide = 10_i64.pow(missing);
        let (first, last) = (start * wide * 10_000, (start + 1) * wide * 10_000 - 1);
        let most = i64::try_from(limit).unwrap_or(25);
        // From year to year along the index: an article more costs nothing.
        let years = sqlx::query_scalar!(
            r#"WITH RECURSIVE years (year) AS (
                   SELECT min(earliest) / 10000 FROM item WHERE kind = 2 AND earliest BETWEEN ?1 AND ?2
                   UNION ALL
                   SELECT (SELECT min(earliest) / 10000 FROM item
                           WHERE kind = 2 AND earliest BETWEEN (year + 1) * 10000 AND ?2)
                   FROM years WHERE year IS NOT NULL LIMIT 100
               )
               SELECT year AS "year!: i64" FROM years WHERE year IS NOT NULL LIMIT ?3"#,
            first,
            last,
            most
        )
        .fetch_all(&mut *self.readers.get().await)
        .await?;
        Ok(years.iter().map(|year| Suggestion { value: year.to_string(), title: year.to_string() }).collect())
    }

    /// What goes by exactly this key.
    async fn exact(
        &self,
        key: &str,
        kinds: &[Kind],
        article: Option<i64>,
    ) -> Result<Vec<Named>, LibraryError> {
        let kinds = kind_numbers(kinds);
        let rows = sqlx::query_as!(
            NamedRow,
            r#"SELECT n.item AS "item!", n.kind AS "kind!", n.article AS "article!", item.key, item.title, name.shown
               FROM json_each(?1) AS wanted
               CROSS JOIN naming AS n ON n.kind = wanted.value AND n.key = ?2
               CROSS JOIN name ON name.key = n.key
               CROSS JOIN item ON item.id = n.item
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

    /// What has a name with all these words, or with words that begin so.
    async fn by_words(
        &self,
        words: &[&str],
        begun: bool,
        kinds: &[Kind],
        article: Option<i64>,
    ) -> Result<Vec<Named>, LibraryError> {
        let star = if begun { "*" } else { "" };
        let query: Vec<String> = words.iter().map(|word| format!("\"{word}\"{star}")).collect();
        let (query, kinds) = (query.join(" AND "), kind_numbers(kinds));
        let rows = sqlx::query_as!(
            NamedRow,
            r#"SELECT n.item AS "item!", n.kind AS "kind!", n.article AS "article!", item.key, item.title, name.shown
               FROM name_words
               CROSS JOIN name ON name.id = name_words.rowid
               CROSS JOIN json_each(?2) AS wanted
               CROSS JOIN naming AS n ON n.kind = wanted.value AND n.key = name.key
               CROSS JOIN item ON item.id = n.item
               WHERE name_words MATCH ?1 AND (?3 IS NULL OR n.article = ?3) LIMIT ?4"#,
            query,
            kinds,
            article,
            MAX_NAMES
        )
        .fetch_all(&mut *self.readers.get().await)
        .await?;
        Ok(rows.into_iter().filter_map(NamedRow::read).collect())
    }

    pub(super) async fn named(&self, items: &[i64]) -> Result<Vec<Named>, LibraryError> {
        let items = numbers(items);
        let rows = sqlx::query_as!(
            NamedRow,
            r#"SELECT i.id AS item, i.kind, i.article, i.key, i.title, i.title AS shown
               FROM json_each(?1) AS wanted CROSS JOIN item AS i ON i.id = wanted.value
               ORDER BY wanted.key"#,
            items
        )
        .fetch_all(&mut *self.readers.get().await)
        .await?;
        Ok(rows.into_iter().filter_map(NamedRow::read).collect())
    }

    /// How many names and texts have each of the words; those that none has are left out.
    async fn uses(&self, words: &[&str]) -> Result<HashMap<String, Uses>, LibraryError> {
        let list = strings(words);
        let rows = sqlx::query!(
            r#"SELECT word.word, word.names, word.texts FROM json_each(?1) AS wanted
               CROSS JOIN word ON word.word = wanted.value"#,
            list
        )
        .fetch_all(&mut *self.readers.get().await)
        .await?;
        Ok(rows.into_iter().map(|row| (row.word, Uses { names: row.names, texts: row.texts })).collect())
    }

    /// Whether the words are the beginnings of so few words of names that these are worth looking at:
    /// FTS5 gathers all that begins so before it gives the first.
    async fn begins_few(&self, words: &[&str]) -> Result<bool, LibraryError> {
        for word in words {
            let end = format!("{word}\u{10ffff}");
            let uses = sqlx::query_scalar!(
                r#"SELECT coalesce(sum(names), 0) AS "names!: i64"
                   FROM (SELECT names FROM word WHERE word >= ?1 AND word < ?2 LIMIT 3000)"#,
                word,
                end
            )
            .fetch_one(&mut *self.readers.get().await)
            .await?;
            if uses == 0 || uses > MAX_USES {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// The words with each unknown one read as the nearest that some name (or text) has. `None` where
    /// there is none.
    async fn spell(
        &self,
        words: &[&str],
        unknown: &[&str],
        in_names: bool,
    ) -> Result<Option<String>, LibraryError> {
        let spellings: BTreeMap<&str, Vec<String>> =
            unknown.iter().map(|word| (*word, crate::library::build::spellings(word))).collect();
        let pairs: Vec<[&str; 2]> = spellings
            .iter()
            .flat_map(|(word, all)| all.iter().map(move |spelling| [*word, spelling.as_str()]))
            .collect();
        let pairs =
            serde_json::to_string(&pairs).map_err(|error| LibraryError::Content(error.to_string()))?;
        let rows = sqlx::query!(
            r#"SELECT DISTINCT wanted.value ->> 0 AS "typed!: String", word.word, word.names, word.texts
               FROM json_each(?1) AS wanted
               CROSS JOIN spelling ON spelling.spelling = wanted.value ->> 1
               CROSS JOIN word ON word.id = spelling.word"#,
            pairs
        )
        .fetch_all(&mut *self.readers.get().await)
        .await?;
        let mut best: HashMap<&str, (usize, std::cmp::Reverse<i64>, &str)> = HashMap::new();
        for row in &rows {
            let uses = if in_names { row.names } else { row.names + row.texts };
            let distance = strsim::damerau_levenshtein(&row.typed, &row.word);
            let is_stop = !in_names && self.is_stop(&row.word);
            if uses == 0 || is_stop || distance > crate::library::build::most_typos(&row.typed) {
                continue;
            }
            let candidate = (distance, std::cmp::Reverse(uses), row.word.as_str());
            let best = best.entry(&row.typed).or_insert(candidate);
            *best = candidate.min(*best);
        }
        let spelt: Vec<&str> =
            words.iter().map(|word| best.get(word).map_or(*word, |(_, _, spelt)| *spelt)).collect();
        Ok((spelt != words).then(|| spelt.join(" ")))
    }

    /// The folded words that tell one question from another: without "who", "the" and the like,
    /// unless there are no others.
    fn telling_words(&self, typed: &str) -> Vec<String> {
        let folded = fold(typed);
        let mut seen = HashSet::new();
        let all: Vec<String> = folded
            .split(' ')
            .filter(|word| !word.is_empty() && seen.insert(*word))
            .take(4 * MAX_WORDS)
            .map(Into::into)
            .collect();
        let telling: Vec<String> = all.iter().filter(|word| !self.is_stop(word)).cloned().collect();
        let mut words = if telling.is_empty() { all } else { telling };
        words.truncate(MAX_WORDS);
        words
    }

    /// Whether a folded word is one of those that every text has.
    fn is_stop(&self, word: &str) -> bool {
        self.stops.contains(word)
    }

    async fn with_all(&self, words: &[String], within: &Within) -> Result<Vec<i64>, LibraryError> {
        let all: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
        let all = all.join(" AND ");
        let anywhere = self.matching(&all, within, super::MOST).await?;
        if anywhere.len() < 2 {
            return Ok(anywhere);
        }
        let mut ranked = Vec::new();
        if words.len() > 1 {
            let phrase = format!("head : \"{}\"", words.join(" "));
            ranked.extend(self.matching(&phrase, within, super::MOST).await?);
        }
        ranked.extend(self.matching(&format!("head : ({all})"), within, super::MOST).await?);
        ranked.extend(anywhere);
        let mut seen = HashSet::new();
        ranked.retain(|item| seen.insert(*item));
        Ok(ranked)
    }

    async fn with_some(&self, words: &[String], within: &Within) -> Result<Vec<i64>, LibraryError> {
        let one = |words: &[&str]| {
            let words: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
            words.join(" AND ")
        };
        let mut hits: Vec<(&str, Vec<i64>)> = Vec::new();
        for word in words {
            hits.push((word, self.matching(&one(&[word]), within, MAX_HITS).await?));
        }
        hits.sort_by_key(|(_, items)| items.len());
        // A word that nothing has weighs as much as the rarest that something has.
        #[allow(clippy::cast_precision_loss, reason = "counts of items are far below 2^52")]
        let weight = |found: usize| (1.0 + self.items as f64 / found.max(1) as f64).ln();
        let total: f64 = hits.iter().map(|(_, items)| weight(items.len())).sum();
        let mut scores: HashMap<i64, f64> = HashMap::new();
        let rarest = hits.iter().find(|(_, items)| !items.is_empty()).map(|(word, _)| *word);
        for (word, items) in &hits {
            let mut items = items.clone();
            // The list of a common word was cut; its items that have the rarest word too must count.
            if items.len() as i64 == MAX_HITS
                && let Some(rarest) = rarest
                && rarest != *word
            {
                items.extend(self.matching(&one(&[rarest, word]), within, MAX_HITS).await?);
                items.sort_unstable();
                items.dedup();
            }
            let weight = weight(items.len());
            for item in items {
                *scores.entry(item).or_default() += weight;
            }
        }
        let mut scored: Vec<(i64, f64)> =
            scores.into_iter().filter(|(_, score)| *score >= WEAK * total).collect();
        scored.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        Ok(scored.into_iter().map(|(item, _)| item).take(20).collect())
    }

    /// Whether the first alone (or all of them, where all are one thing in several articles) has all the
    /// words in what it is called or says.
    async fn leads(
        &self,
        typed: &str,
        kinds: &[Kind],
        article: Option<i64>,
        described: &[Named],
    ) -> Result<bool, LibraryError> {
        let words: Vec<String> = self.telling_words(typed).iter().map(|word| format!("\"{word}\"")).collect();
        let query = format!("head : ({})", words.join(" AND "));
        let heads = self.matching(&query, &self.within(kinds, article).await?, MAX_NAMES).await?;
        let first = &described[0];
        let same = |it: &&Named| it.title == first.title;
        Ok(heads.contains(&first.item)
            && heads.iter().all(|head| described.iter().filter(same).any(|it| it.item == *head)))
    }

    /// The rows of the items that match an FTS5 query.
    async fn matching(&self, query: &str, within: &Within, limit: i64) -> Result<Vec<i64>, LibraryError> {
        Ok(sqlx::query_scalar!(
            r#"SELECT rowid AS "rowid!: i64" FROM text
               WHERE text MATCH ?1 AND rowid BETWEEN ?2 AND ?3 AND (1 << (rowid & 15)) & ?4 LIMIT ?5"#,
            query,
            within.first,
            within.last,
            within.kinds,
            limit
        )
        .fetch_all(&mut *self.readers.get().await)
        .await?)
    }

    async fn within(&self, kinds: &[Kind], article: Option<i64>) -> Result<Within, LibraryError> {
        let kinds = kinds.iter().fold(0, |kinds, kind| kinds | 1 << (*kind as i64));
        let Some(article) = article else { return Ok(Within { first: 0, last: i64::MAX, kinds }) };
        let range = sqlx::query!("SELECT first, last FROM article WHERE id = ?1", article)
            .fetch_one(&mut *self.readers.get().await)
            .await?;
        Ok(Within { first: range.first, last: range.last, kinds })
    }
}

/// The items that a search is about: a range of rows, and kinds as bits.
struct Within {
    first: i64,
    last: i64,
    kinds: i64,
}

impl Within {
    /// Narrows the rows to what can be searched in time, and tells whether it had to. `uses` is how
    /// many entries of the index the words have, over `items` items.
    fn afford(&mut self, uses: i64, items: i64) -> bool {
        let whole = self.first == 0 && self.last == i64::MAX;
        if !whole || uses <= MAX_ENTRIES {
            return false;
        }
        self.last = 16 * (items / (uses / MAX_ENTRIES + 1)).max(1) + 15;
        true
    }
}

/// How often a word is used.
struct Uses {
    names: i64,
    texts: i64,
}

struct NamedRow {
    item: i64,
    kind: i64,
    article: i64,
    key: String,
    title: String,
    shown: String,
}

impl NamedRow {
    fn read(self) -> Option<Named> {
        Some(Named {
            item: self.item,
            kind: Kind::from_number(self.kind)?,
            article: self.article,
            key: self.key,
            title: self.title,
            shown: self.shown,
        })
    }
}

fn kind_numbers(kinds: &[Kind]) -> String {
    numbers(&kinds.iter().map(|kind| *kind as i64).collect::<Vec<_>>())
}

/// Decides whether one of the candidates is what was meant. Things of one title in several articles
/// are one candidate. The measure is how much of a candidate's name was typed.
fn judge(candidates: Vec<Named>, typed_words: usize, how: How) -> Found {
    #[allow(clippy::cast_precision_loss, reason = "words of a name are few")]
    let cover = |named: &Named| typed_words as f64 / fold(&named.shown).split(' ').count().max(1) as f64;
    let mut groups: Vec<(f64, Vec<Named>)> = Vec::new();
    let mut places: HashMap<(Kind, String), usize> = HashMap::new();
    for named in candidates {
        let cover = cover(&named);
        let at = *places.entry((named.kind, fold(&named.title))).or_insert_with(|| {
            groups.push((0.0, Vec::new()));
            groups.len() - 1
        });
        let (best, group) = &mut groups[at];
        let known = group.iter_mut().find(|other| other.item == named.item);
        match known {
            Some(other) if cover > *best => *other = named,
            Some(_) => {}
            None => group.push(named),
        }
        *best = best.max(cover);
    }
    groups.sort_by(|a, b| b.0.total_cmp(&a.0));
    let clear = match groups.as_slice() {
        [] => return Found::Nothing,
        [_] => true,
        [first, second, ..] => how != How::Exact && first.0 >= CLEAR_LEAD * second.0,
    };
    if !clear {
        return Found::Unsure(groups.into_iter().map(|(_, mut group)| group.swap_remove(0)).collect());
    }
    let mut groups = groups.into_iter().map(|(_, group)| group);
    let same = groups.next().unwrap_or_default();
    let others = groups.map(|mut group| group.swap_remove(0)).collect();
    let how = match how {
        How::Spelling(_) => How::Spelling(same.first().map(|named| named.shown.clone()).unwrap_or_default()),
        how => how,
    };
    Found::Sure { same, others, how }
}
