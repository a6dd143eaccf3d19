//! `/revisions`: the libraries that were made.

use crate::answer::{Answer, AnswerKind, Entry};

use super::command::{Command, Role};
use super::context::{Context, Problem};
use super::options::PAGE;
use super::show::{self, count};
use super::status::{size, time};

pub(super) const COMMAND: Command =
    Command::new("revisions", "The revisions of the library that were made", |context| {
        Box::pin(run(context))
    })
    .options(&[PAGE])
    .examples(&["revisions"])
    .role(Role::Editor);

const PAGE_SIZE: usize = 10;

async fn run(context: &Context<'_>) -> Result<Answer, Problem> {
    let revisions = context.world.community.revisions().await?;
    let current = context.world.community.current().await?.map(|it| it.revision);
    if revisions.is_empty() {
        return Ok(Answer::other(AnswerKind::NothingFound, "No revision was made yet.")
            .choice("Load the packs", "reload"));
    }
    let page = show::page(context, &revisions, PAGE_SIZE)?;
    let entries = page.items.iter().map(|it| {
        let here = context.world.store.bytes(&it.revision) == Some(it.bytes);
        let state = match (Some(&it.revision) == current.as_ref(), here) {
            (true, _) => ", answers now",
            (false, true) => "",
            (false, false) => ", its file is gone",
        };
        let text = format!(
            "made {} by {}: {}, {}, {}{state}",
            time(it.made_at),
            it.made_by,
            count(usize::try_from(it.articles).unwrap_or(0), "article"),
            count(usize::try_from(it.items).unwrap_or(0), "item"),
            size(it.bytes)
        );
        let line = (state.is_empty()).then(|| format!("rollback {}", it.revision));
        Entry { line, ..Entry::new(&it.revision, text) }
    });
    let answer = Answer::found(page.title(count(revisions.len(), "revision"))).list("", entries.collect());
    Ok(page.turn(context, answer).private())
}
