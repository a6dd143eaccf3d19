//! Quotation marks: which belong together, and what is between them.
//!
//! The direction of a mark goes before everything: “ ” « » „ say themselves what they open or close, but
//! for the languages in which they do the opposite („…“, »…«, ”…”), so what is on both sides is looked
//! at too. Straight marks go by what is on both sides, and alternate only where that says nothing. A
//! mark without its partner marks nothing.

use std::ops::Range;

use super::text::stands_alone;

/// A pair of marks in a paragraph, in bytes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// What is between the marks.
    pub inner: Range<usize>,
    /// The same with the marks.
    pub outer: Range<usize>,
}

/// Marks of one family close one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Family {
    Curly,
    Guillemets,
    SingleGuillemets,
    Corner,
    WhiteCorner,
    Title,
}

/// What a mark does, going by its shape alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Opens,
    Closes,
    Either,
}

fn mark(c: char) -> Option<(Family, Shape)> {
    Some(match c {
        '“' | '„' | '‟' | '〝' => (Family::Curly, Shape::Opens),
        '”' | '〞' | '〟' => (Family::Curly, Shape::Closes),
        '"' | '＂' => (Family::Curly, Shape::Either),
        '«' => (Family::Guillemets, Shape::Opens),
        '»' => (Family::Guillemets, Shape::Closes),
        '‹' => (Family::SingleGuillemets, Shape::Opens),
        '›' => (Family::SingleGuillemets, Shape::Closes),
        '「' => (Family::Corner, Shape::Opens),
        '」' => (Family::Corner, Shape::Closes),
        '『' => (Family::WhiteCorner, Shape::Opens),
        '』' => (Family::WhiteCorner, Shape::Closes),
        '《' => (Family::Title, Shape::Opens),
        '》' => (Family::Title, Shape::Closes),
        _ => return None,
    })
}

/// Whether a character is a mark that needs no `speech` in the pack.
pub fn is_mark(c: char) -> bool {
    mark(c).is_some()
}

/// A character with its neighbours.
#[derive(Debug, Clone, Copy)]
pub struct InPlace {
    /// Where it is.
    pub at: usize,
    /// The character.
    pub c: char,
    /// The one before.
    pub before: Option<char>,
    /// The one after.
    pub after: Option<char>,
}

/// Every character of a paragraph with its neighbours.
pub fn characters(text: &str) -> impl Iterator<Item = InPlace> {
    text.char_indices().map(|(at, c)| InPlace {
        at,
        c,
        before: text[..at].chars().next_back(),
        after: text[at + c.len_utf8()..].chars().next(),
    })
}

fn is_space(c: Option<char>) -> bool {
    c.is_none_or(char::is_whitespace)
}

fn is_punctuation(c: Option<char>) -> bool {
    c.is_some_and(|c| !c.is_alphanumeric() && !c.is_whitespace())
}

impl InPlace {
    /// The byte after it.
    pub fn end(&self) -> usize {
        self.at + self.c.len_utf8()
    }

    /// Whether a mark here can open, by its neighbours ("left-flanking" in CommonMark).
    pub fn can_open(&self) -> bool {
        let free_before = is_space(self.before) || is_punctuation(self.before);
        let ends = self.after.is_some_and(|c| ".,;:!?)]}…。，、！？".contains(c));
        !is_space(self.after) && !ends && (!is_punctuation(self.after) || free_before)
    }

    /// Whether a mark here can close, by its neighbours ("right-flanking" in CommonMark).
    pub fn can_close(&self) -> bool {
        let free_after = is_space(self.after) || is_punctuation(self.after);
        !is_space(self.before) && (!is_punctuation(self.before) || free_after)
    }

    /// Whether nothing but an opening mark makes sense here: after a space, a bracket, a dash or a colon.
    pub fn begins(&self) -> bool {
        let opens = |c| mark(c).is_some_and(|(_, shape)| shape == Shape::Opens);
        let free =
            is_space(self.before) || self.before.is_some_and(|c| "([{¿¡—–―-:：/".contains(c) || opens(c));
        self.can_open() && !self.can_close() && free
    }

    /// Whether it is within a word, as in the Hebrew צה"ל.
    fn is_in_a_word(&self) -> bool {
        let of_a_word = |c: Option<char>| c.is_some_and(|c| c.is_alphabetic() && !stands_alone(c));
        of_a_word(self.before) && of_a_word(self.after)
    }
}

