//! `/actor`: who somebody is, and what the article says of them.

use crate::answer::{Answer, AnswerKind, ChoiceKind, Entry};
use crate::article::{Item, Kind, LinkKind};
use crate::library::{Library, Record};

use super::command::{Command, Context};
use super::line::write as line;
use super::options::{ARTICLE, PAGE, Suggest, words};
use super::problem::Problem;
use super::several;
use super::show::{self, List, means_all};
use crate::say;

pub(super) const COMMAND: Command = Command::new("actor", |context| Box::pin(run(context)))
    .options(&[
        words("name", "option-actor-name", false, Suggest::Names(&[Kind::Actor])),
        ARTICLE,
        show::list_option(&["relations", "facts"]),
        PAGE,
    ])
    .examples(&["actor AMLO", "actor canadian prime minister", "actor"]);

const PAGE_SIZE: usize = 10;

/// The most lines of a page of the most important, which should be one page.
const KEY_PAGE_SIZE: usize = 20;

pub(super) async fn run(context: &Context<'_>) -> Result<Answer, Problem> {
    let library = context.library()?;
    let Some(typed) = context.arg("name") else { return all(context, false).await };
    if means_all(typed) {
        return all(context, true).await;
    }
    let one = show::one(context, typed, Kind::Actor).await?;
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
        List::of(
            "relations",
            say!("actor-relations"),
            relations(library, record, of(Kind::Relation).collect()).await?,
        ),
        List::of("facts", say!("actor-facts"), of(Kind::Fact)),
    ];
    if let Some(list) = show::whole_list(context, &actor.name, show::more(record, library), &lists).await? {
        return Ok(one.finish(list));
    }
    let answer = Answer::found(&actor.name).paragraph(&actor.summary).fields([
        (say!("actor-is-a"), say!("actor-kind", kind = actor.kind.word())),
        (say!("actor-roles"), show::actor_roles(actor)),
        (say!("actor-also-called"), actor.aliases.join(", ")),
    ]);
    let mut answer = show::few(library, &show::more(record, library), answer, &lists)
        .await?
        .source(Some(show::source(record, library)));
    let line = |command: &str| show::more(record, library).replacen("actor", command, 1);
    if quotes > 0 {
        answer = answer.choice(say!("actor-quotes", number = quotes, name = &actor.name), line("quote"));
    }
    if events > 0 {
        answer = answer.choice(say!("actor-timeline", number = events), line("timeline"));
    }
    if lists.iter().any(List::is_long) {
        answer = answer.choice(say!("actor-everything"), everything(record, library));
    }
    if record.item.source().is_some() {
        answer = answer.offer(ChoiceKind::Source, say!("where-in-text"), show::where_line(record, library));
    }
    Ok(one.finish(answer))
}

/// Whom the article speaks of: the most important, or all.
async fn all(context: &Context<'_>, whole: bool) -> Result<Answer, Problem> {
    let library = context.library()?;
    let article = show::article(context).await?;
    let key = if whole { vec![] } else { library.key_items(Kind::Actor, article).await? };
    if !key.is_empty() {
        let key: Vec<i64> = key.into_iter().map(|(row, _)| row).collect();
        let number = show::number_of(library, Kind::Actor, article).await?;
        let answer = list(context, &key, say!("actor-key"), KEY_PAGE_SIZE).await?;
        let all = line::with(context.request, &[("name", "all")]);
        return Ok(show::or_all(answer, key.len(), number, Kind::Actor, all));
    }
    let actors = library.all_of(Kind::Actor, article).await?;
    if actors.is_empty() {
        return Ok(Answer::other(AnswerKind::NothingFound, say!("actor-none")));
    }
    list(context, &actors, say!("actor-all"), PAGE_SIZE).await
}

async fn list(context: &Context<'_>, actors: &[i64], title: String, size: usize) -> Result<Answer, Problem> {
    let library = context.library()?;
    let page = show::page(context, actors, size)?;
    let entries = library.records(page.items).await?.into_iter().map(|record| {
        let roles = match &record.item {
            Item::Actor(actor) => match show::actor_roles(actor) {
                none if none.is_empty() => say!("actor-kind", kind = actor.kind.word()),
                roles => roles,
            },
            _ => String::new(),
        };
        Entry { text: roles, ..show::entry(record.item.title(), &record, library) }
    });
    let mut answer = Answer::found(page.title(title)).list("", entries.collect());
    answer.source = show::sources(&answer.blocks);
    Ok(page.turn(context, answer))
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
