//! `/timeline`: what happened when, as precisely as the text says.

use crate::answer::{Answer, AnswerKind};
use crate::article::Kind;
use crate::article::date::{Days, parse_range};
use crate::library::{Found, How, MOST, Named};

use super::show::{self, clean};
use super::{Context, Problem};

const PAGE: usize = 10;

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
        } else if let Some((same, how, range)) = somebody(context, typed, article).await? {
            note = show::note(typed, &how);
            let name = same.first().map(|it| it.title.clone()).unwrap_or_default();
            title = match range {
                Some(_) => format!("Timeline: {name}, {}", clean(typed)),
                None => format!("Timeline: {name}"),
            };
            days = range.unwrap_or(ever);
            match same.first().map(|it| it.kind) {
                Some(Kind::Article) => article = same.first().map(|it| it.article),
                _ => actors = Some(same.iter().map(|named| named.item).collect::<Vec<_>>()),
            }
        } else {
            return by_words(context, typed, article).await;
        }
    }
    let mut events = library.timeline(days, article, actors.as_deref()).await?;
    let dated = events.len();
    if days == ever {
        events.extend(library.undated(article, actors.as_deref()).await?);
    }
    if events.is_empty() {
        let mut answer =
            Answer::other(AnswerKind::NothingFound, format!("{title}: no event is recorded there."));
        answer.note = note;
        return Ok(answer.choice("The whole timeline", "timeline"));
    }
    let page = show::page(context, &events, PAGE)?;
    let records = library.records(page.items).await?;
    let entries = records.iter().map(|record| {
        let when = show::when(&record.item).unwrap_or_default();
        show::entry(when, record, library)
    });
    let mut entries: Vec<_> = entries.collect();
    let without = entries.split_off(dated.saturating_sub(page.before).min(entries.len()));
    let mut answer =
        Answer::found(page.title(title)).list("", entries).list("Without a date in the text", without);
    answer.note = note;
    if i64::try_from(dated).is_ok_and(|dated| dated == MOST) {
        answer = answer.paragraph(format!(
            "These are the first {MOST} events: narrow it with a year, an actor or an article."
        ));
    }
    answer.source = show::sources(&answer.blocks);
    Ok(page.turn(context, answer))
}

/// An actor or an article by name, alone or with a date before or after it ("Biden 2021").
async fn somebody(
    context: &Context<'_>,
    typed: &str,
    article: Option<i64>,
) -> Result<Option<(Vec<Named>, How, Option<Days>)>, Problem> {
    let library = context.library()?;
    let kinds = [Kind::Actor, Kind::Article];
    if let Found::Sure { same, how, .. } = library.find_name(typed, &kinds, article).await? {
        return Ok(Some((same, how, None)));
    }
    let words: Vec<&str> = typed.split_whitespace().collect();
    if words.len() > 8 {
        return Ok(None);
    }
    for at in 1..words.len() {
        let (left, right) = (words[..at].join(" "), words[at..].join(" "));
        for (name, date) in [(&left, &right), (&right, &left)] {
            let Some(days) = parse_range(date) else { continue };
            if let Found::Sure { same, how, .. } = library.find_name(name, &kinds, article).await? {
                return Ok(Some((same, how, Some(days))));
            }
        }
    }
    Ok(None)
}

/// Events that have the words: a wording of the text such as "last fall", or the name of an event.
async fn by_words(context: &Context<'_>, typed: &str, article: Option<i64>) -> Result<Answer, Problem> {
    let library = context.library()?;
    let hits = library.search(typed, &[Kind::Event], article).await?;
    if !hits.complete || hits.items.is_empty() {
        let title = format!("“{}” is no date, and nobody goes by it.", clean(typed));
        return Ok(Answer::other(AnswerKind::NothingFound, title)
            .paragraph(
                "Dates go like 2020, 2015-16, early 1990s, July 2020, fall 2021, since 2006 or before 2000.",
            )
            .choice("The whole timeline", "timeline"));
    }
    let mut records = library.records(&hits.items).await?;
    records.sort_by_key(|record| record.days.map_or((true, Days::EVER_AFTER), |days| (false, days.earliest)));
    let page = show::page(context, &records, PAGE)?;
    let entries = page.items.iter().map(|record| {
        let when = show::when(&record.item).unwrap_or_else(|| "no date".into());
        show::entry(when, record, library)
    });
    let mut answer =
        Answer::found(page.title(format!("Events with “{}”", clean(typed)))).list("", entries.collect());
    answer.note = hits.read_as.map(|read_as| format!("Read as “{read_as}”."));
    answer.source = show::sources(&answer.blocks);
    Ok(page.turn(context, answer))
}
