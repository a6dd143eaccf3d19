//! The tests' small pack against its text: what is forgiven, and what is not.

use rapporteur::article::text;

use crate::common::{self, ARTICLE, Bot, pack, place};
use crate::packs::with;

/// Runs `check --source` on a pack and a text.
struct Proof(Bot);

impl Proof {
    fn of(pack: &str, text: &str) -> common::Output {
        let bot = Bot::new().pack("doors.toml", pack);
        std::fs::write(bot.home().join("article.txt"), text).unwrap();
        Proof(bot).run(&[])
    }

    fn run(&self, more: &[(&str, &str)]) -> common::Output {
        let mut command = self.0.command();
        command.envs(more.iter().copied());
        command.arg("check").arg(self.0.packs().join("doors.toml")).args(["--source", "article.txt"]);
        common::Output::of(&mut command)
    }
}

/// The pack with the hash of the text that it was made from.
fn signed(text: &str) -> String {
    let sha = format!("language = \"en\"\nsource_sha256 = \"{}\"", text::sha256(text.as_bytes()));
    pack().text().replace("language = \"en\"", &sha)
}

#[test]
fn the_text_proves_a_right_pack() {
    Proof::of(&pack().text(), ARTICLE).code(0).says("Every source is in the text").complains("Warning");
    Proof::of(&signed(ARTICLE), ARTICLE).code(0).never_says("Warning");
}

#[test]
fn typography_is_forgiven() {
    let plain = ARTICLE.replace(['“', '”'], "\"").replace('’', "'").replace('–', "-").replace(", ", ",  ");
    Proof::of(&pack().text(), &plain).code(0);
    Proof::of(&pack().text(), &ARTICLE.replace(['“', '”'], "\"").replace('í', "i\u{301}")).code(0);
    Proof::of(&pack().text(), &ARTICLE.replace('\n', "\r\n")).code(0);
    Proof::of(&pack().text(), &ARTICLE.replace(['“'], "«").replace('”', "»").replace("is a", "is\u{a0}a"))
        .code(0);
}

#[test]
fn words_are_not_forgiven() {
    let text = signed(ARTICLE);
    let quote = "words = \"silence is a door\"";
    for (wrong, says, line) in [
        (
            text.replace("\"silence is a door\"", "\"silence was a door\""),
            "not in the text",
            "words = \"silence was",
        ),
        (
            text.replace("\"silence is a door\"", "\"ilence is a door\""),
            "not in the text",
            "words = \"ilence",
        ),
        (
            text.replace("\"silence is a door\"", "\"Silence is a door\""),
            "not in the text",
            "words = \"Silence",
        ),
        (text.replace("\"a treaty opened", "\"the treaty opened"), "not in the text", "the treaty opened"),
        // The right words, but in another paragraph.
        (
            text.replace(
                &format!("{quote}\nkind = \"verbatim\""),
                &format!("{quote}\nkind = \"verbatim\" #"),
            )
            .replacen("source = { paragraph = 1 }", "source = { paragraph = 2 }", 1),
            "they are in paragraph 1",
            "paragraph = 2 }",
        ),
        (
            text.replacen("source = { paragraph = 1 }", "source = { paragraph = 99 }", 1),
            "no paragraph 99",
            "paragraph = 99",
        ),
        (
            text.replacen("source = { paragraph = 1 }", "source = { paragraph = 0 }", 1),
            "paragraph",
            "paragraph = 0",
        ),
        (text.replace("text = \"1994\"", "text = \"in 1995\""), "in 1995", "in 1995"),
        (
            text.replace("heading = \"What Came Next\"", "heading = \"What Came After\""),
            "What Came After",
            "What Came After",
        ),
        (text.replace("last = 3", "last = 4"), "only 3 paragraphs", "last = 4"),
        // In the text these words are not in quotation marks.
        (text.replace("kind = \"reported\"", "kind = \"verbatim\""), "not in quotation marks", ""),
        (
            text.replace("kind = \"verbatim\"", "kind = \"reported\""),
            "are in quotation marks",
            "kind = \"reported\"",
        ),
    ] {
        let output = Proof::of(&wrong, ARTICLE);
        output.code(1).complains(says);
        let wanted = wrong.lines().position(|it| it.contains(line)).unwrap() + 1;
        let (named, _) = place(&output.stderr, "doors.toml").unwrap_or_else(|| panic!("no place: {output}"));
        assert!(line.is_empty() || named == wanted, "line {named} instead of {wanted}: {output}");
    }
}

#[test]
fn an_often_found_place_needs_its_neighbours() {
    let often = pack().text().replace("exact = \"Octavio Paz said\"", "exact = \"of\"");
    Proof::of(&often, ARTICLE).code(1).complains("times in paragraph 1");
    let told =
        often.replace("exact = \"of\"", "exact = \"of\", prefix = \"both sides\", suffix = \"the river\"");
    Proof::of(&told, ARTICLE).code(0);
}

#[test]
fn a_pack_is_no_copy_of_the_article() {
    let quote = "[[quote]]\nid = \"q-long\"\nkind = \"author\"\ncontext = \"Long.\"\nsource = { paragraph = 2 }\n\
                 words = \"In 1994 a treaty opened the border to goods. The author holds that it should have opened it to people as well\"";
    let bot = Bot::new().pack("doors.toml", with(quote));
    std::fs::write(bot.home().join("article.txt"), ARTICLE).unwrap();
    let proof = Proof(bot);
    proof.run(&[]).code(1).complains("the limit is 10.0 %");
    proof.run(&[("RAPPORTEUR_LIBRARY_QUOTED_LIMIT", "0.5")]).code(0).says("limit 50.0 %");
}

#[test]
fn another_version_of_the_text() {
    let wrong = signed("another");
    Proof::of(&wrong, ARTICLE).code(1).complains("another version of the text");
    let short = wrong.replace(&text::sha256(b"another"), "abc");
    Proof::of(&short, ARTICLE).code(1).complains("not a SHA-256");
}

#[test]
fn texts_that_are_no_texts() {
    Proof::of(&pack().text(), "").code(1);
    let bot = Bot::new().pack("doors.toml", pack().text());
    Proof(bot).run(&[]).code(3).complains("article.txt").complains("can't be read");
    let bot = Bot::new().pack("doors.toml", pack().text());
    std::fs::write(bot.home().join("article.txt"), b"\xff\xfe\x00").unwrap();
    Proof(bot).run(&[]).code(3).complains("article.txt").complains("can't be read");
    let bot = Bot::new().pack("a.toml", pack().text()).pack("b.toml", pack().article("b").text());
    let path = |name: &str| bot.packs().join(name).into_os_string();
    let arguments = ["check".into(), path("a.toml"), path("b.toml"), "--source".into(), path("a.toml")];
    bot.run(arguments).code(2).complains("one by one");
}
