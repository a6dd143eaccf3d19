//! Text in two, where a message holds only so much of it.

use unicode_segmentation::UnicodeSegmentation;

/// The longest beginning that costs at most `budget`, and the rest: at a space where that leaves more than half,
/// and otherwise never within a character as people see it. The beginning has one code point at least, even where
/// that costs more. What a text costs must be the sum of what its characters cost.
pub fn split(text: &str, budget: usize, cost: impl Fn(&str) -> usize) -> (&str, &str) {
    if cost(text) <= budget {
        return (text, "");
    }
    let mut used = 0;
    let mut end = 0;
    let mut space = None;
    for (at, character) in text.grapheme_indices(true) {
        used += cost(character);
        if used > budget {
            break;
        }
        if character.chars().all(char::is_whitespace) {
            space = Some(at);
        }
        end = at + character.len();
    }
    if let Some(space) = space.filter(|space| *space > end / 2) {
        return text.split_at(space);
    }
    // A single character may cost more than all that there is: then as many of its code points as fit.
    if end == 0 {
        let mut used = 0;
        let fits = text.char_indices().find(|(at, c)| {
            used += cost(c.encode_utf8(&mut [0; 4]));
            used > budget && *at > 0
        });
        end = fits.map_or(text.len(), |(at, _)| at);
    }
    text.split_at(end)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_text_is_split_at_a_word_and_never_within_a_character() {
        assert_eq!(split("one two three", 7, str::len), ("one two", " three"));
        assert_eq!(split("abcdef", 3, str::len), ("abc", "def"));
        assert_eq!(split("", 3, str::len), ("", ""));
        // A family is one character of 25 bytes. What can't be kept whole is split between code points.
        let family = "👨‍👩‍👧‍👦";
        assert_eq!(split(&format!("ab{family}"), 26, str::len), ("ab", family));
        assert_eq!(split(family, 4, str::len).0, "👨");
        assert_eq!(split("é", 1, str::len), ("é", ""));
    }

    proptest! {
        #[test]
        fn the_beginning_fits_and_nothing_is_lost(text in "\\PC{0,60}", budget in 1_usize..100) {
            let (first, rest) = split(&text, budget, str::len);
            prop_assert_eq!(format!("{first}{rest}"), text.as_str());
            prop_assert!(text.is_empty() || !first.is_empty());
            prop_assert!(first.len() <= budget || first.chars().count() == 1);
        }
    }
}