/// Whether a mark after this text is that of inches, after feet: `6' 2"`.
fn follows_feet(before: &str) -> bool {
    let without = before.trim_end_matches(|c: char| c.is_numeric());
    without.len() < before.len()
        && without
            .trim_end()
            .strip_suffix(['\'', '’', '′'])
            .is_some_and(|feet| feet.ends_with(|c: char| c.is_numeric()))
}

/// An opening mark that waits for its partner.
#[derive(Debug, Clone, Copy)]
struct Open {
    family: Family,
    mark: InPlace,
}

/// The marks of one paragraph.
#[derive(Debug, Default)]
struct Matcher {
    open: Vec<Open>,
    pairs: Vec<Pair>,
}

impl Matcher {
    fn depth(&self, family: Family) -> usize {
        self.open.iter().filter(|it| it.family == family).count()
    }

    fn opener(&self, family: Family) -> Option<char> {
        self.open.iter().rev().find(|it| it.family == family).map(|it| it.mark.c)
    }

    fn open(&mut self, family: Family, mark: InPlace) {
        self.open.push(Open { family, mark });
    }

    /// Closes the nearest mark of the family. What was opened after it has no partner.
    fn close(&mut self, family: Family, mark: InPlace) {
        if let Some(at) = self.open.iter().rposition(|it| it.family == family) {
            let opener = self.open[at].mark;
            self.open.truncate(at);
            self.pairs.push(Pair { inner: opener.end()..mark.at, outer: opener.at..mark.end() });
        }
    }

    fn see(&mut self, family: Family, shape: Shape, mark: InPlace) {
        let opener = self.opener(family);
        let opens = match (shape, opener) {
            (Shape::Either, _) if mark.is_in_a_word() => return,
            (Shape::Either, Some(_)) => mark.begins(),
            (Shape::Either, None) if mark.can_close() && !mark.can_open() => return,
            (Shape::Either, None) => true,
            // „…“ and »…«: what else opens, closes what the other opened.
            (Shape::Opens, Some('„' | '»' | '›')) if mark.c != '„' && mark.can_close() => false,
            (Shape::Opens, Some(_)) => mark.can_open() || !mark.can_close(),
            (Shape::Opens, None) if mark.can_close() && !mark.can_open() => return,
            (Shape::Opens, None) => true,
            // ”…” and »…«.
            (Shape::Closes, _) => matches!(mark.c, '”' | '»' | '›') && mark.begins(),
        };
        match opens {
            true => self.open(family, mark),
            false => self.close(family, mark),
        }
    }
}

