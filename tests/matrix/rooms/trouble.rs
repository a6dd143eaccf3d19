//! Trouble between the bot and the homeserver: failures, rate limits, restarts, a first start that breaks off.

use std::time::Duration;

use crate::common::pack;
use crate::homeserver::{
    self, Homeserver, Person, Running, Scene, Trouble, Weather, everything, sends, syncs,
};
use crate::shared::{has, small};

async fn no_answer_is_lost_or_doubled_by_trouble_on_the_way() {
    let scene = Scene::with(&pack()).await;
    let ben = scene.homeserver.person("ben").await;
    let plain = scene.room(|new| new).await;
    let sealed = scene.room_with(&ben, |new| new.encrypted()).await;
    for trouble in [
        Trouble::Status(502),
        Trouble::Status(500),
        Trouble::CutBefore,
        Trouble::CutAfter,
        Trouble::LimitExceeded(Duration::from_millis(300)),
        Trouble::Delay(Duration::from_millis(500)),
    ] {
        let fault = scene.proxy.fail(sends(), trouble, 6);
        let (mut in_plain, mut in_sealed) = (Vec::new(), Vec::new());
        for _ in 0..3 {
            in_plain.push(scene.ada.say(&plain, "!quote Paz").await);
            in_sealed.push(ben.say(&sealed, "!quote river").await);
        }
        scene.each_is_answered_once(&scene.ada, &plain, &in_plain).await;
        scene.each_is_answered_once(&ben, &sealed, &in_sealed).await;
        assert_eq!(fault.hits(), 6, "{trouble:?}");
    }
}

async fn syncs_that_fail_are_tried_again() {
    let scene = Scene::with(&pack()).await;
    let room = scene.room(|new| new).await;
    for trouble in [
        Trouble::Status(502),
        Trouble::Status(504),
        Trouble::CutBefore,
        Trouble::CutAfter,
        Trouble::LimitExceeded(Duration::from_millis(300)),
    ] {
        let fault = scene.proxy.fail(syncs(), trouble, 2);
        let asked = [scene.ada.say(&room, "!quote Paz").await, scene.ada.say(&room, "!quote river").await];
        fault.wait(2).await;
        scene.each_is_answered_once(&scene.ada, &room, &asked).await;
    }
    // Nobody at all is there for a while.
    let away = scene.proxy.fail_always(everything(), Trouble::CutBefore);
    let asked = [scene.ada.say(&room, "!quote Paz").await];
    away.wait(4).await;
    away.lift();
    scene.each_is_answered_once(&scene.ada, &room, &asked).await;
}

async fn the_bot_starts_before_its_homeserver() {
    let mut scene = Scene::set(small()).await;
    let away = scene.proxy.fail_always(everything(), Trouble::CutBefore);
    let running = Running::start(&scene.bot);
    away.wait(2).await;
    away.lift();
    let broken = scene.proxy.fail(everything(), Trouble::Status(502), 2);
    running.logs("Matrix is ready").await;
    running.logs("the encryption is set up").await;
    assert_eq!(broken.hits(), 2);
    scene.running = Some(running);
    let room = scene.room(|new| new.encrypted()).await;
    has(&scene.ask(&scene.ada, &room, "!quote Paz").await, "silence is a door");
    assert_eq!(scene.homeserver.devices(scene.me()).await.len(), 1);
}

async fn a_first_start_that_breaks_off_makes_no_second_device() {
    let mut scene = Scene::set(small()).await;
    // The homeserver logs it in, and the answer gets lost; then the bot is killed.
    let lost =
        scene.proxy.fail(|call| call.method == "POST" && call.path.ends_with("/login"), Trouble::CutAfter, 1);
    let mut running = Running::start(&scene.bot);
    lost.wait(1).await;
    running.kill();
    // Then the same with the keys, with what signs the device, and with what is kept for its recovery.
    for path in [
        "/keys/upload",
        "/device_signing/upload",
        "/keys/signatures/upload",
        "/room_keys/version",
        "/account_data/m.secret_storage.default_key",
        "/account_data/m.cross_signing.master",
    ] {
        let lost = scene.proxy.fail(
            move |call| call.method != "GET" && call.path.ends_with(path),
            Trouble::CutAfter,
            1,
        );
        let mut running = Running::start(&scene.bot);
        lost.wait(1).await;
        running.kill();
    }
    scene.start().await;
    scene.running().logs("the encryption is set up").await;
    // Nobody has seen one before.
    scene.running().recovery_key().await;
    let room = scene.room(|new| new.encrypted()).await;
    has(&scene.ask(&scene.ada, &room, "!quote Paz").await, "silence is a door");
    let identity = scene.ada.identity(scene.me()).await;
    assert_eq!(scene.homeserver.devices(scene.me()).await.len(), 1);
    assert!(identity.is_whole && identity.devices.values().all(|signed| *signed), "{identity:?}");
}

