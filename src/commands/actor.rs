//! `/actor`: who somebody is, and what the article says of them.

use crate::answer::{Answer, ChoiceKind};
use crate::article::{Item, Kind, LinkKind};
use crate::library::{Library, Record};

use super::command::{Command, Suggest};
use super::context::{Context, Problem};
use super::options::{ARTICLE, words};
use super::several;
use super::show::{self, count};

pub(super) const COMMAND: Command =
    Command::new("actor", "Who somebody is, and what the article says of them", |context| {
        Box::pin(run(context))
    })
    .options(&[
        words("name", "A person, country, party or institution", true, Suggest::Names(&[Kind::Actor])),
        ARTICLE,
    ])
    .examples(&["actor AMLO", "actor canadian prime minister"]);

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
    let relations = show::relations(library, record.id).await?;
    let said = library.linked(&here, LinkKind::By, Kind::Quote).await?.len()
        + library.linked(&here, LinkKind::Reported, Kind::Quote).await?.len();
    let about = library.linked(&here, LinkKind::About, Kind::Quote).await?.len();
    let events = library.linked(&here, LinkKind::About, Kind::Event).await?.len();
    let mut answer = Answer::found(&actor.name)
        .paragraph(&actor.summary)
        .fields([
            ("Is a", actor.kind.word().into()),
            ("Roles", show::actor_roles(actor)),
            ("Also called", actor.aliases.join(", ")),
        ])
        .list(
            some("With others", relations.len()),
            relations.iter().take(LINES).map(|it| show::entry("", it, library)).collect(),
        )
        .list(some("Recorded facts", facts.len()), show::entries(library, &facts, LINES).await?)
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
