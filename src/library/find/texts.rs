//! Searching what the articles say.

use std::collections::{HashMap, HashSet};

use crate::article::Kind;
use crate::article::names::is_general;

use super::super::error::LibraryError;
use super::super::handle::HANDLE;
use super::super::items::MAX_LIST_ROWS;
use super::super::revision::Library;
use super::super::words::{asked_tokens, is_run, is_small_numeral};
use super::found::Found;
use super::terms::typed_words;

/// The most words of a question that are looked up: a message may begin with many that say nothing.
const MAX_ASKED: usize = 60;
/// The most words of a question that are looked for, those of names and the rarest first; the rest is ignored.
const MAX_WORDS: usize = 12;
/// The most items that one word of a search brings in. Rarer words count for more, and a rare word is
/// never cut, so what is lost are items that have only common words.
const MAX_HITS: i64 = 400;
/// How many entries of the index the words of a search may have together: a few milliseconds of reading.
const MAX_ENTRIES: i64 = 40_000;
/// Words of a search up to this many letters are taken as they are.
const SHORT: usize = 4;
/// Below this share of the best score a text has little to do with the question.
const WEAK: f64 = 0.5;
/// The most phrases that are made of the forms of a question's words.
const MAX_PHRASES: usize = 16;
/// How much more a word weighs that is in a name: what a message is about has a name more often than its filling.
const NAMED: f64 = 2.0;
/// The most items that have only some of the words.
const MAX_SOME: usize = 20;

/// A word, and the word that it was or could be taken for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The word as it was typed, folded.
    pub typed: String,
    /// The word that the library has.
    pub read: String,
}

/// What a search of the texts gave.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hits {
    /// Rows, the best first.
    pub items: Vec<i64>,
    /// Whether each has all the words that any text has, and not merely some of them.
    pub complete: bool,
    /// The words that texts have, folded.
    pub found: Vec<String>,
    /// The words that no text has in which was searched, folded.
    pub missing: Vec<String>,
    /// The words that were read as others.
    pub read: Vec<Reading>,
    /// The words that could be read as others, and were not.
    pub near: Vec<Reading>,
    /// Whether only the first part of the library was looked through, the words being too common.
    pub cut: bool,
}

impl Hits {
    /// Whether there are items that have all words just as they were typed.
    pub fn is_exact(&self) -> bool {
        self.complete && !self.items.is_empty() && self.missing.is_empty() && self.read.is_empty()
    }
}

/// A word that is looked for: its forms in each language.
struct Asked {
    word: String,
    forms: Vec<(usize, String)>,
    texts: i64,
    /// Some name has it.
    is_named: bool,
    /// It is a part of what was typed without spaces: that it is missing says nothing.
    is_part: bool,
    /// It is the numeral at the end, which tells even if a language has such a word in every text.
    is_numeral: bool,
}

impl Asked {
    /// A part of a word, as [`Term::parts`] gives it: the part, its language, how many texts have it.
    fn part((word, language, texts): (String, usize, i64)) -> Asked {
        let forms = vec![(language, word.clone())];
        Asked { word, forms, texts, is_named: false, is_part: true, is_numeral: false }
    }
}

/// The words of a question: those that tell something, and which of them is the numeral at its end ("World War I").
struct Question {
    words: Vec<String>,
    numeral: Option<String>,
}

impl Library {
    /// Searches everything that is said about items of these kinds.
    ///
    /// Items that have all the words come first, and alone: those that have them as one phrase in what they are
    /// called or say, those that have them there in any order, the others. A word that no text has counts for
    /// nothing and is named. Where no item has all the others, items with some of them come, the weight of a word
    /// being its rarity (inverse document frequency), and [`Hits::complete`] is false.
    pub async fn search(
        &self,
        typed: &str,
        kinds: &[Kind],
        article: Option<i64>,
    ) -> Result<Hits, LibraryError> {
        let mut within = self.within(kinds, article).await?;
        let words = typed_words(typed, MAX_ASKED);
        // "The" alone asks for nothing; "to be or not to be" does, and so does the name "US".
        if words.len() < 3
            && self.telling_count(&words) == 0
            && self.exact(typed, kinds, article).await?.named.is_empty()
        {
            return Ok(Hits::default());
        }
        let question = self.question(words);
        let mut hits = Hits::default();
        let mut asked = self.asked(&question, &mut hits).await?;
        if asked.is_empty() {
            return Ok(hits);
        }
        hits.found = asked.iter().filter(|asked| self.tells(asked)).map(|asked| asked.word.clone()).collect();
        hits.cut = within.afford(asked.iter().map(|asked| asked.texts).sum(), self.items);
        hits.items = self.with_all(&asked, &within).await?;
        hits.complete = true;
        if !hits.items.is_empty() || asked.len() == 1 && !is_cut_up(&asked[0]) {
            return Ok(hits);
        }
        asked = asked.into_iter().flat_map(cut_up).collect();
        let found = self.each(&asked, &within).await?;
        let mut found: Vec<(Asked, Vec<i64>)> = asked.into_iter().zip(found).collect();
        // What other articles or other kinds of items speak of is not there either.
        let missing = found.iter().filter(|(asked, items)| items.is_empty() && !asked.is_part);
        hits.missing.extend(missing.map(|(asked, _)| asked.word.clone()));
        hits.found.retain(|word| !hits.missing.contains(word));
        let before = found.len();
        found.retain(|(_, items)| !items.is_empty());
        if found.is_empty() {
            return Ok(hits);
        }
        if found.len() < before {
            let (asked, items): (Vec<Asked>, Vec<Vec<i64>>) = found.into_iter().unzip();
            hits.items = self.with_all(&asked, &within).await?;
            if !hits.items.is_empty() {
                return Ok(hits);
            }
            found = asked.into_iter().zip(items).collect();
        }
        hits.complete = false;
        hits.items = self.with_some(found, &within).await?;
        Ok(hits)
    }

