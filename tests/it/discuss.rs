//! Questions to discuss: which come, and what they rest on.

use std::collections::BTreeSet;

use rapporteur::answer::{After, Answer, AnswerKind, Block, Visibility};
use rapporteur::article::{Item, Pack};
use rapporteur::locale::Locale;

use crate::common::{Room, pack, real_pack};

/// Everything that a list of an answer says.
fn lines<'a>(answer: &'a Answer, title: &str) -> Vec<&'a str> {
    let of = |block: &'a Block| match block {
        Block::List { title: it, entries } if it.starts_with(title) => entries.as_slice(),
        _ => &[],
    };
    answer.blocks.iter().flat_map(of).map(|entry| entry.text.as_str()).collect()
}

#[tokio::test]
async fn no_question_comes_again_before_all_have_come() {
    let room = Room::first_article().await;
    let pack: Pack = toml::from_str(&real_pack()).unwrap();
    let mut all = BTreeSet::new();
    for item in pack.into_items() {
        if let Item::Argument(argument) = item {
            all.extend(argument.questions);
        }
    }
    assert!(all.len() > 20, "{}", all.len());
    let mut asked = BTreeSet::new();
    for _ in 0..all.len() {
        let answer = room.ask("discuss").await;
        assert_eq!(answer.kind, AnswerKind::Found);
        assert!(answer.source.as_ref().is_some_and(|source| !source.known.is_empty()), "{answer:#?}");
        assert!(lines(&answer, "Grounds").len() <= 2);
        let [question] = lines(&answer, "To discuss").try_into().unwrap();
        assert!(asked.insert(question.to_string()), "{question} came again");
    }
    assert_eq!(asked, all);
    // Then they come again, in another room they come from the start.
    let [question] = lines(&room.ask("discuss").await, "To discuss")
        .try_into()
        .map(|[it]: [&str; 1]| [it.to_string()])
        .unwrap();
    assert!(all.contains(&question));
}

#[tokio::test]
async fn what_is_named_is_discussed() {
    let room = Room::first_article().await;
    let answer = room.ask("discuss trilateral").await;
    assert_eq!(answer.title, "For discussion: The trilateral agenda is smart");
    let first = lines(&answer, "To discuss")[0].to_string();
    let answer = room.ask("discuss trilateral").await;
    assert_ne!(lines(&answer, "To discuss")[0], first, "another question of the same claim");
    // A topic stands for the claims on it, a quotation for those that rest on it.
    for name in ["migration", "\"a smart strategy\""] {
        let answer = room.ask(&format!("discuss {name}")).await;
        assert_eq!(
            (answer.kind, lines(&answer, "To discuss").len()),
            (AnswerKind::Found, 1),
            "{name}: {answer:#?}"
        );
    }
    let nothing = room.ask("discuss Atlantis").await;
    assert_eq!(nothing.kind, AnswerKind::NothingFound);
    assert!(nothing.title.contains("Atlantis"));
}

#[tokio::test]
async fn the_critic_is_for_who_asks_and_says_who_objects() {
    let room = Room::first_article().await;
    let answer = room.ask("discuss trilateral").await;
    let critic = answer.choices.iter().find(|choice| choice.label == "What could a critic answer?").unwrap();
    let answer = room.ask(&critic.line).await;
    assert_eq!((answer.kind, answer.visibility), (AnswerKind::Found, Visibility::Asker));
    assert!(!lines(&answer, "Opposed by").is_empty(), "{answer:#?}");
    assert!(!lines(&answer, "Possible objection (added by the editor)").is_empty(), "{answer:#?}");
    // In Spanish, too.
    let spanish = Locale::read("es").unwrap();
    let answer = spanish.scope(room.ask("comentar trilateral --crítica")).await;
    assert!(answer.title.starts_with("Lo que un crítico podría responder"), "{}", answer.title);
}

#[tokio::test]
async fn a_claim_without_a_question_of_the_editor_is_one_itself() {
    let room = Room::of(&[&pack().text()]).await;
    let answer = room.ask("discuss").await;
    // The small pack's claims have no questions: named, a claim is discussed all the same.
    let named = room.ask("discuss people-too").await;
    assert_eq!(
        (named.kind, named.title.as_str()),
        (AnswerKind::Found, "For discussion: People should have been let through")
    );
    assert!(
        named.blocks.contains(&Block::Paragraph { text: "Do the grounds carry the claim?".into() }),
        "{named:#?}"
    );
    let critic = room.ask("discuss people-too --critic").await;
    assert_eq!(critic.kind, AnswerKind::NothingFound);
    assert_eq!(
        (answer.kind, answer.title.as_str()),
        (AnswerKind::NothingFound, "There is no question to discuss in this article.")
    );
}

#[tokio::test]
async fn what_was_discussed_is_listed_the_last_first() {
    let room = Room::first_article().await;
    assert_eq!(room.ask("discuss list").await.kind, AnswerKind::NothingFound);
    let mut asked = Vec::new();
    for _ in 0..12 {
        let answer = room.ask("discuss").await;
        assert_eq!(answer.after, Some(After::OpenThread));
        asked.insert(0, lines(&answer, "To discuss")[0].to_string());
    }
    let list = room.ask("discuss list").await;
    assert_eq!(lines(&list, ""), asked[..10]);
    let again = list.blocks.iter().find_map(|block| match block {
        Block::List { entries, .. } => entries[0].line.clone(),
        _ => None,
    });
    assert_eq!(room.ask(&again.unwrap()).await.kind, AnswerKind::Found);
    let spanish = Locale::read("es").unwrap();
    assert_eq!(spanish.scope(room.ask("comentar lista")).await.title, "Lo último que se comentó aquí");
}
