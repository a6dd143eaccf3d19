//! `/reload`: check the packs and load them, all or nothing.

use crate::answer::{Answer, AnswerKind, Block, Entry};
use crate::article::Diagnostic;
use crate::community::Revision;
use crate::library::{BuildLock, Change, Changes, ItemChange, LeftOut, LoadError, Outline, Plan};
use crate::platform::Platform;
use crate::say;

use super::caller::Role;
use super::command::{Command, Context, Effect};
use super::difference::difference;
use super::options::{Opt, OptKind, Suggest};
use super::problem::Problem;
use super::show::{cut, kind_word};

pub(super) const COMMAND: Command = Command::new("reload", |context| Box::pin(run(context)))
    .options(&[
        Opt {
            name: "pack",
            key: "option-reload-pack",
            kind: OptKind::File,
            required: false,
            suggest: Suggest::Nothing,
        },
        Opt {
            name: "dry-run",
            key: "option-reload-dry-run",
            kind: OptKind::Flag,
            required: false,
            suggest: Suggest::Nothing,
        },
        Opt {
            name: "remove",
            key: "option-reload-remove",
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
            Some(Platform::Matrix) => say!("reload-no-file-matrix"),
            _ => say!("reload-no-file"),
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
            answer = answer.fields([(say!("status-revision"), revision), (say!("reload-took"), took)]);
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
                Some(_) => answer.paragraph(say!("reload-still-answers")),
                None => answer,
            })
        }
        Problem::Load(LoadError::Busy) => Ok(Answer::other(AnswerKind::Failed, say!("reload-busy"))),
        Problem::Load(error) => {
            tracing::error!(%error, "the packs can't be loaded");
            let title = match context.library {
                Some(_) => say!("reload-failed-still-answers"),
                None => say!("reload-failed"),
            };
            Ok(Answer::other(AnswerKind::Failed, title)
                .paragraph(say!("reload-cause", cause = cause(&error))))
        }
        problem => Err(problem),
    }
}

