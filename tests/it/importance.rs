//! What matters most comes first: marked items in timelines, quotes and lists, on packs about anything.

use std::collections::HashSet;

use rapporteur::answer::{Answer, AnswerKind, Block};
use rapporteur::article::check;
use rapporteur::article::read::PackFile;
use rapporteur::commands;
use rapporteur::platform::Platform;

use crate::common::Room;

/// An article about bees, in another language where one wants it.
fn article(id: &str, title: &str) -> String {
    format!("[article]\nid = \"{id}\"\ntitle = \"{title}\"\nlanguage = \"en\"\nsummary = \"On {id}.\"\n")
}

fn event(id: &str, edtf: &str, extra: &str) -> String {
    let when = match edtf {
        "" => String::new(),
        edtf => format!("when = {{ edtf = \"{edtf}\", by = \"editor\" }}\n"),
    };
    format!(
        "[[event]]\nid = \"{id}\"\ntitle = \"The {id}\"\nsummary = \"It was.\"\nby = \"editor\"\n{when}{extra}\n"
    )
}

fn actor(id: &str, name: &str, extra: &str) -> String {
    format!(
        "[[actor]]\nid = \"{id}\"\nname = \"{name}\"\nkind = \"person\"\nsummary = \"There.\"\nby = \"editor\"\n{extra}\n"
    )
}

fn quote(id: &str, kind: &str, paragraph: u32, words: &str, extra: &str) -> String {
    format!(
        "[[quote]]\nid = \"{id}\"\nwords = \"{words}\"\nkind = \"{kind}\"\ncontext = \"Of {id}.\"\nsource = {{ paragraph = {paragraph} }}\n{extra}\n"
    )
}

fn fact(id: &str, extra: &str) -> String {
    format!(
        "[[fact]]\nid = \"{id}\"\nstatement = \"So it is with {id}.\"\nstanding = \"fact\"\nby = \"editor\"\n{extra}\n"
    )
}

fn argument(id: &str, extra: &str) -> String {
    format!("[[argument]]\nid = \"{id}\"\ntitle = \"Why {id}\"\nclaim = \"Because of {id}.\"\n{extra}\n")
}

const KEY: &str = "key = true";

/// The lists of an answer: what stands over each, and its lines.
fn lists(answer: &Answer) -> Vec<(&str, Vec<&str>)> {
    let lists = answer.blocks.iter().filter_map(|block| match block {
        Block::List { title, entries } => {
            Some((title.as_str(), entries.iter().map(|entry| entry.text.as_str()).collect()))
        }
        _ => None,
    });
    lists.collect()
}

fn quotations(answer: &Answer) -> Vec<&str> {
    let blocks = answer.blocks.iter().filter_map(|block| match block {
        Block::Quotation { words, .. } => Some(words.as_str()),
        _ => None,
    });
    blocks.collect()
}

fn choices(answer: &Answer) -> Vec<(&str, &str)> {
    answer.choices.iter().map(|choice| (choice.label.as_str(), choice.line.as_str())).collect()
}

fn bees() -> String {
    [
        article("bees", "The bees"),
        actor("keeper", "Ana Keeper", ""),
        "[[topic]]\nid = \"wax\"\nname = \"Wax\"\nsummary = \"What they make.\"\n".into(),
        event("swarm", "1903", KEY),
        event("hive", "1901-05-02", KEY),
        event("law", "", KEY),
        event("winter", "1902", "actors = [\"keeper\"]"),
        event("spring", "1902-04", ""),
        event("first-of-may", "1902-05-01", "topics = [\"wax\"]"),
        event("drought", "1901/1904", ""),
        event("plague", "1902/1903", ""),
        event("feast", "1902-05", "topics = [\"wax\"]"),
        event("unknown", "", "topics = [\"wax\"]"),
        event("fair", "1905", ""),
        event("fire", "1906", ""),
    ]
    .concat()
}

