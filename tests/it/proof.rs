//! `check --source`: a pack says what the text says, in many languages, and an editor is told each fault once.

use crate::common::{Bot, Output};
use proptest::prelude::*;
use rapporteur::article::check::check;
use rapporteur::article::read::PackFile;

/// A pack on an invented article. Its parts are lines of TOML.
#[derive(Debug, Clone)]
struct Case {
    article: String,
    items: String,
    limit: &'static str,
}

/// A pack in this language.
fn case(language: &str) -> Case {
    Case { article: format!("language = \"{language}\"\n"), items: String::new(), limit: "1" }
}

impl Case {
    /// With a line more in `[article]`, or a section.
    fn article(mut self, line: &str) -> Case {
        self.article.push_str(line);
        self.article.push('\n');
        self
    }

    fn items(mut self, toml: &str) -> Case {
        self.items.push_str(toml);
        self
    }

    fn actor(self, id: &str, name: &str, rest: &str) -> Case {
        self.items(&format!(
            "[[actor]]\nid = \"{id}\"\nname = \"{name}\"\nkind = \"person\"\nsummary = \"S.\"\nby = \"editor\"\n{rest}\n"
        ))
    }

    fn fact(self, paragraph: u32, exact: &str) -> Case {
        let number = self.items.matches("[[fact]]").count();
        self.items(&format!(
            "[[fact]]\nid = \"f{number}\"\nstatement = \"S.\"\nstanding = \"fact\"\nsource = {{ paragraph = {paragraph}, exact = '''{exact}''' }}\n"
        ))
    }

    /// A quote; `kind` may be followed by a speaker: `verbatim falk`.
    fn quote(self, kind: &str, words: &str, source: &str) -> Case {
        let number = self.items.matches("[[quote]]").count();
        let (kind, speaker) = kind
            .split_once(' ')
            .map_or((kind, String::new()), |(kind, id)| (kind, format!("speaker = \"{id}\"\n")));
        self.items(&format!(
            "[[quote]]\nid = \"q{number}\"\nwords = '''{words}'''\nkind = \"{kind}\"\n{speaker}context = \"C.\"\nsource = {{ {source} }}\n"
        ))
    }

    fn text(&self) -> String {
        let (sections, lines): (Vec<&str>, Vec<&str>) =
            self.article.lines().partition(|line| line.starts_with("[["));
        format!(
            "[article]\nid = \"valley\"\ntitle = \"The valley\"\nsummary = \"S.\"\n{}\n{}\n{}",
            lines.join("\n"),
            sections.join("\n").replace(" | ", "\n"),
            self.items
        )
    }

    /// What `check --source` says with this text.
    #[track_caller]
    fn with(&self, text: impl AsRef<[u8]>) -> Output {
        let bot = Bot::new().pack("valley.toml", self.text());
        std::fs::write(bot.home().join("valley.txt"), text).unwrap();
        let mut command = bot.command();
        command.env("RAPPORTEUR_LIBRARY_QUOTED_LIMIT", self.limit);
        command.arg("check").arg(bot.packs().join("valley.toml")).args(["--source", "valley.txt"]);
        Output::of(&mut command)
    }
}

/// How many errors and warnings there are, but for the one about `source_sha256`.
fn faults(output: &Output) -> (usize, usize) {
    let count = |word: &str| {
        let rendered = output.stderr.lines().filter(|line| line.starts_with(&format!("{word}: "))).count();
        let small = format!(": {}: ", word.to_lowercase());
        rendered + output.stderr.lines().filter(|line| line.contains(&small)).count()
    };
    let unsigned = usize::from(output.stderr.contains("does not say which text"));
    (count("Error"), count("Warning") - unsigned)
}

#[track_caller]
fn right(case: &Case, text: &str) {
    let output = case.with(text);
    assert_eq!((output.code, faults(&output)), (0, (0, 0)), "{output}");
}

/// There is one error, and it says all of this.
#[track_caller]
fn one_error(case: &Case, text: &str, says: &[&str]) {
    let output = case.with(text);
    assert_eq!((output.code, faults(&output).0), (1, 1), "{output}");
    for say in says {
        output.complains(say);
    }
}

fn falk() -> Case {
    case("en").actor("falk", "Ines Falk", "")
}

