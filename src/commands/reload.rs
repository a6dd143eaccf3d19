//! `/reload`: check the packs and load them, all or nothing.

use crate::answer::{Answer, AnswerKind, Block, Entry};
use crate::article::Diagnostic;
use crate::community::Revision;
use crate::library::{BuildLock, Change, Changes, ItemChange, LeftOut, LoadError, Outline, Plan};
use crate::platform::Platform;

use super::caller::Role;
use super::command::{Command, Context, Effect};
use super::difference::difference;
use super::options::{Opt, OptKind, Suggest};
use super::problem::Problem;
use super::show::{count, cut};

pub(super) const COMMAND: Command =
    Command::new("reload", "Check the packs and load them, all or nothing", |context| Box::pin(run(context)))
        .options(&[
            Opt {
                name: "pack",
                about: "A pack file to add, or to put in the place of the one for the same article",
                kind: OptKind::File,
                required: false,
                suggest: Suggest::Nothing,
            },
            Opt {
                name: "dry-run",
                about: "Only say what would change",
                kind: OptKind::Flag,
                required: false,
                suggest: Suggest::Nothing,
            },
            Opt {
                name: "remove",
                about: "Let articles go whose packs are gone",
                kind: OptKind::Flag,
                required: false,
                suggest: Suggest::Nothing,
            },
        ])
        .examples(&["reload", "reload --dry-run"])
        .role(Role::Editor)
        .effect(Effect::ChangesContent)
        .confirm(|context| Box::pin(confirm(context)));

/// How many diagnostics and changes are shown: an answer must fit into a chat.
const SHOWN: usize = 20;
/// How many texts of a changed item are shown.
const FIELDS: usize = 3;
/// The longest old or new text, in characters.
const SIDE: usize = 100;
/// How many characters the old and new texts of one answer may have together.
const TEXTS: usize = 2_400;

