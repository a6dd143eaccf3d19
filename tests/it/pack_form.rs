//! Packs as somebody writes them who has never seen the format: each mistake is told in plain words, at its
//! place, with the line to write; and the JSON Schema refuses what `check` refuses.

use crate::common::{self, Bot, pack, real_pack};
use boon::{Compiler, SchemaIndex, Schemas};
use proptest::prelude::*;
use rapporteur::article::check::check;
use rapporteur::article::pack::{Provenance, When};
use rapporteur::article::read::PackFile;
use rapporteur::article::schema::schema;
use rapporteur::article::{Diagnostic, Pack, Severity};
use serde_json::{Value, json};

/// Words that only the programs behind the check know.
const JARGON: [&str; 12] = [
    "u32",
    "invalid type",
    "expected struct",
    "sub-year",
    "missing field",
    "docs/",
    "offset",
    "serde",
    "variant",
    "string \"",
    "newtype",
    "map,",
];

fn toml_file(text: impl Into<String>) -> PackFile {
    PackFile::from_bytes("pack.toml".into(), text.into().into_bytes()).unwrap()
}

/// All that is said of a file, in the order in which it is said.
fn said(file: &PackFile) -> Vec<Diagnostic> {
    match file.parse() {
        Ok(pack) => check(file, &pack, None, 1.0).diagnostics,
        Err(wrong) => wrong,
    }
}

/// The errors of a pack that is right but for what is added to it.
fn errors(toml: &str) -> Vec<Diagnostic> {
    said(&toml_file(pack().with(toml).text()))
        .into_iter()
        .filter(|it| it.severity == Severity::Error)
        .collect()
}

const EVENT: &str = "[[event]]\nid = \"fair\"\ntitle = \"The fair opens\"\nsummary = \"It opened.\"\n\
                     source = { paragraph = 2, exact = \"opened the border\" }\n";

