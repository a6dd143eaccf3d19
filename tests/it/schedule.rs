//! What rooms get again and again, at a time that is put forward. The clock begins on Monday 2026-11-23 at 12:00 UTC.

use std::sync::Arc;

use rapporteur::answer::{Answer, AnswerKind, Block, Visibility};
use rapporteur::commands::{Caller, Role, move_discussions_on};
use rapporteur::locale::Locale;
use rapporteur::outbox::PostError;
use rapporteur::platform::Platform;

use crate::common::{Posts, Room, found, pack};

const HOUR: i64 = 60 * 60;
const DAY: i64 = 24 * HOUR;

async fn room() -> (Room, Arc<Posts>) {
    let room = Room::of(&[&pack().text()]).await;
    let room = room.on(Platform::Discord, "discord:mod", &["discord:channel:1", "discord:server:5"]);
    let posts = Arc::new(Posts::default());
    room.world.outboxes.open(Platform::Discord, Arc::clone(&posts) as _);
    (room, posts)
}

async fn move_on(room: &Room) {
    move_discussions_on(&room.world).await.unwrap();
}

/// The lines of the schedule, each after its number.
fn lines(answer: &Answer) -> Vec<String> {
    let of = |block: &Block| match block {
        Block::List { entries, .. } => {
            entries.iter().map(|entry| format!("{}: {}", entry.lead, entry.text)).collect()
        }
        _ => Vec::new(),
    };
    answer.blocks.iter().flat_map(of).collect()
}

#[tokio::test]
async fn what_is_on_the_schedule_comes_at_its_time_once() {
    let (room, posts) = room().await;
    let added = found(room.ask("schedule add daily 14:00 quote --zone Europe/Madrid").await);
    assert_eq!(added.visibility, Visibility::Asker);
    assert_eq!(lines(&added), ["1: /quote daily at 14:00 — next 2026-11-23 14:00 (Europe/Madrid)"]);
    move_on(&room).await;
    assert!(posts.keys().is_empty());
    room.seconds_later(HOUR);
    for _ in 0..3 {
        move_on(&room).await;
    }
    assert_eq!(posts.keys().len(), 1);
    assert!(posts.last().blocks.iter().any(|block| matches!(block, Block::Quotation { .. })));
    room.seconds_later(DAY - 1);
    move_on(&room).await;
    assert_eq!(posts.keys().len(), 1);
    room.seconds_later(1);
    move_on(&room).await;
    assert_eq!(posts.keys().len(), 2);
    // One zone a room; a day of the week; a prompt.
    found(room.ask("schedule add thu 08:00 discuss").await);
    found(room.ask("schedule add weekdays 18:30 today --zone America/Mexico_City").await);
    assert_eq!(
        lines(&found(room.ask("schedule list").await)),
        [
            "1: /quote daily at 14:00 — next 2026-11-24 14:00 (America/Mexico_City)",
            "2: /discuss Thursday at 08:00 — next 2026-11-26 08:00 (America/Mexico_City)",
            "3: /today on weekdays at 18:30 — next 2026-11-24 18:30 (America/Mexico_City)",
        ]
    );
}

#[tokio::test]
async fn what_was_missed_comes_late_or_not_and_never_twice() {
    let (room, posts) = room().await;
    found(room.ask("schedule add daily 13:00 quote").await);
    // The program is down for three days and a bit: the last one comes, an hour late.
    room.seconds_later(3 * DAY + 2 * HOUR);
    let room = room.restarted().await;
    room.world.outboxes.open(Platform::Discord, Arc::clone(&posts) as _);
    move_on(&room).await;
    assert_eq!(posts.keys().len(), 1);
    // More than two hours late it is left out.
    room.seconds_later(DAY + 2 * HOUR);
    move_on(&room).await;
    assert_eq!(posts.keys().len(), 1);
    assert_eq!(
        lines(&found(room.ask("schedule list").await)),
        ["1: /quote daily at 13:00 — next 2026-11-28 13:00 (UTC)"]
    );
    // A clock that goes back brings nothing again.
    room.seconds_later(-10 * DAY);
    move_on(&room).await;
    assert_eq!(posts.keys().len(), 1);
}

