//! `/search`: everything that speaks of something.

use crate::answer::{Answer, AnswerKind};
use crate::library::MOST;

use super::show::{self, clean};
use super::{Context, ITEMS, Problem};

const PAGE: usize = 8;

pub(super) async fn run(context: &Context<'_>) -> Result<Answer, Problem> {
    let library = context.library()?;
    let article = show::article(context).await?;
    let typed = context.arg("words").unwrap_or_default();
    let hits = library.search(typed, &ITEMS, article).await?;
    if hits.items.is_empty() {
        let title = format!("Nothing speaks of “{}”.", clean(typed));
        let answer = Answer::other(AnswerKind::NothingFound, title);
        return Ok(answer.paragraph("Try fewer or other words.").choice("The topics", "topic"));
    }
    let page = show::page(context, &hits.items, PAGE)?;
    let records = library.records(page.items).await?;
    let entries =
        records.iter().map(|record| show::entry(record.item.kind().word(), record, library)).collect();
    let mut answer = if hits.complete {
        Answer::found(page.title(format!("On “{}”", clean(typed))))
    } else {
        let title = format!("Nothing has all the words of “{}”; these have some", clean(typed));
        Answer::other(AnswerKind::NothingFound, page.title(title))
    };
    answer = answer.list("", entries);
    answer.note = hits.read_as.map(|read_as| format!("Read as “{read_as}”."));
    if hits.cut {
        answer = answer.paragraph("These words are very common: only the first part of the library was looked through. Add a rarer word, or name an article.");
    } else if i64::try_from(hits.items.len()).is_ok_and(|found| found >= MOST) {
        answer = answer.paragraph(format!("These are {MOST} of many: add a word to narrow it."));
    }
    answer.source = show::sources(&answer.blocks);
    Ok(page.turn(context, answer))
}
