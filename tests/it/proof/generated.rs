//! Generated packs and texts: no text makes the check panic.

use proptest::prelude::*;
use rapporteur::article::check::check;
use rapporteur::article::read::PackFile;

/// Pieces of texts that are hard to read.
fn pieces() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "“",
        "”",
        "„",
        "«",
        "»",
        "\"",
        "'",
        "‘",
        "’",
        "‚",
        "‹",
        "「",
        "」",
        "—",
        "–",
        " — ",
        " —",
        "— ",
        ":",
        "Q: ",
        "A: ",
        "Falk: ",
        "Falk",
        " ",
        "\n",
        "\n\n",
        ".",
        ",",
        "…",
        "...",
        "[...]",
        "silence is a door",
        "silence",
        "é",
        "e\u{301}",
        "水库",
        "。",
        "ส",
        "ี",
        "12″",
        "6' 2\"",
        "\u{ad}",
        "\u{200b}",
        "\u{200d}",
        "\u{feff}",
        "\r",
        "\u{2029}",
        "İ",
        "ﬃ",
        "ʼ",
        "dit-il, ",
        "`",
        "\u{1b}",
    ]);
    prop::collection::vec(pieces, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_and_no_quote_make_the_check_panic(
        text in pieces(),
        words in pieces(),
        exact in prop::option::of(pieces()),
        heading in prop::option::of(pieces()),
        kind in prop::sample::select(vec!["verbatim", "phrase", "author", "reported"]),
        language in prop::sample::select(vec!["en", "es", "fr", "ru", "zh", "xx"]),
        speech in prop::sample::subsequence(vec!["dash", "single", "label"], 0..=3),
    ) {
        let mut pack = serde_json::json!({
            "article": { "id": "a", "title": "T", "language": language, "summary": "S.", "speech": speech },
            "actor": [{ "id": "falk", "name": "Ines Falk", "kind": "person", "summary": "S.", "by": "editor" }],
            "quote": [{ "id": "q", "words": words, "kind": kind, "speaker": "falk", "context": "C.",
                "source": { "paragraph": 1 } }],
        });
        if let Some(exact) = exact {
            pack["quote"][0]["source"]["exact"] = exact.into();
        }
        if let Some(heading) = heading {
            pack["article"]["section"] = serde_json::json!([{ "heading": heading, "first": 1, "last": 2 }]);
        }
        let file = PackFile::from_bytes("a.json".into(), serde_json::to_vec(&pack).unwrap()).unwrap();
        // What is wrong in form never gets as far as to the text.
        let Ok(pack) = file.parse() else { return Ok(()) };
        let checked = check(&file, &pack, Some(&text), 0.1);
        for diagnostic in checked.diagnostics {
            diagnostic.render();
            // What is told of a text can't command the terminal.
            let line = diagnostic.to_string();
            prop_assert!(!line.contains(char::is_control), "{line:?}");
        }
        prop_assert!(checked.share.is_some_and(|share| (0.0..=1.0).contains(&share)));
    }
}
