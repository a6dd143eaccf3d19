//! The harness itself: what people on matrix-nio see of one another.

use crate::homeserver::Homeserver;
use crate::shared::on_the_wire;

async fn two_people_in_an_encrypted_room() {
    let homeserver = Homeserver::shared().await;
    let (ada, ben) = (homeserver.person("ada").await, homeserver.person("ben").await);
    let room = ada.room().encrypted().invite(&ben.user).create().await;
    ben.wait_invitation(&room).await;
    ben.join(&room).await;
    let asked = ada.say(&room, "Who lost Mexico?").await;
    let seen = ben.wait("the question", |event| event.id == asked).await;
    assert_eq!((seen.kind.as_str(), seen.body()), ("m.room.message", "Who lost Mexico?"));
    assert!(seen.is_encrypted());
    let reply = ben.reply(&room, &asked, "Nobody.").await;
    let seen = ada.wait("the reply", |event| event.reply_to() == Some(&asked)).await;
    assert_eq!((seen.id, seen.sender), (reply, ben.user.clone()));
    let raw = on_the_wire(&ada, &room, &asked).await;
    assert_eq!(raw["type"], "m.room.encrypted");
    assert!(!raw.to_string().contains("lost Mexico"));
    let file = ada.send_file(&room, b"[article]", "doors.toml", true).await;
    let seen = ben.wait("the file", |event| event.id == file).await;
    assert!(seen.content["file"]["key"]["k"].is_string());
    // Keys that are withheld, and keys that come late.
    ada.distrust(&ben.user).await;
    let withheld = ada.say(&room, "Not for Ben").await;
    ada.trust(&ben.user).await;
    let late = ada.say_before_the_key(&room, "For Ben, later").await;
    ben.wait("what can't be read", |event| event.id == late && event.unreadable.is_some()).await;
    ada.share_the_key(&room).await;
    let read = ben.wait("what can be read", |event| event.id == late && event.unreadable.is_none()).await;
    assert_eq!(read.body(), "For Ben, later");
    assert!(ben.event(&room, &withheld).await.unreadable.is_some());
}

crate::trial::trials![two_people_in_an_encrypted_room,];
