//! Moderators and rooms: levels, invitations, leaving, rooms that move.

use serde_json::json;

use crate::common::pack;
use crate::homeserver::{self, Event, Running, Scene, Trouble};
use crate::shared::{DESCRIPTION, has, small};

async fn the_creator_of_a_room_moderates_it() {
    let mut scene = Scene::set(small()).await;
    scene.env("RAPPORTEUR_MATRIX_ALLOWED_INVITERS", "anyone");
    scene.start().await;
    let (ben, cleo) = (scene.homeserver.person("ben").await, scene.homeserver.person("cleo").await);
    let room = ben.room().invite(scene.me()).invite(&cleo.user).create().await;
    let create = ben.state(&room, "m.room.create", "").await.unwrap();
    assert_eq!(create["room_version"], "12");
    assert!(!room.contains(':'), "ids of version 12 have no domain: {room}");
    let levels = ben.state(&room, "m.room.power_levels", "").await.unwrap();
    assert!(levels["users"][&ben.user].is_null(), "creators of version 12 have no level: {levels}");
    scene.comes(&ben, &room).await;
    cleo.join(&room).await;
    let refused = scene.ask(&cleo, &room, "!room prefix ?").await;
    has(&refused, "moderator");
    has(&scene.ask(&ben, &room, "!room prefix ?").await, "begin with ?");
    has(&scene.ask(&cleo, &room, "?quote Paz").await, "silence is a door");
    // The old one is not ours any more here.
    cleo.say(&room, "!quote Paz").await;
    has(&scene.ask(&ben, &room, "?room commands compare off").await, "off for members");
    has(&scene.ask(&cleo, &room, "?compare Paz Rios").await, "off");
    // It holds in this room alone, and after a restart.
    scene.restart().await;
    has(&scene.ask(&cleo, &room, "?quote Paz").await, "silence is a door");
    let other = cleo.room().invite(scene.me()).create().await;
    scene.comes(&cleo, &other).await;
    has(&scene.ask(&cleo, &other, "!compare Paz Rios").await, "Paz");
    // A level counts as well, as soon as it is given, and no longer than it is had.
    ben.promote(&room, &cleo.user, 50).await;
    has(&scene.ask(&cleo, &room, "?room prefix %").await, "begin with %");
    ben.promote(&room, &cleo.user, 49).await;
    has(&scene.ask(&cleo, &room, "%room prefix ?").await, "moderator");
    assert_eq!(scene.answers(&ben, &room).await.iter().filter(|it| it.body().contains("silence")).count(), 2);
}

async fn levels_count_in_rooms_of_older_versions() {
    let scene = Scene::with(&pack()).await;
    let (ben, cleo) = (scene.homeserver.person("ben").await, scene.homeserver.person("cleo").await);
    for version in ["6", "10", "11"] {
        let levels = json!({"users": {(&scene.ada.user): 100, (&ben.user): 50, (&cleo.user): 49}});
        let room = scene.room_with(&ben, |new| new.version(version).power(levels).invite(&cleo.user)).await;
        cleo.join(&room).await;
        has(&scene.ask(&cleo, &room, "!room prefix ?").await, "moderator");
        let answer = scene.ask(&ben, &room, "!room prefix ?").await;
        has(&answer, "begin with ?");
        // Redactions are written otherwise in older rooms.
        let answer = scene.ask(&cleo, &room, "?quote Paz").await;
        cleo.redact(&room, answer.reply_to().unwrap()).await;
        scene.taken_back(&cleo, &answer.id).await;
    }
}

async fn the_bot_leaves_when_it_is_told_to() {
    let mut scene = Scene::set(small()).await;
    scene.env("RAPPORTEUR_MATRIX_DESCRIBE_COMMANDS", "true");
    scene.start().await;
    let ben = scene.homeserver.person("ben").await;
    let levels = json!({"users": {(scene.me()): 50}});
    let room = scene.room_with(&ben, |new| new.power(levels)).await;
    scene.described(&room).await;
    // Many bots have a command of this name.
    scene.ada.say(&room, "!leave").await;
    has(&scene.ask(&ben, &room, "!rapporteur leave").await, "moderator");
    has(&scene.ask(&scene.ada, &room, "!rapporteur leave").await, "Goodbye");
    scene.ada.wait_membership(&room, scene.me(), "leave").await;
    let state = scene.ada.all_state(&room).await;
    let left: Vec<_> = state.iter().filter(|it| it.kind == DESCRIPTION && it.content != json!({})).collect();
    assert!(left.is_empty(), "{left:?}");
    assert!(state.iter().any(|it| it.kind == DESCRIPTION));
    // It comes back when it is invited again.
    scene.ada.invite(&room, scene.me()).await;
    let back = |event: &Event| {
        event.room == room
            && event.kind == "m.room.member"
            && event.state_key.as_deref() == Some(scene.me())
            && event.content["membership"] == "join"
    };
    scene.ada.wait_for(2, "coming", back).await;
    has(&scene.ask(&ben, &room, "!quote Paz").await, "silence is a door");
}

