//! English words of like meaning, from WordNet (<https://wordnet.princeton.edu/>).

use std::sync::LazyLock;

/// The most words of like meaning that are given for a word.
const MAX_SYNONYMS: usize = 24;

/// The entries of the thesaurus, one a line: `word|synonym|synonym`.
struct Thesaurus {
    text: String,
    /// Where each line begins and ends, by its word.
    lines: Vec<(usize, usize)>,
}

/// Read when the first question needs it: some 9 MB, for as long as the program runs.
static THESAURUS: LazyLock<Thesaurus> = LazyLock::new(|| {
    let text = thesaurus_wordnet::uncompress();
    let mut lines = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        lines.push((start, start + line.trim_end_matches('\n').len()));
        start += line.len();
    }
    lines.sort_by(|a, b| word(&text[a.0..a.1]).cmp(word(&text[b.0..b.1])));
    Thesaurus { text, lines }
});

fn word(line: &str) -> &str {
    line.split('|').next().unwrap_or_default()
}

impl Thesaurus {
    fn entry(&self, wanted: &str) -> Option<&str> {
        let line = |&(start, end): &(usize, usize)| &self.text[start..end];
        let at = self.lines.binary_search_by(|at| word(line(at)).cmp(wanted)).ok()?;
        Some(line(&self.lines[at]))
    }
}

/// Words that mean much the same as an English word, each once; of several words none. Empty for a word that the
/// thesaurus does not have.
pub fn synonyms(word: &str) -> Vec<&'static str> {
    let thesaurus: &'static Thesaurus = &THESAURUS;
    let entry = base_forms(word).into_iter().find_map(|base| thesaurus.entry(&base));
    let mut synonyms: Vec<&str> = Vec::new();
    for synonym in entry.into_iter().flat_map(|entry| entry.split('|')) {
        let is_word = synonym.len() > 2 && synonym.bytes().all(|byte| byte.is_ascii_lowercase());
        if is_word && synonym != word && !synonyms.contains(&synonym) {
            synonyms.push(synonym);
        }
    }
    synonyms.truncate(MAX_SYNONYMS);
    synonyms
}

/// A word, and what it may be a form of.
fn base_forms(word: &str) -> Vec<String> {
    let mut forms = vec![word.to_string()];
    for (ending, others) in [
        ("ies", &["y"][..]),
        ("es", &["", "e"]),
        ("s", &[""]),
        ("ied", &["y"]),
        ("ed", &["", "e"]),
        ("ing", &["", "e"]),
        ("er", &["", "e"]),
        ("est", &["", "e"]),
    ] {
        let Some(stem) = word.strip_suffix(ending).filter(|stem| stem.len() > 2) else { continue };
        forms.extend(others.iter().map(|other| format!("{stem}{other}")));
        let mut letters = stem.chars().rev();
        // "bigger" is of "big".
        if letters.next() == letters.next() {
            forms.push(stem[..stem.len() - stem.chars().next_back().map_or(0, char::len_utf8)].to_string());
        }
    }
    forms
}

#[cfg(test)]
mod tests {
    use super::synonyms;

    #[test]
    fn words_of_like_meaning() {
        assert!(synonyms("bigger").contains(&"larger") || synonyms("bigger").contains(&"large"));
        assert!(synonyms("cure").contains(&"remedy"));
        assert!(synonyms("qwertz").is_empty());
    }
}
