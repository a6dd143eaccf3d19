//! `/quote`: exact words, and whose they are.

use std::collections::HashSet;

use crate::answer::{Answer, AnswerKind, Author, ChoiceKind};
use crate::article::Kind;
use crate::community::Shown;
use crate::env::Rng;
use crate::library::{Found, Library, Named, Pick, Record};
use crate::platform::Platform;
use crate::say;

use super::command::{Command, Context};
use super::line::write as line;
use super::options::{ARTICLE, PAGE, Suggest, words};
use super::problem::Problem;
use super::quote_order::{self, Voice};
use super::show::{self, Sought, clean};

pub(super) const COMMAND: Command = Command::new("quote", |context| Box::pin(run(context)))
    .options(&[
        words("of", "option-quote-of", false, Suggest::Names(&[Kind::Actor, Kind::Quote])),
        ARTICLE,
        PAGE,
    ])
    .examples(&["quote Paz", "quote who lost mexico", "quote"]);

const PAGE_SIZE: usize = 5;

/// How many articles are tried for a quote that was not shown yet.
const ARTICLES: usize = 20;

/// How often another one is picked where somebody else was shown the same at the same time.
const AT_ONCE: usize = 3;

/// What can be asked for by name.
const KINDS: [Kind; 2] = [Kind::Actor, Kind::Quote];

pub(super) async fn run(context: &Context<'_>) -> Result<Answer, Problem> {
    let library = context.library()?;
    let article = show::article(context).await?;
    let Some(typed) = context.arg("of") else { return random(context, article).await };
    let found = library.find_name(typed, &KINDS, article).await?;
    if let Found::Sure { same, others, how } = found {
        let answer = match same.first() {
            Some(named) if named.kind == Kind::Actor => of_actor(context, &same).await?,
            _ => of_quotes(context, &ids(&same), &say!("quote-title")).await?,
        };
        let answer = Answer { note: show::note(typed, &how).or(answer.note.clone()), ..answer };
        return Ok(show::with_choices(answer, show::instead(context, &others, line(context)).into_iter()));
    }
    if matches!(found, Found::Near(_) | Found::Nothing)
        && let Some(named) = show::article_by_name(context, typed).await?
    {
        let quotes = library.of_kind(named.article, Kind::Quote).await?;
        let key = library.key_among(&quotes).await?;
        let rest = quotes.into_iter().filter(|quote| !key.contains(quote));
        let quotes: Vec<i64> = key.iter().copied().chain(rest).collect();
        if !quotes.is_empty() {
            return of_quotes(context, &quotes, &say!("quotes-of", name = &named.title)).await;
        }
    }
    match found {
        Found::Unsure(near) if near.iter().all(|named| named.kind == Kind::Actor) => Ok(show::not_found(
            context,
            typed,
            Sought::Kind(Kind::Actor),
            Found::Unsure(near),
            vec![],
            line(context),
        )),
        near => by_words(context, typed, article, near).await,
    }
}

fn ids(named: &[Named]) -> Vec<i64> {
    named.iter().map(|named| named.item).collect()
}

fn line<'a>(context: &'a Context<'_>) -> impl Fn(&Named) -> String + 'a {
    move |named| show::asking_for(context, "of", named)
}

/// A quote by chance: every article is as likely as any other, and within it every quote, one that matters most twice
/// as likely. None comes again in a room before all have been shown.
async fn random(context: &Context<'_>, article: Option<i64>) -> Result<Answer, Problem> {
    let library = context.library()?;
    let seeded = context.request.seed.map(Rng::seeded);
    let rng = seeded.as_ref().unwrap_or(&context.world.rng);
    let room = match (context.request.places.first(), context.request.platform) {
        (Some(place), _) => place.to_string(),
        (None, platform) => platform.map_or("", Platform::as_str).to_string(),
    };
    let mut picked = None;
    for _ in 0..AT_ONCE {
        // Without this memory there is an answer all the same.
        let shown = context.world.community.shown(&room).await.unwrap_or_else(|error| {
            tracing::warn!(%error, "the quotes that were shown can't be read");
            Vec::new()
        });
        // The same question again, after a crash for instance: it gets the same answer.
        let seed = context.request.seed;
        if let Some(before) = shown.iter().find(|shown| seed.is_some() && shown.seed == seed)
            && let Some(article) = library.article(&before.article).await?
            && let Some(record) = library.by_keys(article.id, &[&before.quote]).await?.first()
        {
            picked = Some(record.id);
            break;
        }
        let Some((pick, round)) = pick(library, article, rng, &shown).await? else { break };
        let shown = Shown { round, article: pick.article, quote: pick.item, seed };
        picked = Some(pick.id);
        match context.world.community.keep_shown(&room, &shown).await {
            // Somebody else was shown it just now.
            Ok(false) => {}
            Ok(true) => break,
            Err(error) => {
                tracing::warn!(%error, "the quote that is shown can't be remembered");
                break;
            }
        }
    }
    match picked {
        Some(quote) => {
            let answer = of_quotes(context, &[quote], &say!("quote-title")).await?;
            Ok(answer.choice(say!("quote-another"), line::again(context.request)))
        }
        None => Ok(Answer::other(AnswerKind::NothingFound, say!("quote-none"))),
    }
}

