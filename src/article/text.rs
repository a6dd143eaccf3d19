//! The article's text, and where words appear in it.

use std::ops::Range;

use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

use super::pack::Article;

/// A text in paragraphs. Words are looked up in it with typographic differences evened out: quotation
/// marks, apostrophes, dashes, spaces, invisible characters and Unicode form. Nothing else is forgiven.
#[derive(Debug)]
pub struct Text {
    lines: Vec<Line>,
    /// Which lines are paragraphs.
    paragraphs: Vec<usize>,
    given: String,
}

/// A line of the text that is not empty: a paragraph or a heading.
#[derive(Debug)]
pub struct Line {
    /// Its number in the file, from 1, empty lines counted.
    pub number: usize,
    /// The line with single spaces and without invisible characters, its quotation marks and dashes as
    /// they are. Places in a paragraph are bytes of this.
    pub shown: String,
    /// Whether it is the heading of a section.
    pub is_heading: bool,
    even: String,
    /// For each byte of `even`, and for its end, the byte of `shown` that it comes from.
    origins: Vec<usize>,
}

/// Where words appear in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The number of the paragraph, from 1.
    pub paragraph: u32,
    /// The bytes of it.
    pub at: Range<usize>,
}

impl Line {
    fn new(number: usize, text: &str) -> Line {
        let shown = shown(text);
        let (mut even, mut origins) = (String::with_capacity(shown.len()), Vec::with_capacity(shown.len()));
        for (at, c) in shown.char_indices() {
            let before = even.len();
            match c {
                '…' | '⋯' => even.push_str("..."),
                c if is_invisible(c) => {}
                ' ' if even.is_empty() || even.ends_with(' ') => {}
                c => even.push(evened(c)),
            }
            origins.resize(origins.len() + even.len() - before, at);
        }
        even.truncate(even.trim_end().len());
        origins.truncate(even.len());
        origins.push(shown.len());
        Line { number, shown, is_heading: false, even, origins }
    }

    /// Where words appear in the line as whole words, between these words just before and just after.
    pub fn places(&self, words: &str, prefix: Option<&str>, suffix: Option<&str>) -> Vec<Range<usize>> {
        let prefix = prefix.map(even).unwrap_or_default();
        let suffix = suffix.map(even).unwrap_or_default();
        let fits = |at: &Range<usize>| {
            self.even[..at.start].trim_end().ends_with(&prefix)
                && self.even[at.end..].trim_start().starts_with(&suffix)
        };
        let places = occurrences(&self.even, &even(words)).into_iter().filter(fits);
        places.map(|at| self.origins[at.start]..self.end(at.end)).collect()
    }

    /// The end in `shown` of what ends at this byte of `even`.
    fn end(&self, at: usize) -> usize {
        let Some(last) = at.checked_sub(1) else { return 0 };
        let start = self.origins[last];
        start + self.shown[start..].chars().next().map_or(0, char::len_utf8)
    }

    /// The first words of the line, to find it by.
    pub fn beginning(&self) -> String {
        first_words(&self.shown, 6)
    }
}

impl Text {
    /// Reads a text: every line that is not empty is a paragraph, except the headings of the article's
    /// sections.
    pub fn new(text: &str, article: &Article) -> Text {
        let headings: Vec<String> =
            article.sections.iter().filter_map(|section| section.heading.as_deref()).map(even).collect();
        let mut lines: Vec<Line> = (1..)
            .zip(split(text))
            .map(|(number, line)| Line::new(number, line))
            .filter(|line| !line.even.is_empty())
            .collect();
        for line in &mut lines {
            line.is_heading = headings.contains(&line.even);
        }
        let paragraphs = (0..lines.len()).filter(|at| !lines[*at].is_heading).collect();
        Text { lines, paragraphs, given: text.to_string() }
    }

    /// All lines that are not empty, in order.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// The paragraphs with their numbers, from 1.
    pub fn paragraphs(&self) -> impl Iterator<Item = (u32, &Line)> {
        (1..).zip(self.paragraphs.iter().filter_map(|at| self.lines.get(*at)))
    }

    /// How many paragraphs there are.
    pub fn count(&self) -> u32 {
        u32::try_from(self.paragraphs.len()).unwrap_or(u32::MAX)
    }

    /// The paragraph with this number, if there is one.
    pub fn paragraph(&self, number: u32) -> Option<&Line> {
        self.lines.get(*self.paragraphs.get(number.checked_sub(1)? as usize)?)
    }

