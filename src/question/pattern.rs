//! Patterns of question forms.
//!
//! A pattern is words with blanks between them: `what … say|said`. A word may have alternatives (`say|said`); `…` stands
//! for up to [`MAX_GAP`] words; what has a `~` before it must be there but does not belong to the form; `^` is the beginning of the question and `$` its end.

/// The most words that a gap stands for.
const MAX_GAP: usize = 10;

/// The places of the words that a pattern matched first.
pub(super) fn find(pattern: &str, words: &[&str]) -> Option<Vec<usize>> {
    let parts: Vec<&str> = pattern.split(' ').collect();
    (0..=words.len()).find_map(|start| matches(&parts, words, start))
}

/// The places of the words from `at` on that the parts match.
fn matches(parts: &[&str], words: &[&str], at: usize) -> Option<Vec<usize>> {
    let Some((part, rest)) = parts.split_first() else { return Some(Vec::new()) };
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
            let mut places = matches(rest, words, at + 1)?;
            if is_form {
                places.insert(0, at);
            }
            Some(places)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn gaps_alternatives_and_ends() {
        let words = ["what", "did", "paz", "say", "of", "it"];
        assert_eq!(find("what … say|said", &words), Some(vec![0, 3]));
        assert_eq!(find("say … it $", &words), Some(vec![3, 5]));
        assert_eq!(find("^ did", &words), None);
        assert_eq!(find("did|does", &words), Some(vec![1]));
        assert_eq!(find("what … say $", &words), None);
        assert_eq!(find("why", &words), None);
    }
}