#[tokio::test]
async fn a_timeline_shows_the_key_dates_and_offers_the_rest() {
    let room = Room::of(&[&bees()]).await;
    let answer = room.ask("timeline").await;
    assert_eq!(answer.title, "Timeline: key dates");
    assert_eq!(
        lists(&answer),
        [("", vec!["The hive", "The swarm"]), ("No date in the text", vec!["The law"])]
    );
    assert_eq!(choices(&answer), [("All 12 events", "timeline all")]);
    for all in ["timeline all", "timeline Todo"] {
        let first = room.ask(all).await;
        assert_eq!(first.title, "Timeline (1 of 2)", "{all}");
        let second = room.ask(&format!("{all} --page 2")).await;
        let lines = [lists(&first), lists(&second)].concat();
        let all: Vec<&str> = lines.into_iter().flat_map(|(_, lines)| lines).collect();
        assert_eq!(all.len(), 12);
        // What is precise comes before what is vague, and both before what goes on.
        assert_eq!(all[..3], ["The hive", "The drought", "The spring"]);
    }
    // Without marks all are shown, as ever.
    let plain = Room::of(&[&bees().replace(KEY, "")]).await;
    assert_eq!(plain.ask("timeline").await.title, "Timeline (1 of 2)");
    // Somebody's few are all shown.
    assert_eq!(lists(&room.ask("timeline Ana Keeper").await), [("", vec!["The winter"])]);
    assert_eq!(lists(&room.ask("timeline keeper all").await), [("", vec!["The winter"])]);
    let topic = room.ask("timeline wax").await;
    assert_eq!(topic.title, "Timeline: Wax");
    assert_eq!(
        lists(&topic),
        [("", vec!["The first-of-may", "The feast"]), ("No date in the text", vec!["The unknown"])]
    );
}

#[tokio::test]
async fn a_year_has_what_happened_in_it_before_what_went_on() {
    let room = Room::of(&[&bees()]).await;
    assert_eq!(
        lists(&room.ask("timeline 1902").await),
        [
            ("", vec!["The spring", "The first-of-may", "The feast", "The winter"]),
            ("Also ongoing", vec!["The drought", "The plague"])
        ]
    );
    assert_eq!(lists(&room.ask("timeline 1904").await), [("Ongoing", vec!["The drought"])]);
    // That a winter of 1902 was under way on the first of May is more than the pack says.
    assert_eq!(
        lists(&room.ask("timeline 1902-05-01").await),
        [
            ("", vec!["The first-of-may"]),
            (
                "Ongoing, or dated less precisely",
                vec!["The drought", "The feast", "The winter", "The plague"]
            )
        ]
    );
}

#[tokio::test]
async fn of_several_articles_the_key_dates_of_all_or_of_the_rooms() {
    let wasps =
        [article("wasps", "The wasps"), event("nest", "1902", KEY), event("sting", "1903", "")].concat();
    // What an editor has not marked is not lost among what others have.
    let ants = [article("ants", "The ants"), event("rain", "1904", ""), event("trail", "", "")].concat();
    let room = Room::of(&[&bees(), &wasps, &ants]).await;
    let answer = room.ask("timeline").await;
    assert_eq!(lists(&answer)[0].1, ["The hive", "The nest", "The swarm", "The rain"]);
    assert_eq!(lists(&answer)[1].1, ["The trail", "The law"]);
    assert_eq!(room.ask("timeline --article ants").await.title, "Timeline");
    assert_eq!(choices(&answer), [("All events", "timeline all")]);
    let answer = room.ask("timeline --article wasps").await;
    assert_eq!(lists(&answer), [("", vec!["The nest"])]);
    assert_eq!(choices(&answer), [("All 2 events", "timeline all --article wasps")]);
    let answer = room.ask("timeline the wasps").await;
    assert_eq!(answer.title, "Timeline: The wasps, key dates");
    let (label, line) = choices(&answer)[0];
    assert_eq!(label, "All 2 events");
    assert_eq!(lists(&room.ask(line).await), [("", vec!["The nest", "The sting"])]);
}

