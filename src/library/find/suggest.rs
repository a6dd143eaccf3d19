//! What a person may be about to type.

use std::collections::{HashMap, HashSet};

use crate::article::Kind;
use crate::article::fold::{fold, key};

use super::super::bind::strings;
use super::super::error::LibraryError;
use super::super::revision::Library;
use super::names::{any, begun, kind_numbers};
use super::terms::typed_words;

/// The most words of what has been typed that are looked at.
const MAX_WORDS: usize = 12;

/// The most things of one name that are looked at so as to tell them apart.
const MAX_OWNERS: i64 = 400;

/// A name that a person may go on to type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// What to put into the command: it finds this thing and no other.
    pub value: String,
    /// What it stands for, if that is another name.
    pub title: String,
}

/// A name that begins as was typed, and what it stands for.
struct Fitting {
    kind: i64,
    shown: String,
    title: String,
}

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
        let mut found = self.beginning(&key(typed), kinds, article, 4 * limit).await?;
        found.sort_by_key(|it| it.shown != it.title);
        let words = typed_words(typed, MAX_WORDS);
        if found.len() < limit && !words.is_empty() {
            let mut more = match self.begins_few(&words).await? {
                true => {
                    let query: Vec<String> = words.iter().map(|word| begun(word)).collect();
                    self.by_words(&query.join(" AND "), kinds, article).await?
                }
                false => vec![],
            };
            if more.is_empty() && found.is_empty() {
                let unknown: Vec<&str> = words.iter().map(String::as_str).collect();
                let spelt = self.spell(&unknown, true).await?;
                let readings = words.iter().map(|word| match spelt.get(word) {
                    Some(spelt) => any(&spelt.iter().map(|it| it.word.as_str()).collect::<Vec<_>>()),
                    None => any(&[word]),
                });
                if !spelt.is_empty() {
                    let query: Vec<String> = readings.collect();
                    more = self.by_words(&query.join(" AND "), kinds, article).await?;
                }
            }
            found.extend(more.into_iter().map(|it| Fitting {
                kind: it.kind as i64,
                shown: it.shown,
                title: it.title,
            }));
        }
        // One line a thing, under the first name that fits.
        let mut seen = HashSet::new();
        found.retain(|it| seen.insert((it.kind, fold(&it.title))));
        found.truncate(limit);
        let values = self.values(&found, kinds, article).await?;
        let suggestion = |(it, value): (Fitting, String)| Suggestion { value, title: it.title };
        let mut suggestions: Vec<Suggestion> = found.into_iter().zip(values).map(suggestion).collect();
        let mut seen = HashSet::new();
        suggestions.retain(|it| seen.insert(it.value.clone()));
        Ok(suggestions)
    }

    /// Names that begin with a key, at most `most` of them.
    async fn beginning(
        &self,
        start: &str,
        kinds: &[Kind],
        article: Option<i64>,
        most: usize,
    ) -> Result<Vec<Fitting>, LibraryError> {
        let (end, kinds) = (format!("{start}\u{10ffff}"), kind_numbers(kinds));
        let most = i64::try_from(most).unwrap_or(100);
        Ok(sqlx::query_as!(
            Fitting,
            r#"SELECT DISTINCT n.kind AS "kind!", name.shown, item.title FROM json_each(?1) AS wanted
               CROSS JOIN naming AS n ON n.kind = wanted.value AND n.key >= ?2 AND n.key < ?3
               CROSS JOIN name ON name.key = n.key
               CROSS JOIN item ON item.id = n.item
               WHERE (?4 IS NULL OR n.article = ?4) AND n.is_id = 0 LIMIT ?5"#,
            kinds,
            start,
            end,
            article,
            most
        )
        .fetch_all(&mut *self.readers.get().await)
        .await?)
    }

    /// What to put into a command for each of the things: the name that fits, or where other things have it too,
    /// what means this one alone.
    async fn values(
        &self,
        found: &[Fitting],
        kinds: &[Kind],
        article: Option<i64>,
    ) -> Result<Vec<String>, LibraryError> {
        let keys: Vec<String> = found.iter().map(|it| key(&it.shown)).collect();
        let asked: Vec<&str> = keys.iter().map(String::as_str).collect();
        let (asked, kinds) = (strings(&asked), kind_numbers(kinds));
        let rows = sqlx::query!(
            r#"SELECT n.key AS "name!", n.kind AS "kind!", item.title, item.key, article.key AS article_key
               FROM json_each(?1) AS asked
               CROSS JOIN name ON name.key = asked.value AND name.sole = 0
               CROSS JOIN json_each(?2) AS wanted
               CROSS JOIN naming AS n ON n.kind = wanted.value AND n.key = name.key
               CROSS JOIN item ON item.id = n.item
               CROSS JOIN article ON article.id = n.article
               WHERE n.is_id = 0 AND (?3 IS NULL OR n.article = ?3) LIMIT ?4"#,
            asked,
            kinds,
            article,
            MAX_OWNERS
        )
        .fetch_all(&mut *self.readers.get().await)
        .await?;
        // Things of one kind and title in several articles are found together.
        let mut owners: HashMap<&str, HashSet<(i64, String)>> = HashMap::new();
        for row in &rows {
            owners.entry(&row.name).or_default().insert((row.kind, fold(&row.title)));
        }
        let value = |(it, key): (&Fitting, &String)| {
            let row =
                rows.iter().find(|row| row.name == *key && row.kind == it.kind && row.title == it.title);
            match row {
                Some(row) if owners.get(key.as_str()).is_some_and(|owners| owners.len() > 1) => {
                    self.handle(&row.article_key, &row.key)
                }
                _ => it.shown.clone(),
            }
        };
        Ok(found.iter().zip(&keys).map(value).collect())
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
