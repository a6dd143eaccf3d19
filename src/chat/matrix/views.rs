//! The views of an answer: what was shown in its place, one after the other, and what each reaction under it stood for.
//!
//! A reaction says which answer it is under, but not what its sender saw there. So earlier views are kept for a while:
//! a tap means what its reaction stood for when its sender saw it.

use serde::{Deserialize, Serialize};

use crate::answer::{Answer, AnswerKind, Block, ChoiceKind, Citation, Entry};
use crate::chat::shared::sentences;

use super::reaction_action::{self, ReactionAction, Step};

/// The number of an answer's views that are kept.
const VIEWS: usize = 8;

/// The number of steps that an answer can be turned back.
const STEPS: usize = 5;

/// The time in which others notice that somebody turned a page, in milliseconds.
const NOTICE: i64 = 4_000;

/// The record of an answer: its views and reactions.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Kept {
    /// The views, the newest last.
    views: Vec<View>,
    /// The number of views so far, with those that are forgotten.
    pub count: u64,
    /// Our own reactions under it: key and event.
    pub marks: Vec<(String, String)>,
    /// In the record of a reaction that was acted on: the answer that it is under, and its key.
    pub tap: Option<(String, String)>,
}

/// A view of an answer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct View {
    /// The command line that gives it again, if it may be run again.
    pub line: Option<String>,
    pub part: usize,
    pub actions: Vec<ReactionAction>,
    /// The steps by which it was opened, the last one last.
    pub steps: Vec<Step>,
    /// Whether it asks what was meant: then its numbers are put under it.
    pub asks: bool,
    /// The command line that gives its place in the text.
    pub source: Option<String>,
    /// Its own citation: the place in the text, and its title.
    pub own: Option<(String, String)>,
    /// The citations of its lines and quotations: the place, and the text there.
    pub cited: Vec<(String, String)>,
    /// When it was first shown, in milliseconds since 1970 UTC, by our clock.
    pub at: i64,
    /// The event that the seed of its random numbers was made from.
    pub seed: String,
    /// The user who had it shown.
    pub by: String,
    /// The event that had it shown.
    pub event: String,
}

impl Kept {
    /// The record of a reaction that was acted on.
    pub fn tapped(answer: &str, key: &str) -> Kept {
        Kept { tap: Some((answer.into(), key.into())), ..Kept::default() }
    }

    /// The view that is shown now.
    pub fn current(&self) -> Option<&View> {
        self.views.last()
    }

    /// Adds a view, which is shown from now on.
    pub fn show(&mut self, view: View) {
        if let Some(before) = self.views.last_mut() {
            // Nobody asks for the source of a view that is gone.
            (before.source, before.own, before.cited) = (None, None, Vec::new());
        }
        self.views.push(view);
        self.count += 1;
        let over = self.views.len().saturating_sub(VIEWS);
        self.views.drain(..over);
    }

    /// The action of a key for somebody who used it at a time, and the view that it belongs to.
    pub fn meant(&self, key: &str, by: &str, at: i64) -> Option<(&View, &ReactionAction)> {
        let action = |view: &'_ View| view.actions.iter().position(|it| reaction_action::is_key(key, it.key));
        let has_seen = |view: &View| if view.by == by { view.at <= at } else { view.at + NOTICE <= at };
        let seen = self.views.iter().rposition(has_seen).unwrap_or(0);
        // Whoever uses a key that was not there before has seen the view that has it.
        let newer = (seen..self.views.len()).find(|it| action(&self.views[*it]).is_some());
        // A key that we have not removed yet means what it last meant.
        let is_there = self.marks.iter().any(|(mark, _)| reaction_action::is_key(key, mark));
        let older = || (0..seen).rev().find(|it| is_there && action(&self.views[*it]).is_some());
        let number = newer.or_else(older)?;
        let view = &self.views[number];
        let meant = &view.actions[action(view)?];
        // A confirmation whose question is not shown any more does nothing.
        let is_over = meant.kind == ChoiceKind::Confirm && number + 1 < self.views.len();
        (!is_over).then_some((view, meant))
    }
}

impl View {
    /// The view of an answer, with what is kept of it.
    pub fn of(answer: &Answer) -> View {
        let source = answer.choices.iter().find(|choice| choice.kind == ChoiceKind::Source);
        let (own, cited) = (own(answer), cited(answer));
        let asks = matches!(answer.kind, AnswerKind::NothingFound | AnswerKind::WrongUsage);
        View { asks, source: source.map(|it| it.line.clone()), own, cited, ..View::default() }
    }

    /// The steps back from the view that an action of this view opens.
    pub fn steps_after(&self, action: &ReactionAction) -> Vec<Step> {
        let mut steps = self.steps.clone();
        match action.kind {
            _ if action.key == reaction_action::RETURN => {
                steps.pop();
            }
            ChoiceKind::Next | ChoiceKind::Previous => {}
            // Another answer of the same command is no step.
            _ if self.line.as_ref() == Some(&action.line) => {}
            _ => {
                let from = self.line.as_ref();
                steps.extend(from.map(|line| Step {
                    line: line.clone(),
                    part: self.part,
                    is_list: action.kind == ChoiceKind::Item,
                    seed: self.seed.clone(),
                }));
                let over = steps.len().saturating_sub(STEPS);
                steps.drain(..over);
            }
        }
        steps
    }

