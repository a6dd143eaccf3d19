//! Folding: the form in which names and words are compared.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Folds text for comparison: compatibility decomposition (NFKD), lower case, everything but letters and
/// digits a single space, and letters that people type without their marks as they type them.
///
/// - Accents and vowel points are dropped in Latin, Greek, Cyrillic, Hebrew and Arabic, where people leave
///   them out. In other scripts marks are spelling: without them "ปี" would be "ปู", and "ガ" would be "カ".
/// - Latin letters that Unicode does not decompose are written as their users write them where they lack
///   the key, as in CLDR's transform Latin-ASCII: "ß" is "ss", "ø" is "o", "þ" is "th".
/// - What is not seen vanishes and parts no words: soft hyphens, zero-width spaces, joiners, marks of
///   direction, the stroke that lengthens Arabic letters (tatweel).
/// - A possessive `'s` is dropped ("Mexico's" is "mexico"), and so are the dots of initials ("U.S." is
///   "us"). Other apostrophes vanish ("don't" is "dont"), whichever of the many signs is used for one.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let letters = letters(text);
    let mut letters = letters.iter().copied().peekable();
    // Letters of the word under way, and whether each was so far followed by a dot.
    let mut length = 0;
    let mut initials = true;
    while let Some(c) = letters.next() {
        if c.is_alphanumeric() || is_combining_mark(c) {
            initials &= length == 0 || folded.ends_with('\u{1}');
            if folded.ends_with('\u{1}') {
                folded.pop();
            }
            folded.push(c);
            length += 1;
        } else if c == '.' && length > 0 && initials && !folded.ends_with(|c: char| c.is_numeric()) {
            // A placeholder: the dot joins only if a letter follows.
            if !folded.ends_with('\u{1}') {
                folded.push('\u{1}');
            }
        } else if c == '\'' && length > 0 {
            let mut ahead = letters.clone();
            if ahead.next() == Some('s') && !ahead.peek().is_some_and(|c| c.is_alphanumeric()) {
                letters.next();
            }
        } else {
            if folded.ends_with('\u{1}') {
                folded.pop();
            }
            if length > 0 {
                folded.push(' ');
            }
            length = 0;
            initials = true;
        }
    }
    if folded.ends_with('\u{1}') {
        folded.pop();
    }
    folded.truncate(folded.trim_end().len());
    // Decomposed syllables and voiced kana become one letter again, which a typo then counts as.
    if folded.is_ascii() { folded } else { folded.nfc().collect() }
}

/// The folded text without its spaces: "wiki leaks" and "WikiLeaks" have one key.
pub fn key(text: &str) -> String {
    let mut folded = fold(text);
    folded.retain(|c| c != ' ');
    folded
}

/// The text's letters in lower case, decomposed, with the marks that are spelling and no others, and one sign
/// for all apostrophes.
fn letters(text: &str) -> Vec<char> {
    let mut letters = Vec::with_capacity(text.len());
    let mut marks_are_spelling = false;
    // NFKD would make a space of an acute accent that is alone.
    let seen = text.chars().filter(|c| !is_invisible(*c)).map(|c| if c == '´' { '\'' } else { c });
    // A decomposition can have what is not seen too.
    for c in seen.nfkd().filter(|c| !is_invisible(*c)).flat_map(char::to_lowercase) {
        if is_combining_mark(c) {
            if marks_are_spelling {
                letters.push(c);
            }
            continue;
        }
        marks_are_spelling = c.is_alphabetic() && !drops_marks(c);
        match c {
            _ if is_apostrophe(c) => letters.push('\''),
            // The last letter of a Greek word has a form of its own, which upper case has not.
            'ς' => letters.push('σ'),
            _ if c.is_ascii() => letters.push(c),
            _ => match LATIN.iter().find(|(letter, _)| *letter == c) {
                Some((_, plain)) => letters.extend(plain.chars()),
                None => letters.push(c),
            },
        }
    }
    letters
}

/// Letters of Latin alphabets that have no decomposition, in lower case.
const LATIN: [(char, &str); 34] = [
    ('ß', "ss"),
    ('æ', "ae"),
    ('œ', "oe"),
    ('ø', "o"),
    ('þ', "th"),
    ('ð', "d"),
    ('đ', "d"),
    ('ɖ', "d"),
    ('ɗ', "d"),
    ('ƌ', "d"),
    ('ħ', "h"),
    ('ı', "i"),
    ('ɨ', "i"),
    ('ȷ', "j"),
    ('ɉ', "j"),
    ('ł', "l"),
    ('ƚ', "l"),
    ('ŧ', "t"),
    ('ŋ', "n"),
    ('ɲ', "n"),
    ('ɓ', "b"),
    ('ƀ', "b"),
    ('ƈ', "c"),
    ('ɛ', "e"),
    ('ɇ', "e"),
    ('ƒ', "f"),
    ('ɠ', "g"),
    ('ǥ', "g"),
    ('ƙ', "k"),
    ('ĸ', "q"),
    ('ɔ', "o"),
    ('ʉ', "u"),
    ('ƴ', "y"),
    ('ƶ', "z"),
];

/// Whether a letter belongs to a script whose marks people leave out: Latin, Greek, Cyrillic, Hebrew, Arabic.
fn drops_marks(letter: char) -> bool {
    matches!(letter,
        '\0'..='\u{24f}' | '\u{250}'..='\u{2af}' | '\u{1e00}'..='\u{1eff}' | '\u{2c60}'..='\u{2c7f}'
        | '\u{a720}'..='\u{a7ff}' | '\u{ab30}'..='\u{ab6f}'
        | '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}'
        | '\u{400}'..='\u{52f}' | '\u{1c80}'..='\u{1c8f}' | '\u{2de0}'..='\u{2dff}' | '\u{a640}'..='\u{a69f}'
        | '\u{590}'..='\u{5ff}'
        | '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' | '\u{870}'..='\u{8ff}')
}

