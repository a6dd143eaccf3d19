//! `/quote`: exact words, and whose they are.

use crate::answer::{Answer, AnswerKind, Author, ChoiceKind};
use crate::article::Kind;
use crate::community::PickKind;
use crate::library::{Found, Named, Record};
use crate::say;

use super::command::{Command, Context};
use super::line::write as line;
use super::options::{ARTICLE, PAGE, Suggest, words};
use super::pick;
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

/// A quote by chance, which the room has not had yet.
async fn random(context: &Context<'_>, article: Option<i64>) -> Result<Answer, Problem> {
    match pick::next(context, PickKind::Quote, article).await? {
        Some(quote) => {
            let answer = of_quotes(context, &[quote.id], &say!("quote-title")).await?;
            Ok(answer.choice(say!("quote-another"), line::again(context.request)))
        }
        None => Ok(Answer::other(AnswerKind::NothingFound, say!("quote-none"))),
    }
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
