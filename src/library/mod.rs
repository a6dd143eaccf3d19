//! The loaded articles in SQLite: one immutable file a revision, built, looked up and searched here.

mod apart;
mod build;
mod changes;
mod find;
mod plan;
mod readers;
mod same;
mod store;
mod things;
mod words;

use std::path::Path;

use crate::article::date::Days;
use crate::article::{Item, Kind, LinkKind, Pack};

use readers::Readers;
use words::Language;

pub use changes::{Change, Changes, FieldChange, ItemChange, Outline};
pub use find::{Found, Hits, MatchKind, Named, Reading, Suggestion};
pub use plan::{LeftOut, Plan, Upload, pack_files};
pub use store::{LibraryStore, LoadError};

/// The most items that a list query gives: whoever gets so many should narrow the question.
pub const MAX_LIST_ROWS: i64 = 200;

/// Stands before an id, or an article's id and one (`id:us-mexico/paz`), where the id alone could mean another thing.
const HANDLE: &str = "id:";

/// Why the library could not answer.
#[derive(Debug, thiserror::Error)]
pub enum LibraryError {
    /// SQLite said no: the file is damaged, gone, or can't be read.
    #[error("the library can't be read: {0}")]
    Database(sqlx::Error),
    /// The file holds something that this program does not understand.
    #[error("the library holds something unreadable: {0}")]
    Content(String),
}

impl From<sqlx::Error> for LibraryError {
    fn from(error: sqlx::Error) -> Self {
        LibraryError::Database(error)
    }
}

/// An item and where it belongs.
#[derive(Debug, Clone)]
pub struct Record {
    /// The row, in this revision only.
    pub id: i64,
    /// The article's row, in this revision only.
    pub article: i64,
    /// The article's id in its pack.
    pub article_key: String,
    /// What lists and sources call the article, told apart from every other.
    pub article_name: String,
    /// The section of the text, as a reader would name it.
    pub section: Option<String>,
    /// What a line calls it for a command of its kind, in its article.
    pub handle: String,
    /// What a line calls it for a command of all kinds, in its article.
    pub any_handle: String,
    /// First and last day, for what is dated.
    pub days: Option<Days>,
    /// The item itself.
    pub item: Item,
}

/// An article in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArticleEntry {
    /// The row, in this revision only.
    pub id: i64,
    /// Its id in its pack.
    pub key: String,
    /// Its title, with what tells it from another of the same title.
    pub title: String,
    /// What lists and sources call it: its short name, or else its title.
    pub name: String,
    /// The name of who wrote it.
    pub author: Option<String>,
    /// When it was published, as people are told.
    pub date: Option<String>,
    /// Its language: the first part of a BCP 47 tag, in small letters.
    pub language: String,
    /// How many items it has, itself included.
    pub items: i64,
}

/// One revision of the library, open for reading. Cheap to share; it never changes.
#[derive(Debug)]
pub struct Library {
    readers: Readers,
    revision: String,
    articles: i64,
    items: i64,
    /// The languages of its articles, in the order in which words are kept.
    languages: Vec<Language>,
}

impl Library {
    /// Opens the file of a revision.
    ///
    /// # Errors
    /// The file is missing, damaged, or of another version of the schema.
    pub async fn open(path: &Path) -> Result<Library, LibraryError> {
        let readers = Readers::open(path).await?;
        let about =
            sqlx::query!("SELECT name, value FROM about").fetch_all(&mut *readers.get().await).await?;
        let value = |name: &str| {
            let row = about.iter().find(|row| row.name == name);
            row.map(|row| row.value.clone())
                .ok_or_else(|| LibraryError::Content(format!("it does not say its {name}")))
        };
        let number = |name: &str| {
            value(name)?.parse().map_err(|_| LibraryError::Content(format!("its {name} is not a number")))
        };
        if value("schema")? != build::SCHEMA {
            return Err(LibraryError::Content("it was made by another version of Rapporteur".into()));
        }
        Ok(Library {
            revision: value("revision")?,
            articles: number("articles")?,
            items: number("items")?,
            languages: value("languages")?.split_whitespace().map(Language::new).collect(),
            readers,
        })
    }

    /// Whether SQLite finds nothing wrong with the file. Reads all of it.
    async fn is_sound(&self) -> bool {
        let verdict: Result<String, _> =
            sqlx::query_scalar("PRAGMA quick_check(1)").fetch_one(&mut *self.readers.get().await).await;
        verdict.is_ok_and(|verdict| verdict == "ok")
    }

