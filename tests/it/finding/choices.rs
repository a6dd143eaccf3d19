//! Choices and suggestions: each leads to what it names.

use rapporteur::answer::{AnswerKind, Block};
use rapporteur::commands::{self, OptKind, Role, Suggest, TABLE};

use crate::common::Room;
use crate::finding::small_packs::{actor, article, choice, claim, entries, quote, topic};

/// With several articles, what is chosen is found, and names which article it is of.
#[tokio::test]
async fn choices_among_several_articles_lead_on() {
    let one = [
        article("ten", "en")
            .replace("title = \"The ten papers\"", "title = \"Paper 10\"\nauthor = \"madison\""),
        actor("madison", "James Madison", "\"Madison\""),
        topic("faction", "Faction"),
        topic("lag", "Public interest"),
        claim("big", "A large republic"),
        quote("q1", "madison", "men are no angels"),
    ]
    .concat();
    let other = [
        article("eleven", "en")
            .replace("title = \"The eleven papers\"", "title = \"Paper 11\"\nauthor = \"madison\""),
        actor("madison", "James Madison", "\"Madison\""),
        actor("jay", "John Jay", ""),
        topic("faction", "Factions and parties").replace("summary", "synonyms = [\"faction\"]\nsummary"),
        topic("trade", "Trade"),
        claim("small", "A small republic"),
        quote("q2", "jay", "trade is peace"),
    ]
    .concat();
    let room = Room::of(&[&one, &other]).await;
    let several = room.ask("topic faction").await;
    assert_eq!(several.kind, AnswerKind::NothingFound, "{several:#?}");
    assert_eq!(room.ask(&choice(&several, "Faction (in Paper 10)").line).await.title, "Faction");
    assert_eq!(room.ask(&choice(&several, "in Paper 11").line).await.title, "Factions and parties");
    // Arguments of nobody are the author's; an article's name asks for what it has.
    let arguments = room.ask("argument Madison").await;
    assert_eq!(arguments.title, "Arguments of James Madison");
    assert_eq!(entries(&arguments), ["A large republic", "A small republic"]);
    assert_eq!(entries(&room.ask("argument Paper 11").await), ["A small republic"]);
    assert_eq!(room.ask("topic Paper 11").await.title, "Topics of Paper 11");
    let quotes = room.ask("quote Paper 11").await;
    assert!(
        quotes
            .blocks
            .iter()
            .all(|it| matches!(it, Block::Quotation { words, .. } if words == "trade is peace"))
    );
    // Not there, but elsewhere.
    for line in [
        "actor Jay --article ten",
        "quote Jay --article ten",
        "topic trade --article ten",
        "source Jay --article ten",
    ] {
        let answer = room.ask(line).await;
        assert_eq!(answer.kind, AnswerKind::NothingFound, "{line}");
        let found = room.ask(&choice(&answer, "In Paper 11").line).await;
        assert_eq!(found.kind, AnswerKind::Found, "{line}: {found:#?}");
    }
    // An unclear article keeps the question.
    let unclear = room.ask("quote Madison --article paper").await;
    let line = &choice(&unclear, "Paper 10").line;
    assert_eq!(room.ask(line).await.title, "James Madison", "{line}");
    assert!(line.starts_with("quote Madison"), "{line}");
}

/// Whatever is suggested, and then sent, finds just that.
#[tokio::test]
async fn suggestions_mean_what_they_name() {
    let room = Room::first_article().await;
    let mut tried = 0;
    for command in TABLE.iter().filter(|command| command.role == Role::Member) {
        for option in command.options.iter().filter(|it| it.required || command.options[0].name == it.name) {
            // What `--article` names is where to look, and not what is found.
            if option.kind != OptKind::Words || !matches!(option.suggest, Suggest::Names(_)) {
                continue;
            }
            for typed in [
                "", "a", "b", "ca", "d", "el", "m", "mex", "n", "p", "q", "rem", "s", "tr", "u", "w", "the",
                "lopez",
            ] {
                let suggestions = commands::suggest(&room.world, option, typed, None).await;
                let mut values: Vec<&str> = suggestions.iter().map(|it| it.value.as_str()).collect();
                values.sort_unstable();
                values.dedup();
                assert_eq!(values.len(), suggestions.len(), "{} {typed}: {suggestions:?}", command.name);
                for it in suggestions {
                    // What is compared must be of one kind: an actor, an argument, an article.
                    let others: &[&str] = match command.name {
                        "compare" => &["wikileaks", "erdogan-trap", "us-mexico"],
                        _ => &[""],
                    };
                    let mut asked = Vec::new();
                    for other in others {
                        let line = match command.name {
                            "compare" if option.name == "first" => {
                                format!("compare \"{}\" {other}", it.value)
                            }
                            "compare" => format!("compare {other} \"{}\"", it.value),
                            name => format!("{name} \"{}\"", it.value),
                        };
                        asked.push((room.ask(&line).await, line));
                    }
                    asked.sort_by_key(|(answer, _)| answer.kind != AnswerKind::Found);
                    let (answer, line) = asked.swap_remove(0);
                    let said = serde_json::to_string(&answer).unwrap();
                    let title = serde_json::to_string(&it.title).unwrap();
                    let is_it = said.contains(title.trim_matches('"'))
                        || said.contains(title.trim_matches(['"', '“', '”']));
                    assert!(is_it || it.value == "WikiLeaks", "{line} should find {}: {answer:#?}", it.title);
                    assert!(
                        answer.kind == AnswerKind::Found
                            || command.name == "compare"
                            || command.name == "quote",
                        "{line}: {answer:#?}"
                    );
                    assert_eq!(answer.note.filter(|note| note.starts_with("Read")), None, "{line}");
                    tried += 1;
                }
            }
        }
    }
    assert!(tried > 500, "only {tried} were tried");
}
