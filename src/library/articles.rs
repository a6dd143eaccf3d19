//! The articles of a revision: listed, counted, and as the packs that they came from.

use crate::article::{Item, Kind, Pack};

use super::error::LibraryError;
use super::items::read_item;
use super::revision::Library;

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
    /// When it was published, as people are shown.
    pub date: Option<String>,
    /// Its language: the first part of a BCP 47 tag, in small letters.
    pub language: String,
    /// How many items it has, itself included.
    pub items: i64,
}

impl Library {
    /// How many items of each kind an article has, or all articles together.
    pub async fn counts(&self, article: Option<i64>) -> Result<Vec<(Kind, i64)>, LibraryError> {
        let rows = sqlx::query!(
            r#"SELECT kind AS "kind!: i64", count(*) AS "count!: i64"
               FROM item INDEXED BY item_by_kind
               WHERE ?1 IS NULL OR article = ?1 GROUP BY kind ORDER BY kind"#,
            article
        )
        .fetch_all(&mut *self.readers.get().await)
        .await?;
        Ok(rows.into_iter().filter_map(|row| Some((Kind::from_number(row.kind)?, row.count))).collect())
    }

    /// Articles in their order (the packs' `order`, then date and title), from the one at `offset` on.
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

    /// The language of an article, by its id in its pack, or of all where none is named and all are in one: the first part
    /// of a BCP 47 tag, in small letters.
    pub async fn language(&self, article_key: Option<&str>) -> Result<Option<String>, LibraryError> {
        match (self.languages(), article_key) {
            ([only], _) => Ok(Some(only.code().to_string())),
            (_, Some(key)) => Ok(self.article(key).await?.map(|article| article.language)),
            (_, None) => Ok(None),
        }
    }

    /// The id in its pack of the article in this row.
    pub async fn article_key(&self, row: i64) -> Result<Option<String>, LibraryError> {
        Ok(sqlx::query_scalar!("SELECT key FROM article WHERE id = ?1", row)
            .fetch_optional(&mut *self.readers.get().await)
            .await?)
    }

    /// The whole pack of an article as it is loaded; `None` where there is no such article.
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
    pub(super) async fn hash(&self, article_key: &str) -> Result<Option<(i64, String)>, LibraryError> {
        let row = sqlx::query!("SELECT id, hash FROM article WHERE key = ?1", article_key)
            .fetch_optional(&mut *self.readers.get().await)
            .await?;
        Ok(row.map(|row| (row.id, row.hash)))
    }
}
