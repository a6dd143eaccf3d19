//! Texts: another version, the wrong one, shifted paragraphs, a folder of them; one sentence for each.

use crate::common::Bot;
use crate::proof::case::{Case, VALLEY, case, falk, faults, one_error, right};

#[test]
fn one_sentence_for_headings_and_shifted_numbers() {
    let text = "One begins it all.\nPart Two\nTwo goes on with it.\nThree is the next one.\nFour ends the whole thing.";
    let facts = |case: Case| {
        case.fact(1, "begins it all").fact(2, "goes on with").fact(3, "is the next").fact(4, "ends the whole")
    };
    let sections = |heading: &str| {
        let opening = "[[article.section]] | name = \"Opening\" | first = 1 | last = 1";
        let second = format!("[[article.section]] | heading = \"{heading}\" | first = 2 | last = 4");
        case("en").article(opening).article(&second)
    };
    right(&facts(sections("Part Two")), text);
    one_error(
        &facts(sections("Part Two.")),
        text,
        &["no heading “Part Two.”", "line 2 of the text", "write `heading = \"Part Two\"`"],
    );
    one_error(&facts(sections("Of the rest")), text, &["no heading", "write `name = \"Of the rest\"`"]);
    // A heading that the pack does not name.
    one_error(
        &facts(case("en")),
        text,
        &["from paragraph 2 on, 3 places are 1 or more paragraphs later", "--numbers"],
    );
    // Two wrong numbers of many are two errors.
    let output = case("en")
        .fact(1, "goes on with")
        .fact(1, "is the next")
        .fact(1, "begins it all")
        .fact(5, "ends the whole")
        .fact(2, "Part Two")
        .with(text);
    assert_eq!(faults(&output), (2, 0), "{output}");
}

#[test]
fn one_sentence_for_a_text_that_can_not_be_it() {
    let text = "The first of the paragraphs tells how the town bought a yard and what it was to be.\n\nThe second of them tells of the money and of those who had to pay it in the end.";
    let pack = case("en")
        .fact(1, "how the town bought a yard")
        .fact(1, "what it was to be")
        .fact(2, "those who had to pay it")
        .fact(2, "tells of the money");
    right(&pack, text);
    let broken: String = text
        .split(' ')
        .enumerate()
        .map(|(at, word)| format!("{word}{}", if at % 5 == 4 { "\n" } else { " " }))
        .collect();
    one_error(&pack, &broken, &["end in the middle of sentences"]);
    // Verse has such lines too: numbers that are off there are what they are elsewhere.
    let verse = "Of the river I sing,\nof the stones in its bed,\nof the bridge that they built,\nof the men who are dead";
    let shifted = case("en").fact(1, "stones in its").fact(2, "that they built").fact(3, "men who are");
    one_error(&shifted, verse, &["from paragraph 1 on, 3 places"]);
    one_error(&pack, "", &["the text is empty"]);
    one_error(&pack, "\n\u{a0}\n\u{200b}\n", &["the text is empty"]);
    one_error(&pack, VALLEY, &["the text of another article: 4 of the pack's 4 places", "Mayor Ines Falk"]);
    let output = pack.with(b"caf\xe9 au lait");
    output
        .code(3)
        .complains("valley.txt")
        .complains("can't be read")
        .complains("not UTF-8")
        .complains("save it as UTF-8");
    pack.with(b"\xff\xfea\x00b\x00").code(3).complains("UTF-16");
}

