//! Text without the characters that garble what is around it, whatever reads it.

/// What is shown in the place of a character that must not be shown.
const REPLACEMENT: char = '\u{fffd}';

/// A character as it may be shown within a line: line breaks and tabs become blanks; control characters, and the
/// marks that turn the direction of writing for all that follows, are replaced.
pub fn in_line(c: char) -> char {
    match c {
        '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => ' ',
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => REPLACEMENT,
        c if c.is_control() => REPLACEMENT,
        c => c,
    }
}

/// A text on one line, with nothing in it that a terminal would take for a command or that turns the direction of
/// writing.
pub fn one_line(text: &str) -> String {
    text.replace("\r\n", " ").chars().map(in_line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_no_breaks_no_control_characters_and_one_direction() {
        assert_eq!(one_line("two\r\nlines\na\tb\rc\u{2028}d"), "two lines a b c d");
        assert_eq!(one_line("\u{1b}[2J a\u{7}b\u{9b}"), "\u{fffd}[2J a\u{fffd}b\u{fffd}");
        assert_eq!(one_line("a\u{202e}b\u{2066}c\u{2069}"), "a\u{fffd}b\u{fffd}c\u{fffd}");
        // A single letter's own mark is part of how its language is written.
        assert_eq!(one_line("\u{200f}שלום 👨‍👩‍👧"), "\u{200f}שלום 👨‍👩‍👧");
    }
}
