//! The real program against a real homeserver: what members, moderators, editors and operators do, and what
//! goes wrong on the way.
#![expect(clippy::disallowed_methods, reason = "the program runs in real time")]

use std::time::Duration;

use crate::common::{self, Bot, Output, pack};
use crate::homeserver::{
    self, Event, Homeserver, Person, Running, Scene, Trouble, Weather, everything, message, sends, syncs,
};
use crate::shared::{FIRST, ON, green, has, mention, small};
use serde_json::{Value, json};

/// How commands are described to clients, by MSC4391.
const DESCRIPTION: &str = "org.matrix.msc4391.command_description";

/// How such a client calls one.
const INVOCATION: &str = "org.matrix.msc4391.command";

const BACK: &str = "◀️";

// The harness itself.

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

/// An event as the homeserver has it, decrypted by nobody.
async fn on_the_wire(person: &Person, room: &str, event: &str) -> Value {
    person.raw("GET", &format!("/_matrix/client/v3/rooms/{room}/event/{event}"), None).await
}

// What members do.

async fn a_member_asks_and_reads_whose_words_they_are() {
    let scene = Scene::with_the_first_article().await;
    let ben = scene.homeserver.person("ben").await;
    for encrypted in [false, true] {
        let room = scene.room_with(&ben, |new| if encrypted { new.encrypted() } else { new }).await;
        let answer = scene.ask(&ben, &room, "!quote Paz").await;
        assert_eq!(answer.kind, "m.room.message");
        assert_eq!(answer.msgtype(), "m.notice");
        has(&answer, "Octavio Paz");
        has(&answer, "in the author's words");
        has(&answer, "paragraph ");
        assert!(answer.html().contains("<blockquote>"), "{}", answer.html());
        assert_eq!(answer.content["format"], "org.matrix.custom.html");
        assert_eq!(answer.mentions(), Some(vec![ben.user.as_str()]));
        let asked = answer.reply_to().unwrap();
        for event in [asked, &answer.id] {
            let raw = on_the_wire(&ben, &room, event).await;
            let (kind, clear) = (raw["type"].as_str().unwrap(), raw.to_string().contains("Paz"));
            let expected = if encrypted { ("m.room.encrypted", false) } else { ("m.room.message", true) };
            assert_eq!((kind, clear), expected, "{raw}");
        }
        let nothing = scene.ask(&ben, &room, "!quote Xi Jinping").await;
        has(&nothing, "Xi Jinping");
        let found = scene.ask(&ben, &room, "!quote ocatvio paz").await;
        has(&found, "Read “ocatvio paz” as Octavio Paz");
    }
}

async fn every_command_answers() {
    let scene = Scene::with_the_first_article().await;
    let ada = &scene.ada;
    let room = scene.room(|new| new).await;
    let asked = [
        ("quote who lost mexico", "Mexico"),
        ("quote", "paragraph"),
        ("timeline 2020", "2020"),
        ("event rose garden", "Rose Garden"),
        ("actor AMLO", "López Obrador"),
        ("argument trilateral", "trilateral"),
        ("argument", "¶"),
        ("search stolen election", "election"),
        ("topic migration", "igration"),
        ("topic", "Migration"),
        ("compare Trudeau amlo", "Trudeau"),
        ("source my way or the highway", "Paragraph"),
        ("article", "Author"),
        ("articles", "us-mexico"),
        ("help", "!quote"),
        ("help quote", "!quote"),
        ("room show", "decided for this room"),
        ("rollback", "no earlier revision"),
        ("reload", "Nothing has changed"),
    ];
    for (line, expected) in asked {
        let answer = scene.ask(ada, &room, &format!("!{line}")).await;
        assert!(answer.body().contains(expected), "!{line}: {}", answer.body());
        assert!(!answer.body().is_empty() && !answer.html().is_empty());
    }
    // What editors look at is not for the whole room.
    let refused = scene.ask(ada, &room, "!status").await;
    has(&refused, "only for you");
    let direct = ada.room().direct(scene.me()).create().await;
    scene.comes(ada, &direct).await;
    for (line, expected) in [("status", "Revision"), ("revisions", "answers now"), ("audit", "reload")] {
        let answer = scene.ask(ada, &direct, line).await;
        assert!(answer.body().contains(expected), "{line}: {}", answer.body());
    }
}

