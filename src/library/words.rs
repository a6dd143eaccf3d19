//! Words as the library indexes them, by the language of their article: which tell nothing, which are forms of
//! one another, and how writing without spaces is cut.

use std::collections::HashSet;

use rust_stemmers::{Algorithm, Stemmer};

use crate::article::fold::fold;

/// Stands between the language and the word in the index of texts. A letter to every tokenizer, and in no text.
const MARK: char = 'ǃ';

/// What a language knows of words: those that every text has, and which of them are one word.
#[derive(Debug)]
pub(super) struct Language {
    code: String,
    /// Folded.
    stops: HashSet<String>,
    stemmer: Option<Algorithm>,
}

/// What two words with one stem are to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kinship {
    /// The same word.
    Same,
    /// Forms of one word: "election", "elections".
    Form,
    /// Perhaps forms of one word: the language's endings are not known well enough to tell.
    Likely,
    /// Different words: "universe", "university".
    Other,
}

impl Language {
    /// The language of an ISO 639 code. Of one that is not known nothing is left out, and every word is itself.
    pub fn new(code: &str) -> Language {
        let stops = stop_words::lookup(code).unwrap_or_default().iter().map(|stop| fold(stop)).collect();
        Language { code: code.to_string(), stops, stemmer: algorithm(code) }
    }

    /// The code.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// Whether a folded word is one of those that every text has.
    pub fn is_stop(&self, word: &str) -> bool {
        self.stops.contains(word)
    }

    /// What a folded word has in common with its other forms, and with some words more.
    pub fn stem(&self, word: &str) -> String {
        match self.stemmer {
            Some(algorithm) if !is_number(word) => Stemmer::create(algorithm).stem(word).into_owned(),
            _ => word.to_string(),
        }
    }

    /// What two folded words with one stem are to each other.
    pub fn kinship(&self, a: &str, b: &str) -> Kinship {
        let is_form: Option<fn(&str, &str, &str) -> bool> = match self.stemmer {
            _ if a == b => return Kinship::Same,
            Some(Algorithm::English) => Some(is_english_form),
            Some(Algorithm::Spanish) => Some(is_spanish_form),
            _ => None,
        };
        let both = a
            .char_indices()
            .zip(b.chars())
            .take_while(|((_, a), b)| a == b)
            .map(|((at, a), _)| at + a.len_utf8());
        let stem = &a[..both.last().unwrap_or(0)];
        match is_form {
            Some(is_form) if is_form(stem, &a[stem.len()..], &b[stem.len()..]) => Kinship::Form,
            Some(_) => Kinship::Other,
            None => Kinship::Likely,
        }
    }

    /// The words of a folded text as they are in the index of texts.
    pub fn indexed(&self, folded: &str) -> String {
        let mut indexed = String::with_capacity(2 * folded.len());
        for token in pieces(folded).flat_map(tokens) {
            if !indexed.is_empty() {
                indexed.push(' ');
            }
            indexed.push_str(&self.code);
            indexed.push(MARK);
            indexed.push_str(&token);
        }
        indexed
    }

    /// The FTS5 query for a word, or for words that follow one another, in the texts of this language.
    pub fn query(&self, words: &str) -> String {
        // The last letter of writing without spaces is alone too; inside a phrase it would not follow.
        let whole = pieces(words).count() == 1 && is_single(words);
        let all: Vec<String> =
            pieces(words).flat_map(asked_tokens).map(|token| format!("{}{MARK}{token}", self.code)).collect();
        format!("\"{}\"{}", all.join(" "), if whole { " *" } else { "" })
    }
}

fn algorithm(code: &str) -> Option<Algorithm> {
    Some(match code {
        "ar" => Algorithm::Arabic,
        "da" => Algorithm::Danish,
        "de" => Algorithm::German,
        "el" => Algorithm::Greek,
        "en" => Algorithm::English,
        "es" => Algorithm::Spanish,
        "fi" => Algorithm::Finnish,
        "fr" => Algorithm::French,
        "hu" => Algorithm::Hungarian,
        "it" => Algorithm::Italian,
        "nb" | "nn" | "no" => Algorithm::Norwegian,
        "nl" => Algorithm::Dutch,
        "pt" => Algorithm::Portuguese,
        "ro" => Algorithm::Romanian,
        "ru" => Algorithm::Russian,
        "sv" => Algorithm::Swedish,
        "ta" => Algorithm::Tamil,
        "tr" => Algorithm::Turkish,
        _ => return None,
    })
}

