//! Editors: packs that are loaded from messages.

use serde_json::{Value, json};

use crate::common::{self, pack};
use crate::homeserver::Scene;
use crate::shared::{green, has};

async fn a_pack_is_loaded_from_a_message() {
    let scene = Scene::with(&pack()).await;
    let (ada, ben) = (&scene.ada, scene.homeserver.person("ben").await);
    for (encrypted, edition) in [(false, "green"), (true, "violet")] {
        let room = scene.room_with(&ben, |new| if encrypted { new.encrypted() } else { new }).await;
        let text = pack().edition(edition).text();
        let file = ada.send_file(&room, text.as_bytes(), "doors.toml", encrypted).await;
        // Who is no editor can't load what an editor uploaded.
        let asked = ben.reply(&room, &file, "!reload").await;
        has(&scene.answer(&ben, &asked).await, "editor");
        has(&scene.ask(&ben, &room, "!actor Paz").await, if encrypted { "green" } else { "blue" });
        let asked = ada.reply(&room, &file, "!reload --dry-run").await;
        scene.answer(ada, &asked).await;
        has(&scene.ask(&ben, &room, "!actor Paz").await, if encrypted { "green" } else { "blue" });
        let asked = ada.reply(&room, &file, "!reload").await;
        scene.answer(ada, &asked).await;
        has(&scene.ask(&ben, &room, "!actor Paz").await, edition);
        // One that is broken is told line by line, and changes nothing.
        let broken = text.replace("kind = \"verbatim\"", "kind = \"verbatimm\"");
        let line = 1 + broken.lines().position(|line| line.contains("verbatimm")).unwrap();
        let file = ada.send_file(&room, broken.as_bytes(), "broken.toml", encrypted).await;
        let asked = ada.reply(&room, &file, "!reload").await;
        let errors = scene.answer(ada, &asked).await;
        assert_eq!(common::place(errors.body(), "broken.toml"), Some((line, 8)), "{}", errors.body());
        has(&errors, "verbatim");
        has(&scene.ask(&ben, &room, "!actor Paz").await, edition);
        // What is no pack at all, and what is no file.
        let file = ada.send_file(&room, &[0, 159, 146, 150], "noise.toml", encrypted).await;
        let asked = ada.reply(&room, &file, "!reload").await;
        has(&scene.answer(ada, &asked).await, "noise.toml");
        has(&scene.ask(&ben, &room, "!actor Paz").await, edition);
    }
    // With the command as the file's caption.
    let room = scene.room(|new| new.encrypted()).await;
    let mut file = ada.upload(green().as_bytes(), "doors.toml", "application/toml", true).await;
    file["msgtype"] = json!("m.file");
    file["body"] = json!("!reload");
    let asked = ada.send(&room, file).await;
    scene.answer(ada, &asked).await;
    has(&scene.ask(ada, &room, "!actor Paz").await, "green");
}

async fn a_file_that_can_not_be_taken_changes_nothing() {
    let scene = Scene::with(&pack()).await;
    let ada = &scene.ada;
    let room = scene.room(|new| new.encrypted()).await;
    let reload = async |content: Value| {
        let file = ada.send(&room, content).await;
        let asked = ada.reply(&room, &file, "!reload").await;
        scene.answer(ada, &asked).await
    };
    // Larger than a pack may be: by its own words, and in truth.
    let mut content = ada.upload(green().as_bytes(), "doors.toml", "application/toml", true).await;
    content["msgtype"] = json!("m.file");
    content["info"]["size"] = json!(9 << 20);
    has(&reload(content).await, "larger than 8 MiB");
    let mut large = green().into_bytes();
    large.resize(9 << 20, b'\n');
    let mut content = ada.upload(&large, "doors.toml", "application/toml", true).await;
    content["msgtype"] = json!("m.file");
    content["info"]["size"] = json!(1000);
    has(&reload(content).await, "larger than 8 MiB");
    // Not what its key and hash are for.
    let mut content = ada.upload(green().as_bytes(), "doors.toml", "application/toml", true).await;
    content["msgtype"] = json!("m.file");
    content["file"]["hashes"]["sha256"] = json!("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
    has(&reload(content).await, "Nothing was loaded");
    // Not there.
    let content = json!({"msgtype": "m.file", "body": "doors.toml", "url": "mxc://localhost/none"});
    has(&reload(content).await, "Nothing was loaded");
    has(&scene.ask(ada, &room, "!actor Paz").await, "blue");
}

crate::trial::trials![a_pack_is_loaded_from_a_message, a_file_that_can_not_be_taken_changes_nothing,];
