//! `/quote`: exact words, and whose they are.

use crate::answer::{Answer, AnswerKind, Block, ChoiceKind};
use crate::article::{Kind, LinkKind};
use crate::env::Rng;
use crate::library::{Found, Named};

use super::command::{Command, Context};
use super::line::write as line;
use super::options::{ARTICLE, PAGE, Suggest, words};
use super::problem::Problem;
use super::show::{self, clean};

pub(super) const COMMAND: Command =
    Command::new("quote", "Exact words, and whose they are", |context| Box::pin(run(context)))
        .options(&[
            words(
                "of",
                "Who, or some of the words; nothing for a random one",
                false,
                Suggest::Names(&[Kind::Actor, Kind::Quote]),
            ),
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
            _ => of_quotes(context, &ids(&same), "Quote").await?,
        };
        let answer = Answer { note: show::note(typed, &how).or(answer.note.clone()), ..answer };
        return Ok(show::with_choices(answer, show::instead(context, &others, line(context)).into_iter()));
    }
    if matches!(found, Found::Near(_) | Found::Nothing)
        && let Some(named) = show::article_by_name(context, typed).await?
    {
        let quotes = library.of_kind(named.article, Kind::Quote).await?;
        if !quotes.is_empty() {
            return of_quotes(context, &quotes, &format!("Quotes of {}", named.title)).await;
        }
    }
    match found {
        Found::Unsure(near) if near.iter().all(|named| named.kind == Kind::Actor) => {
            Ok(show::not_found(context, typed, "actor", Found::Unsure(near), vec![], line(context)))
        }
        near => by_words(context, typed, article, near).await,
    }
}

fn ids(named: &[Named]) -> Vec<i64> {
    named.iter().map(|named| named.item).collect()
}

fn line<'a>(context: &'a Context<'_>) -> impl Fn(&Named) -> String + 'a {
    move |named| show::asking_for(context, "of", named)
}

/// Every article is as likely as any other, and within it every quote.
async fn random(context: &Context<'_>, article: Option<i64>) -> Result<Answer, Problem> {
    let library = context.library()?;
    let seeded = context.request.seed.map(Rng::seeded);
    let rng = seeded.as_ref().unwrap_or(&context.world.rng);
    // An article may have no quotes at all; a few tries find one that has.
    for _ in 0..20 {
        let article = match article {
            Some(article) => article,
            None => {
                let count = usize::try_from(library.article_count()).unwrap_or(0);
                i64::try_from(rng.below(count)).unwrap_or(0) + 1
            }
        };
        let quotes = library.of_kind(article, Kind::Quote).await?;
        if !quotes.is_empty() {
            let answer = of_quotes(context, &[quotes[rng.below(quotes.len())]], "Quote").await?;
            return Ok(answer.choice("Another one", line::again(context.request)));
        }
    }
    Ok(Answer::other(AnswerKind::NothingFound, "There are no quotes here."))
}

/// What somebody said, and what is said of them, strictly apart.
async fn of_actor(context: &Context<'_>, actors: &[Named]) -> Result<Answer, Problem> {
    let library = context.library()?;
    let actor_ids = ids(actors);
    let name = actors.first().map(|actor| actor.title.clone()).unwrap_or_default();
    let mut said = library.linked(&actor_ids, LinkKind::By, Kind::Quote).await?;
    let verbatim = said.len();
    said.extend(library.linked(&actor_ids, LinkKind::Reported, Kind::Quote).await?);
    let mut all = said.clone();
    let about = library.linked(&actor_ids, LinkKind::About, Kind::Quote).await?;
    all.extend(about.into_iter().filter(|id| !said.contains(id)));
    let (no_words, only_reports) = match library.has_several_articles() {
        true => (format!("No article quotes words of {name}."), "They only report some."),
        false => (format!("The article quotes no words of {name}."), "It only reports some."),
    };
    if all.is_empty() {
        let actor = actors.first().map(|actor| actor.handle.clone()).unwrap_or_default();
        return Ok(Answer::other(
            AnswerKind::NothingFound,
            format!("{no_words} No line about them was recorded either."),
        )
        .choice(format!("What is said of {name}"), format!("actor {actor}")));
    }
    let page = show::page(context, &all, PAGE_SIZE)?;
    let title = if said.is_empty() { no_words.clone() } else { name.clone() };
    let mut answer = Answer::found(page.title(title));
    if verbatim == 0 && !said.is_empty() {
        answer.note = Some(format!("{no_words} {only_reports}"));
    }
    let spoken = page.items.iter().filter(|id| said.contains(id)).count();
    let shown = library.records(page.items).await?;
    let mut blocks = show::quotations(library, &shown).await?;
    if spoken < blocks.len() {
        let heading = Block::Paragraph { text: format!("About {name}, not in their words:") };
        blocks.insert(spoken, heading);
    }
    answer.source = show::sources(&blocks);
    answer.blocks = blocks;
    if let [only] = shown.as_slice() {
        answer = answer.offer(ChoiceKind::Source, "Where in the text?", show::where_line(only, library));
    }
    Ok(page.turn(context, answer))
}

async fn of_quotes(context: &Context<'_>, ids: &[i64], title: &str) -> Result<Answer, Problem> {
    let library = context.library()?;
    let page = show::page(context, ids, PAGE_SIZE)?;
    let records = library.records(page.items).await?;
    let blocks = show::quotations(library, &records).await?;
    let mut answer = Answer::found(page.title(title));
    answer.source = show::sources(&blocks);
    answer.blocks = blocks;
    if let [only] = records.as_slice() {
        answer = answer.offer(ChoiceKind::Source, "Where in the text?", show::where_line(only, library));
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
        let title = format!("Quotes on “{}”", clean(typed));
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
        return Ok(show::not_found(context, typed, "quote", near, elsewhere, line(context)));
    }
    let title = format!("No quote has the words “{}”, and nobody goes by them.", clean(typed));
    let answer = Answer::other(AnswerKind::NothingFound, title);
    let answer = show::with_choices(answer, elsewhere.into_iter());
    // Hyphens alone, for instance, are nothing to search for.
    let words = clean(typed);
    match words.contains(char::is_alphanumeric) {
        true => Ok(answer.choice("Search everything", format!("search {}", line::quoted(&words)))),
        false => Ok(answer),
    }
}