/// Whether two endings of one stem are of one English declension or conjugation: stop, stops, stopped, stopping;
/// quote, quotes; story, stories. What makes another word (-al, -ity, -er) is not among them.
fn is_english_form(stem: &str, a: &str, b: &str) -> bool {
    // "stop" and "stopped": the stem's last letter is doubled before an ending.
    let last = stem.chars().next_back().unwrap_or(' ');
    let single = |ending: &str| match ending.strip_prefix(last) {
        Some(rest @ ("ed" | "ing")) => rest.to_string(),
        _ => ending.to_string(),
    };
    let (a, b) = (single(a), single(b));
    let mut all: Vec<&[&str]> = vec![
        &["", "s", "ed", "ing"],
        &["e", "es", "ed", "ing"],
        &["y", "ies", "ied", "ying"],
        &["ie", "ies", "ied", "ying"],
    ];
    if matches!(last, 's' | 'x' | 'z' | 'h' | 'o') {
        all.push(&["", "es", "ed", "ing"]);
    }
    all.iter().any(|endings| endings.contains(&a.as_str()) && endings.contains(&b.as_str()))
}

/// The same for Spanish, of number alone: -o and -a make different nouns as often as forms of one adjective.
fn is_spanish_form(stem: &str, a: &str, b: &str) -> bool {
    let mut all: Vec<&[&str]> = vec![&["", "s"], &["z", "ces"]];
    if !stem.ends_with(['a', 'e', 'i', 'o', 'u']) {
        all.push(&["", "es"]);
    }
    all.iter().any(|endings| endings.contains(&a) && endings.contains(&b))
}

/// Whether a letter is of a script that puts no spaces between words.
fn is_spaceless(c: char) -> bool {
    matches!(c,
        '\u{0e00}'..='\u{0eff}' // Thai, Lao
        | '\u{1000}'..='\u{109f}' // Burmese
        | '\u{1780}'..='\u{17ff}' // Khmer
        | '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' // Japanese
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' // Chinese
    )
}

/// Whether a word is written without spaces around it.
pub(super) fn is_run(word: &str) -> bool {
    word.starts_with(is_spaceless)
}

/// Whether it is one letter of such a script.
pub(super) fn is_single(word: &str) -> bool {
    is_run(word) && word.chars().nth(1).is_none()
}

/// The words of a folded text; what is written without spaces is a word of its own where it touches others.
pub(super) fn pieces(folded: &str) -> impl Iterator<Item = &str> {
    folded.split(' ').filter(|word| !word.is_empty()).flat_map(|word| {
        let mut rest = word;
        std::iter::from_fn(move || {
            let spaceless = rest.chars().next().map(is_spaceless)?;
            let end = rest.find(|c| is_spaceless(c) != spaceless).unwrap_or(rest.len());
            let (piece, after) = rest.split_at(end);
            rest = after;
            Some(piece)
        })
    })
}

/// What stands for a word in an index: the word, or every two neighbouring letters of a script without spaces, and
/// its last letter, so that any part of it is found.
pub(super) fn tokens(word: &str) -> Vec<String> {
    if !is_run(word) {
        return vec![word.to_string()];
    }
    let letters: Vec<char> = word.chars().collect();
    (0..letters.len()).map(|at| letters[at..letters.len().min(at + 2)].iter().collect()).collect()
}

/// What to look for in an index so as to find a word: [`tokens`] without the last letter alone.
pub(super) fn asked_tokens(word: &str) -> Vec<String> {
    let mut tokens = tokens(word);
    if is_run(word) && tokens.len() > 1 {
        tokens.pop();
    }
    tokens
}

/// How much of a name a word is: writing without spaces has about a word for two letters.
pub(super) fn weight(word: &str) -> usize {
    if is_run(word) { word.chars().count().div_ceil(2) } else { 1 }
}

/// Whether a folded word is a number: with a digit, or in Roman numerals. Such a word is never taken for another.
pub(super) fn is_number(word: &str) -> bool {
    word.contains(char::is_numeric) || is_roman(word)
}

/// Whether a word is a Roman numeral such as those behind names and wars, which is also a word of its own: "I".
pub(super) fn is_small_numeral(word: &str) -> bool {
    is_roman(word) && word.chars().all(|c| matches!(c, 'i' | 'v' | 'x'))
}

