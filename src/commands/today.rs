//! `/today`: what happened on this day of the year.

use jiff::tz::Offset;

use crate::answer::{Answer, AnswerKind};
use crate::article::date::Days;
use crate::article::pack::When;
use crate::library::MAX_LIST_ROWS;

use super::command::{Command, Context};
use super::line::write as line;
use super::options::{ARTICLE, PAGE};
use super::problem::Problem;
use super::several;
use super::show;
use crate::say;

pub(super) const COMMAND: Command =
    Command::new("today", |context| Box::pin(run(context))).options(&[ARTICLE, PAGE]).examples(&["today"]);

const PAGE_SIZE: usize = 10;

/// How many events of the next dates are offered on a day without any.
const NEXT: usize = 3;

async fn run(context: &Context<'_>) -> Result<Answer, Problem> {
    let library = context.library()?;
    let article = show::article(context).await?;
    let date = Offset::UTC.to_datetime(context.world.clock.now()).date();
    let (month, day) = (i64::from(date.month()), i64::from(date.day()));
    let today = month * 100 + day;
    let said = say!("today-day", day = day, month = say!("month", number = month));

    let rows = library.round_the_year(today, article).await?;
    let is_full = i64::try_from(rows.len()).is_ok_and(|rows| rows == MAX_LIST_ROWS);
    let mut events = library.records(&rows).await?;
    // "About 23 November" is not known to be this day.
    events.retain(|record| record.item.when().is_some_and(When::is_sure));
    let (now, later): (Vec<_>, Vec<_>) =
        events.iter().partition(|record| record.days.and_then(Days::day_of_year) == Some(today));
    let is_cut = is_full && later.is_empty();
    let [now, later] = [now, later].map(|events| events.iter().map(|it| it.id).collect::<Vec<_>>());

    if now.is_empty() {
        let next = several::things(library, &later).await?;
        let (next, source) = several::lines(library, &next[..next.len().min(NEXT)], "").await?;
        let title = match next.is_empty() && !is_full {
            true => say!("today-nothing-all-year", day = said),
            false => say!("today-nothing", day = said),
        };
        let answer = Answer::other(AnswerKind::NothingFound, title).list(say!("today-next"), next);
        let timeline = match context.arg("article") {
            Some(article) => format!("timeline --article {}", line::quoted_word(article)),
            None => "timeline".into(),
        };
        return Ok(answer.source(source).choice(say!("today-timeline"), timeline));
    }
    let events = several::things(library, &now).await?;
    let page = show::page(context, &events, PAGE_SIZE)?;
    let (entries, source) = several::lines(library, page.items, "").await?;
    let mut answer =
        Answer::found(page.title(say!("today-title", day = said))).list("", entries).source(source);
    if is_cut {
        answer = answer.paragraph(say!("today-first", number = MAX_LIST_ROWS));
    }
    Ok(page.turn(context, answer))
}
