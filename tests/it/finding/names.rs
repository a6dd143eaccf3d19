//! Names, numbers and ids: each is answered, and none is taken for another.

use rapporteur::answer::{AnswerKind, Block};

use crate::common::Room;
use crate::finding::small_packs::{actor, article, choice, claim, entries, event, quote, topic};

/// Years, numbers and numerals are whole, and none is a typo of another.
#[tokio::test]
async fn numbers_are_never_read_as_others() {
    let room = Room::of(&[&[
        article("numbers", "en"),
        event("e1", "Treaty of 1648", "1648"),
        event("e2", "Crusade III", "1190"),
        event("e6", "Great Northern War II", "1700"),
        event("e3", "Soyuz 11", "1971"),
        event("e4", "Ruling 4417", "1971"),
        event("e5", "Phase 2", "1972"),
        actor("a1", "Gustav VI", ""),
        quote("q-2", "a1", "we have 2500 ships"),
    ]
    .concat()])
    .await;
    for (line, near) in [
        ("event Treaty of 1649", &["Treaty of 1648"] as &[&str]),
        ("event Crusade I", &["Crusade III"]),
        ("event Crusade II", &["Crusade III"]),
        ("event Great Northern War I", &["Great Northern War II"]),
        ("event Great Northern War I battles", &["Great Northern War II"]),
        ("source great northern war i", &["Great Northern War II"]),
        ("event Soyuz 1", &["Soyuz 11"]),
        ("event Ruling 4471", &["Ruling 4417"]),
        ("event 4471", &[]),
        ("event 1", &[]),
        ("event 2", &["Phase 2"]),
        ("source Treaty of 1684", &["Treaty of 1648"]),
        ("actor Gustav V", &["Gustav VI"]),
        ("quote Gustav V", &["Gustav VI"]),
        ("quote 2", &[]),
        ("quote 25", &[]),
        ("topic 1648", &[]),
    ] {
        room.offered(line, near).await;
    }
    let searched = room.ask("search Great Northern War I").await;
    assert_eq!(searched.title, "Results for “Great Northern War”; nothing on “i”");
    room.plain("event Soyuz 11", "Soyuz 11").await;
    room.plain("event ruling 4417", "Ruling 4417").await;
    room.plain("event crusade iii", "Crusade III").await;
    room.plain("actor Gustav", "Gustav VI").await;
}

/// What stands at the end of a name and tells it from others counts, though every text has such a word.
/// A word such as "the" before a name is no part of it, and the answer needs no word on how it was read.
#[tokio::test]
async fn an_article_before_a_name_is_no_part_of_it() {
    let room = Room::first_article().await;
    for (line, title) in [
        ("actor the U.S.", "United States"),
        ("actor The Democrats", "Democrats"),
        ("event the summit", "North American Leaders' Summit"),
        ("event the pandemic", "The COVID-19 pandemic"),
        ("topic the environment", "Climate and the green economy"),
    ] {
        let answer = room.ask(line).await;
        assert_eq!((answer.title.as_str(), answer.note), (title, None), "{line}");
    }
    for line in ["actor the", "event in", "actor the a"] {
        assert_eq!(room.ask(line).await.kind, AnswerKind::NothingFound, "{line}");
    }
}

#[tokio::test]
async fn the_last_letter_of_a_name_tells_it_from_others() {
    let room = Room::of(&[&[
        article("crowns", "en"),
        actor("e1", "Elizabeth I", ""),
        actor("e2", "Elizabeth II", ""),
        event("w1", "World War I", "1914"),
        event("w2", "World War II", "1939"),
        event("pa", "Plan A", "1990"),
        event("pb", "Plan B", "1991"),
    ]
    .concat()])
    .await;
    for (line, all) in [
        ("actor Elizabeth", ["Elizabeth I", "Elizabeth II"]),
        ("event World War", ["World War I", "World War II"]),
        ("event Plan", ["Plan A", "Plan B"]),
    ] {
        let answer = room.ask(line).await;
        assert_ne!(answer.kind, AnswerKind::Found, "{line}: {answer:#?}");
        for name in all {
            assert!(answer.choices.iter().any(|it| it.label.ends_with(name)), "{line}: {answer:#?}");
        }
    }
    room.plain("actor Elizabeth I", "Elizabeth I").await;
    room.plain("event World War I", "World War I").await;
    room.plain("event Plan A", "Plan A").await;
}

