//! What a question can be answered with: items that have its words, its names or its dates.

use std::collections::{HashMap, HashSet};

use crate::article::LinkKind;

use super::super::super::bind::numbers;
use super::super::super::error::LibraryError;
use super::super::super::items::Record;
use super::super::super::revision::Library;
use super::super::super::timeline::EventsOf;
use super::weigh::{Clue, ClueKind};

/// The most items that one clue brings in.
const MAX_HITS: i64 = 400;
/// The most items that are read and measured.
const MAX_MEASURED: usize = 250;
/// The most links of what is named that are read.
const MAX_LINKS: i64 = 2_000;

/// The items that may answer a question.
pub(super) struct Evidence {
    pub records: Vec<Record>,
    /// For each clue, the items that have it anywhere.
    pub hits: Vec<HashSet<i64>>,
    /// For each clue, the items that have a word that means much the same.
    pub alike: Vec<HashSet<i64>>,
    /// The place of each article's language in the list of languages.
    pub languages: HashMap<i64, usize>,
    /// What links an item to a named one: item, named one.
    pub links: HashMap<(i64, i64), LinkKind>,
}

impl Library {
    /// The items that have some of the clues, those with the weightiest first.
    pub(super) async fn evidence(
        &self,
        clues: &mut [Clue],
        article: Option<i64>,
    ) -> Result<Evidence, LibraryError> {
        let (first, last) = self.rows_of(article).await?;
        let queries = clues.iter().map(|clue| clue.query.as_str());
        let queries: Vec<&str> = queries.chain(clues.iter().map(|clue| clue.alike_query.as_str())).collect();
        let mut hits = self.hits(&queries, first, last).await?;
        let alike = hits.split_off(clues.len());
        let links = self.links_to(clues).await?;
        for (clue, hits) in clues.iter().zip(&mut hits) {
            match &clue.kind {
                ClueKind::Name { items, .. } => {
                    let linked = links.keys().filter(|(_, target)| items.contains(target));
                    hits.extend(linked.map(|(source, _)| *source));
                    hits.extend(items);
                }
                ClueKind::Date(days, _) => {
                    let events =
                        self.timeline(*days, article.map_or(EventsOf::All, EventsOf::Article)).await?;
                    hits.extend(events.into_iter().map(|(event, _)| event));
                }
                ClueKind::Word { .. } => {}
            }
        }
        let items = usize::try_from((last.min(16 * self.items + 15) - first) / 16 + 1).unwrap_or(1);
        for ((clue, hits), alike) in clues.iter_mut().zip(&hits).zip(&alike) {
            clue.weigh(items, if hits.is_empty() { alike.len() } else { hits.len() });
        }
        let mut weights: HashMap<i64, f64> = HashMap::new();
        for (clue, hits) in clues.iter().zip(&hits) {
            for item in hits {
                *weights.entry(*item).or_default() += clue.weight;
            }
        }
        for (clue, alike) in clues.iter().zip(&alike) {
            for item in alike {
                *weights.entry(*item).or_default() += clue.weight / 2.0;
            }
        }
        let mut weighed: Vec<(i64, f64)> = weights.into_iter().collect();
        weighed.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        weighed.truncate(MAX_MEASURED);
        let ids: Vec<i64> = weighed.into_iter().map(|(item, _)| item).collect();
        let records = self.records(&ids).await?;
        let languages = self.languages_of(&records).await?;
        Ok(Evidence { records, hits, alike, languages, links })
    }

    /// The place of the language of each article that the records are of.
    async fn languages_of(&self, records: &[Record]) -> Result<HashMap<i64, usize>, LibraryError> {
        let articles: HashSet<i64> = records.iter().map(|record| record.article).collect();
        let articles: Vec<i64> = articles.into_iter().collect();
        if self.languages().len() < 2 {
            return Ok(articles.into_iter().map(|article| (article, 0)).collect());
        }
        let articles = numbers(&articles);
        let rows = sqlx::query!(
            r#"SELECT article.id, article.language FROM json_each(?1) AS wanted
               CROSS JOIN article ON article.id = wanted.value"#,
            articles
        )
        .fetch_all(&mut *self.readers.get().await)
        .await?;
        let place = |code: &str| self.languages().iter().position(|language| language.code() == code);
        Ok(rows.into_iter().filter_map(|row| Some((row.id, place(&row.language)?))).collect())
    }

    /// The first and the last row of an article, or of all.
    async fn rows_of(&self, article: Option<i64>) -> Result<(i64, i64), LibraryError> {
        let Some(article) = article else { return Ok((0, i64::MAX)) };
        let range = sqlx::query!("SELECT first, last FROM article WHERE id = ?1", article)
            .fetch_one(&mut *self.readers.get().await)
            .await?;
        Ok((range.first, range.last))
    }

    /// The items whose texts match each of the FTS5 queries.
    async fn hits(&self, queries: &[&str], first: i64, last: i64) -> Result<Vec<HashSet<i64>>, LibraryError> {
        let mut hits = vec![HashSet::new(); queries.len()];
        let queries: Vec<(usize, &str)> =
            queries.iter().copied().enumerate().filter(|(_, query)| !query.is_empty()).collect();
        if queries.is_empty() {
            return Ok(hits);
        }
        let queries =
            serde_json::to_string(&queries).map_err(|error| LibraryError::Content(error.to_string()))?;
        let rows = sqlx::query!(
            r#"SELECT wanted.value ->> 0 AS "at!: i64", item.id AS "item!" FROM json_each(?1) AS wanted
               CROSS JOIN item ON item.id IN (
                   SELECT rowid FROM text WHERE text MATCH wanted.value ->> 1 AND rowid BETWEEN ?2 AND ?3 LIMIT ?4)"#,
            queries,
            first,
            last,
            MAX_HITS
        )
        .fetch_all(&mut *self.readers.get().await)
        .await?;
        for row in rows {
            if let Some(hits) = usize::try_from(row.at).ok().and_then(|at| hits.get_mut(at)) {
                hits.insert(row.item);
            }
        }
        Ok(hits)
    }

    /// The items that refer to what the clues name, and as what.
    async fn links_to(&self, clues: &[Clue]) -> Result<HashMap<(i64, i64), LinkKind>, LibraryError> {
        let named: Vec<i64> = clues.iter().flat_map(Clue::named).copied().collect();
        if named.is_empty() {
            return Ok(HashMap::new());
        }
        let named = numbers(&named);
        let rows = sqlx::query!(
            r#"SELECT link.target AS "target!", link.role AS "role!", link.source AS "source!"
               FROM json_each(?1) AS wanted CROSS JOIN link ON link.target = wanted.value LIMIT ?2"#,
            named,
            MAX_LINKS
        )
        .fetch_all(&mut *self.readers.get().await)
        .await?;
        let mut links = HashMap::new();
        for row in rows {
            let Some(role) = LinkKind::from_number(row.role) else { continue };
            let known = links.entry((row.source, row.target)).or_insert(role);
            // Who says something counts for more than whom it is about.
            if matches!(role, LinkKind::By | LinkKind::Reported) {
                *known = role;
            }
        }
        Ok(links)
    }
}