/// The pairs of marks of each paragraph. A speech over several paragraphs is closed in the last only, and
/// each begins with a mark: it is one pair in each of them.
pub fn pairs<'a>(paragraphs: impl Iterator<Item = &'a str>) -> Vec<Vec<Pair>> {
    let mut all: Vec<Vec<Pair>> = Vec::new();
    let mut left: Vec<Open> = Vec::new();
    let mut length = 0;
    for text in paragraphs {
        let marks: Vec<(Family, Shape, InPlace)> =
            characters(text).filter_map(|it| mark(it.c).map(|(family, shape)| (family, shape, it))).collect();
        let mut matcher = Matcher::default();
        for (number, (family, shape, mark)) in marks.iter().copied().enumerate() {
            let goes_on = left.iter().rev().find(|it| it.family == family).filter(|_| mark.at == 0);
            if let (Some(opener), Some(before)) = (goes_on, all.last_mut()) {
                before.push(Pair { inner: opener.mark.end()..length, outer: opener.mark.at..length });
                matcher.open(family, mark);
                continue;
            }
            // A mark after a number that is not needed to close anything stands for inches.
            let may_be_inches = matches!(mark.c, '"' | '”' | '＂')
                && mark.before.is_some_and(char::is_numeric)
                && (mark.can_close() && !mark.can_open() || is_space(mark.after));
            if may_be_inches {
                let next = marks[number + 1..].iter().find(|(other, _, _)| *other == family);
                let closes_next = next.is_some_and(|(_, _, mark)| mark.can_close() && !mark.can_open());
                if follows_feet(&text[..mark.at]) || matcher.depth(family) == 1 && closes_next {
                    continue;
                }
            }
            matcher.see(family, shape, mark);
        }
        all.push(matcher.pairs);
        left = matcher.open;
        length = text.len();
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is between the marks of a text, in the order of the beginnings; paragraphs are split by |.
    fn inside(text: &str) -> Vec<String> {
        let paragraphs: Vec<&str> = text.split('|').collect();
        let mut found = Vec::new();
        for (text, mut pairs) in paragraphs.iter().zip(pairs(paragraphs.iter().copied())) {
            pairs.sort_by_key(|pair| pair.outer.start);
            found.extend(pairs.into_iter().map(|pair| text[pair.inner].trim().to_string()));
        }
        found
    }

    #[test]
    fn marks_of_many_languages() {
        for (text, wanted) in [
            ("his “honesty” and “elites,” “toffs,” and more", vec!["honesty", "elites,", "toffs,"]),
            ("He said \"go\" and \"come,\" then (\"stay\").", vec!["go", "come,", "stay"]),
            ("Er sagte: „Komm mit.“ Dann: „Nein.“", vec!["Komm mit.", "Nein."]),
            ("Er sagte: „Komm\" und „Geh\".", vec!["Komm", "Geh"]),
            ("Sagte sie: »Komm mit.« Und: »Nein«.", vec!["Komm mit.", "Nein"]),
            ("Hon sade: ”Kom med.” Sedan: ”Nej.”", vec!["Kom med.", "Nej."]),
            ("Hän sanoi: »Tule.» Sitten: »Ei.»", vec!["Tule.", "Ei."]),
            ("Il dit : « Viens donc. » Puis : « Non. »", vec!["Viens donc.", "Non."]),
            (
                "Powiedział: „Chodź «teraz» ze mną”. Potem: „Nie”.",
                vec!["Chodź «teraz» ze mną", "teraz", "Nie"],
            ),
            (
                "Он сказал: «Пойдём „сейчас“ со мной». И «нет».",
                vec!["Пойдём „сейчас“ со мной", "сейчас", "нет"],
            ),
            ("她说：“图书馆属于每一个人。”反对者说：“太贵。”", vec!["图书馆属于每一个人。", "太贵。"]),
            ("她说：\"图书馆属于每一个人。\"反对者说：\"太贵。\"", vec!["图书馆属于每一个人。", "太贵。"]),
            ("村長は「公園は『みんな』のものだ」と述べた。", vec!["公園は『みんな』のものだ", "みんな"]),
            ("Il disait \" viens \" et \" non \".", vec!["viens", "non"]),
            (
                "Dijo: «ella gritó “nunca volveré” y se fue» ayer.",
                vec!["ella gritó “nunca volveré” y se fue", "nunca volveré"],
            ),
            (
                "She said “he told me “go home” and left” there.",
                vec!["he told me “go home” and left", "go home"],
            ),
            ("Er: ‹Komm› und ›Geh‹.", vec!["Komm", "Geh"]),
        ] {
            assert_eq!(inside(text), wanted, "{text}");
        }
    }

    #[test]
    fn what_has_no_partner_marks_nothing() {
        for (text, wanted) in [
            ("The pipe was 12″ wide. The mayor said “no river” and left.", vec!["no river"]),
            ("The engineer, 6' 2\" tall, said “nobody measured it” at once.", vec!["nobody measured it"]),
            ("The engineer, 6'2\" tall, said \"nobody did\" at once.", vec!["nobody did"]),
            ("A 12\" pipe and a 3\" one: \"no good\", she said.", vec!["no good"]),
            (
                "He said \"the 12\" pipe leaked\" and \"it was old\" too.",
                vec!["the 12\" pipe leaked", "it was old"],
            ),
            (
                "He said “the 12” pipe leaked” and “it was old” too.",
                vec!["the 12” pipe leaked", "it was old"],
            ),
            ("He said \"in 1990\" and \"in 2011\" too.", vec!["in 1990", "in 2011"]),
            ("He said “he said “in 1990” and left” too.", vec!["he said “in 1990” and left", "in 1990"]),
            ("A stray “ mark, and then “a real one” here.", vec!["a real one"]),
            ("A stray ” mark, and then “a real one” here.", vec!["a real one"]),
            ("A “stray mark, and then “a real one” here.", vec!["a real one"]),
            ("A \"stray mark, and then \"a real one\" here.", vec!["a real one"]),
            ("A stray» mark, and then «a real one» here.", vec!["a real one"]),
            ("The צה\"ל said \"a real one\" here.", vec!["a real one"]),
            ("“never closed", vec![]),
        ] {
            assert_eq!(inside(text), wanted, "{text}");
        }
    }

    #[test]
    fn a_speech_goes_on_in_the_next_paragraph() {
        assert_eq!(inside("He said: “one|“two|“three” and left|four"), ["one", "two", "three"]);
        assert_eq!(inside("Dijo: «uno|»dos|»tres» y se fue"), ["uno", "dos", "tres"]);
        assert_eq!(inside("He said: “one|two” and left"), Vec::<String>::new());
        assert_eq!(inside("He said: \"one|\"two\" and left"), ["one", "two"]);
    }
}
