//! The question where an answer comes from, as a reply to it: "source?", "¿fuente?".

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// How people ask where an answer comes from: folded, without marks and courtesies.
const SOURCE: [&str; 40] = [
    "source",
    "sources",
    "the source",
    "what source",
    "which source",
    "what is the source",
    "whats the source",
    "your source",
    "citation",
    "where",
    "where is it",
    "where is that",
    "where is this",
    "where in the text",
    "where in the article",
    "where does it say that",
    "where does it say this",
    "where does it stand",
    "where does that stand",
    "where does this stand",
    "where is that in the text",
    "paragraph",
    "what paragraph",
    "which paragraph",
    "which paragraphs",
    "in which paragraph",
    "from which paragraph",
    "fuente",
    "fuentes",
    "la fuente",
    "que fuente",
    "cual es la fuente",
    "donde",
    "donde esta",
    "donde dice eso",
    "donde en el texto",
    "parrafo",
    "que parrafo",
    "cual parrafo",
    "en que parrafo",
];

/// What people put around a question.
const COURTESIES: [&str; 8] = ["please", "pls", "plz", "thanks", "por favor", "gracias", "and", "y"];

/// Whether the text of a reply to an answer asks where the answer comes from: "source?", "*which paragraph*,
/// please", "¿fuente?".
pub fn asks_for_the_source(text: &str) -> bool {
    let plain = folded(text);
    let mut asked = plain.as_str();
    while let Some(rest) = COURTESIES.iter().find_map(|word| without(asked, word)) {
        asked = rest;
    }
    SOURCE.contains(&asked)
}

/// The words in lower case, without accents, apostrophes and marks.
fn folded(text: &str) -> String {
    let letters = text.nfkd().filter(|c| !is_combining_mark(*c) && !matches!(c, '\'' | '’'));
    let words: String =
        letters.flat_map(char::to_lowercase).map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text without a word at its beginning or its end.
fn without<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let first = text.strip_prefix(word).and_then(|rest| rest.strip_prefix(' '));
    first.or_else(|| text.strip_suffix(word).and_then(|rest| rest.strip_suffix(' '))).map(str::trim)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_words_ask_for_the_source() {
        for text in [
            "source?",
            "Source",
            "SOURCES!",
            "source please",
            "Source, please?",
            "which paragraph?",
            "*source?*",
            "`source`",
            "_where?_",
            "¿fuente?",
            "¿En qué párrafo, por favor?",
            "Where in the text?",
            "and the source?",
            "what’s the source?",
            "**Where does it say that?**",
        ] {
            assert!(asks_for_the_source(text), "{text}");
        }
        for text in ["", "please", "I agree", "sources say otherwise", "open source", "resource", "where to?"]
        {
            assert!(!asks_for_the_source(text), "{text}");
        }
    }
}
