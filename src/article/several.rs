//! What a pack says for the case that it is one of several: its short name, its place, and what it has in
//! common with others.

use std::collections::HashMap;

use super::diagnostic::{Diagnostic, Severity};
use super::item::Kind;
use super::limits::{MAX_SAME_AS, MAX_SHORT};
use super::pack::Pack;
use super::read::{Finding, Step};

/// What is wrong with these.
pub(super) fn findings(pack: &Pack) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut error = |path: Vec<Step>, message: String, help: &str| {
        findings.push(Finding { severity: Severity::Error, path, message, help: help.into() });
    };
    let article = &pack.article;
    if let Some(short) = &article.short
        && (short.chars().count() > MAX_SHORT || short.contains('\n'))
    {
        error(
            vec![Step::Key("article"), Step::Key("short")],
            format!("the short name has {} characters; it may have {MAX_SHORT}", short.chars().count()),
            "shorten it: write `short = \"No. 10\"`",
        );
    }
    if article.order == Some(0) {
        error(
            vec![Step::Key("article"), Step::Key("order")],
            "places are counted from 1".into(),
            "write `order = 1`",
        );
    }
    let actors = pack.actors.iter().map(|it| (Kind::Actor, &it.id, it.same_as.as_ref()));
    let events = pack.events.iter().map(|it| (Kind::Event, &it.id, it.same_as.as_ref()));
    for items in [Box::new(actors) as Box<dyn Iterator<Item = _>>, Box::new(events)] {
        let mut seen: HashMap<String, &str> = HashMap::new();
        for (at, (kind, id, same_as)) in items.enumerate() {
            let path = vec![Step::Key(kind.word()), Step::At(at), Step::Key("same_as")];
            let Some(same_as) = same_as else { continue };
            let plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
            if same_as.is_empty() || same_as.len() > MAX_SAME_AS || !same_as.chars().all(plain) {
                error(
                    path,
                    format!("`{}` can't stand for the same {} in other packs", cut(same_as), kind.word()),
                    "write its number in Wikidata, `same_as = \"Q11813\"`, or a word that the packs agree on, \
                     `same_as = \"james-madison\"`: letters, digits and hyphens, at most 60",
                );
            } else if let Some(other) = seen.insert(same_as.to_lowercase(), id) {
                error(
                    path,
                    format!("`{other}` and `{id}` are both said to be `{same_as}`"),
                    "within a pack that is one thing: keep it for the right one, or make them one item",
                );
            }
        }
    }
    findings
}

/// Two pack files of one article: the error for the second.
pub fn taken(file: String, article: &str, other: &std::path::Path) -> Diagnostic {
    Diagnostic::of_file(
        file,
        format!("the article `{article}` is in {} too", other.display()),
        "give one of them another id, or take the file away",
    )
}

fn cut(text: &str) -> String {
    text.chars().take(80).collect()
}