    /// Everything that speaks of one thing by any of its names, and what the thing is called; `None` where what was
    /// typed is no handle of a thing.
    pub async fn speaking_of(
        &self,
        typed: &str,
        kinds: &[Kind],
        article: Option<i64>,
    ) -> Result<Option<(String, Hits)>, LibraryError> {
        // "Who is the author" asks for the author of the article, whatever it says of authors.
        let telling = self.telling(typed_words(typed, MAX_ASKED)).join(" ");
        let typed = match is_general(&telling) {
            true => telling.as_str(),
            false if typed.trim().starts_with(HANDLE) => typed,
            false => return Ok(None),
        };
        let Found::Sure { same, .. } = self.find_name(typed, kinds, article).await? else { return Ok(None) };
        let rows: Vec<i64> = same.iter().map(|named| named.item).collect();
        let records = self.records(&rows).await?;
        let Some(first) = records.first() else { return Ok(None) };
        let called = first.item.called();
        let queries = self.languages().iter().flat_map(|spoken| {
            // A name of such words as every text has would find every text.
            let tells = |words: &Vec<String>| words.iter().any(|word| !spoken.is_stop(word));
            let names = called.iter().map(|name| typed_words(name, MAX_WORDS)).filter(tells);
            names.map(|words| {
                let all: Vec<String> = words.iter().map(|word| spoken.query(word)).collect();
                format!("({})", all.join(" AND "))
            })
        });
        let query = queries.collect::<Vec<_>>().join(" OR ");
        let mut items = rows;
        if !query.is_empty() {
            let within = self.within(kinds, article).await?;
            items.extend(self.matching(&query, &within, MAX_LIST_ROWS).await?);
        }
        let mut seen = HashSet::new();
        items.retain(|item| seen.insert(*item));
        Ok(Some((first.item.title(), Hits { items, complete: true, ..Hits::default() })))
    }

    /// The items that have all the words in what they are called or say themselves.
    pub(super) async fn heads(
        &self,
        typed: &str,
        kinds: &[Kind],
        article: Option<i64>,
    ) -> Result<Vec<i64>, LibraryError> {
        let question = self.question(typed_words(typed, MAX_ASKED));
        let asked = self.asked(&question, &mut Hits::default()).await?;
        let all = self.all(&asked);
        if all.is_empty() {
            return Ok(Vec::new());
        }
        let query = format!("head : ({all})");
        self.matching(&query, &self.within(kinds, article).await?, MAX_LIST_ROWS).await
    }

    fn question(&self, words: Vec<String>) -> Question {
        let numeral = words.last().filter(|last| words.len() > 1 && is_small_numeral(last)).cloned();
        let mut words = self.telling(words);
        words.extend(numeral.clone().filter(|numeral| !words.contains(numeral)));
        Question { words, numeral }
    }

