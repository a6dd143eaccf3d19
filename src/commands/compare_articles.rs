//! `/compare` of two articles: who wrote them and when, what each says, and what both have.

use std::collections::HashMap;

use crate::answer::{Answer, Citation, Entry};
use crate::article::fold::key;
use crate::article::{Item, Kind};
use crate::library::{Library, Record};
use crate::say;

use super::problem::Problem;
use super::show;

/// How many claims of each are shown, and how many topics and actors that both have.
const LINES: usize = 6;

/// Two articles side by side.
pub(super) async fn compare(library: &Library, a: &Record, b: &Record) -> Result<Answer, Problem> {
    let mut answer = Answer::found(say!("compare-title", first = a.item.title(), second = b.item.title()));
    for side in [a, b] {
        let Item::Article(it) = &side.item else { continue };
        let date = it.date.as_ref().and_then(|when| when.said());
        answer = answer.fields([
            (side.article_name.clone(), it.summary.clone()),
            (say!("article-author"), side.author.clone().unwrap_or_else(|| say!("article-no-author"))),
            (say!("article-date"), date.unwrap_or_else(|| say!("article-no-date"))),
        ]);
    }
    let mut sources = vec![whole(a, library), whole(b, library)];
    for (kind, title) in [(Kind::Topic, say!("compare-topics")), (Kind::Actor, say!("compare-actors"))] {
        let both = both(library, a, b, kind).await?;
        let number = both.len();
        let title = if number > LINES {
            say!("few-title", title = title, shown = LINES, all = number)
        } else {
            title
        };
        let mut entries = Vec::new();
        for (one, other) in both.into_iter().take(LINES) {
            let said = |record: &Record| match &record.item {
                Item::Topic(it) => it.summary.clone(),
                Item::Actor(it) => it.summary.clone(),
                item => item.title(),
            };
            for side in [&one, &other] {
                let lead = say!("compare-in-article", name = side.item.title(), article = &side.article_name);
                sources.push(show::source(side, library));
                entries.push(Entry { text: said(side), ..show::entry(lead, side, library) });
            }
        }
        answer = answer.list(title, entries);
    }
    for side in [a, b] {
        let (title, claims) = claims(library, side, &mut sources).await?;
        answer = answer.list(title, claims);
    }
    for side in [a, b] {
        answer = answer.choice(
            say!("compare-all-on", name = &side.article_name),
            format!("article {}", side.article_key),
        );
    }
    Ok(answer.source(Citation::merge(&sources)))
}

/// The first claims of an article, below what to call them.
async fn claims(
    library: &Library,
    side: &Record,
    sources: &mut Vec<Citation>,
) -> Result<(String, Vec<Entry>), Problem> {
    let arguments = library.of_kind(side.article, Kind::Argument).await?;
    let shown = library.records(&arguments[..arguments.len().min(LINES)]).await?;
    let claims = shown.iter().map(|record| {
        sources.push(show::source(record, library));
        let text = match &record.item {
            Item::Argument(it) => say!("compare-claim", title = &it.title, claim = &it.claim),
            item => item.title(),
        };
        Entry { text, ..show::entry("", record, library) }
    });
    let claims = claims.collect();
    let title = say!("compare-claims", article = &side.article_name);
    Ok(match arguments.len() {
        all if all > LINES => (say!("few-title", title = title, shown = LINES, all = all), claims),
        _ => (title, claims),
    })
}

/// An article as a source of its own.
fn whole(record: &Record, library: &Library) -> Citation {
    Citation { paragraphs: vec![], section: None, ..show::source(record, library) }
}

/// What both articles have of a kind: one person or thing, or subjects of one name.
async fn both(
    library: &Library,
    a: &Record,
    b: &Record,
    kind: Kind,
) -> Result<Vec<(Record, Record)>, Problem> {
    let mut sides = Vec::new();
    for side in [a, b] {
        let rows = library.of_kind(side.article, kind).await?;
        sides.push((library.things(&rows).await?, library.records(&rows).await?));
    }
    let Some((things_b, of_b)) = sides.pop() else { return Ok(vec![]) };
    let Some((things_a, of_a)) = sides.pop() else { return Ok(vec![]) };
    let by_thing: HashMap<i64, &Record> =
        of_b.iter().filter_map(|it| Some((*things_b.get(&it.id)?, it))).collect();
    let by_name: HashMap<String, &Record> = of_b.iter().map(|it| (key(&it.item.title()), it)).collect();
    Ok(of_a
        .into_iter()
        .filter_map(|one| {
            let other = match kind {
                Kind::Actor => by_thing.get(things_a.get(&one.id)?)?,
                _ => by_name.get(&key(&one.item.title()))?,
            };
            Some((one, (*other).clone()))
        })
        .collect())
}