/// An id hides nothing that people call so, and still can be chosen.
#[tokio::test]
async fn an_id_wins_only_among_what_has_no_such_name() {
    let room = Room::of(&[&[
        article("village", "en"),
        actor("anna-berg", "Anna Berg", "\"Berg\""),
        actor("holm", "Sven Holm", ""),
        quote("berg", "holm", "she counts pennies"),
        quote("loan", "anna-berg", "our children will pay"),
        claim("bread-price", "Bread must be cheap"),
        topic("t1", "Prices").replace("summary", "synonyms = [\"bread price\"]\nsummary"),
    ]
    .concat()])
    .await;
    room.plain("quote berg", "Anna Berg").await;
    room.plain("quote Berg", "Anna Berg").await;
    room.plain("quote loan", "Quote").await;
    // Nobody writes a name so.
    room.plain("source bread-price", "Argument: Bread must be cheap").await;
    room.plain("source bread price", "Topic: Prices").await;
    let found = room.ask("search pennies").await;
    assert!(
        matches!(&found.blocks[0], Block::Quotation { words, .. } if words == "she counts pennies"),
        "{found:#?}"
    );
    let line = &choice(&found, "Where in the text?").line;
    assert_eq!(room.ask(line).await.title, "Quote: “she counts pennies”", "{line}");
    // Beside other things the quote is a line that leads to it.
    let found = room.ask("search children prices pennies").await;
    let lines: Vec<&str> = found
        .blocks
        .iter()
        .flat_map(|block| match block {
            Block::List { entries, .. } => entries.iter().filter_map(|entry| entry.line.as_deref()).collect(),
            _ => vec![],
        })
        .filter(|line| line.starts_with("quote "))
        .collect();
    assert!(!lines.is_empty(), "{found:#?}");
    for line in lines {
        let chosen = room.ask(line).await;
        assert!(matches!(&chosen.blocks[0], Block::Quotation { .. }), "{line}: {chosen:#?}");
    }
}

#[tokio::test]
async fn comparing_tries_every_place_between_two_names() {
    let room = Room::of(&[&[
        article("pairs", "en"),
        actor("a1", "Smith and Sons", ""),
        actor("a2", "Bread and Roses", ""),
        actor("a3", "Cobden", ""),
        actor("a4", "Torres y Vega", ""),
        actor("a5", "Transylvania", ""),
    ]
    .concat()])
    .await;
    for (line, title) in [
        ("compare Smith and Sons and Cobden", "Smith and Sons and Cobden"),
        ("compare Smith and Sons vs Cobden", "Smith and Sons and Cobden"),
        ("compare Cobden and Smith and Sons", "Cobden and Smith and Sons"),
        ("compare Smith and Sons and Bread and Roses", "Smith and Sons and Bread and Roses"),
        ("compare Smith and Sons Cobden", "Smith and Sons and Cobden"),
        ("compare Torres y Vega y Cobden", "Torres y Vega and Cobden"),
        ("compare Cobden contra Torres y Vega", "Cobden and Torres y Vega"),
        ("compare Cobden con \"Smith and Sons\"", "Cobden and Smith and Sons"),
        ("compare \"Smith and Sons\" to Cobden", "Smith and Sons and Cobden"),
    ] {
        room.plain(line, title).await;
    }
    room.told(
        "compare Transilvania Cobbden",
        "Transylvania and Cobden",
        "Showing Transylvania for “Transilvania”. Showing Cobden for “Cobbden”.",
    )
    .await;
    // A side that is not clear keeps the other.
    let unclear = room.ask("compare Transyl and Smith and Sons").await;
    let line = &choice(&unclear, "Transylvania").line;
    assert_eq!(room.ask(line).await.title, "Transylvania and Smith and Sons", "{line}");
    let unclear = room.ask("compare Cobden Transyl").await;
    let line = &choice(&unclear, "Transylvania").line;
    assert_eq!(room.ask(line).await.title, "Cobden and Transylvania", "{line}");
}

/// The longest name first, then the date, in either order.
#[tokio::test]
async fn timelines_of_somebody_and_a_date_in_either_order() {
    let mut pack = [
        article("votes", "en"),
        actor("a1", "Teresa Maiwald", "\"Teresa May\", \"Teresa\""),
        event("e1", "She loses", "2017-01")
            .replace("by = \"editor\"\n", "actors = [\"a1\"]\nby = \"editor\"\n"),
    ]
    .concat();
    pack.push_str(
        &event("e2", "She resigns", "2017-05-24")
            .replace("by = \"editor\"\n", "actors = [\"a1\"]\nby = \"editor\"\n"),
    );
    pack.push_str(&event("e3", "Rain falls", "2017-05"));
    let room = Room::of(&[&pack]).await;
    let (one, other) =
        (room.ask("timeline Teresa May 2017").await, room.ask("timeline 2017 Teresa May").await);
    assert_eq!(one.title, "Timeline: Teresa Maiwald, 2017");
    assert_eq!((&one.title, &one.note, entries(&one)), (&other.title, &other.note, entries(&other)));
    assert_eq!(entries(&one), ["She loses", "She resigns"]);
    assert_eq!(entries(&room.ask("timeline May 2017").await), ["She resigns", "Rain falls"]);
}
