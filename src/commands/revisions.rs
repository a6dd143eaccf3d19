//! `/revisions`: the libraries that were made.

use crate::answer::{Answer, AnswerKind, Entry};
use crate::say;

use super::caller::Role;
use super::command::{Command, Context};
use super::options::PAGE;
use super::problem::Problem;
use super::show;
use super::status::{size, time};

pub(super) const COMMAND: Command = Command::new("revisions", |context| Box::pin(run(context)))
    .options(&[PAGE])
    .examples(&["revisions"])
    .role(Role::Editor);

const PAGE_SIZE: usize = 10;

async fn run(context: &Context<'_>) -> Result<Answer, Problem> {
    let revisions = context.world.community.revisions().await?;
    let current = context.world.community.current().await?.map(|it| it.revision);
    if revisions.is_empty() {
        return Ok(Answer::other(AnswerKind::NothingFound, say!("revisions-none"))
            .choice(say!("reload-load"), "reload"));
    }
    let page = show::page(context, &revisions, PAGE_SIZE)?;
    let entries = page.items.iter().map(|it| {
        let here = context.world.store.bytes(&it.revision) == Some(it.bytes);
        let is_current = Some(&it.revision) == current.as_ref();
        let state = match (is_current, here) {
            (true, _) => "current",
            (false, true) => "kept",
            (false, false) => "gone",
        };
        let text = say!(
            "revisions-entry",
            at = time(it.made_at),
            who = &it.made_by,
            articles = say!("number-articles", number = it.articles),
            items = say!("number-items", number = it.items),
            size = size(it.bytes),
            state = state
        );
        let line = (!is_current && here).then(|| format!("rollback {}", it.revision));
        Entry { line, ..Entry::new(&it.revision, text) }
    });
    let answer = Answer::found(page.title(say!("number-revisions", number = revisions.len())))
        .list("", entries.collect());
    Ok(page.turn(context, answer).private())
}
