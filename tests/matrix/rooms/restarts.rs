//! Restarts: what was asked before, meanwhile and in the middle, and how the program logs in again.

use serde_json::json;
use std::time::Duration;

use crate::common::pack;
use crate::homeserver::{Homeserver, Person, Running, Scene, Trouble, sends};
use crate::shared::{has, mention, run, small};

async fn what_was_said_before_the_bot_came_is_history() {
    let mut scene = Scene::set(small()).await;
    let history = json!({"history_visibility": "shared"});
    // It is in this room before its first start: somebody used the account before.
    let old = scene.ada.room().invite(scene.me()).create().await;
    let somebody = scene.homeserver.login(&scene.account).await;
    somebody.join(&old).await;
    somebody.raw("POST", "/_matrix/client/v3/logout", Some(json!({}))).await;
    scene.ada.say(&old, "!quote Paz").await;
    scene.start().await;
    let room = scene.ada.room().with_state("m.room.history_visibility", "", history).create().await;
    scene.ada.say(&room, "!quote Paz").await;
    scene.ada.invite(&room, scene.me()).await;
    scene.comes(&scene.ada, &room).await;
    for room in [old, room] {
        scene.ask(&scene.ada, &room, "!quote river").await;
        assert_eq!(scene.answers(&scene.ada, &room).await.len(), 1);
    }
}

async fn what_is_asked_while_the_bot_is_away_is_answered_later() {
    let mut scene = Scene::with(&pack()).await;
    let ada = &scene.ada;
    let (plain, sealed) = (scene.room(|new| new).await, scene.room(|new| new.encrypted()).await);
    scene.ask(ada, &sealed, "!quote Paz").await;
    let status = scene.running.take().unwrap().end().await;
    assert!(status.success());
    let mut asked = vec![ada.say(&plain, "!quote Paz").await];
    // More than a sync tells of one room.
    for number in 0..110 {
        ada.say(&plain, &format!("talk {number}")).await;
    }
    asked.push(ada.say(&plain, "!quote river").await);
    let secret = ada.say(&sealed, "!quote river").await;
    let gone = ada.say(&plain, "!quote Paz").await;
    ada.redact(&plain, &gone).await;
    scene.running = Some(Running::ready(&scene.bot).await);
    scene.each_is_answered_once(&scene.ada, &plain, &asked).await;
    scene.each_is_answered_once(&scene.ada, &sealed, &[secret]).await;
    let answers = scene.answers(&scene.ada, &plain).await;
    assert!(!answers.iter().any(|answer| answer.reply_to() == Some(&gone) && !answer.is_redacted()));
}

async fn what_was_asked_too_long_ago_is_not_answered() {
    let mut scene = Scene::set(small()).await;
    scene.env("RAPPORTEUR_MATRIX_ANSWER_WITHIN", "3");
    scene.start().await;
    let room = scene.room(|new| new).await;
    scene.end().await;
    scene.ada.say(&room, "!quote Paz").await;
    // Time has to pass here.
    tokio::time::sleep(Duration::from_secs(4)).await;
    scene.start().await;
    let asked = scene.ask(&scene.ada, &room, "!quote river").await;
    let answers = scene.answers(&scene.ada, &room).await;
    assert_eq!(answers.iter().map(|it| &it.id).collect::<Vec<_>>(), [&asked.id]);
}

async fn a_hundred_questions_with_kills_in_between() {
    let mut scene = Scene::with(&pack()).await;
    let ben = scene.homeserver.person("ben").await;
    let plain = scene.room(|new| new).await;
    let sealed = scene.room_with(&ben, |new| new.encrypted()).await;
    let bot = &scene.bot;
    let mut running = scene.running.take().unwrap();
    let proxy = &scene.proxy;
    let asking = async |person: &Person, room: &str| {
        let mut asked = Vec::new();
        for number in 0..50 {
            let text = if number % 2 == 0 { "!quote Paz" } else { "!quote river" };
            asked.push(person.say(room, text).await);
        }
        asked
    };
    let killing = async {
        let sent = || proxy.sent(&plain).len() + proxy.sent(&sealed).len();
        for at in [3, 20, 41, 62, 83] {
            proxy.until(format_args!("{at} answers"), || sent() >= at).await;
            running.kill();
            running = Running::start(bot);
        }
        running
    };
    let (in_plain, in_sealed, running) =
        tokio::join!(asking(&scene.ada, &plain), asking(&ben, &sealed), killing);
    scene.running = Some(running);
    scene.each_is_answered_once(&scene.ada, &plain, &in_plain).await;
    scene.each_is_answered_once(&ben, &sealed, &in_sealed).await;
}

