//! `/gaps`: what was asked and not answered. Editors learn from it what a pack lacks.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::answer::{Answer, AnswerKind, Entry};
use crate::article::fold::fold;
use crate::community::Gap;
use crate::say;

use super::caller::{Origin, Role};
use super::command::{Command, Context, Effect};
use super::line::write as line;
use super::options::{PAGE, Suggest, words};
use super::problem::Problem;
use super::show::{self, cut};
use super::text::one_line;
use super::world::World;

pub(super) const COMMAND: Command = Command::new("gaps", |context| Box::pin(run(context)))
    .options(&[words("action", "option-gaps-action", false, Suggest::OneOf(&[CLEAR])), PAGE])
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
            return Ok(Answer::found(say!("gaps-emptied", number = forgotten)).private());
        }
        Some(_) => {
            let title = say!("gaps-usage");
            return Ok(Answer::other(AnswerKind::WrongUsage, title));
        }
    }
    forget_old_gaps(world).await?;
    if !world.keep_gaps {
        let title = say!("gaps-off");
        return Ok(Answer::other(AnswerKind::NothingFound, title));
    }
    let gaps = world.community.gaps().await?;
    if gaps.is_empty() {
        return Ok(Answer::found(say!("gaps-none")).private());
    }
    let page = show::page(context, &gaps, PAGE_SIZE)?;
    let entries = page.items.iter().map(entry).collect();
    let answer = Answer::found(page.title(say!("gaps-title")))
        .list("", entries)
        .paragraph(say!("gaps-kept", days = GAP_DAYS))
        .private();
    Ok(page.turn(context, answer).choice(say!("gaps-empty"), "gaps clear"))
}

/// What emptying the list would do.
async fn confirm(context: &Context<'_>) -> Result<Answer, Problem> {
    let gaps = context.world.community.gaps().await?;
    Ok(Answer::found(say!("gaps-empty-all", number = gaps.len())))
}

fn entry(gap: &Gap) -> Entry {
    let day = Timestamp::from_millisecond(gap.day.saturating_mul(DAY)).unwrap_or_default();
    let day = in_words(TimeZone::UTC.to_datetime(day).date());
    let (lead, option) = match gap.article.as_str() {
        "" => (say!("gaps-entry", number = gap.times, day = day), String::new()),
        key => (
            say!("gaps-entry-of", number = gap.times, day = day, article = key),
            format!(" --article {}", line::quoted_word(key)),
        ),
    };
    Entry {
        line: Some(format!("ask {}{option}", line::quoted(&gap.asked))),
        ..Entry::new(lead, say!("quoted", words = &gap.asked))
    }
}

fn in_words(day: Date) -> String {
    let month = say!("month", number = i32::from(day.month()));
    say!("date-day", day = i32::from(day.day()), month = month, year = day.year().to_string())
}
