//! Which of an answer's links are buttons. The others stand in its text.

use std::collections::HashSet;

use url::Url;

use crate::answer::{Answer, Block};
use crate::say;

use super::limits::{self, length};

/// The most buttons that are links: others need room below an answer too.
const MOST: usize = 2;

/// Where an answer's links lead that are buttons, with what to call them.
pub(super) fn link_buttons(answer: &Answer) -> Vec<(String, &Url)> {
    let blocks = answer.blocks.iter().filter_map(|block| match block {
        Block::Link { label, url } => Some((label.clone(), url)),
        _ => None,
    });
    let source = answer.source.as_ref().and_then(|source| source.link.as_ref());
    let source = source.map(|url| (say!("button-in-article"), url));
    let mut seen = HashSet::new();
    let fits = |(label, url): &(String, &Url)| {
        length(url.as_str()) <= limits::LINK_URL && length(label) <= limits::BUTTON_LABEL
    };
    blocks.chain(source).filter(fits).filter(|(_, url)| seen.insert(*url)).take(MOST).collect()
}

/// Whether a link is a button.
pub(super) fn is_button(answer: &Answer, label: &str, url: &Url) -> bool {
    link_buttons(answer).iter().any(|(text, button)| text == label && *button == url)
}

/// Whether there is a button that leads where all of an answer comes from.
pub(super) fn has_button(answer: &Answer, url: &Url) -> bool {
    link_buttons(answer).iter().any(|(_, button)| *button == url)
}