#[test]
fn the_same_text_from_another_program_is_no_other_version() {
    let pack = falk().quote("verbatim falk", "a lake for everyone", "paragraph = 1");
    let output = pack.with(VALLEY);
    let hash = output.stderr.split("source_sha256 = \"").nth(1).unwrap()[..64].to_string();
    let plain = rapporteur::article::text::sha256(VALLEY.as_bytes());
    let capitals = plain.to_uppercase();
    for hash in [hash, plain, capitals] {
        let signed = pack.clone().article(&format!("source_sha256 = \"{hash}\""));
        for text in [
            VALLEY.to_string(),
            VALLEY.replace('\n', "\r\n"),
            format!("\u{feff}{VALLEY}\n"),
            VALLEY.replace('\n', "  \n"),
        ] {
            signed.with(&text).code(0).never_says("Warning").never_says("Error");
        }
        let output = signed.with(VALLEY.replace("wept", "slept"));
        output.code(1).complains("another version of the text").complains("write `source_sha256 = \"");
    }
    let malformed = pack.article("source_sha256 = \"abc\"");
    assert_eq!(faults(&malformed.with(VALLEY)).0, 1);
}

#[test]
fn numbers_of_paragraphs() {
    let bot = Bot::new().pack(
        "valley.toml",
        case("en").article("[[article.section]] | heading = \"Part Two\" | first = 1 | last = 2").text(),
    );
    std::fs::write(
        bot.home().join("valley.txt"),
        "\u{feff}Part Two\r\n\u{a0}\r\nOne \u{1b}[2J one.\r\n\r\nTwo.\r\n",
    )
    .unwrap();
    let pack = bot.packs().join("valley.toml").display().to_string();
    assert_eq!(
        bot.run(["check", "--numbers", "valley.txt"]).code(0).stdout,
        "1  Part Two\n2  One [2J one.\n3  Two.\n"
    );
    assert_eq!(
        bot.run(["check", "--numbers", "valley.txt", &pack]).code(0).stdout,
        "   # Part Two\n1  One [2J one.\n2  Two.\n"
    );
    std::fs::write(bot.home().join("other.txt"), "One.").unwrap();
    bot.run(["check", "--numbers", "other.txt", &pack])
        .code(1)
        .says("1  One.")
        .complains("no heading “Part Two”");
    bot.run(["check", "--numbers", "missing.txt"]).code(3).complains("missing.txt can't be read");
    bot.run(["check", "--numbers", "valley.txt", "--source", "valley.txt"]).code(2);
}

#[test]
fn a_folder_of_packs_against_a_folder_of_texts() {
    let pack = |id: &str| case("en").fact(1, "lied about every crown").text().replace("valley", id);
    let bot = Bot::new().pack("one.toml", pack("one")).pack("second.toml", pack("two"));
    let texts = bot.home().join("texts");
    std::fs::create_dir(&texts).unwrap();
    let packs = bot.packs().display().to_string();
    let check = || bot.run(["check", &packs, "--sources", "texts"]);
    std::fs::write(texts.join("one.txt"), VALLEY).unwrap();
    std::fs::write(texts.join("README.md"), "Texts.").unwrap();
    // By the id, or by the pack's own name.
    check()
        .code(1)
        .says("one.toml: valid.")
        .says("second.toml: valid, but unproven")
        .says("texts/two.txt")
        .says("2 packs: 1 valid, 1 without a text.");
    std::fs::write(texts.join("second.txt"), VALLEY).unwrap();
    check().code(0).says("2 packs: 2 valid.\n").never_says("README");
    std::fs::write(texts.join("two.txt"), VALLEY.replace("lied about every", "told of each")).unwrap();
    check().code(1).says("2 packs: 1 valid, 1 with errors.").says("No pack is about texts/second.txt.");
    std::fs::write(texts.join("two.txt"), b"\xe9").unwrap();
    check().code(1).says("1 with errors").complains("save it as UTF-8");
    // A folder without texts is checked for itself.
    bot.run(["check", &packs]).code(0).says("2 packs: 2 valid.");
    bot.run(["check", &packs, "--source", "texts/one.txt"])
        .code(2)
        .complains("one by one")
        .complains("--sources");
    bot.run(["check", &packs, "--sources", "nowhere"]).code(3).complains("nowhere can't be read");
    bot.run(["check", "texts"]).code(2).complains("no packs");
}