    /// The words that texts have, with their forms; `hits` is given the others.
    async fn asked(&self, question: &Question, hits: &mut Hits) -> Result<Vec<Asked>, LibraryError> {
        let terms = self.terms(&question.words);
        let is_numeral = |word: &str| question.numeral.as_deref() == Some(word);
        // Short words are too near to other words to be taken for them, and names are what people misspell.
        let unknown: Vec<&str> = terms
            .iter()
            .filter(|term| !term.is_known() && term.word.chars().count() > SHORT)
            .map(|term| term.word.as_str())
            .collect();
        let spelt = self.spell(&unknown, false);
        let languages = 0..self.languages().len();
        let forms = |of: &dyn Fn(usize) -> Vec<String>| -> Vec<(usize, String)> {
            languages
                .clone()
                .flat_map(|language| of(language).into_iter().map(move |form| (language, form)))
                .collect()
        };
        let mut asked = Vec::new();
        for term in &terms {
            let owned = |words: Vec<&str>| words.into_iter().map(String::from).collect::<Vec<_>>();
            let mut all = forms(&|language| owned(term.forms(language)));
            if all.is_empty() {
                let mut read: Vec<String> = Vec::new();
                all = forms(&|language| owned(term.likely(language)));
                read.extend(all.first().map(|(_, word)| word.clone()));
                if let Some([only]) = spelt.get(&term.word).map(Vec::as_slice)
                    && only.proper
                {
                    all = forms(&|_| vec![only.word.clone()]);
                    read = vec![only.word.clone()];
                }
                hits.read
                    .extend(read.iter().map(|read| Reading { typed: term.word.clone(), read: read.clone() }));
            }
            let parts = term.parts();
            if all.is_empty() && !parts.is_empty() {
                asked.extend(parts.into_iter().map(Asked::part));
                continue;
            }
            if all.is_empty() {
                // A stop word of some language is no word that anybody misses.
                let is_stop = self.languages().iter().any(|language| language.is_stop(&term.word));
                if !is_stop || is_numeral(&term.word) {
                    hits.missing.push(term.word.clone());
                }
                let others = term.others().into_iter().map(String::from).take(1);
                let spelt =
                    spelt.get(&term.word).into_iter().flatten().filter(|it| it.proper || it.typos < 2);
                let spelt = spelt.map(|it| it.word.clone());
                let near = others.chain(spelt);
                hits.near.extend(near.map(|read| Reading { typed: term.word.clone(), read }));
                continue;
            }
            let (texts, is_named) = (term.texts().max(1), term.names() > 0);
            let (word, is_numeral) = (term.word.clone(), is_numeral(&term.word));
            asked.push(Asked { word, forms: all, texts, is_named, is_part: false, is_numeral });
        }
        Ok(self.weightiest(asked))
    }

    /// The words that tell something, if there are any, and of many those of names and the rarest.
    fn weightiest(&self, mut asked: Vec<Asked>) -> Vec<Asked> {
        // What every text has in the languages in which it is found tells nothing, whatever the other languages are.
        if asked.iter().any(|asked| self.tells(asked)) {
            asked.retain(|asked| self.tells(asked));
        }
        if asked.len() > MAX_WORDS {
            let rank = |asked: &Asked| (!asked.is_named, asked.texts);
            let mut ranks: Vec<_> = asked.iter().map(rank).collect();
            ranks.sort_unstable();
            let last = ranks[MAX_WORDS - 1];
            asked.retain(|asked| rank(asked) <= last);
            asked.truncate(MAX_WORDS);
        }
        asked
    }

    /// Whether a word tells something in one of the languages in which it is found.
    fn tells(&self, asked: &Asked) -> bool {
        let is_stop = |language: usize| self.languages()[language].is_stop(&asked.word);
        asked.is_numeral || asked.forms.iter().any(|(language, _)| !is_stop(*language))
    }

    /// The FTS5 query for all the words: in one language, whichever, and without those that every text in it has.
    fn all(&self, asked: &[Asked]) -> String {
        let languages = self.languages().iter().enumerate().filter_map(|(language, spoken)| {
            let tells = |asked: &&Asked| asked.is_numeral || !spoken.is_stop(&asked.word);
            let telling: Vec<&Asked> = asked.iter().filter(tells).collect();
            let all: Vec<&Asked> = if telling.is_empty() { asked.iter().collect() } else { telling };
            if all.is_empty() {
                return None;
            }
            let all: Option<Vec<String>> = all.iter().map(|asked| self.any(asked, Some(language))).collect();
            all.map(|all| format!("({})", all.join(" AND ")))
        });
        languages.collect::<Vec<_>>().join(" OR ")
    }

    /// The FTS5 query for a word, in one language or in all; `None` where it has no form there.
    fn any(&self, asked: &Asked, language: Option<usize>) -> Option<String> {
        let tells = |language: usize| asked.is_numeral || !self.languages()[language].is_stop(&asked.word);
        let somewhere = asked.forms.iter().any(|(language, _)| tells(*language));
        let wanted = |it: usize| match language {
            Some(language) => it == language,
            None => !somewhere || tells(it),
        };
        let forms = asked.forms.iter().filter(|(language, _)| wanted(*language));
        let forms: Vec<String> =
            forms.map(|(language, form)| self.languages()[*language].query(form)).collect();
        (!forms.is_empty()).then(|| format!("({})", forms.join(" OR ")))
    }

