//! What a person may be about to type.

use std::collections::{HashMap, HashSet};

use crate::article::Kind;
use crate::article::fold::{fold, key};

use super::super::error::LibraryError;
use super::super::revision::Library;
use super::found::Named;
use super::names::{any, begun, kind_numbers};
use super::terms::typed_words;

/// The most words of what has been typed that are looked at.
const MAX_WORDS: usize = 12;

/// The most things of one name that are looked at so as to tell them apart.
const MAX_OWNERS: i64 = 50;

/// A name that a person may go on to type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// What to put into the command: it finds this thing and no other.
    pub value: String,
    /// What it stands for, if that is another name.
    pub title: String,
}

/// Something that has a name which fits what was typed.
#[derive(Debug)]
struct Fitting {
    kind: i64,
    /// Its id, and that of its article.
    key: String,
    article_key: String,
    title: String,
    /// The name.
    shown: String,
    /// Whether all that has the name is of this kind and title.
    is_sole: bool,
}

/// Of what kinds and titles the things are that have a name, by its key.
type Owners = HashMap<String, HashSet<(i64, String)>>;

impl Library {
    /// Names of these kinds that a person may be about to type. At most `limit`, the likeliest first:
    /// names that begin so, then names with words that begin so, then names spelt almost so.
    pub async fn suggest(
        &self,
        typed: &str,
        kinds: &[Kind],
        article: Option<i64>,
        limit: usize,
    ) -> Result<Vec<Suggestion>, LibraryError> {
        // Several names can stand for one thing, and each thing is offered once.
        let most = 4 * limit;
        let (mut found, mut owners) = match article {
            None => self.beginning(&key(typed), kinds, most).await?,
            Some(article) => (self.beginning_in(article, &key(typed), kinds, most).await?, Owners::new()),
        };
        found.sort_by_key(|it| it.shown != it.title);
        let words = typed_words(typed, MAX_WORDS);
        if found.len() < limit && !words.is_empty() {
            let more = self.with_words(&words, kinds, article, found.is_empty()).await?;
            found.extend(more.into_iter().map(Fitting::from));
        }
        // One line a thing, under the first name that fits.
        let mut seen = HashSet::new();
        found.retain(|it| seen.insert((it.kind, fold(&it.title))));
        found.truncate(limit);
        let unsure = found.iter().filter(|it| !it.is_sole).map(|it| key(&it.shown));
        let unsure: Vec<String> = unsure.filter(|name| !owners.contains_key(name)).collect();
        let unsure: Vec<(Kind, String)> =
            kinds.iter().flat_map(|kind| unsure.iter().map(|name| (*kind, name.clone()))).collect();
        owners.extend(owners_of(self.having(&unsure, article).await?.iter().map(|(_, it)| it)));
        let suggestion = |it: Fitting| {
            let is_one = it.is_sole || owners.get(&key(&it.shown)).is_none_or(|owners| owners.len() < 2);
            let value = if is_one { it.shown } else { self.handle(&it.article_key, &it.key) };
            Suggestion { value, title: it.title }
        };
        let mut suggestions: Vec<Suggestion> = found.into_iter().map(suggestion).collect();
        let mut seen = HashSet::new();
        suggestions.retain(|it| seen.insert(it.value.clone()));
        Ok(suggestions)
    }

    /// What has names that begin with a key, at most `most` names; and for those names, what else has them.
    async fn beginning(
        &self,
        start: &str,
        kinds: &[Kind],
        most: usize,
    ) -> Result<(Vec<Fitting>, Owners), LibraryError> {
        let mut names: Vec<(Kind, String)> = Vec::new();
        for kind in kinds {
            let begun = self.maps.beginning(*kind, start, most - names.len());
            names.extend(begun.into_iter().map(|name| (*kind, name)));
        }
        let fitting = names.len();
        for other in kinds {
            let also = |(kind, name): &&(Kind, String)| kind != other && self.maps.has(*other, name);
            let also: Vec<String> =
                names[..fitting].iter().filter(also).map(|(_, name)| name.clone()).collect();
            names.extend(also.into_iter().map(|name| (*other, name)));
        }
        let found = self.having(&names, None).await?;
        let owners = owners_of(found.iter().map(|(_, it)| it));
        Ok((found.into_iter().filter(|(at, _)| *at < fitting).map(|(_, it)| it).collect(), owners))
    }

    /// What has each of the names, with the name's place among them: one thing where all are of one kind and title,
    /// or else at most [`MAX_OWNERS`].
    async fn having(
        &self,
        names: &[(Kind, String)],
        article: Option<i64>,
    ) -> Result<Vec<(usize, Fitting)>, LibraryError> {
        if names.is_empty() {
            return Ok(vec![]);
        }
        let names: Vec<(i64, &str)> =
            names.iter().map(|(kind, name)| (*kind as i64, name.as_str())).collect();
        let names =
            serde_json::to_string(&names).map_err(|error| LibraryError::Content(error.to_string()))?;
        let rows = sqlx::query!(
            r#"SELECT wanted.key + 0 AS "at!: i64", item.kind AS "kind!: i64", item.key AS "key!: String",
                      article.key AS "article_key!: String", item.title AS "title!: String",
                      name.shown AS "shown!: String", name.sole AS "sole!: i64"
               FROM json_each(?1) AS wanted
               CROSS JOIN name ON name.key = wanted.value ->> 1
               CROSS JOIN item ON item.id IN (
                   SELECT item FROM (
                       SELECT n.item FROM naming AS n
                       WHERE name.sole = 1 AND n.kind = wanted.value ->> 0 AND n.key = name.key AND n.is_id = 0
                       AND (?2 IS NULL OR n.article = ?2) LIMIT 1)
                   UNION ALL
                   SELECT item FROM (
                       SELECT n.item FROM naming AS n
                       WHERE name.sole = 0 AND n.kind = wanted.value ->> 0 AND n.key = name.key AND n.is_id = 0
                       AND (?2 IS NULL OR n.article = ?2) LIMIT ?3)
               )
               CROSS JOIN article ON article.id = item.article"#,
            names,
            article,
            MAX_OWNERS
        )
        .fetch_all(&mut *self.readers.get().await)
        .await?;
        let fitting = rows.into_iter().map(|row| {
            let is_sole = row.sole != 0;
            let (key, article_key) = (row.key, row.article_key);
            (
                row.at,
                Fitting { kind: row.kind, key, article_key, title: row.title, shown: row.shown, is_sole },
            )
        });
        Ok(fitting.filter_map(|(at, it)| Some((usize::try_from(at).ok()?, it))).collect())
    }

