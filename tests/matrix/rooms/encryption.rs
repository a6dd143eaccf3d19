//! Encryption: the signed device, the recovery key, keys that are missing or late, several devices.

use crate::common::pack;
use crate::homeserver::{self, Event, Scene};
use crate::shared::{green, has, small};

async fn the_first_start_signs_the_device_and_shows_a_recovery_key() {
    let mut scene = Scene::set(small()).await;
    scene.start().await;
    scene.running().logs("the encryption is set up").await;
    let key = scene.running().recovery_key().await;
    assert!(!scene.running().log().contains(&key), "the key is in the log");
    let room = scene.room(|new| new.encrypted()).await;
    scene.ask(&scene.ada, &room, "!quote Paz").await;
    let first = scene.ada.identity(scene.me()).await;
    assert!(first.is_whole && first.devices.values().all(|signed| *signed), "{first:?}");
    assert_eq!(first.devices.len(), 1, "{first:?}");
    // One device for ever.
    for _ in 0..2 {
        scene.restart().await;
        scene.ask(&scene.ada, &room, "!quote Paz").await;
        assert!(!scene.running().output().contains("recovery"), "{}", scene.running().output());
    }
    let devices = scene.homeserver.devices(scene.me()).await;
    assert_eq!(devices, first.devices.keys().cloned().collect::<Vec<_>>());
    let again = scene.ada.identity(scene.me()).await;
    assert_eq!((again.master, again.devices), (first.master, first.devices.clone()));
    let status = scene.bot.run(["matrix", "status"]);
    status
        .code(0)
        .says(&devices[0])
        .says("this device is signed")
        .says("Running        yes")
        .never_says(&key);
}

async fn the_recovery_key_brings_the_bot_back_on_an_empty_folder() {
    let mut scene = Scene::set(small()).await;
    scene.start().await;
    let key = scene.running().recovery_key().await;
    scene.running().logs("the encryption is set up").await;
    let room = scene.room(|new| new.encrypted()).await;
    scene.ask(&scene.ada, &room, "!quote Paz").await;
    let file = scene.ada.send_file(&room, green().as_bytes(), "doors.toml", true).await;
    let is_kept = |call: &homeserver::Call| {
        call.path.ends_with("/room_keys/keys") && call.body["rooms"][&room].is_object()
    };
    scene.proxy.wait("the backup of the room's keys", is_kept).await;
    let before = scene.ada.identity(scene.me()).await;
    scene.end().await;
    std::fs::remove_dir_all(scene.bot.data()).unwrap();
    // Without the key it says what is missing, and answers all the same.
    scene.start().await;
    scene.running().logs("MATRIX_RECOVERY_KEY").await;
    has(&scene.ask(&scene.ada, &room, "!quote Paz").await, "silence is a door");
    scene.end().await;
    std::fs::remove_dir_all(scene.bot.data()).unwrap();
    scene.env("MATRIX_RECOVERY_KEY", &key);
    scene.start().await;
    scene.running().logs("the encryption is set up").await;
    has(&scene.ask(&scene.ada, &room, "!quote Paz").await, "silence is a door");
    let after = scene.ada.identity(scene.me()).await;
    assert!(after.is_whole);
    assert_eq!(after.master, before.master);
    assert_eq!(after.devices.len(), 3);
    let unsigned = after.devices.values().filter(|signed| !**signed).count();
    assert_eq!(unsigned, 1, "{after:?}");
    // What was said before the loss is still read, with its keys from the backup.
    let asked = scene.ada.reply(&room, &file, "!reload").await;
    scene.answer(&scene.ada, &asked).await;
    has(&scene.ask(&scene.ada, &room, "!actor Paz").await, "green");
    assert!(!scene.running().output().contains(&key));
}

async fn a_bot_that_has_lost_its_keys_alone_knows_its_rooms_again() {
    let mut scene = Scene::set(small()).await;
    scene.env("RAPPORTEUR_MATRIX_ALLOWED_INVITERS", "anyone");
    scene.start().await;
    let key = scene.running().recovery_key().await;
    scene.running().logs("the encryption is set up").await;
    let ben = scene.homeserver.person("ben").await;
    let room = ben.room().encrypted().invite(scene.me()).create().await;
    scene.comes(&ben, &room).await;
    has(&scene.ask(&ben, &room, "!room prefix ?").await, "begin with ?");
    let direct = ben.room().direct(scene.me()).create().await;
    scene.comes(&ben, &direct).await;
    scene.end().await;
    std::fs::remove_dir_all(scene.bot.data().join("matrix")).unwrap();
    scene.env("MATRIX_RECOVERY_KEY", &key);
    let missed = ben.say(&room, "?quote Paz").await;
    scene.start().await;
    scene.running().logs("the encryption is set up").await;
    // Nobody could give a new device the key of this; with the backup it would be known only if it was before.
    assert!(!scene.answers(&ben, &room).await.iter().any(|it| it.reply_to() == Some(&missed)));
    has(&scene.ask(&ben, &room, "?room prefix %").await, "begin with %");
    has(&scene.ask(&ben, &direct, "quote Paz").await, "silence is a door");
    has(&scene.ask(&ben, &room, "%quote Paz").await, "silence is a door");
}

