//! Speakers: who is named beside the words, and by labels.

use crate::common::Bot;
use crate::proof::case::{Case, case, falk, faults, one_error, right};

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
    output.code(0).complains("no name of Ines Falk stands in paragraph 2–3").complains("line 3 of the text");
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
