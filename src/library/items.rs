//! Items of a revision: by row, by id, by kind and by what they refer to.

use std::collections::HashMap;

use crate::article::date::Days;
use crate::article::{Item, Kind, LinkKind};

use super::bind::{numbers, strings};
use super::error::LibraryError;
use super::revision::Library;

/// The most items that a list query gives: whoever gets so many should narrow the question.
pub const MAX_LIST_ROWS: i64 = 200;

/// The most references that one query gives, of all kinds together.
const MAX_LINKED: i64 = 1_000;

/// An item that may be picked.
#[derive(Debug, Clone)]
pub struct Pick {
    /// The row, in this revision only.
    pub id: i64,
    /// The article's id in its pack.
    pub article: String,
    /// The item's id in its pack.
    pub item: String,
    /// Whether it is one of those that matter most.
    pub is_key: bool,
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
    /// What lists and sources call the article, distinguished from every other.
    pub article_name: String,
    /// The name of who wrote the article.
    pub author: Option<String>,
    /// Where to read the article.
    pub link: Option<String>,
    /// The section of the text, as a reader would name it.
    pub section: Option<String>,
    /// What a line calls it for a command of its kind, in its article.
    pub handle: String,
    /// What a line calls it for a command of all kinds, in its article.
    pub any_handle: String,
    /// First and last day, for what is dated.
    pub days: Option<Days>,
    /// What the actors and topics are called that it refers to, by their ids in its pack.
    pub names: HashMap<String, String>,
    /// The item itself.
    pub item: Item,
}