/// Why packs could not be loaded, in the reader's language but for what the system says.
fn cause(error: &LoadError) -> String {
    match error {
        LoadError::NoPacks(folder) => say!("load-no-packs", folder = folder.display()),
        LoadError::Packs { folder, error } => {
            say!("load-folder-unreadable", folder = folder.display(), cause = error)
        }
        LoadError::Moving(file) => say!("load-file-changed", file = file.display()),
        LoadError::Folder { path, error } => {
            say!("load-unwritable", file = path.display(), cause = error.to_string())
        }
        LoadError::File { path, error } => {
            say!("load-unwritable", file = path.display(), cause = error.to_string())
        }
        LoadError::Library(error) => say!("load-library", cause = error.to_string()),
        LoadError::Wrong(_) | LoadError::Busy => error.to_string(),
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
        return Ok((Answer::found(say!("reload-by-another")), library.revision().to_string(), None));
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
    let (articles, items) = (revision.articles, revision.items);
    let size = say!(
        "reload-size",
        articles = say!("number-articles", number = articles),
        items = say!("number-items", number = items)
    );
    let answer = match (first, same, made) {
        (true, ..) => first_load(context, &size, &plan.left_out, gone),
        (_, true, false) => Answer::found(say!("reload-unchanged")),
        (_, true, true) => Answer::found(say!("reload-made-anew", size = size)),
        _ => changes(Answer::found(say!("reload-loaded", what = summary(&plan.changes))), &plan.changes),
    };
    tracing::info!(revision = plan.revision, articles = revision.articles, items = revision.items, "loaded");
    Ok((answer.list(say!("reload-warnings"), warnings), plan.revision, None))
}

/// What a plan would change.
fn preview(plan: &Plan, is_refused: bool, warnings: Vec<Entry>) -> Answer {
    let title = match plan.changes.is_empty() {
        true => say!("reload-would-nothing"),
        false => say!("reload-would", what = summary(&plan.changes)),
    };
    let mut answer = Answer::found(title);
    if is_refused {
        answer = answer.paragraph(say!("reload-only-remove"));
    }
    changes(left_out(answer, &plan.left_out), &plan.changes).list(say!("reload-warnings"), warnings)
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
        return Answer::found(say!("reload-loaded", what = size));
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
    let files: Vec<&str> = packs.iter().map(|pack| pack.file.as_str()).take(SHOWN).collect();
    let files = files.join(", ");
    let these = these(gone);
    let title = match (packs.is_empty(), gone.is_empty()) {
        (false, true) => say!("reload-first-wrong", size = size, number = packs.len(), files = files),
        (true, _) => say!("reload-first-gone", size = size, articles = these, number = gone.len()),
        (false, false) => {
            let wrong = packs.len();
            say!(
                "reload-first-both",
                size = size,
                wrong = wrong,
                files = files,
                articles = these,
                number = gone.len()
            )
        }
    };
    let answer = Answer::other(AnswerKind::Failed, title);
    left_out(answer, packs).list(say!("reload-without-pack"), outlines(gone))
}

/// With what is wrong with packs that are not loaded.
fn left_out(answer: Answer, packs: &[LeftOut]) -> Answer {
    if packs.is_empty() {
        return answer;
    }
    let diagnostics: Vec<Diagnostic> = packs.iter().flat_map(|pack| pack.diagnostics.clone()).collect();
    diagnosed(answer.paragraph(say!("reload-packs-wrong")), &diagnostics)
}

/// Why nothing is loaded where articles would go.
fn kept(context: &Context<'_>, gone: &[Outline]) -> Answer {
    let answer = Answer::other(AnswerKind::Failed, say!("reload-would-remove", articles = these(gone)))
        .paragraph(say!(
            "reload-how-to-remove",
            number = gone.len(),
            id = gone.first().map_or("ID", |article| &article.key)
        ))
        .list(say!("reload-would-be-removed"), outlines(gone))
        .paragraph(say!("reload-still-answers"));
    // A file can't be sent once more by choosing something.
    match context.request.upload {
        Some(_) => answer,
        None => answer.choice(say!("reload-and-remove"), "reload --remove"),
    }
}

/// Articles in words, with how much they hold.
pub(super) fn these(articles: &[Outline]) -> String {
    let items: i64 = articles.iter().map(|article| article.items).sum();
    let items = say!("number-items", number = items);
    match articles {
        [article] => say!("reload-article", title = cut(&article.title, 80), items = items),
        articles => say!("reload-articles", number = articles.len(), items = items),
    }
}

/// Articles as lines of a list.
pub(super) fn outlines(articles: &[Outline]) -> Vec<Entry> {
    let mut entries: Vec<Entry> = articles
        .iter()
        .take(SHOWN)
        .map(|article| {
            let items = say!("number-items", number = article.items);
            Entry::new(&article.key, say!("reload-outline", title = cut(&article.title, 80), items = items))
        })
        .collect();
    if articles.len() > SHOWN {
        entries.push(Entry::new("", say!("and-more", number = articles.len() - SHOWN)));
    }
    entries
}

fn summary(changes: &Changes) -> String {
    let [added, changed, removed] = changes.counts;
    if changes.is_empty() {
        return say!("reload-nothing");
    }
    let mut parts = Vec::new();
    parts.extend((added > 0).then(|| say!("reload-added", number = added)));
    parts.extend((changed > 0).then(|| say!("reload-changed", number = changed)));
    parts.extend((removed > 0).then(|| say!("reload-removed", number = removed)));
    let gone = &changes.articles;
    parts.extend((!gone.is_empty()).then(|| say!("reload-removes", articles = these(gone))));
    parts.join(", ")
}

fn changes(answer: Answer, changes: &Changes) -> Answer {
    let mut answer = answer.list(say!("reload-removed-articles"), outlines(&changes.articles));
    let mut room = TEXTS;
    for (change, title) in [
        (Change::Added, say!("reload-list-added")),
        (Change::Changed, say!("reload-list-changed")),
        (Change::Removed, say!("reload-list-removed")),
    ] {
        let of_sort = changes.items.iter().filter(|it| it.change == change);
        let mut entries: Vec<Entry> =
            of_sort.take(SHOWN).map(|it| Entry::new(kind_word(it.kind), item(it, &mut room))).collect();
        let number = changes.counts[change as usize];
        if number > entries.len() {
            entries.push(Entry::new("", say!("and-more", number = number - entries.len())));
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
        let name = &field.name;
        let change = match (old.is_empty(), new.is_empty()) {
            (true, true) => say!("reload-field-spaces", name = name),
            (true, false) => say!("reload-field-new", name = name, new = new),
            (false, true) => say!("reload-field-gone", name = name, old = old),
            (false, false) => say!("reload-field-changed", name = name, old = old, new = new),
        };
        let length = change.chars().count() - name.chars().count();
        if length > *room {
            // Which they are is told all the same.
            *room = 0;
            said.push(field.name.clone());
            continue;
        }
        *room -= length;
        said.push(change);
    }
    if item.fields.len() > FIELDS {
        said.push(say!("and-more", number = item.fields.len() - FIELDS));
    }
    format!("{}: {}", item.id, said.join("; "))
}

fn wrong(diagnostics: &[Diagnostic]) -> Answer {
    let title = say!("reload-errors", number = diagnostics.len());
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