    /// The FTS5 queries for the words one after the other in a language, in some of their forms.
    fn phrases(&self, asked: &[Asked], language: usize) -> Vec<String> {
        let mut phrases = vec![String::new()];
        for asked in asked {
            let forms = asked.forms.iter().filter(|(it, _)| *it == language).map(|(_, form)| form);
            phrases =
                forms.flat_map(|form| phrases.iter().map(move |before| format!("{before} {form}"))).collect();
            phrases.truncate(MAX_PHRASES);
        }
        phrases.iter().map(|phrase| self.languages()[language].query(phrase)).collect()
    }

    async fn with_all(&self, asked: &[Asked], within: &Within) -> Result<Vec<i64>, LibraryError> {
        let all = self.all(asked);
        if all.is_empty() {
            return Ok(Vec::new());
        }
        let anywhere = self.matching(&all, within, MAX_LIST_ROWS).await?;
        if anywhere.len() < 2 {
            return Ok(anywhere);
        }
        let mut ranked = Vec::new();
        if asked.len() > 1 {
            let phrases = (0..self.languages().len()).flat_map(|language| self.phrases(asked, language));
            let phrases = phrases.collect::<Vec<_>>().join(" OR ");
            if !phrases.is_empty() {
                ranked.extend(self.matching(&format!("head : ({phrases})"), within, MAX_LIST_ROWS).await?);
            }
        }
        ranked.extend(self.matching(&format!("head : ({all})"), within, MAX_LIST_ROWS).await?);
        ranked.extend(anywhere);
        let mut seen = HashSet::new();
        ranked.retain(|item| seen.insert(*item));
        Ok(ranked)
    }

    /// The items that each of the words brings in.
    async fn each(&self, asked: &[Asked], within: &Within) -> Result<Vec<Vec<i64>>, LibraryError> {
        let mut found = Vec::new();
        for asked in asked {
            found.push(match self.any(asked, None) {
                Some(query) => self.matching(&query, within, MAX_HITS).await?,
                None => Vec::new(),
            });
        }
        Ok(found)
    }

    async fn with_some(
        &self,
        mut found: Vec<(Asked, Vec<i64>)>,
        within: &Within,
    ) -> Result<Vec<i64>, LibraryError> {
        found.sort_by_key(|(_, items)| items.len());
        let weight = |found: usize| (1.0 + self.items as f64 / found.max(1) as f64).ln();
        let rarest = found.first().and_then(|(asked, _)| self.any(asked, None));
        let mut scores: HashMap<i64, f64> = HashMap::new();
        for (at, (asked, items)) in found.iter().enumerate() {
            let mut items = items.clone();
            // The list of a common word was cut; its items that have the rarest word too must count.
            if i64::try_from(items.len()).is_ok_and(|found| found == MAX_HITS)
                && at > 0
                && let (Some(rarest), Some(word)) = (&rarest, self.any(asked, None))
            {
                items.extend(self.matching(&format!("{rarest} AND {word}"), within, MAX_HITS).await?);
                items.sort_unstable();
                items.dedup();
            }
            let weight = weight(items.len()) * if asked.is_named { NAMED } else { 1.0 };
            for item in items {
                *scores.entry(item).or_default() += weight;
            }
        }
        let best = scores.values().copied().fold(0.0, f64::max);
        let mut scored: Vec<(i64, f64)> =
            scores.into_iter().filter(|(_, score)| *score >= WEAK * best).collect();
        scored.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        Ok(scored.into_iter().map(|(item, _)| item).take(MAX_SOME).collect())
    }

    /// The rows of the items that match an FTS5 query by what they say.
    async fn matching(&self, query: &str, within: &Within, limit: i64) -> Result<Vec<i64>, LibraryError> {
        let query = format!("{{head body}} : ({query})");
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

/// Whether the word can be looked for in parts: a sentence without spaces is one word.
fn is_cut_up(asked: &Asked) -> bool {
    is_run(&asked.word) && asked.word.chars().count() > 2
}

/// The word, or every two neighbouring letters of a script without spaces.
fn cut_up(asked: Asked) -> Vec<Asked> {
    if !is_cut_up(&asked) {
        return vec![asked];
    }
    let part = |word: String| {
        let forms = asked.forms.iter().map(|(language, _)| (*language, word.clone())).collect();
        Asked { word, forms, texts: asked.texts, is_named: asked.is_named, is_part: true, is_numeral: false }
    };
    asked_tokens(&asked.word).into_iter().map(part).collect()
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
