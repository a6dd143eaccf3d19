//! `/article` and `/articles`: what can be asked about.

use crate::answer::{Answer, Citation, Entry};
use crate::article::{Item, Kind};
use crate::library::{Library, Record};
use crate::say;

use super::articles;
use super::command::{Command, Context};
use super::options::{Suggest, words};
use super::problem::Problem;
use super::show;

pub(super) const COMMAND: Command = Command::new("article", |context| Box::pin(run(context)))
    .options(&[words("name", "option-article-name", false, Suggest::Names(&[Kind::Article]))])
    .examples(&["article"]);

pub(super) async fn run(context: &Context<'_>) -> Result<Answer, Problem> {
    let library = context.library()?;
    let Some(typed) = context.arg("name") else {
        if let Some(here) = show::article_here(context).await? {
            let records = library.records(&library.of_kind(here.id, Kind::Article).await?).await?;
            if let Some(record) = records.first() {
                return Ok(show(library, record).await?.choice(say!("article-all"), "articles"));
            }
        }
        return match library.articles(0, 2).await?.as_slice() {
            [only] => {
                let records = library.records(&library.of_kind(only.id, Kind::Article).await?).await?;
                match records.first() {
                    Some(record) => show(library, record).await,
                    None => articles::run(context).await,
                }
            }
            _ => articles::run(context).await,
        };
    };
    let one = show::one(context, typed, Kind::Article).await?;
    let answer = show(library, &one.record).await?;
    Ok(one.finish(answer))
}

async fn show(library: &Library, record: &Record) -> Result<Answer, Problem> {
    let Item::Article(article) = &record.item else { return Ok(Answer::found(record.item.title())) };
    let counts = library.counts(Some(record.article)).await?;
    let holds: Vec<String> = counts
        .iter()
        .filter(|(kind, _)| *kind != Kind::Article)
        .map(|(kind, number)| show::number_of_kind(*kind, *number))
        .collect();
    let said = |when: &Option<crate::article::pack::When>| when.as_ref().and_then(|when| when.said());
    let sections = article.sections.iter().map(|section| {
        let name = match (&section.heading, &section.name) {
            (Some(heading), _) => say!("quoted", words = heading),
            (None, Some(name)) => say!("article-section-editors", name = name),
            (None, None) => String::new(),
        };
        let paragraphs = match section.first == section.last {
            true => say!("article-paragraph", number = section.first),
            false => say!("article-paragraphs", first = section.first, last = section.last),
        };
        Entry::new(paragraphs, name)
    });
    let mut answer = Answer::found(show::article_title(article))
        .paragraph(&article.summary)
        .fields([
            (say!("article-author"), record.author.clone().unwrap_or_else(|| say!("article-no-author"))),
            (say!("article-published-in"), article.publication.clone().unwrap_or_default()),
            (say!("article-date"), said(&article.date).unwrap_or_else(|| say!("article-no-date"))),
            (say!("article-reference-date"), said(&article.reference_date).unwrap_or_default()),
            (say!("article-link"), article.link.clone().unwrap_or_else(|| say!("article-no-link"))),
            (say!("article-holds"), holds.join(", ")),
            (say!("article-short-name"), article.short.clone().unwrap_or_default()),
            (say!("article-id"), article.id.clone()),
        ])
        .list(say!("article-sections"), sections.collect());
    if let Some(note) = &article.note {
        answer = answer.paragraph(say!("article-note", note = note));
    }
    answer.source = Some(Citation { paragraphs: vec![], section: None, ..show::source(record, library) });
    for (kind, label, command) in [
        (Kind::Event, say!("article-timeline"), "timeline"),
        (Kind::Argument, say!("article-arguments"), "argument"),
    ] {
        if counts.iter().any(|(it, _)| *it == kind) {
            answer = answer.choice(label, line(command, record, library));
        }
    }
    Ok(answer)
}

fn line(command: &str, record: &Record, library: &Library) -> String {
    match library.has_several_articles() {
        true => format!("{command} --article {}", record.article_key),
        false => command.into(),
    }
}
