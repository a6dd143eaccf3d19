//! `/source`: where exactly in the text something comes from.

use crate::answer::{Answer, AnswerKind, Block};
use crate::article::pack::Provenance;
use crate::article::{Item, Kind};
use crate::library::{Found, Named};
use crate::say;

use super::command::{Command, Context};
use super::options::{ARTICLE, ITEMS, Suggest, words};
use super::problem::Problem;
use super::show::{self, Sought};

pub(super) const COMMAND: Command = Command::new("source", |context| Box::pin(run(context)))
    .options(&[words("item", "option-source-item", true, Suggest::Names(&ITEMS)), ARTICLE])
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
        return Ok(show::not_found(context, typed, Sought::Item, found, elsewhere, line));
    };
    let ids: Vec<i64> = same.iter().take(1).map(|named| named.item).collect();
    let records = library.records(&ids).await?;
    let Some(record) = records.first() else {
        return Ok(Answer::other(AnswerKind::NothingFound, say!("source-gone")));
    };
    let kind = record.item.kind();
    let mut answer = Answer::found(say!("source-title", kind = kind.word(), title = record.item.title()));
    answer.note = show::note(typed, &how);
    answer = match record.item.source() {
        Some(source) => {
            let around = show::passage(&record.item).map(|it| [it.prefix, Some(it.words), it.suffix]);
            let words = around.into_iter().flatten().flatten().collect::<Vec<_>>().join(" ");
            answer.fields([
                (say!("source-paragraph"), source.paragraph.to_string()),
                (say!("source-section"), record.section.clone().unwrap_or_default()),
                (say!("source-words"), say!("quoted", words = words)),
                (say!("source-article"), record.article_name.clone()),
            ])
        }
        None if kind == Kind::Topic => answer.paragraph(say!("source-topic")),
        None if record.item.by() == Provenance::Editor => answer.paragraph(say!("source-editor")),
        None => answer.paragraph(say!("source-none")),
    };
    if let Item::Fact(_) | Item::Relation(_) = record.item {
        // These two have no command of their own that would tell more.
    } else {
        answer = answer.choice(say!("source-more", kind = kind.word()), show::more(record, library));
    }
    // Here the link has a line of its own, which shows the address where there is no other way.
    let mut source = show::source(record, library);
    if let Some(url) = source.link.take() {
        answer.blocks.push(Block::Link { label: say!("source-read"), url });
    }
    answer.source = Some(source);
    let others = same.iter().skip(1).chain(&others);
    Ok(show::with_choices(
        answer,
        others.map(|it| (show::label(context, it, 70), show::asking_for(context, "item", it))),
    ))
}