impl Library {
    /// Items by row, in the order asked for.
    pub async fn records(&self, ids: &[i64]) -> Result<Vec<Record>, LibraryError> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let ids = numbers(ids);
        let rows = sqlx::query_as!(
            Row,
            r#"SELECT i.id AS "id!", i.article AS "article!", a.key AS article_key, a.name AS article_name,
                      a.author, a.link, i.kind, i.handle, i.any_handle, i.section, i.earliest, i.latest, i.names,
                      i.body
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
    pub async fn by_keys(&self, article: i64, keys: &[&str]) -> Result<Vec<Record>, LibraryError> {
        if keys.is_empty() {
            return Ok(Vec::new());
        }
        let keys = strings(keys);
        let rows = sqlx::query_as!(
            Row,
            r#"SELECT i.id AS "id!", i.article AS "article!", a.key AS article_key, a.name AS article_name,
                      a.author, a.link, i.kind, i.handle, i.any_handle, i.section, i.earliest, i.latest, i.names,
                      i.body
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

    /// The rows of what refers to any of `targets` in these roles, of one kind or of all, once for each of its
    /// roles: what matters most first, then what an argument that matters most rests on, then the rest; of each in
    /// the order of the packs, its roles in that of `roles`. At most [`MAX_LINKED`].
    pub async fn linked_by_importance(
        &self,
        targets: &[i64],
        roles: &[LinkKind],
        kind: Option<Kind>,
    ) -> Result<Vec<(i64, LinkKind)>, LibraryError> {
        let wanted: Vec<i64> = roles.iter().map(|role| *role as i64).collect();
        let (targets, wanted, ground) = (numbers(targets), numbers(&wanted), LinkKind::Ground as i64);
        let kind = kind.map(|kind| kind as i64);
        let rows = sqlx::query!(
            r#"SELECT i.id AS "id!", wanted.key + 0 AS "role!: i64" FROM json_each(?1) AS target
               CROSS JOIN json_each(?2) AS wanted
               CROSS JOIN link ON link.target = target.value AND link.role = wanted.value
                    AND (?3 IS NULL OR link.kind = ?3)
               CROSS JOIN item AS i ON i.id = link.source
               GROUP BY i.id, wanted.key
               ORDER BY i.is_key DESC, EXISTS (
                   SELECT 1 FROM link AS rests CROSS JOIN item AS argument ON argument.id = rests.source
                   WHERE rests.target = i.id AND rests.role = ?4 AND argument.is_key = 1
               ) DESC, i.id, wanted.key LIMIT ?5"#,
            targets,
            wanted,
            kind,
            ground,
            MAX_LINKED
        )
        .fetch_all(&mut *self.readers.get().await)
        .await?;
        let role = |at: i64| usize::try_from(at).ok().and_then(|at| roles.get(at)).copied();
        Ok(rows.into_iter().filter_map(|row| Some((row.id, role(row.role)?))).collect())
    }

    /// Those of the items that matter most, in their order.
    pub async fn key_among(&self, ids: &[i64]) -> Result<Vec<i64>, LibraryError> {
        let ids = numbers(ids);
        Ok(sqlx::query_scalar!(
            r#"SELECT i.id AS "id!" FROM json_each(?1) AS wanted
               CROSS JOIN item AS i ON i.id = wanted.value AND i.is_key = 1
               ORDER BY wanted.key"#,
            ids
        )
        .fetch_all(&mut *self.readers.get().await)
        .await?)
    }

    /// The ids of the actors of an article that matter most.
    pub async fn key_actors(&self, article: i64) -> Result<Vec<String>, LibraryError> {
        let actor = Kind::Actor as i64;
        Ok(sqlx::query_scalar!(
            "SELECT key FROM item INDEXED BY item_by_kind WHERE article = ?1 AND kind = ?2 AND is_key = 1",
            article,
            actor
        )
        .fetch_all(&mut *self.readers.get().await)
        .await?)
    }

    /// The quotes of an article, in the order of the pack, without what they say.
    pub async fn quotes_to_pick(&self, article: i64) -> Result<Vec<Pick>, LibraryError> {
        let quote = Kind::Quote as i64;
        Ok(sqlx::query_as!(
            Pick,
            r#"SELECT i.id AS "id!", a.key AS article, i.key AS item, i.is_key AS "is_key!: bool"
               FROM item AS i INDEXED BY item_by_kind JOIN article AS a ON a.id = i.article
               WHERE i.article = ?1 AND i.kind = ?2 ORDER BY i.id"#,
            article,
            quote
        )
        .fetch_all(&mut *self.readers.get().await)
        .await?)
    }

    /// The rows of the items of a kind in an article, in the order of the pack; at most [`MAX_LIST_ROWS`].
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
    pub async fn all_of(&self, kind: Kind, article: Option<i64>) -> Result<Vec<i64>, LibraryError> {
        if let Some(article) = article {
            return self.of_kind(article, kind).await;
        }
        let kind = kind as i64;
        // In the order of the rows, until there are enough: an index would bring all of the kind, to be sorted.
        Ok(sqlx::query_scalar!(
            "SELECT id FROM item NOT INDEXED WHERE kind = ?1 ORDER BY id LIMIT ?2",
            kind,
            MAX_LIST_ROWS
        )
        .fetch_all(&mut *self.readers.get().await)
        .await?)
    }
}

/// What the two item queries give.
struct Row {
    id: i64,
    article: i64,
    article_key: String,
    article_name: String,
    author: Option<String>,
    link: Option<String>,
    kind: i64,
    handle: String,
    any_handle: String,
    section: Option<String>,
    earliest: Option<i64>,
    latest: Option<i64>,
    names: String,
    body: String,
}

impl Row {
    fn read(self) -> Result<Record, LibraryError> {
        let names = serde_json::from_str(&self.names);
        Ok(Record {
            id: self.id,
            article: self.article,
            article_key: self.article_key,
            article_name: self.article_name,
            author: self.author,
            link: self.link,
            section: self.section,
            handle: self.handle,
            any_handle: self.any_handle,
            days: self.earliest.zip(self.latest).map(|(earliest, latest)| Days { earliest, latest }),
            names: names.map_err(|error| LibraryError::Content(error.to_string()))?,
            item: read_item(self.kind, &self.body)?,
        })
    }
}

pub(super) fn read_item(kind: i64, body: &str) -> Result<Item, LibraryError> {
    let kind =
        Kind::from_number(kind).ok_or_else(|| LibraryError::Content(format!("an item of kind {kind}")))?;
    Item::from_json(kind, body).map_err(|error| LibraryError::Content(error.to_string()))
}