/// An event with a change.
fn event(from: &str, to: &str) -> String {
    assert!(EVENT.contains(from), "{from}");
    EVENT.replacen(from, to, 1)
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table of mistakes")]
fn every_mistake_is_told_with_the_line_to_write() {
    let more = |line: &str| format!("{EVENT}{line}\n");
    for (toml, at, write) in [
        (event("paragraph = 2", "paragraph = \"2\""), "\"2\"", "`paragraph = 2`"),
        (event("paragraph = 2", "paragraph = \"¶ 2\""), "\"¶ 2\"", "`paragraph = 2`"),
        (event("paragraph = 2", "paragraph = -3"), "-3", "`paragraph = 3`"),
        (event("paragraph = 2", "paragraph = 2.0"), "2.0", "`paragraph = 2`"),
        (event("{ paragraph = 2, exact = \"opened the border\" }", "2"), "2", "`source = { paragraph = 2, exact ="),
        (more("topics = \"trade, doors\""), "\"trade, doors\"", "`topics = [\"trade\", \"doors\"]`"),
        (more("aliases = [\"fair\", 7]"), "7", "\"7\""),
        (more("when = \"2011\""), "\"2011\"", "`when = { edtf = \"2011\", text = \"2011\" }`"),
        (more("when = \"in July 2020\""), "\"in July", "`when = { edtf = \"2020-07\", text = \"in July 2020\" }`"),
        (more("when = 2011"), "2011", "`when = { edtf = \"2011\", text = \"2011\" }`"),
        (more("when = { edtf = 2011, text = \"2011\" }"), "2011,", "`edtf = \"2011\"`"),
        (more("when = { edtf = 2011-05-03, text = \"2011\" }"), "2011-05-03", "`edtf = \"2011-05-03\"`"),
        (more("when = { edtf = \"2015-16\", text = \"2015-16\" }"), "\"2015-16\"", "`edtf = \"2015/2016\"`"),
        (more("when = { edtf = \"2021-22\", text = \"2021-22\" }"), "\"2021-22\"", "`2021/2022`"),
        (more("when = { edtf = \"2025-30\", text = \"2025-30\" }"), "\"2025-30\"", "`2025/2030`"),
        (more("when = { edtf = \"3 May 2011\", text = \"3 May 2011\" }"), "\"3 May", "`edtf = \"2011-05-03\"`"),
        (more("when = { text = \"2011\" }"), "{ text", "`edtf = \"…\"`"),
        (more("when = { edtf = \"2014-22\", text = \"summer\", season = \"true\" }"), "\"true\"", "`season = true`"),
        (event("\"The fair opens\"", "“The fair opens”"), "title", "`title = \"The fair opens\"`"),
        (event("\"The fair opens\"", "„The ‘fair’ opens“"), "title", "`title = \"The ‘fair’ opens\"`"),
        (event("exact = \"opened the border\"", "exact = “opened the border”"), "source", "exact = \"opened"),
        (event("id = ", "id: "), "id:", "`id = \"fair\"`"),
        (event("title = ", "title "), "title", "`title = \"The fair opens\"`"),
        (event("\"fair\"", "fair"), "id = fair", "`id = \"fair\"`"),
        (event("\"fair\"", "\"fair\","), "id = \"fair\",", "`id = \"fair\"`"),
        (event("\"fair\"", "\"fair"), "id = \"fair", "`id = \"fair\"`"),
        (event("opens\"", "\"opens\" again\""), "title", "`title = \"The fair \\\"opens\\\" again\"`"),
        (event("\"It opened.\"", "'It's open.'"), "summary", "`summary = \"It's open.\"`"),
        (event("\"It opened.\"", "\"It\nopened.\""), "summary", "\"\"\"It … \"\"\""),
        (event("[[event]]", "[event]"), "[event]", "`[[event]]`"),
        (event("[[event]]", "[[event]"), "[[event]", "`[[event]]`"),
        (event("[[event]]", "// The fair\n[[event]]"), "// The", "`# The fair`"),
        (more("title = \"Again\""), "title = \"Again\"", "the other is line"),
        (more("titel = \"Again\""), "titel", "`title`"),
        (more("speaker = \"paz\""), "speaker", "known here: actors"),
        (event("summary", "sumary"), "sumary", "`summary`"),
        (more("season = true"), "season", "`when = { …, season = true }`"),
        (more("when = { edtf = \"2011\" text = \"2011\" }"), "when", "`when = { edtf = \"2011\", text = \"2011\" }`"),
        (event("id = \"fair\"", "id = \"\""), "\"\"", "`id = \"the-fair-opens\"`"),
        (event("paragraph = 2", "paragraph = 99999999999"), "99999999999", "`paragraph = 1`"),
        (event("\"It opened.\"", "\"\"\"It opened."), "\"\"\"It", "begin and end a text"),
        (event("id = \"fair\"", "id = \"The Fair!\""), "\"The Fair!\"", "`id = \"the-fair\"`"),
        (more("actors = [\"Octavio Paz\"]"), "\"Octavio Paz\"]", "`paz`"),
        (more("actors = [\"pas\"]"), "\"pas\"", "`paz`"),
        ("[[role]]\ntitle = \"Mayor\"\n".into(), "role]]", "`[[actor.role]]`"),
        ("[[section]]\nfirst = 1\n".into(), "section]]", "`[[article.section]]`"),
        (
            "[[actor]]\nid = \"x\"\nname = \"X\"\nkind = \"person\"\nby = \"editor\"\nsummary = \"S.\"\nrole = \"Mayor\"\n".into(),
            "\"Mayor\"",
            "`[[actor.role]]`",
        ),
    ] {
        let text = pack().with(&toml).text();
        let before = text[..text.rfind(&toml).unwrap()].len();
        let column = |offset: usize| {
            let line = text[..offset].rsplit('\n').next().unwrap();
            (text[..offset].matches('\n').count() + 1, line.chars().count() + 1)
        };
        let found = said(&toml_file(&*text));
        let wanted = column(before + toml.find(at).unwrap());
        let told = found.iter().any(|it| it.position() == Some(wanted) && it.to_string().contains(write));
        let all = found.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
        assert!(told, "{toml}\nshould say {write} at {wanted:?}, and says\n{all}");
        assert_eq!(found.len(), 1, "{toml}\n{all}");
        assert!(!JARGON.iter().any(|word| all.contains(word)), "{all}");
    }
}

/// The two mistakes are at one place, so both are told.
#[test]
fn a_part_that_swallows_the_keys_of_the_whole() {
    let found = errors(
        "[[actor]]\nid = \"x\"\nname = \"X\"\nkind = \"person\"\n[[actor.role]]\ntitle = \"Mayor\"\nsummary = \"S.\"\nby = \"editor\"\n",
    );
    let text = found.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
    assert!(text.contains("`actor` lacks `summary` and `source`"), "{text}");
    assert!(text.contains("move the line up, above `[[actor.role]]`"), "{text}");
}

#[test]
fn a_draft_is_told_all_that_it_lacks_at_once() {
    for (draft, lacks) in [
        ("[[event]]\n", "`event` lacks `id`, `title`, `summary` and `source`"),
        ("[[quote]]\nid = \"x\"\nkind = \"verbatim\"\n", "lacks `words`, `context`, `source` and `speaker`"),
        ("[[quote]]\nid = \"x\"\nkind = \"author\"\n", "`quote` lacks `words`, `context` and `source`"),
        ("[[actor]]\nid = \"x\"\nby = \"editor\"\n", "`actor` lacks `name`, `kind` and `summary`"),
        ("[[argument]]\n", "`argument` lacks `id`, `title`, `claim` and `source`"),
        ("[[fact]]\n", "`fact` lacks `id`, `statement`, `standing` and `source`"),
        ("[[relation]]\n", "`relation` lacks `id`, `from`, `to`, `kind`, `summary` and `source`"),
        ("[[topic]]\n", "`topic` lacks `id`, `name` and `summary`"),
    ] {
        let found = errors(draft);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].message.contains(lacks), "{}", found[0]);
        assert!(found[0].position().is_some());
    }
    // One word must not be taken for the right one because it is the example.
    let help = errors("[[actor]]\n").remove(0).help.unwrap();
    assert!(help.contains("`kind = \"…\"` with one of person, institution"), "{help}");
    let found = said(&toml_file("[article]\nid = \"a\"\n"));
    assert!(found[0].message.contains("lacks `title`, `language` and `summary`"), "{}", found[0]);
    let file =
        PackFile::from_bytes("a.json".into(), b"{\"article\": {\"id\": \"a\"}, \"event\": [{}]}".into())
            .unwrap();
    let found = said(&file);
    assert!(found[0].to_string().contains("`\"title\": \"…\"`") && found.len() == 2, "{found:?}");
    let file = PackFile::from_bytes("a.json".into(), b"[]".into()).unwrap();
    assert!(said(&file)[0].message.contains("there is no [article]"));
}

