//! `/rollback`: going back to an earlier library.

use crate::answer::{Answer, AnswerKind};
use crate::community::Revision;
use crate::library::{Library, LoadError, Outline};

use super::command::{Command, Effect, Role, Suggest};
use super::context::{Context, Problem};
use super::options::words;
use super::reload;
use super::show::{clean, confirmed_by, count};
use super::status::time;

pub(super) const COMMAND: Command =
    Command::new("rollback", "Answer from an earlier revision again", |context| Box::pin(run(context)))
        .options(&[words("revision", "Which; nothing for the one before", false, Suggest::Revisions)])
        .examples(&["rollback"])
        .role(Role::Editor)
        .effect(Effect::ChangesContent)
        .confirm(|context| Box::pin(confirm(context)));

/// What a rollback would do, for who is to confirm it.
async fn confirm(context: &Context<'_>) -> Result<Answer, Problem> {
    let target = target(context).await?;
    let revision = |it: &Revision| {
        let articles = count(usize::try_from(it.articles).unwrap_or(0), "article");
        let items = count(usize::try_from(it.items).unwrap_or(0), "item");
        format!("{}, made {} by {}: {articles}, {items}", it.revision, time(it.made_at), it.made_by)
    };
    let from = context.world.community.current().await?;
    let library = context.world.store.open_revision(&target.revision, target.bytes).await?;
    let lost = lost(context, &library).await?;
    let mut answer = Answer::found(format!("Go back to revision {}?", target.revision))
        .paragraph("Every server and room gets its answers from it then.");
    if !lost.is_empty() {
        answer = answer.paragraph(format!("It removes {}.", reload::these(&lost)));
    }
    let answer = answer
        .list("Removed articles", reload::outlines(&lost))
        .fields([("From", from.as_ref().map(revision).unwrap_or_default()), ("To", revision(&target))]);
    // The one before is another one once this is done.
    Ok(confirmed_by(answer, format!("rollback {}", target.revision)))
}

/// The articles that answer now and that a library lacks.
async fn lost(context: &Context<'_>, library: &Library) -> Result<Vec<Outline>, Problem> {
    let now = match &context.library {
        // A damaged library must not keep anybody from going back to a sound one.
        Some(library) => library.outlines().await.unwrap_or_default(),
        None => vec![],
    };
    let then = library.outlines().await?;
    Ok(now.into_iter().filter(|article| then.iter().all(|it| it.key != article.key)).collect())
}

async fn run(context: &Context<'_>) -> Result<Answer, Problem> {
    let world = context.world;
    let lock = world.store.try_lock();
    if let Err(LoadError::Busy) = lock {
        return Ok(Answer::other(AnswerKind::Failed, "A reload is under way. Wait for it, then try again."));
    }
    let _lock = lock?;
    let target = target(context).await?;
    let library = world.store.open_revision(&target.revision, target.bytes).await?;
    let lost = lost(context, &library).await?;
    let before = world.community.current().await?.map(|it| it.revision).unwrap_or_default();
    let back = Revision { used_at: context.now(), ..target };
    world.community.switch(&back).await?;
    world.store.swap(library, back.used_at);
    tracing::info!(revision = back.revision, before, by = context.request.caller.id, "rolled back");
    let mut answer = Answer::found(format!("Revision {} answers again, instead of {before}.", back.revision));
    if !lost.is_empty() {
        answer = answer
            .paragraph(format!("This removes {}.", reload::these(&lost)))
            .list("Removed articles", reload::outlines(&lost));
    }
    Ok(answer.paragraph("The packs are as they were: the next /reload loads them.").private())
}

/// The revision to go back to: the one that is named, or else the last one used before.
async fn target(context: &Context<'_>) -> Result<Revision, Problem> {
    let world = context.world;
    let revisions = world.community.revisions().await?;
    let current = world.community.current().await?.map(|it| it.revision).unwrap_or_default();
    let here = |it: &&Revision| world.store.bytes(&it.revision) == Some(it.bytes);
    let target = match context.arg("revision") {
        Some(typed) => revisions.iter().find(|it| it.revision.starts_with(typed)),
        None => revisions.iter().find(|it| it.revision != current && here(it)),
    };
    let answer = match target {
        None if context.arg("revision").is_some() => {
            let typed = clean(context.arg("revision").unwrap_or_default());
            Answer::other(AnswerKind::NothingFound, format!("There is no revision “{typed}”."))
        }
        None => Answer::other(AnswerKind::NothingFound, "There is no earlier revision to go back to."),
        Some(target) if target.revision == current => {
            Answer::other(AnswerKind::NothingFound, format!("Revision {current} answers already."))
        }
        Some(target) if !here(&target) => {
            let title =
                format!("The file of revision {} is gone; only the last few are kept.", target.revision);
            Answer::other(AnswerKind::Failed, title)
        }
        Some(target) => return Ok(target.clone()),
    };
    Err(answer.choice("The revisions", "revisions").into())
}
