//! Clients that know commands (MSC4391).

use serde_json::{Value, json};

use crate::common::pack;
use crate::homeserver::{Event, Scene};
use crate::shared::{DESCRIPTION, has, mention, small};

/// How such a client calls one.
const INVOCATION: &str = "org.matrix.msc4391.command";

async fn commands_are_described_where_the_bot_may() {
    let mut scene = Scene::set(small()).await;
    scene.env("RAPPORTEUR_MATRIX_DESCRIBE_COMMANDS", "true");
    scene.start().await;
    let ada = &scene.ada;
    let room = scene.room(|new| new).await;
    scene.ask(ada, &room, "!quote Paz").await;
    let count = async |room: &str| {
        let state = ada.all_state(room).await;
        state.iter().filter(|it| it.kind == DESCRIPTION && it.content != json!({})).count()
    };
    assert_eq!(count(&room).await, 0, "it may not");
    ada.promote(&room, scene.me(), 50).await;
    let quote = |event: &Event| {
        event.room == room && event.kind == DESCRIPTION && event.content["command"] == "quote"
    };
    let quote = ada.wait("a description of quote", quote).await;
    assert_eq!(quote.sender, scene.me());
    let parameters = quote.content["parameters"].as_array().unwrap();
    assert!(parameters.iter().any(|it| it["key"] == "of" && it["optional"] == true), "{parameters:?}");
    // They stand once, also after a restart.
    scene.described(&room).await;
    scene.restart().await;
    scene.ask(&scene.ada, &room, "!quote Paz").await;
    let events = scene.ada.timeline(&room).await;
    let described: Vec<_> = events.iter().filter(|it| it.kind == DESCRIPTION).collect();
    let mut keys: Vec<_> = described.iter().map(|it| it.state_key.clone().unwrap()).collect();
    keys.sort();
    let all = keys.len();
    keys.dedup();
    assert_eq!(keys.len(), all, "described twice");
    assert!(all > 10, "{all}");
}

async fn a_client_that_knows_commands_calls_one() {
    let scene = Scene::with(&pack()).await;
    let ben = scene.homeserver.person("ben").await;
    let call = |command: &str, arguments: Value, whom: &str| {
        let mut content = mention(&format!("/{command}"), whom);
        content[INVOCATION] = json!({"command": command, "arguments": arguments});
        content
    };
    for encrypted in [false, true] {
        let room = scene.room_with(&ben, |new| if encrypted { new.encrypted() } else { new }).await;
        for (command, arguments, expected) in [
            ("quote", json!({"of": "Paz"}), "silence is a door"),
            ("quote", json!({"of": "Paz", "page": null}), "silence is a door"),
            ("compare", json!({"first": "Paz", "second": "Rios"}), "Paz"),
            ("room prefix", json!({"prefix": "?"}), "moderator"),
            ("qoute", json!({"of": "Paz"}), "quote"),
            ("quote", json!({"whom": "Paz"}), "whom"),
            ("quote", json!({"of": 7}), "of"),
        ] {
            let asked = ben.send(&room, call(command, arguments, scene.me())).await;
            has(&scene.answer(&ben, &asked).await, expected);
        }
        // Another bot's, and another bot.
        let mut notice = call("quote", json!({"of": "Paz"}), scene.me());
        notice["msgtype"] = json!("m.notice");
        ben.send(&room, notice).await;
        ben.send(&room, call("status", json!({}), &scene.ada.user)).await;
        scene.ask(&ben, &room, "!quote Paz").await;
        assert_eq!(scene.answers(&ben, &room).await.len(), 8);
    }
}

crate::trial::trials![commands_are_described_where_the_bot_may, a_client_that_knows_commands_calls_one,];
