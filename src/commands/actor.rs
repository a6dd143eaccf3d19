//! `/actor`: who somebody is, and what the article says of them.

use crate::answer::{Answer, ChoiceKind, Entry};
use crate::article::pack::{Actor, Office, Provenance};
use crate::article::{Item, Kind, LinkKind};
use crate::library::{Library, Record};

use super::show::{self, count};
use super::{Context, Problem, several};

/// How many lines of a sort are shown.
const LINES: usize = 6;

pub(super) async fn run(context: &Context<'_>) -> Result<Answer, Problem> {
    let library = context.library()?;
    let one = show::one(context, context.arg("name").unwrap_or_default(), Kind::Actor).await?;
    if one.same.len() > 1 {
        return several::actor(context, one).await;
    }
    let record = &one.record;
    let Item::Actor(actor) = &record.item else { return Ok(Answer::found(record.item.title())) };
    let here = [record.id];
    let facts = library.linked(&here, LinkKind::About, Kind::Fact).await?;
    let relations = relations(library, record.id).await?;
    let said = library.linked(&here, LinkKind::By, Kind::Quote).await?.len()
        + library.linked(&here, LinkKind::Reported, Kind::Quote).await?.len();
    let about = library.linked(&here, LinkKind::About, Kind::Quote).await?.len();
    let events = library.linked(&here, LinkKind::About, Kind::Event).await?.len();
    let mut answer = Answer::found(&actor.name)
        .paragraph(&actor.summary)
        .fields([
            ("Is a", actor.kind.word().into()),
            ("Roles", roles(actor)),
            ("Also called", actor.aliases.join(", ")),
        ])
        .list(
            some("With others", relations.len()),
            relations.iter().take(LINES).map(|it| show::entry("", it, library)).collect(),
        )
        .list(some("Recorded facts", facts.len()), lines(library, &facts).await?)
        .source(Some(show::source(record, library)));
    let line = |command: &str| show::more(record, library).replacen("actor", command, 1);
    if said + about > 0 {
        answer = answer.choice(format!("{} by or about them", count(said + about, "quote")), line("quote"));
    }
    if events > 0 {
        answer = answer.choice(format!("Timeline ({})", count(events, "event")), line("timeline"));
    }
    if facts.len().max(relations.len()) > LINES {
        answer = answer.choice("Everything that speaks of them", everything(record, library));
    }
    if record.item.source().is_some() {
        answer = answer.offer(ChoiceKind::Source, "Where in the text?", show::where_line(record, library));
    }
    Ok(one.finish(answer))
}

/// The line that searches for an actor, by all its names.
fn everything(record: &Record, library: &Library) -> String {
    show::more(record, library).replacen(
        &format!("actor {}", record.handle),
        &format!("search {}", library.handle(&record.article_key, record.item.id())),
        1,
    )
}

/// A title that says so where only some are shown.
fn some(title: &str, all: usize) -> String {
    if all > LINES { format!("{title} ({LINES} of {all})") } else { title.into() }
}

/// Roles with their dates, in one line, which says once what the editor added to it: first the text's roles,
/// then those with dates of the editor's, then the editor's roles.
pub(super) fn roles(actor: &Actor) -> String {
    let added = |role: &Office| match (&role.when, role.by) {
        (_, Provenance::Editor) => 2,
        (Some(when), _) if when.by == Provenance::Editor => 1,
        _ => 0,
    };
    let said = |role: &Office| match role.when.as_ref().and_then(|when| when.said_within(Provenance::Editor))
    {
        Some(when) => format!("{}, {when}", role.title),
        None => role.title.clone(),
    };
    let of =
        |sort: usize| actor.roles.iter().filter(|role| added(role) == sort).map(said).collect::<Vec<_>>();
    let (text, dated, editors) = (of(0), of(1), of(2));
    // One of them needs no words before it, and the order can stay as it is.
    if dated.len() + editors.len() == 1 {
        let roles = actor.roles.iter().map(|role| match added(role) {
            0 => said(role),
            _ => format!("{}, added by the editor", said(role)),
        });
        return roles.collect::<Vec<_>>().join("; ");
    }
    let mut parts = text;
    match (dated.is_empty(), editors.is_empty()) {
        (true, true) => {}
        (false, true) => parts.push(format!("with dates added by the editor: {}", dated.join("; "))),
        (true, false) => parts.push(format!("added by the editor: {}", editors.join("; "))),
        (false, false) => {
            parts.push(format!("with the editor's dates: {}", dated.join("; ")));
            parts.push(format!("added by the editor: {}", editors.join("; ")));
        }
    }
    parts.join("; ")
}

/// What stands between this actor and others.
pub(super) async fn relations(library: &Library, actor: i64) -> Result<Vec<Record>, Problem> {
    let mut ids = library.linked(&[actor], LinkKind::By, Kind::Relation).await?;
    ids.extend(library.linked(&[actor], LinkKind::About, Kind::Relation).await?);
    ids.sort_unstable();
    ids.dedup();
    Ok(library.records(&ids).await?)
}

/// The first few of these items as lines.
pub(super) async fn lines(library: &Library, ids: &[i64]) -> Result<Vec<Entry>, Problem> {
    let records = library.records(&ids[..ids.len().min(LINES)]).await?;
    Ok(records.iter().map(|record| show::entry("", record, library)).collect())
}
