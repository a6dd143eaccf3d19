//! `/timeline`: what happened when, as precisely as the text says.

use crate::answer::{Answer, AnswerKind};
use crate::article::Kind;
use crate::article::date::{Days, parse_range};
use crate::library::{Found, MOST};

use super::show::{self, clean};
use super::{Context, Problem};

const PAGE: usize = 10;

pub(super) async fn run(context: &Context<'_>) -> Result<Answer, Problem> {
    let library = context.library()?;
    let article = show::article(context).await?;
    let ever = Days { earliest: Days::EVER_BEFORE, latest: Days::EVER_AFTER };
    let (mut title, mut note) = ("Timeline".to_string(), None);
    let (mut actors, mut days) = (None, ever);
    if let Some(typed) = context.arg("when") {
        title = format!("Timeline: {}", clean(typed));
        if let Some(range) = parse_range(typed) {
            days = range;
        } else {
            match library.find(typed, &[Kind::Actor], article, true).await? {
                Found::Sure { same, how, .. } => {
                    note = show::note(typed, &how);
                    title =
                        format!("Timeline: {}", same.first().map(|it| it.title.clone()).unwrap_or_default());
                    actors = Some(same.iter().map(|named| named.item).collect::<Vec<_>>());
                }
                found => {
                    let answer = show::not_found(typed, "actor or date", found, |named| {
                        format!("timeline {}", named.key)
                    });
                    return Ok(answer.paragraph("Dates go like 2020, 2015-16, 1990s, since 2006 or 2020-07."));
                }
            }
        }
    }
    let mut events = library.timeline(days, article, actors.as_deref()).await?;
    let dated = events.len();
    if days == ever {
        events.extend(library.undated(article, actors.as_deref()).await?);
    }
    if events.is_empty() {
        let mut answer =
            Answer::other(AnswerKind::NothingFound, format!("{title}: no event is recorded there."));
        answer.note = note;
        return Ok(answer.choice("The whole timeline", "timeline"));
    }
    let page = show::page(context, &events, PAGE)?;
    let records = library.records(page.items).await?;
    let entries = records.iter().map(|record| {
        let when = record.item.when().and_then(|when| when.said()).unwrap_or_default();
        show::entry(when, record, library)
    });
    let mut entries: Vec<_> = entries.collect();
    let without = entries.split_off(dated.saturating_sub(page.before).min(entries.len()));
    let mut answer =
        Answer::found(page.title(title)).list("", entries).list("Without a date in the text", without);
    answer.note = note;
    if i64::try_from(dated).is_ok_and(|dated| dated == MOST) {
        answer = answer.paragraph(format!(
            "These are the first {MOST} events: narrow it with a year, an actor or an article."
        ));
    }
    answer.source = show::sources(&answer.blocks);
    Ok(page.turn(context, answer))
}
