//! A point, in words: what somebody says, and apart from it what they cite.

use crate::answer::{Answer, Entry};
use crate::community::Point;
use crate::discussion::Standing;
use crate::library::Library;
use crate::say;

use super::super::problem::Problem;
use super::evidence::Evidence;

/// What decides where a point stands among others.
pub(super) fn standing(point: &Point) -> Standing {
    Standing { support: point.support, has_evidence: point.evidence.is_some(), number: point.number }
}

/// A point by itself, with the button that supports it.
pub(super) async fn answer(library: Option<&Library>, debate: i64, point: &Point) -> Result<Answer, Problem> {
    let title = say!("point-title", number = point.number, side = point.side.as_str());
    let answer = Answer::found(title).paragraph(&point.words);
    let answer = match Evidence::read(point.evidence.as_deref()) {
        Some(evidence) => answer.list(say!("point-evidence"), vec![evidence.entry(library).await?]),
        None => answer.paragraph(say!("point-no-evidence")),
    };
    let answer = match point.support {
        0 => answer,
        support => answer.fields([(say!("point-support"), format!("▲ {support}"))]),
    };
    Ok(answer
        .choice(say!("point-support-label"), format!("point support {} --debate {debate}", point.number)))
}

/// A point as a line of a list.
pub(super) async fn entry(library: Option<&Library>, point: &Point) -> Result<Entry, Problem> {
    let lead = match point.support {
        0 => point.number.to_string(),
        support => format!("{} ▲ {support}", point.number),
    };
    Ok(Entry::new(lead, format!("{} {}", point.words, cites(library, point).await?)))
}

/// What a point cites, in brackets.
async fn cites(library: Option<&Library>, point: &Point) -> Result<String, Problem> {
    Ok(match Evidence::read(point.evidence.as_deref()) {
        Some(evidence) => say!("point-cites", evidence = evidence.said(library).await?),
        None => say!("point-cites-nothing"),
    })
}
