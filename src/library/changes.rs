//! What is different between two revisions.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use serde_json::Value;

use crate::article::{Item, Kind, Pack};
use crate::say;

use super::error::LibraryError;
use super::readers::Readers;
use super::revision::Library;

/// What happened to an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// It is new.
    Added,
    /// Its content is different.
    Changed,
    /// It is gone.
    Removed,
}

/// An item that is different.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemChange {
    /// What happened to it.
    pub change: Change,
    /// What it is now, or was before it went.
    pub kind: Kind,
    /// Its article's id and its own: `us-mexico/paz`.
    pub id: String,
    /// What is different in it, if it changed.
    pub fields: Vec<FieldChange>,
}

/// A text of an item that is different.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldChange {
    /// Which, by its keys in the pack: `summary`, `source.exact`, `role 2.title`.
    pub name: String,
    /// What it was; empty where there was none.
    pub old: String,
    /// What it is; empty where there is none.
    pub new: String,
}

/// An article and how much it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outline {
    /// Its id in its pack.
    pub key: String,
    /// Its title.
    pub title: String,
    /// How many items it has, itself included.
    pub items: i64,
}

/// The differences between two revisions, by article and id.
#[derive(Debug, Clone, Default)]
pub struct Changes {
    /// How many items were added, changed and removed, without those of [`articles`](Self::articles).
    pub counts: [usize; 3],
    /// The items; at most [`Changes::MAX_CHANGES`] of each sort.
    pub items: Vec<ItemChange>,
    /// The articles that go, with all that they hold.
    pub articles: Vec<Outline>,
}

impl Changes {
    /// How many items of a sort are named.
    pub const MAX_CHANGES: usize = 200;

    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.counts == [0; 3] && self.articles.is_empty()
    }

    fn add(&mut self, change: Change, kind: Kind, id: String, fields: impl FnOnce() -> Vec<FieldChange>) {
        let count = &mut self.counts[change as usize];
        *count += 1;
        if *count <= Self::MAX_CHANGES {
            self.items.push(ItemChange { change, kind, id, fields: fields() });
        }
    }

    /// Adds what is different in one pack.
    pub(super) async fn compare(
        &mut self,
        loaded: Option<&Library>,
        pack: &Pack,
        hash: &str,
    ) -> Result<(), LibraryError> {
        let article = &pack.article.id;
        let old = match loaded {
            Some(library) => match library.hash(article).await? {
                Some((_, old)) if old == hash => return Ok(()),
                Some(_) => library.pack(article).await?,
                None => None,
            },
            None => None,
        };
        let mut old: HashMap<String, Item> =
            old.into_iter().flat_map(Pack::into_items).map(|item| (item.id().to_string(), item)).collect();
        for item in pack.clone().into_items() {
            let id = format!("{article}/{}", item.id());
            match old.remove(item.id()) {
                None => self.add(Change::Added, item.kind(), id, Vec::new),
                Some(old) if old != item => {
                    self.add(Change::Changed, item.kind(), id, || differences(&old, &item));
                }
                Some(_) => {}
            }
        }
        let mut gone: Vec<_> = old.into_values().map(|item| (item.kind(), item.id().to_string())).collect();
        gone.sort();
        for (kind, id) in gone {
            self.add(Change::Removed, kind, format!("{article}/{id}"), Vec::new);
        }
        Ok(())
    }
}

/// What is different in an item.
fn differences(old: &Item, new: &Item) -> Vec<FieldChange> {
    if old.kind() != new.kind() {
        let (old, new) = (old.kind().word().into(), new.kind().word().into());
        return vec![FieldChange { name: say!("change-kind"), old, new }];
    }
    let texts = |item: &Item| {
        let mut texts = BTreeMap::new();
        // What can't be JSON can't be in the library either.
        flatten("", &serde_json::to_value(item).unwrap_or_default(), &mut texts);
        texts
    };
    let (mut old, new) = (texts(old), texts(new));
    let mut changes: Vec<FieldChange> = Vec::new();
    for (name, new) in new {
        let old = old.remove(&name).unwrap_or_default();
        if old != new {
            changes.push(FieldChange { name, old, new });
        }
    }
    changes.extend(old.into_iter().map(|(name, old)| FieldChange { name, old, new: String::new() }));
    changes.sort_by(|a, b| a.name.cmp(&b.name));
    changes
}

/// The texts within a value, by the keys that lead there. A list of texts is one.
fn flatten(name: &str, value: &Value, texts: &mut BTreeMap<String, String>) {
    let is_text = |value: &Value| !value.is_object() && !value.is_array();
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), ToString::to_string);
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                let name = if name.is_empty() { key.clone() } else { format!("{name}.{key}") };
                flatten(&name, value, texts);
            }
        }
        Value::Array(list) if list.iter().all(is_text) => {
            texts.insert(name.into(), list.iter().map(text).collect::<Vec<_>>().join(" | "));
        }
        Value::Array(list) => {
            for (number, value) in (1..).zip(list) {
                flatten(&format!("{name} {number}"), value, texts);
            }
        }
        value => {
            texts.insert(name.into(), text(value));
        }
    }
}

impl Library {
    /// All articles and how much each holds.
    pub async fn outlines(&self) -> Result<Vec<Outline>, LibraryError> {
        outlines(&self.readers).await
    }
}

/// The articles of a library file, even if its schema is another: every schema so far has had these columns.
///
/// # Errors
/// The file is gone, damaged, or of a schema that is too different.
pub(super) async fn outlines_of(file: &Path) -> Result<Vec<Outline>, LibraryError> {
    outlines(&Readers::open(file).await?).await
}

async fn outlines(readers: &Readers) -> Result<Vec<Outline>, LibraryError> {
    // Not checked when the program is compiled, for the schema may be another.
    let rows: Vec<(String, String, i64)> = sqlx::query_as(
        "SELECT article.key, article.title, count(*) FROM article
         JOIN item ON item.article = article.id GROUP BY article.id ORDER BY article.id",
    )
    .fetch_all(&mut *readers.get().await)
    .await?;
    Ok(rows.into_iter().map(|(key, title, items)| Outline { key, title, items }).collect())
}