    /// Whether the text has this heading on a line of its own.
    pub fn has_heading(&self, heading: &str) -> bool {
        let heading = even(heading);
        self.lines.iter().any(|line| line.is_heading && line.even == heading)
    }

    /// The numbers of the paragraphs in which words appear.
    pub fn with(&self, words: &str, prefix: Option<&str>, suffix: Option<&str>) -> Vec<u32> {
        let has = |line: &Line| !line.places(words, prefix, suffix).is_empty();
        self.paragraphs().filter(|(_, line)| has(line)).map(|(number, _)| number).collect()
    }

    /// All lines in one, as if the text had no line ends.
    pub fn joined(&self) -> Line {
        let lines: Vec<&str> = self.lines.iter().map(|line| line.shown.as_str()).collect();
        Line::new(0, &lines.join(" "))
    }

    /// Whether most lines end in the middle of a sentence, as where a program broke them at a margin.
    pub fn is_broken(&self) -> bool {
        let ends =
            |line: &&Line| line.shown.ends_with(|c: char| !c.is_alphanumeric() && !",;-–—".contains(c));
        self.lines.iter().filter(ends).count() * 2 < self.lines.len()
    }

    /// How many words the paragraphs have together.
    pub fn words(&self) -> usize {
        self.paragraphs().map(|(_, line)| count_words(&line.shown)).sum()
    }

    /// How many of the text's words lie in any of these places.
    pub fn covered(&self, places: &[(u32, Range<usize>)]) -> usize {
        let covered = |number: u32, word: &Range<usize>| {
            let middle = word.start + word.len() / 2;
            places.iter().any(|(paragraph, place)| *paragraph == number && place.contains(&middle))
        };
        let of = |(number, line): (u32, &Line)| {
            words(&line.shown).iter().filter(|word| covered(number, word)).count()
        };
        self.paragraphs().map(of).sum()
    }

    /// What `source_sha256` is to say: the SHA-256, in lower-case hexadecimal, of the lines that are not
    /// empty, headings too, each with its typography evened out and ended by a line feed. Line ends, empty
    /// lines, spaces, a byte order mark and the shape of quotation marks make no other version.
    pub fn sha256(&self) -> String {
        let lines: String = self.lines.iter().flat_map(|line| [line.even.as_str(), "\n"]).collect();
        sha256(lines.as_bytes())
    }

    /// Whether a pack with this `source_sha256` was made from this text. The SHA-256 of the file is as
    /// good, also where line ends, a byte order mark or spaces at the ends of lines have changed since.
    pub fn is_version(&self, hash: &str) -> bool {
        if hash == self.sha256() || hash == sha256(self.given.as_bytes()) {
            return true;
        }
        let lines: Vec<&str> = self.given.trim_start_matches('\u{feff}').lines().collect();
        let trimmed: Vec<&str> = lines.iter().map(|line| line.trim_end()).collect();
        [lines, trimmed].iter().any(|lines| {
            ["\n", "\r\n"].iter().any(|ending| {
                let joined = lines.join(ending);
                let ended = [format!("{joined}{ending}"), joined];
                ended.iter().any(|text| {
                    hash == sha256(text.as_bytes()) || hash == sha256(format!("\u{feff}{text}").as_bytes())
                })
            })
        })
    }
}

/// Whether a text has the form of what [`sha256`] gives.
pub fn is_sha256(text: &str) -> bool {
    text.len() == 64 && text.chars().all(|c| c.is_ascii_digit() || ('a'..='f').contains(&c))
}

/// SHA-256 in lower-case hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The lines of a text from any system.
fn split(text: &str) -> impl Iterator<Item = &str> {
    text.split('\n').flat_map(|line| line.strip_suffix('\r').unwrap_or(line).split(['\r', '\u{2029}']))
}

