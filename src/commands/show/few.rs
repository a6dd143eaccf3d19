//! Lists of which an answer shows the most important few, with a choice that opens all of it.

use std::collections::HashMap;

use crate::answer::{Answer, AnswerKind, Entry};
use crate::article::Kind;
use crate::library::{Library, Record};
use crate::say;

use super::super::command::Context;
use super::super::options::{Opt, OptKind, Suggest};
use super::super::problem::Problem;
use super::super::text::clean;
use super::paging::page;
use super::present::{dated_entry, sources};

/// How many lines of a list an answer shows.
const FEW: usize = 6;

/// How many lines a page of a whole list has.
const PAGE_SIZE: usize = 10;

/// The option that opens one of a command's lists.
pub(in crate::commands) const fn list_option(lists: &'static [&'static str]) -> Opt {
    Opt {
        name: "list",
        key: "option-list",
        kind: OptKind::Named,
        required: false,
        suggest: Suggest::OneOf(lists),
    }
}

/// A list of an answer about one thing.
#[derive(Debug, Clone)]
pub(in crate::commands) struct List {
    /// What `--list` calls it.
    pub word: &'static str,
    /// What stands over it.
    pub title: String,
    /// The rows, the most important first, each with what stands before it in the list.
    pub rows: Vec<(String, i64)>,
}

impl List {
    /// A list of rows that need no word before them.
    pub fn of(word: &'static str, title: String, rows: impl IntoIterator<Item = i64>) -> List {
        List { word, title, rows: rows.into_iter().map(|row| (String::new(), row)).collect() }
    }

    /// Whether an answer shows only some of it.
    pub fn is_long(&self) -> bool {
        self.rows.len() > FEW
    }
}

/// A line of a list, of what is among these.
fn line_of(records: &HashMap<i64, Record>, (lead, row): &(String, i64), library: &Library) -> Option<Entry> {
    records.get(row).map(|record| dated_entry(lead, record, library))
}

async fn records_of<'a>(
    library: &Library,
    rows: impl Iterator<Item = &'a (String, i64)>,
) -> Result<HashMap<i64, Record>, Problem> {
    let ids: Vec<i64> = rows.map(|(_, row)| *row).collect();
    Ok(library.records(&ids).await?.into_iter().map(|record| (record.id, record)).collect())
}

/// The answer with the most important few of each list, and the choices of those of which there is more. `line` is
/// the line that gives the answer.
pub(in crate::commands) async fn few(
    library: &Library,
    line: &str,
    mut answer: Answer,
    lists: &[List],
) -> Result<Answer, Problem> {
    let records = records_of(library, lists.iter().flat_map(|list| list.rows.iter().take(FEW))).await?;
    for list in lists {
        let (all, shown) = (list.rows.len(), list.rows.iter().take(FEW));
        let entries = shown.filter_map(|row| line_of(&records, row, library)).collect();
        if list.is_long() {
            answer =
                answer.list(say!("few-title", title = &list.title, shown = FEW, all = all), entries).choice(
                    say!("few-all", title = &list.title, all = all),
                    format!("{line} --list {}", list.word),
                );
        } else {
            answer = answer.list(&list.title, entries);
        }
    }
    Ok(answer)
}

/// The one of the lists that `--list` asks for, whole; `None` where it asks for none. `name` is whose it is, and
/// `line` the line that gives the answer with all the lists.
pub(in crate::commands) async fn whole_list(
    context: &Context<'_>,
    name: &str,
    line: String,
    lists: &[List],
) -> Result<Option<Answer>, Problem> {
    let Some(wanted) = context.arg("list") else { return Ok(None) };
    let Some(list) = lists.iter().find(|list| list.word == wanted) else {
        let words: Vec<&str> = lists.iter().map(|list| list.word).collect();
        let title = say!("few-unknown", typed = clean(wanted), lists = words.join(", "));
        return Ok(Some(Answer::other(AnswerKind::WrongUsage, title)));
    };
    let title = say!("few-of", name = name, title = &list.title);
    if list.rows.is_empty() {
        let answer = Answer::other(AnswerKind::NothingFound, say!("few-nothing", title = title));
        return Ok(Some(answer.choice(name, line)));
    }
    let library = context.library()?;
    let page = page(context, &list.rows, PAGE_SIZE)?;
    let records = records_of(library, page.items.iter()).await?;
    let entries = page.items.iter().filter_map(|row| line_of(&records, row, library)).collect();
    let answer = Answer::found(page.title(title)).list("", entries);
    let source = sources(&answer.blocks);
    Ok(Some(page.turn(context, answer.source(source)).choice(name, line)))
}

/// How many there are of a kind, in words: "42 events".
pub(in crate::commands) fn number_of_kind(kind: Kind, number: i64) -> String {
    say!("number-of-kind", kind = kind.word(), number = number)
}

/// How many items of a kind an article has; `None` for all articles, where there are several.
pub(in crate::commands) async fn number_of(
    library: &Library,
    kind: Kind,
    article: Option<i64>,
) -> Result<Option<usize>, Problem> {
    if article.is_none() && library.has_several_articles() {
        return Ok(None);
    }
    let counts = library.counts(article).await?;
    let number = counts.iter().find(|(it, _)| *it == kind).map_or(0, |(_, number)| *number);
    Ok(usize::try_from(number).ok())
}

/// The answer with the most important of all things of a sort, and the choice of all, where there is more.
pub(in crate::commands) fn or_all(
    answer: Answer,
    shown: usize,
    all: Option<usize>,
    kind: Kind,
    line: String,
) -> Answer {
    match all {
        Some(all) if all <= shown => answer,
        Some(all) => answer.choice(say!("all-of-kind", kind = kind.word(), number = all), line),
        None => answer.choice(say!("all-of-kind-uncounted", kind = kind.word()), line),
    }
}
