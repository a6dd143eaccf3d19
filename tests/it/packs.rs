//! Packs that editors write wrongly: each is told with its place, nothing of it is loaded, and what was
//! loaded before goes on answering.

use proptest::prelude::*;
use rapporteur::article::Diagnostic;
use rapporteur::article::check::check;
use rapporteur::article::read::{MAX_BYTES, PackFile};
use std::path::Path;

use crate::common::{ARTICLE, Bot, PackText, field, pack, place, real_pack};

/// A broken pack: file name, content, a part of the message, and the line that must be named.
struct Broken {
    name: &'static str,
    content: Vec<u8>,
    says: &'static str,
    line: Option<usize>,
}

fn broken(name: &'static str, content: impl Into<Vec<u8>>, says: &'static str) -> Broken {
    Broken { name, content: content.into(), says, line: None }
}

impl Broken {
    /// The first line with this text is the one to be named.
    fn at(mut self, text: &str) -> Broken {
        let content = String::from_utf8_lossy(&self.content).into_owned();
        let before = content.split(text).next().unwrap();
        assert!(before.len() < content.len(), "{text} is not in {}", self.name);
        self.line = Some(before.matches('\n').count() + 1);
        self
    }
}

/// A second actor, event and so on of one's own, in a pack that is right without it.
pub fn with(toml: &str) -> String {
    pack().with(toml).text()
}

fn argument(id: &str, supports: &str) -> String {
    format!(
        "[[argument]]\nid = \"{id}\"\ntitle = \"Claim {id}\"\nclaim = \"It is so.\"\nsupports = [\"{supports}\"]\nby = \"editor\"\n"
    )
}

fn event(when: &str) -> String {
    with(&format!(
        "[[event]]\nid = \"broken\"\ntitle = \"Broken\"\nsummary = \"It happened.\"\nby = \"editor\"\nwhen = {{ edtf = \"{when}\", by = \"editor\" }}"
    ))
}

fn json() -> serde_json::Value {
    serde_json::to_value(toml::from_str::<rapporteur::article::Pack>(&pack().text()).unwrap()).unwrap()
}

fn pretty_json(change: impl FnOnce(&mut serde_json::Value)) -> String {
    let mut pack = json();
    change(&mut pack);
    serde_json::to_string_pretty(&pack).unwrap()
}

