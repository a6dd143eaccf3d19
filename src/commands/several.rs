//! What several articles say of one person or one event: each article by its name, never mixed.

use std::collections::HashMap;

use crate::answer::{Answer, Block, Citation, Entry};
use crate::article::fold::fold;
use crate::article::pack::{Actor, Provenance};
use crate::article::{Item, Kind, LinkKind};
use crate::library::{Library, Record};

use super::command::Context;
use super::line::write as line;
use super::problem::Problem;
use super::show::{self, One};
use crate::say;

/// How many articles are shown with what they record, in the order of `/articles`.
const ARTICLES: usize = 6;
/// How many lines of a sort are shown for each.
const LINES: usize = 3;

/// What several articles say of an actor.
pub(super) async fn actor(context: &Context<'_>, one: One) -> Result<Answer, Problem> {
    let library = context.library()?;
    let records = library.records(&one.same).await?;
    let name = one.record.item.title();
    let actors = records.iter().filter_map(|record| match &record.item {
        Item::Actor(actor) => Some(actor),
        _ => None,
    });
    let kinds = distinct(actors.clone().map(|actor| say!("actor-kind", kind = actor.kind.word())));
    let names = actors.clone().flat_map(|actor| [&actor.name].into_iter().chain(&actor.aliases));
    let aliases = distinct(names.filter(|it| fold(it) != fold(&name)).cloned());
    let mut answer = Answer::found(&name)
        .paragraph(say!("several-speak", number = records.len()))
        .fields([(say!("actor-is-a"), kinds.join(", ")), (say!("actor-also-called"), aliases.join(", "))]);
    let says = records.iter().zip(actors).take(ARTICLES).map(|(record, actor)| {
        let roles = roles(actor);
        let roles =
            if roles.is_empty() { roles } else { format!(" {}", say!("several-roles", roles = roles)) };
        Entry { text: format!("{}{roles}", actor.summary), ..says(record, library) }
    });
    answer = rest(answer.list(say!("several-says"), says.collect()), records.len());
    for record in records.iter().take(ARTICLES) {
        let facts = library.linked(&[record.id], LinkKind::About, Kind::Fact).await?;
        let facts = library.records(&facts).await?;
        let relations = show::relations(library, record.id).await?;
        for (what, all) in [("relations", relations), ("facts", facts)] {
            let (article, number) = (&record.article_name, all.len());
            let title = match number > LINES {
                true => {
                    say!("several-list-some", what = what, article = article, shown = LINES, all = number)
                }
                false => say!("several-list", what = what, article = article),
            };
            let lines = all.iter().take(LINES).map(|it| show::entry("", it, library)).collect();
            answer = answer.list(title, lines);
        }
    }
    answer.source = sources(&answer, &records, library);
    let ids: Vec<i64> = records.iter().map(|record| record.id).collect();
    let quotes = library.linked(&ids, LinkKind::By, Kind::Quote).await?.len()
        + library.linked(&ids, LinkKind::Reported, Kind::Quote).await?.len()
        + library.linked(&ids, LinkKind::About, Kind::Quote).await?.len();
    let events = things(library, &library.linked(&ids, LinkKind::About, Kind::Event).await?).await?.len();
    let ask = |command: &str| asking(command, &name);
    if quotes > 0 {
        answer = answer.choice(say!("actor-quotes", number = quotes, name = &name), ask("quote"));
    }
    if events > 0 {
        answer = answer.choice(say!("actor-timeline", number = events), ask("timeline"));
    }
    Ok(finish(one, answer))
}

/// What several articles say of an event.
pub(super) async fn event(context: &Context<'_>, one: One) -> Result<Answer, Problem> {
    let library = context.library()?;
    let records = library.records(&one.same).await?;
    let names = show::actor_names(&records);
    let when = when(&records);
    let mut answer = Answer::found(one.record.item.title())
        .paragraph(say!("several-tell", number = records.len()))
        .fields([(say!("event-when"), when.clone().unwrap_or_default())]);
    let mut says_all = Vec::new();
    for record in records.iter().take(ARTICLES) {
        let Item::Event(event) = &record.item else { continue };
        let mut text = event.summary.clone();
        let named = |ids: &[String]| {
            let names = ids.iter().map(|id| names.get(&(record.article, id.clone())).unwrap_or(id).clone());
            names.collect::<Vec<_>>().join(", ")
        };
        let said = show::when(&record.item).unwrap_or_else(|| say!("timeline-no-date"));
        let said = if when.is_none() { said } else { String::new() };
        let (who, topics) = (named(&event.actors), named(&event.topics));
        for (what, value) in [("when", said), ("who", who), ("topics", topics)] {
            if !value.is_empty() {
                text.push(' ');
                text.push_str(&say!("several-detail", what = what, value = value));
            }
        }
        says_all.push(Entry { text, ..says(record, library) });
    }
    answer = rest(answer.list(say!("several-says"), says_all), records.len());
    for record in records.iter().take(ARTICLES) {
        let arguments = library.linked(&[record.id], LinkKind::Ground, Kind::Argument).await?;
        let arguments = library.records(&arguments).await?;
        answer = answer.list(
            say!("several-grounds", article = &record.article_name),
            arguments.iter().take(LINES).map(|it| show::entry("", it, library)).collect(),
        );
    }
    answer.source = sources(&answer, &records, library);
    Ok(finish(one, answer))
}

