//! Pieces of text in answers.

/// A member's words, fit to be shown: no control characters, one line, at most 80 characters.
pub(super) fn clean(text: &str) -> String {
    // Marks that turn the direction of writing could garble what stands around them.
    let invisible = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    let visible: String = text.chars().map(|c| if invisible(c) { ' ' } else { c }).collect();
    let line = visible.split_whitespace().collect::<Vec<_>>().join(" ");
    cut(&line, 80)
}

/// The text's beginning, to a whole word where possible, with a mark where it was cut.
pub(super) fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_string();
    }
    let start: String = text.chars().take(most).collect();
    let start = match start.rfind(' ') {
        Some(at) if at > start.len() / 2 => &start[..at],
        _ => &start,
    };
    format!("{}…", start.trim_end_matches([',', ';', ' ']))
}

/// A number with its noun.
pub(super) fn count(number: usize, word: &str) -> String {
    match (number, word) {
        (1, word) => format!("1 {word}"),
        (number, word) => format!("{number} {word}s"),
    }
}
