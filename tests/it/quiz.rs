//! Quizzes: what is asked of the articles, and a quiz among several people whose posts are kept.

use std::collections::HashSet;
use std::sync::Arc;

use rapporteur::answer::{Answer, AnswerKind, Block, Part, Visibility};
use rapporteur::article::{Item, Pack};
use rapporteur::commands::{Caller, Role, move_discussions_on};
use rapporteur::discussion::{Asked, CHOICES, QuizChoice, questions};
use rapporteur::env::Rng;
use rapporteur::locale::Locale;
use rapporteur::outbox::PostError;
use rapporteur::platform::Platform;

use crate::common::{Posts, Room, found, pack, real_pack};

async fn room() -> (Room, Arc<Posts>) {
    let room = Room::first_article().await;
    let room = room.on(Platform::Discord, "discord:mod", &["discord:channel:1", "discord:server:5"]);
    let posts = Arc::new(Posts::default());
    room.world.outboxes.open(Platform::Discord, Arc::clone(&posts) as _);
    (room, posts)
}

async fn say(room: &Room, name: &str, line: &str) -> Answer {
    room.ask_as(Caller { id: format!("discord:{name}"), role: Role::Member }, line).await
}

#[track_caller]
fn refused(answer: &Answer) {
    assert_eq!((answer.kind, answer.visibility), (AnswerKind::Refused, Visibility::Asker), "{answer:#?}");
}

fn paragraph<'a>(answer: &'a Answer, beginning: &str) -> Option<&'a str> {
    answer.blocks.iter().find_map(|block| match block {
        Block::Paragraph { text } => text.strip_prefix(beginning),
        _ => None,
    })
}

/// The people who are named in an answer.
fn people(answer: &Answer) -> Vec<&str> {
    let facts = answer.blocks.iter().flat_map(|block| match block {
        Block::Facts { facts } => facts.as_slice(),
        _ => &[],
    });
    let parts = facts.flat_map(|(name, value)| name.iter().chain(value));
    parts.filter_map(|part| if let Part::Person(id) = part { Some(id.as_str()) } else { None }).collect()
}

/// The letter of the right answer that a post shows.
fn right(answer: &Answer) -> String {
    let shown = paragraph(answer, "The answer is ").unwrap_or_else(|| panic!("{answer:#?}"));
    shown.chars().next().unwrap().to_lowercase().to_string()
}

#[test]
fn the_first_article_has_questions_of_every_sort() {
    let items: Vec<Item> = toml::from_str::<Pack>(&real_pack()).unwrap().into_items().collect();
    let mut sorts: HashSet<Asked> = HashSet::new();
    for seed in 0..50 {
        let made = questions(&items, 20, &Rng::seeded(seed));
        assert_eq!(made.len(), 20);
        for question in made {
            sorts.insert(question.asked);
            let distinct: HashSet<String> = question.choices.iter().map(|it| format!("{it:?}")).collect();
            assert_eq!(distinct.len(), CHOICES);
            // Wrong choices are of the same kind: a person beside persons, a year beside years.
            let is_year =
                |choice: &QuizChoice| matches!(choice, QuizChoice::Words(it) if it.parse::<i64>().is_ok());
            let years = question.choices.iter().filter(|choice| is_year(choice)).count();
            assert_eq!(years, if question.asked == Asked::WhatYear { CHOICES } else { 0 });
        }
    }
    assert_eq!(sorts.len(), 6, "{sorts:?}");
}

