//! Two versions of a text, cut to where they differ.

use similar::TextDiff;

use super::show::cut;

/// How many words and spaces are kept around a difference.
const AROUND: usize = 6;

/// The old and the new text, each cut to what is different and a few words around it, and to `most` characters.
pub(super) fn difference(old: &str, new: &str, most: usize) -> (String, String) {
    let [old, new] = [old, new].map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
    let diff = TextDiff::from_unicode_words(&old, &new);
    let mut sides = [String::new(), String::new()];
    let mut ends = [0, 0];
    for group in diff.grouped_ops(AROUND) {
        let (Some(first), Some(last)) = (group.first(), group.last()) else { continue };
        let ranges =
            [first.old_range().start..last.old_range().end, first.new_range().start..last.new_range().end];
        for (side, range) in ranges.into_iter().enumerate() {
            if range.start > ends[side] {
                sides[side].push_str(if ends[side] == 0 { "… " } else { " … " });
            }
            let words = if side == 0 { diff.old_slices() } else { diff.new_slices() };
            sides[side].push_str(words[range.clone()].concat().trim());
            ends[side] = range.end;
        }
    }
    for (side, all) in [diff.old_slices().len(), diff.new_slices().len()].into_iter().enumerate() {
        if ends[side] < all && ends[side] > 0 {
            sides[side].push_str(" …");
        }
    }
    let [old, new] = sides;
    (cut(&old, most), cut(&new, most))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::difference;

    #[test]
    fn long_texts_are_cut_to_what_is_different() {
        let old =
            "The author holds that nobody has tried to mend the treaty since then, and says why at length.";
        let new =
            "The author holds that nobody has tried to mend the bridge since then, and says why at length.";
        let pair = |old: &str, new: &str| (old.to_string(), new.to_string());
        assert_eq!(
            difference(old, new, 100),
            pair("… to mend the treaty since then, …", "… to mend the bridge since then, …")
        );
        assert_eq!(difference("1994", "1995", 100), pair("1994", "1995"));
        assert_eq!(difference("", "new", 100), pair("", "new"));
        // Without spaces too, what is shown has the difference in it.
        let (old, new) = (
            format!("{0}東{1}", "水".repeat(300), "火".repeat(300)),
            format!("{0}西{1}", "水".repeat(300), "火".repeat(300)),
        );
        let (old, new) = difference(&old, &new, 40);
        assert!(old.contains('東') && new.contains('西'), "{old} {new}");
    }

    proptest! {
        /// Two texts that differ in more than spaces are shown as two different texts, none too long.
        #[test]
        fn what_differs_looks_different(
            before in "([a-c]{1,3} ){0,40}", old in "[d-f]{1,3}", new in "[g-i]{1,3}", after in "( [a-c]{1,3}){0,40}",
        ) {
            let (old, new) = difference(&format!("{before}{old}{after}"), &format!("{before}{new}{after}"), 80);
            prop_assert_ne!(&old, &new);
            prop_assert!(old.chars().count() <= 81 && new.chars().count() <= 81);
        }
    }
}
