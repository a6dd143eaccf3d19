//! What was found wrong in a pack, and the paths at which its items appear.

use std::collections::HashMap;

use super::diagnostic::Severity;
use super::item::{Item, Kind};
use super::pack::Pack;
use super::read::{Finding, Step};

/// What was found so far.
#[derive(Debug, Default)]
pub struct Findings {
    /// In the order in which they were found.
    pub list: Vec<Finding>,
}

impl Findings {
    /// Something that is wrong at a path, and what to do about it.
    pub fn add(
        &mut self,
        severity: Severity,
        path: Vec<Step>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.list.push(Finding { severity, path, message: message.into(), help: help.into() });
    }

    /// Something for which the pack can't be used.
    pub fn error(&mut self, path: Vec<Step>, message: impl Into<String>, help: impl Into<String>) {
        self.add(Severity::Error, path, message, help);
    }

    /// Something that somebody should look at.
    pub fn warn(&mut self, path: Vec<Step>, message: impl Into<String>, help: impl Into<String>) {
        self.add(Severity::Warning, path, message, help);
    }
}

/// The path of something below an item.
pub fn below(item: &[Step], steps: &[Step]) -> Vec<Step> {
    [item, steps].concat()
}

/// A line of a pack to write: `key = "value"`, in backquotes.
pub fn write(key: &str, value: &str) -> String {
    format!("`{key} = {}`", toml::Value::String(value.to_string()))
}

/// Every item with its path.
pub fn items(pack: &Pack) -> Vec<(Vec<Step>, Item)> {
    let mut counts: HashMap<Kind, usize> = HashMap::new();
    pack.clone()
        .into_items()
        .map(|item| {
            let kind = item.kind();
            if kind == Kind::Article {
                return (vec![Step::Key(kind.word())], item);
            }
            let at = counts.entry(kind).or_default();
            let path = vec![Step::Key(kind.word()), Step::At(*at)];
            *at += 1;
            (path, item)
        })
        .collect()
}