/// Somebody with quotes of every sort.
fn speaker() -> String {
    let own = "speaker = \"keeper\"";
    let about = "about = [\"keeper\"]";
    [
        article("hives", "The hives"),
        actor("keeper", "Ana Keeper", ""),
        actor("other", "Ben Other", ""),
        quote("q-drones", "verbatim", 2, "drones", own),
        quote("q-idlers", "verbatim", 2, "idlers", own),
        quote("q-queens", "verbatim", 3, "queens", own),
        quote("q-lazy", "author", 4, "a lazy life", about),
        quote("q-honey", "author", 4, "she sold more honey than anybody", about),
        quote("q-aside", "author", 4, "they praised him and her alike", "about = [\"other\", \"keeper\"]"),
        quote("q-told", "reported", 5, "would never open a hive again", own),
        quote("q-said", "verbatim", 6, "A hive is a house.", own),
        quote("q-short", "verbatim", 6, "of wax and patience", own),
        quote("q-slogan", "phrase", 7, "bees before all else in town", about),
        quote("q-key", "phrase", 7, "bees, not bears", &format!("{about}\n{KEY}")),
    ]
    .concat()
}

#[tokio::test]
async fn quotes_of_somebody_begin_with_what_says_most() {
    let room = Room::of(&[&speaker()]).await;
    let mut words = Vec::new();
    let mut headings = Vec::new();
    for page in 1..=2 {
        let answer = room.ask(&format!("quote keeper --page {page}")).await;
        words.extend(quotations(&answer).into_iter().map(str::to_string));
        headings.extend(answer.blocks.iter().filter_map(|block| match block {
            Block::Paragraph { text } => Some(text.clone()),
            _ => None,
        }));
    }
    assert_eq!(
        words,
        [
            "bees, not bears",
            "A hive is a house.",
            "would never open a hive again",
            "she sold more honey than anybody",
            "they praised him and her alike",
            "of wax and patience",
            "a lazy life",
            "bees before all else in town",
            "drones” and “idlers",
            "queens",
        ]
    );
    let (about, said) = ("About Ana Keeper, in other people's words:", "What Ana Keeper said or thinks:");
    assert_eq!(headings, [about, said, about, about, said]);
    // What one must know of each word is still there.
    let last = room.ask("quote keeper --page 2").await;
    assert!(format!("{last:?}").contains("“drones”: Of q-drones. “idlers”: Of q-idlers."), "{last:#?}");
}

async fn by_chance(room: &Room, line: &str, place: &str, seed: Option<u64>) -> String {
    let mut request = commands::line::parse(line, room.caller.clone(), Platform::Matrix).unwrap();
    request.places = vec![place.parse().unwrap()];
    request.seed = seed;
    let answer = commands::run(&room.world, &request).await;
    assert_eq!(answer.kind, AnswerKind::Found, "{answer:#?}");
    quotations(&answer)[0].to_string()
}

#[tokio::test]
async fn no_quote_comes_again_before_all_have_been_shown() {
    let wasps = [article("wasps", "The wasps"), quote("q-nest", "author", 1, "a nest of paper", "")].concat();
    let room = Room::of(&[&speaker(), &wasps]).await;
    let (here, there) = ("matrix:room:!here", "matrix:room:!there");
    let mut before = String::new();
    for round in 0..3 {
        let mut seen = HashSet::new();
        for number in 0..12 {
            let words = by_chance(&room, "quote", here, None).await;
            assert!(
                words != before && seen.insert(words.clone()),
                "{words} again, {number} of round {round}"
            );
            before = words;
        }
    }
    // Another room has its own.
    let mut seen = HashSet::new();
    for _ in 0..11 {
        assert!(seen.insert(by_chance(&room, "quote --article hives", there, None).await));
    }
    assert!(!seen.contains("a nest of paper"));
}