async fn a_set_up_that_fails_is_done_again() {
    let mut scene = Scene::set(small()).await;
    for (path, trouble) in [
        ("/device_signing/upload", Trouble::Status(502)),
        ("/keys/signatures/upload", Trouble::CutBefore),
        ("/room_keys/version", Trouble::Status(502)),
        ("/account_data/m.cross_signing.master", Trouble::CutBefore),
    ] {
        let is_meant = move |call: &homeserver::Call| call.method != "GET" && call.path.ends_with(path);
        scene.proxy.fail(is_meant, trouble, 1);
    }
    scene.start().await;
    scene.running().logs("the encryption is set up").await;
    let key = scene.running().recovery_key().await;
    let identity = scene.ada.identity(scene.me()).await;
    assert!(identity.is_whole && identity.devices.values().all(|signed| *signed), "{identity:?}");
    // The key is good for a folder that is lost.
    scene.end().await;
    std::fs::remove_dir_all(scene.bot.data()).unwrap();
    scene.env("MATRIX_RECOVERY_KEY", &key);
    scene.start().await;
    scene.running().logs("the encryption is set up").await;
    let again = scene.ada.identity(scene.me()).await;
    assert_eq!(again.master, identity.master);
    assert!(again.devices.values().all(|signed| *signed), "{again:?}");
}

async fn too_many_requests_are_made_again_when_they_may_be() {
    let homeserver = Homeserver::start_in(Weather { messages: Some((1.0, 4)) }).await;
    let mut scene = Scene::on(&homeserver, small()).await;
    scene.start().await;
    let room = scene.room(|new| new.public()).await;
    let people =
        [homeserver.person("ben").await, homeserver.person("cleo").await, homeserver.person("dora").await];
    let mut asked = Vec::new();
    for person in &people {
        person.join(&room).await;
    }
    // Fewer each than the homeserver lets anybody send at once.
    for _ in 0..3 {
        for person in &people {
            asked.push(person.say(&room, "!quote Paz").await);
        }
    }
    for asked in &asked {
        scene.answer(&scene.ada, asked).await;
    }
    let answers = scene.answers(&scene.ada, &room).await;
    assert_eq!(answers.len(), asked.len());
    // The homeserver did refuse some, and was not asked again before it said.
    let calls = scene.proxy.calls();
    let refused: Vec<_> =
        calls.iter().filter(|call| call.sent().is_some() && call.status == Some(429)).collect();
    assert!(!refused.is_empty());
    for first in refused {
        let wait = Duration::from_millis(first.answer["retry_after_ms"].as_u64().unwrap());
        let again = calls.iter().find(|call| call.number > first.number && call.path == first.path);
        let Some(again) = again else { continue };
        let waited = again.asked - first.answered.unwrap();
        assert!(waited >= wait.saturating_sub(Duration::from_millis(20)), "{waited:?} of {wait:?}");
    }
}

async fn the_homeserver_restarts_under_load() {
    let homeserver = Homeserver::start().await;
    let mut scene = Scene::on(&homeserver, small()).await;
    scene.start().await;
    let ben = homeserver.person("ben").await;
    let plain = scene.room(|new| new).await;
    let sealed = scene.room_with(&ben, |new| new.encrypted()).await;
    let asking = async |person: &Person, room: &str| {
        let mut asked = Vec::new();
        for _ in 0..20 {
            asked.push(person.say(room, "!quote Paz").await);
        }
        asked
    };
    let ending = async {
        let sent = || scene.proxy.sent(&plain).len() + scene.proxy.sent(&sealed).len();
        scene.proxy.until("some answers", || sent() >= 8).await;
        homeserver.restart().await;
        scene.proxy.until("more answers", || sent() >= 20).await;
        homeserver.kill();
        homeserver.start_again().await;
    };
    let (in_plain, in_sealed, ()) = tokio::join!(asking(&scene.ada, &plain), asking(&ben, &sealed), ending);
    scene.each_is_answered_once(&scene.ada, &plain, &in_plain).await;
    scene.each_is_answered_once(&ben, &sealed, &in_sealed).await;
}

crate::trial::trials![
    no_answer_is_lost_or_doubled_by_trouble_on_the_way,
    syncs_that_fail_are_tried_again,
    the_bot_starts_before_its_homeserver,
    a_first_start_that_breaks_off_makes_no_second_device,
    a_set_up_that_fails_is_done_again,
    too_many_requests_are_made_again_when_they_may_be,
    the_homeserver_restarts_under_load,
];
