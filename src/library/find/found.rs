//! What was found under a name or a description, and how sure it is.

use std::collections::HashMap;

use crate::article::Kind;
use crate::article::fold::fold;

/// A candidate leads clearly when the words typed cover this much more of its name than of the next one's.
const CLEAR_LEAD: f64 = 1.45;
/// The same for a candidate of whose name only a part was typed.
const CLEAR_LEAD_OF_PART: f64 = 2.0;

/// How a thing was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MatchKind {
    /// Its name, one of its other names, or its id.
    Exact,
    /// Words of its name, and enough of them.
    Words,
    /// Another form or spelling of its name, or few of its words: the name that it was taken for.
    Read(String),
    /// What is said of it.
    Text,
}

/// Something that has a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Its row.
    pub item: i64,
    /// What it is.
    pub kind: Kind,
    /// Its article's row.
    pub article: i64,
    /// Its article's id in its pack.
    pub article_key: String,
    /// What lists and sources call its article.
    pub article_name: String,
    /// Its article's language.
    pub language: String,
    /// Its id in the pack.
    pub key: String,
    /// What a line calls it for a command of its kind, in its article.
    pub handle: String,
    /// What a line calls it for a command of all kinds, in its article.
    pub any_handle: String,
    /// What it is called.
    pub title: String,
    /// The name that matched, which may be another one.
    pub shown: String,
    /// The row of the first of those that are one thing, in several articles: itself where only one has it.
    pub(super) thing: i64,
    /// Whether all that has the name that matched is of this kind and title.
    pub(super) is_sole: bool,
}

/// What was found under a name or a description.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// One thing, in one article or (under the same title) in several. `others` are less likely.
    Sure {
        /// The thing, once an article.
        same: Vec<Named>,
        /// Other things that could be meant.
        others: Vec<Named>,
        /// How it was found.
        how: MatchKind,
    },
    /// Several things that go by it, none of which leads clearly.
    Unsure(Vec<Named>),
    /// Nothing goes by it; these are near.
    Near(Vec<Named>),
    /// Nothing at all.
    Nothing,
}

/// How far what was typed can be taken for a candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Trust {
    /// It can be offered.
    Offered,
    /// It can be answered if that is said.
    Told,
    /// It is what was typed.
    Plain,
}

/// Something that may be meant.
pub(super) struct Candidate {
    pub named: Named,
    /// How much of its name was typed, from 0 to 1.
    pub cover: f64,
    pub trust: Trust,
}

/// Decides whether one of those that go by exactly this name is meant. Things of one kind and title in several
/// articles are one.
pub(super) fn judge_exact(named: Vec<Named>) -> Found {
    let candidate = |named| Candidate { named, cover: 1.0, trust: Trust::Plain };
    let mut groups = group(named.into_iter().map(candidate).collect());
    match groups.len() {
        0 => Found::Nothing,
        1 => Found::Sure { same: groups.swap_remove(0).named(), others: vec![], how: MatchKind::Exact },
        _ => Found::Unsure(groups.into_iter().map(Group::first).collect()),
    }
}

/// Decides whether one of the candidates is what was meant. The measure is how much of a candidate's name was typed.
pub(super) fn judge(candidates: Vec<Candidate>) -> Found {
    let groups = group(candidates);
    let Some(first) = groups.first() else { return Found::Nothing };
    let lead = if first.best.1 < 1.0 { CLEAR_LEAD_OF_PART } else { CLEAR_LEAD };
    let leads = groups.get(1).is_none_or(|second| first.best.1 >= lead * second.best.1);
    let how = match first.best.0 {
        Trust::Offered => return Found::Near(groups.into_iter().map(Group::first).collect()),
        _ if !leads => return Found::Unsure(groups.into_iter().map(Group::first).collect()),
        Trust::Told => MatchKind::Read(first.all[0].named.shown.clone()),
        Trust::Plain => MatchKind::Words,
    };
    let mut groups = groups.into_iter();
    let same = groups.next().map(Group::named).unwrap_or_default();
    Found::Sure { same, others: groups.map(Group::first).collect(), how }
}

/// Things of one kind and title.
struct Group {
    best: (Trust, f64),
    all: Vec<Candidate>,
}

impl Group {
    fn named(self) -> Vec<Named> {
        self.all.into_iter().map(|candidate| candidate.named).collect()
    }

    fn first(mut self) -> Named {
        self.all.swap_remove(0).named
    }
}

/// The groups of the candidates, the likeliest first: each thing once, by the name that fits best.
fn group(candidates: Vec<Candidate>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut places: HashMap<(Kind, String), usize> = HashMap::new();
    for candidate in candidates {
        let fits = (candidate.trust, candidate.cover);
        let at = *places.entry((candidate.named.kind, fold(&candidate.named.title))).or_insert_with(|| {
            groups.push(Group { best: fits, all: Vec::new() });
            groups.len() - 1
        });
        let group = &mut groups[at];
        let known = group.all.iter_mut().find(|other| other.named.item == candidate.named.item);
        match known {
            Some(other) if fits > (other.trust, other.cover) => *other = candidate,
            Some(_) => {}
            None => group.all.push(candidate),
        }
        if fits > group.best {
            group.best = fits;
        }
    }
    groups.sort_by(|a, b| b.best.0.cmp(&a.best.0).then(b.best.1.total_cmp(&a.best.1)));
    groups
}
