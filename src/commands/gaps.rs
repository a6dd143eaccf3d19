//! `/gaps`: what was asked and not answered. Editors learn from it what a pack lacks.

use jiff::Timestamp;

use crate::answer::{Answer, AnswerKind, Entry};
use crate::article::fold::fold;
use crate::community::Gap;

use super::caller::{Origin, Role};
use super::command::{Command, Context, Effect};
use super::line::write as line;
use super::options::{PAGE, Suggest, words};
use super::problem::Problem;
use super::show::{self, count, cut};
use super::text::one_line;
use super::world::World;

pub(super) const COMMAND: Command =
    Command::new("gaps", "What was asked and not answered", |context| Box::pin(run(context)))
        .options(&[words("action", "“Clear” empties the list", false, Suggest::OneOf(&[CLEAR])), PAGE])
        .examples(&["gaps", "gaps clear"])
        .role(Role::Editor)
        .effect(Effect::ChangesContent)
        .shows_without("action")
        .confirm(|context| Box::pin(confirm(context)));

/// What empties the list.
const CLEAR: &str = "clear";

/// How many days a question is kept after it was asked last.
const GAP_DAYS: i64 = 90;

/// The longest question that is kept whole, in characters.
const MAX_GAP: usize = 200;

const PAGE_SIZE: usize = 10;

/// Milliseconds of a day.
const DAY: i64 = 24 * 60 * 60 * 1_000;

/// Today, in days since 1970-01-01 UTC.
fn today(world: &World) -> i64 {
    world.clock.now().as_millisecond().div_euclid(DAY)
}

/// Forgets the questions that have been kept long enough, or all of them where none are to be kept.
///
/// # Errors
/// The community database can't be written.
pub async fn forget_old_gaps(world: &World) -> Result<(), Problem> {
    let days = if world.keep_gaps { GAP_DAYS } else { 0 };
    world.community.forget_gaps(today(world) - days).await?;
    Ok(())
}

/// Counts a question if it was asked by hand and not answered. Whatever goes wrong with that, the answer is given.
pub(super) async fn note(context: &Context<'_>, question: &str, answer: &Answer) {
    // A page that is turned, or an answer that is shown to others too, is not asked again.
    let is_asked = context.request.origin == Origin::Typed && context.page() == 1;
    let folded = fold(&cut(&one_line(question), MAX_GAP));
    let is_gap = answer.kind == AnswerKind::NothingFound && is_asked && !folded.is_empty();
    if !is_gap || !context.world.keep_gaps {
        return;
    }
    if let Err(error) = keep(context, &folded, question).await {
        // Without the question, which the log is not for.
        tracing::error!(%error, "a question without an answer can't be written down");
    }
}

async fn keep(context: &Context<'_>, folded: &str, question: &str) -> Result<(), Problem> {
    let article = match show::article(context).await? {
        Some(row) if context.library()?.has_several_articles() => context.library()?.article_key(row).await?,
        _ => None,
    };
    let asked = cut(&one_line(question), MAX_GAP);
    let gap = Gap { article: article.unwrap_or_default(), asked, times: 1, day: today(context.world) };
    forget_old_gaps(context.world).await?;
    context.world.community.keep_gap(folded, &gap).await?;
    Ok(())
}

async fn run(context: &Context<'_>) -> Result<Answer, Problem> {
    let world = context.world;
    match context.arg("action") {
        None => {}
        Some(CLEAR) => {
            let forgotten = world.community.forget_gaps(i64::MAX).await?;
            let forgotten = count(usize::try_from(forgotten).unwrap_or(usize::MAX), "question");
            return Ok(Answer::found(format!("The list is empty: {forgotten} removed.")).private());
        }
        Some(_) => {
            let title = "/gaps shows the list, and /gaps clear empties it.";
            return Ok(Answer::other(AnswerKind::WrongUsage, title));
        }
    }
    forget_old_gaps(world).await?;
    if !world.keep_gaps {
        let title = "Questions without an answer are not kept here: the setting questions.keep is off.";
        return Ok(Answer::other(AnswerKind::NothingFound, title));
    }
    let gaps = world.community.gaps().await?;
    if gaps.is_empty() {
        return Ok(Answer::found("No question is without an answer.").private());
    }
    let page = show::page(context, &gaps, PAGE_SIZE)?;
    let entries = page.items.iter().map(entry).collect();
    let answer = Answer::found(page.title("Asked, and not answered"))
        .list("", entries)
        .paragraph(format!(
            "Each is kept for {GAP_DAYS} days after it was asked last, and nothing of who asked. Choosing one asks it \
             again."
        ))
        .private();
    Ok(page.turn(context, answer).choice("Empty the list", "gaps clear"))
}

/// What emptying the list would do.
async fn confirm(context: &Context<'_>) -> Result<Answer, Problem> {
    let gaps = context.world.community.gaps().await?;
    Ok(Answer::found(format!("Empty the list of {}?", count(gaps.len(), "question"))))
}

fn entry(gap: &Gap) -> Entry {
    let times = match gap.times {
        1 => "once".to_string(),
        times => format!("{times} times"),
    };
    let last = match Timestamp::from_millisecond(gap.day.saturating_mul(DAY)) {
        Ok(day) => format!(", last on {}", day.strftime("%-d %B %Y")),
        Err(_) => String::new(),
    };
    let (article, option) = match gap.article.as_str() {
        "" => (String::new(), String::new()),
        key => (format!(", of {key}"), format!(" --article {}", line::quoted_word(key))),
    };
    Entry {
        line: Some(format!("ask {}{option}", line::quoted(&gap.asked))),
        ..Entry::new(format!("{times}{last}{article}"), format!("“{}”", gap.asked))
    }
}