/// Matrix asks once more after a crash, with the same seed, and sends what comes under the same transaction.
#[tokio::test]
async fn a_repeated_question_gets_the_quote_that_was_picked_for_it() {
    let room = Room::of(&[&speaker()]).await;
    let place = "matrix:room:!here";
    let mut picked = Vec::new();
    for seed in 0..30 {
        picked.push(by_chance(&room, "quote", place, Some(seed)).await);
    }
    for (seed, words) in (0..30).zip(&picked) {
        assert_eq!(by_chance(&room, "quote", place, Some(seed)).await, *words, "{seed}");
    }
    assert_eq!(picked[..11].iter().collect::<HashSet<_>>().len(), 11);
}

#[tokio::test]
async fn what_matters_most_is_picked_twice_as_often() {
    let room = Room::of(&[&speaker()]).await;
    let mut key = 0;
    for number in 0..600 {
        let words = by_chance(&room, "quote", &format!("matrix:room:!{number}"), None).await;
        key += usize::from(words == "bees, not bears");
    }
    // Two of twelve are 100 of 600; one of eleven would be 55.
    assert!((80..=125).contains(&key), "{key}");
}

#[tokio::test]
async fn lists_show_the_most_important_and_open_whole() {
    let facts: String =
        (0..8).map(|n| fact(&format!("f{n}"), "actors = [\"keeper\"]\ntopics = [\"wax\"]")).collect();
    let grounds = "grounds = [\"f0\", \"f1\", \"f2\", \"f3\", \"f4\", \"f5\", \"f7\"]\nby = \"editor\"";
    let pack = [
        bees().as_str(),
        &facts,
        &argument("honey", grounds),
        &argument("main", &format!("grounds = [\"f6\"]\nby = \"editor\"\ntopics = [\"wax\"]\n{KEY}")),
    ]
    .concat();
    let room = Room::of(&[&pack]).await;
    for (line, title, label) in
        [("actor keeper", "Facts (6 of 8)", "Facts: all 8"), ("topic wax", "Facts (6 of 8)", "Facts: all 8")]
    {
        let answer = room.ask(line).await;
        let facts = lists(&answer).into_iter().find(|(it, _)| *it == title);
        let facts = facts.unwrap_or_else(|| panic!("{line}: {answer:#?}")).1;
        // What the main argument rests on comes first.
        assert_eq!((facts.len(), facts[0]), (6, "So it is with f6."), "{line}");
        let (_, opens) = choices(&answer).into_iter().find(|(it, _)| *it == label).unwrap();
        let whole = room.ask(opens).await;
        assert_eq!(lists(&whole)[0].1.len(), 8, "{opens}");
        assert!(whole.source.is_some() && whole.choices.iter().any(|it| it.line == line), "{whole:#?}");
    }
    let answer = room.ask("argument honey").await;
    let (_, opens) = choices(&answer)[0];
    assert_eq!((choices(&answer)[0].0, lists(&room.ask(opens).await)[0].1.len()), ("Grounds: all 7", 7));
    // Topics list events with their dates.
    assert!(format!("{:?}", room.ask("topic wax").await).contains("lead: \"1 May 1902\""));
    let answer = room.ask("argument").await;
    assert_eq!(lists(&answer), [("", vec!["Why main"])]);
    assert_eq!(choices(&answer), [("All 2 arguments", "argument all")]);
    assert_eq!(lists(&room.ask("argument all").await), [("", vec!["Why honey", "Why main"])]);
    assert_eq!(room.ask("actor keeper --list quotes").await.kind, AnswerKind::WrongUsage);
    assert_eq!(room.ask("actor keeper --list relations").await.kind, AnswerKind::NothingFound);
}

#[tokio::test]
async fn actors_alone_are_the_most_important_and_then_all() {
    let pack =
        [article("hives", "The hives"), actor("ben", "Ben Other", ""), actor("ana", "Ana Keeper", KEY)];
    let room = Room::of(&[&pack.concat()]).await;
    let few = room.ask("actor").await;
    assert_eq!(few.title, "Key actors");
    let leads = |answer: &Answer| match answer.blocks.first() {
        Some(Block::List { entries, .. }) => entries.iter().map(|entry| entry.lead.clone()).collect(),
        _ => Vec::new(),
    };
    assert_eq!(leads(&few), ["Ana Keeper"]);
    let (label, line) = choices(&few)[0];
    assert_eq!(label, "All 2 actors");
    assert_eq!(leads(&room.ask(line).await), ["Ben Other", "Ana Keeper"]);
    // Who asks for the people gets them.
    assert_eq!(room.ask("ask who is mentioned").await.blocks, few.blocks);
    // Where none is marked, it is all of them.
    let plain = Room::of(&[&pack.concat().replace(KEY, "")]).await;
    assert_eq!(leads(&plain.ask("actor").await), ["Ben Other", "Ana Keeper"]);
}

