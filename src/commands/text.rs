//! Pieces of text in answers.

use unicode_segmentation::UnicodeSegmentation;

use crate::article::Kind;
use crate::locale::plain;
use crate::say;

use super::names::NameOf;

/// A member's words, fit to be shown: no control characters, one line, at most 80 characters.
pub(super) fn clean(text: &str) -> String {
    cut(&one_line(text), 80)
}

/// A member's words without control characters, in one line. Empty if nothing of them is seen.
pub(super) fn one_line(text: &str) -> String {
    // Marks that turn the direction of writing could garble what stands around them. Joiners stay: emoji are
    // made of several with them, and words of some languages.
    let invisible = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    let visible: String = text.chars().map(|c| if invisible(c) { ' ' } else { c }).collect();
    let line = visible.split_whitespace().collect::<Vec<_>>().join(" ");
    let says = line.contains(|c: char| !matches!(c, ' ' | '\u{200c}' | '\u{200d}'));
    if says { line } else { String::new() }
}

/// The text's beginning, to a whole word where possible and never within what is seen as one character, with
/// a mark where it was cut.
pub(super) fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_string();
    }
    let mut taken = 0;
    let fits = |(at, seen): (usize, &str)| {
        taken += seen.chars().count();
        (taken <= most).then_some(at + seen.len())
    };
    let end = text.grapheme_indices(true).map_while(fits).last().unwrap_or(0);
    let start = &text[..end];
    let start = match start.rfind(' ') {
        Some(at) if at > start.len() / 2 => &start[..at],
        _ => start,
    };
    format!("{}…", start.trim_end_matches([',', ';', ' ']))
}

/// The words with a capital letter at the beginning.
pub(super) fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// The word for one of a kind, as a label: "argument".
pub(super) fn kind_word(kind: Kind) -> String {
    say!("kind", kind = kind.word())
}

/// The same with a capital letter.
pub(super) fn kind_capital(kind: Kind) -> String {
    capital(&kind_word(kind))
}

/// Whether a word asks for all that there is.
pub(super) fn means_all(typed: &str) -> bool {
    NameOf::Value.is_called("all", typed) || ["todos", "todas"].contains(&plain(typed.trim()).as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_seen_as_one_character_stays_whole() {
        let family = "\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}";
        assert_eq!(clean(&format!("the {family}")), format!("the {family}"));
        assert_eq!(clean(" \u{200b}\u{200d}\u{200c} "), "");
        assert_eq!(clean("a\u{202e}b\u{7}c"), "a b c");
        for most in 5..30 {
            let cut = cut(&family.repeat(6), most);
            let start = cut.strip_suffix('…').unwrap();
            assert!(cut.chars().count() <= most + 1 && start.len().is_multiple_of(family.len()), "{cut:?}");
        }
        assert_eq!(cut("one two three", 10), "one two…");
    }
}
