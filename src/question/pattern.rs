//! Patterns of question forms.
//!
//! A pattern is words with blanks between them: `what … say|said`. A word may have alternatives (`say|said`); `…` stands
//! for up to [`MAX_GAP`] words; what has a `~` before it must be there but does not belong to the form; `^` is the beginning of the question and `$` its end.

/// The most words that a gap stands for.
const MAX_GAP: usize = 10;

/// Where a pattern matched first.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Match {
    /// The places of the words that belong to the form.
    pub form: Vec<usize>,
    /// The places of those that must be there and do not.
    pub beside: Vec<usize>,
}

/// Where a pattern matched first.
pub(super) fn find(pattern: &str, words: &[&str]) -> Option<Match> {
    let parts: Vec<&str> = pattern.split(' ').collect();
    (0..=words.len()).find_map(|start| matches(&parts, words, start))
}

/// The places of the words from `at` on that the parts match.
fn matches(parts: &[&str], words: &[&str], at: usize) -> Option<Match> {
    let Some((part, rest)) = parts.split_first() else { return Some(Match::default()) };
    match *part {
        "^" => (at == 0).then(|| matches(rest, words, at)).flatten(),
        "$" => (at == words.len()).then(|| matches(rest, words, at)).flatten(),
        "…" => (0..=MAX_GAP)
            .take_while(|gap| at + gap <= words.len())
            .find_map(|gap| matches(rest, words, at + gap)),
        part => {
            let (part, is_form) = part.strip_prefix('~').map_or((part, true), |part| (part, false));
            let word = words.get(at)?;
            if !part.split('|').any(|alternative| alternative == *word) {
                return None;
            }
            let mut found = matches(rest, words, at + 1)?;
            let places = if is_form { &mut found.form } else { &mut found.beside };
            places.insert(0, at);
            Some(found)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn gaps_alternatives_and_ends() {
        let words = ["what", "did", "paz", "say", "of", "it"];
        let form = |pattern| find(pattern, &words).map(|found| found.form);
        assert_eq!(form("what … say|said"), Some(vec![0, 3]));
        assert_eq!(form("say … it $"), Some(vec![3, 5]));
        assert_eq!(form("^ did"), None);
        assert_eq!(form("did|does"), Some(vec![1]));
        assert_eq!(form("what … say $"), None);
        assert_eq!(form("why"), None);
        assert_eq!(
            find("what ~did", &words).map(|found| (found.form, found.beside)),
            Some((vec![0], vec![1]))
        );
    }
}