/// The lines of a page of a timeline, and their sources together: an event that several articles have is one line
/// that names them. `undated` is said where the text has no date.
pub(super) async fn lines(
    library: &Library,
    page: &[Vec<i64>],
    undated: &str,
) -> Result<(Vec<Entry>, Option<Citation>), Problem> {
    let ids: Vec<i64> = page.iter().flatten().copied().collect();
    let records: HashMap<i64, Record> =
        library.records(&ids).await?.into_iter().map(|record| (record.id, record)).collect();
    let mut entries = Vec::new();
    let mut all = Vec::new();
    for rows in page {
        let records: Vec<&Record> = rows.iter().filter_map(|row| records.get(row)).collect();
        let Some(first) = records.first() else { continue };
        let said = |record: &&Record| show::when(&record.item).unwrap_or_else(|| undated.to_string());
        all.extend(records.iter().map(|record| show::source(record, library)));
        if records.len() == 1 {
            entries.push(show::entry(said(first), first, library));
            continue;
        }
        let whens = distinct(records.iter().map(said)).join(" / ");
        let place = |record: &&Record| match record.item.source() {
            Some(source) => {
                let paragraph = source.paragraph.to_string();
                say!("several-place", article = &record.article_name, paragraph = paragraph)
            }
            None => record.article_name.clone(),
        };
        // What the editors added is said to be so once.
        let (editors, text): (Vec<&Record>, Vec<&Record>) =
            records.iter().partition(|record| record.item.by() == Provenance::Editor);
        let mut places: Vec<String> = text.iter().map(place).collect();
        if !editors.is_empty() {
            let names: Vec<String> = editors.iter().map(place).collect();
            places.push(say!("several-places-added", places = names.join(", ")));
        }
        let title = first.item.title();
        let text = say!("several-event", title = &title, places = places.join(", "));
        entries.push(Entry { line: Some(asking("event", &title)), ..Entry::new(whens, text) });
    }
    Ok((entries, Citation::merge(&all)))
}

/// The rows by things, in their order: what several articles have stands where the first of them does.
pub(super) async fn things(library: &Library, rows: &[i64]) -> Result<Vec<Vec<i64>>, Problem> {
    Ok(grouped(&library.things(rows).await?, rows))
}

/// The same for several lists of rows, each by itself.
pub(super) async fn things_of_each(
    library: &Library,
    lists: &[Vec<i64>],
) -> Result<Vec<Vec<Vec<i64>>>, Problem> {
    let things = library.things(&lists.concat()).await?;
    Ok(lists.iter().map(|rows| grouped(&things, rows)).collect())
}

/// Rows by the thing that they are, in the order of its first.
fn grouped(things: &HashMap<i64, i64>, rows: &[i64]) -> Vec<Vec<i64>> {
    let mut places: HashMap<i64, usize> = HashMap::new();
    let mut lines: Vec<Vec<i64>> = Vec::new();
    for row in rows {
        let thing = things.get(row).copied().unwrap_or(*row);
        let at = *places.entry(thing).or_insert_with(|| {
            lines.push(Vec::new());
            lines.len() - 1
        });
        lines[at].push(*row);
    }
    // Of one thing the articles' order counts.
    lines.iter_mut().for_each(|rows| rows.sort_unstable());
    lines
}

/// An actor's roles. Of an actor whom the editor adds it is said beside them that they are the editor's.
fn roles(actor: &Actor) -> String {
    let mut actor = actor.clone();
    if actor.by == Provenance::Editor {
        for role in &mut actor.roles {
            role.by = Provenance::Text;
            role.when.iter_mut().for_each(|when| when.by = Provenance::Text);
        }
    }
    show::actor_roles(&actor)
}

/// When all say that it was, if they agree.
fn when(records: &[Record]) -> Option<String> {
    let mut whens = records.iter().map(|record| show::when(&record.item));
    let first = whens.next()??;
    whens.all(|when| when.as_ref() == Some(&first)).then_some(first)
}

/// The line of an article and its author, without a text yet: it leads to all that the article says.
fn says(record: &Record, library: &Library) -> Entry {
    let name = &record.article_name;
    let author = record.author.as_ref().filter(|author| !name.contains(author.as_str()));
    Entry {
        lead: author.map_or_else(
            || name.clone(),
            |author| say!("several-article-by", article = name, author = author),
        ),
        line: Some(show::more(record, library)),
        ..show::entry("", record, library)
    }
}

/// With a word on the articles that are not shown.
fn rest(answer: Answer, all: usize) -> Answer {
    match all > ARTICLES {
        true => answer.paragraph(say!("several-rest", shown = ARTICLES, all = all)),
        false => answer,
    }
}

fn sources(answer: &Answer, records: &[Record], library: &Library) -> Option<Citation> {
    let own: Vec<Citation> = records.iter().map(|record| show::source(record, library)).collect();
    Citation::merge(own.iter().chain(show::sources(&answer.blocks).as_ref()))
}

/// The command line that asks all articles for what goes by a name, whichever a room is about.
pub(super) fn asking(command: &str, name: &str) -> String {
    format!("{command} {} --article all", line::quoted_word(name))
}

/// Tells how the thing was found, without offering once more what a line of the answer leads to.
fn finish(one: One, answer: Answer) -> Answer {
    let mut answer = one.finish(answer);
    let lines: Vec<String> = answer
        .blocks
        .iter()
        .flat_map(|block| match block {
            Block::List { entries, .. } => entries.iter().filter_map(|entry| entry.line.clone()).collect(),
            _ => vec![],
        })
        .collect();
    answer.choices.retain(|choice| !lines.contains(&choice.line));
    answer
}

/// Each text once, in their order.
fn distinct(texts: impl Iterator<Item = String>) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for text in texts {
        if !all.iter().any(|other| fold(other) == fold(&text)) {
            all.push(text);
        }
    }
    all
}