    /// What has names in an article that begin with a key, at most `most` of them.
    async fn beginning_in(
        &self,
        article: i64,
        start: &str,
        kinds: &[Kind],
        most: usize,
    ) -> Result<Vec<Fitting>, LibraryError> {
        let (end, kinds) = (format!("{start}\u{10ffff}"), kind_numbers(kinds));
        let most = i64::try_from(most).unwrap_or(100);
        Ok(sqlx::query_as!(
            Fitting,
            r#"SELECT n.kind AS "kind!", item.key, article.key AS article_key, item.title, name.shown,
                      name.sole AS "is_sole: bool"
               FROM json_each(?1) AS wanted
               CROSS JOIN naming AS n ON n.kind = wanted.value AND n.key >= ?2 AND n.key < ?3
               CROSS JOIN name ON name.key = n.key
               CROSS JOIN item ON item.id = n.item
               CROSS JOIN article ON article.id = n.article
               WHERE n.article = ?4 AND n.is_id = 0 LIMIT ?5"#,
            kinds,
            start,
            end,
            article,
            most
        )
        .fetch_all(&mut *self.readers.get().await)
        .await?)
    }

    /// What has names with words that begin so; with `or_near`, where nothing has, names with words spelt almost so.
    async fn with_words(
        &self,
        words: &[String],
        kinds: &[Kind],
        article: Option<i64>,
        or_near: bool,
    ) -> Result<Vec<Named>, LibraryError> {
        if self.begins_few(words) {
            let query: Vec<String> = words.iter().map(|word| begun(word)).collect();
            let found = self.alone_by_words(&query.join(" AND "), kinds, article).await?;
            if !found.is_empty() {
                return Ok(found);
            }
        }
        let unknown: Vec<&str> = words.iter().map(String::as_str).collect();
        let spelt = if or_near { self.spell(&unknown, true) } else { HashMap::new() };
        if spelt.is_empty() {
            return Ok(vec![]);
        }
        let readings = words.iter().map(|word| match spelt.get(word) {
            Some(spelt) => any(&spelt.iter().map(|it| it.word.as_str()).collect::<Vec<_>>()),
            None => any(&[word]),
        });
        let query: Vec<String> = readings.collect();
        self.alone_by_words(&query.join(" AND "), kinds, article).await
    }

    /// Years that begin with the digits typed and in which an event begins, the earliest first.
    pub async fn suggest_years(&self, typed: &str, limit: usize) -> Result<Vec<Suggestion>, LibraryError> {
        let digits: String = typed.chars().take_while(char::is_ascii_digit).take(4).collect();
        let missing = u32::try_from(4 - digits.len()).unwrap_or(0);
        let (Ok(start), true) = (digits.parse::<i64>(), digits.len() == typed.trim().len()) else {
            return Ok(vec![]);
        };
        let wide = 10_i64.pow(missing);
        let (first, last) = (start * wide * 10_000, (start + 1) * wide * 10_000 - 1);
        let (event, most) = (Kind::Event as i64, i64::try_from(limit).unwrap_or(25));
        // From year to year along the index: an article more costs nothing.
        let years = sqlx::query_scalar!(
            r#"WITH RECURSIVE years (year) AS (
                   SELECT min(earliest) / 10000 FROM item WHERE kind = ?1 AND earliest BETWEEN ?2 AND ?3
                   UNION ALL
                   SELECT (SELECT min(earliest) / 10000 FROM item
                           WHERE kind = ?1 AND earliest BETWEEN (year + 1) * 10000 AND ?3)
                   FROM years WHERE year IS NOT NULL LIMIT 100
               )
               SELECT year AS "year!: i64" FROM years WHERE year IS NOT NULL LIMIT ?4"#,
            event,
            first,
            last,
            most
        )
        .fetch_all(&mut *self.readers.get().await)
        .await?;
        Ok(years.iter().map(|year| Suggestion { value: year.to_string(), title: year.to_string() }).collect())
    }
}

impl From<Named> for Fitting {
    fn from(named: Named) -> Fitting {
        let Named { key, article_key, title, shown, is_sole, .. } = named;
        Fitting { kind: named.kind as i64, key, article_key, title, shown, is_sole }
    }
}

/// Things of one kind and title in several articles are found together.
fn owners_of<'a>(having: impl Iterator<Item = &'a Fitting>) -> Owners {
    let mut owners = Owners::new();
    for it in having {
        owners.entry(key(&it.shown)).or_default().insert((it.kind, fold(&it.title)));
    }
    owners
}