async fn all_ways_to_speak_to_the_bot() {
    let scene = Scene::with(&pack()).await;
    let ben = scene.homeserver.person("ben").await;
    let room = scene.room_with(&ben, |new| new.encrypted()).await;
    let (me, name) = (scene.me(), scene.name());
    for text in ["!quote Paz", "!Quote paz", "/quote Paz", &format!("!{} quote Paz", "rapporteur")] {
        has(&scene.ask(&ben, &room, text).await, "silence is a door");
    }
    for text in [
        format!("@{name}: quote Paz"),
        format!("{name}: quote Paz"),
        format!("{name} quote Paz"),
        format!("{me} !quote Paz"),
    ] {
        let asked = ben.send(&room, mention(&text, me)).await;
        has(&scene.answer(&ben, &asked).await, "silence is a door");
    }
    let mut pill = mention("Rappo: quote Paz", me);
    pill["format"] = json!("org.matrix.custom.html");
    pill["formatted_body"] = json!(format!("<a href=\"https://matrix.to/#/{me}\">Rappo</a>: quote Paz"));
    let asked = ben.send(&room, pill.clone()).await;
    has(&scene.answer(&ben, &asked).await, "silence is a door");
    // A client that knows nothing of intentional mentions.
    pill.as_object_mut().unwrap().remove("m.mentions");
    let asked = ben.send(&room, pill).await;
    has(&scene.answer(&ben, &asked).await, "silence is a door");
    // What was clearly meant for the bot is not left without a word.
    let near = scene.ask(&ben, &room, "!rapporteur qoute Paz").await;
    has(&near, "quote");
    has(&near, "mean");
    // A client that sends the quoted message before the reply, as they did.
    let mut old = message(&format!("> <{me}> words\n\n!quote Paz"));
    old["m.relates_to"] = json!({"m.in_reply_to": {"event_id": near.id}});
    let asked = ben.send(&room, old).await;
    has(&scene.answer(&ben, &asked).await, "silence is a door");
}

async fn no_prefix_is_needed_where_one_is_alone_with_the_bot() {
    let scene = Scene::with(&pack()).await;
    let direct = scene.ada.room().encrypted().direct(scene.me()).create().await;
    let greeting = scene.comes(&scene.ada, &direct).await;
    has(&greeting, "quote Paz");
    assert_eq!((greeting.msgtype(), greeting.mentions()), ("m.notice", Some(Vec::new())));
    for text in ["quote Paz", "!quote Paz", "/quote Paz"] {
        has(&scene.ask(&scene.ada, &direct, text).await, "silence is a door");
    }
    has(&scene.ask(&scene.ada, &direct, "qoute Paz").await, "quote");
}

async fn what_is_not_for_the_bot_is_not_answered() {
    let mut scene = Scene::set(small()).await;
    let (ben, eve) = (scene.homeserver.person("ben").await, scene.homeserver.person("eve").await);
    scene.env("RAPPORTEUR_MATRIX_IGNORED_USERS", &eve.user);
    scene.start().await;
    // Where the homeserver can't look, it lets everything pass.
    let room = scene.room_with(&ben, |new| new.encrypted().invite(&eve.user)).await;
    eve.join(&room).await;
    let name = scene.name();
    for text in [
        "!quotes",
        "!foo",
        "!qoute Paz",
        "! quote Paz",
        "quote Paz",
        "/shrug",
        "!leave",
        "what does !quote Paz do",
        &format!("{name} is a nice word"),
        &format!("{name}: quote Paz"),
        "source?",
        "",
    ] {
        // The client says that nobody is mentioned.
        ben.say(&room, text).await;
    }
    for (kind, text) in [("m.notice", "!quote Paz"), ("m.emote", "!quote Paz"), ("m.image", "!quote Paz")] {
        ben.send(&room, json!({"msgtype": kind, "body": text, "url": "mxc://localhost/none"})).await;
    }
    ben.send(&room, mention("well said, all of you", scene.me())).await;
    ben.send_event(
        &room,
        "m.sticker",
        json!({"body": "!quote Paz", "url": "mxc://localhost/none", "info": {}}),
    )
    .await;
    ben.send_event(&room, "org.example.other", json!({"msgtype": "m.text", "body": "!quote Paz"})).await;
    ben.send(&room, json!({"msgtype": "m.text"})).await;
    ben.send(&room, json!({"body": 7, "msgtype": ["m.text"]})).await;
    eve.say(&room, "!quote Paz").await;
    scene.ada.set_state(&room, "m.room.topic", "", json!({"topic": "!quote Paz"})).await;
    scene.ask(&ben, &room, "!quote Paz").await;
    assert_eq!(scene.answers(&ben, &room).await.len(), 1);
}

