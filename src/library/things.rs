//! Which actors and events of several articles are one.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::article::fold::key;
use crate::article::{Item, Kind};

/// What two items must have in common to be taken for one without a word of the editors': the kind and the
/// name, and an actor's sort or an event's days.
type Likeness = (Kind, String, i64, i64);

/// The actors and events of all articles.
#[derive(Debug, Default)]
pub(super) struct Things {
    mentions: Vec<Mention>,
}

/// What one article says of a thing.
#[derive(Debug)]
struct Mention {
    item: i64,
    article: i64,
    kind: Kind,
    /// `None` for what its name alone does not tell: an event without a date.
    like: Option<Likeness>,
    same_as: Option<String>,
}

/// What makes mentions one.
#[derive(PartialEq, Eq, Hash)]
enum Identity<'a> {
    SameAs(Kind, &'a str),
    Like(&'a Likeness),
}

impl Things {
    /// Adds an article's items, each with its row.
    pub fn add(&mut self, article: i64, items: &[(i64, Item)]) {
        for (row, item) in items {
            let like = match item {
                Item::Actor(actor) => Some((actor.kind as i64, 0)),
                Item::Event(event) => event
                    .when
                    .as_ref()
                    .and_then(|when| when.days().ok())
                    .map(|days| (days.earliest, days.latest)),
                _ => continue,
            };
            let kind = item.kind();
            self.mentions.push(Mention {
                item: *row,
                article,
                kind,
                like: like.map(|(a, b)| (kind, key(&item.title()), a, b)),
                same_as: item.same_as().map(str::to_lowercase),
            });
        }
    }

    /// Each item that is one thing with an item of another article, and the first of those. An article is never
    /// in a thing twice, and what editors gave different words is never one.
    pub fn resolve(self) -> Vec<(i64, i64)> {
        let mut words: HashMap<&Likeness, BTreeSet<&str>> = HashMap::new();
        let mut has: HashSet<(Kind, &str, i64)> = HashSet::new();
        for mention in &self.mentions {
            let Some(word) = &mention.same_as else { continue };
            has.insert((mention.kind, word, mention.article));
            if let Some(like) = &mention.like {
                words.entry(like).or_default().insert(word);
            }
        }
        // What has no word of its own goes with its likes, unless these are several.
        let alike = |mention: &Mention| {
            let mut words = words.get(mention.like.as_ref()?)?.iter();
            let word = words.next().filter(|_| words.next().is_none())?;
            Some((mention.kind, *word, mention.article))
        };
        let mut claims: HashMap<(Kind, &str, i64), usize> = HashMap::new();
        for claim in self.mentions.iter().filter(|it| it.same_as.is_none()).filter_map(alike) {
            *claims.entry(claim).or_default() += 1;
        }
        let mut groups: HashMap<Identity<'_>, Vec<&Mention>> = HashMap::new();
        for mention in &self.mentions {
            // Nor where its article has another that is meant by the word, or could be.
            let alike = alike(mention).filter(|claim| !has.contains(claim) && claims.get(claim) == Some(&1));
            let alike = alike.map(|(_, word, _)| word);
            let identity = match (mention.same_as.as_deref().or(alike), &mention.like) {
                (Some(word), _) => Identity::SameAs(mention.kind, word),
                (None, Some(like)) => Identity::Like(like),
                (None, None) => continue,
            };
            groups.entry(identity).or_default().push(mention);
        }
        let mut rows: Vec<(i64, i64)> = groups
            .into_values()
            .filter(|group| group.len() > 1)
            .flat_map(|group| {
                let first = group.iter().map(|mention| mention.item).min().unwrap_or_default();
                group.into_iter().map(move |mention| (mention.item, first)).collect::<Vec<_>>()
            })
            .collect();
        rows.sort_unstable();
        rows
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn mention(item: i64, article: i64, name: &str, same_as: &str) -> Mention {
        Mention {
            item,
            article,
            kind: Kind::Actor,
            like: Some((Kind::Actor, name.into(), 0, 0)),
            same_as: (!same_as.is_empty()).then(|| same_as.into()),
        }
    }

    fn resolve(mentions: &[(i64, &str, &str)]) -> Vec<(i64, i64)> {
        let mentions = mentions.iter().zip(1..);
        let mentions =
            mentions.map(|((article, name, same_as), item)| mention(item, *article, name, same_as)).collect();
        Things { mentions }.resolve()
    }

    #[test]
    fn by_name_and_by_the_editors_word() {
        assert_eq!(resolve(&[(1, "madison", ""), (2, "madison", ""), (3, "jay", "")]), [(1, 1), (2, 1)]);
        assert_eq!(resolve(&[(1, "madison", "q1"), (2, "publius", "q1")]), [(1, 1), (2, 1)]);
        // Who has no word goes with the one who has the same name.
        assert_eq!(
            resolve(&[(1, "madison", "q1"), (2, "publius", "q1"), (3, "madison", "")]),
            [(1, 1), (2, 1), (3, 1)]
        );
        // Two Bushes, and a third article that does not say which.
        assert_eq!(resolve(&[(1, "bush", "q1"), (2, "bush", "q2"), (3, "bush", "")]), []);
        assert_eq!(
            resolve(&[(1, "bush", "q1"), (2, "bush", "q2"), (3, "bush", ""), (4, "bush", "")]),
            [(3, 3), (4, 3)]
        );
        // An article has both, so they are two.
        assert_eq!(resolve(&[(1, "adams", "q1"), (1, "quincy", ""), (2, "quincy", "q1")]), [(1, 1), (3, 1)]);
        assert_eq!(
            resolve(&[(1, "adams", ""), (1, "quincy", ""), (2, "quincy", "q1"), (3, "adams", "q1")]),
            [(3, 3), (4, 3)]
        );
        assert_eq!(resolve(&[(1, "madison", "q1"), (1, "jay", "q2")]), []);
    }

    proptest! {
        #[test]
        fn an_article_is_in_a_thing_once_and_different_words_are_never_one(
            all in prop::collection::vec((1_i64..5, "[abc]", "[xy]?"), 0..12),
        ) {
            // As the check of a pack has it: names and words are used once in a pack.
            let (mut names, mut used) = (HashSet::new(), HashSet::new());
            let all: Vec<&(i64, String, String)> = all
                .iter()
                .filter(|(article, name, word)| {
                    names.insert((*article, name)) && (word.is_empty() || used.insert((*article, word)))
                })
                .collect();
            let mentions: Vec<(i64, &str, &str)> =
                all.iter().map(|(article, name, word)| (*article, name.as_str(), word.as_str())).collect();
            let rows = resolve(&mentions);
            let mut things: HashMap<i64, Vec<i64>> = HashMap::new();
            for (item, thing) in &rows {
                things.entry(*thing).or_default().push(*item);
            }
            for (thing, items) in things {
                prop_assert!(items.len() > 1 && items.contains(&thing));
                let of = |item: &i64| mentions[usize::try_from(*item).unwrap_or(1) - 1];
                let articles: HashSet<i64> = items.iter().map(|item| of(item).0).collect();
                prop_assert_eq!(articles.len(), items.len());
                let words: HashSet<&str> = items.iter().map(|item| of(item).2).filter(|it| !it.is_empty()).collect();
                prop_assert!(words.len() < 2);
            }
        }
    }
}
