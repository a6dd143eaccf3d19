//! Whether what was found answers a question.

use super::evidence::Evidence;
use super::measure::Measure;
use super::weigh::{Clue, ClueKind};

/// From this share of what the question is about on, an item answers it.
const ENOUGH: f64 = 0.35;
/// An item that has less of a name, or of a date, is not about it.
const NAME_NEEDED: f64 = 0.6;
/// An item that has less of a word does not say it.
const WORD_NEEDED: f64 = 0.3;

/// How sure an answer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Confidence {
    /// The best item has what the question is about.
    Sure,
    /// The best item has a part of it.
    Near,
    /// No text has what the question is about.
    Nothing,
}

/// Whether the best item answers the question: it has every name and what else the question is about, and of a
/// question about one person some of what is asked.
///
/// A word that no text has may say in other words what a text says, unless the question is about it; one that other
/// items have and this one lacks tells that this is not what was asked.
pub(super) fn judge(clues: &[Clue], evidence: &Evidence, best: &Measure) -> Confidence {
    if best.is_foreseen {
        return Confidence::Sure;
    }
    let is_nowhere = |at: usize| evidence.hits[at].is_empty() && evidence.alike[at].is_empty();
    let mut lacks = false;
    let (mut names, mut words, mut known) = (0, 0, false);
    let mut says_some = false;
    for (at, (clue, share)) in clues.iter().zip(&best.shares).enumerate() {
        match &clue.kind {
            ClueKind::Name { speaks: true, .. } => {}
            ClueKind::Name { is_actor, .. } => {
                lacks |= *share < NAME_NEEDED;
                // A thing that has a name is what was asked for; a person has done many things.
                names += if *is_actor { 1 } else { 10 };
            }
            ClueKind::Date(..) => lacks |= *share < NAME_NEEDED,
            ClueKind::Word { .. } => {
                lacks |= clue.is_subject && *share < WORD_NEEDED || clue.is_needed && is_nowhere(at);
                if !clue.is_light {
                    words += 1;
                    known |= !evidence.hits[at].is_empty();
                    says_some |= *share >= WORD_NEEDED + 0.05;
                }
            }
        }
    }
    // Three names together are more than a coincidence.
    let is_of_few = (1..3).contains(&names);
    lacks |= is_of_few && words > 0 && !says_some && (names == 1 || known);
    match best.cover >= ENOUGH && !lacks {
        true => Confidence::Sure,
        false => Confidence::Near,
    }
}
