//! What a room has not had yet, by chance: random quotes, questions to discuss. None comes again in a room before all
//! have come.

use std::collections::HashSet;

use crate::article::{Item, Kind};
use crate::community::{PickKind, Shown};
use crate::env::Rng;
use crate::library::{Library, Pick, Record};

use super::command::Context;
use super::problem::Problem;

/// How many articles are tried for something that did not come yet.
const ARTICLES: usize = 20;

/// How often another one is picked where somebody else was shown the same at the same time.
const AT_ONCE: usize = 3;

/// What parts the id of an argument from the number of its question.
const NUMBER: char = '/';

/// One of a kind that the room has not had, and that is remembered as had: every article is as likely as any other, and
/// within it everything, what matters most twice as likely. The same question again, after a crash for instance, gets
/// the same answer.
pub(super) async fn next(
    context: &Context<'_>,
    kind: PickKind,
    article: Option<i64>,
) -> Result<Option<Pick>, Problem> {
    let library = context.library()?;
    let seeded = context.request.seed.map(Rng::seeded);
    let rng = seeded.as_ref().unwrap_or(&context.world.rng);
    let room = context.request.room();
    let mut picked = None;
    for _ in 0..AT_ONCE {
        let shown = shown(context, &room, kind).await;
        let seed = context.request.seed;
        if let Some(before) = shown.iter().find(|shown| seed.is_some() && shown.seed == seed)
            && let Some(article) = library.article(&before.article).await?
            && let Some(record) = library.by_keys(article.id, &[key(&before.item)]).await?.first()
        {
            let (article, item) = (before.article.clone(), before.item.clone());
            return Ok(Some(Pick { id: record.id, article, item, is_key: record.item.is_key() }));
        }
        let Some((pick, round)) = of_articles(library, kind, article, rng, &shown).await? else { break };
        let shown = Shown { round, article: pick.article.clone(), item: pick.item.clone(), seed };
        picked = Some(pick);
        match context.world.community.keep_shown(&room, kind, &shown).await {
            // Somebody else was shown it just now.
            Ok(false) => {}
            Ok(true) => break,
            Err(error) => {
                tracing::warn!(%error, "what is shown can't be remembered");
                break;
            }
        }
    }
    Ok(picked)
}

/// One of these, in their order: the first that the room has not had in this round, else the one that it had longest ago.
/// Something that was asked for does not begin a new round.
pub(super) async fn of_these(
    context: &Context<'_>,
    kind: PickKind,
    picks: Vec<Pick>,
) -> Result<Option<Pick>, Problem> {
    let room = context.request.room();
    let shown = shown(context, &room, kind).await;
    let round = shown.first().map_or(0, |last| last.round);
    // How long ago each came: the last first.
    let ago = |pick: &Pick| {
        shown
            .iter()
            .position(|it| (&it.article, &it.item) == (&pick.article, &pick.item))
            .unwrap_or(usize::MAX)
    };
    let mut longest: Option<(usize, Pick)> = None;
    for pick in picks {
        let ago = ago(&pick);
        if longest.as_ref().is_none_or(|(most, _)| ago > *most) {
            longest = Some((ago, pick));
        }
    }
    let Some((_, pick)) = longest else { return Ok(None) };
    let shown = Shown { round, article: pick.article.clone(), item: pick.item.clone(), seed: None };
    if let Err(error) = context.world.community.keep_shown(&room, kind, &shown).await {
        tracing::warn!(%error, "what is shown can't be remembered");
    }
    Ok(Some(pick))
}

/// The arguments whose questions came in this room lately, each with the question's number, the last first.
pub(super) async fn lately(context: &Context<'_>, most: usize) -> Result<Vec<(Record, usize)>, Problem> {
    let library = context.library()?;
    let mut records = Vec::new();
    for shown in shown(context, &context.request.room(), PickKind::Question).await.into_iter().take(most) {
        // The pack may have another version by now.
        let Some(article) = library.article(&shown.article).await? else { continue };
        let record = library.by_keys(article.id, &[key(&shown.item)]).await?.into_iter().next();
        records.extend(record.map(|record| (record, number_in(&shown.item))));
    }
    Ok(records)
}

