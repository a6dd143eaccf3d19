//! `/reload`: check the packs and load them, all or nothing.

use crate::answer::{Answer, AnswerKind, Block, Entry};
use crate::article::Diagnostic;
use crate::community::Revision;
use crate::library::{Change, Changes, LoadError};

use super::show::count;
use super::{Context, Problem, START};

/// How many diagnostics and changes are shown: an answer must fit into a chat.
const SHOWN: usize = 20;

pub(super) async fn run(context: &Context<'_>) -> Result<Answer, Problem> {
    if context.arg("pack").is_some() && context.request.upload.is_none() {
        let title = match context.request.platform {
            "matrix" => {
                "The pack did not come with the command: send the file here, and reply to it with /reload."
            }
            _ => "The pack did not come with the command: attach the file to the slash command /reload.",
        };
        return Ok(Answer::other(AnswerKind::WrongUsage, title));
    }
    let started = context.world.clock.instant();
    let dry = context.arg("dry-run").is_some();
    let outcome = load(context, dry).await;
    let took = context.world.clock.instant().duration_since(started);
    match outcome {
        Ok((mut answer, revision)) => {
            let took = format!("{:.2} s", took.as_secs_f64());
            answer
                .blocks
                .push(Block::Fields { fields: vec![("Revision".into(), revision), ("Took".into(), took)] });
            Ok(answer.private())
        }
        Err(problem) => failed(context, problem),
    }
}

fn failed(context: &Context<'_>, problem: Problem) -> Result<Answer, Problem> {
    match problem {
        Problem::Load(LoadError::Wrong(diagnostics)) => Ok(wrong(&diagnostics)),
        Problem::Load(LoadError::Busy) => {
            Ok(Answer::other(AnswerKind::Failed, "Another reload is under way. Wait for it, then try again."))
        }
        Problem::Load(error) => {
            tracing::error!(%error, "the packs can't be loaded");
            let title = match context.library {
                Some(_) => "Nothing was loaded; what was loaded before still answers.",
                None => "Nothing was loaded.",
            };
            Ok(Answer::other(AnswerKind::Failed, title).paragraph(format!("Cause: {error}.")))
        }
        problem => Err(problem),
    }
}

/// What a reload would change, for who is to confirm it.
pub(super) async fn confirm(context: &Context<'_>) -> Result<Answer, Problem> {
    match load(context, true).await {
        Ok((answer, _)) => Ok(answer.private()),
        Err(problem) => failed(context, problem),
    }
}

/// Loads; gives the answer and the revision.
async fn load(context: &Context<'_>, dry: bool) -> Result<(Answer, String), Problem> {
    let world = context.world;
    let at_start = context.request.platform == START;
    // Programs that start at once wait for the first of them; a person is told at once.
    let turn = if at_start { world.shelf.wait().await? } else { world.shelf.turn()? };
    // Another process on this folder may have moved on.
    world.catch_up().await?;
    if at_start && let Some(library) = world.shelf.current() {
        return Ok((Answer::found("Loaded by another program."), library.revision().to_string()));
    }
    let plan = world.shelf.plan(&world.packs, context.request.upload.as_ref()).await?;
    let warnings: Vec<Entry> = plan.warnings.iter().map(|it| Entry::new("", it.to_string())).collect();
    let first = world.shelf.current().is_none();
    if dry {
        let title = match plan.changes.is_empty() {
            true => "A reload would change nothing.".into(),
            false => format!("A reload would change this: {}.", summary(&plan.changes)),
        };
        let answer = changes(Answer::found(title), &plan.changes).list("Warnings", warnings);
        return Ok((answer, plan.revision));
    }
    let known = world.community.revisions().await?.into_iter().find(|it| it.revision == plan.revision);
    let same = world.shelf.current().is_some_and(|it| it.revision() == plan.revision);
    let built = world.shelf.bring_in(&turn, &plan, known.as_ref().map(|it| it.bytes)).await?;
    let revision = Revision {
        revision: plan.revision.clone(),
        made_at: context.now(),
        made_by: context.request.asker.id.clone(),
        used_at: context.now(),
        articles: built.library.article_count(),
        items: built.library.item_count(),
        bytes: built.bytes,
    };
    world.community.switch(&revision).await?;
    world.shelf.swap(built.library, revision.used_at);
    let mut keep: Vec<String> = world
        .community
        .revisions()
        .await?
        .into_iter()
        .map(|it| it.revision)
        .take(world.keep_revisions)
        .collect();
    keep.push(plan.revision.clone());
    world.shelf.clear(&keep);
    let size = format!(
        "{}, {}",
        count(usize::try_from(revision.articles).unwrap_or(0), "article"),
        count(usize::try_from(revision.items).unwrap_or(0), "item")
    );
    let answer = match (first, same, built.made) {
        (true, ..) => Answer::found(format!("Loaded: {size}.")),
        (_, true, false) => Answer::found("Nothing has changed."),
        (_, true, true) => {
            Answer::found(format!("Nothing has changed; the damaged file was made anew: {size}."))
        }
        _ => changes(Answer::found(format!("Loaded: {}.", summary(&plan.changes))), &plan.changes),
    };
    tracing::info!(revision = plan.revision, articles = revision.articles, items = revision.items, "loaded");
    Ok((answer.list("Warnings", warnings), plan.revision))
}

fn summary(changes: &Changes) -> String {
    let [added, changed, removed] = changes.counts;
    if changes.is_empty() {
        return "nothing added, changed or removed".into();
    }
    [(added, "added"), (changed, "changed"), (removed, "removed")]
        .iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, word)| format!("{number} {word}"))
        .collect::<Vec<_>>()
        .join(", ")
}

fn changes(mut answer: Answer, changes: &Changes) -> Answer {
    for (change, title) in
        [(Change::Added, "Added"), (Change::Changed, "Changed"), (Change::Removed, "Removed")]
    {
        let of_sort = changes.items.iter().filter(|(it, ..)| *it == change);
        let mut entries: Vec<Entry> =
            of_sort.take(SHOWN).map(|(_, kind, id)| Entry::new(kind.word(), id)).collect();
        let number = changes.counts[change as usize];
        if number > entries.len() {
            entries.push(Entry::new("", format!("and {} more", number - entries.len())));
        }
        answer = answer.list(title, entries);
    }
    answer
}

fn wrong(diagnostics: &[Diagnostic]) -> Answer {
    let title = format!("Nothing was loaded: {} in the packs.", count(diagnostics.len(), "error"));
    let mut answer = Answer::other(AnswerKind::Failed, title);
    for diagnostic in diagnostics.iter().take(SHOWN) {
        answer.blocks.push(Block::Code { text: diagnostic.render() });
    }
    let rest: Vec<String> = diagnostics.iter().skip(SHOWN).map(ToString::to_string).collect();
    if !rest.is_empty() {
        answer.blocks.push(Block::Code { text: rest.join("\n") });
    }
    answer.paragraph("What was loaded before still answers.")
}