async fn a_question_in_a_thread_is_answered_there() {
    let scene = Scene::with(&pack()).await;
    let ben = scene.homeserver.person("ben").await;
    for encrypted in [false, true] {
        let room = scene.room_with(&ben, |new| if encrypted { new.encrypted() } else { new }).await;
        let root = ben.say(&room, "What about the poets?").await;
        let asked = ben.say_in_thread(&room, &root, "!quote Paz").await;
        let answer = scene.answer(&ben, &asked).await;
        assert_eq!(answer.thread(), Some(root.as_str()));
        // The homeserver puts it there too, so the relation was not encrypted away.
        let path = format!("/_matrix/client/v1/rooms/{room}/relations/{root}/m.thread");
        let thread = ben.raw("GET", &path, None).await;
        let thread: Vec<&str> =
            thread["chunk"].as_array().unwrap().iter().filter_map(|it| it["event_id"].as_str()).collect();
        assert!(thread.contains(&answer.id.as_str()), "{thread:?}");
        // Outside of the thread it is outside.
        assert_eq!(scene.ask(&ben, &room, "!quote Paz").await.thread(), None);
    }
}

async fn the_answer_follows_what_becomes_of_the_question() {
    let scene = Scene::with(&pack()).await;
    let (ben, eve) = (scene.homeserver.person("ben").await, scene.homeserver.person("eve").await);
    for encrypted in [false, true] {
        let room = scene
            .room_with(&ben, |new| {
                let new = new.invite(&eve.user);
                if encrypted { new.encrypted() } else { new }
            })
            .await;
        eve.join(&room).await;
        let answer = scene.ask(&ben, &room, "!quote Paz").await;
        let asked = answer.reply_to().unwrap().to_string();
        // Somebody else can't edit it.
        eve.edit(&room, &asked, "!actor Paz").await;
        ben.edit(&room, &asked, "!quote river").await;
        let edit = scene.edited(&ben, &answer.id, |text| text.contains("belongs to nobody")).await;
        assert_eq!(edit.new_content()["msgtype"], "m.notice");
        assert!(edit.new_content()["formatted_body"].as_str().unwrap().contains("<blockquote>"));
        assert_eq!(edit.is_encrypted(), encrypted);
        assert_eq!(edit.mentions(), Some(Vec::new()));
        // A second edit, too.
        ben.edit(&room, &asked, "!quote Paz").await;
        scene.edited(&ben, &answer.id, |text| text.contains("silence is a door")).await;
        // What was no question becomes one, but not by somebody else.
        let talk = ben.say(&room, "quote river").await;
        eve.edit(&room, &talk, "!quote Paz").await;
        ben.edit(&room, &talk, "!quote river").await;
        let late = scene.answer(&ben, &talk).await;
        has(&late, "belongs to nobody");
        // And a question none.
        ben.edit(&room, &talk, "never mind").await;
        scene.taken_back(&ben, &late.id).await;
        // And once more, in a thread.
        let talk = ben.say_in_thread(&room, &talk, "quote river").await;
        ben.edit(&room, &talk, "!quote river").await;
        let again = scene.answer(&ben, &talk).await;
        assert!(again.thread().is_some());
        ben.edit(&room, &talk, "never mind").await;
        scene.taken_back(&ben, &again.id).await;
        let edit = ben.edit(&room, &talk, "!quote Paz").await;
        let is_third = |event: &Event| {
            event.sender == scene.me() && event.reply_to() == Some(&talk) && event.body().contains("silence")
        };
        let third = ben.wait(format_args!("an answer to {edit}"), is_third).await;
        ben.redact(&room, &talk).await;
        scene.taken_back(&ben, &third.id).await;
        ben.redact(&room, &asked).await;
        scene.taken_back(&ben, &answer.id).await;
        assert!(ben.event(&room, &answer.id).await.is_redacted());
        // Nothing else was removed, and nothing was answered twice.
        let last = scene.ask(&ben, &room, "!quote Paz").await;
        let left: Vec<String> =
            scene.answers(&ben, &room).await.into_iter().map(|answer| answer.id).collect();
        assert_eq!(left, [last.id]);
        let edits = ben.timeline(&room).await;
        let edits = edits.iter().filter(|it| it.sender == scene.me() && it.replaces().is_some()).count();
        assert_eq!(edits, 2);
    }
}