    /// The revision: 16 hexadecimal digits, the same for the same packs.
    pub fn revision(&self) -> &str {
        &self.revision
    }

    /// How many articles there are.
    pub fn article_count(&self) -> i64 {
        self.articles
    }

    /// How many items there are, the articles included.
    pub fn item_count(&self) -> i64 {
        self.items
    }

    /// Whether answers must say which article they are from.
    pub fn has_several_articles(&self) -> bool {
        self.articles > 1
    }

    /// What means an item of an article and nothing else, for any command.
    pub fn handle(&self, article_key: &str, key: &str) -> String {
        if self.has_several_articles() {
            format!("{HANDLE}{article_key}/{key}")
        } else {
            format!("{HANDLE}{key}")
        }
    }

    /// The languages of its articles.
    fn languages(&self) -> &[Language] {
        &self.languages
    }

    /// How many items of each kind an article has, or all articles together.
    ///
    /// # Errors
    /// See [`LibraryError`].
    pub async fn counts(&self, article: Option<i64>) -> Result<Vec<(Kind, i64)>, LibraryError> {
        let rows = sqlx::query!(
            r#"SELECT kind AS "kind!: i64", count(*) AS "count!: i64" FROM item
               WHERE ?1 IS NULL OR article = ?1 GROUP BY kind ORDER BY kind"#,
            article
        )
        .fetch_all(&mut *self.readers.get().await)
        .await?;
        Ok(rows.into_iter().filter_map(|row| Some((Kind::from_number(row.kind)?, row.count))).collect())
    }

    /// Articles in their order (the packs' `order`, then date and title), from the one at `offset` on.
    ///
    /// # Errors
    /// See [`LibraryError`].
    pub async fn articles(&self, offset: i64, limit: i64) -> Result<Vec<ArticleEntry>, LibraryError> {
        Ok(sqlx::query_as!(
            ArticleEntry,
            r#"SELECT id, key, title, name, author, date, language, last / 16 - first / 16 + 1 AS "items!: i64"
               FROM article ORDER BY id LIMIT ?1 OFFSET ?2"#,
            limit,
            offset
        )
        .fetch_all(&mut *self.readers.get().await)
        .await?)
    }

    /// The article with this id in its pack.
    ///
    /// # Errors
    /// See [`LibraryError`].
    pub async fn article(&self, key: &str) -> Result<Option<ArticleEntry>, LibraryError> {
        Ok(sqlx::query_as!(
            ArticleEntry,
            r#"SELECT id, key, title, name, author, date, language, last / 16 - first / 16 + 1 AS "items!: i64"
               FROM article WHERE key = ?1"#,
            key
        )
        .fetch_optional(&mut *self.readers.get().await)
        .await?)
    }