pub(super) async fn run(context: &Context<'_>) -> Result<Answer, Problem> {
    if context.arg("pack").is_some() && context.request.upload.is_none() {
        let title = match context.request.platform {
            Some(Platform::Matrix) => {
                "The pack did not come with the command: send the file here, and reply to it with /reload."
            }
            _ => "The pack did not come with the command: attach the file to the slash command /reload.",
        };
        return Ok(Answer::other(AnswerKind::WrongUsage, title));
    }
    let started = context.world.clock.instant();
    let dry = context.request.flag("dry-run");
    let outcome = load(context, dry).await;
    let took = context.world.clock.instant().duration_since(started);
    match outcome {
        Ok((_, _, Some(refused))) if !dry => Ok(refused),
        Ok((mut answer, revision, _)) => {
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
        Problem::Load(LoadError::Wrong(diagnostics)) => {
            let answer = wrong(&diagnostics);
            Ok(match context.library {
                Some(_) => answer.paragraph("What was loaded before still answers."),
                None => answer,
            })
        }
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
        // Nothing is asked that would be refused.
        Ok((_, _, Some(refused))) => Ok(refused),
        Ok((answer, ..)) => Ok(answer.private()),
        Err(problem) => failed(context, problem),
    }
}

/// Loads; gives the answer, the revision, and why it is not loaded if the editor has to say more.
async fn load(context: &Context<'_>, dry: bool) -> Result<(Answer, String, Option<Answer>), Problem> {
    let world = context.world;
    let at_start = context.request.platform.is_none();
    // Programs that start at once wait for the first of them; a person is told at once.
    let lock = if at_start { world.store.lock().await? } else { world.store.try_lock()? };
    // Another process on this folder may have moved on.
    world.catch_up().await?;
    if at_start && let Some(library) = world.store.current() {
        return Ok((Answer::found("Loaded by another program."), library.revision().to_string(), None));
    }
    let last = world.community.current().await?.map(|it| it.revision);
    let plan = world.store.plan(&world.packs, context.request.upload.as_ref(), last.as_deref()).await?;
    let warnings: Vec<Entry> = plan.warnings.iter().map(|it| Entry::new("", it.to_string())).collect();
    let first = world.store.current().is_none();
    // A library that answers loses no article that nobody said should go.
    let gone = &plan.changes.articles;
    let refused =
        (!first && !gone.is_empty() && !context.request.flag("remove")).then(|| kept(context, gone));
    if dry {
        return Ok((preview(&plan, refused.is_some(), warnings), plan.revision, refused));
    }
    if refused.is_some() {
        return Ok((Answer::found(""), plan.revision, refused));
    }
    let same = world.store.current().is_some_and(|it| it.revision() == plan.revision);
    let (revision, made) = make_current(context, &lock, &plan).await?;
    let size = format!(
        "{}, {}",
        count(usize::try_from(revision.articles).unwrap_or(0), "article"),
        count(usize::try_from(revision.items).unwrap_or(0), "item")
    );
    let answer = match (first, same, made) {
        (true, ..) => first_load(context, &size, &plan.left_out, gone),
        (_, true, false) => Answer::found("Nothing has changed."),
        (_, true, true) => {
            Answer::found(format!("Nothing has changed; the damaged file was made anew: {size}."))
        }
        _ => changes(Answer::found(format!("Loaded: {}.", summary(&plan.changes))), &plan.changes),
    };
    tracing::info!(revision = plan.revision, articles = revision.articles, items = revision.items, "loaded");
    Ok((answer.list("Warnings", warnings), plan.revision, None))
}

/// What a plan would change.
fn preview(plan: &Plan, is_refused: bool, warnings: Vec<Entry>) -> Answer {
    let title = match plan.changes.is_empty() {
        true => "A reload would change nothing.".into(),
        false => format!("A reload would change this: {}.", summary(&plan.changes)),
    };
    let mut answer = Answer::found(title);
    if is_refused {
        answer = answer.paragraph("An article goes only with /reload --remove.");
    }
    changes(left_out(answer, &plan.left_out), &plan.changes).list("Warnings", warnings)
}

/// Builds a plan and lets it answer from now on. Gives the revision, and whether its file had to be made.
async fn make_current(
    context: &Context<'_>,
    lock: &BuildLock,
    plan: &Plan,
) -> Result<(Revision, bool), Problem> {
    let world = context.world;
    let known = world.community.revisions().await?.into_iter().find(|it| it.revision == plan.revision);
    let built = world.store.install(lock, plan, known.as_ref().map(|it| it.bytes)).await?;
    let revision = Revision {
        revision: plan.revision.clone(),
        made_at: context.now(),
        made_by: context.request.caller.id.clone(),
        used_at: context.now(),
        articles: built.library.article_count(),
        items: built.library.item_count(),
        bytes: built.bytes,
    };
    world.community.switch(&revision).await?;
    world.store.swap(built.library, revision.used_at);
    let revisions = world.community.revisions().await?.into_iter().map(|it| it.revision);
    let mut keep: Vec<String> = revisions.take(world.keep_revisions).collect();
    keep.push(plan.revision.clone());
    world.store.prune(&keep);
    Ok((revision, built.made))
}

/// The answer to the first load, which takes what it can get.
fn first_load(context: &Context<'_>, size: &str, packs: &[LeftOut], gone: &[Outline]) -> Answer {
    if packs.is_empty() && gone.is_empty() {
        return Answer::found(format!("Loaded: {size}."));
    }
    if context.request.platform.is_none() {
        for diagnostic in packs.iter().flat_map(|pack| &pack.diagnostics) {
            tracing::info!(%diagnostic, "not loaded");
        }
        for article in gone {
            tracing::warn!(
                article.key,
                article.items,
                "an article that answered before has no pack any more"
            );
        }
    }
    let mut lacks = Vec::new();
    if !packs.is_empty() {
        let files: Vec<&str> = packs.iter().map(|pack| pack.file.as_str()).take(SHOWN).collect();
        lacks.push(format!("{} not loaded: {}", count(packs.len(), "pack"), files.join(", ")));
    }
    if !gone.is_empty() {
        lacks.push(format!("{} answered before and {} no pack any more", these(gone), have(gone)));
    }
    let answer = Answer::other(AnswerKind::Failed, format!("Loaded: {size}. But {}.", lacks.join("; ")));
    left_out(answer, packs).list("Without a pack", outlines(gone))
}

/// With what is wrong with packs that are not loaded.
fn left_out(answer: Answer, packs: &[LeftOut]) -> Answer {
    if packs.is_empty() {
        return answer;
    }
    let diagnostics: Vec<Diagnostic> = packs.iter().flat_map(|pack| pack.diagnostics.clone()).collect();
    diagnosed(answer.paragraph("These packs are wrong. Mend them, then /reload."), &diagnostics)
}

/// Why nothing is loaded where articles would go.
fn kept(context: &Context<'_>, gone: &[Outline]) -> Answer {
    let title = format!("Nothing was loaded: it would remove {}.", these(gone));
    let answer = Answer::other(AnswerKind::Failed, title)
        .paragraph(format!(
            "No pack of {} is in the folder. If {} to go, type /reload --remove. If not, put the pack back: \
             `rapporteur export {}` prints it.",
            if gone.len() == 1 { "it" } else { "theirs" },
            if gone.len() == 1 { "it is" } else { "they are" },
            gone.first().map_or("ID", |article| &article.key),
        ))
        .list("Would be removed", outlines(gone))
        .paragraph("What was loaded before still answers.");
    // A file can't be sent once more by choosing something.
    match context.request.upload {
        Some(_) => answer,
        None => answer.choice("Load the packs and remove it", "reload --remove"),
    }
}

/// Articles in words, with how much they hold.
pub(super) fn these(articles: &[Outline]) -> String {
    let items: i64 = articles.iter().map(|article| article.items).sum();
    let items = count(usize::try_from(items).unwrap_or(0), "item");
    match articles {
        [article] => format!("the article “{}” with {items}", cut(&article.title, 80)),
        articles => format!("{} with {items}", count(articles.len(), "article")),
    }
}

fn have(articles: &[Outline]) -> &'static str {
    if articles.len() == 1 { "has" } else { "have" }
}