/// A quote that was not shown in this round, and the number of the round: the next one where all have been shown.
async fn pick(
    library: &Library,
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
        .map(|shown| (shown.article.as_str(), shown.quote.as_str()))
        .collect();
    let mut old = Vec::new();
    for article in articles {
        let quotes = library.quotes_to_pick(article).await?;
        let (seen, fresh): (Vec<_>, Vec<_>) =
            quotes.into_iter().partition(|it| now.contains(&(it.article.as_str(), it.item.as_str())));
        if let Some(pick) = weighted(fresh, rng) {
            return Ok(Some((pick, round)));
        }
        old.extend(seen);
    }
    // The last one does not begin the next round too.
    if let Some(last) = shown.first().filter(|_| old.len() > 1) {
        old.retain(|it| (&it.article, &it.item) != (&last.article, &last.quote));
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

/// What somebody said, and what is said of them, strictly apart: what matters most first.
async fn of_actor(context: &Context<'_>, actors: &[Named]) -> Result<Answer, Problem> {
    let library = context.library()?;
    let name = actors.first().map(|actor| actor.title.clone()).unwrap_or_default();
    let articles = if library.has_several_articles() { "several" } else { "one" };
    let no_words = || say!("quotes-no-words", name = &name, articles = articles);
    let lines = quote_order::of_actor(library, actors).await?;
    if lines.is_empty() {
        let actor = actors.first().map(|actor| actor.handle.clone()).unwrap_or_default();
        return Ok(Answer::other(
            AnswerKind::NothingFound,
            say!("quotes-no-lines", name = &name, articles = articles),
        )
        .choice(say!("quotes-what-is-said", name = &name), format!("actor {actor}")));
    }
    let page = show::page(context, &lines, PAGE_SIZE)?;
    let [has_own, has_said] =
        [Voice::Own, Voice::Told].map(|voice| lines.iter().any(|line| line.voice <= voice));
    let mut answer = Answer::found(page.title(if has_said { name.clone() } else { no_words() }));
    if has_said && !has_own {
        let author = lines.iter().flat_map(|line| &line.quotes).next().map(show::author).unwrap_or_default();
        let author = match author {
            Author::Named(name) => name,
            author => author.introduced(),
        };
        answer.note = Some(say!("quotes-only-reported", name = &name, articles = articles, author = author));
    }
    let records: Vec<Record> = page.items.iter().flat_map(|line| line.quotes.clone()).collect();
    let mut blocks = show::quotations(library, &records).into_iter();
    let mut is_about = false;
    for line in page.items {
        if (line.voice == Voice::About) != is_about {
            is_about = !is_about;
            answer = answer.paragraph(match is_about {
                true => say!("quotes-about", name = &name),
                false => say!("quotes-told", name = &name),
            });
        }
        let quotations = blocks.by_ref().take(line.quotes.len()).collect();
        answer.blocks.extend(quote_order::together(quotations));
    }
    answer.source = show::sources(&answer.blocks);
    if let [only] = records.as_slice() {
        answer = answer.offer(ChoiceKind::Source, say!("where-in-text"), show::where_line(only, library));
    }
    Ok(page.turn(context, answer))
}

async fn of_quotes(context: &Context<'_>, ids: &[i64], title: &str) -> Result<Answer, Problem> {
    let library = context.library()?;
    let page = show::page(context, ids, PAGE_SIZE)?;
    let records = library.records(page.items).await?;
    let blocks = show::quotations(library, &records);
    let mut answer = Answer::found(page.title(title));
    answer.source = show::sources(&blocks);
    answer.blocks = blocks;
    if let [only] = records.as_slice() {
        answer = answer.offer(ChoiceKind::Source, say!("where-in-text"), show::where_line(only, library));
    }
    Ok(page.turn(context, answer))
}

/// Quotes that have the words, or somebody who is described by them.
async fn by_words(
    context: &Context<'_>,
    typed: &str,
    article: Option<i64>,
    near: Found,
) -> Result<Answer, Problem> {
    let library = context.library()?;
    let hits = library.search(typed, &[Kind::Quote], article).await?;
    if hits.complete && !hits.items.is_empty() && hits.missing.is_empty() {
        let title = say!("quotes-on", words = clean(typed));
        let mut answer = of_quotes(context, &hits.items, &title).await?;
        answer.note = show::readings(&hits);
        return Ok(answer);
    }
    if let Found::Sure { same, how, .. } = library.find(typed, &[Kind::Actor], article, true).await? {
        let answer = of_actor(context, &same).await?;
        return Ok(Answer { note: show::note(typed, &how), ..answer });
    }
    let elsewhere = show::elsewhere(context, typed, &KINDS, line(context)).await?;
    if near != Found::Nothing {
        return Ok(show::not_found(
            context,
            typed,
            Sought::Kind(Kind::Quote),
            near,
            elsewhere,
            line(context),
        ));
    }
    let title = say!("quotes-none-with", words = clean(typed));
    let answer = Answer::other(AnswerKind::NothingFound, title);
    let answer = show::with_choices(answer, elsewhere.into_iter());
    // Hyphens alone, for instance, are nothing to search for.
    let words = clean(typed);
    match words.contains(char::is_alphanumeric) {
        true => Ok(answer.choice(say!("search-everything"), format!("search {}", line::quoted(&words)))),
        false => Ok(answer),
    }
}
