//! Lists of words: "A, B and C".

use crate::say;

use super::plain::plain;

/// The words, the last two joined by "and".
pub fn and(words: &[String]) -> String {
    join(words, |rest, last| say!("list-and", rest = rest, last = last, before = last_sound(last)))
}

/// The words, the last two joined by "or".
pub fn or(words: &[String]) -> String {
    join(words, |rest, last| say!("list-or", rest = rest, last = last, before = last_sound(last)))
}

fn join(words: &[String], ends: impl Fn(&str, &str) -> String) -> String {
    match words {
        [] => String::new(),
        [word] => word.clone(),
        [rest @ .., last] => {
            let rest = rest.iter().cloned().reduce(|rest, next| say!("list-comma", rest = rest, next = next));
            ends(&rest.unwrap_or_default(), last)
        }
    }
}

/// With which sound the last word begins, as far as it changes the word before it: in Spanish "e" goes before an `i`
/// that is no diphthong, and "u" before an `o`.
fn last_sound(word: &str) -> &'static str {
    let word = plain(word);
    let word = word.trim_start_matches(|c: char| !c.is_alphanumeric());
    let word = word.strip_prefix('h').unwrap_or(word);
    let second = word.chars().nth(1);
    match word.chars().next() {
        Some('i') if !second.is_some_and(|c| matches!(c, 'a' | 'e' | 'o')) => "i",
        Some('o') => "o",
        _ => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Locale;

    #[test]
    fn lists_in_both_languages() {
        let words = |list: &[&str]| list.iter().map(ToString::to_string).collect::<Vec<_>>();
        let spanish = Locale::read("es").unwrap();
        for (list, english, said) in [
            (words(&[]), "", ""),
            (words(&["Paz"]), "Paz", "Paz"),
            (words(&["Paz", "Biden"]), "Paz and Biden", "Paz y Biden"),
            (words(&["a", "b", "c"]), "a, b and c", "a, b y c"),
            (words(&["Biden", "Inés"]), "Biden and Inés", "Biden e Inés"),
            (words(&["agua", "hielo"]), "agua and hielo", "agua y hielo"),
        ] {
            assert_eq!(and(&list), english);
            assert_eq!(spanish.sync_scope(|| and(&list)), said);
        }
        assert_eq!(spanish.sync_scope(|| or(&words(&["siete", "“ocho”"]))), "siete u “ocho”");
    }
}
