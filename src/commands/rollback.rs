//! `/rollback`: going back to an earlier library.

use crate::answer::{Answer, AnswerKind};
use crate::community::Revision;
use crate::library::{Library, LoadError, Outline};
use crate::say;

use super::caller::Role;
use super::command::{Command, Context, Effect};
use super::options::{Suggest, words};
use super::problem::Problem;
use super::reload;
use super::show::{clean, confirmed_by};
use super::status::time;

pub(super) const COMMAND: Command = Command::new("rollback", |context| Box::pin(run(context)))
    .options(&[words("revision", "option-rollback-revision", false, Suggest::Revisions)])
    .examples(&["rollback"])
    .role(Role::Editor)
    .effect(Effect::ChangesContent)
    .confirm(|context| Box::pin(confirm(context)));

/// What a rollback would do, for who is to confirm it.
async fn confirm(context: &Context<'_>) -> Result<Answer, Problem> {
    let target = target(context).await?;
    let revision = |it: &Revision| {
        say!(
            "rollback-revision",
            revision = &it.revision,
            at = time(it.made_at),
            who = &it.made_by,
            articles = say!("number-articles", number = it.articles),
            items = say!("number-items", number = it.items)
        )
    };
    let from = context.world.community.current().await?;
    let library = context.world.store.open_revision(&target.revision, target.bytes).await?;
    let lost = lost(context, &library).await?;
    let mut answer = Answer::found(say!("rollback-confirm", revision = &target.revision))
        .paragraph(say!("rollback-everywhere"));
    if !lost.is_empty() {
        answer = answer.paragraph(say!("rollback-would-remove", articles = reload::these(&lost)));
    }
    let answer = answer.list(say!("reload-removed-articles"), reload::outlines(&lost)).fields([
        (say!("rollback-from"), from.as_ref().map(revision).unwrap_or_default()),
        (say!("rollback-to"), revision(&target)),
    ]);
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
        return Ok(Answer::other(AnswerKind::Failed, say!("rollback-busy")));
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
    let mut answer = Answer::found(say!("rollback-done", revision = &back.revision, before = before));
    if !lost.is_empty() {
        answer = answer
            .paragraph(say!("rollback-removes", articles = reload::these(&lost)))
            .list(say!("reload-removed-articles"), reload::outlines(&lost));
    }
    Ok(answer.paragraph(say!("rollback-packs")).private())
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
            Answer::other(AnswerKind::NothingFound, say!("rollback-unknown", typed = typed))
        }
        None => Answer::other(AnswerKind::NothingFound, say!("rollback-none")),
        Some(target) if target.revision == current => {
            Answer::other(AnswerKind::NothingFound, say!("rollback-already", revision = current))
        }
        Some(target) if !here(&target) => {
            Answer::other(AnswerKind::Failed, say!("rollback-gone", revision = &target.revision))
        }
        Some(target) => return Ok(target.clone()),
    };
    Err(answer.choice(say!("rollback-revisions"), "revisions").into())
}