#[test]
fn json_in_a_toml_file_is_one_mistake() {
    let found = said(&toml_file("{\n  \"article\": {\n    \"id\": \"a\"\n  }\n}\n"));
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].to_string().contains(".json"), "{}", found[0]);
}

#[test]
fn errors_come_in_the_order_of_the_file() {
    let found = errors(&format!(
        "{}[[event]]\nid = \"other\"\n{}",
        event("paragraph = 2", "paragraph = \"2\""),
        event("[[event]]", "[[event]]\nwho = \"x\"").replace("fair", "third")
    ));
    let places: Vec<_> = found.iter().map(|it| it.position().unwrap()).collect();
    assert_eq!(places.len(), 3, "{found:?}");
    assert!(places.is_sorted());
}

#[test]
fn an_id_that_is_used_twice_is_told_once_with_both_places() {
    // The quote's speaker is an id that an actor and an event have: which is meant is not known, so no more is said.
    let more = "[[actor]]\nid = \"fair\"\nname = \"Fair\"\nkind = \"group\"\nsummary = \"S.\"\nby = \"editor\"\n\
                [[quote]]\nid = \"q\"\nwords = \"nobody has tried\"\nkind = \"reported\"\nspeaker = \"fair\"\ncontext = \"c\"\n\
                source = { paragraph = 2 }\n";
    let text = pack().with(&format!("{EVENT}{more}")).text();
    let found = said(&toml_file(&*text));
    assert_eq!(found.len(), 1, "{found:?}");
    let line = |of: &str| text.lines().position(|line| line == of).unwrap() + 2;
    assert_eq!(
        found[0].position().unwrap().0,
        line("[[event]]").max(text[..text.find(EVENT).unwrap()].matches('\n').count() + 2)
    );
    let actor = text[..text.find(more).unwrap()].matches('\n').count() + 2;
    assert!(found[0].message.contains(&format!("`actor` in line {actor}")), "{}", found[0]);
}