fn is_roman(word: &str) -> bool {
    let mut rest = word.trim_start_matches('m');
    let mut found = word.len() - rest.len() < 4;
    for [one, five, ten] in [["c", "d", "m"], ["x", "l", "c"], ["i", "v", "x"]] {
        let (nine, four) = (format!("{one}{ten}"), format!("{one}{five}"));
        rest = if let Some(after) = rest.strip_prefix(&*nine).or_else(|| rest.strip_prefix(&*four)) {
            after
        } else {
            let after = rest.strip_prefix(five).unwrap_or(rest);
            let ones = after.len() - after.trim_start_matches(one).len();
            found &= ones < 4;
            &after[ones..]
        };
    }
    found && rest.is_empty() && !word.is_empty()
}

/// How many typos a word may have: none up to three letters, then one, from eight letters on two. A number may have
/// none, nor may what is written without spaces.
pub(super) fn most_typos(word: &str) -> usize {
    match word.chars().count() {
        _ if is_number(word) || is_run(word) => 0,
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_one_word_are_told_from_other_words() {
        let english = Language::new("en");
        let kinship = |language: &Language, a: &str, b: &str| {
            (language.stem(a) == language.stem(b)).then(|| language.kinship(a, b))
        };
        for (a, b) in [
            ("quote", "quotes"),
            ("quotes", "quoting"),
            ("election", "elections"),
            ("distrusted", "distrusts"),
            ("stop", "stopped"),
            ("stops", "stopping"),
            ("story", "stories"),
            ("live", "living"),
            ("die", "dying"),
            ("box", "boxes"),
            ("universities", "university"),
        ] {
            assert_eq!(kinship(&english, a, b), Some(Kinship::Form), "{a} {b}");
            assert_eq!(kinship(&english, b, a), Some(Kinship::Form), "{b} {a}");
        }
        for (a, b) in [
            ("news", "new"),
            ("universe", "university"),
            ("police", "policy"),
            ("neat", "near"),
            ("generate", "general"),
            ("refugees", "refuge"),
            ("hoping", "hopping"),
            ("politics", "political"),
            ("organ", "organization"),
        ] {
            assert!(matches!(kinship(&english, a, b), None | Some(Kinship::Other)), "{a} {b}");
        }
        let spanish = Language::new("es");
        assert_eq!(kinship(&spanish, "votos", "voto"), Some(Kinship::Form));
        assert_eq!(kinship(&spanish, "leyes", "ley"), Some(Kinship::Form));
        assert_eq!(kinship(&spanish, "casa", "caso"), Some(Kinship::Other));
        assert_eq!(kinship(&Language::new("de"), "wahlen", "wahl"), Some(Kinship::Likely));
        assert_eq!(Language::new("xx").stem("elections"), "elections");
    }

    #[test]
    fn numbers_are_no_words() {
        for number in ["2", "1848", "19th", "i", "iv", "ix", "xiv", "mcmxcix", "viii"] {
            assert!(is_number(number), "{number}");
        }
        for word in ["", "civil", "did", "iiii", "vv", "world", "ivan", "mild"] {
            assert!(!is_number(word), "{word}");
        }
        assert_eq!(most_typos("20172018"), 0);
    }

    #[test]
    fn writing_without_spaces_is_found_in_parts() {
        assert_eq!(pieces("a市议会2024年").collect::<Vec<_>>(), ["a", "市议会", "2024", "年"]);
        assert_eq!(tokens("市议会"), ["市议", "议会", "会"]);
        assert_eq!(asked_tokens("市议会"), ["市议", "议会"]);
        assert_eq!(tokens("wall"), ["wall"]);
        let chinese = Language::new("zh");
        assert_eq!(chinese.query("市议会"), "\"zhǃ市议 zhǃ议会\"");
        assert_eq!(chinese.query("会"), "\"zhǃ会\" *");
        assert_eq!(chinese.indexed("公布 2024"), "zhǃ公布 zhǃ布 zhǃ2024");
    }

    #[test]
    fn short_words_must_be_right() {
        let most: Vec<usize> = ["paz", "amlo", "sheinba", "sheinbaum", "市议会和"].map(most_typos).into();
        assert_eq!(most, [0, 1, 1, 2, 0]);
    }
}