/// What came in a room lately. Without this memory there is an answer all the same.
async fn shown(context: &Context<'_>, room: &str, kind: PickKind) -> Vec<Shown> {
    context.world.community.shown(room, kind).await.unwrap_or_else(|error| {
        tracing::warn!(%error, "what was shown can't be read");
        Vec::new()
    })
}

/// The questions of arguments, each to be picked by itself.
pub(super) async fn questions(library: &Library, arguments: &[i64]) -> Result<Vec<Pick>, Problem> {
    let mut picks = Vec::new();
    for record in library.records(arguments).await? {
        let Item::Argument(argument) = &record.item else { continue };
        picks.extend((0..argument.questions.len()).map(|number| Pick {
            id: record.id,
            article: record.article_key.clone(),
            item: format!("{}{NUMBER}{number}", argument.id),
            is_key: record.item.is_key(),
        }));
    }
    Ok(picks)
}

/// Which of its argument's questions one is, from 0.
pub(super) fn number(pick: &Pick) -> usize {
    number_in(&pick.item)
}

fn number_in(item: &str) -> usize {
    item.split_once(NUMBER).and_then(|(_, number)| number.parse().ok()).unwrap_or(0)
}

fn key(item: &str) -> &str {
    item.split_once(NUMBER).map_or(item, |(key, _)| key)
}

/// One that was not shown in this round, and the number of the round: the next one where all have been shown.
async fn of_articles(
    library: &Library,
    kind: PickKind,
    article: Option<i64>,
    rng: &Rng,
    shown: &[Shown],
) -> Result<Option<(Pick, i64)>, Problem> {
    let articles = match article {
        Some(article) => vec![article],
        None => some_of(library.article_count(), rng),
    };
    let round = shown.first().map_or(0, |last| last.round);
    let now: HashSet<(&str, &str)> = shown
        .iter()
        .filter(|shown| shown.round == round)
        .map(|shown| (shown.article.as_str(), shown.item.as_str()))
        .collect();
    let mut old = Vec::new();
    for article in articles {
        let all = match kind {
            PickKind::Quote => library.quotes_to_pick(article).await?,
            PickKind::Question => {
                questions(library, &library.of_kind(article, Kind::Argument).await?).await?
            }
        };
        let (seen, fresh): (Vec<_>, Vec<_>) =
            all.into_iter().partition(|it| now.contains(&(it.article.as_str(), it.item.as_str())));
        if let Some(pick) = weighted(fresh, rng) {
            return Ok(Some((pick, round)));
        }
        old.extend(seen);
    }
    // The last one does not begin the next round too.
    if let Some(last) = shown.first().filter(|_| old.len() > 1) {
        old.retain(|it| (&it.article, &it.item) != (&last.article, &last.item));
    }
    Ok(weighted(old, rng).map(|pick| (pick, round + 1)))
}

/// One of several, those that matter most twice as likely.
fn weighted(picks: Vec<Pick>, rng: &Rng) -> Option<Pick> {
    let weight = |pick: &Pick| if pick.is_key { 2 } else { 1 };
    let mut at = rng.below(picks.iter().map(weight).sum());
    picks.into_iter().find(|pick| {
        let is_it = at < weight(pick);
        at = at.saturating_sub(weight(pick));
        is_it
    })
}

/// The rows of some articles in any order: of all, if they are few.
fn some_of(count: i64, rng: &Rng) -> Vec<i64> {
    let count = usize::try_from(count).unwrap_or(0);
    let row = |at: usize| i64::try_from(at).unwrap_or(0) + 1;
    if count > ARTICLES {
        return (0..ARTICLES).map(|_| row(rng.below(count))).collect();
    }
    let mut rows: Vec<i64> = (0..count).map(row).collect();
    for at in (1..count).rev() {
        rows.swap(at, rng.below(at + 1));
    }
    rows
}