#[tokio::test]
async fn a_search_states_its_best_hit_and_takes_one_place_together() {
    let source = |exact: &str| format!("source = {{ paragraph = 3, exact = \"{exact}\" }}");
    let pack = [
        article("storks", "The storks"),
        actor("keeper", "Ana Keeper", ""),
        event("return", "1931-04", ""),
        quote("q-paper", "verbatim", 3, "paper storks", "speaker = \"keeper\"\naliases = [\"toys\"]"),
        argument("toys", &format!("grounds = [\"q-paper\"]\n{}", source("nothing but toys"))),
        argument("paper", &source("the paper storks were")),
        argument("elsewhere", "source = { paragraph = 4, exact = \"no toys there\" }")
            .replace("elsewhere.\"", "toys there.\""),
    ]
    .concat();
    let room = Room::of(&[&pack]).await;
    let answer = room.ask("search paper storks").await;
    let Some(Block::Quotation { words, by, .. }) = answer.blocks.first() else { panic!("{answer:#?}") };
    assert_eq!((words.as_str(), by.starts_with("Ana Keeper, verbatim")), ("paper storks", true));
    let answer = room.ask("search return").await;
    assert!(answer.source.is_some());
    let Some(Block::List { entries, .. }) = answer.blocks.first() else { panic!("{answer:#?}") };
    assert_eq!((entries[0].text.as_str(), entries[0].lead.as_str()), ("The return", "April 1931"));
    assert_eq!(answer.blocks[1], Block::Paragraph { text: "It was.".into() });
    // Two arguments of one paragraph are two; the quote that one rests on is not a third.
    let answer = room.ask("search toys").await;
    let lines: Vec<String> =
        lists(&answer).into_iter().flat_map(|(_, lines)| lines).map(Into::into).collect();
    assert!(lines.iter().any(|line| line.contains("Why elsewhere")), "{answer:#?}");
    let paper = format!("{answer:?}").matches("Why toys").count();
    assert_eq!(paper, 1, "{answer:#?}");
    assert!(lines.len() < 3, "{answer:#?}");
}

fn advice(pack: &str) -> Vec<String> {
    let file = PackFile::from_bytes("bees.toml".into(), pack.as_bytes().to_vec()).unwrap();
    let pack = file.parse().unwrap();
    let checked = check::check(&file, &pack, None, 1.0);
    assert!(checked.is_right());
    checked.diagnostics.iter().map(ToString::to_string).collect()
}

#[test]
fn a_check_advises_where_no_mark_or_too_many_tell_anything() {
    let events = |all: usize, marked: usize| -> String {
        let events = (0..all).map(|n| event(&format!("e{n}"), "1900", if n < marked { KEY } else { "" }));
        [article("bees", "The bees"), events.collect()].concat()
    };
    assert_eq!(advice(&events(11, 0)), Vec::<String>::new());
    assert_eq!(advice(&events(11, 11)), Vec::<String>::new());
    assert_eq!(advice(&events(12, 1)), Vec::<String>::new());
    assert_eq!(advice(&events(12, 4)), Vec::<String>::new());
    let none = advice(&events(12, 0));
    assert!(
        none.len() == 1 && none[0].starts_with("bees.toml:6:") && none[0].contains("key = true"),
        "{none:?}"
    );
    let many = advice(&events(12, 5));
    assert!(
        many.len() == 1 && many[0].contains("5 of the 12 `event` items") && many[0].contains("at most 4"),
        "{many:?}"
    );
}