const VALLEY: &str = "Mayor Ines Falk promised “a lake for everyone” that year. The council lied about every crown.\n\
    The treasurer wept in the empty hall, and Falk said “we have no money” and “we have no time” to him.";

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
fn speech_by_dash_needs_a_declaration() {
    let text = "Entró el señor Ruiz en la oficina.\n—Dos semanas —dijo, cansado—, y no más. Mañana vuelvo.\n—¿Quién lo manda?\nEl portero gritó: —Cierre usted la puerta. La lluvia —una lluvia fina— seguía.";
    let ruiz = || case("es").actor("ruiz", "Pedro Ruiz", "").actor("portero", "El portero", "");
    let quotes = |case: Case| {
        case.quote("verbatim ruiz", "Dos semanas", "paragraph = 2")
            .quote("verbatim ruiz", "y no más. Mañana vuelvo", "paragraph = 2")
            .quote("verbatim ruiz", "¿Quién lo manda?", "paragraph = 3")
            .quote("verbatim portero", "Cierre usted la puerta", "paragraph = 4")
    };
    right(&quotes(ruiz().article("speech = [\"dash\"]")), text);
    // The one line to write is told once.
    one_error(
        &quotes(ruiz()),
        text,
        &[
            "not in quotation marks",
            "behind a dash",
            "`speech = [\"dash\"]` in [article]",
            "`q1`, `q2`, `q3`",
        ],
    );
    let declared = || ruiz().article("speech = [\"dash\"]");
    one_error(
        &declared().quote("verbatim ruiz", "dijo, cansado", "paragraph = 2"),
        text,
        &["not in quotation marks"],
    );
    one_error(
        &declared().quote("verbatim ruiz", "Dos semanas —dijo, cansado—, y no más", "paragraph = 2"),
        text,
        &["may be the narrator's", "words = \"y no más\""],
    );
    one_error(
        &declared().quote("author", "y no más. Mañana", "paragraph = 2"),
        text,
        &["speech behind a dash", "kind = \"verbatim\""],
    );
    one_error(
        &declared().quote("verbatim ruiz", "una lluvia fina", "paragraph = 4"),
        "Uno.\nDos.\nTres.\nLa lluvia —una lluvia fina— seguía, según Ruiz.",
        &["not in quotation marks"],
    );
    right(&declared().quote("author", "Entró el señor Ruiz", "paragraph = 1"), text);
    // Speech given as the author's report of it.
    let output = ruiz().quote("reported ruiz", "¿Quién lo manda?", "paragraph = 3").with(text);
    output.code(0).complains("seem to be speech behind a dash");
}

#[test]
fn speech_in_single_marks_needs_a_declaration() {
    let text = "‘We’ll lose the river,’ said Falk, who’d seen the farmers’ fields. She called it ‘a door’.";
    let quotes = |case: Case| {
        case.quote("verbatim falk", "We'll lose the river", "paragraph = 1").quote(
            "phrase",
            "a door",
            "paragraph = 1",
        )
    };
    right(&quotes(falk().article("speech = [\"single\"]")), text);
    one_error(&quotes(falk()), text, &["single quotation marks", "`speech = [\"single\"]`"]);
    one_error(&quotes(falk().article("speech = [\"dash\"]")), text, &["`speech = [\"dash\", \"single\"]`"]);
    let declared = || falk().article("speech = [\"single\"]");
    one_error(
        &declared().quote("verbatim falk", "seen the farmers", "paragraph = 1"),
        text,
        &["not in quotation marks"],
    );
    one_error(
        &declared().quote("reported falk", "lose the river", "paragraph = 1"),
        text,
        &["in single quotation marks in the text"],
    );
}

#[test]
fn labels_name_the_speaker() {
    let text = "They met in spring.\nQ: What did you want?\nA: A lake, as my mother did.\nAnd time to build it.\nFalk: Then came the money.\nLind: There was none.";
    let people = || falk().actor("lind", "Otto Lind", "").article("speech = [\"label\"]");
    let quotes = |case: Case| {
        case.quote("verbatim falk", "as my mother did", "paragraph = 3")
            .quote("verbatim falk", "time to build it", "paragraph = 4")
            .quote("verbatim falk", "Then came the money", "paragraph = 5")
    };
    right(&quotes(people()), text);
    one_error(&quotes(falk()), text, &["behind a label", "`speech = [\"label\"]`"]);
    one_error(
        &people().quote("verbatim falk", "There was none", "paragraph = 6"),
        text,
        &["those of “Lind” (paragraph 6)", "`speaker = \"lind\"`"],
    );
    one_error(
        &people().quote("verbatim falk", "met in spring", "paragraph = 1"),
        text,
        &["not in quotation marks"],
    );
    let output = people()
        .quote("verbatim falk", "what now", "paragraph = 2")
        .with("Critic: And why?\nCritic: So what now?");
    output.code(0).complains("those of “Critic”").complains("`aliases` of `falk`");
}