/// Signs that stand for an apostrophe, or for a letter that is typed as one: the modifier letters of Maya
/// languages, Ukrainian, Hawaiian and of transcriptions from Arabic and Russian too.
fn is_apostrophe(c: char) -> bool {
    matches!(
        c,
        '\'' | '‘' | '’' | '‚' | '‛' | '`' | '′' | '\u{2b9}'
            ..='\u{2bf}'
                | '\u{2c8}'
                | '\u{2ca}'
                | '\u{2cb}'
                | '\u{2ee}'
                | '\u{55a}'
                | '\u{5f3}'
                | '\u{7f4}'
                | '\u{7f5}'
                | '\u{a78c}'
    )
}

/// What has no shape of its own. The joiners of Persian and Indic scripts are among it: they change how
/// letters are joined, and people type the same words without them.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{640}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::{fold, key};
    use proptest::prelude::*;

    #[test]
    fn evens_out_what_people_type() {
        for (typed, folded) in [
            ("Andrés Manuel LÓPEZ Obrador", "andres manuel lopez obrador"),
            ("U.S.-Mexico", "us mexico"),
            ("the U.S. and J. Trudeau", "the us and j trudeau"),
            ("Mexico’s well-being", "mexico well being"),
            ("didn't", "didnt"),
            ("9/11", "9 11"),
            ("ﬁne ＡＢ", "fine ab"),
            ("İstanbul", "istanbul"),
            ("🇲🇽 ", ""),
            ("Erdoğan", "erdogan"),
            ("end. Next", "end next"),
            ("a.", "a"),
            ("2.5 per cent.", "2 5 per cent"),
            ("1️⃣ first", "1 first"),
        ] {
            assert_eq!(fold(typed), folded, "{typed}");
        }
        assert_eq!(key("Wiki Leaks"), key("WikiLeaks"));
        assert_eq!(key("US"), key("U.S."));
    }

    #[test]
    fn every_sign_for_an_apostrophe_is_one() {
        for sign in ["'", "’", "‘", "ʼ", "ʻ", "ʹ", "ʿ", "ʾ", "`", "´", "′", "ꞌ", "＇"] {
            assert_eq!(fold(&format!("Q{sign}anjob{sign}al")), "qanjobal", "{sign}");
            assert_eq!(fold(&format!("{sign}Olelo Nora O{sign}Hara{sign}s")), "olelo nora ohara", "{sign}");
        }
        assert_eq!(fold("Соловʼяненко"), fold("СОЛОВ'ЯНЕНКО"));
    }

    #[test]
    fn letters_without_a_decomposition_are_typed_as_others() {
        for (name, typed) in [
            ("Işıl Kılıç", "isil kilic"),
            ("Großmann", "grossmann"),
            ("GROẞMANN", "grossmann"),
            ("Mørch Łódź", "morch lodz"),
            ("Þingvellir Eyjafjörður", "thingvellir eyjafjordur"),
            ("Ægir Œdipe Ǽ", "aegir oedipe ae"),
            ("Đorđe Għaxaq", "dorde ghaxaq"),
            ("Ŋaba Ɛwe", "naba ewe"),
            ("ΟΔΥΣΣΕΥΣ", "οδυσσευσ"),
            ("Οδυσσεύς", "οδυσσευσ"),
        ] {
            assert_eq!(fold(name), typed, "{name}");
            assert_eq!(fold(&name.to_uppercase()), typed, "{name}");
        }
    }

    #[test]
    fn what_is_not_seen_parts_no_words() {
        for unseen in
            ["\u{ad}", "\u{200b}", "\u{200c}", "\u{200d}", "\u{2060}", "\u{feff}", "\u{200e}", "\u{202a}"]
        {
            assert_eq!(fold(&format!("inter{unseen}natio{unseen}nal{unseen} law")), "international law");
        }
        assert_eq!(fold("می\u{200c}خواهم"), fold("میخواهم"));
        assert_eq!(fold("ســـلام"), fold("سلام"));
        assert_eq!(fold("क\u{94d}\u{200d}ष"), fold("क\u{94d}ष"));
    }

    #[test]
    fn marks_that_are_spelling_stay() {
        for (one, other) in
            [("पिता", "पता"), ("มี", "มู"), ("ザル", "サル"), ("কি", "কা"), ("மீ", "மா"), ("한", "하")]
        {
            assert_ne!(fold(one), fold(other), "{one}");
            assert_ne!(key(one), key(other), "{one}");
        }
        for (marked, plain) in
            [("Ёлкин", "елкин"), ("Ὀδύσσεια", "οδυσσεια"), ("שָׁלוֹם", "שלום"), ("مُحَمَّد", "محمد"), ("Ấn", "an")]
        {
            assert_eq!(fold(marked), plain, "{marked}");
        }
        // However it is stored.
        assert_eq!(fold("ザ"), fold("サ\u{3099}"));
        assert_eq!(fold("한"), fold("\u{1112}\u{1161}\u{11ab}"));
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in any::<String>()) {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once.clone());
            prop_assert!(!once.starts_with(' ') && !once.ends_with(' ') && !once.contains("  "));
            prop_assert!(!once.contains(|c: char| c.is_control()));
        }

        #[test]
        fn folding_letters_and_marks_twice_changes_nothing(
            text in "[\\p{L}\\p{M}\\p{Cf}'’ʼ.s 0-9ßİςﬁ]{0,12}"
        ) {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn upper_case_does_not_matter_in_latin(text in "[\\p{Latin}' ]{0,12}") {
            prop_assert_eq!(fold(&text.to_uppercase()), fold(&text));
        }
    }
}
