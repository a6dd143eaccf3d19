//! The passage of a text that is nearest to words that are not in it, and how the two differ.

use std::ops::Range;

use similar::{Algorithm, DiffTag, capture_diff_slices};
use unicode_segmentation::UnicodeSegmentation;

use super::text::{even, shown};

/// How alike a passage must be to words to be shown for them, from 0 (nothing in common) to 1.
const LIKENESS: f64 = 0.6;

/// More characters than this on both sides of a difference are left out.
const AROUND: usize = 40;

/// The passage of a paragraph that is nearest to these words, as whole words, and how alike it is, from 0
/// to 1. Nothing if nothing is like them.
pub fn passage(paragraph: &str, words: &str) -> Option<(Range<usize>, f64)> {
    // Sellers' algorithm: the distances of all of `words` to what ends at each character of the paragraph,
    // each with the place where that begins.
    let wanted: Vec<char> = even(words).chars().collect();
    let given: Vec<(usize, char)> = paragraph.char_indices().collect();
    if wanted.is_empty() || given.is_empty() {
        return None;
    }
    let mut column: Vec<(usize, usize)> = (0..=wanted.len()).map(|row| (row, 0)).collect();
    let mut best = (usize::MAX, 0, 0);
    for (number, (_, c)) in given.iter().enumerate() {
        let c = even_character(*c);
        let mut diagonal = column[0];
        column[0] = (0, number + 1);
        for (row, wanted) in wanted.iter().enumerate() {
            let above = column[row];
            let left = column[row + 1];
            let same = (diagonal.0 + usize::from(*wanted != c), diagonal.1);
            let next = same.min((above.0 + 1, above.1)).min((left.0 + 1, left.1));
            diagonal = left;
            column[row + 1] = next;
        }
        if let Some((distance, from)) = column.last().filter(|(distance, _)| *distance < best.0) {
            best = (*distance, *from, number + 1);
        }
    }
    let likeness = 1.0 - ratio(best.0, wanted.len());
    if likeness < LIKENESS {
        return None;
    }
    let byte = |number: usize| given.get(number).map_or(paragraph.len(), |(at, _)| *at);
    Some((whole_words(paragraph, byte(best.1)..byte(best.2)), likeness))
}

fn ratio(part: usize, whole: usize) -> f64 {
    let number = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
    number(part) / number(whole.max(1))
}

fn even_character(c: char) -> char {
    even(c.encode_utf8(&mut [0; 4])).chars().next().unwrap_or(c)
}

/// A place stretched to whole words, and without spaces and punctuation at its ends.
fn whole_words(text: &str, place: Range<usize>) -> Range<usize> {
    let words = text.unicode_word_indices().map(|(at, word)| at..at + word.len());
    let mut touched = words.filter(|word| word.start < place.end && place.start < word.end);
    match touched.next() {
        Some(first) => first.start..touched.next_back().map_or(first.end, |last| last.end),
        None => place,
    }
}

/// Two texts with what differs in brackets; long stretches that are the same are cut.
pub fn side_by_side(ours: &str, theirs: &str) -> (String, String) {
    let (ours, theirs) = (shown(ours), shown(theirs));
    let ours: Vec<&str> = ours.split_word_bounds().collect();
    let theirs: Vec<&str> = theirs.split_word_bounds().collect();
    let evened = |words: &[&str]| -> Vec<String> {
        words.iter().map(|word| if *word == " " { " ".into() } else { even(word) }).collect()
    };
    let changes = capture_diff_slices(Algorithm::Myers, &evened(&ours), &evened(&theirs));
    let (mut left, mut right) = (String::new(), String::new());
    for (number, change) in changes.iter().enumerate() {
        let (tag, old, new) = change.as_tag_tuple();
        let (old, new) = (ours[old].concat(), theirs[new].concat());
        if tag == DiffTag::Equal {
            let (first, last) = (number == 0, number + 1 == changes.len());
            left.push_str(&shortened(&old, first, last));
            right.push_str(&shortened(&new, first, last));
            continue;
        }
        for (side, words) in [(&mut left, old), (&mut right, new)] {
            if !words.is_empty() {
                side.push_str(&format!("[{words}]"));
            }
        }
    }
    (left, right)
}

/// What is the same, except the words that are far from the differences beside it.
fn shortened(same: &str, is_first: bool, is_last: bool) -> String {
    let byte = |number: usize| same.char_indices().nth(number).map_or(same.len(), |(at, _)| at);
    let count = same.chars().count();
    let (head, tail) = (if is_first { 0 } else { AROUND }, if is_last { 0 } else { AROUND });
    if count <= head + tail + 10 {
        return same.to_string();
    }
    let (head, tail) = (byte(head), byte(count - tail));
    let head = same[..head].rfind(' ').map_or("", |space| &same[..space]);
    let tail = same[tail..].find(' ').map_or("", |space| &same[tail + space + 1..]);
    if is_first { format!("… {tail}") } else { format!("{head} … {tail}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nearest<'a>(paragraph: &'a str, words: &str) -> Option<&'a str> {
        passage(paragraph, words).map(|(place, _)| &paragraph[place])
    }

    #[test]
    fn finds_what_was_meant() {
        let text =
            "Mayor Ines Falk promised “a park for everyone” and asked the residents to plan it with her.";
        for (words, wanted) in [
            ("a park for everybody", Some("a park for everyone")),
            ("promised a park for all", Some("promised “a park for")),
            ("Asked the resident to plan", Some("asked the residents to plan")),
            ("asked residents to plan it", Some("asked the residents to plan it")),
            ("nothing of the kind was said", None),
            ("", None),
        ] {
            assert_eq!(nearest(text, words), wanted, "{words}");
        }
        assert_eq!(nearest("市长林美玲在市政厅宣布建造新图书馆", "市政厅宣告建造"), Some("市政厅宣布建造"));
        assert_eq!(nearest("", "words"), None);
    }

    #[test]
    fn marks_what_differs() {
        let (ours, theirs) = side_by_side("a park for everybody", "a park for everyone");
        assert_eq!((ours.as_str(), theirs.as_str()), ("a park for [everybody]", "a park for [everyone]"));
        let (ours, theirs) = side_by_side("asked \"residents\" to plan", "asked the “residents” to plan");
        assert_eq!(
            (ours.as_str(), theirs.as_str()),
            ("asked \"residents\" to plan", "asked [the ]“residents” to plan")
        );
        let long = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen";
        let (ours, _) = side_by_side(&format!("{long} day"), &format!("{long} night"));
        assert_eq!(ours, "… ten eleven twelve thirteen fourteen [day]");
        let (ours, _) =
            side_by_side(&format!("day {long} {long} day"), &format!("night {long} {long} night"));
        assert_eq!(
            ours,
            "[day] one two three four five six seven … ten eleven twelve thirteen fourteen [day]"
        );
    }
}
