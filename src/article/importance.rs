//! Which items an editor marks as those that matter most: advice where none is marked, or too many.

use crate::say;

use super::finding::{Findings, below, items};
use super::item::{Item, Kind};
use super::pack::Pack;
use super::read::Step;

/// From how many items of a kind on some should be marked: fewer are seen at a glance.
const MANY: usize = 12;

/// At most one in so many should be marked.
const ONE_IN: usize = 3;

/// The kinds of which items can be marked.
const KINDS: [Kind; 4] = [Kind::Event, Kind::Quote, Kind::Argument, Kind::Actor];

/// Advises an editor who marked no item of a kind that has many, or more than a third of them.
pub fn advise(findings: &mut Findings, pack: &Pack) {
    let items = items(pack);
    for kind in KINDS {
        let all: Vec<&(Vec<Step>, Item)> = items.iter().filter(|(_, item)| item.kind() == kind).collect();
        let marked: Vec<_> = all.iter().filter(|(_, item)| item.is_key()).collect();
        let most = all.len() / ONE_IN;
        let word = kind.word();
        match (all.first(), marked.first()) {
            _ if all.len() < MANY => {}
            (Some((first, _)), None) => findings.warn(
                first.clone(),
                say!("pack-none-items-marked-one-matters", all = all.len(), word = word),
                say!("pack-write-those-reader-should-see", most = most),
            ),
            (_, Some((path, _))) if marked.len() > most => findings.warn(
                below(path, &[Step::Key("key")]),
                say!(
                    "pack-items-are-marked-those-matter",
                    marked = marked.len(),
                    all = all.len(),
                    word = word
                ),
                say!("pack-keep-most-them", most = most),
            ),
            _ => {}
        }
    }
}