#[expect(clippy::too_many_lines, reason = "a table of broken packs")]
fn broken_packs() -> Vec<Broken> {
    let right = pack().text();
    let unclosed = right.find("[[event]]").unwrap() + 30;
    let mut not_utf8 = right.clone().into_bytes();
    let at = right.find("Octavio").unwrap();
    not_utf8[at] = 0xff;
    let utf16: Vec<u8> = format!("\u{feff}{right}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let actor = |rest: &str| format!("[[actor]]\nid = \"other\"\nkind = \"person\"\nby = \"editor\"\n{rest}");
    vec![
        broken("empty.toml", "", "there is no [article]"),
        broken("blank.toml", "\n# nothing\n", "there is no [article]"),
        Broken { line: Some(1), ..broken("empty.json", "", "EOF") },
        broken("not-utf8.toml", not_utf8, "not UTF-8").at("\u{fffd}"),
        Broken { line: Some(1), ..broken("utf16.toml", utf16, "not UTF-8") },
        Broken {
            line: Some(right[..unclosed].lines().count()),
            ..broken("cut.toml", &right[..unclosed], "key with no value")
        },
        broken(
            "id-twice.toml",
            with(&actor("name = \"X Y\"\nsummary = \"S.\"").replace("other", "rios")),
            "is used twice",
        )
        .at("id = \"rios\"\nkind"),
        broken("name-twice.toml", with(&actor("name = \"Octavio Paz\"\nsummary = \"S.\"")), "names both"),
        broken("no-name.toml", with(&actor("summary = \"S.\"")), "lacks `name`"),
        broken(
            "bad-id.toml",
            with(&actor("name = \"X\"\nsummary = \"S.\"").replace("other", "Ot her")),
            "can't be an id",
        )
        .at("\"Ot her\""),
        broken("dangling.toml", right.replace("\"f-nobody\"]", "\"f-somebody\"]"), "f-somebody")
            .at("grounds ="),
        broken("wrong-kind.toml", right.replace("speaker = \"paz\"", "speaker = \"borders\""), "borders")
            .at("speaker = \"borders\""),
        broken(
            "circle-of-two.toml",
            with(&[argument("one", "two"), argument("two", "one")].concat()),
            "circle",
        ),
        broken(
            "circle-of-three.toml",
            with(&[argument("one", "two"), argument("two", "three"), argument("three", "one")].concat()),
            "circle",
        ),
        broken("supports-itself.toml", with(&argument("one", "one")), "one").at("supports ="),
        broken("february.toml", event("2021-02-30"), "2021-02-30").at("when = { edtf = \"2021"),
        broken("thirteenth-month.toml", event("1994-13"), "1994-13").at("1994-13"),
        broken("words-for-date.toml", event("last year"), "last year").at("last year"),
        broken("empty-date.toml", event(""), "").at("edtf = \"\""),
        broken("two-years.toml", event("2021-22"), "season").at("2021-22"),
        broken("backwards.toml", event("1999/1994"), "1999/1994").at("1999/1994"),
        broken("year-a-million.toml", event("Y1000000"), "").at("Y1000000"),
        broken(
            "million.toml",
            format!(
                "{}[[topic]]\nid = \"t\"\nname = \"T\"\nsummary = \"S.\"\nsynonyms = [{}]\n",
                right,
                "\"a\",".repeat(1_000_000)
            ),
            "more than 200",
        ),
        broken(
            "million-numbers.toml",
            format!("{right}\nnumbers = [{}]\n", "1,".repeat(1_000_000)),
            "numbers",
        ),
        broken("deep-array.toml", format!("x = {}{}\n{right}", "[".repeat(10_000), "]".repeat(10_000)), ""),
        broken("deep-table.toml", format!("x = {}{}\n{right}", "{a=".repeat(10_000), "}".repeat(10_000)), ""),
        broken("deep-key.toml", format!("{}x = 1\n{right}", "a.".repeat(10_000)), ""),
        broken("deep-header.toml", format!("{right}\n[{}x]\ny = 1\n", "a.".repeat(10_000)), ""),
        broken("deep.json", format!("{}{}", "[".repeat(10_000), "]".repeat(10_000)), ""),
        broken("deep-object.json", format!("{}1{}", "{\"a\":".repeat(10_000), "}".repeat(10_000)), ""),
        broken(
            "unknown-key.toml",
            right.replace("summary = \"A mayor", "sumary = \"A mayor"),
            "did you mean `summary`?",
        )
        .at("sumary"),
        broken("unknown-list.toml", right.replacen("[[actor]]", "[[actr]]", 1), "did you mean `actor`?")
            .at("[[actr]]"),
        broken("unknown-kind.toml", right.replace("\"verbatim\"", "\"verbatm\""), "did you mean `verbatim`?")
            .at("\"verbatm\""),
        broken("not-a-list.toml", right.replace("[[topic]]", "[topic]"), "must be a list").at("[topic]"),
        broken("wrong-type.toml", right.replace("first = 2", "first = \"two\""), "must be a number")
            .at("\"two\""),
        broken("negative.toml", right.replace("paragraph = 2", "paragraph = -2"), "`paragraph = 2`")
            .at("paragraph = -2"),
        broken("comma.json", "{\n  \"article\": {\n    \"id\": \"a\",\n  }\n}", "trailing comma")
            .at("  }\n}"),
        broken(
            "unknown-key.json",
            pretty_json(|it| it["actor"][0]["sumary"] = "x".into()),
            "did you mean `summary`?",
        )
        .at("\"sumary\""),
        broken("wrong-type.json", pretty_json(|it| it["article"]["title"] = 7.into()), "`\"title\": \"7\"`")
            .at("\"title\": 7"),
        broken("dangling.json", pretty_json(|it| it["quote"][0]["speaker"] = "nobody".into()), "nobody")
            .at("\"nobody\""),
        broken("id-twice.json", pretty_json(|it| it["actor"][1]["id"] = "paz".into()), "is used twice"),
    ]
}

