//! Words: those of quotes and dates are in the text, in any writing.

use crate::proof::case::{VALLEY, case, falk, one_error, right};

#[test]
fn the_words_of_a_quote_are_proved_and_not_its_exact() {
    let lake = "paragraph = 1, exact = 'lake for everyone'";
    right(&falk().quote("verbatim falk", "a lake for everyone", lake), VALLEY);
    right(
        &falk().quote(
            "verbatim falk",
            "lake for everyone",
            "paragraph = 1, exact = 'promised “a lake for everyone” that'",
        ),
        VALLEY,
    );
    right(&falk().quote("verbatim falk", "time", "paragraph = 2, exact = 'we have no time'"), VALLEY);
    // The author's words in the mayor's mouth.
    let output = falk().quote("verbatim falk", "The council lied about every crown", lake).with(VALLEY);
    output.code(1).complains("don't stand at this `exact`").complains("not in quotation marks");
    // In another paragraph.
    let output = falk().quote("author", "The treasurer wept in the empty hall", lake).with(VALLEY);
    output
        .code(1)
        .complains("stand in paragraph 2, and its `exact` in 1")
        .complains("write `source = { paragraph = 2 }`");
    // Beside it, and only partly in it.
    for words in ["The council lied", "everyone” that year"] {
        falk().quote("author", words, lake).with(VALLEY).code(1).complains("don't stand at this `exact`");
    }
    // Twice in it.
    one_error(
        &falk().quote(
            "verbatim falk",
            "we have no",
            "paragraph = 2, exact = '“we have no money” and “we have no time”'",
        ),
        VALLEY,
        &["more than once in its `exact`"],
    );
    // Nowhere.
    one_error(&falk().quote("verbatim falk", "a lake for nobody at all", lake), VALLEY, &["not in the text"]);
}

#[test]
fn the_share_is_that_of_the_words() {
    let text = format!("{VALLEY} {}", "Nothing of the kind was ever tried before. ".repeat(20));
    let mut long = falk().quote(
        "author",
        "Nothing of the kind was ever tried before. ".repeat(20).trim_end(),
        "paragraph = 2, exact = 'Nothing of the kind was ever tried before. Nothing', prefix = 'to him.'",
    );
    long.limit = "0.1";
    let long = long.quote("verbatim falk", "a lake for everyone", "paragraph = 1");
    one_error(
        &long,
        &text,
        &[
            "repeat 164 of the text's",
            "too many; the limit is 10.0 %",
            "`q0` (160 words, paragraph 2), `q1` (4 words, paragraph 1)",
        ],
    );
}

#[test]
fn wrong_words_are_shown_beside_the_right_ones() {
    one_error(
        &falk().quote("verbatim falk", "a lake for everybody", "paragraph = 1"),
        VALLEY,
        &[
            "these words are not in the text",
            "pack: a lake for [everybody]",
            "text: a lake for [everyone]",
            "write `words = \"a lake for everyone\"`",
        ],
    );
    one_error(
        &falk().fact(1, "the treasurer wept in an empty hall"),
        VALLEY,
        &["paragraph 2 has nearly the same", "[an]", "[the]"],
    );
    one_error(&falk().fact(1, "nothing of the kind at all"), VALLEY, &["nothing in the text is like them"]);
    for words in ["a lake … everyone", "a lake [...] everyone", "a lake... everyone"] {
        one_error(
            &falk().quote("verbatim falk", words, "paragraph = 1"),
            VALLEY,
            &["nothing may be left out", "two quotes", "`words = \"a lake\"` and `words = \"everyone\"`"],
        );
    }
    one_error(
        &falk().fact(1, "lied about every crown. The treasurer"),
        VALLEY,
        &["over the end of paragraph 1", "write `exact = \"lied about every crown.\"`"],
    );
    one_error(&falk().fact(1, "we have no money"), VALLEY, &["not in paragraph 1", "write `paragraph = 2`"]);
    one_error(&falk().fact(2, "we have no"), VALLEY, &["stand 2 times in paragraph 2", "prefix = ", " or "]);
    one_error(
        &falk().fact(2, "hall"),
        VALLEY,
        &["a single word marks no place", "add `prefix = \"the empty\"`"],
    );
    let with_prefix = falk().quote("verbatim falk", "we have no time", "paragraph = 2, prefix = 'and also'");
    one_error(
        &with_prefix,
        VALLEY,
        &["between others than this `prefix`", "leave `prefix` and `suffix` out"],
    );
}

#[test]
fn a_wording_of_a_date_stands_in_the_text() {
    let event = |text: &str, paragraph: u32| {
        case("en").items(&format!(
            "[[event]]\nid = \"e\"\ntitle = \"E\"\nsummary = \"S.\"\nwhen = {{ edtf = \"2014-22\", text = \"{text}\", season = true }}\nsource = {{ paragraph = {paragraph}, exact = \"the council had spent\" }}\n"
        ))
    };
    let text = "By the summer of 2014 the council had spent it all.\nNothing came of it.";
    right(&event("the summer of 2014", 1), text);
    one_error(
        &event("in summer of 2014", 1),
        text,
        &["is not in paragraph 1", "write `text = \"the summer of 2014\"`"],
    );
    one_error(&event("last May", 1), text, &["is not in paragraph 1", "by = \"editor\""]);
    // A wrong paragraph is one error, not one more for the date.
    one_error(&event("the summer of 2014", 2), text, &["write `paragraph = 1`"]);
}

#[test]
fn writing_without_spaces() {
    let chinese = "一九九二年，村长陈雨在会上宣布修建水库。她说：“水库属于所有的村民。”\n有人认为费用太高，要求公布账目。";
    let chen = || case("zh").actor("chen", "陈雨", "");
    right(
        &chen()
            .quote("verbatim chen", "水库属于所有的村民", "paragraph = 1")
            .fact(2, "要求公布账目")
            .fact(1, "修建水库"),
        chinese,
    );
    one_error(&chen().fact(2, "高"), chinese, &["a single word marks no place"]);
    one_error(
        &chen().quote("verbatim chen", "会上宣布修建", "paragraph = 1"),
        chinese,
        &["not in quotation marks"],
    );
    one_error(&chen().fact(2, "要求公开账目"), chinese, &["pack: 要求公[开]账目", "text: 要求公[布]账目"]);
    let japanese = "駅長の鈴木一郎は「駅は『町の顔』だ」と語った。\n住民は反対した。";
    let suzuki = || case("ja").actor("suzuki", "鈴木一郎", "");
    right(
        &suzuki().quote("verbatim suzuki", "駅は『町の顔』だ", "paragraph = 1").quote(
            "phrase",
            "町の顔",
            "paragraph = 1",
        ),
        japanese,
    );
    right(&case("th").fact(1, "สวนเป็นของทุกคน"), "นายกเทศมนตรีพูดว่าสวนเป็นของทุกคนในเมือง");
    let mut long = suzuki().quote("verbatim suzuki", "駅は『町の顔』だ", "paragraph = 1");
    long.limit = "0.1";
    one_error(&long, japanese, &["6 of the text's 25 words"]);
}

#[test]
fn letters_that_are_apostrophes_and_invisible_characters() {
    right(
        &case("en").fact(1, "the Kʼicheʼ council").fact(1, "of Hawai'i nei"),
        "Of the K'iche' council and of Hawaiʻi nei.",
    );
    right(&case("en").fact(1, "our grandchildren pay"), "That our grand\u{ad}chil\u{ad}dren pay.");
    right(&case("en").fact(2, "second one"), "First.\n\u{a0}\nThe second one.\n\u{200b}");
}
