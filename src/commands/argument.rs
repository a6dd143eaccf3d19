//! `/argument`: a claim, its grounds, and what could be said against it.

use crate::answer::{Answer, AnswerKind, ChoiceKind, Entry};
use crate::article::pack::Argument;
use crate::article::{Item, Kind, LinkKind};
use crate::library::{Found, Library, Named, Record};

use super::command::{Command, Context};
use super::options::{ARTICLE, PAGE, Suggest, words};
use super::problem::Problem;
use super::show;

pub(super) const COMMAND: Command =
    Command::new("argument", "A claim, its grounds, and what could be said against it", |context| {
        Box::pin(run(context))
    })
    .options(&[
        words("name", "The argument; nothing for all of them", false, Suggest::Names(&[Kind::Argument])),
        ARTICLE,
        PAGE,
    ])
    .examples(&["argument trilateral", "argument"]);

const PAGE_SIZE: usize = 10;

pub(super) async fn run(context: &Context<'_>) -> Result<Answer, Problem> {
    let library = context.library()?;
    let Some(typed) = context.arg("name") else { return all(context).await };
    let article = show::article(context).await?;
    let found = library.find(typed, &[Kind::Argument], article, true).await?;
    if matches!(found, Found::Near(_) | Found::Nothing)
        && let Some(list) = list_of(context, typed, article).await?
    {
        return Ok(list);
    }
    let line = |named: &Named| show::asking_for(context, "name", named);
    let one = show::settle(context, typed, Kind::Argument, found, line).await?;
    let record = &one.record;
    let Item::Argument(argument) = &record.item else { return Ok(Answer::found(record.item.title())) };
    let names = show::actor_names(library, std::slice::from_ref(record)).await?;
    let whose = argument.claimed_by.as_ref().map(|id| {
        let name = names.get(&(record.article, id.clone())).unwrap_or(id);
        format!("{name}, as reported by {}", show::author(record).introduced())
    });
    let editors = |texts: &[String]| texts.iter().map(|text| Entry::new("", text)).collect::<Vec<_>>();
    let mut answer = Answer::found(&argument.title)
        .paragraph(&argument.claim)
        .fields([("Whose claim", whose.unwrap_or_default())])
        .list("Grounds", grounds(library, record, argument).await?);
    for (title, role) in
        [("Supports", LinkKind::Supports), ("Denies", LinkKind::Attacks), ("Undercuts", LinkKind::Undercuts)]
    {
        let ids: Vec<&str> =
            record.item.links().into_iter().filter(|(it, _)| *it == role).map(|(_, id)| id).collect();
        answer = answer.list(title, entries(library, &library.by_keys(record.article, &ids).await?));
    }
    for (title, role) in [
        ("Supported by", LinkKind::Supports),
        ("Denied by", LinkKind::Attacks),
        ("Undercut by", LinkKind::Undercuts),
    ] {
        let ids = library.linked(&[record.id], role, Kind::Argument).await?;
        answer = answer.list(title, entries(library, &library.records(&ids).await?));
    }
    answer = answer
        .list("A critic could answer (added by the editor)", editors(&argument.critique))
        .list("To discuss (added by the editor)", editors(&argument.questions))
        .source(Some(show::source(record, library)));
    if record.item.source().is_some() {
        answer = answer.offer(ChoiceKind::Source, "Where in the text?", show::where_line(record, library));
    }
    Ok(one.finish(answer))
}

fn entries(library: &Library, records: &[Record]) -> Vec<Entry> {
    records.iter().map(|record| show::entry("", record, library)).collect()
}

pub(super) async fn grounds(
    library: &Library,
    record: &Record,
    argument: &Argument,
) -> Result<Vec<Entry>, Problem> {
    let ids: Vec<&str> = argument.grounds.iter().map(String::as_str).collect();
    let grounds = library.by_keys(record.article, &ids).await?;
    Ok(grounds.iter().map(|it| show::entry(it.item.kind().word(), it, library)).collect())
}

/// The arguments of the actor or the article that goes by a name; `None` where nobody does, or makes none.
async fn list_of(
    context: &Context<'_>,
    typed: &str,
    article: Option<i64>,
) -> Result<Option<Answer>, Problem> {
    let library = context.library()?;
    let (of, note, arguments) = match library.find_name(typed, &[Kind::Actor], article).await? {
        Found::Sure { same, how, .. } => {
            let actors: Vec<i64> = same.iter().map(|named| named.item).collect();
            let arguments = library.linked(&actors, LinkKind::By, Kind::Argument).await?;
            (same.into_iter().next(), show::note(typed, &how), arguments)
        }
        _ => match show::article_by_name(context, typed).await? {
            Some(named) => {
                let arguments = library.of_kind(named.article, Kind::Argument).await?;
                (Some(named), None, arguments)
            }
            None => (None, None, vec![]),
        },
    };
    match of {
        Some(named) if !arguments.is_empty() => {
            let answer = list(context, &arguments, &format!("Arguments of {}", named.title)).await?;
            Ok(Some(Answer { note, ..answer }))
        }
        _ => Ok(None),
    }
}

async fn all(context: &Context<'_>) -> Result<Answer, Problem> {
    let library = context.library()?;
    let article = show::article(context).await?;
    let arguments = library.all_of(Kind::Argument, article).await?;
    if arguments.is_empty() {
        return Ok(Answer::other(AnswerKind::NothingFound, "No arguments are recorded."));
    }
    list(context, &arguments, "Arguments").await
}

async fn list(context: &Context<'_>, arguments: &[i64], title: &str) -> Result<Answer, Problem> {
    let library = context.library()?;
    let page = show::page(context, arguments, PAGE_SIZE)?;
    let records = library.records(page.items).await?;
    let mut answer = Answer::found(page.title(title)).list("", entries(library, &records));
    answer.source = show::sources(&answer.blocks);
    Ok(page.turn(context, answer))
}
