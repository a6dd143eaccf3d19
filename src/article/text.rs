//! The article's text, and where words stand in it.

use std::ops::Range;

use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

use super::pack::{Article, Source};

/// A text in paragraphs, with typographic differences evened out: quotation marks, dashes, spaces
/// and Unicode form. Nothing else is forgiven.
#[derive(Debug)]
pub struct Text {
    paragraphs: Vec<String>,
    headings: Vec<String>,
    /// SHA-256 of the text as it was given, in lower-case hexadecimal.
    pub sha256: String,
}

/// How a search for words in a paragraph ended.
#[derive(Debug, PartialEq, Eq)]
pub enum Place {
    /// They stand there once, at these bytes of the paragraph.
    Once(Range<usize>),
    /// There is no paragraph of that number.
    NoParagraph,
    /// They don't stand there; where they do, if anywhere.
    NotThere(Vec<u32>),
    /// They stand there more than once.
    Often(usize),
}

impl Text {
    /// Reads a text: every non-empty line is a paragraph, but for the headings of the article's
    /// sections.
    pub fn new(text: &str, article: &Article) -> Text {
        let headings: Vec<String> =
            article.sections.iter().filter_map(|section| section.heading.as_deref()).map(even).collect();
        let (mut paragraphs, mut found) = (Vec::new(), Vec::new());
        for line in text.lines().map(even).filter(|line| !line.is_empty()) {
            if headings.contains(&line) {
                found.push(line);
            } else {
                paragraphs.push(line);
            }
        }
        Text { paragraphs, headings: found, sha256: sha256(text.as_bytes()) }
    }

    /// How many paragraphs there are.
    pub fn paragraphs(&self) -> u32 {
        u32::try_from(self.paragraphs.len()).unwrap_or(u32::MAX)
    }

    /// Whether the text has this heading on a line of its own.
    pub fn has_heading(&self, heading: &str) -> bool {
        self.headings.contains(&even(heading))
    }

    /// Whether a paragraph contains these words, as whole words.
    pub fn paragraph_has(&self, paragraph: u32, words: &str) -> bool {
        self.paragraph(paragraph).is_some_and(|text| !occurrences(text, &even(words)).is_empty())
    }

    fn paragraph(&self, number: u32) -> Option<&str> {
        self.paragraphs.get(number.checked_sub(1)? as usize).map(String::as_str)
    }

    /// Where the words stand that a source names; `words` are meant where it has no `exact`.
    pub fn find(&self, source: &Source, words: &str) -> Place {
        let Some(paragraph) = self.paragraph(source.paragraph) else {
            return Place::NoParagraph;
        };
        let exact = even(source.exact.as_deref().unwrap_or(words));
        let prefix = source.prefix.as_deref().map(even).unwrap_or_default();
        let suffix = source.suffix.as_deref().map(even).unwrap_or_default();
        let fits = |text: &str, at: &Range<usize>| {
            text[..at.start].trim_end().ends_with(&prefix) && text[at.end..].trim_start().starts_with(&suffix)
        };
        let mut places = occurrences(paragraph, &exact);
        places.retain(|at| fits(paragraph, at));
        match (places.len(), places.pop()) {
            (1, Some(at)) => Place::Once(at),
            (0, _) => Place::NotThere(
                (1..)
                    .zip(&self.paragraphs)
                    .filter(|(_, text)| occurrences(text, &exact).iter().any(|at| fits(text, at)))
                    .map(|(number, _)| number)
                    .collect(),
            ),
            (often, _) => Place::Often(often),
        }
    }

    /// Whether a place in a paragraph lies inside quotation marks: after an opening mark, and before
    /// the mark that closes it.
    pub fn is_quoted(&self, paragraph: u32, at: &Range<usize>) -> bool {
        let Some(text) = self.paragraph(paragraph) else { return false };
        let before = text[..at.start].matches('"').count();
        let inside = text[at.clone()].matches('"').count();
        let after = text[at.end..].matches('"').count();
        // A speech over several paragraphs is closed in the last only, and opened in each.
        let goes_on = || self.paragraph(paragraph + 1).is_some_and(|next| next.starts_with('"'));
        before % 2 == 1 && inside == 0 && (after > 0 || goes_on())
    }

