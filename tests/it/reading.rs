//! Reading lists: which article is meant in a room on which day. The clock begins on Monday 2026-11-23 at 12:00 UTC.

use std::sync::Arc;

use rapporteur::answer::{Answer, AnswerKind, Block};
use rapporteur::commands::{Caller, Role, move_discussions_on};
use rapporteur::locale::Locale;
use rapporteur::outbox::PostError;
use rapporteur::platform::Platform;

use crate::common::{Posts, Room, found, pack};

const HOUR: i64 = 60 * 60;
const DAY: i64 = 24 * HOUR;

async fn room() -> (Room, Arc<Posts>) {
    let gates = pack().article("gates").edition("red").text().replace("Walls and", "Gates and");
    let room = Room::of(&[&pack().text(), &gates]).await;
    let room = room.on(Platform::Discord, "discord:mod", &["discord:channel:1", "discord:server:5"]);
    let posts = Arc::new(Posts::default());
    room.world.outboxes.open(Platform::Discord, Arc::clone(&posts) as _);
    (room, posts)
}

fn lines(answer: &Answer) -> Vec<&str> {
    let lists = answer.blocks.iter().filter_map(|block| match block {
        Block::List { entries, .. } => Some(entries),
        _ => None,
    });
    lists.flatten().map(|entry| entry.text.as_str()).collect()
}

/// Which article answers, by the word that each of its items has.
async fn edition(room: &Room) -> &'static str {
    let text = serde_json::to_string(&found(room.ask("quote q-silence").await)).unwrap();
    match (text.contains("Edition blue"), text.contains("Edition red")) {
        (true, true) => "both",
        (true, false) => "blue",
        (false, true) => "red",
        (false, false) => "none",
    }
}

#[tokio::test]
async fn each_article_is_meant_from_its_day_on() {
    let (room, posts) = room().await;
    assert_eq!(edition(&room).await, "both");
    found(room.ask("schedule add mon 08:00 reading --zone Pacific/Auckland").await);
    found(room.ask("reading add doors --until 2026-11-29").await);
    // In Auckland it is Tuesday already, and it has begun.
    assert_eq!(posts.last().title, "This is read now: Walls and doors, until 29 November 2026");
    assert_eq!(edition(&room).await, "blue");
    let added = found(room.ask("reading add gates").await);
    assert_eq!(lines(&added), ["Gates and doors, from 30 November 2026"]);
    let now = found(room.ask("reading show").await);
    assert_eq!((now.title.as_str(), lines(&now)), (posts.last().title.as_str(), lines(&added)));
    assert_eq!(found(room.ask("reading list").await).blocks.len(), 1);
    // On Sunday at 11:00 UTC it is Monday in Auckland.
    room.seconds_later(6 * DAY - 2 * HOUR);
    move_discussions_on(&room.world).await.unwrap();
    assert_eq!((posts.keys().len(), edition(&room).await), (1, "blue"));
    room.seconds_later(HOUR);
    for _ in 0..3 {
        move_discussions_on(&room.world).await.unwrap();
    }
    assert_eq!((posts.keys().len(), edition(&room).await), (2, "red"));
    assert_eq!(posts.last().title, "This is read now: Gates and doors");
    // Earlier ones can still be asked, and a moderator may decide otherwise.
    let earlier = serde_json::to_string(&found(room.ask("quote q-silence --article doors").await)).unwrap();
    assert!(earlier.contains("Edition blue") && !earlier.contains("Edition red"));
    found(room.ask("room article doors").await);
    move_discussions_on(&room.world).await.unwrap();
    assert_eq!(edition(&room).await, "blue");
    // The schedule reminds of it.
    room.seconds_later(9 * HOUR);
    move_discussions_on(&room.world).await.unwrap();
    assert_eq!(posts.keys().len(), 3);
    assert_eq!(posts.last().title, "This is read now: Gates and doors");
}

#[tokio::test]
async fn a_list_survives_what_goes_wrong() {
    let (room, posts) = room().await;
    let member = Caller { id: "discord:ada".into(), role: Role::Member };
    assert_eq!(room.ask_as(member.clone(), "reading add doors").await.kind, AnswerKind::Refused);
    for (line, kind) in [
        ("reading show", AnswerKind::NothingFound),
        ("reading list", AnswerKind::NothingFound),
        ("reading add Atlantis", AnswerKind::NothingFound),
        ("reading add doors --from soon", AnswerKind::WrongUsage),
        ("reading add doors --from 2026-13-01", AnswerKind::WrongUsage),
        ("reading add doors --from 2026-12-02 --until 2026-12-01", AnswerKind::WrongUsage),
        ("reading remove 1", AnswerKind::NothingFound),
    ] {
        assert_eq!(room.ask(line).await.kind, kind, "{line}");
    }
    posts.fail(Some(|| PostError::Later("busy".into(), None)));
    found(room.ask("reading add doors").await);
    assert_eq!((posts.keys().len(), edition(&room).await), (0, "blue"));
    posts.fail(None);
    let room = room.restarted().await;
    room.world.outboxes.open(Platform::Discord, Arc::clone(&posts) as _);
    for _ in 0..2 {
        move_discussions_on(&room.world).await.unwrap();
    }
    assert_eq!(posts.keys(), ["reading 1"]);
    // One that is not loaded any more is named by its id.
    found(room.ask("reading add gates --from 2026-12-01").await);
    std::fs::remove_file(room.world.packs.join("1.toml")).unwrap();
    found(room.ask("reload --remove").await);
    let list = found(room.ask_as(member, "reading list").await);
    assert_eq!(lines(&list)[1], "gates (not loaded), from 1 December 2026");
    found(room.ask("reading remove 2").await);
    let spanish = Locale::read("es").unwrap();
    let now = found(spanish.scope(room.ask("lectura ver")).await);
    assert_eq!(now.title, "Ahora se lee: Walls and doors");
    let nowhere = room.on(Platform::Terminal, "terminal:ada", &[]);
    assert_eq!(nowhere.ask("reading list").await.kind, AnswerKind::WrongUsage);
}