#[tokio::test]
async fn everybody_answers_alone_and_then_reads_who_was_right() {
    let (room, posts) = room().await;
    let begun = found(say(&room, "ada", "quiz 2").await);
    assert_eq!(begun.visibility, Visibility::Asker);
    assert_eq!(posts.keys(), ["quiz 1 0 true"]);
    let asked = posts.last();
    assert_eq!(asked.title, "Quiz 1, question 1 of 2");
    let labels: Vec<&str> = asked.choices.iter().map(|choice| choice.label.as_str()).collect();
    assert_eq!(labels, ["A", "B", "C", "D", "Reveal"]);
    assert!(asked.source.is_none() && people(&asked).is_empty());
    refused(&say(&room, "ben", "quiz").await);

    for (name, letter) in [("ada", "a"), ("ben", "b"), ("cleo", "c"), ("dora", "d"), ("eve", "a")] {
        let answer = found(say(&room, name, &format!("answer {letter}")).await);
        assert_eq!(answer.visibility, Visibility::Asker);
        assert!(answer.title.starts_with(&format!("Your answer is {}: ", letter.to_uppercase())));
    }
    // Who changes an answer has one.
    found(say(&room, "eve", "answer b").await);
    assert_eq!(say(&room, "eve", "answer e").await.kind, AnswerKind::WrongUsage);
    refused(&say(&room, "ben", "quiz --reveal").await);
    refused(&say(&room, "ben", "quiz --next").await);
    found(say(&room, "ada", "quiz --reveal").await);
    assert_eq!(posts.keys(), ["quiz 1 0 true"], "the answer takes the question's place");
    let shown = posts.last();
    assert!(shown.source.is_some(), "{shown:#?}");
    let expected = match right(&shown).as_str() {
        "a" => vec!["discord:ada"],
        "b" => vec!["discord:ben", "discord:eve"],
        "c" => vec!["discord:cleo"],
        _ => vec!["discord:dora"],
    };
    assert_eq!(people(&shown), expected);
    refused(&say(&room, "ada", "answer a").await);

    // The next one ends by itself, after thirty seconds.
    found(say(&room, "ben", "quiz --next").await);
    assert_eq!(posts.keys(), ["quiz 1 0 true", "quiz 1 1 true"]);
    found(say(&room, "ada", "answer a").await);
    room.seconds_later(29);
    move_discussions_on(&room.world).await.unwrap();
    assert!(paragraph(&posts.last(), "The answer is ").is_none());
    room.seconds_later(1);
    refused(&say(&room, "ben", "answer a").await);
    move_discussions_on(&room.world).await.unwrap();
    let last = right(&posts.last());
    refused(&say(&room, "ben", "quiz --next").await);
    let scores = found(say(&room, "ben", "scores").await);
    assert_eq!(people(&scores).len(), 5, "only who played: {scores:#?}");
    let ada = usize::from(expected == ["discord:ada"]) + usize::from(last == "a");
    let text = serde_json::to_string(&scores).unwrap();
    assert!(text.contains(&format!("{ada} of 2 right")), "{text}");
    // Who wants to be forgotten is.
    found(say(&room, "ada", "forget me").await);
    assert_eq!(people(&found(say(&room, "ben", "scores").await)).len(), 4);
    found(say(&room, "ben", "quiz").await);
}

#[tokio::test]
async fn a_quiz_that_can_not_be_posted_or_was_removed_goes_on() {
    let (room, posts) = room().await;
    posts.fail(Some(|| PostError::Later("busy".into(), None)));
    found(say(&room, "ada", "quiz").await);
    assert!(posts.keys().is_empty());
    posts.fail(None);
    move_discussions_on(&room.world).await.unwrap();
    assert_eq!(posts.keys(), ["quiz 1 0 true"]);
    posts.remove_all();
    found(room.ask("quiz --reveal").await);
    assert_eq!(posts.keys(), ["quiz 1 0 false"], "the answer is a post of its own");
    // The end of the program loses nothing.
    found(say(&room, "ada", "quiz --next").await);
    found(say(&room, "ben", "answer a").await);
    let room = room.restarted().await;
    room.world.outboxes.open(Platform::Discord, Arc::clone(&posts) as _);
    room.seconds_later(60);
    move_discussions_on(&room.world).await.unwrap();
    right(&posts.last());
    assert_eq!(people(&found(say(&room, "ada", "scores").await)), ["discord:ben"]);
}

#[tokio::test]
async fn one_person_plays_at_the_terminal() {
    let room = Room::of(&[&pack().text()]).await;
    for (line, kind) in [
        ("quiz 0", AnswerKind::WrongUsage),
        ("quiz 21", AnswerKind::WrongUsage),
        ("quiz many", AnswerKind::WrongUsage),
        ("quiz --reveal", AnswerKind::NothingFound),
        ("quiz --next", AnswerKind::NothingFound),
        ("answer a", AnswerKind::NothingFound),
        ("scores", AnswerKind::NothingFound),
    ] {
        assert_eq!(room.ask(line).await.kind, kind, "{line}");
    }
    // This small pack has two quotes and an event with a year: nothing else can be asked of it.
    let mut asked = found(room.ask("quiz").await);
    for number in 1..=3 {
        let is_asked = ["How does the article give the words", "In which year: The treaty"];
        assert!(is_asked.iter().any(|it| paragraph(&asked, it).is_some()), "{asked:#?}");
        right(&found(room.ask("answer a").await));
        asked = room.ask("quiz --next").await;
        assert_eq!(asked.kind == AnswerKind::Found, number < 3);
    }
    assert_eq!(found(room.ask("scores").await).title, "Scores");
    // A new one makes an end of an old one.
    found(room.ask("quiz").await);
    let spanish = Locale::read("es").unwrap();
    let asked = found(spanish.scope(room.ask("concurso 1")).await);
    assert_eq!(asked.title, "Concurso 3, pregunta 1 de 1");
    found(spanish.scope(room.ask("responder a")).await);
    let empty = "[article]\nid = \"empty\"\ntitle = \"E\"\nlanguage = \"en\"\nsummary = \"s\"\n";
    assert_eq!(Room::of(&[empty]).await.ask("quiz").await.kind, AnswerKind::NothingFound);
}
