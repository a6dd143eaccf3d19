//! `/debate export`: a debate as Markdown for people, and as Argdown for argument maps.

use crate::answer::{Answer, Block};
use crate::community::{Debate, Point};
use crate::discussion::{Side, best_first};
use crate::library::Library;
use crate::say;

use super::super::command::{Command, Context};
use super::super::problem::Problem;
use super::evidence::Evidence;
use super::find::{self, DEBATE};
use super::{point_text, standing};

pub(in crate::commands) const COMMAND: Command =
    Command::new("debate export", |context| Box::pin(run(context)))
        .options(&[DEBATE])
        .examples(&["debate export"]);

async fn run(context: &Context<'_>) -> Result<Answer, Problem> {
    let debate = find::debate(context).await?;
    let library = context.library.as_deref();
    let mut points = context.world.community.points(debate.id).await?;
    best_first(&mut points, point_text::standing);
    let cited = cited(library, &points).await?;
    // What everybody can see of it now: votes are in it only once they were counted.
    let mut shown = standing::answer(context.world, &debate).await?;
    if !debate.stage.phase.is_over() {
        // The motion alone: the rest asks people to do something.
        shown.blocks.truncate(1);
    }
    let mut answer = Answer::found(say!("debate-export-title", motion = &debate.motion));
    for (name, text) in
        [("Markdown", markdown(&shown, &points, &cited)), ("Argdown", argdown(&debate, &points, &cited))]
    {
        answer = answer.paragraph(format!("{name}:"));
        answer.blocks.push(Block::Code { text });
    }
    Ok(answer)
}

/// What each point cites, in the order of the points.
async fn cited(library: Option<&Library>, points: &[Point]) -> Result<Vec<Option<String>>, Problem> {
    let mut cited = Vec::new();
    for point in points {
        cited.push(match Evidence::read(point.evidence.as_deref()) {
            Some(evidence) => Some(evidence.said(library).await?),
            None => None,
        });
    }
    Ok(cited)
}

/// A debate in Markdown (CommonMark, <https://spec.commonmark.org/>): what is shown of it, and all its points.
fn markdown(shown: &Answer, points: &[Point], cited: &[Option<String>]) -> String {
    let mut text = format!("# {}\n", escaped(&shown.title, MARKDOWN));
    for block in &shown.blocks {
        match block {
            Block::Paragraph { text: said } => text.push_str(&format!("\n{}\n", escaped(said, MARKDOWN))),
            Block::Fields { fields } => {
                text.push('\n');
                for (name, value) in fields {
                    text.push_str(&format!("- {}: {}\n", escaped(name, MARKDOWN), escaped(value, MARKDOWN)));
                }
            }
            // The best points come with all others below.
            Block::List { title, entries } if entries.iter().all(|entry| entry.lead.is_empty()) => {
                text.push_str(&format!("\n{}:\n\n", escaped(title, MARKDOWN)));
                for entry in entries {
                    text.push_str(&format!("- {}\n", escaped(&entry.text, MARKDOWN)));
                }
            }
            _ => {}
        }
    }
    for side in Side::ALL {
        let number = points.iter().filter(|point| point.side == side).count();
        text.push_str(&format!("\n## {}\n\n", say!("points-side", side = side.as_str(), number = number)));
        for (point, cited) in points.iter().zip(cited).filter(|(point, _)| point.side == side) {
            text.push_str(&format!(
                "- {}. {} (▲ {})\n",
                point.number,
                escaped(&point.words, MARKDOWN),
                point.support
            ));
            let cited = cited.as_ref().map_or_else(|| say!("point-no-evidence"), Clone::clone);
            text.push_str(&format!("  - {}\n", escaped(&cited, MARKDOWN)));
        }
    }
    text
}

/// A debate in Argdown (<https://argdown.org/syntax/>): the motion, what supports and attacks it, and what that rests on.
fn argdown(debate: &Debate, points: &[Point], cited: &[Option<String>]) -> String {
    let mut text = format!("[Motion]: {}\n", escaped(&debate.motion, ARGDOWN));
    for (point, cited) in points.iter().zip(cited) {
        let sign = match point.side {
            Side::For => '+',
            Side::Against => '-',
        };
        let number = point.number;
        text.push_str(&format!("  {sign} <Point {number}>: {}\n", escaped(&point.words, ARGDOWN)));
        if let Some(cited) = cited {
            text.push_str(&format!("    + [Evidence {number}]: {}\n", escaped(cited, ARGDOWN)));
        }
    }
    text
}

/// The signs that Markdown and HTML read wherever they stand.
const MARKDOWN: &str = "\\`*_[]<>&|~#";

/// The signs that Argdown reads.
const ARGDOWN: &str = "\\`*_[]<>{}#@";

/// A text in one line, with a backslash before every sign that would be read as markup.
fn escaped(text: &str, signs: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    // At the beginning, "-" and "1." are marks of lists.
    let digits = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let mark = text.len() - digits.len();
    let is_mark =
        digits.starts_with(['-', '+', '=']) && mark == 0 || digits.starts_with(['.', ')']) && mark > 0;
    for (at, c) in text.char_indices() {
        if signs.contains(c) || is_mark && at == mark {
            escaped.push('\\');
        }
        escaped.push(if c.is_control() { ' ' } else { c });
    }
    escaped
}
