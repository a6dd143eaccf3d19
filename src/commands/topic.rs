//! `/topic`: what the article says on a subject.

use crate::answer::{Answer, AnswerKind, Citation, Entry, Known};
use crate::article::{Item, Kind, LinkKind};
use crate::library::{Found, Named};

use super::command::{Command, Context};
use super::options::{ARTICLE, PAGE, Suggest, words};
use super::problem::Problem;
use super::several;
use super::show::{self, List};
use crate::say;

pub(super) const COMMAND: Command = Command::new("topic", |context| Box::pin(run(context)))
    .options(&[
        words("name", "option-topic-name", false, Suggest::Names(&[Kind::Topic])),
        ARTICLE,
        show::list_option(&["arguments", "quotes", "events", "facts"]),
        PAGE,
    ])
    .examples(&["topic migration", "topic"]);

const PAGE_SIZE: usize = 10;

pub(super) async fn run(context: &Context<'_>) -> Result<Answer, Problem> {
    let library = context.library()?;
    let Some(typed) = context.arg("name") else {
        return all(context, show::article(context).await?, say!("topic-all")).await;
    };
    let article = show::article(context).await?;
    let found = library.find(typed, &[Kind::Topic], article, true).await?;
    if matches!(found, Found::Near(_) | Found::Nothing)
        && let Some(named) = show::article_by_name(context, typed).await?
    {
        return all(context, Some(named.article), say!("topic-all-of", article = &named.title)).await;
    }
    let line = |named: &Named| show::asking_for(context, "name", named);
    let one = show::settle(context, typed, Kind::Topic, found, line).await?;
    let Item::Topic(topic) = &one.record.item else { return Ok(Answer::found(one.record.item.title())) };
    let linked = library.linked_by_importance(&one.same, &[LinkKind::Topic], None).await?;
    let of =
        |kind: Kind| linked.iter().map(|(row, _)| *row).filter(move |row| Kind::of_row(*row) == Some(kind));
    let lists = [
        List::of("arguments", say!("topic-arguments"), of(Kind::Argument)),
        List::of("quotes", say!("topic-quotes"), of(Kind::Quote)),
        List::of("events", say!("topic-events"), of(Kind::Event)),
        List::of("facts", say!("topic-facts"), of(Kind::Fact)),
    ];
    let line = match one.same.len() > 1 {
        true => several::asking("topic", &topic.name),
        false => show::more(&one.record, library),
    };
    if let Some(list) = show::whole_list(context, &topic.name, line.clone(), &lists).await? {
        return Ok(one.finish(list));
    }
    let answer = Answer::found(&topic.name)
        .paragraph(&topic.summary)
        .fields([(say!("topic-also"), topic.synonyms.join(", "))]);
    let mut answer = show::few(library, &line, answer, &lists).await?;
    answer.source = show::sources(&answer.blocks);
    Ok(one.finish(answer))
}

async fn all(context: &Context<'_>, article: Option<i64>, title: String) -> Result<Answer, Problem> {
    let library = context.library()?;
    let topics = library.all_of(Kind::Topic, article).await?;
    if topics.is_empty() {
        return Ok(Answer::other(AnswerKind::NothingFound, say!("topic-none")));
    }
    let page = show::page(context, &topics, PAGE_SIZE)?;
    let entries = library.records(page.items).await?.into_iter().map(|record| {
        let line = Some(show::more(&record, library));
        let text = match &record.item {
            Item::Topic(topic) => topic.summary.clone(),
            other => other.title(),
        };
        Entry { line, ..Entry::new(record.item.title(), text) }
    });
    let mut answer = Answer::found(page.title(title)).list("", entries.collect());
    answer.source = Some(Citation { known: vec![Known::Editor], ..Citation::default() });
    Ok(page.turn(context, answer))
}
