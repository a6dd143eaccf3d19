//! What a pack says, held against the article's text.

use std::ops::Range;

use super::finding::{Findings, below, items};
use super::item::Item;
use super::pack::*;
use super::read::Step;
use super::text::{Place, Text};

/// Proves a pack against its text. Gives the share of the text's words that the quotes repeat, from 0 to 1.
pub fn against(findings: &mut Findings, pack: &Pack, text: &Text, limit: f64) -> f64 {
    Proof(findings).against(pack, text, limit)
}

struct Proof<'a>(&'a mut Findings);

impl Proof<'_> {
    fn against(&mut self, pack: &Pack, text: &Text, limit: f64) -> f64 {
        let article = [Step::Key("article")];
        match &pack.article.source_sha256 {
            Some(hash) if *hash != text.sha256 => self.0.error(
                below(&article, &[Step::Key("source_sha256")]),
                "the pack was made from another version of the text",
                format!("compare the two; if all is well, write `{}`", text.sha256),
            ),
            Some(_) => {}
            None => self.0.warn(
                article.to_vec(),
                "the pack does not say which text it was made from",
                format!("add `source_sha256 = \"{}\"`", text.sha256),
            ),
        }
        for (index, section) in pack.article.sections.iter().enumerate() {
            let at = below(&article, &[Step::Key("section"), Step::At(index)]);
            if let Some(heading) = &section.heading
                && !text.has_heading(heading)
            {
                self.0.error(
                    below(&at, &[Step::Key("heading")]),
                    format!("the text has no heading “{heading}”"),
                    "copy the heading's line, or use `name`",
                );
            }
            if section.last > text.paragraphs() {
                self.0.error(
                    below(&at, &[Step::Key("last")]),
                    format!("the text has only {} paragraphs", text.paragraphs()),
                    "count the non-empty lines that are not headings",
                );
            }
        }
        if let Some(section) = pack.article.sections.last()
            && section.last < text.paragraphs()
        {
            self.0.warn(
                below(
                    &article,
                    &[Step::Key("section"), Step::At(pack.article.sections.len() - 1), Step::Key("last")],
                ),
                format!("the text goes on to paragraph {}", text.paragraphs()),
                "let the last section reach the end, or add another",
            );
        }
        let mut quoted: Vec<(u32, Range<usize>)> = Vec::new();
        for (path, item) in items(pack) {
            let Some(source) = item.source() else { continue };
            let words = match &item {
                Item::Quote(quote) => quote.words.as_str(),
                _ => "",
            };
            if let Some(at) = self.place(&path, text, source, words)
                && let Item::Quote(quote) = &item
            {
                self.quotation(&path, text, quote, &at);
                quoted.push((source.paragraph, at));
            }
            self.wordings(&path, text, &item, source.paragraph);
        }
        let share = text.share(&quoted);
        if share > limit {
            self.0.error(
                vec![Step::Key("quote")],
                format!(
                    "the quotes repeat {:.0} of the text's {} words, {:.1} %; the limit is {:.1} %",
                    share * f64::from(text.words()),
                    text.words(),
                    share * 100.0,
                    limit * 100.0
                ),
                "a pack is a companion to an article, not a copy of it: shorten the quotes",
            );
        }
        share
    }

    fn place(&mut self, path: &[Step], text: &Text, source: &Source, words: &str) -> Option<Range<usize>> {
        let source_at = below(path, &[Step::Key("source")]);
        let exact_at = match source.exact {
            Some(_) => below(&source_at, &[Step::Key("exact")]),
            None => below(path, &[Step::Key("words")]),
        };
        let marked = source.exact.as_deref().unwrap_or(words);
        if marked.split_whitespace().count() < 2 && source.prefix.is_none() && source.suffix.is_none() {
            self.0.error(
                exact_at.clone(),
                "a single word marks no place",
                "add the words just before as `prefix`, or those just after as `suffix`",
            );
        }
        match text.find(source, words) {
            Place::Once(at) => return Some(at),
            Place::NoParagraph => self.0.error(
                below(&source_at, &[Step::Key("paragraph")]),
                format!("the text has no paragraph {}", source.paragraph),
                format!("paragraphs go from 1 to {}", text.paragraphs()),
            ),
            Place::NotThere(elsewhere) if elsewhere.is_empty() => self.0.error(
                exact_at,
                "these words are not in the text, or not between this prefix and suffix",
                "copy them from the text, word for word",
            ),
            Place::NotThere(elsewhere) => self.0.error(
                below(&source_at, &[Step::Key("paragraph")]),
                format!("the words are not in paragraph {}", source.paragraph),
                format!(
                    "they are in paragraph {}",
                    elsewhere.iter().map(u32::to_string).collect::<Vec<_>>().join(", ")
                ),
            ),
            Place::Often(times) => self.0.error(
                exact_at,
                format!("these words stand {times} times in paragraph {}", source.paragraph),
                "add the words just before as `prefix`, or those just after as `suffix`",
            ),
        }
        None
    }

    fn quotation(&mut self, path: &[Step], text: &Text, quote: &Quote, at: &Range<usize>) {
        let kind_at = below(path, &[Step::Key("kind")]);
        // `exact` may mark a longer place than the words themselves.
        let within = quote.source.exact.is_some()
            && text.find(
                &Source { exact: None, prefix: None, suffix: None, ..quote.source.clone() },
                &quote.words,
            ) == Place::NotThere(vec![]);
        if within {
            self.0.error(
                below(path, &[Step::Key("words")]),
                "these words are not in the text",
                "copy them from the text, word for word",
            );
        }
        match (quote.kind, text.is_quoted(quote.source.paragraph, at)) {
            (QuoteKind::Verbatim | QuoteKind::Phrase, false) => self.0.error(
                kind_at,
                "these words are not in quotation marks in the text",
                "make it `reported` if the author tells what someone said, else `author`",
            ),
            (QuoteKind::Author | QuoteKind::Reported, true) => self.0.error(
                kind_at,
                "these words are in quotation marks in the text",
                "make it `verbatim` if the text says who said them, else `phrase`",
            ),
            _ => {}
        }
    }

    /// A date's wording must stand in the paragraph that the item is from.
    fn wordings(&mut self, path: &[Step], text: &Text, item: &Item, paragraph: u32) {
        let mut dates: Vec<(Vec<Step>, &When)> = Vec::new();
        if let Item::Actor(actor) = item {
            dates.extend(actor.roles.iter().enumerate().filter_map(|(at, role)| {
                Some((vec![Step::Key("role"), Step::At(at), Step::Key("when")], role.when.as_ref()?))
            }));
        }
        dates.extend(item.when().map(|when| (vec![Step::Key("when")], when)));
        for (steps, when) in dates {
            let Some(wording) = &when.text else { continue };
            let anywhere = matches!(item, Item::Actor(_));
            let there = text.paragraph_has(paragraph, wording)
                || (anywhere && (1..=text.paragraphs()).any(|number| text.paragraph_has(number, wording)));
            if !there {
                self.0.error(
                    below(&below(path, &steps), &[Step::Key("text")]),
                    format!("“{wording}” is not in paragraph {paragraph}"),
                    "copy the text's wording, or mark the date `by = \"editor\"` and leave `text` out",
                );
            }
        }
    }
}
