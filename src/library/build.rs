//! Building the file of a revision, pack by pack.

use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

use futures::TryStreamExt;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection};

use crate::article::fold::{fold, key};
use crate::article::pack::{Article, Provenance, QuoteKind, Section};
use crate::article::{Item, Kind, LinkKind, Pack};
use crate::locale::Locale;
use crate::say;

use super::apart::{Head, tell_apart};
use super::error::LibraryError;
use super::handle::handles;
use super::maps::{NamesBuilder, Uses, build_words, names_title, stems_title, words_title};
use super::things::Things;
use super::words::{Language, pieces, tokens};

/// The version of the schema and of what is put into it. A new one makes every revision a new one.
pub(super) const SCHEMA: &str = "9";

/// The tables. A file is made once with the newest of them and never migrated.
const SCHEMA_SQL: &str = include_str!("../../migrations/library/schema.sql");

/// How many rows one statement takes: the rows travel as one JSON text, which should stay small.
const ROWS: usize = 2_000;

/// A name of an item: its kind, key, article and row, whether it is its id, the folded name, the name as it is written,
/// and its owner (see [`owner`]).
type NameRow<'a> = (i64, String, i64, i64, bool, String, &'a str, i64);

/// A library file under construction.
pub(super) struct Builder {
    db: SqliteConnection,
    articles: i64,
    items: i64,
    languages: Vec<Language>,
    /// The words of each language.
    words: Vec<HashMap<String, Counts>>,
    heads: Vec<Head>,
    things: Things,
}

/// How often a word is used, and how it is written.
#[derive(Default)]
struct Counts {
    names: i64,
    texts: i64,
    /// It appears in a name with a capital that a mere beginning of a sentence would not have.
    capital: bool,
    /// It appears somewhere in small letters.
    small: bool,
}