#[test]
fn check_names_the_place() {
    let bot = Bot::new();
    let mut wrong = Vec::new();
    for Broken { name, content, says, line } in broken_packs() {
        bot.write_pack(name, content);
        let output = bot.check(name);
        let named = place(&output.stderr, name).map(|(line, _)| line);
        let lines_match = line.is_none_or(|line| named == Some(line));
        let placed = named.is_some() || says == "there is no [article]";
        if output.code != 1 || !output.stderr.contains(says) || !placed || !lines_match {
            let output: String = output.to_string().chars().take(1_500).collect();
            wrong.push(format!("{name}: should say {says:?} at line {line:?}, not {named:?}: {output}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn check_goes_through_all_packs() {
    let bot = Bot::new().pack("empty.toml", "").pack("right.toml", pack().text());
    let path = |name: &str| bot.packs().join(name).into_os_string();
    let output = bot.run(["check".into(), path("empty.toml"), path("right.toml"), path("missing.toml")]);
    output.code(1).says("right.toml: valid").complains("empty.toml").complains("missing.toml");
    bot.check("right.toml").code(0).says("2 quotes").says("1 argument,");
    bot.run(["check"]).code(2);
}

#[test]
fn check_sees_that_two_packs_of_a_folder_have_one_article() {
    let bot = Bot::new().pack("one.toml", pack().text()).pack("two.toml", pack().edition("red").text());
    let packs = bot.packs().display().to_string();
    let output = bot.run(["check", &packs]);
    output.code(1).says("one.toml: valid").says("2 packs: 1 valid, 1 with errors.");
    output.complains("two.toml: error: the article `doors` is in").complains("give one of them another id");
    // Two folders are not loaded together, and a file that is named twice is one.
    let other = bot.home().join("other");
    std::fs::create_dir(&other).unwrap();
    std::fs::rename(bot.packs().join("two.toml"), other.join("two.toml")).unwrap();
    let file = bot.packs().join("one.toml").display().to_string();
    bot.run(["check", &packs, "other", &file]).code(0).says("3 packs: 3 valid.");
}

#[test]
fn a_reload_tells_all_errors_of_all_packs_and_loads_nothing() {
    let bot = Bot::with(&pack());
    let before = bot.revision();
    let packs = broken_packs();
    for broken in &packs {
        bot.write_pack(broken.name, &broken.content);
    }
    bot.write_pack("doors.toml", pack().edition("red").text());
    let output = bot.ask("/reload");
    output.code(3).says("Nothing was loaded");
    for Broken { name, line, .. } in &packs {
        output.says(name);
        if let Some(line) = line {
            assert_eq!(place(&output.stdout, name).map(|(line, _)| line), Some(*line), "{name}");
        }
    }
    bot.ask("/quote Paz").code(0).says("Edition blue");
    assert_eq!(bot.revision(), before);
    bot.ask("/audit").says("/reload failed");
    // With the broken ones gone, the reload works.
    for Broken { name, .. } in &packs {
        std::fs::remove_file(bot.packs().join(name)).unwrap();
    }
    bot.ask("/reload").code(0);
    bot.ask("/quote Paz").code(0).says("Edition red");
}

#[test]
fn what_is_no_pack_file() {
    let bot = Bot::with(&pack());
    std::fs::create_dir(bot.packs().join("folder.toml")).unwrap();
    let big = pack().text() + "#".repeat(usize::try_from(MAX_BYTES).unwrap()).as_str();
    bot.write_pack("big.toml", big);
    std::os::unix::fs::symlink("nowhere", bot.packs().join("link.toml")).unwrap();
    bot.write_pack("notes.txt", "not a pack");
    bot.write_pack(".hidden.toml", "not a pack");
    for (name, says) in
        [("folder.toml", "is not a file"), ("big.toml", "larger than 8 MiB"), ("link.toml", "can't be read")]
    {
        bot.check(name).code(1).complains(name).complains(says);
        bot.ask("/reload").code(3).says(name).says(says).never_says("notes.txt").never_says("hidden");
    }
    bot.ask("/quote Paz").code(0).says("Edition blue");
}

#[test]
fn a_pack_of_almost_the_largest_size_is_read() {
    let text = pack().text();
    let comment = "#".repeat(usize::try_from(MAX_BYTES).unwrap() - text.len());
    Bot::new().pack("doors.toml", text + &*comment).ask("/quote Paz").code(0).says("Edition blue");
}

#[test]
fn two_packs_with_one_article() {
    let bot = Bot::with(&pack());
    bot.write_pack("again.toml", pack().edition("red").text());
    bot.ask("/reload").code(3).says("again.toml").says("doors.toml").says("`doors`");
    bot.ask("/quote Paz").code(0).says("Edition blue");
}

#[test]
fn no_packs() {
    let bot = Bot::with(&pack());
    std::fs::remove_file(bot.packs().join("doors.toml")).unwrap();
    bot.ask("/reload").code(3).says("no packs");
    std::fs::remove_dir(bot.packs()).unwrap();
    bot.ask("/reload").code(3).says("can't be read").says("packs");
    bot.ask("/quote Paz").code(0).says("Edition blue");
    let bot = Bot::new();
    bot.ask("/quote Paz").code(3).says("No article is loaded yet").complains("no packs");
}

#[test]
fn files_from_windows() {
    let text = pack().text();
    let revision = |name: &str, content: String| {
        let bot = Bot::new().pack(name, content);
        bot.check(name).code(0);
        bot.ask("/quote Paz").code(0).says("Edition blue");
        bot.revision()
    };
    let plain = revision("doors.toml", text.clone());
    assert_eq!(revision("doors.toml", text.replace('\n', "\r\n")), plain);
    assert_eq!(revision("doors.toml", format!("\u{feff}{text}")), plain);
    assert_eq!(revision("doors.toml", format!("\u{feff}{}", text.replace('\n', "\r\n"))), plain);
    assert_eq!(revision("doors.json", serde_json::to_string(&json()).unwrap()), plain);
}

/// The columns of errors in such files are right too.
#[test]
fn places_in_files_from_windows() {
    let text = format!("\u{feff}{}", event("2021-22").replace('\n', "\r\n"));
    let line = text.lines().position(|line| line.contains("2021-22")).unwrap() + 1;
    let bot = Bot::new().pack("doors.toml", &text);
    let output = bot.check("doors.toml");
    let column = "when = { edtf = ".len() + 1;
    assert_eq!(place(&output.stderr, "doors.toml"), Some((line, column)), "{output}");
}

#[test]
fn what_a_pack_says_can_not_command_the_terminal() {
    let evil = r#"
[[actor]]
id = "evil"
name = "Evil \u001b[2J\u0007 One\u0000 two"
kind = "person"
summary = "Line\r\nline\u009b31m \u202e backwards."
by = "editor"
"#;
    let bot = Bot::new().pack("doors.toml", with(evil));
    // Refused or shown harmlessly: either will do. `Output` checks that no control character comes out.
    bot.ask("/reload");
    bot.check("doors.toml");
    bot.ask("/actor evil");
    bot.ask("/search backwards");
    // So is a file's name.
    let name = "evil\u{1b}[2J\nname.toml";
    bot.write_pack(name, "x = 1");
    bot.ask("/reload").code(3).says("name.toml");
    bot.check(name).code(1).complains("name.toml");
}

fn pack_of(name: &str, bytes: &[u8]) -> Result<(), Vec<Diagnostic>> {
    let file = PackFile::from_bytes(name.into(), bytes.to_vec()).map_err(|wrong| vec![wrong])?;
    let pack = file.parse()?;
    let checked = check(&file, &pack, Some(ARTICLE), 0.1);
    for diagnostic in &checked.diagnostics {
        diagnostic.render();
    }
    if checked.is_right() { Ok(()) } else { Err(checked.diagnostics) }
}

#[test]
fn a_pack_cut_anywhere_is_right_or_has_an_error_with_a_line() {
    let toml = pack().text();
    let json = serde_json::to_string_pretty(&json()).unwrap();
    for (name, text) in [("doors.toml", toml), ("doors.json", json)] {
        let mut right = 0;
        for cut in (0..text.len()).step_by(37) {
            match pack_of(name, &text.as_bytes()[..cut]) {
                Ok(()) => right += 1,
                Err(wrong) => {
                    assert!(!wrong.is_empty(), "{name} cut at {cut}");
                    for diagnostic in wrong {
                        let whole = diagnostic.message.contains("there is no [article]");
                        assert!(
                            whole || diagnostic.position().is_some(),
                            "{name} cut at {cut}: {diagnostic}"
                        );
                        diagnostic.render();
                    }
                }
            }
        }
        assert!(right < text.len() / 37 / 2, "{name}: {right} cuts are taken for whole packs");
    }
}

fn exported_packs_are_the_same(pack: &str, article: &str) {
    let bot = Bot::new().pack("first.toml", pack);
    let revision = bot.revision();
    for format in ["toml", "json"] {
        let exported = bot.run(["export", article, "--format", format]);
        exported.code(0);
        let other = Bot::new().pack(&format!("other.{format}"), &exported.stdout);
        other.check(&format!("other.{format}")).code(0);
        assert_eq!(other.revision(), revision, "{format}");
        let again = other.run(["export", article, "--format", format]);
        assert_eq!(again.stdout, exported.stdout, "{format}");
    }
}

#[test]
fn an_exported_pack_is_the_same_revision() {
    let odd = r#"
[[topic]]
id = "odd"
name = "Odd “signs” 'and' \"quotes\" \\ \t # = [x]"
synonyms = ["ünï-cödé", "🦊 fox", "ends with \\"]
summary = """
Several
lines, and ''' and \""" too.
"""

[[event]]
id = "summer"
title = "A summer"
summary = "Warm."
by = "editor"
when = { edtf = "2021-22", by = "editor", season = true }
"#;
    exported_packs_are_the_same(&with(odd), "doors");
}

#[test]
fn the_first_article_exported_is_the_same_revision() {
    exported_packs_are_the_same(&real_pack(), "us-mexico");
}

#[test]
fn export_of_what_is_not_there() {
    let bot = Bot::with(&pack());
    bot.run(["export", "nosuch"]).code(1).complains("nosuch").complains("doors");
    bot.run(["export", "doors", "--format", "xml"]).code(2).complains("xml");
    Bot::new().run(["export", "doors"]).code(3).complains("no library is loaded");
}

/// A change to a pack's text: where, how much is taken out, and what is put in.
fn changed(base: &str, changes: &[(prop::sample::Index, usize, String)]) -> Vec<u8> {
    let mut bytes = base.as_bytes().to_vec();
    for (at, out, put) in changes {
        let at = at.index(bytes.len() + 1);
        let end = (at + out).min(bytes.len());
        bytes.splice(at..end, put.bytes());
    }
    bytes
}

fn changes() -> impl Strategy<Value = Vec<(prop::sample::Index, usize, String)>> {
    let pieces = prop::sample::select(vec![
        "",
        "\"",
        "'",
        "\"\"\"",
        "[",
        "]",
        "[[",
        "]]",
        "{",
        "}",
        "=",
        ",",
        ".",
        "\n",
        "\r",
        "\r\n",
        "\0",
        "\u{feff}",
        "#",
        "é",
        "🦊",
        "\\",
        "\\u0000",
        "\\ud800",
        "\u{1b}",
        "-1",
        "1e999",
        "99999999999999999999",
        "true",
        "null",
        "1979-05-27T07:32:00Z",
        "id = \"paz\"\n",
        "[article]\n",
        "[[quote]]\n",
        "[[actor.role]]\n",
        "paragraph = 4294967295",
        "supports = [\"people-too\"]\n",
        "\u{202e}",
        "é\u{301}",
        "e\u{301}",
        "ﬃ",
        "İ",
        "ß",
    ]);
    let put = prop_oneof![4 => pieces.prop_map(ToString::to_string), 1 => any::<String>()];
    prop::collection::vec((any::<prop::sample::Index>(), 0_usize..12, put), 1..6)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_make_the_parser_panic(bytes in prop::collection::vec(any::<u8>(), 0..400), json in any::<bool>()) {
        let name = if json { "any.json" } else { "any.toml" };
        for diagnostic in pack_of(name, &bytes).err().into_iter().flatten() {
            diagnostic.render();
        }
    }

    #[test]
    fn no_change_to_a_pack_makes_the_parser_panic(changes in changes()) {
        let json = serde_json::to_string_pretty(&json()).unwrap();
        for (name, text) in [("any.toml", pack().text()), ("any.json", json)] {
            for diagnostic in pack_of(name, &changed(&text, &changes)).err().into_iter().flatten() {
                diagnostic.render();
            }
        }
    }

    /// A change to the article's text is found, or doesn't matter; it never panics.
    #[test]
    fn no_text_makes_the_check_panic(changes in changes()) {
        let text = String::from_utf8_lossy(&changed(ARTICLE, &changes)).into_owned();
        let file = PackFile::from_bytes("doors.toml".into(), pack().text().into_bytes()).unwrap();
        for diagnostic in check(&file, &file.parse().unwrap(), Some(&text), 0.1).diagnostics {
            diagnostic.render();
        }
    }
}

/// The same packs in other files and in another order are the same revision.
#[test]
fn the_names_of_the_files_do_not_matter() {
    let packs = |first: &str, second: &str| {
        let one: PackText = pack().article("one");
        Bot::new().pack(first, one.text()).pack(second, pack().article("two").text()).revision()
    };
    assert_eq!(packs("a.toml", "b.toml"), packs("z.toml", "b.toml"));
}

#[test]
fn a_dry_run_shows_the_same_errors() {
    let bot = Bot::new().pack("empty.toml", "");
    let answer = bot.ask("/reload --dry-run");
    answer.code(3).says("empty.toml").says("there is no [article]");
    assert_eq!(field(&bot.ask_json("/status"), "Revision").unwrap(), "none: /reload");
    assert!(!Path::new(&bot.library("x")).exists());
}
