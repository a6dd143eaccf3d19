//! What a pack says for the case that it is one of several: its short name, its place, and what it has in
//! common with others.

use std::collections::HashMap;

use crate::say;

use super::diagnostic::{Diagnostic, Severity};
use super::item::Kind;
use super::limits::{MAX_SAME_AS, MAX_SHORT};
use super::pack::Pack;
use super::read::{Finding, Step};

/// What is wrong with these.
pub(super) fn findings(pack: &Pack) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut error = |path: Vec<Step>, message: String, help: String| {
        findings.push(Finding { severity: Severity::Error, path, message, help });
    };
    let article = &pack.article;
    if let Some(short) = &article.short
        && (short.chars().count() > MAX_SHORT || short.contains('\n'))
    {
        error(
            vec![Step::Key("article"), Step::Key("short")],
            say!("pack-short-name-has-characters-may", chars = short.chars().count(), max_short = MAX_SHORT),
            say!("pack-shorten-write"),
        );
    }
    if article.order == Some(0) {
        error(
            vec![Step::Key("article"), Step::Key("order")],
            say!("pack-places-are-counted-from"),
            say!("pack-write-6"),
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
                    say!("pack-can-t-stand-same-other", same_as = cut(same_as), word = kind.word()),
                    say!("pack-write-number-wikidata-word-packs"),
                );
            } else if let Some(other) = seen.insert(same_as.to_lowercase(), id) {
                error(
                    path,
                    say!("pack-are-both-said", other = other, id = id, same_as = same_as),
                    say!("pack-within-pack-one-thing-keep"),
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
        say!("pack-article-too", article = article, other = other.display().to_string()),
        say!("pack-give-one-them-another-id"),
    )
}

fn cut(text: &str) -> String {
    text.chars().take(80).collect()
}
