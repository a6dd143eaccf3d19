//! One person or event that several articles speak of.

use std::collections::{HashMap, HashSet};

use crate::article::Kind;

use super::super::bind::numbers;
use super::super::error::LibraryError;
use super::super::revision::Library;
use super::found::{Found, MatchKind, Named};

impl Library {
    /// Finds a thing by its name only. What several articles have, and is one, is found once.
    pub async fn find_name(
        &self,
        typed: &str,
        kinds: &[Kind],
        article: Option<i64>,
    ) -> Result<Found, LibraryError> {
        let (found, all) = self.find_each(typed, kinds, article).await?;
        self.unite(found, all, article).await
    }

    /// For each of these rows that several articles have: the first row of the same thing.
    pub async fn things(&self, items: &[i64]) -> Result<HashMap<i64, i64>, LibraryError> {
        if !self.has_several_articles() || items.is_empty() {
            return Ok(HashMap::new());
        }
        let items = numbers(items);
        let rows = sqlx::query!(
            r#"SELECT same.item AS "item!: i64", same.thing AS "thing!: i64" FROM json_each(?1) AS wanted
               CROSS JOIN same ON same.item = wanted.value"#,
            items
        )
        .fetch_all(&mut *self.readers.get().await)
        .await?;
        Ok(rows.into_iter().map(|row| (row.item, row.thing)).collect())
    }

    /// The rows of everything that is one thing with one of these, in the articles' order; those of these that
    /// only one article has are among them.
    pub async fn same(&self, items: &[i64]) -> Result<Vec<i64>, LibraryError> {
        let mut all = items.to_vec();
        if self.has_several_articles() {
            let items = numbers(items);
            let others = sqlx::query_scalar!(
                r#"SELECT other.item AS "item!: i64" FROM json_each(?1) AS wanted
                   CROSS JOIN same AS one ON one.item = wanted.value
                   CROSS JOIN same AS other ON other.thing = one.thing"#,
                items
            )
            .fetch_all(&mut *self.readers.get().await)
            .await?;
            all.extend(others);
        }
        all.sort_unstable();
        all.dedup();
        Ok(all)
    }

    /// What was found, each thing once however many articles have it. Things of one name that are not one are
    /// kept apart. `known` is all that is one with what was found, where that is known.
    async fn unite(
        &self,
        found: Found,
        known: Option<Vec<Named>>,
        article: Option<i64>,
    ) -> Result<Found, LibraryError> {
        if !self.has_several_articles() {
            return Ok(found);
        }
        match found {
            Found::Sure { same, others, how } if same.first().is_some_and(|it| is_shared(it.kind)) => {
                let thing = same[0].thing;
                let (same, alike): (Vec<Named>, Vec<Named>) =
                    same.into_iter().partition(|it| it.thing == thing);
                let mut others: Vec<Named> = alike.into_iter().chain(others).collect();
                let same = self.complete(same, known, article).await?;
                others.retain(|other| !same.iter().any(|it| it.item == other.item));
                Ok(Found::Sure { same, others, how })
            }
            // What is near is offered as it is.
            Found::Unsure(mut several) if several.iter().all(|it| is_shared(it.kind)) => {
                let number = several.len();
                let mut seen = HashSet::new();
                several.retain(|it| seen.insert(it.thing));
                if several.len() > 1 || number == 1 {
                    return Ok(Found::Unsure(several));
                }
                let same = self.complete(several, known, article).await?;
                Ok(Found::Sure { same, others: vec![], how: MatchKind::Exact })
            }
            found => Ok(found),
        }
    }

    /// One thing with what other articles have of it under other names, in the articles' order.
    async fn complete(
        &self,
        mut same: Vec<Named>,
        known: Option<Vec<Named>>,
        article: Option<i64>,
    ) -> Result<Vec<Named>, LibraryError> {
        let Some(thing) = same.first().map(|it| it.thing) else { return Ok(same) };
        if article.is_none() {
            let others = match known {
                Some(known) => known.into_iter().filter(|it| it.thing == thing).collect(),
                None => self.named(&self.same(&[thing]).await?).await?,
            };
            let mut had: HashSet<i64> = same.iter().map(|it| it.item).collect();
            same.extend(others.into_iter().filter(|it| had.insert(it.item)));
        }
        same.sort_by_key(|it| it.item);
        Ok(same)
    }
}

/// Whether several articles can have it as one thing.
fn is_shared(kind: Kind) -> bool {
    matches!(kind, Kind::Actor | Kind::Event)
}
