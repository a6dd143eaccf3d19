//! One revision of the library: an immutable file, open for reading.

use std::path::Path;

use super::build::SCHEMA;
use super::error::LibraryError;
use super::handle::HANDLE;
use super::maps::Maps;
use super::readers::Readers;
use super::words::Language;

/// One revision of the library, open for reading. Cheap to share; it never changes.
#[derive(Debug)]
pub struct Library {
    pub(super) readers: Readers,
    revision: String,
    articles: i64,
    pub(super) items: i64,
    /// The languages of its articles, in the order in which words are kept.
    languages: Vec<Language>,
    pub(super) maps: Maps,
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
        if value("schema")? != SCHEMA {
            return Err(LibraryError::Content("it was made by another version of Rapporteur".into()));
        }
        let languages = value("languages")?;
        let languages: Vec<Language> = languages.split_whitespace().map(Language::new).collect();
        let maps = sqlx::query!("SELECT title, bytes FROM map").fetch_all(&mut *readers.get().await).await?;
        let maps = maps.into_iter().map(|map| (map.title, map.bytes)).collect();
        let maps = Maps::read(maps, languages.iter().map(Language::code))?;
        Ok(Library {
            revision: value("revision")?,
            articles: number("articles")?,
            items: number("items")?,
            languages,
            maps,
            readers,
        })
    }

    /// Whether SQLite finds nothing wrong with the file. Reads all of it.
    pub(super) async fn is_sound(&self) -> bool {
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
    pub(super) fn languages(&self) -> &[Language] {
        &self.languages
    }
}