    /// Items by row, in the order asked for.
    ///
    /// # Errors
    /// See [`LibraryError`].
    pub async fn records(&self, ids: &[i64]) -> Result<Vec<Record>, LibraryError> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let ids = numbers(ids);
        let rows = sqlx::query_as!(
            Row,
            r#"SELECT i.id AS "id!", i.article AS "article!", a.key AS article_key, a.name AS article_name,
                      i.kind, i.handle, i.any_handle, i.section, i.earliest, i.latest, i.body
               FROM json_each(?1) AS wanted
               CROSS JOIN item AS i ON i.id = wanted.value
               JOIN article AS a ON a.id = i.article
               ORDER BY wanted.key"#,
            ids
        )
        .fetch_all(&mut *self.readers.get().await)
        .await?;
        rows.into_iter().map(Row::read).collect()
    }

    /// Items of one article by the ids that its pack gives them; what is not there is left out.
    ///
    /// # Errors
    /// See [`LibraryError`].
    pub async fn by_keys(&self, article: i64, keys: &[&str]) -> Result<Vec<Record>, LibraryError> {
        if keys.is_empty() {
            return Ok(Vec::new());
        }
        let keys = strings(keys);
        let rows = sqlx::query_as!(
            Row,
            r#"SELECT i.id AS "id!", i.article AS "article!", a.key AS article_key, a.name AS article_name,
                      i.kind, i.handle, i.any_handle, i.section, i.earliest, i.latest, i.body
               FROM json_each(?2) AS wanted
               CROSS JOIN item AS i ON i.article = ?1 AND i.key = wanted.value
               JOIN article AS a ON a.id = i.article
               ORDER BY wanted.key"#,
            article,
            keys
        )
        .fetch_all(&mut *self.readers.get().await)
        .await?;
        rows.into_iter().map(Row::read).collect()
    }

    /// The rows of the items of a kind that refer to any of `targets` in a role, in the order of the
    /// packs; at most [`MAX_LIST_ROWS`].
    ///
    /// # Errors
    /// See [`LibraryError`].
    pub async fn linked(
        &self,
        targets: &[i64],
        role: LinkKind,
        kind: Kind,
    ) -> Result<Vec<i64>, LibraryError> {
        let (targets, role, kind) = (numbers(targets), role as i64, kind as i64);
        Ok(sqlx::query_scalar!(
            r#"SELECT DISTINCT link.source AS "source!" FROM json_each(?1) AS wanted
               CROSS JOIN link ON link.target = wanted.value AND link.role = ?2 AND link.kind = ?3
               ORDER BY link.source LIMIT ?4"#,
            targets,
            role,
            kind,
            MAX_LIST_ROWS
        )
        .fetch_all(&mut *self.readers.get().await)
        .await?)
    }

    /// The rows of the items of a kind in an article, in the order of the pack; at most [`MAX_LIST_ROWS`].
    ///
    /// # Errors
    /// See [`LibraryError`].
    pub async fn of_kind(&self, article: i64, kind: Kind) -> Result<Vec<i64>, LibraryError> {
        let kind = kind as i64;
        Ok(sqlx::query_scalar!(
            "SELECT id FROM item WHERE article = ?1 AND kind = ?2 ORDER BY id LIMIT ?3",
            article,
            kind,
            MAX_LIST_ROWS
        )
        .fetch_all(&mut *self.readers.get().await)
        .await?)
    }

    /// The rows of the items of a kind, in one article or in all; at most [`MAX_LIST_ROWS`].
    ///
    /// # Errors
    /// See [`LibraryError`].
    pub async fn all_of(&self, kind: Kind, article: Option<i64>) -> Result<Vec<i64>, LibraryError> {
        if let Some(article) = article {
            return self.of_kind(article, kind).await;
        }
        let kind = kind as i64;
        Ok(sqlx::query_scalar!(
            "SELECT id FROM item WHERE kind = ?1 ORDER BY id LIMIT ?2",
            kind,
            MAX_LIST_ROWS
        )
        .fetch_all(&mut *self.readers.get().await)
        .await?)
    }

    /// The rows of the dated events that can have happened on any of the days, oldest first; at most
    /// [`MAX_LIST_ROWS`]. With `article` or `actors`, only the article's events or those that the actors had
    /// a part in.
    ///
    /// # Errors
    /// See [`LibraryError`].
    pub async fn timeline(
        &self,
        days: Days,
        article: Option<i64>,
        actors: Option<&[i64]>,
    ) -> Result<Vec<i64>, LibraryError> {
        let Days { earliest: from, latest: to } = days;
        let (event, about) = (Kind::Event as i64, LinkKind::About as i64);
        if let Some(actors) = actors {
            let actors = numbers(actors);
            return Ok(sqlx::query_scalar!(
                r#"SELECT DISTINCT i.id AS "id!" FROM json_each(?1) AS wanted
                   CROSS JOIN link ON link.target = wanted.value AND link.role = ?2 AND link.kind = ?3
                   CROSS JOIN item AS i ON i.id = link.source
                   WHERE i.earliest <= ?5 AND i.latest >= ?4 AND (?6 IS NULL OR i.article = ?6)
                   ORDER BY i.earliest, i.latest, i.id LIMIT ?7"#,
                actors,
                about,
                event,
                from,
                to,
                article,
                MAX_LIST_ROWS
            )
            .fetch_all(&mut *self.readers.get().await)
            .await?);
        }
        if let Some(article) = article {
            return Ok(sqlx::query_scalar!(
                r#"SELECT id FROM item INDEXED BY item_by_kind
                   WHERE article = ?1 AND kind = 2 AND earliest <= ?3 AND latest >= ?2
                   ORDER BY earliest, latest, id LIMIT ?4"#,
                article,
                from,
                to,
                MAX_LIST_ROWS
            )
            .fetch_all(&mut *self.readers.get().await)
            .await?);
        }
        // What began before the first day and reaches it, then what began later: each part comes in
        // order from its own index.
        let rows = sqlx::query!(
            r#"SELECT id AS "id!: i64", earliest AS "earliest!: i64", latest AS "latest!: i64"
               FROM span WHERE earliest < ?1 AND latest >= ?1
               UNION ALL
               SELECT id, earliest, latest FROM item WHERE kind = 2 AND earliest BETWEEN ?1 AND ?2
               ORDER BY 2, 3, 1 LIMIT ?3"#,
            from,
            to,
            MAX_LIST_ROWS
        )
        .fetch_all(&mut *self.readers.get().await)
        .await?;
        Ok(rows.into_iter().map(|row| row.id).collect())
    }

    /// The rows of the events without a date, in the order of the packs; at most [`MAX_LIST_ROWS`].
    ///
    /// # Errors
    /// See [`LibraryError`].
    pub async fn undated(
        &self,
        article: Option<i64>,
        actors: Option<&[i64]>,
    ) -> Result<Vec<i64>, LibraryError> {
        let about = LinkKind::About as i64;
        if let Some(actors) = actors {
            let actors = numbers(actors);
            return Ok(sqlx::query_scalar!(
                r#"SELECT DISTINCT i.id AS "id!" FROM json_each(?1) AS wanted
                   CROSS JOIN link ON link.target = wanted.value AND link.role = ?2 AND link.kind = 2
                   CROSS JOIN item AS i ON i.id = link.source
                   WHERE i.earliest IS NULL AND (?3 IS NULL OR i.article = ?3)
                   ORDER BY i.id LIMIT ?4"#,
                actors,
                about,
                article,
                MAX_LIST_ROWS
            )
            .fetch_all(&mut *self.readers.get().await)
            .await?);
        }
        Ok(sqlx::query_scalar!(
            r#"SELECT id FROM item WHERE kind = 2 AND earliest IS NULL AND (?1 IS NULL OR article = ?1)
               ORDER BY id LIMIT ?2"#,
            article,
            MAX_LIST_ROWS
        )
        .fetch_all(&mut *self.readers.get().await)
        .await?)
    }

    /// The whole pack of an article as it is loaded; `None` where there is no such article.
    ///
    /// # Errors
    /// See [`LibraryError`].
    pub async fn pack(&self, article_key: &str) -> Result<Option<Pack>, LibraryError> {
        let rows = sqlx::query!(
            r#"SELECT i.kind, i.body FROM article AS a JOIN item AS i ON i.article = a.id
               WHERE a.key = ?1 ORDER BY i.id"#,
            article_key
        )
        .fetch_all(&mut *self.readers.get().await)
        .await?;
        let items: Result<Vec<Item>, _> = rows.iter().map(|row| read_item(row.kind, &row.body)).collect();
        Ok(Pack::from_items(items?))
    }

    /// The hash of an article's pack, and its row; `None` where there is no such article.
    ///
    /// # Errors
    /// See [`LibraryError`].
    async fn hash(&self, article_key: &str) -> Result<Option<(i64, String)>, LibraryError> {
        let row = sqlx::query!("SELECT id, hash FROM article WHERE key = ?1", article_key)
            .fetch_optional(&mut *self.readers.get().await)
            .await?;
        Ok(row.map(|row| (row.id, row.hash)))
    }
}

