//! `/points`: all points of a debate, the best first.

use crate::answer::{Answer, AnswerKind};
use crate::community::Point;
use crate::discussion::{Side, best_first};
use crate::say;

use super::super::command::{Command, Context};
use super::super::options::PAGE;
use super::super::problem::Problem;
use super::super::show;
use super::find::{self, DEBATE};
use super::{point_text, standing};

/// How many points of each side a page has.
const PAGE_SIZE: usize = 5;

pub(in crate::commands) const COMMAND: Command =
    Command::new("points", |context| Box::pin(run(context))).options(&[DEBATE, PAGE]).examples(&["points"]);

async fn run(context: &Context<'_>) -> Result<Answer, Problem> {
    let debate = find::debate(context).await?;
    let mut points = context.world.community.points(debate.id).await?;
    if points.is_empty() {
        let answer = Answer::other(AnswerKind::NothingFound, say!("points-none"));
        return Ok(answer.paragraph(standing::how_to_argue()));
    }
    best_first(&mut points, point_text::standing);
    let of = |side: Side| points.iter().filter(move |point| point.side == side).collect::<Vec<&Point>>();
    let sides = Side::ALL.map(|side| (side, of(side)));
    // A page has the same places of both sides.
    let rows: Vec<usize> = (0..sides.iter().map(|(_, points)| points.len()).max().unwrap_or(0)).collect();
    let page = show::page(context, &rows, PAGE_SIZE)?;
    let title = say!("points-title", motion = &debate.motion, number = points.len());
    let mut answer = Answer::found(page.title(title));
    for (side, points) in &sides {
        let mut entries = Vec::new();
        for point in page.items.iter().filter_map(|row| points.get(*row)) {
            entries.push(point_text::entry(context.library.as_deref(), point).await?);
        }
        let title = say!("points-side", side = side.as_str(), number = points.len());
        answer = answer.list(title, entries);
    }
    Ok(page.turn(context, answer))
}
