//! Where a source line leads, and who it says wrote the article: small packs in two languages, each with an author
//! and a link.

use rapporteur::answer::{Answer, AnswerKind, Author, Block, Citation};
use rapporteur::chat::terminal;

use crate::common::Room;

const ENGLISH: &str = r#"
[article]
id = "walls"
title = "Walls and doors"
language = "en"
author = "bell"
link = "https://example.org/walls#part-2"
summary = "On walls."

[[actor]]
id = "bell"
name = "Ann Bell"
kind = "person"
summary = "She wrote it."
source = { paragraph = 9, exact = "ANN BELL is a poet" }

[[actor]]
id = "paz"
name = "Octavio Paz"
kind = "person"
summary = "A poet who spoke of walls."
source = { paragraph = 1, exact = "Octavio Paz said" }

[[event]]
id = "treaty"
title = "The treaty"
when = { edtf = "1994", text = "1994" }
summary = "Goods may cross."
source = { paragraph = 2, exact = "a treaty opened the border to goods, to letters and to books, but not to those who wrote them" }

[[quote]]
id = "q-door"
words = "walls, doors & “windows”"
kind = "verbatim"
speaker = "paz"
context = "Said among poets."
source = { paragraph = 1 }

[[quote]]
id = "q-ill-read"
words = "read each other too late"
kind = "author"
about = ["paz"]
context = "On the two peoples."
source = { paragraph = 1, prefix = "who", suffix = "– and ill" }

[[quote]]
id = "q-nobody"
words = "belongs to nobody"
kind = "reported"
speaker = "paz"
context = "Of the river."
source = { paragraph = 3 }

[[argument]]
id = "people-too"
title = "People should have been let through"
claim = "The treaty should have opened the border to people."
grounds = ["treaty"]
source = { paragraph = 2, exact = "should have opened it" }

[[argument]]
id = "no-wall"
title = "No wall stands"
claim = "A wall does not last."
claimed_by = "paz"
source = { paragraph = 4, exact = "no wall, he thought" }
"#;

const SPANISH: &str = r#"
[article]
id = "muros"
title = "Muros y puertas"
language = "es"
author = "rios"
link = "https://example.net/¿por-qué?"
summary = "De los muros."

[[actor]]
id = "rios"
name = "Elena Ríos"
kind = "person"
summary = "La autora."
source = { paragraph = 7, exact = "ELENA RÍOS es alcaldesa" }

[[actor]]
id = "paz"
name = "Octavio Paz"
kind = "person"
summary = "Poeta."
source = { paragraph = 1, exact = "Octavio Paz dijo" }

[[quote]]
id = "q-silencio"
words = "¿El silencio? —una puerta"
kind = "verbatim"
speaker = "paz"
context = "A los poetas."
source = { paragraph = 1 }

[[quote]]
id = "q-rio"
words = "el río no es de nadie"
kind = "author"
context = "Del río."
source = { paragraph = 2 }
"#;

const DOOR: &str =
    "https://example.org/walls#part-2:~:text=walls%2C%20doors%20%26%20%E2%80%9Cwindows%E2%80%9D";

async fn english() -> Room {
    Room::of(&[ENGLISH]).await
}

async fn found(room: &Room, line: &str) -> Answer {
    let answer = room.ask(line).await;
    assert_eq!(answer.kind, AnswerKind::Found, "{line}: {answer:#?}");
    answer
}

/// Whose words each quotation of an answer is, with its source.
fn quotations(answer: &Answer) -> Vec<(&str, &Citation)> {
    let quotations = answer.blocks.iter().filter_map(|block| match block {
        Block::Quotation { by, source, .. } => Some((by.as_str(), source)),
        _ => None,
    });
    quotations.collect()
}

fn address(source: &Citation) -> &str {
    source.link.as_ref().map_or("", |link| link.as_str())
}

fn text(answer: &Answer) -> String {
    anstream::adapter::strip_str(&terminal::render(answer, 100)).to_string()
}