/// Articles as lines of a list.
pub(super) fn outlines(articles: &[Outline]) -> Vec<Entry> {
    let mut entries: Vec<Entry> = articles
        .iter()
        .take(SHOWN)
        .map(|article| {
            let items = count(usize::try_from(article.items).unwrap_or(0), "item");
            Entry::new(&article.key, format!("{}: {items}", cut(&article.title, 80)))
        })
        .collect();
    if articles.len() > SHOWN {
        entries.push(Entry::new("", format!("and {} more", articles.len() - SHOWN)));
    }
    entries
}

fn summary(changes: &Changes) -> String {
    let [added, changed, removed] = changes.counts;
    if changes.is_empty() {
        return "nothing added, changed or removed".into();
    }
    let mut parts: Vec<String> = [(added, "added"), (changed, "changed"), (removed, "removed")]
        .iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, word)| format!("{number} {word}"))
        .collect();
    if !changes.articles.is_empty() {
        parts.push(format!("removes {}", these(&changes.articles)));
    }
    parts.join(", ")
}

fn changes(answer: Answer, changes: &Changes) -> Answer {
    let mut answer = answer.list("Removed articles", outlines(&changes.articles));
    let mut room = TEXTS;
    for (change, title) in
        [(Change::Added, "Added"), (Change::Changed, "Changed"), (Change::Removed, "Removed")]
    {
        let of_sort = changes.items.iter().filter(|it| it.change == change);
        let mut entries: Vec<Entry> =
            of_sort.take(SHOWN).map(|it| Entry::new(it.kind.word(), item(it, &mut room))).collect();
        let number = changes.counts[change as usize];
        if number > entries.len() {
            entries.push(Entry::new("", format!("and {} more", number - entries.len())));
        }
        answer = answer.list(title, entries);
    }
    answer
}

/// An item with what changed in it, as long as there is room for that in the answer.
fn item(item: &ItemChange, room: &mut usize) -> String {
    if item.fields.is_empty() {
        return item.id.clone();
    }
    let mut said = Vec::new();
    for field in item.fields.iter().take(FIELDS) {
        let (old, new) = difference(&field.old, &field.new, SIDE);
        let text = match (old.is_empty(), new.is_empty()) {
            (true, true) => "only spaces differ".into(),
            (true, false) => format!("“{new}” is new"),
            (false, true) => format!("“{old}” is gone"),
            (false, false) => format!("“{old}” → “{new}”"),
        };
        let length = text.chars().count();
        if length > *room {
            // Which they are is told all the same.
            *room = 0;
            said.push(field.name.clone());
            continue;
        }
        *room -= length;
        said.push(format!("{} {text}", field.name));
    }
    if item.fields.len() > FIELDS {
        said.push(format!("and {} more", item.fields.len() - FIELDS));
    }
    format!("{}: {}", item.id, said.join("; "))
}

fn wrong(diagnostics: &[Diagnostic]) -> Answer {
    let title = format!("Nothing was loaded: {} in the packs.", count(diagnostics.len(), "error"));
    diagnosed(Answer::other(AnswerKind::Failed, title), diagnostics)
}

fn diagnosed(mut answer: Answer, diagnostics: &[Diagnostic]) -> Answer {
    for diagnostic in diagnostics.iter().take(SHOWN) {
        answer.blocks.push(Block::Code { text: diagnostic.render() });
    }
    let rest: Vec<String> = diagnostics.iter().skip(SHOWN).map(ToString::to_string).collect();
    if !rest.is_empty() {
        answer.blocks.push(Block::Code { text: rest.join("\n") });
    }
    answer
}