#[tokio::test]
async fn what_can_not_be_posted_comes_later_or_is_paused() {
    let (room, posts) = room().await;
    found(room.ask("schedule add daily 13:00 quote").await);
    posts.fail(Some(|| PostError::Later("busy".into(), None)));
    room.seconds_later(HOUR);
    move_on(&room).await;
    posts.fail(None);
    let room = room.restarted().await;
    room.world.outboxes.open(Platform::Discord, Arc::clone(&posts) as _);
    move_on(&room).await;
    move_on(&room).await;
    assert_eq!(posts.keys().len(), 1, "{:?}", posts.keys());
    posts.fail(Some(|| PostError::Refused("Missing Permissions".into())));
    room.seconds_later(DAY);
    move_on(&room).await;
    posts.fail(None);
    room.seconds_later(DAY);
    move_on(&room).await;
    assert_eq!(posts.keys().len(), 1);
    let list = lines(&found(room.ask("schedule list").await));
    assert!(list[0].contains("paused: I could not post it here") && !list[0].contains("Missing"), "{list:?}");
    found(room.ask("schedule resume 1").await);
    room.seconds_later(DAY);
    move_on(&room).await;
    assert_eq!(posts.keys().len(), 2);
    found(room.ask("schedule pause 1").await);
    room.seconds_later(DAY);
    move_on(&room).await;
    assert_eq!(posts.keys().len(), 2);
    found(room.ask("schedule remove 1").await);
    assert_eq!(room.ask("schedule list").await.kind, AnswerKind::NothingFound);
}

#[tokio::test]
async fn a_quiz_on_the_schedule_begins_by_itself() {
    let (room, posts) = room().await;
    found(room.ask("schedule add mon 13:00 quiz").await);
    room.seconds_later(HOUR);
    move_on(&room).await;
    move_on(&room).await;
    assert_eq!(posts.keys(), ["quiz 1 0 true"]);
    // It began after the others were looked at: it ends in its own time.
    room.seconds_later(31);
    move_on(&room).await;
    assert!(serde_json::to_string(&posts.last()).unwrap().contains("The answer is "));
}

#[tokio::test]
async fn only_moderators_decide_and_mistakes_are_explained() {
    let (room, posts) = room().await;
    let member = || Caller { id: "discord:ada".into(), role: Role::Member };
    for line in ["schedule add daily 09:00 quote", "schedule list", "schedule remove 1"] {
        assert_eq!(room.ask_as(member(), line).await.kind, AnswerKind::Refused, "{line}");
    }
    for (line, kind) in [
        ("schedule add never 09:00 quote", AnswerKind::WrongUsage),
        ("schedule add daily 9 quote", AnswerKind::WrongUsage),
        ("schedule add daily 09:00 reload", AnswerKind::WrongUsage),
        ("schedule add daily 09:00 quote --zone Mars/Olympus", AnswerKind::WrongUsage),
        ("schedule add daily", AnswerKind::WrongUsage),
        ("schedule remove 7", AnswerKind::NothingFound),
        ("schedule pause 😀", AnswerKind::NothingFound),
        ("schedule list", AnswerKind::NothingFound),
    ] {
        assert_eq!(room.ask(line).await.kind, kind, "{line}");
    }
    let spanish = Locale::read("es").unwrap();
    let added = found(spanish.scope(room.ask("agenda añadir lun,jue 9:00 cita --zona Europe/Madrid")).await);
    assert_eq!(
        lines(&added),
        ["1: /cita lunes y jueves a las 09:00 — la próxima vez, 2026-11-26 09:00 (Europe/Madrid)"]
    );
    for _ in 1..20 {
        found(room.ask("schedule add daily 09:00 quote").await);
    }
    assert_eq!(room.ask("schedule add daily 09:00 quote").await.kind, AnswerKind::Refused);
    // Another room has a schedule of its own.
    let other = room.on(Platform::Discord, "discord:mod", &["discord:channel:2"]);
    assert_eq!(other.ask("schedule remove 1").await.kind, AnswerKind::NothingFound);
    let nowhere = other.on(Platform::Terminal, "terminal:ada", &[]);
    assert_eq!(nowhere.ask("schedule list").await.kind, AnswerKind::WrongUsage);
    assert!(posts.keys().is_empty());
}

/// What is broken off at any moment, as by the end of the program, comes once when it is looked at again.
#[tokio::test]
async fn what_is_broken_off_at_any_moment_comes_once() {
    let (mut room, posts) = room().await;
    found(room.ask("schedule add daily 13:00 quote").await);
    room.seconds_later(HOUR);
    for day in 0..100_usize {
        {
            let mut moving = std::pin::pin!(move_discussions_on(&room.world));
            let mut left = day % 25;
            let broken = std::future::poll_fn(|context| {
                if left == 0 {
                    return std::task::Poll::Ready(None);
                }
                left -= 1;
                moving.as_mut().poll(context).map(Some)
            });
            drop(broken.await);
        }
        room = room.restarted().await;
        room.world.outboxes.open(Platform::Discord, Arc::clone(&posts) as _);
        move_on(&room).await;
        assert_eq!(posts.keys().len(), day + 1);
        room.seconds_later(DAY);
    }
}
