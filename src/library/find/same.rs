//! One person or event that several articles speak of.

use std::collections::HashMap;

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
        let found = self.find_each(typed, kinds, article).await?;
        self.unite(found, article).await
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
    /// kept apart.
    async fn unite(&self, found: Found, article: Option<i64>) -> Result<Found, LibraryError> {
        if !self.has_several_articles() {
            return Ok(found);
        }
        match found {
            Found::Sure { same, others, how } if same.first().is_some_and(|it| is_shared(it.kind)) => {
                let (same, alike) = self.part(same).await?;
                let mut others: Vec<Named> = alike.into_iter().chain(others).collect();
                let same = self.complete(same, article).await?;
                others.retain(|other| !same.iter().any(|it| it.item == other.item));
                Ok(Found::Sure { same, others, how })
            }
            // What is near is offered as it is.
            Found::Unsure(several) if several.iter().all(|it| is_shared(it.kind)) => {
                let things = self.things(&several.iter().map(|it| it.item).collect::<Vec<_>>()).await?;
                let thing = |it: &Named| things.get(&it.item).copied().unwrap_or(it.item);
                let number = several.len();
                let mut seen = std::collections::HashSet::new();
                let mut several = several;
                several.retain(|it| seen.insert(thing(it)));
                if several.len() > 1 || number == 1 {
                    return Ok(Found::Unsure(several));
                }
                let same = self.complete(several, article).await?;
                Ok(Found::Sure { same, others: vec![], how: MatchKind::Exact })
            }
            found => Ok(found),
        }
    }

    /// Those that are one with the first, and the others.
    async fn part(&self, named: Vec<Named>) -> Result<(Vec<Named>, Vec<Named>), LibraryError> {
        let things = self.things(&named.iter().map(|it| it.item).collect::<Vec<_>>()).await?;
        let thing = |it: &Named| things.get(&it.item).copied().unwrap_or(it.item);
        let first = named.first().map(thing);
        Ok(named.into_iter().partition(|it| Some(thing(it)) == first))
    }

    /// With what other articles have of the same thing under other names, in the articles' order.
    async fn complete(&self, named: Vec<Named>, article: Option<i64>) -> Result<Vec<Named>, LibraryError> {
        let mut all = named;
        if article.is_none() {
            let known: Vec<i64> = all.iter().map(|it| it.item).collect();
            let mut more = self.same(&known).await?;
            more.retain(|item| !known.contains(item));
            all.extend(self.named(&more).await?);
        }
        all.sort_by_key(|it| it.item);
        Ok(all)
    }
}

/// Whether several articles can have it as one thing.
fn is_shared(kind: Kind) -> bool {
    matches!(kind, Kind::Actor | Kind::Event)
}