impl Counts {
    fn uses(&self) -> Uses {
        Uses { names: self.names, texts: self.texts, is_proper: self.capital && !self.small }
    }
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
        Ok(Builder {
            db,
            articles: 0,
            items: 0,
            languages: Vec::new(),
            words: Vec::new(),
            heads: Vec::new(),
            things: Things::default(),
        })
    }

    /// Adds a pack that has been checked. `hash` is that of its content.
    pub async fn add(&mut self, pack: Pack, hash: &str) -> Result<(), LibraryError> {
        let article = self.articles + 1;
        let first = self.items + 1;
        let head = pack.article.clone();
        let items: Vec<(i64, Item)> =
            (first..).zip(pack.into_items()).map(|(number, item)| (item.row(number), item)).collect();
        let rows = (items.first().map_or(0, |it| it.0), items.last().map_or(0, |it| it.0));
        let author = items.iter().find(|(_, item)| Some(item.id()) == head.author.as_deref());
        let names = Head::new(&head, author.map(|(_, author)| author.title()));
        let language = self.add_article(article, &head, &names, hash, rows).await?;
        self.heads.push(names);
        self.things.add(article, &items);
        self.items += i64::try_from(items.len()).unwrap_or(0);
        self.articles = article;

        self.add_items(article, &items, &head).await?;
        self.add_links(&items).await?;
        self.add_names(article, language, &items).await?;
        self.add_texts(language, &items).await
    }

    async fn add_article(
        &mut self,
        id: i64,
        article: &Article,
        names: &Head,
        hash: &str,
        (first, last): (i64, i64),
    ) -> Result<usize, LibraryError> {
        let language = article.language.split('-').next().unwrap_or("en").to_lowercase();
        sqlx::query!(
            r#"INSERT INTO article (id, key, title, name, author, link, date, language, first, last, hash)
               VALUES (?1, ?2, ?3, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"#,
            id,
            article.id,
            article.title,
            names.author,
            article.link,
            names.date,
            language,
            first,
            last,
            hash
        )
        .execute(&mut self.db)
        .await?;
        Ok(self.languages.iter().position(|it| it.code() == language).unwrap_or_else(|| {
            self.languages.push(Language::new(&language));
            self.words.push(HashMap::new());
            self.languages.len() - 1
        }))
    }

    async fn add_items(
        &mut self,
        article: i64,
        items: &[(i64, Item)],
        head: &Article,
    ) -> Result<(), LibraryError> {
        // Quotation marks are those of the article's language.
        let language = Locale::read(&head.language).unwrap_or_default();
        let handles = handles(items);
        let titles: HashMap<&str, String> = items
            .iter()
            .filter(|(_, item)| matches!(item.kind(), Kind::Actor | Kind::Topic))
            .map(|(_, item)| (item.id(), item.title()))
            .collect();
        let rows = items.iter().zip(&handles).map(|((id, item), (handle, any_handle))| {
            let paragraph = item.source().map(|source| source.paragraph);
            let section = paragraph.and_then(|paragraph| {
                let around = |section: &&Section| (section.first..=section.last).contains(&paragraph);
                head.sections.iter().find(around).and_then(|it| language.sync_scope(|| section_name(it)))
            });
            let days = match item.kind() {
                Kind::Event => item.when().and_then(|when| when.days().ok()),
                _ => None,
            };
            let named = |(_, id)| Some((id, titles.get(id)?.as_str()));
            let names: BTreeMap<&str, &str> = item.links().into_iter().filter_map(named).collect();
            let names = to_json(&names)?;
            let body = item.to_json().map_err(|error| LibraryError::Content(error.to_string()))?;
            Ok((
                *id,
                article,
                item.kind() as i64,
                item.id(),
                (handle, any_handle),
                language.sync_scope(|| item.title()),
                section,
                paragraph,
                days.map(|days| days.earliest),
                days.map(|days| days.latest),
                (item.is_key(), names, body),
            ))
        });
        let rows: Vec<_> = rows.collect::<Result<_, LibraryError>>()?;
        for rows in chunks(&rows)? {
            sqlx::query!(
                r#"INSERT INTO item (id, article, kind, key, handle, any_handle, title, section, paragraph, earliest,
                                     latest, is_key, names, body)
                   SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> '$[4][0]',
                          value ->> '$[4][1]', value ->> 5, value ->> 6, value ->> 7, value ->> 8, value ->> 9,
                          value ->> '$[10][0]', value ->> '$[10][1]', value ->> '$[10][2]'
                   FROM json_each(?1)"#,
                rows
            )
            .execute(&mut self.db)
            .await?;
            sqlx::query!(
                r#"INSERT INTO span (id, earliest, latest)
                   SELECT value ->> 0, value ->> 8, value ->> 9
                   FROM json_each(?1) WHERE value ->> 8 IS NOT NULL"#,
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
            // The article's own words are its author's, and so is what it claims in nobody's name.
            let own = match item {
                Item::Quote(quote) if quote.kind == QuoteKind::Author => author,
                Item::Argument(argument)
                    if argument.claimed_by.is_none() && argument.by == Provenance::Text =>
                {
                    author
                }
                _ => None,
            };
            for (role, key) in item.links().into_iter().chain(own.map(|author| (LinkKind::By, author))) {
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

    async fn add_names(
        &mut self,
        article: i64,
        language: usize,
        items: &[(i64, Item)],
    ) -> Result<(), LibraryError> {
        let mut rows: Vec<NameRow<'_>> = items
            .iter()
            .flat_map(|(id, item)| {
                let (ids, owner) = (item.called().len(), owner(item));
                item.names().into_iter().enumerate().map(move |(at, name)| {
                    (item.kind() as i64, key(name), article, *id, at == ids, fold(name), name, owner)
                })
            })
            .collect();
        // Of two names with one key the first stays: a name before an id.
        rows.sort_unstable();
        rows.dedup_by(|a, b| (a.0, &a.1, a.3) == (b.0, &b.1, b.3));
        for rows in chunks(&rows)? {
            sqlx::query!(
                r#"INSERT INTO name (key, folded, shown, owner, sole)
                   SELECT value ->> 1, value ->> 5, value ->> 6, value ->> 7, 1
                   FROM json_each(?1) WHERE value ->> 4 = 0
                   ON CONFLICT (key) DO UPDATE SET sole = 0 WHERE owner <> excluded.owner"#,
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
        for row in rows.iter().filter(|row| !row.4) {
            for token in pieces(&row.5).flat_map(tokens) {
                self.count(language, &token, |counts| counts.names += 1);
            }
        }
        for (_, item) in items {
            for name in item.called() {
                for (at, word) in written(name).enumerate() {
                    // The first word of a title has a capital whatever it is; not so that of somebody's name.
                    let tells = item.kind() == Kind::Actor || at > 0 || word.chars().all(char::is_uppercase);
                    if tells && word.starts_with(char::is_uppercase) {
                        self.count(language, &fold(word), |counts| counts.capital = true);
                    }
                }
            }
        }
        Ok(())
    }

    async fn add_texts(&mut self, language: usize, items: &[(i64, Item)]) -> Result<(), LibraryError> {
        let names: HashMap<&str, String> = items
            .iter()
            .map(|(_, item)| (item.id(), join(item.called().iter().map(|name| fold(name)))))
            .collect();
        let rows: Vec<(i64, String, String, String)> = items
            .iter()
            .map(|(id, item)| {
                let head = join(item.head().iter().map(|text| fold(text)));
                let body = join(item.body().iter().map(|text| fold(text)));
                let linked = join(item.links().iter().filter_map(|(_, key)| names.get(key)).cloned());
                let asked = join(item.asked().iter().map(|text| fold(text)));
                (*id, head, join([body, linked].into_iter()), asked)
            })
            .collect();
        let spoken = &self.languages[language];
        let indexed: Vec<(i64, String, String, String)> = rows
            .iter()
            .map(|(id, head, body, asked)| {
                (*id, spoken.indexed(head), spoken.indexed(body), spoken.indexed(asked))
            })
            .collect();
        for rows in chunks(&indexed)? {
            sqlx::query!(
                r#"INSERT INTO text (rowid, head, body, asked)
                   SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3 FROM json_each(?1)"#,
                rows
            )
            .execute(&mut self.db)
            .await?;
        }
        for (_, head, body, asked) in &rows {
            for token in pieces(head).chain(pieces(body)).chain(pieces(asked)).flat_map(tokens) {
                self.count(language, &token, |counts| counts.texts += 1);
            }
        }
        for (_, item) in items {
            for word in item.head().into_iter().chain(item.body()).flat_map(written) {
                if word.starts_with(char::is_lowercase) {
                    match word.bytes().all(|b| b.is_ascii_lowercase()) {
                        true => self.count(language, word, |counts| counts.small = true),
                        false => self.count(language, &fold(word), |counts| counts.small = true),
                    }
                }
            }
        }
        Ok(())
    }

    fn count(&mut self, language: usize, word: &str, add: impl FnOnce(&mut Counts)) {
        let words = &mut self.words[language];
        match words.get_mut(word) {
            Some(counts) => add(counts),
            None => add(words.entry(word.to_string()).or_default()),
        }
    }

    /// Completes the file. Gives how many articles and items it has.
    pub async fn finish(mut self, revision: &str) -> Result<(i64, i64), LibraryError> {
        self.add_words().await?;
        self.add_names_maps().await?;
        self.add_things().await?;
        self.name_articles().await?;
        self.add_name_words().await?;
        let (articles, items) = (self.articles, self.items);
        let languages = self.languages.iter().map(Language::code).collect::<Vec<_>>().join(" ");
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

    /// Notes which actors and events of several articles are one.
    async fn add_things(&mut self) -> Result<(), LibraryError> {
        let rows = std::mem::take(&mut self.things).resolve();
        for rows in chunks(&rows)? {
            sqlx::query!(
                "INSERT INTO same (item, thing) SELECT value ->> 0, value ->> 1 FROM json_each(?1)",
                rows
            )
            .execute(&mut self.db)
            .await?;
        }
        Ok(())
    }

    /// Names the articles, now that all are known: two of one title are distinguished wherever one is named.
    async fn name_articles(&mut self) -> Result<(), LibraryError> {
        let (heads, article) = (std::mem::take(&mut self.heads), Kind::Article as i64);
        for ((head, id), names) in heads.iter().zip(1_i64..).zip(tell_apart(&heads)) {
            if names.title == head.title && names.name == head.title {
                continue;
            }
            sqlx::query!(
                "UPDATE article SET title = ?2, name = ?3 WHERE id = ?1",
                id,
                names.title,
                names.name
            )
            .execute(&mut self.db)
            .await?;
            sqlx::query!(
                "UPDATE item SET title = ?3 WHERE article = ?1 AND kind = ?2",
                id,
                article,
                names.title
            )
            .execute(&mut self.db)
            .await?;
        }
        Ok(())
    }

    async fn add_name_words(&mut self) -> Result<(), LibraryError> {
        let mut last = 0;
        loop {
            let names =
                sqlx::query!("SELECT id, folded FROM name WHERE id > ?1 ORDER BY id LIMIT 2000", last)
                    .fetch_all(&mut self.db)
                    .await?;
            let Some(end) = names.last() else { return Ok(()) };
            last = end.id;
            let rows: Vec<(i64, String)> =
                names.iter().map(|row| (row.id, join(pieces(&row.folded).flat_map(tokens)))).collect();
            let rows = to_json(&rows)?;
            sqlx::query!(
                "INSERT INTO name_words (rowid, words) SELECT value ->> 0, value ->> 1 FROM json_each(?1)",
                rows
            )
            .execute(&mut self.db)
            .await?;
        }
    }

    /// Makes the maps of the words of each language.
    async fn add_words(&mut self) -> Result<(), LibraryError> {
        for (language, words) in std::mem::take(&mut self.words).into_iter().enumerate() {
            let language = &self.languages[language];
            // What was only seen as written, and folds to several words, is none.
            let mut words: Vec<(String, Counts)> =
                words.into_iter().filter(|(_, counts)| counts.names + counts.texts > 0).collect();
            words.sort_unstable_by(|a, b| a.0.cmp(&b.0));
            let words = words.into_iter().map(|(word, counts)| {
                let stem = language.stem(&word);
                (word, stem, counts.uses())
            });
            let (words, stems) = build_words(words)?;
            let (words_title, stems_title) = (words_title(language.code()), stems_title(language.code()));
            add_map(&mut self.db, words_title, words).await?;
            add_map(&mut self.db, stems_title, stems).await?;
        }
        Ok(())
    }

    /// Makes the maps of the names of each kind. SQLite has them in order.
    async fn add_names_maps(&mut self) -> Result<(), LibraryError> {
        for kind in Kind::ALL {
            let number = kind as i64;
            let mut names = NamesBuilder::new();
            let mut rows = sqlx::query!(
                r#"SELECT key AS "key!: String", count(*) - sum(is_id) AS "names!: i64" FROM naming
                   WHERE kind = ?1 GROUP BY key ORDER BY key"#,
                number
            )
            .fetch(&mut self.db);
            while let Some(row) = rows.try_next().await? {
                names.add(&row.key, u64::try_from(row.names).unwrap_or(0))?;
            }
            drop(rows);
            add_map(&mut self.db, names_title(kind), names.finish()?).await?;
        }
        Ok(())
    }
}

async fn add_map(db: &mut SqliteConnection, title: String, bytes: Vec<u8>) -> Result<(), LibraryError> {
    sqlx::query!("INSERT INTO map (title, bytes) VALUES (?1, ?2)", title, bytes).execute(db).await?;
    Ok(())
}

/// What things of one kind and title have in common.
fn owner(item: &Item) -> i64 {
    let mut hasher = DefaultHasher::new();
    (item.kind(), fold(&item.title())).hash(&mut hasher);
    hasher.finish().cast_signed()
}

/// The words of a text as they are written, with their capitals.
fn written(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && !matches!(c, '.' | '\'' | '’'))
        .filter(|word| !word.is_empty())
}

/// What a reader would call a section: its heading in quotation marks, or the editor's name for it.
fn section_name(section: &Section) -> Option<String> {
    let heading = section.heading.as_ref().map(|heading| say!("quoted", words = heading));
    heading.or_else(|| section.name.clone())
}

fn join(texts: impl Iterator<Item = String>) -> String {
    texts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ")
}

fn to_json<T: serde::Serialize + ?Sized>(value: &T) -> Result<String, LibraryError> {
    serde_json::to_string(value).map_err(|error| LibraryError::Content(error.to_string()))
}

fn chunks<T: serde::Serialize>(rows: &[T]) -> Result<Vec<String>, LibraryError> {
    rows.chunks(ROWS).map(to_json).collect()
}
