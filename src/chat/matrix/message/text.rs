//! Text as a message of Matrix can hold it: on one line, escaped, measured and split.

use crate::chat::shared::sanitize::in_line;
use crate::chat::shared::split;
use crate::commands::line::is_known;

/// An invisible character (word joiner) between two that must not be read as one word.
pub(super) const JOINER: char = '\u{2060}';

/// A text with its commands as they are written in a room: `/quote Paz` becomes `!quote Paz`. Paths and the like
/// are not changed.
pub(super) fn with_prefix(text: &str, prefix: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('/') {
        let (before, after) = (&rest[..at], &rest[at + 1..]);
        out.push_str(before);
        let word = after.find(|c: char| !c.is_lowercase() && c != '-').unwrap_or(after.len());
        let (word, follows) = after.split_at(word);
        let begins = out.chars().next_back().is_none_or(|c| c.is_whitespace() || "“«(\"'".contains(c));
        let mut next = follows.chars();
        let ends = match next.next() {
            Some('.') => next.next().is_none_or(char::is_whitespace),
            Some(c) => !c.is_alphanumeric() && !"/-_\\".contains(c),
            None => true,
        };
        let known = is_known(word);
        out.push_str(if begins && ends && known { prefix } else { "/" });
        out.push_str(word);
        rest = follows;
    }
    out.push_str(rest);
    out
}

/// The text on one line, without anything that could garble what is around it or call all of a room:
/// servers without intentional mentions read `@room` in a text as a call.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        out.push(in_line(c));
        let calls_all = || rest.as_str().get(..4).is_some_and(|next| next.eq_ignore_ascii_case("room"));
        if c == '@' && calls_all() {
            out.push(JOINER);
        }
    }
    out
}

/// The text with everything escaped that HTML would read.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// The bytes of a text within JSON, without the quotation marks around it.
pub(super) fn json(text: &str) -> usize {
    let bytes = |c: char| match c {
        '"' | '\\' | '\n' => 2,
        c if c.is_ascii_control() => 6,
        c => c.len_utf8(),
    };
    text.chars().map(bytes).sum()
}

/// The bytes of a text in body and HTML together.
pub(super) fn cost(text: &str) -> usize {
    let bytes = |c: char| match c {
        '&' => 1 + 5,
        '<' | '>' => 1 + 4,
        '"' => 2 + 6,
        '\'' => 1 + 5,
        '\\' => 4,
        c => 2 * c.len_utf8(),
    };
    text.chars().map(bytes).sum()
}

/// The longest beginning that costs at most `budget` bytes in body and HTML together, and the rest.
pub(super) fn part(text: &str, budget: usize) -> (&str, &str) {
    split::split(text, budget, cost)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_text_is_split_by_what_it_costs_in_both_forms() {
        // A character of the alphabet is there twice, in the body and in the HTML.
        assert_eq!(part("one two three", 14), ("one two", " three"));
        assert_eq!(part("\"\"", 8), ("\"", "\""));
    }

    #[test]
    fn nothing_in_a_text_calls_a_room_or_turns_it() {
        assert_eq!(plain("@room @Room @ROOMS a@b"), "@\u{2060}room @\u{2060}Room @\u{2060}ROOMS a@b");
        assert_eq!(plain("a\u{202e}b\u{7}c\u{2028}d@"), "a\u{fffd}b\u{fffd}c d@");
        assert_eq!(escape("<a href='x'>&\""), "&lt;a href=&#39;x&#39;&gt;&amp;&quot;");
    }

    proptest! {
        #[test]
        fn what_a_text_costs_is_what_json_takes(text in "(\\PC|[\"\\\\&<>'@\u{2028}]){0,60}", most in 1_usize..200) {
            let text = plain(&text);
            let taken = |text: &str| serde_json::to_string(text).unwrap().len() - 2;
            prop_assert_eq!(json(&text), taken(&text));
            prop_assert_eq!(cost(&text), taken(&text) + taken(&escape(&text)));
            let (first, rest) = part(&text, most);
            prop_assert_eq!(format!("{first}{rest}"), text.as_str());
            prop_assert!(text.is_empty() || !first.is_empty());
            prop_assert!(cost(first) <= most || first.chars().count() == 1);
        }
    }
}