/// Text with single spaces, in the composed form of Unicode, without control characters and without what
/// only tells a layout program where it may break a word.
pub fn shown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.nfc() {
        match c {
            c if c.is_whitespace() => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' => {}
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out.trim().to_string()
}

/// The form in which words of a pack and of a text are compared.
pub fn even(text: &str) -> String {
    Line::new(0, text).even
}

/// Characters that nobody sees: soft hyphens, joiners, marks of direction, variation selectors.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

fn evened(c: char) -> char {
    match c {
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' | '＂' | '〝' | '〞' | '〟' => '"',
        '「' | '」' | '『' | '』' | '《' | '》' => '"',
        '‘' | '’' | '‚' | '‛' | '′' | '‹' | '›' | '＇' => '\'',
        // Letters and accents that are typed and printed for an apostrophe.
        'ʼ' | 'ʻ' | 'ʽ' | 'ʹ' | '´' | '`' | '‵' => '\'',
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '－' => '-',
        c => c,
    }
}

/// Where `words` appear in `text` as whole words; also where they overlap.
fn occurrences(text: &str, words: &str) -> Vec<Range<usize>> {
    let Some(first) = words.chars().next() else { return Vec::new() };
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = text[from..].find(words) {
        let at = from + at;
        let end = at + words.len();
        if !cuts(text, at) && !cuts(text, end) {
            found.push(at..end);
        }
        from = at + first.len_utf8();
    }
    found
}

/// Whether a place in a text lies within a word. In writing without spaces a word may begin after any letter.
fn cuts(text: &str, at: usize) -> bool {
    let (Some(before), Some(after)) = (text[..at].chars().next_back(), text[at..].chars().next()) else {
        return false;
    };
    if is_combining_mark(after) {
        return true;
    }
    if !before.is_alphanumeric() || !after.is_alphanumeric() {
        return false;
    }
    let start = text[..at].rfind(' ').map_or(0, |space| space + 1);
    let end = text[at..].find(' ').map_or(text.len(), |space| at + space);
    !text[start..end].split_word_bound_indices().any(|(boundary, _)| start + boundary == at)
}

/// Whether a letter is of a writing without spaces between words, such as Chinese, Japanese or Thai: there
/// Unicode's word boundaries (UAX #29) part each letter from the next.
pub fn stands_alone(c: char) -> bool {
    c.is_alphanumeric() && format!("{c}{c}").unicode_words().count() == 2
}

/// Where the words of a text appear: what spaces separate, if it has a letter or digit, without the punctuation
/// around it; in writing without spaces the words of UAX #29, which are single letters mostly.
pub fn words(text: &str) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut at = 0;
    for piece in text.split(' ') {
        if piece.chars().any(stands_alone) {
            words.extend(piece.unicode_word_indices().map(|(from, word)| at + from..at + from + word.len()));
        } else if let Some(from) = piece.find(char::is_alphanumeric) {
            let end = piece.trim_end_matches(|c: char| !c.is_alphanumeric()).len();
            words.push(at + from..at + end);
        }
        at += piece.len() + 1;
    }
    words
}

/// How many words a text has, as [`words`] counts.
pub fn count_words(text: &str) -> usize {
    words(&shown(text)).len()
}

