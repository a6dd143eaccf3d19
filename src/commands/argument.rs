//! `/argument`: a claim, its grounds, and what could be said against it.

use crate::answer::{Answer, AnswerKind, ChoiceKind, Entry};
use crate::article::pack::Argument;
use crate::article::{Item, Kind, LinkKind};
use crate::library::{Found, Library, Named, Record};

use super::command::{Command, Context};
use super::line::write as line;
use super::options::{ARTICLE, PAGE, Suggest, words};
use super::problem::Problem;
use super::show::{self, List, means_all};
use crate::say;

pub(super) const COMMAND: Command = Command::new("argument", |context| Box::pin(run(context)))
    .options(&[
        words("name", "option-argument-name", false, Suggest::Names(&[Kind::Argument])),
        ARTICLE,
        show::list_option(&[
            "grounds",
            "supports",
            "denies",
            "undercuts",
            "supported-by",
            "denied-by",
            "undercut-by",
        ]),
        PAGE,
    ])
    .examples(&["argument trilateral", "argument", "argument all"]);

const PAGE_SIZE: usize = 10;

/// The most lines of a page of key arguments, which should be one page.
const KEY_PAGE_SIZE: usize = 20;

pub(super) async fn run(context: &Context<'_>) -> Result<Answer, Problem> {
    let library = context.library()?;
    let Some(typed) = context.arg("name") else { return all(context, false).await };
    if means_all(typed) {
        return all(context, true).await;
    }
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
    let whose = whose(record, argument);
    let editors = |texts: &[String]| texts.iter().map(|text| Entry::new("", text)).collect::<Vec<_>>();
    let lists = lists(library, record).await?;
    let line = show::more(record, library);
    if let Some(list) = show::whole_list(context, &argument.title, line.clone(), &lists).await? {
        return Ok(one.finish(list));
    }
    let answer = Answer::found(&argument.title)
        .paragraph(&argument.claim)
        .fields([(say!("argument-whose-claim"), whose.unwrap_or_default())]);
    let mut answer = show::few(library, &line, answer, &lists)
        .await?
        .list(say!("argument-critique"), editors(&argument.critique))
        .list(say!("argument-questions"), editors(&argument.questions))
        .source(Some(show::source(record, library)));
    if record.item.source().is_some() {
        answer = answer.offer(ChoiceKind::Source, say!("where-in-text"), show::where_line(record, library));
    }
    Ok(one.finish(answer))
}

/// Whose claim it is, where it is not the author's.
pub(super) fn whose(record: &Record, argument: &Argument) -> Option<String> {
    let names = show::actor_names(std::slice::from_ref(record));
    argument.claimed_by.as_ref().map(|id| {
        let name = names.get(&(record.article, id.clone())).unwrap_or(id);
        say!("argument-claimed-by", name = name, author = show::author(record).introduced())
    })
}

/// What an argument rests on, which ones it bears on, and which bear on it, each the most important first.
async fn lists(library: &Library, record: &Record) -> Result<Vec<List>, Problem> {
    let roles = BEARINGS.map(|bearing| bearing.role);
    let links: Vec<(LinkKind, &str)> = record.item.links();
    let is_shown = |role: &LinkKind| *role == LinkKind::Ground || roles.contains(role);
    let ids: Vec<&str> = links.iter().filter(|(role, _)| is_shown(role)).map(|(_, id)| *id).collect();
    let mut named = library.by_keys(record.article, &ids).await?;
    named.sort_by_key(|it| !it.item.is_key());
    let of = |role: LinkKind| {
        let is_of = |it: &&Record| links.contains(&(role, it.item.id()));
        named.iter().filter(is_of).map(|it| (kind_of(it), it.id)).collect::<Vec<_>>()
    };
    let title = |word: &str| say!("argument-list", list = word);
    let mut lists = vec![List { word: "grounds", title: title("grounds"), rows: of(LinkKind::Ground) }];
    for Bearing { role, on: word, .. } in BEARINGS {
        lists.push(List::of(word, title(word), of(role).into_iter().map(|(_, row)| row)));
    }
    let linked = library.linked_by_importance(&[record.id], &roles, Some(Kind::Argument)).await?;
    for Bearing { role, by: word, .. } in BEARINGS {
        let rows = linked.iter().filter(|(_, it)| *it == role).map(|(row, _)| *row);
        lists.push(List::of(word, title(word), rows));
    }
    Ok(lists)
}

/// A way in which arguments bear on one another: what `--list` calls the list of those that one bears on, and of those
/// that bear on it.
struct Bearing {
    role: LinkKind,
    on: &'static str,
    by: &'static str,
}

const BEARINGS: [Bearing; 3] = [
    Bearing { role: LinkKind::Supports, on: "supports", by: "supported-by" },
    Bearing { role: LinkKind::Attacks, on: "denies", by: "denied-by" },
    Bearing { role: LinkKind::Undercuts, on: "undercuts", by: "undercut-by" },
];

/// What sort of ground it is.
fn kind_of(ground: &Record) -> String {
    show::kind_word(ground.item.kind())
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
    Ok(grounds.iter().map(|it| show::entry(kind_of(it), it, library)).collect())
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
            let arguments =
                library.linked_by_importance(&actors, &[LinkKind::By], Some(Kind::Argument)).await?;
            let arguments = arguments.into_iter().map(|(row, _)| row).collect();
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
            let title = say!("argument-all-of", name = &named.title);
            let answer = list(context, &arguments, title, PAGE_SIZE).await?;
            Ok(Some(Answer { note, ..answer }))
        }
        _ => Ok(None),
    }
}

async fn all(context: &Context<'_>, whole: bool) -> Result<Answer, Problem> {
    let library = context.library()?;
    let article = show::article(context).await?;
    if !whole {
        let key = library.key_items(Kind::Argument, article).await?;
        if !key.is_empty() {
            let key: Vec<i64> = key.into_iter().map(|(row, _)| row).collect();
            let number = show::number_of(library, Kind::Argument, article).await?;
            let answer = list(context, &key, say!("argument-key"), KEY_PAGE_SIZE).await?;
            let all = line::with(context.request, &[("name", "all")]);
            return Ok(show::or_all(answer, key.len(), number, Kind::Argument, all));
        }
    }
    let arguments = library.all_of(Kind::Argument, article).await?;
    if arguments.is_empty() {
        return Ok(Answer::other(AnswerKind::NothingFound, say!("argument-none")));
    }
    list(context, &arguments, say!("argument-all"), PAGE_SIZE).await
}

async fn list(
    context: &Context<'_>,
    arguments: &[i64],
    title: String,
    size: usize,
) -> Result<Answer, Problem> {
    let library = context.library()?;
    let page = show::page(context, arguments, size)?;
    let records = library.records(page.items).await?;
    let mut answer = Answer::found(page.title(title)).list("", entries(library, &records));
    answer.source = show::sources(&answer.blocks);
    Ok(page.turn(context, answer))
}