async fn a_recovery_key_that_is_wrong_is_said_to_be() {
    let mut scene = Scene::set(small()).await;
    scene.start().await;
    scene.running().recovery_key().await;
    scene.running().logs("the encryption is set up").await;
    scene.end().await;
    std::fs::remove_dir_all(scene.bot.data()).unwrap();
    scene.env("MATRIX_RECOVERY_KEY", "EsTc LW2K PGiF wKEA 3As5 g5c4 BXwk qeeJ ZJV8 Q9fu gUMN UE4d");
    scene.start().await;
    scene.running().logs("does not open the keys").await;
    let room = scene.room(|new| new.encrypted()).await;
    has(&scene.ask(&scene.ada, &room, "!quote Paz").await, "silence is a door");
}

async fn what_can_not_be_decrypted_is_told_once() {
    let mut scene = Scene::with(&pack()).await;
    let ben = scene.homeserver.person("ben").await;
    let room = scene.room_with(&ben, |new| new.encrypted()).await;
    scene.ask(&ben, &room, "!quote Paz").await;
    // Each has a key of its own.
    ben.say_before_the_key(&room, "!quote Paz").await;
    let late = ben.say_before_the_key(&room, "!quote river").await;
    let me = scene.me().to_string();
    let is_word = |event: &Event| event.sender == me && event.body().contains("can't read a message");
    let word = scene.ada.wait("a word about it", is_word).await;
    assert_eq!(word.mentions(), Some(Vec::new()));
    // Whom it can read, it answers; and a key that comes after the word is still good.
    has(&scene.ask(&scene.ada, &room, "!quote Paz").await, "silence is a door");
    ben.share_the_key(&room).await;
    has(&scene.answer(&ben, &late).await, "belongs to nobody");
    has(&scene.ask(&ben, &room, "!quote Paz").await, "silence is a door");
    scene.restart().await;
    ben.distrust(scene.me()).await;
    let sealed = ben.say(&room, "!quote river").await;
    scene.running().logs("a message can't be decrypted").await;
    scene.ask(&scene.ada, &room, "!quote Paz").await;
    let words = scene.ada.timeline(&room).await;
    assert_eq!(words.iter().filter(|event| is_word(event)).count(), 1);
    assert!(!words.iter().any(|event| event.reply_to() == Some(&sealed)));
}

async fn a_key_that_comes_late_is_waited_for() {
    let mut scene = Scene::with(&pack()).await;
    let ben = scene.homeserver.person("ben").await;
    let room = scene.room_with(&ben, |new| new.encrypted()).await;
    scene.ask(&ben, &room, "!quote Paz").await;
    let asked = ben.say_before_the_key(&room, "!quote river").await;
    // By now the bot has seen it.
    scene.ask(&scene.ada, &room, "!quote Paz").await;
    ben.share_the_key(&room).await;
    has(&scene.answer(&ben, &asked).await, "belongs to nobody");
    scene.restart().await;
    scene.each_is_answered_once(&ben, &room, &[asked]).await;
    let events = scene.ada.timeline(&room).await;
    assert!(!events.iter().any(|event| event.body().contains("can't read")));
}

async fn a_second_device_of_somebody_reads_and_is_read() {
    let scene = Scene::with(&pack()).await;
    let account = scene.homeserver.register("ben").await;
    let phone = scene.homeserver.login(&account).await;
    let room = scene.room_with(&phone, |new| new.encrypted()).await;
    scene.ask(&phone, &room, "!quote Paz").await;
    let laptop = scene.homeserver.login(&account).await;
    let answer = scene.ask(&laptop, &room, "!quote river").await;
    has(&answer, "belongs to nobody");
    has(&phone.wait("the answer on the phone", |event| event.id == answer.id).await, "belongs to nobody");
}

crate::trial::trials![
    the_first_start_signs_the_device_and_shows_a_recovery_key,
    the_recovery_key_brings_the_bot_back_on_an_empty_folder,
    a_bot_that_has_lost_its_keys_alone_knows_its_rooms_again,
    a_recovery_key_that_is_wrong_is_said_to_be,
    what_can_not_be_decrypted_is_told_once,
    a_key_that_comes_late_is_waited_for,
    a_second_device_of_somebody_reads_and_is_read,
];