async fn a_question_whose_answer_did_not_get_through_is_answered_by_the_next_start() {
    // On a homeserver where nothing else happens: it has nothing new to tell then.
    let homeserver = Homeserver::start().await;
    let mut scene = Scene::on(&homeserver, small()).await;
    scene.start().await;
    scene.running().logs("the encryption is set up").await;
    let room = scene.room(|new| new).await;
    let away = scene.proxy.fail_always(sends(), Trouble::Status(502));
    let asked = scene.ada.say(&room, "!quote Paz").await;
    away.wait(1).await;
    scene.kill();
    away.lift();
    scene.start().await;
    scene.each_is_answered_once(&scene.ada, &room, &[asked]).await;
}

async fn what_changes_something_is_not_done_twice() {
    let mut scene = Scene::with(&pack()).await;
    let room = scene.room(|new| new).await;
    for edition in ["green", "violet"] {
        scene.bot.write_pack("doors.toml", pack().edition(edition).text());
        scene.ask(&scene.ada, &room, "!reload").await;
    }
    let away = scene.proxy.fail_always(sends(), Trouble::Status(502));
    let asked = scene.ada.say(&room, "!rollback").await;
    away.wait(1).await;
    scene.kill();
    away.lift();
    scene.start().await;
    // A second time, it would have gone forward again.
    has(&scene.answer(&scene.ada, &asked).await, "do nothing twice");
    has(&scene.ask(&scene.ada, &room, "!actor Paz").await, "green");
}

async fn the_end_under_load_loses_nothing() {
    let mut scene = Scene::with(&pack()).await;
    let room = scene.room(|new| new).await;
    let mut asked = Vec::new();
    for _ in 0..15 {
        asked.push(scene.ada.say(&room, "!quote Paz").await);
    }
    scene.restart().await;
    scene.each_is_answered_once(&scene.ada, &room, &asked).await;
}

async fn two_bots_do_not_answer_each_other() {
    let scene = Scene::with(&pack()).await;
    let other = Scene::with(&pack()).await;
    let room = scene.room(|new| new.encrypted()).await;
    scene.ada.promote(&room, &other.ada.user, 50).await;
    scene.ada.invite(&room, &other.ada.user).await;
    other.ada.join(&room).await;
    other.ada.invite(&room, other.me()).await;
    other.comes(&scene.ada, &room).await;
    let asked = scene.ada.say(&room, "!quote Paz").await;
    scene.answer(&scene.ada, &asked).await;
    let answer = other.answer(&scene.ada, &asked).await;
    // A reply that quotes one of them, and one to each.
    scene.ada.reply(&room, &answer.id, "!rapporteurs are fine").await;
    for one in [&scene, &other] {
        let asked = scene.ada.send(&room, mention(&format!("{}: quote Paz", one.name()), one.me())).await;
        one.answer(&scene.ada, &asked).await;
    }
    for one in [&scene, &other] {
        assert_eq!(one.answers(&scene.ada, &room).await.len(), 2);
    }
}

async fn one_program_has_the_keys() {
    let mut scene = Scene::with(&pack()).await;
    let mut second = Running::start(&scene.bot);
    let status = second.ended().await;
    assert!(!status.success());
    assert!(second.log().contains("another Rapporteur already runs"), "{}", second.log());
    let room = scene.room(|new| new).await;
    has(&scene.ask(&scene.ada, &room, "!quote Paz").await, "silence is a door");
    scene.end().await;
}

async fn a_login_that_is_taken_away_is_the_end() {
    let mut scene = Scene::with(&pack()).await;
    let device = scene.homeserver.devices(scene.me()).await.remove(0);
    scene.homeserver.log_out(scene.me(), &device).await;
    let status = scene.running().ended().await;
    assert!(!status.success());
    let log = scene.running().log();
    assert!(log.contains("logged out") && log.contains("MATRIX_PASSWORD"), "{log}");
    // The next start says the same, and makes no new device.
    let mut again = Running::start(&scene.bot);
    assert!(!again.ended().await.success());
    assert!(again.log().contains("logged out"), "{}", again.log());
    assert!(scene.homeserver.devices(scene.me()).await.is_empty());
}