    /// The event that the seed is made from for the view that an action of this view opens, if it is not the tap
    /// itself: so an earlier view is shown again as it was.
    pub fn seed_of(&self, action: &ReactionAction) -> Option<&str> {
        let is_turn = matches!(action.kind, ChoiceKind::Next | ChoiceKind::Previous);
        match self.steps.last() {
            Some(step) if action.key == reaction_action::RETURN => Some(&step.seed),
            _ => Some(&*self.seed).filter(|_| is_turn && self.line.as_ref() == Some(&action.line)),
        }
    }

    /// Its citations, as an answer.
    pub fn sources(&self) -> Answer {
        let entries: Vec<_> =
            self.own.iter().chain(&self.cited).map(|(place, of)| Entry::new(place, of)).collect();
        sentences::sources_shown(Vec::new(), entries)
    }
}

/// The citation of an answer as a whole. That of a page of quotations would only repeat theirs.
fn own(answer: &Answer) -> Option<(String, String)> {
    let quotes = answer.blocks.iter().any(|it| matches!(it, Block::Quotation { .. }));
    let place = answer.source.as_ref().filter(|_| !quotes).map(Citation::line)?;
    (!place.is_empty()).then(|| (place, answer.title.clone()))
}

/// The citations of the lines and quotations of an answer.
fn cited(answer: &Answer) -> Vec<(String, String)> {
    let mut cited = Vec::new();
    for block in &answer.blocks {
        match block {
            Block::Quotation { words, source, .. } => cited.push((source.line(), words.clone())),
            Block::List { entries, .. } => cited.extend(entries.iter().filter_map(|entry| {
                let of = [&*entry.lead, &*entry.text].join(" ");
                Some((entry.source.as_ref()?.line(), of.trim().to_string()))
            })),
            _ => {}
        }
    }
    cited.retain(|(place, _)| !place.is_empty());
    cited
}

#[cfg(test)]
mod tests {
    use super::reaction_action::{BACK, KEYS, ON, RETURN, YES};
    use super::*;

    fn action(key: &'static str, line: &str, kind: ChoiceKind) -> ReactionAction {
        ReactionAction { key, line: line.into(), part: 0, kind }
    }

    fn pages() -> Kept {
        let mut kept = Kept::default();
        let turns = |next: &str, before: Option<&str>| {
            let mut actions = vec![action(ON, next, ChoiceKind::Next)];
            actions.extend(before.map(|line| action(BACK, line, ChoiceKind::Previous)));
            actions
        };
        kept.show(View { line: Some("a".into()), actions: turns("b", None), ..View::default() });
        let b = View { line: Some("b".into()), actions: turns("c", Some("a")), ..View::default() };
        kept.show(View { at: 10_000, by: "@ada".into(), ..b });
        kept
    }

    #[test]
    fn a_tap_means_what_its_reaction_stood_for_when_it_was_seen() {
        let stored = serde_json::to_string(&pages()).unwrap();
        let kept: Kept = serde_json::from_str(&stored).unwrap();
        assert_eq!(kept, pages());
        let meant = |key, by, at| kept.meant(key, by, at).map(|(_, action)| action.line.as_str());
        // Who turned the page sees it, and others when they have had time to.
        assert_eq!(meant(ON, "@ada", 10_001), Some("c"));
        assert_eq!(meant(ON, "@ada", 9_999), Some("b"));
        assert_eq!(meant(ON, "@ben", 12_000), Some("b"));
        assert_eq!(meant(ON, "@ben", 14_000), Some("c"));
        // What was not there before.
        assert_eq!(meant(BACK, "@ben", 11_000), Some("a"));
        assert_eq!(meant(KEYS[0], "@ben", 11_000), None);
    }

    #[test]
    fn a_key_that_is_still_there_means_what_it_meant() {
        let mut kept = Kept::default();
        kept.show(View { actions: vec![action(KEYS[1], "two", ChoiceKind::Item)], ..View::default() });
        kept.show(View { at: 1, ..View::default() });
        assert!(kept.meant(KEYS[1], "@ben", 100_000).is_none());
        kept.marks.push((KEYS[1].into(), "$mark".into()));
        assert_eq!(kept.meant(KEYS[1], "@ben", 100_000).unwrap().1.line, "two");
        // But nothing is confirmed twice.
        let mut kept = Kept::default();
        kept.show(View { actions: vec![action(YES, "rollback x", ChoiceKind::Confirm)], ..View::default() });
        assert!(kept.meant(YES, "@ben", 1).is_some());
        kept.show(View { at: 1, ..View::default() });
        assert!(kept.meant(YES, "@ben", 1).is_none());
    }

    #[test]
    fn what_is_opened_can_be_turned_back() {
        let list = View { line: Some("timeline".into()), part: 1, seed: "$asked".into(), ..View::default() };
        let item = action(KEYS[0], "event x", ChoiceKind::Item);
        let steps = list.steps_after(&item);
        assert_eq!(steps, [Step { line: "timeline".into(), part: 1, is_list: true, seed: "$asked".into() }]);
        let opened = View { line: Some("event x".into()), steps, ..View::default() };
        let source = opened.steps_after(&action(KEYS[1], "source x", ChoiceKind::Source));
        assert_eq!(source.len(), 2);
        assert!(!source[1].is_list);
        assert_eq!(opened.steps_after(&action(ON, "event x --page 2", ChoiceKind::Next)), opened.steps);
        let back = action(RETURN, "timeline", ChoiceKind::Other);
        assert!(opened.steps_after(&back).is_empty());
        assert_eq!(opened.seed_of(&back), Some("$asked"));
        assert_eq!(opened.seed_of(&item), None);
        // Another one of the same is no step.
        assert_eq!(list.steps_after(&action(KEYS[0], "timeline", ChoiceKind::Other)), []);
    }
}