async fn the_bot_follows_a_room_that_moves() {
    let mut scene = Scene::set(small()).await;
    scene.env("RAPPORTEUR_MATRIX_ALLOWED_INVITERS", "anyone");
    scene.start().await;
    let ben = scene.homeserver.person("ben").await;
    let open = ben.room().public().version("11").invite(scene.me()).create().await;
    let closed = ben.room().version("11").invite(scene.me()).create().await;
    for room in [&open, &closed] {
        scene.comes(&ben, room).await;
        has(&scene.ask(&ben, room, "!room prefix ?").await, "begin with ?");
        has(&scene.ask(&ben, room, "?debate open Walls are doors").await, "is open");
        has(&scene.ask(&ben, room, "?schedule add daily 09:00 quote").await, "on the schedule");
    }
    // From here on nobody may invite it but Ada.
    scene.env("RAPPORTEUR_MATRIX_ALLOWED_INVITERS", "editors");
    scene.restart().await;
    for room in [open, closed.clone()] {
        let new = ben.upgrade(&room, "12").await;
        if room == closed {
            ben.invite(&new, scene.me()).await;
        }
        ben.wait_membership(&new, scene.me(), "join").await;
        has(&scene.ask(&ben, &new, "?quote Paz").await, "silence is a door");
        let greetings = ben.timeline(&new).await;
        assert!(
            !greetings.iter().any(|it| it.sender == scene.me() && it.is_message() && it.reply_to().is_none())
        );
        // What went on there goes on here.
        has(&scene.ask(&ben, &new, "?debate next").await, "the discussion begins");
        scene.posted(&ben, &new, ": argue").await;
        has(
            &scene.ask(&ben, &new, "?schedule list").await,
            "/quote daily at 09:00".replace('/', "?").as_str(),
        );
    }
    // Who only says that a room is the continuation of another takes nothing along.
    let content = json!({"predecessor": {"room_id": closed, "event_id": "$none"}});
    let false_one = scene.ada.room().created_with(content).invite(scene.me()).create().await;
    scene.comes(&scene.ada, &false_one).await;
    has(&scene.ask(&scene.ada, &false_one, "!quote Paz").await, "silence is a door");
}

async fn invitations_are_taken_from_those_who_may() {
    let mut scene = Scene::with(&pack()).await;
    let (ben, eve) = (scene.homeserver.person("ben").await, scene.homeserver.person("eve").await);
    for encrypted in [false, true] {
        let room = eve.room();
        let room = if encrypted { room.encrypted() } else { room };
        let room = room.invite(scene.me()).create().await;
        let left = eve.wait_membership(&room, scene.me(), "leave").await;
        assert_eq!(left.sender, scene.me());
        assert!(!left.content["reason"].as_str().unwrap_or_default().is_empty(), "{left:?}");
        let room = scene.room(|new| if encrypted { new.encrypted() } else { new }).await;
        let greeting = scene.comes(&scene.ada, &room).await;
        has(&greeting, "!quote");
        assert_eq!((greeting.msgtype(), greeting.mentions()), ("m.notice", Some(Vec::new())));
        assert_eq!(greeting.is_encrypted(), encrypted);
    }
    // Those who are named, and invitations that came while nobody was there.
    scene.end().await;
    scene.env("RAPPORTEUR_MATRIX_ALLOWED_INVITERS", &format!("editors,{}", ben.user));
    let rooms = [
        (&scene.ada, scene.ada.room().invite(scene.me()).create().await, "join"),
        (&ben, ben.room().invite(scene.me()).create().await, "join"),
        (&eve, eve.room().invite(scene.me()).create().await, "leave"),
    ];
    let running = Running::ready(&scene.bot).await;
    for (person, room, membership) in &rooms {
        person.wait_membership(room, scene.me(), membership).await;
    }
    scene.running = Some(running);
    scene.end().await;
    // A whole server.
    scene.env("RAPPORTEUR_MATRIX_ALLOWED_INVITERS", scene.homeserver.name());
    scene.start().await;
    let room = eve.room().invite(scene.me()).create().await;
    scene.comes(&eve, &room).await;
    has(&scene.ask(&eve, &room, "!quote Paz").await, "silence is a door");
}

async fn joining_is_tried_again() {
    let scene = Scene::with(&pack()).await;
    let joins = |call: &homeserver::Call| call.path.contains("/join");
    let trouble = scene.proxy.fail(joins, Trouble::Status(502), 2);
    let room = scene.room(|new| new).await;
    assert_eq!(trouble.hits(), 2);
    has(&scene.ask(&scene.ada, &room, "!quote Paz").await, "silence is a door");
}

crate::trial::trials![
    the_creator_of_a_room_moderates_it,
    levels_count_in_rooms_of_older_versions,
    the_bot_leaves_when_it_is_told_to,
    the_bot_follows_a_room_that_moves,
    invitations_are_taken_from_those_who_may,
    joining_is_tried_again,
];