async fn a_wrong_password_is_said_at_once() {
    let mut scene = Scene::set(small()).await;
    scene.env("MATRIX_PASSWORD", "not it");
    let mut running = Running::start(&scene.bot);
    assert!(!running.ended().await.success());
    assert!(running.log().contains("password"), "{}", running.log());
    assert!(!running.log().contains("not it"), "{}", running.log());
    scene.env("MATRIX_PASSWORD", "");
    let mut running = Running::start(&scene.bot);
    assert!(!running.ended().await.success());
    assert!(running.log().contains("MATRIX_PASSWORD"), "{}", running.log());
}

async fn an_access_token_will_do() {
    let mut scene = Scene::set(small()).await;
    let body = json!({
        "type": "m.login.password",
        "identifier": {"type": "m.id.user", "user": scene.me()},
        "password": scene.account.password,
    });
    let given = scene.ada.raw("POST", "/_matrix/client/v3/login", Some(body)).await;
    let (device, token) = (given["device_id"].as_str().unwrap(), given["access_token"].as_str().unwrap());
    scene.env("MATRIX_PASSWORD", "");
    scene.env("MATRIX_ACCESS_TOKEN", token);
    scene.start().await;
    let room = scene.room(|new| new.encrypted()).await;
    has(&scene.ask(&scene.ada, &room, "!quote Paz").await, "silence is a door");
    scene.restart().await;
    has(&scene.ask(&scene.ada, &room, "!quote Paz").await, "silence is a door");
    assert_eq!(scene.homeserver.devices(scene.me()).await, [device]);
    scene.end().await;
    scene.env("MATRIX_ACCESS_TOKEN", "syt_wrong");
    let mut running = Running::start(&scene.bot);
    assert!(!running.ended().await.success());
    assert!(running.log().contains("access token"), "{}", running.log());
}

async fn the_first_login_by_hand() {
    let mut scene = Scene::set(small()).await;
    // A name that was mistyped, and a homeserver that is not there, are soon said and leave nothing behind.
    let (account, url) = (scene.account.user_id.clone(), scene.proxy.url());
    scene.env("RAPPORTEUR_MATRIX_USER", "@raporteur:localhost");
    let login = run(&scene.bot, &["matrix", "login"]).await;
    login.code(3).complains("password");
    scene.env("RAPPORTEUR_MATRIX_USER", &account);
    scene.env("RAPPORTEUR_MATRIX_HOMESERVER", "http://127.0.0.1:9");
    run(&scene.bot, &["matrix", "login"]).await.code(3).complains("can't be reached");
    scene.env("RAPPORTEUR_MATRIX_HOMESERVER", &url);
    let login = run(&scene.bot, &["matrix", "login"]).await;
    login.code(0).says("recovery key").says("!quote Paz");
    let devices = scene.homeserver.devices(scene.me()).await;
    login.says(&devices[0]);
    // The password is not needed any more.
    scene.env("MATRIX_PASSWORD", "");
    scene.start().await;
    let room = scene.room(|new| new.encrypted()).await;
    has(&scene.ask(&scene.ada, &room, "!quote Paz").await, "silence is a door");
    let identity = scene.ada.identity(scene.me()).await;
    assert!(identity.is_whole && identity.devices.values().all(|signed| *signed), "{identity:?}");
    assert_eq!(scene.homeserver.devices(scene.me()).await, devices);
}

crate::trial::trials![
    what_was_said_before_the_bot_came_is_history,
    what_is_asked_while_the_bot_is_away_is_answered_later,
    what_was_asked_too_long_ago_is_not_answered,
    a_hundred_questions_with_kills_in_between,
    a_question_whose_answer_did_not_get_through_is_answered_by_the_next_start,
    what_changes_something_is_not_done_twice,
    the_end_under_load_loses_nothing,
    two_bots_do_not_answer_each_other,
    one_program_has_the_keys,
    a_login_that_is_taken_away_is_the_end,
    a_wrong_password_is_said_at_once,
    an_access_token_will_do,
    the_first_login_by_hand,
];
