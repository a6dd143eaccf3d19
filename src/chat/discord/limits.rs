//! What Discord accepts, and how texts are cut to fit.
//!
//! Sources: <https://discord.com/developers/docs/resources/message>,
//! <https://discord.com/developers/docs/components/reference>,
//! <https://discord.com/developers/docs/interactions/application-commands>. Where the documentation says
//! "characters", this module counts UTF-16 units, which are never fewer than characters: what fits so
//! fits either way.

use crate::chat::shared::split;

/// Characters of all text displays of a message together.
pub const TEXTS_TOTAL: usize = 4_000;
/// Components of a message, those within others included.
pub const COMPONENTS: usize = 40;
/// Characters of the address of a link button.
pub const LINK_URL: usize = 512;
/// Characters of what a menu says before something is chosen.
pub const PLACEHOLDER: usize = 150;
/// Buttons of a row.
pub const BUTTONS: usize = 5;
/// Characters of a button's label.
pub const BUTTON_LABEL: usize = 80;
/// Characters of a component's id.
pub const CUSTOM_ID: usize = 100;
/// Options of a select menu.
pub const SELECT_OPTIONS: usize = 25;
/// Characters of the label, the value or the description of a select menu's option.
pub const SELECT_TEXT: usize = 100;
/// Suggestions for an option of a command.
pub const SUGGESTIONS: usize = 25;
/// Characters of a suggestion's name, and of its value.
pub const SUGGESTION_TEXT: usize = 100;
/// Characters of the name of a command or an option.
pub const NAME: usize = 32;
/// Characters of the description of a command or an option.
pub const DESCRIPTION: usize = 100;
/// Options of a command.
pub const OPTIONS: usize = 25;
/// Characters of names, descriptions and choices of a whole command.
pub const COMMAND_TOTAL: usize = 8_000;
/// Commands of a bot.
pub const COMMANDS: usize = 100;
/// Characters of the name of a thread.
pub const THREAD_NAME: usize = 100;
/// Bytes of the files of a message.
pub const FILE_BYTES: usize = 10 * 1024 * 1024;

/// The length of a text as Discord may count it, at the most.
pub fn length(text: &str) -> usize {
    text.encode_utf16().count()
}

/// The text's beginning, to a whole word where possible and never within a character, with a mark where
/// it was cut.
pub fn cut(text: &str, most: usize) -> String {
    if length(text) <= most {
        return text.to_string();
    }
    let (first, _) = part(text, most.saturating_sub(1));
    format!("{}…", first.trim_end_matches([',', ';', ' ']))
}

/// The text in pieces that are short enough, split at spaces where possible, and never within a
/// character. No piece is empty.
pub fn pieces(text: &str, most: usize) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let (first, after) = part(rest, most);
        pieces.push(first.trim_end().to_string());
        rest = after.trim_start();
    }
    pieces
}

/// The longest beginning that fits, and the rest. The beginning has one code point at least. What is escaped stays
/// with its backslash.
fn part(text: &str, most: usize) -> (&str, &str) {
    let (first, rest) = split::split(text, most, length);
    let backslashes = first.chars().rev().take_while(|c| *c == '\\').count();
    let escapes = backslashes % 2 == 1 && rest.starts_with(|c: char| !c.is_whitespace());
    if escapes && first.len() > 1 { text.split_at(first.len() - 1) } else { (first, rest) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation;

    use super::*;

    #[test]
    fn a_text_is_cut_at_a_word_and_never_within_a_character() {
        assert_eq!(cut("short", 5), "short");
        assert_eq!(cut("one two three", 11), "one two…");
        // A family is one character of seven code points and eleven UTF-16 units.
        let family = "👨‍👩‍👧‍👦";
        assert_eq!(cut(&format!("ab{family}"), 5), "ab…");
        assert_eq!(pieces("one two three", 7), ["one two", "three"]);
        assert_eq!(pieces(r"abc\*d", 4), ["abc", r"\*d"]);
        assert_eq!(pieces("   ", 4), Vec::<String>::new());
    }

    proptest! {
        #[test]
        fn pieces_fit_and_lose_nothing(text in "\\PC{0,300}", most in 20_usize..100) {
            let pieces = pieces(&text, most);
            for piece in &pieces {
                prop_assert!(!piece.is_empty());
                // A single character that is longer than all that fits is split between code points.
                prop_assert!(length(piece) <= most || piece.graphemes(true).count() == 1);
            }
            let bare = |text: &str| text.split_whitespace().collect::<String>();
            prop_assert_eq!(bare(&pieces.concat()), bare(&text));
            prop_assert!(length(&cut(&text, most)) <= most);
        }
    }
}