/// The source line of an answer as a whole.
fn foot(answer: &Answer) -> String {
    let text = text(answer);
    let foot = text.lines().skip_while(|line| !line.starts_with("  — ")).take_while(|line| !line.is_empty());
    foot.map(str::trim).collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn a_source_leads_to_the_words() {
    let room = Room::of(&[ENGLISH, SPANISH]).await;
    let spanish = "https://example.net/%C2%BFpor-qu%C3%A9?#:~:text=";
    for (line, expected) in [
        ("quote q-door", DOOR.to_string()),
        ("quote q-ill-read", "https://example.org/walls#part-2:~:text=who-,read%20each%20other%20too%20late,-%E2%80%93%20and%20ill".into()),
        ("event treaty", "https://example.org/walls#part-2:~:text=a%20treaty%20opened%20the%20border,to%20those%20who%20wrote%20them".into()),
        ("quote q-silencio", format!("{spanish}%C2%BFEl%20silencio%3F%20%E2%80%94una%20puerta")),
        ("quote q-rio", format!("{spanish}el%20r%C3%ADo%20no%20es%20de%20nadie")),
    ] {
        let answer = found(&room, line).await;
        assert_eq!(address(answer.source.as_ref().unwrap()), expected, "{line}");
    }
    // Several places have no link together, but each its own.
    let all = found(&room, "quote Paz").await;
    assert_eq!(address(all.source.as_ref().unwrap()), "");
    let each: Vec<&str> = quotations(&all).into_iter().map(|(_, source)| address(source)).collect();
    assert!(each.len() == 4 && each.iter().all(|link| link.contains(":~:text=")), "{each:?}");
    // A pack without a link has none.
    let room = Room::of(&[&ENGLISH.replace("link = ", "publication = ")]).await;
    assert_eq!(address(found(&room, "quote q-door").await.source.as_ref().unwrap()), "");
    assert!(!text(&found(&room, "source q-door").await).contains("Read it"));
}

#[tokio::test]
async fn the_address_is_shown_whole_where_lines_are_no_links() {
    let answer = found(&english().await, "source q-door").await;
    assert!(text(&answer).contains(&format!("\n  Read it in the article: {DOOR}\n")), "{}", text(&answer));
    // Elsewhere it would only be in the way.
    let answer = found(&english().await, "quote q-door").await;
    assert!(!text(&answer).contains("http"), "{}", text(&answer));
}

#[tokio::test]
async fn the_author_is_named_once() {
    let room = english().await;
    for (line, foot_line) in [
        ("event treaty", "— paragraph 2 · according to Ann Bell, the author"),
        ("argument people-too", "— paragraph 2 · claimed by Ann Bell, the author"),
        ("argument no-wall", "— paragraph 4 · reported by Ann Bell, the author"),
        ("argument", "— paragraphs 2, 4 · claimed by Ann Bell, the author; reported by the author"),
        // Quotations have named her.
        ("quote Paz", "— paragraphs 1, 3 · the author's own words; verbatim; reported by the author"),
    ] {
        assert_eq!(foot(&found(&room, line).await), foot_line, "{line}");
    }
    let all = found(&room, "quote Paz").await;
    let by: Vec<&str> = quotations(&all).into_iter().map(|(by, _)| by).collect();
    assert_eq!(
        by,
        [
            "Ann Bell, the author, about Octavio Paz",
            "Octavio Paz, verbatim",
            "Octavio Paz, as reported by Ann Bell"
        ]
    );
    let shown = text(&all);
    assert!(shown.contains("│ paragraph 3 · reported by the author\n"), "{shown}");
    assert!(
        text(&found(&room, "argument no-wall").await)
            .contains("Octavio Paz, as reported by Ann Bell, the author")
    );
    // Where nobody is named, it is still the author's.
    let room = Room::of(&[&ENGLISH.replace("author = \"bell\"\n", "")]).await;
    let shown = text(&found(&room, "quote Paz").await);
    assert!(shown.contains("— Octavio Paz, as reported by the author\n"), "{shown}");
    assert!(shown.contains("— the author, about Octavio Paz\n"), "{shown}");
    assert_eq!(foot(&found(&room, "event treaty").await), "— paragraph 2 · according to the author");
    assert_eq!(foot(&found(&room, "argument people-too").await), "— paragraph 2 · claimed by the author");
}

#[tokio::test]
async fn several_articles_have_an_author_each() {
    let room = Room::of(&[ENGLISH, SPANISH]).await;
    let quotes = found(&room, "quote río nadie").await;
    assert_eq!(quotations(&quotes)[0].0, "Elena Ríos, the author");
    let paz = found(&room, "actor Octavio Paz").await;
    let leads = paz.blocks.iter().find_map(|block| match block {
        Block::List { entries, .. } => Some(entries.iter().map(|it| it.lead.as_str()).collect::<Vec<_>>()),
        _ => None,
    });
    assert_eq!(leads.unwrap(), ["Muros y puertas, by Elena Ríos", "Walls and doors, by Ann Bell"]);
    assert_eq!(paz.source.as_ref().unwrap().author, Author::Several);
    assert_eq!(foot(&paz), "— according to the authors · in several articles");
    // An author who answers for nothing of it is not spoken of.
    let verbatim = found(&room, "quote q-silencio").await;
    assert_eq!(foot(&verbatim), "");
    assert!(!text(&verbatim).contains("Elena"), "{}", text(&verbatim));
}

#[cfg(feature = "discord")]
#[tokio::test]
async fn discord_shows_links_in_the_text() {
    use rapporteur::chat::discord::message::{RenderOptions, render};
    use serde_json::Value;

    let room = english().await;
    let message = async |line: &str| render(&found(&room, line).await, RenderOptions::default()).body;
    let texts = |body: &Value| -> Vec<String> {
        let parts = body["components"][0]["components"].as_array().unwrap();
        parts.iter().filter_map(|it| Some(it["content"].as_str()?.to_string())).collect()
    };
    let buttons = |body: &Value| -> Vec<Value> {
        let rows = body["components"].as_array().unwrap()[1..].iter();
        rows.flat_map(|row| row["components"].as_array().unwrap().clone())
            .filter(|it| it["style"] == 5)
            .collect()
    };
    // One place is a button, and said at the foot.
    let quote = message("quote q-door").await;
    assert_eq!(texts(&quote).last().unwrap(), "-# paragraph 1 · verbatim");
    let [button] = &buttons(&quote)[..] else { panic!("{quote}") };
    assert_eq!((&button["url"], &button["label"]), (&DOOR.into(), &"Read it in the article".into()));
    let event = message("event treaty").await;
    assert!(
        texts(&event).last().unwrap().starts_with("-# paragraph 2 · according to Ann Bell, the author"),
        "{event}"
    );
    assert_eq!(buttons(&event).len(), 1);
    // What is from several places has a link at each.
    let all = message("quote Paz").await;
    assert!(texts(&all).last().unwrap().starts_with("-# paragraphs 1, 3 · "), "{all}");
    assert_eq!(texts(&all).concat().matches("\n-# [paragraph ").count(), 3);
    assert_eq!(buttons(&all), Vec::<Value>::new());
    let source = message("source q-door").await;
    assert_eq!(buttons(&source).len(), 1, "{source}");
    assert_eq!(texts(&source).last().unwrap(), "-# paragraph 1 · verbatim");
}

#[cfg(feature = "matrix")]
#[tokio::test]
async fn matrix_shows_links_in_html() {
    use rapporteur::chat::matrix::message::{RenderOptions, render};

    let room = english().await;
    let options = RenderOptions { prefix: "!", line: None, part: 0 };
    let quote = render(&found(&room, "quote q-door").await, &options);
    let link = format!("<em><a href=\"{DOOR}\">paragraph 1 · verbatim</a></em>");
    assert!(quote.html.contains(&link) && !quote.body.contains("http"), "{quote:#?}");
    let event = render(&found(&room, "event treaty").await, &options);
    assert!(event.html.contains(
        ":~:text=a%20treaty%20opened%20the%20border,to%20those%20who%20wrote%20them\">— paragraph 2"
    ));
    let source = render(&found(&room, "source q-door").await, &options);
    assert!(source.html.contains(&format!("<a href=\"{DOOR}\">Read it in the article</a>")), "{source:#?}");
    assert!(source.body.contains(&format!("Read it in the article: {DOOR}")), "{source:#?}");
}