#[test]
fn a_text_that_is_too_long_or_empty_is_told_at_its_own_place() {
    let long = event("It opened.", &"Word ".repeat(300));
    let found = errors(&long);
    assert_eq!(found[0].message, "`summary` is longer than 1,200 characters: it has 1,499");
    assert_eq!(found[0].help.as_deref(), Some("shorten it by 299 characters"));
    let found = errors(&event("\"The fair opens\"", "\" \""));
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].message, "`title` has an empty text");
    let found = errors(&format!("{EVENT}aliases = [\"a\", \"\", \"{}\"]\n", "b".repeat(121)));
    let messages: Vec<&str> = found.iter().map(|it| it.message.as_str()).collect();
    assert_eq!(
        messages,
        ["`aliases` has an empty text", "`aliases` is longer than 120 characters: it has 121"]
    );
}

#[test]
fn a_malformed_hash_is_told_once_even_with_the_text() {
    let text = pack().text().replace("language = \"en\"", "language = \"en\"\nsource_sha256 = \"ABC\"");
    let file = toml_file(text);
    let checked = check(&file, &file.parse().unwrap(), Some(common::ARTICLE), 0.1);
    assert_eq!(checked.diagnostics.len(), 1, "{:?}", checked.diagnostics);
    assert!(checked.diagnostics[0].message.contains("not a SHA-256"));
}

#[test]
fn a_pack_in_another_encoding() {
    let text = pack().text().into_bytes();
    let at = text.windows(2).position(|it| it == "í".as_bytes()).unwrap();
    let latin: Vec<u8> = text[..at].iter().chain(b"\xed").chain(&text[at + 2..]).copied().collect();
    let wrong = PackFile::from_bytes("a.toml".into(), latin).unwrap_err();
    assert!(wrong.position().is_some() && wrong.to_string().contains("save the file as UTF-8"), "{wrong}");
    assert!(wrong.to_string().contains('í'), "{wrong}");
}

#[test]
fn a_wording_that_names_another_year_is_a_warning() {
    for when in [
        "{ edtf = \"2021-07-23/2021-08-08\", text = \"the Oslo 2020 meeting\" }",
        "{ edtf = \"1995\", text = \"a year after the 1994 treaty\" }",
    ] {
        let found = said(&toml_file(pack().with(&format!("{EVENT}when = {when}\n")).text()));
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].severity, Severity::Warning);
    }
}

#[test]
fn a_quote_with_the_name_of_a_person_is_warned_of() {
    let quote = |id: &str, aliases: &str| {
        format!(
            "[[quote]]\nid = \"{id}\"\nwords = \"nobody has tried\"\nkind = \"author\"\ncontext = \"c\"\naliases = [{aliases}]\nsource = {{ paragraph = 2 }}\n"
        )
    };
    for (toml, at) in [(quote("octavio-paz", ""), "\"octavio-paz\""), (quote("tried", "\"Paz\""), "\"Paz\"]")]
    {
        let text = pack().with(&toml).text();
        let found = said(&toml_file(&*text));
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].severity, Severity::Warning);
        let line = text[..text.rfind(at).unwrap()].matches('\n').count() + 1;
        assert_eq!(found[0].position().unwrap().0, line);
        assert!(found[0].message.contains("Octavio Paz"), "{}", found[0]);
    }
    assert_eq!(said(&toml_file(real_pack())).len(), 0);
}

#[test]
fn line_breaks_and_tabs_in_texts_are_blanks() {
    let lines = "[[topic]]\nid = \"lines\"\nname = \"Several\\tlines\"\nsummary = \"\"\"\n  A text\nof two lines,\r\n\n\tand more.\n\"\"\"\n";
    let text = pack().with(lines).text();
    let plain = text.replace("\r\n", "\n");
    for text in [text, plain.replace('\n', "\r\n"), plain] {
        let pack = toml_file(text).parse().unwrap();
        let topic = pack.topics.last().unwrap();
        assert_eq!(topic.name, "Several lines");
        assert_eq!(topic.summary, "A text of two lines, and more.");
    }
    let bot = Bot::new().pack("doors.toml", pack().with(lines).text());
    bot.ask("/topic lines").code(0).says("two lines, and more.").never_says("\u{fffd}");
}

