//! `/timeline`: what happened when, as precisely as the text says.

use crate::answer::{Answer, AnswerKind};
use crate::article::Kind;
use crate::article::date::{Days, parse_range};
use crate::library::{Found, Library, MAX_LIST_ROWS, Named};

use super::command::{Command, Suggest};
use super::context::{Context, Problem};
use super::line::write as line;
use super::options::{ARTICLE, PAGE, words};
use super::several;
use super::show::{self, clean};

pub(super) const COMMAND: Command =
    Command::new("timeline", "What happened when, as precisely as the text says", |context| {
        Box::pin(run(context))
    })
    .options(&[
        words("when", "A year, a range or an actor; nothing for everything", false, Suggest::Times),
        ARTICLE,
        PAGE,
    ])
    .examples(&["timeline 2020", "timeline 2015-16", "timeline 1990s", "timeline AMLO"]);

const PAGE_SIZE: usize = 10;

/// The most words among which a name and a date are looked for.
const MAX_WORDS: usize = 8;

pub(super) async fn run(context: &Context<'_>) -> Result<Answer, Problem> {
    let library = context.library()?;
    let mut article = show::article(context).await?;
    let ever = Days { earliest: Days::EVER_BEFORE, latest: Days::EVER_AFTER };
    let (mut title, mut note) = ("Timeline".to_string(), None);
    let (mut actors, mut days) = (None, ever);
    if let Some(typed) = context.arg("when") {
        title = format!("Timeline: {}", clean(typed));
        if let Some(range) = parse_range(typed) {
            days = range;
        } else if let Some(Somebody { same, note: read, date }) = somebody(context, typed, article).await? {
            note = read;
            let name = same.first().map(|it| it.title.clone()).unwrap_or_default();
            title = match &date {
                Some((said, _)) => format!("Timeline: {name}, {}", clean(said)),
                None => format!("Timeline: {name}"),
            };
            days = date.map_or(ever, |(_, days)| days);
            match same.first().map(|it| it.kind) {
                Some(Kind::Article) => article = same.first().map(|it| it.article),
                _ => actors = Some(same.iter().map(|named| named.item).collect::<Vec<_>>()),
            }
        } else {
            return by_words(context, typed, article).await;
        }
    }
    let events = library.timeline(days, article, actors.as_deref()).await?;
    let is_cut = i64::try_from(events.len()).is_ok_and(|dated| dated == MAX_LIST_ROWS);
    let mut events = several::things(library, &events).await?;
    let dated = events.len();
    if days == ever {
        let undated = library.undated(article, actors.as_deref()).await?;
        events.extend(several::things(library, &undated).await?);
    }
    if events.is_empty() {
        let mut answer =
            Answer::other(AnswerKind::NothingFound, format!("{title}: no event is recorded there."));
        answer.note = note;
        return Ok(answer.choice("The whole timeline", line::with(context.request, &[("when", "")])));
    }
    let page = show::page(context, &events, PAGE_SIZE)?;
    let (mut entries, source) = several::lines(library, page.items, "").await?;
    let without = entries.split_off(dated.saturating_sub(page.before).min(entries.len()));
    let mut answer =
        Answer::found(page.title(title)).list("", entries).list("Without a date in the text", without);
    answer.note = note;
    if is_cut {
        answer = answer.paragraph(format!(
            "These are the first {MAX_LIST_ROWS} events: narrow it with a year, an actor or an article."
        ));
    }
    answer.source = source;
    Ok(page.turn(context, answer))
}

/// Whom or what a timeline is of.
struct Somebody {
    /// An actor or an article, once an article that has it.
    same: Vec<Named>,
    /// How the name was read, where that must be said.
    note: Option<String>,
    /// The date beside the name, as it was typed and as it is meant.
    date: Option<(String, Days)>,
}

/// An actor or an article by name, alone or with a date before or after it ("Biden 2021"): the longest name of all.
async fn somebody(
    context: &Context<'_>,
    typed: &str,
    article: Option<i64>,
) -> Result<Option<Somebody>, Problem> {
    let library = context.library()?;
    let words: Vec<&str> = typed.split_whitespace().collect();
    let mut parts: Vec<(String, Option<(String, Days)>)> = vec![(typed.to_string(), None)];
    if words.len() <= MAX_WORDS {
        for length in (1..words.len()).rev() {
            let (before, after) = (words.len() - length, length);
            for (name, date) in [(&words[..after], &words[after..]), (&words[before..], &words[..before])] {
                let date = date.join(" ");
                parts.extend(parse_range(&date).map(|days| (name.join(" "), Some((date, days)))));
            }
        }
    }
    // What is merely read as a name comes after all that is one.
    let (mut read, mut unsure) = (None, None);
    for (name, date) in parts {
        let found = library.find_name(&name, &[Kind::Actor, Kind::Article], article).await?;
        let (same, how) = match found {
            Found::Sure { same, how, .. } => (same, how),
            Found::Unsure(_) => {
                unsure = unsure.or(Some((name, date, found)));
                continue;
            }
            Found::Near(_) | Found::Nothing => continue,
        };
        let note = show::note(&name, &how);
        let is_plain = note.is_none();
        let somebody = Somebody { same, note, date };
        if is_plain {
            return Ok(Some(somebody));
        }
        read = read.or(Some(somebody));
    }
    match unsure {
        Some((name, date, found)) if read.is_none() => Err(which(context, &name, date, found).into()),
        _ => Ok(read),
    }
}

/// The question which of several that go by a name is meant; each choice keeps the date.
fn which(context: &Context<'_>, name: &str, date: Option<(String, Days)>, found: Found) -> Answer {
    show::not_found(context, name, "actor", found, vec![], |named| {
        let when = match &date {
            Some((said, _)) => format!("{} {said}", named.handle),
            None => named.handle.clone(),
        };
        let mut changes = vec![("when", when.as_str())];
        if named.kind != Kind::Article && context.library().is_ok_and(Library::has_several_articles) {
            changes.push(("article", &named.article_key));
        }
        line::with(context.request, &changes)
    })
}

/// Events that have the words: a wording of the text such as "last fall", or the name of an event.
async fn by_words(context: &Context<'_>, typed: &str, article: Option<i64>) -> Result<Answer, Problem> {
    let library = context.library()?;
    let hits = library.search(typed, &[Kind::Event], article).await?;
    if !hits.complete || hits.items.is_empty() || !hits.missing.is_empty() {
        let title = format!("“{}” is no date, and nobody goes by it.", clean(typed));
        let elsewhere =
            show::elsewhere(context, typed, &[Kind::Actor], |named| show::asking_for(context, "when", named));
        let answer =
            show::with_choices(Answer::other(AnswerKind::NothingFound, title), elsewhere.await?.into_iter());
        return Ok(answer
            .paragraph(
                "Dates go like 2020, 2015-16, early 1990s, July 2020, fall 2021, since 2006 or before 2000.",
            )
            .choice("The whole timeline", line::with(context.request, &[("when", "")])));
    }
    let mut records = library.records(&hits.items).await?;
    records.sort_by_key(|record| record.days.map_or((true, Days::EVER_AFTER), |days| (false, days.earliest)));
    let events: Vec<i64> = records.iter().map(|record| record.id).collect();
    let events = several::things(library, &events).await?;
    let page = show::page(context, &events, PAGE_SIZE)?;
    let (entries, source) = several::lines(library, page.items, "no date").await?;
    let mut answer = Answer::found(page.title(format!("Events with “{}”", clean(typed)))).list("", entries);
    answer.note = show::readings(&hits);
    answer.source = source;
    Ok(page.turn(context, answer))
}