#[test]
fn a_label_gives_words_to_nobody_else() {
    let people = || falk().actor("lind", "Otto Lind", "").article("speech = [\"label\"]");
    // Initials and titles name somebody; that words are behind a label makes them nobody's report.
    let text = "IF: We never built it.\nOL: You did.\nMr Lind: You did, at night.\nMr Lind: Ask them.\nFalk: Never in my life.";
    one_error(
        &people().quote("verbatim falk", "You did", "paragraph = 2"),
        text,
        &["“OL”", "`speaker = \"lind\"`"],
    );
    one_error(
        &people().quote("verbatim falk", "You did, at night", "paragraph = 3"),
        text,
        &["“Mr Lind”", "`speaker = \"lind\"`"],
    );
    one_error(
        &people().quote("author", "Never in my life", "paragraph = 5"),
        text,
        &["behind a label", "`kind = \"verbatim\"`"],
    );
    // Who speaks once ends the answer of who spoke before.
    let text = "Falk: We never built it.\nHost: That is a lie.\nIt is a lake.";
    one_error(
        &people().quote("verbatim falk", "That is a lie", "paragraph = 2"),
        text,
        &["not in quotation marks"],
    );
    one_error(
        &people().quote("verbatim falk", "It is a lake", "paragraph = 3"),
        text,
        &["not in quotation marks"],
    );
}

#[test]
fn a_speaker_who_is_not_named_nearby() {
    let text = "Ines Falk spoke first.\nThen it rained.\n“We have no money,” said Otto Lind at last.\n“Nor time,” he said.";
    let people = || falk().actor("lind", "Otto Lind", "aliases = [\"the treasurer\"]");
    right(
        &people().quote("verbatim lind", "We have no money", "paragraph = 3").quote(
            "verbatim lind",
            "Nor time",
            "paragraph = 4",
        ),
        text,
    );
    let output = people().quote("verbatim falk", "We have no money", "paragraph = 3").with(text);
    output
        .code(0)
        .complains("no name of Ines Falk stands in paragraph 2 or 3")
        .complains("line 3 of the text");
    assert_eq!(faults(&output), (0, 1), "{output}");
    right(
        &people().article("author = \"falk\"").quote("verbatim falk", "We have no money", "paragraph = 3"),
        text,
    );
    right(
        &people().quote("verbatim lind", "we have no time", "paragraph = 1"),
        "The treasurer said “we have no time”.",
    );
    // Names as other languages write them.
    right(
        &case("pl").actor("k", "Jan Kowalski", "").quote("verbatim k", "Nie mam czasu", "paragraph = 1"),
        "Słowa Kowalskiego: „Nie mam czasu”.",
    );
    right(
        &case("ru").actor("k", "Анна Коваль", "").quote("reported k", "ждать нельзя", "paragraph = 1"),
        "По словам Анны Коваль, ждать нельзя.",
    );
    // A dialogue names its people at its beginning.
    let dialogue = "Salió Falk.\n—¿Ya?\n—No.\n—Pues vamos a casa.";
    right(
        &falk().article("speech = [\"dash\"]").quote("verbatim falk", "vamos a casa", "paragraph = 4"),
        dialogue,
    );
}

#[test]
fn the_author_is_no_name() {
    for alias in ["the author", "Author", "el autor", "l’auteur", "der Autor", "автор", "作者"] {
        let case = case("en").actor("falk", "Ines Falk", &format!("aliases = [\"Falk\", \"{alias}\"]"));
        let bot = Bot::new().pack("valley.toml", case.text());
        bot.check("valley.toml")
            .code(1)
            .complains("somebody else in every article")
            .complains("write `aliases = [\"Falk\"]`");
    }
    let bot = Bot::new()
        .pack("valley.toml", case("en").actor("falk", "Ines Falk", "aliases = [\"the mayor\"]").text());
    bot.check("valley.toml").code(0);
}

