//! Members: every command, all ways to speak to the bot, threads, edits, removals, reactions.

use serde_json::json;

use crate::common::pack;
use crate::homeserver::{self, Event, Scene, Trouble, message, sends};
use crate::shared::{FIRST, ON, has, mention, on_the_wire, small};

const BACK: &str = "◀️";

async fn a_member_asks_and_reads_whose_words_they_are() {
    let scene = Scene::with_the_first_article().await;
    let ben = scene.homeserver.person("ben").await;
    for encrypted in [false, true] {
        let room = scene.room_with(&ben, |new| if encrypted { new.encrypted() } else { new }).await;
        let answer = scene.ask(&ben, &room, "!quote Paz").await;
        assert_eq!(answer.kind, "m.room.message");
        assert_eq!(answer.msgtype(), "m.notice");
        has(&answer, "Octavio Paz");
        has(&answer, "as reported by Arturo Sarukhan");
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
        has(&found, "Showing Octavio Paz for “ocatvio paz”");
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
        ("room show", "Room settings"),
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
    has(&scene.ask(ada, &room, "!gaps").await, "only for you");
    let direct = ada.room().direct(scene.me()).create().await;
    scene.comes(ada, &direct).await;
    let asked = [
        ("status", "Revision"),
        ("revisions", "in use"),
        ("audit", "reload"),
        ("gaps", "Every question found an answer"),
    ];
    for (line, expected) in asked {
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
    // What is no command is a question there, also where it begins like one, but not where a prefix says that it is one.
    for text in ["who was Octavio Paz?", "help me find Octavio Paz"] {
        has(&scene.ask(&scene.ada, &direct, text).await, "Octavio Paz");
    }
    has(&scene.ask(&scene.ada, &direct, "!help me find Octavio Paz").await, "There is no command");
    // A third person makes it a room, in which people talk to one another.
    let ben = scene.homeserver.person("ben").await;
    scene.ada.invite(&direct, &ben.user).await;
    ben.join(&direct).await;
    let before = scene.answers(&scene.ada, &direct).await.len();
    ben.send(&direct, message("who was Octavio Paz?")).await;
    has(&scene.ask(&ben, &direct, "!quote Paz").await, "silence is a door");
    assert_eq!(scene.answers(&scene.ada, &direct).await.len(), before + 1);
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
        let answer = scene.ask(&ben, &room, "!timeline all").await;
        has(&answer, "(1 of ");
        has(&answer, FIRST);
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
        // A number leads to what is listed, though the bot put none there.
        let numbers = ben.timeline(&room).await;
        let is_number = |it: &&Event| it.sender == scene.me() && it.reaction() == Some((&answer.id, FIRST));
        assert_eq!(numbers.iter().filter(is_number).count(), 0);
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

crate::trial::trials![
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
];
