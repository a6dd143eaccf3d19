//! Building the file of a revision, pack by pack.

use std::collections::HashMap;
use std::path::Path;

use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection};

use crate::article::fold::{fold, key};
use crate::article::pack::{Article, QuoteKind, Section};
use crate::article::{Item, Kind, Pack, Role};

use super::LibraryError;

/// The version of the schema and of what is put into it. A new one makes every revision a new one.
pub(super) const SCHEMA: &str = "2";

/// The tables. A file is made once with the newest of them and never migrated.
const SCHEMA_SQL: &str = include_str!("../../migrations/library/schema.sql");

/// How many rows one statement takes: the rows travel as one JSON text, which should stay small.
const ROWS: usize = 2_000;

/// How many letters of a word its spellings are made of: longer words differ early or not at all.
const SPELT_LETTERS: usize = 8;

/// How many typos a word may have: none up to three letters, then one, from eight letters on two.
pub(super) fn most_typos(word: &str) -> usize {
    match word.chars().count() {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    }
}

/// The word's beginning with up to [`most_typos`] letters left out, itself included. Two words that
/// are one typo apart (a letter wrong, missing, too much, or two swapped) share a spelling.
pub(super) fn spellings(word: &str) -> Vec<String> {
    let letters: Vec<char> = word.chars().take(SPELT_LETTERS).collect();
    let mut all = vec![letters.clone()];
    let mut last = vec![letters];
    for _ in 0..most_typos(word) {
        let next: Vec<Vec<char>> = last
            .iter()
            .flat_map(|letters| {
                (0..letters.len()).map(|at| {
                    let mut fewer = letters.clone();
                    fewer.remove(at);
                    fewer
                })
            })
            .collect();
        all.extend(next.iter().cloned());
        last = next;
    }
    let mut all: Vec<String> = all.into_iter().map(String::from_iter).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// A library file under construction.
pub(super) struct Builder {
    db: SqliteConnection,
    articles: i64,
    items: i64,
    languages: Vec<String>,
    words: HashMap<String, (i64, i64)>,
}

impl Builder {
    /// Starts an empty file.
    pub async fn create(path: &Path) -> Result<Builder, LibraryError> {
        let mut db = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            // The file is worth nothing until it is whole: if we are stopped, it is thrown away.
            .journal_mode(SqliteJournalMode::Off)
            .synchronous(SqliteSynchronous::Off)
            .pragma("cache_size", "-65536")
            .pragma("temp_store", "MEMORY")
            .pragma("locking_mode", "EXCLUSIVE")
            .connect()
            .await?;
        sqlx::raw_sql(SCHEMA_SQL).execute(&mut db).await?;
        sqlx::query("BEGIN").execute(&mut db).await?;
        Ok(Builder { db, articles: 0, items: 0, languages: Vec::new(), words: HashMap::new() })
    }

    /// Adds a pack that has been checked. `hash` is that of its content.
    pub async fn add(&mut self, pack: Pack, hash: &str) -> Result<(), LibraryError> {
        let article = self.articles + 1;
        let first = self.items + 1;
        let head = pack.article.clone();
        let items: Vec<(i64, Item)> =
            (first..).zip(pack.into_items()).map(|(number, item)| (item.row(number), item)).collect();
        let rows = (items.first().map_or(0, |it| it.0), items.last().map_or(0, |it| it.0));
        self.add_article(article, &head, hash, rows).await?;
        self.items += i64::try_from(items.len()).unwrap_or(0);
        self.articles = article;

        self.add_items(article, &items, &head.sections).await?;
        self.add_links(&items).await?;
        self.add_names(article, &items).await?;
        self.add_texts(&items).await
    }

    async fn add_article(
        &mut self,
        id: i64,
        article: &Article,
        hash: &str,
        (first, last): (i64, i64),
    ) -> Result<(), LibraryError> {
        let language = article.language.split('-').next().unwrap_or("en").to_lowercase();
        sqlx::query!(
            "INSERT INTO article (id, key, title, language, first, last, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            id,
            article.id,
            article.title,
            language,
            first,
            last,
            hash
        )
        .execute(&mut self.db)
        .await?;
        if !self.languages.contains(&language) {
            self.languages.push(language);
        }
        Ok(())
    }

    async fn add_items(
        &mut self,
        article: i64,
        items: &[(i64, Item)],
        sections: &[Section],
    ) -> Result<(), LibraryError> {
        let rows = items.iter().map(|(id, item)| {
            let paragraph = item.source().map(|source| source.paragraph);
            let section = paragraph.and_then(|paragraph| {
                let around = |section: &&Section| (section.first..=section.last).contains(&paragraph);
                sections.iter().find(around).and_then(section_name)
            });
            let days = match item.kind() {
                Kind::Event => item.when().and_then(|when| when.days().ok()),
                _ => None,
            };
            let body = item.to_json().map_err(|error| LibraryError::Content(error.to_string()))?;
            Ok((
                *id,
                article,
                item.kind() as i64,
                item.id(),
                item.title(),
                section,
                paragraph,
                days.map(|days| days.earliest),
                days.map(|days| days.latest),
                body,
            ))
        });
        let rows: Vec<_> = rows.collect::<Result<_, LibraryError>>()?;
        for rows in chunks(&rows)? {
            sqlx::query!(
                r#"INSERT INTO item (id, article, kind, key, title, section, paragraph, earliest, latest, body)
                   SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5,
                          value ->> 6, value ->> 7, value ->> 8, value ->> 9
                   FROM json_each(?1)"#,
                rows
            )
            .execute(&mut self.db)
            .await?;
            sqlx::query!(
                r#"INSERT INTO span (id, earliest, latest)
                   SELECT value ->> 0, value ->> 7, value ->> 8
                   FROM json_each(?1) WHERE value ->> 7 IS NOT NULL"#,
                rows
            )
            .execute(&mut self.db)
            .await?;
        }
        Ok(())
    }

    async fn add_links(&mut self, items: &[(i64, Item)]) -> Result<(), LibraryError> {
        let ids: HashMap<&str, i64> = items.iter().map(|(id, item)| (item.id(), *id)).collect();
        let mut rows: Vec<(i64, i64, i64, i64)> = Vec::new();
        let author = items.iter().find_map(|(_, item)| match item {
            Item::Article(article) => article.author.as_deref(),
            _ => None,
        });
        for (id, item) in items {
            // The article's own words are its author's.
            let own = match item {
                Item::Quote(quote) if quote.kind == QuoteKind::Author => author,
                _ => None,
            };
            for (role, key) in item.links().into_iter().chain(own.map(|author| (Role::By, author))) {
                if let Some(target) = ids.get(key) {
                    rows.push((*target, role as i64, item.kind() as i64, *id));
                }
            }
        }
        rows.sort_unstable();
        rows.dedup();
        for rows in chunks(&rows)? {
            sqlx::query!(
                r#"INSERT INTO link (target, role, kind, source)
                   SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3 FROM json_each(?1)"#,
                rows
            )
            .execute(&mut self.db)
            .await?;
        }
        Ok(())
    }

    async fn add_names(&mut self, article: i64, items: &[(i64, Item)]) -> Result<(), LibraryError> {
        let mut rows: Vec<(i64, String, i64, i64, bool, String, &str)> = items
            .iter()
            .flat_map(|(id, item)| {
                item.names().into_iter().map(move |name| {
                    (item.kind() as i64, key(name), article, *id, name == item.id(), fold(name), name)
                })
            })
            .collect();
        // Of two names with one key the first stays: a name before an id.
        rows.sort_unstable();
        rows.dedup_by(|a, b| (a.0, &a.1, a.3) == (b.0, &b.1, b.3));
        for rows in chunks(&rows)? {
            sqlx::query!(
                r#"INSERT OR IGNORE INTO name (key, folded, shown)
                   SELECT value ->> 1, value ->> 5, value ->> 6 FROM json_each(?1)"#,
                rows
            )
            .execute(&mut self.db)
            .await?;
            sqlx::query!(
                r#"INSERT INTO naming (kind, key, article, item, is_id)
                   SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4 FROM json_each(?1)"#,
                rows
            )
            .execute(&mut self.db)
            .await?;
        }
        for row in &rows {
            for word in row.5.split(' ').filter(|word| !word.is_empty()) {
                self.count(word, |(names, _)| *names += 1);
            }
        }
        Ok(())
    }

    async fn add_texts(&mut self, items: &[(i64, Item)]) -> Result<(), LibraryError> {
        let names: HashMap<&str, String> = items
            .iter()
            .map(|(_, item)| (item.id(), join(item.names().iter().map(|name| fold(name)))))
            .collect();
        let rows: Vec<(i64, String, String)> = items
            .iter()
            .map(|(id, item)| {
                let head = join(item.head().iter().map(|text| fold(text)));
                let body = join(item.body().iter().map(|text| fold(text)));
                let linked = join(item.links().iter().filter_map(|(_, key)| names.get(key)).cloned());
                (*id, head, join([body, linked].into_iter()))
            })
            .collect();
        for rows in chunks(&rows)? {
            sqlx::query!(
                r#"INSERT INTO text (rowid, head, body)
                   SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(?1)"#,
                rows
            )
            .execute(&mut self.db)
            .await?;
        }
        for (_, head, body) in &rows {
            for word in head.split(' ').chain(body.split(' ')).filter(|word| !word.is_empty()) {
                self.count(word, |(_, texts)| *texts += 1);
            }
        }
        Ok(())
    }

    fn count(&mut self, word: &str, add: impl FnOnce(&mut (i64, i64))) {
        match self.words.get_mut(word) {
            Some(counts) => add(counts),
            None => add(self.words.entry(word.to_string()).or_default()),
        }
    }

    /// Completes the file. Gives how many articles and items it has.
    pub async fn finish(mut self, revision: &str) -> Result<(i64, i64), LibraryError> {
        self.add_words().await?;
        sqlx::query!("INSERT INTO name_words (rowid, words) SELECT id, folded FROM name ORDER BY id")
            .execute(&mut self.db)
            .await?;
        let (articles, items, languages) = (self.articles, self.items, self.languages.join(" "));
        for (name, value) in [
            ("schema", SCHEMA),
            ("revision", revision),
            ("articles", &articles.to_string()),
            ("items", &items.to_string()),
            ("languages", &languages),
        ] {
            sqlx::query!("INSERT INTO about (name, value) VALUES (?1, ?2)", name, value)
                .execute(&mut self.db)
                .await?;
        }
        for table in ["text", "name_words"] {
            // One segment instead of many: a search then reads one list a word.
            sqlx::query(sqlx::AssertSqlSafe(format!("INSERT INTO {table} ({table}) VALUES ('optimize')")))
                .execute(&mut self.db)
                .await?;
        }
        sqlx::query("COMMIT").execute(&mut self.db).await?;
        self.db.close().await?;
        Ok((articles, items))
    }

    async fn add_words(&mut self) -> Result<(), LibraryError> {
        let mut words: Vec<(String, (i64, i64))> = std::mem::take(&mut self.words).into_iter().collect();
        words.sort_unstable();
        let rows: Vec<(i64, &str, i64, i64)> = (1..)
            .zip(&words)
            .map(|(id, (word, (names, texts)))| (id, word.as_str(), *names, *texts))
            .collect();
        for rows in rows.chunks(ROWS) {
            let json = to_json(rows)?;
            sqlx::query!(
                r#"INSERT INTO word (id, word, names, texts)
                   SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3 FROM json_each(?1)"#,
                json
            )
            .execute(&mut self.db)
            .await?;
            let mut spelt: Vec<(String, i64)> = rows
                .iter()
                .flat_map(|(id, word, ..)| spellings(word).into_iter().map(|spelling| (spelling, *id)))
                .collect();
            spelt.sort_unstable();
            for rows in chunks(&spelt)? {
                sqlx::query!(
                    r#"INSERT INTO spelling (spelling, word)
                       SELECT value ->> 0, value ->> 1 FROM json_each(?1)"#,
                    rows
                )
                .execute(&mut self.db)
                .await?;
            }
        }
        Ok(())
    }
}

/// What a reader would call a section: its heading in quotation marks, or the editor's name for it.
fn section_name(section: &Section) -> Option<String> {
    let heading = section.heading.as_ref().map(|heading| format!("“{heading}”"));
    heading.or_else(|| section.name.clone())
}

fn join(texts: impl Iterator<Item = String>) -> String {
    texts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ")
}

fn to_json<T: serde::Serialize>(rows: &[T]) -> Result<String, LibraryError> {
    serde_json::to_string(rows).map_err(|error| LibraryError::Content(error.to_string()))
}

fn chunks<T: serde::Serialize>(rows: &[T]) -> Result<Vec<String>, LibraryError> {
    rows.chunks(ROWS).map(to_json).collect()
}

#[cfg(test)]
mod tests {
    use super::{most_typos, spellings};
    use proptest::prelude::*;

    #[test]
    fn short_words_must_be_right() {
        assert_eq!(spellings("paz"), ["paz"]);
        assert_eq!(spellings("amlo"), ["alo", "aml", "amlo", "amo", "mlo"]);
    }

    proptest! {
        /// The promise of the index: whatever one typo does to a word of four letters or more, the
        /// two still share a spelling.
        #[test]
        fn one_typo_apart_share_a_spelling(word in "[a-z]{5,12}", at in 0_usize..12, letter in "[a-z]", typo in 0..4) {
            let mut letters: Vec<char> = word.chars().collect();
            let at = at % (letters.len() - 1);
            let letter = letter.chars().next().unwrap_or('x');
            match typo {
                0 => letters[at] = letter,
                1 => letters.insert(at, letter),
                2 => { letters.remove(at); }
                _ => letters.swap(at, at + 1),
            }
            let typed = String::from_iter(letters);
            let known = spellings(&word);
            prop_assert!(strsim::damerau_levenshtein(&word, &typed) <= most_typos(&typed).max(1));
            prop_assert!(spellings(&typed).iter().any(|it| known.contains(it)), "{word} {typed}");
        }
    }
}