/// What the two item queries give.
struct Row {
    id: i64,
    article: i64,
    article_key: String,
    article_name: String,
    kind: i64,
    handle: String,
    any_handle: String,
    section: Option<String>,
    earliest: Option<i64>,
    latest: Option<i64>,
    body: String,
}

impl Row {
    fn read(self) -> Result<Record, LibraryError> {
        Ok(Record {
            id: self.id,
            article: self.article,
            article_key: self.article_key,
            article_name: self.article_name,
            section: self.section,
            handle: self.handle,
            any_handle: self.any_handle,
            days: self.earliest.zip(self.latest).map(|(earliest, latest)| Days { earliest, latest }),
            item: read_item(self.kind, &self.body)?,
        })
    }
}

fn read_item(kind: i64, body: &str) -> Result<Item, LibraryError> {
    let kind =
        Kind::from_number(kind).ok_or_else(|| LibraryError::Content(format!("an item of kind {kind}")))?;
    Item::from_json(kind, body).map_err(|error| LibraryError::Content(error.to_string()))
}

/// A list of numbers for `json_each`: SQLite has no other way to bind a list.
fn numbers(ids: &[i64]) -> String {
    serde_json::Value::from(ids).to_string()
}

fn strings(texts: &[&str]) -> String {
    serde_json::Value::from(texts).to_string()
}
