//! Quotation marks and dashes of many languages.

use crate::proof::case::{Case, VALLEY, case, falk, one_error, right};

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