async fn a_question_that_is_removed_before_its_answer_is_there_has_none() {
    let scene = Scene::with(&pack()).await;
    let ben = scene.homeserver.person("ben").await;
    let room = scene.room_with(&ben, |new| new.encrypted()).await;
    let away = scene.proxy.fail_always(sends(), Trouble::Status(502));
    let asked = ben.say(&room, "!quote Paz").await;
    away.wait(1).await;
    scene.ada.redact(&room, &asked).await;
    // When the answer to this is tried, the removal has been heard.
    let other = scene.ada.say(&room, "!quote river").await;
    let of_other = |call: &homeserver::Call| call.body["m.relates_to"].to_string().contains(&other);
    scene.proxy.wait("an answer to the other question", of_other).await;
    away.lift();
    let answer = scene.answer(&ben, &asked).await;
    scene.taken_back(&ben, &answer.id).await;
    has(&scene.answer(&ben, &other).await, "belongs to nobody");
}

async fn what_is_inside_an_encrypted_message_changes_no_room() {
    let scene = Scene::with(&pack()).await;
    let (ben, eve) = (scene.homeserver.person("ben").await, scene.homeserver.person("eve").await);
    let room = scene.room_with(&ben, |new| new.encrypted().invite(&eve.user)).await;
    eve.join(&room).await;
    let trap = eve.room().public().create().await;
    let answer = scene.ask(&ben, &room, "!quote Paz").await;
    // The homeserver checks neither, because it sees neither.
    let removal = json!({"redacts": answer.reply_to()});
    eve.send_event(&room, "m.room.redaction", removal).await;
    let tombstone = json!({"body": "moved", "replacement_room": trap});
    eve.send_event(&room, "m.room.tombstone", tombstone).await;
    scene.ask(&eve, &room, "!quote river").await;
    scene.ask(&ben, &room, "!quote Paz").await;
    assert!(!ben.event(&room, &answer.id).await.is_redacted());
    assert_eq!(eve.membership(&trap, scene.me()).await, None);
}

async fn reactions_turn_pages_for_anyone_and_after_a_restart() {
    let mut scene = Scene::with_the_first_article().await;
    let (ben, cleo) = (scene.homeserver.person("ben").await, scene.homeserver.person("cleo").await);
    for encrypted in [true, false] {
        let room = scene
            .room_with(&ben, |new| {
                let new = new.invite(&cleo.user);
                if encrypted { new.encrypted() } else { new }
            })
            .await;
        cleo.join(&room).await;
        let answer = scene.ask(&ben, &room, "!timeline").await;
        has(&answer, "(1 of ");
        has(&answer, FIRST);
        scene.offered(&ben, &answer.id, FIRST).await;
        scene.offered(&ben, &answer.id, ON).await;
        // Not the bot's own reaction turned it.
        let pressed = cleo.react(&room, &answer.id, ON).await;
        let second = scene.edited(&ben, &answer.id, |text| text.contains("(2 of ")).await;
        assert_eq!(second.is_encrypted(), encrypted);
        scene.offered(&ben, &answer.id, BACK).await;
        // The same arrow again: clients take the reaction back then. Somebody else's removal is none.
        cleo.redact(&room, &pressed).await;
        scene.edited(&ben, &answer.id, |text| text.contains("(3 of ")).await;
        let pressed = cleo.react(&room, &answer.id, BACK).await;
        scene.edited(&ben, &answer.id, |text| text.contains("(2 of ")).await;
        scene.ada.redact(&room, &pressed).await;
        scene.restart().await;
        // Without the sign that asks for a colourful picture, as some clients write it.
        ben.react(&room, &answer.id, "◀").await;
        let first = scene.edited(&ben, &answer.id, |text| text.contains("(1 of ")).await;
        assert!(first.new_body().contains(FIRST));
        // A number leads to what is listed.
        cleo.react(&room, &answer.id, FIRST).await;
        scene.edited(&ben, &answer.id, |text| text.contains("When: ")).await;
        // What means nothing does nothing.
        ben.react(&room, &answer.id, "🎉").await;
        ben.react(&room, answer.reply_to().unwrap(), FIRST).await;
        scene.ask(&ben, &room, "!quote Paz").await;
        let edits = ben.timeline(&room).await;
        let edits = edits.iter().filter(|it| it.sender == scene.me() && it.replaces().is_some()).count();
        assert_eq!(edits, 5);
    }
}

async fn a_reply_asks_where_something_stands() {
    let scene = Scene::with(&pack()).await;
    let ben = scene.homeserver.person("ben").await;
    let room = scene.room_with(&ben, |new| new.encrypted()).await;
    let answer = scene.ask(&ben, &room, "!quote Paz").await;
    for text in ["source?", "Source", "> <@somebody:localhost> words\n\nsource?"] {
        let asked = ben.reply(&room, &answer.id, text).await;
        let source = scene.answer(&ben, &asked).await;
        has(&source, "aragraph 1");
    }
    // Replying to somebody else, it is talk.
    let talk = ben.say(&room, "I read that.").await;
    ben.reply(&room, &talk, "source?").await;
    scene.ask(&ben, &room, "!quote Paz").await;
    assert_eq!(scene.answers(&ben, &room).await.len(), 5);
}

