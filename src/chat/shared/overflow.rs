//! The file that goes with an answer of which one message can't hold all.

use crate::answer::Answer;

use super::plain_text;

/// What the file is called.
pub const NAME: &str = "answer.txt";

/// The width of the file's lines, in columns.
const COLUMNS: usize = 100;

/// A file with the whole answer as plain text: its name and its content, of at most `max_bytes` bytes and never cut
/// within a character.
pub fn file(answer: &Answer, max_bytes: usize) -> (String, Vec<u8>) {
    let mut text = anstream::adapter::strip_str(&plain_text::render(answer, COLUMNS)).to_string();
    text.truncate(text.floor_char_boundary(max_bytes));
    (NAME.to_string(), text.into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_ends_with_a_whole_character() {
        // "ñ" has two bytes: every second place is within one.
        let answer = Answer::found("ñ".repeat(90));
        for max_bytes in 50..60 {
            let (name, bytes) = file(&answer, max_bytes);
            assert_eq!(name, NAME);
            assert_eq!(bytes.len(), max_bytes / 2 * 2);
            assert!(String::from_utf8(bytes).is_ok_and(|text| text.chars().all(|c| c == 'ñ')));
        }
    }

    #[test]
    fn a_file_has_no_styles() {
        let (_, bytes) = file(&Answer::found("Walls").paragraph("a wall"), 1_000);
        assert_eq!(String::from_utf8(bytes).unwrap(), "Walls\n\n  a wall\n");
    }
}
