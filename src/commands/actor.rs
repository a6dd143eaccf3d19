//! `/actor`: who somebody is, and what the article says of them.

use crate::answer::{Answer, ChoiceKind};
use crate::article::{Item, Kind, LinkKind};
use crate::library::{Library, Record};

use super::command::{Command, Context};
use super::options::{ARTICLE, PAGE, Suggest, words};
use super::problem::Problem;
use super::several;
use super::show::{self, List, count};

pub(super) const COMMAND: Command =
    Command::new("actor", "Who somebody is, and what the article says of them", |context| {
        Box::pin(run(context))
    })
    .options(&[
        words("name", "A person, country, party or institution", true, Suggest::Names(&[Kind::Actor])),
        ARTICLE,
        show::list_option(&["relations", "facts"]),
        PAGE,
    ])
    .examples(&["actor AMLO", "actor canadian prime minister"]);

pub(super) async fn run(context: &Context<'_>) -> Result<Answer, Problem> {
    let library = context.library()?;
    let one = show::one(context, context.arg("name").unwrap_or_default(), Kind::Actor).await?;
    if one.same.len() > 1 {
        return several::actor(context, one).await;
    }
    let record = &one.record;
    let Item::Actor(actor) = &record.item else { return Ok(Answer::found(record.item.title())) };
    let roles = [LinkKind::By, LinkKind::Reported, LinkKind::About];
    let mut linked = library.linked_by_importance(&[record.id], &roles, None).await?;
    let is_event =
        |(row, role): &(i64, LinkKind)| Kind::of_row(*row) == Some(Kind::Event) && *role == LinkKind::About;
    let events = linked.iter().filter(|it| is_event(it)).count();
    // Each once, whatever its roles.
    linked.dedup_by_key(|(row, _)| *row);
    let of =
        |kind: Kind| linked.iter().map(|(row, _)| *row).filter(move |row| Kind::of_row(*row) == Some(kind));
    let quotes = of(Kind::Quote).count();
    let lists = [
        List::of("relations", "With others", relations(library, record, of(Kind::Relation).collect()).await?),
        List::of("facts", "Recorded facts", of(Kind::Fact)),
    ];
    if let Some(list) = show::whole_list(context, &actor.name, show::more(record, library), &lists).await? {
        return Ok(one.finish(list));
    }
    let answer = Answer::found(&actor.name).paragraph(&actor.summary).fields([
        ("Is a", actor.kind.word().into()),
        ("Roles", show::actor_roles(actor)),
        ("Also called", actor.aliases.join(", ")),
    ]);
    let mut answer = show::few(library, &show::more(record, library), answer, &lists)
        .await?
        .source(Some(show::source(record, library)));
    let line = |command: &str| show::more(record, library).replacen("actor", command, 1);
    if quotes > 0 {
        answer = answer.choice(format!("{} by or about them", count(quotes, "quote")), line("quote"));
    }
    if events > 0 {
        answer = answer.choice(format!("Timeline ({})", count(events, "event")), line("timeline"));
    }
    if lists.iter().any(List::is_long) {
        answer = answer.choice("Everything that speaks of them", everything(record, library));
    }
    if record.item.source().is_some() {
        answer = answer.offer(ChoiceKind::Source, "Where in the text?", show::where_line(record, library));
    }
    Ok(one.finish(answer))
}

/// Relations, those with the actors that matter most first.
async fn relations(library: &Library, actor: &Record, rows: Vec<i64>) -> Result<Vec<i64>, Problem> {
    let key = library.key_actors(actor.article).await?;
    let mut relations = library.records(&rows).await?;
    relations.sort_by_key(|record| match &record.item {
        Item::Relation(relation) => {
            let other = if relation.from == actor.item.id() { &relation.to } else { &relation.from };
            !key.contains(other)
        }
        _ => true,
    });
    Ok(relations.iter().map(|record| record.id).collect())
}

/// The line that searches for an actor, by all its names.
fn everything(record: &Record, library: &Library) -> String {
    show::more(record, library).replacen(
        &format!("actor {}", record.handle),
        &format!("search {}", library.handle(&record.article_key, record.item.id())),
        1,
    )
}