/// So many words from the beginning, with `…` for the others.
pub fn first_words(text: &str, number: usize) -> String {
    // A word of a writing without spaces is a letter: three for each word of others.
    let words = words(text);
    let number = if text.chars().next().is_some_and(stands_alone) { number * 3 } else { number };
    match (words.get(number), words.get(number.saturating_sub(1))) {
        (Some(_), Some(last)) => format!("{} …", &text[..last.end]),
        _ => text.to_string(),
    }
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

    fn places<'a>(text: &'a Text, paragraph: u32, words: &str) -> Vec<&'a str> {
        let line = text.paragraph(paragraph).unwrap();
        line.places(words, None, None).into_iter().map(|at| &line.shown[at]).collect()
    }

    #[test]
    fn forgives_typography_but_never_words() {
        let text = text("He said “we’re  done” – twice.\n\nPart Two\n\nDone is done.\nundone");
        assert_eq!(text.count(), 3);
        assert!(text.has_heading("Part  Two") && !text.has_heading("Part One"));
        assert_eq!(places(&text, 1, "\"we're done\" - twice"), ["“we’re done” – twice"]);
        assert!(text.with("were done", None, None).is_empty());
        assert_eq!(text.with("is done", None, None), [2]);
        assert!(text.paragraph(9).is_none() && text.paragraph(0).is_none());
        // Whole words only: the third paragraph's "undone" has no "done".
        assert_eq!(text.with("done", None, None), [1, 2]);
        assert!(text.with("one", None, None).is_empty());
    }

    #[test]
    fn forgives_the_letters_that_are_apostrophes_and_what_nobody_sees() {
        for (text_has, typed) in [
            ("words of the Kʼicheʼ people", "of the K'iche' people"),
            ("words of the K´iche` people", "of the Kʼicheʼ people"),
            ("the ʻOkina of Hawaiʻi nei", "ʻOkina of Hawai‘i"),
            ("our grand\u{ad}chil\u{ad}dren pay", "grandchildren pay"),
            ("our grandchildren pay", "grand\u{ad}chil\u{200b}dren pay"),
            ("of the fed\u{2060}eration at last", "the federation"),
            ("می\u{200c}خواهم بروم", "میخواهم بروم"),
            ("wait… then go", "wait... then"),
        ] {
            assert_eq!(text(text_has).with(typed, None, None), [1], "{typed}");
        }
    }

    #[test]
    fn context_tells_two_places_apart() {
        let text = text("to be or not to be");
        let line = text.paragraph(1).unwrap();
        assert_eq!(line.places("to be", None, None), [0..5, 13..18]);
        assert_eq!(line.places("to be", Some("not"), None), std::slice::from_ref(&(13..18)));
        assert_eq!(line.places("to be", None, Some("or")), std::slice::from_ref(&(0..5)));
    }

    #[test]
    fn places_that_overlap_another_are_found() {
        assert_eq!(places(&text("this is is so"), 1, "is is"), ["is is"]);
        assert_eq!(places(&text("ああああ"), 1, "ああ").len(), 3);
    }

    #[test]
    fn words_in_writing_without_spaces() {
        let text = text(
            "村長の山田花子は「公園はみんなのものだ」と述べた。\nนายกเทศมนตรีพูดว่าสวนเป็นของทุกคน\n市长在市政厅宣布",
        );
        assert_eq!(places(&text, 1, "公園はみんなのものだ"), ["公園はみんなのものだ"]);
        assert_eq!(places(&text, 2, "สวนเป็นของทุกคน"), ["สวนเป็นของทุกคน"]);
        // A vowel sign belongs to the letter before it.
        assert!(places(&text, 2, "นายกเทศมนตร").is_empty());
        assert_eq!(places(&text, 3, "市政厅"), ["市政厅"]);
        assert_eq!(count_words("市政厅宣布"), 5);
        assert_eq!(count_words("well-being – don't stop, U.S."), 4);
        assert_eq!(first_words("one two three", 2), "one two …");
        assert_eq!(first_words("one two", 2), "one two");
    }

    #[test]
    fn lines_without_anything_to_see_are_no_paragraphs() {
        let text = text("one\n\u{a0}\ntwo\r\n\u{200b}\r\n\u{200e}\u{2060}\nthree\rfour");
        let lines: Vec<(usize, &str)> =
            text.lines().iter().map(|line| (line.number, line.shown.as_str())).collect();
        assert_eq!(lines, [(1, "one"), (3, "two"), (6, "three"), (7, "four")]);
    }

    #[test]
    fn counts_words_once() {
        let text = text("one two three four\nfive six seven eight nine ten");
        assert_eq!(text.words(), 10);
        assert_eq!(text.covered(&[(1, 0..7), (1, 4..13), (2, 0..4)]), 4);
    }

    #[test]
    fn the_hash_is_of_the_paragraphs() {
        let plain = "One “word”.\n\nTwo.\n";
        let hash = text(plain).sha256();
        for same in [
            "One “word”.\r\n\r\nTwo.\r\n",
            "\u{feff}One “word”.  \nTwo.",
            "\nOne \"word\".\n\u{a0}\nTwo.\n\n",
        ] {
            assert_eq!(text(same).sha256(), hash, "{same:?}");
        }
        assert_ne!(text("One “words”.\n\nTwo.\n").sha256(), hash);
        assert_ne!(text("One “word”. Two.\n").sha256(), hash);
        // The file's own hash is as good, whatever an editor program did to the ends of lines.
        let of_file = sha256(plain.as_bytes());
        for same in
            [plain, "One “word”.\r\n\r\nTwo.\r\n", "\u{feff}One “word”.\n\nTwo.", "One “word”. \n\nTwo.\t\n"]
        {
            assert!(text(same).is_version(&of_file), "{same:?}");
        }
        assert!(text(plain).is_version(&sha256("\u{feff}One “word”.\r\n\r\nTwo.\r\n".as_bytes())));
        assert!(!text("One “words”.\n\nTwo.\n").is_version(&of_file));
    }
}
