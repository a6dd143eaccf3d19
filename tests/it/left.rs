//! What becomes of what is kept of rooms that the bot was removed from.

use std::sync::Arc;

use rapporteur::answer::AnswerKind;
use rapporteur::commands::{forget_left_rooms, move_discussions_on};
use rapporteur::platform::Platform;

use crate::common::{Posts, Room, found, pack};

const DAY: i64 = 24 * 60 * 60;

/// How many rows there are of a room, in all tables that have any.
fn rows(room: &Room, of: &str) -> usize {
    let database = rusqlite::Connection::open(room.data().join("community.db")).unwrap();
    let tables = [
        ("debate", "room"),
        ("quiz", "room"),
        ("score", "room"),
        ("schedule", "room"),
        ("reading", "room"),
        ("shown", "place"),
        ("place_setting", "place"),
        ("room_of_server", "room"),
    ];
    let count = |(table, column): (&str, &str)| {
        let query = format!("SELECT count(*) FROM {table} WHERE {column} = ?1");
        database.query_row(&query, [of], |row| row.get::<_, usize>(0)).unwrap()
    };
    tables.into_iter().map(count).filter(|number| *number > 0).count()
}

/// Fills a room with everything that is kept of one.
async fn fill(room: &Room) {
    for line in [
        "debate open Walls are doors",
        "debate vote for",
        "debate next",
        "point for This is a point of more than twenty characters",
        "quiz 1",
        "answer a",
        "quiz --reveal",
        "schedule add daily 09:00 quote",
        "reading add doors",
        "room private off",
        "quote",
    ] {
        found(room.ask(line).await);
    }
}

#[tokio::test]
async fn it_goes_after_thirty_days_unless_the_bot_comes_back() {
    let room = Room::of(&[&pack().text()]).await;
    let posts = Arc::new(Posts::default());
    room.world.outboxes.open(Platform::Discord, Arc::clone(&posts) as _);
    let there = ["discord:channel:1", "discord:server:5"];
    let room = room.on(Platform::Discord, "discord:mod", &there);
    fill(&room).await;
    let room = room.on(Platform::Discord, "discord:mod", &["discord:channel:2", "discord:server:6"]);
    fill(&room).await;
    let (server, now) = ("discord:server:5".parse().unwrap(), room.world.clock.now().as_millisecond());
    assert_eq!((rows(&room, "discord:channel:1"), rows(&room, "discord:channel:2")), (8, 8));

    room.world.community.left(&server, now).await.unwrap();
    room.seconds_later(29 * DAY);
    forget_left_rooms(&room.world).await.unwrap();
    assert_eq!(rows(&room, "discord:channel:1"), 8);
    // It comes back, and is removed again: the time begins anew.
    room.world.community.is_back(&server).await.unwrap();
    room.world.community.left(&server, room.world.clock.now().as_millisecond()).await.unwrap();
    room.seconds_later(2 * DAY);
    forget_left_rooms(&room.world).await.unwrap();
    assert_eq!(rows(&room, "discord:channel:1"), 8);
    room.seconds_later(29 * DAY);
    for _ in 0..2 {
        forget_left_rooms(&room.world).await.unwrap();
    }
    assert_eq!((rows(&room, "discord:channel:1"), rows(&room, "discord:channel:2")), (0, 8));
    // Nothing of it is left in memory either, and what is elsewhere goes on.
    let room = room.on(Platform::Discord, "discord:mod", &there);
    assert_eq!(room.ask("debate show").await.kind, AnswerKind::NothingFound);
    assert!(!serde_json::to_string(&found(room.ask("room show").await)).unwrap().contains("Set here"));
    move_discussions_on(&room.world).await.unwrap();
}