#[test]
fn dates_are_shown_and_typed_in_plain_words() {
    let dated = |id: &str, when: &str| {
        EVENT.replace("fair", id).replace("source = ", &format!("when = {when}\nsource = "))
    };
    let toml = [
        dated("killed", "{ edtf = \"-0043-03-15\", text = \"in 44 BC\" }"),
        dated("born", "{ edtf = \"0000\", by = \"editor\" }"),
        dated("printed", "{ edtf = \"15XX\", text = \"the sixteenth century\" }"),
        dated("either", "{ edtf = \"[1667,1668]\", by = \"editor\" }"),
        dated("signed", "{ edtf = \"1959-01-06\", text = \"6 January 1959\" }"),
    ];
    let bot = Bot::new().pack("doors.toml", pack().with(&toml.concat()).text());
    bot.ask("/timeline")
        .code(0)
        .says("15 March 44 BC")
        .says("1 BC (editor")
        .says("the 16th century")
        .says("1667 or 1668");
    bot.ask("/timeline").says("6 January 1959: ").never_says("(6 January 1959");
    for (typed, finds) in [
        ("44 BC", "The killed"),
        ("15 March 44 BC", "The killed"),
        ("500 BC to AD 1", "The born"),
        ("16th century", "The printed"),
        ("the 1500s", "The printed"),
        ("1667 or 1668", "The either"),
        ("January 6, 1959", "The signed"),
    ] {
        bot.ask(&format!("/timeline {typed}")).code(0).says(finds);
    }
    bot.ask("/timeline after 1959").never_says("The signed");
    bot.ask("/timeline since 1959").says("The signed");
    bot.ask("/timeline from 1959 to 1960").says("The signed").never_says("1994");
}

#[test]
fn what_the_editor_adds_is_said_once_in_a_line() {
    let toml = r#"
[[actor]]
id = "vane"
name = "Ada Vane"
kind = "person"
summary = "She judged."
by = "editor"

[[actor.role]]
title = "Judge"
when = { edtf = "1990", by = "editor" }
by = "editor"

[[actor.role]]
title = "Mayor"
when = { edtf = "2001", by = "editor" }

[[actor.role]]
title = "Author"
by = "editor"

[[event]]
id = "trial"
title = "The trial"
when = { edtf = "1991-05-03", by = "editor" }
summary = "It was held."
actors = ["vane"]
by = "editor"
"#;
    let bot = Bot::new().pack("doors.toml", pack().with(toml).text());
    for line in ["/actor Vane", "/timeline", "/timeline Vane", "/event trial", "/compare Vane, Paz"] {
        let output = bot.ask(line);
        // Lines are wrapped to the terminal's width, so a line is what a mark or a name begins.
        let text = output.stdout.replace("\n      ", " ").replace("\n    ", " ");
        for line in text.lines() {
            assert!(line.matches("added by the editor").count() <= 1, "{line}");
        }
    }
    bot.ask("/actor Vane").says("Judge, 1990").says("Mayor, 2001").says("editor");
    bot.ask("/timeline 1991").says("3 May 1991: The trial").says("added by the editor");
}

/// The schema, ready to be held against packs.
struct Validator(Schemas, SchemaIndex);

impl Validator {
    fn new() -> Validator {
        let mut compiler = Compiler::new();
        compiler.add_resource("https://example.org/pack.json", schema().clone()).unwrap();
        let mut schemas = Schemas::new();
        let index = compiler.compile("https://example.org/pack.json", &mut schemas).unwrap();
        Validator(schemas, index)
    }

    fn accepts(&self, pack: &Value) -> bool {
        self.0.validate(pack, self.1).is_ok()
    }
}

fn value(toml: &str) -> Value {
    toml::from_str(toml).unwrap()
}

#[test]
fn the_schema_accepts_right_packs() {
    let validator = Validator::new();
    let page =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/editing-an-article.md")).unwrap();
    let example = page.split("```toml example\n").nth(1).unwrap().split("```\n").next().unwrap();
    for right in [pack().text(), real_pack(), example.to_string()] {
        validator.0.validate(&value(&right), validator.1).unwrap_or_else(|error| panic!("{error}"));
    }
}