#[test]
fn marks_by_direction_and_depth() {
    for (text, words, kind) in [
        (
            "Falk: the pipe was 12″ wide. Falk said “we lose the river” and left.",
            "we lose the river",
            "verbatim falk",
        ),
        (
            "The engineer, 6' 2\" tall, told Falk \"nobody measured it\" at once.",
            "nobody measured it",
            "phrase",
        ),
        ("Falk said “he told me “go home now” and left” there.", "go home now", "verbatim falk"),
        (
            "Falk said “he told me “go home now” and left” there.",
            "he told me “go home now” and left",
            "verbatim falk",
        ),
        ("A stray ” here. Falk said “we lose the river” and left.", "and left", "author"),
        (
            "A stray \" here, and Falk said \"we lose the river\" and left.",
            "we lose the river",
            "verbatim falk",
        ),
        ("Falk sagte: „Wir haben kein Geld.“ Dann ging sie.", "Wir haben kein Geld", "verbatim falk"),
        ("Falk sagte: „Wir haben kein Geld.“ Dann ging sie.", "Dann ging sie", "author"),
        ("Falk sagte: »Wir haben kein Geld.« Dann ging sie.", "Wir haben kein Geld", "verbatim falk"),
        ("Falk sade: ”Vi har inga pengar.” Sedan gick hon.", "Vi har inga pengar", "verbatim falk"),
        ("Falk a dit : « Nous n’avons rien. » Puis rien.", "Nous n'avons rien", "verbatim falk"),
        ("Falk: «ella gritó “nunca jamás volveré” y se fue».", "nunca jamás volveré", "verbatim falk"),
        ("Falk powiedziała: „Nie mamy «ani grosza» teraz”.", "ani grosza", "verbatim falk"),
    ] {
        right(&falk().quote(kind, words, "paragraph = 1"), text);
    }
    one_error(
        &falk().quote("verbatim falk", "and left", "paragraph = 1"),
        "The pipe was 12″ wide. Falk said “we lose the river” and left, 6' 2\" tall.",
        &["not in quotation marks"],
    );
}

#[test]
fn marks_copied_and_words_across_marks() {
    let falk = || falk();
    one_error(
        &falk().quote("verbatim falk", "“a lake for everyone”", "paragraph = 1"),
        VALLEY,
        &["holds the quotation marks", "write `words = \"a lake for everyone\"`"],
    );
    one_error(
        &falk().quote("verbatim falk", "«lied about every»", "paragraph = 1"),
        VALLEY,
        &["quotation marks that are not in the text", "write `words = \"lied about every\"`"],
    );
    one_error(
        &falk().quote("verbatim falk", "lake for everyone” that year", "paragraph = 1"),
        VALLEY,
        &["goes over a quotation mark", "write `words = \"lake for everyone\"`"],
    );
    one_error(
        &falk().quote("author", "everyone” that very long year", "paragraph = 1"),
        "Falk wanted “a lake for everyone” that very long year.",
        &["goes over a quotation mark", "write `words = \"that very long year\"`"],
    );
    one_error(
        &falk().quote("verbatim falk", "we have no money” and “we have no time", "paragraph = 2"),
        VALLEY,
        &["goes over a quotation mark", "we have no"],
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
        .says("one.toml: right.")
        .says("second.toml: right in itself, but nothing proves it")
        .says("texts/two.txt")
        .says("2 packs: 1 right, 1 without a text.");
    std::fs::write(texts.join("second.txt"), VALLEY).unwrap();
    check().code(0).says("2 packs: 2 right.\n").never_says("README");
    std::fs::write(texts.join("two.txt"), VALLEY.replace("lied about every", "told of each")).unwrap();
    check().code(1).says("2 packs: 1 right, 1 wrong.").says("No pack is about texts/second.txt.");
    std::fs::write(texts.join("two.txt"), b"\xe9").unwrap();
    check().code(1).says("1 wrong").complains("save it as UTF-8");
    // A folder without texts is checked for itself.
    bot.run(["check", &packs]).code(0).says("2 packs: 2 right.");
    bot.run(["check", &packs, "--source", "texts/one.txt"])
        .code(2)
        .complains("one by one")
        .complains("--sources");
    bot.run(["check", &packs, "--sources", "nowhere"]).code(3).complains("nowhere can't be read");
    bot.run(["check", "texts"]).code(2).complains("no packs");
}

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
