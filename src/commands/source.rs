//! `/source`: where exactly in the text something comes from.

use crate::answer::{Answer, AnswerKind, Block};
use crate::article::pack::Provenance;
use crate::article::{Item, Kind};
use crate::library::{Found, Named};

use super::command::{Command, Context};
use super::options::{ARTICLE, ITEMS, Suggest, words};
use super::problem::Problem;
use super::show;

pub(super) const COMMAND: Command =
    Command::new("source", "Where exactly in the text something comes from", |context| {
        Box::pin(run(context))
    })
    .options(&[
        words("item", "The thing: a name, some words, or an id", true, Suggest::Names(&ITEMS)),
        ARTICLE,
    ])
    .examples(&["source erdogan trap", "source my way or the highway"]);

pub(super) async fn run(context: &Context<'_>) -> Result<Answer, Problem> {
    let library = context.library()?;
    let article = show::article(context).await?;
    let typed = context.arg("item").unwrap_or_default();
    // An article has no place in itself, so it is not looked for.
    let found = library.find(typed, &ITEMS, article, true).await?;
    let Found::Sure { same, others, how } = found else {
        let line = |named: &Named| show::asking_for(context, "item", named);
        let elsewhere = show::elsewhere(context, typed, &ITEMS, line).await?;
        return Ok(show::not_found(context, typed, "item", found, elsewhere, line));
    };
    let ids: Vec<i64> = same.iter().take(1).map(|named| named.item).collect();
    let records = library.records(&ids).await?;
    let Some(record) = records.first() else {
        return Ok(Answer::other(AnswerKind::NothingFound, "It is gone."));
    };
    let kind = record.item.kind();
    let mut answer = Answer::found(format!("{}: {}", show::capital(kind.word()), record.item.title()));
    answer.note = show::note(typed, &how);
    answer = match record.item.source() {
        Some(source) => {
            let around = show::passage(&record.item).map(|it| [it.prefix, Some(it.words), it.suffix]);
            let words = around.into_iter().flatten().flatten().collect::<Vec<_>>().join(" ");
            answer.fields([
                ("Paragraph", source.paragraph.to_string()),
                ("Section", record.section.clone().unwrap_or_default()),
                ("At the words", format!("“{words}”")),
                ("Article", record.article_name.clone()),
            ])
        }
        None if kind == Kind::Topic => answer.paragraph(
            "A topic is the editor's: it gathers what the article says on a subject. Its items have their own places.",
        ),
        None if record.item.by() == Provenance::Editor => {
            answer.paragraph("This is not in the text: the editor added it.")
        }
        None => answer.paragraph("No place was recorded."),
    };
    if let Item::Fact(_) | Item::Relation(_) = record.item {
        // These two have no command of their own that would tell more.
    } else {
        answer = answer.choice(format!("More on this {}", kind.word()), show::more(record, library));
    }
    // Here the link has a line of its own, which shows the address where there is no other way.
    let mut source = show::source(record, library);
    if let Some(url) = source.link.take() {
        answer.blocks.push(Block::Link { label: "Read it in the article".into(), url });
    }
    answer.source = Some(source);
    let others = same.iter().skip(1).chain(&others);
    Ok(show::with_choices(
        answer,
        others.map(|it| (show::label(context, it, 70), show::asking_for(context, "item", it))),
    ))
}