async fn words_of_packs_and_members_stay_words() {
    let evil = "[[actor]]\nid = \"evil\"\nname = \"<b>Bold</b> & @room\"\nkind = \"person\"\nsummary = \"<img src=x> **x** @ada:localhost\"\nby = \"editor\"\n";
    let scene = Scene::with(&pack().with(evil)).await;
    let room = scene.room(|new| new).await;
    let answer = scene.ask(&scene.ada, &room, "!actor evil").await;
    has(&answer, "<b>Bold</b> & @");
    // Clients without intentional mentions look for this in the text.
    assert!(!answer.body().contains("@room") && !answer.html().contains("@room"), "{}", answer.body());
    assert!(answer.html().contains("&lt;b&gt;Bold&lt;/b&gt; &amp; @"), "{}", answer.html());
    assert!(!answer.html().contains("<img") && !answer.html().contains("<b>"), "{}", answer.html());
    assert_eq!(answer.mentions(), Some(vec![scene.ada.user.as_str()]));
    assert!(answer.content["m.mentions"]["room"].is_null());
    let answer = scene.ask(&scene.ada, &room, "!quote <u>Nobody</u> @room").await;
    assert!(!answer.html().contains("<u>"), "{}", answer.html());
    assert!(answer.content["m.mentions"]["room"].is_null());
}

async fn nobody_is_mentioned_if_the_settings_say_so() {
    let mut scene = Scene::set(small()).await;
    scene.env("RAPPORTEUR_MATRIX_MENTION_ASKER", "false");
    scene.env("RAPPORTEUR_MATRIX_PREFIX", "rap!");
    scene.start().await;
    let room = scene.room(|new| new).await;
    let answer = scene.ask(&scene.ada, &room, "rap!quote Paz").await;
    assert_eq!(answer.mentions(), Some(Vec::new()));
}

// What moderators do.

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

// What editors do.

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

// Encryption.

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

// Coming and going of the program.

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

/// A command of the program that ends by itself, while the tests go on.
async fn run(bot: &Bot, arguments: &[&str]) -> Output {
    let mut command = bot.command();
    command.args(arguments);
    tokio::task::spawn_blocking(move || Output::of(&mut command)).await.unwrap()
}

// What goes wrong between the bot and the homeserver.

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

// Clients that know commands (MSC4391).

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

crate::trial::trials![
    two_people_in_an_encrypted_room,
    a_member_asks_and_reads_whose_words_they_are,
    every_command_answers,
    all_ways_to_speak_to_the_bot,
    no_prefix_is_needed_where_one_is_alone_with_the_bot,
    what_is_not_for_the_bot_is_not_answered,
    a_question_in_a_thread_is_answered_there,
    the_answer_follows_what_becomes_of_the_question,
    a_question_that_is_removed_before_its_answer_is_there_has_none,
    what_is_inside_an_encrypted_message_changes_no_room,
    reactions_turn_pages_for_anyone_and_after_a_restart,
    a_reply_asks_where_something_stands,
    words_of_packs_and_members_stay_words,
    nobody_is_mentioned_if_the_settings_say_so,
    the_creator_of_a_room_moderates_it,
    levels_count_in_rooms_of_older_versions,
    the_bot_leaves_when_it_is_told_to,
    the_bot_follows_a_room_that_moves,
    invitations_are_taken_from_those_who_may,
    joining_is_tried_again,
    a_pack_is_loaded_from_a_message,
    a_file_that_can_not_be_taken_changes_nothing,
    the_first_start_signs_the_device_and_shows_a_recovery_key,
    the_recovery_key_brings_the_bot_back_on_an_empty_folder,
    a_bot_that_has_lost_its_keys_alone_knows_its_rooms_again,
    a_recovery_key_that_is_wrong_is_said_to_be,
    what_can_not_be_decrypted_is_told_once,
    a_key_that_comes_late_is_waited_for,
    a_second_device_of_somebody_reads_and_is_read,
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
    no_answer_is_lost_or_doubled_by_trouble_on_the_way,
    syncs_that_fail_are_tried_again,
    the_bot_starts_before_its_homeserver,
    a_first_start_that_breaks_off_makes_no_second_device,
    a_set_up_that_fails_is_done_again,
    too_many_requests_are_made_again_when_they_may_be,
    the_homeserver_restarts_under_load,
    commands_are_described_where_the_bot_may,
    a_client_that_knows_commands_calls_one,
];