/// What is wrong with a single item is seen by editor programs too.
#[test]
#[expect(clippy::too_many_lines, reason = "a table of mistakes")]
fn the_schema_refuses_what_check_refuses_in_form() {
    let validator = Validator::new();
    let more = |line: &str| format!("{EVENT}{line}\n");
    let date = |when: &str| format!("{EVENT}when = {when}\n");
    let quote = |rest: &str| {
        format!("[[quote]]\nid = \"q\"\nwords = \"nobody has tried\"\ncontext = \"c\"\n{rest}\n")
    };
    let mut wrong = vec![
        event("\"fair\"", "\"The Fair\""),
        event("\"fair\"", "\"-fair\""),
        event("\"fair\"", &format!("\"{}\"", "f".repeat(61))),
        event("\"fair\"", "\"\""),
        event("\"The fair opens\"", "\"\""),
        event("\"The fair opens\"", &format!("\"{}\"", "t".repeat(121))),
        event("\"It opened.\"", &format!("\"{}\"", "t".repeat(1_201))),
        event("\"It opened.\"", "\"\\n\""),
        event("paragraph = 2", "paragraph = 0"),
        event("paragraph = 2", "paragraph = \"2\""),
        event("exact = \"opened the border\"", "exact = \"\""),
        event("exact = \"opened the border\"", &format!("exact = \"{}\"", "word ".repeat(21))),
        event(", exact = \"opened the border\"", ""),
        event("source = { paragraph = 2, exact = \"opened the border\" }\n", ""),
        more("by = \"editor\""),
        more("topics = \"x\""),
        more(&format!("aliases = [{}]", "\"a\", ".repeat(201))),
        more("aliases = [\"\"]"),
        more("surprise = 1"),
        quote("kind = \"verbatim\"\nsource = { paragraph = 2 }"),
        quote("kind = \"reported\"\nsource = { paragraph = 2 }"),
        quote("kind = \"author\"\nspeaker = \"paz\"\nsource = { paragraph = 2 }"),
        quote("kind = \"phrase\"\nspeaker = \"paz\"\nsource = { paragraph = 2 }"),
        quote("kind = \"shouted\"\nsource = { paragraph = 2 }"),
        quote("kind = \"author\""),
        date("{ edtf = \"2011\" }"),
        date("{ text = \"2011\" }"),
    ];
    for edtf in [
        "",
        "2015-16-17-18",
        "July 2020",
        "2020-7-8",
        "yesterday",
        "201",
        "2020/",
        "/2020",
        "1990s",
        "16 March 2020",
    ] {
        wrong.push(date(&format!("{{ edtf = \"{edtf}\", by = \"editor\" }}")));
    }
    let article = pack().text();
    let mut packs: Vec<String> = wrong.iter().map(|toml| pack().with(toml).text()).collect();
    packs.extend([
        article.replace("language = \"en\"", "language = \"English\""),
        article.replace("language = \"en\"", "language = \"en\"\nlink = \"example.org\""),
        article.replace("language = \"en\"", "language = \"en\"\nsource_sha256 = \"abc\""),
        article.replace("heading = \"What Came Next\"", "heading = \"What Came Next\"\nname = \"Second\""),
        article.replace("heading = \"What Came Next\"\n", ""),
        article.replace("[article]", "[article]\nsurprise = 1"),
    ]);
    for wrong in packs {
        let told = said(&toml_file(&*wrong));
        assert!(told.iter().any(|it| it.severity == Severity::Error), "check accepts\n{wrong}");
        assert!(!validator.accepts(&value(&wrong)), "the schema accepts {told:?}");
    }
    assert!(!validator.accepts(&json!({})));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// A date that is right is right in the schema.
    #[test]
    fn the_schema_accepts_every_date_that_check_accepts(
        edtf in "-?[0-9X]{4}(-[0-4X][0-9X](-[0-3X][0-9X])?)?[?~%]?|[0-9X]{3}X[?~%]?/(\\.\\.|[12][0-9]{3}[?~%]?)|\\[[12][0-9]{3}(,|\\.\\.)[12][0-9]{3}\\]"
    ) {
        let when = When { edtf, text: None, by: Provenance::Editor, season: true };
        if when.days().is_ok() {
            let mut pack: Value = value(&pack().with(EVENT).text());
            pack["event"].as_array_mut().unwrap().last_mut().unwrap()["when"] = serde_json::to_value(&when).unwrap();
            prop_assert!(Validator::new().accepts(&pack), "{}", when.edtf);
        }
    }

    /// What is read is told again by its own form: a pack that is read and written is the same pack.
    #[test]
    fn texts_are_evened_out_once(summary in "[\\PC\t\r\n ]{1,40}") {
        let mut pack: Pack = toml::from_str(&pack().text()).unwrap();
        pack.article.summary = summary;
        let read = |pack: &Pack| toml_file(toml::to_string(pack).unwrap()).parse().unwrap();
        let once = read(&pack);
        prop_assert!(!once.article.summary.contains(['\t', '\r', '\n']));
        prop_assert_eq!(read(&once), once);
    }
}