    /// How many words the paragraphs have together.
    pub fn words(&self) -> u32 {
        let words = self.paragraphs.iter().map(|text| text.split(' ').count()).sum::<usize>();
        u32::try_from(words).unwrap_or(u32::MAX)
    }

    /// The share of the text's words that lie in any of these places, from 0 to 1.
    pub fn share(&self, places: &[(u32, Range<usize>)]) -> f64 {
        let (mut total, mut covered) = (0_u32, 0_u32);
        for (number, text) in (1..).zip(&self.paragraphs) {
            let mut at = 0;
            for word in text.split(' ') {
                let middle = at + word.len() / 2;
                total += 1;
                let inside =
                    places.iter().any(|(paragraph, place)| *paragraph == number && place.contains(&middle));
                covered += u32::from(inside);
                at += word.len() + 1;
            }
        }
        f64::from(covered) / f64::from(total.max(1))
    }
}

/// SHA-256 in lower-case hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn even(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.nfc() {
        match c {
            '“' | '”' | '„' | '‟' | '«' | '»' | '″' => out.push('"'),
            '‘' | '’' | '‚' | '‛' | '′' => out.push('\''),
            '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => out.push('-'),
            '…' => out.push_str("..."),
            '\u{ad}' | '\u{200b}' | '\u{feff}' => {}
            c if c.is_whitespace() => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c => out.push(c),
        }
    }
    out.trim().to_string()
}

/// Where `words` stand in `text` as whole words.
fn occurrences(text: &str, words: &str) -> Vec<Range<usize>> {
    if words.is_empty() {
        return Vec::new();
    }
    let inner = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    text.match_indices(words)
        .map(|(at, _)| at..at + words.len())
        .filter(|at| {
            let cut_before = inner(text[..at.start].chars().next_back()) && inner(words.chars().next());
            let cut_after = inner(text[at.end..].chars().next()) && inner(words.chars().next_back());
            !cut_before && !cut_after
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Text {
        let article = toml::from_str(
            "id = 'a'\ntitle = 'A'\nlanguage = 'en'\nsummary = 's'\nsection = [{ heading = 'Part Two', first = 2, last = 3 }]",
        );
        Text::new(text, &article.unwrap())
    }

    fn source(paragraph: u32, exact: &str, prefix: Option<&str>) -> Source {
        Source { paragraph, exact: Some(exact.into()), prefix: prefix.map(Into::into), suffix: None }
    }

    #[test]
    fn forgives_typography_but_never_words() {
        let text = text("He said “we’re  done” – twice.\n\nPart Two\n\nDone is done.\nundone");
        assert_eq!(text.paragraphs(), 3);
        assert!(text.has_heading("Part  Two") && !text.has_heading("Part One"));
        assert_eq!(text.find(&source(1, "\"we're done\" - twice", None), ""), Place::Once(8..28));
        assert_eq!(text.find(&source(1, "were done", None), ""), Place::NotThere(vec![]));
        assert_eq!(text.find(&source(1, "is done", None), ""), Place::NotThere(vec![2]));
        assert_eq!(text.find(&source(9, "done", None), ""), Place::NoParagraph);
        // Whole words only: the third paragraph's "undone" has no "done".
        assert_eq!(text.find(&source(3, "done", None), ""), Place::NotThere(vec![1, 2]));
        assert_eq!(text.find(&source(2, "one", None), ""), Place::NotThere(vec![]));
    }

    #[test]
    fn context_tells_two_places_apart() {
        let text = text("to be or not to be");
        assert_eq!(text.find(&source(1, "to be", None), ""), Place::Often(2));
        assert_eq!(text.find(&source(1, "to be", Some("not")), ""), Place::Once(13..18));
    }

    #[test]
    fn knows_what_is_in_quotation_marks() {
        let text = text("his “honesty” and “elites,” “toffs,” and more");
        for (words, quoted) in
            [("honesty", true), ("elites", true), ("toffs", true), ("and more", false), ("his", false)]
        {
            let Place::Once(at) = text.find(&source(1, words, None), "") else { panic!("{words}") };
            assert_eq!(text.is_quoted(1, &at), quoted, "{words}");
        }
    }

    #[test]
    fn counts_words_once() {
        let text = text("one two three four\nfive six seven eight nine ten");
        let share = text.share(&[(1, 0..7), (1, 4..13), (2, 0..4)]);
        assert!((share - 0.4).abs() < 1e-9, "{share}");
    }
}
