//! What members and moderators do with an answer, in clients of all kinds and several at a time.
#![expect(clippy::disallowed_methods, reason = "the program runs in real time")]

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::common::pack;
use crate::homeserver::{Call, Event, Homeserver, Person, Scene, Trouble, Weather, message, sends};
use crate::shared::{FIRST, ON, green, has, mention, small};

const SECOND: &str = "2️⃣";
const RETURN: &str = "↩️";
const YES: &str = "✅";

/// The texts that an answer had after its first one.
async fn edits(scene: &Scene<'_>, person: &Person, room: &str, answer: &str) -> Vec<String> {
    let events = person.timeline(room).await;
    let edits = events.iter().filter(|it| it.sender == scene.me() && it.replaces() == Some(answer));
    edits.map(|it| it.new_body().to_string()).collect()
}

/// Waits until everything that was said in a room before is heard and acted on.
async fn all_is_heard(scene: &Scene<'_>, person: &Person, room: &str) {
    scene.ask(person, room, "!quote Paz").await;
}

// Where something stands.

async fn an_answer_tells_its_own_place() {
    let scene = Scene::with_the_first_article().await;
    let ben = scene.homeserver.person("ben").await;
    let room = scene.room_with(&ben, |new| new).await;
    for line in ["!actor mexico", "!actor AMLO", "!argument trilateral", "!event rose garden"] {
        let answer = scene.ask(&ben, &room, line).await;
        let foot = answer.body().lines().find_map(|line| line.strip_prefix("— paragraph ")).unwrap();
        let number = foot.split(' ').next().unwrap();
        let asked = ben.reply(&room, &answer.id, "source?").await;
        has(&scene.answer(&ben, &asked).await, &format!("Paragraph: {number}\n"));
    }
    // Of a list, its own place first, and then those of its lines.
    let list = scene.ask(&ben, &room, "!topic migration").await;
    let own = list.body().lines().find_map(|line| line.strip_prefix("— ")).unwrap().to_string();
    for text in ["source please", "which paragraph?", "*source?*", "¿fuente?"] {
        let asked = ben.reply(&room, &list.id, text).await;
        let sources = scene.answer(&ben, &asked).await;
        let first = sources.body().lines().find(|line| line.starts_with('•')).unwrap();
        assert!(first.contains(&own), "{own:?} is not first: {}", sources.body());
        assert!(
            sources.body().lines().filter(|line| line.starts_with('•')).count() > 2,
            "{}",
            sources.body()
        );
    }
    // What is shown in its place has a place of its own.
    ben.react(&room, &list.id, FIRST).await;
    let opened = scene.edited(&ben, &list.id, |text| text.contains("Back to the list")).await;
    let asked = ben.reply(&room, &list.id, "source?").await;
    let source = scene.answer(&ben, &asked).await;
    assert!(!source.body().contains(&own), "{} of {}", source.body(), opened.new_body());
}

async fn chance_falls_the_same_way_after_a_crash() {
    let mut scene = Scene::set(small()).await;
    scene.start().await;
    let room = scene.room(|new| new).await;
    for _ in 0..4 {
        // It is sent, and the bot is killed before it knows.
        let lost = scene.proxy.fail(sends(), Trouble::CutAfter, 1);
        let asked = scene.ada.say(&room, "!quote").await;
        lost.wait(1).await;
        scene.kill();
        scene.start().await;
        let answer = scene.answer(&scene.ada, &asked).await;
        let place = if answer.body().contains("silence") { "Paragraph: 1" } else { "Paragraph: 3" };
        // By then it is written down.
        all_is_heard(&scene, &scene.ada, &room).await;
        let reply = scene.ada.reply(&room, &answer.id, "source?").await;
        has(&scene.answer(&scene.ada, &reply).await, place);
    }
}

// Ways to speak to the bot.

async fn mentions_as_the_clients_of_today_write_them() {
    let scene = Scene::with(&pack()).await;
    let ben = scene.homeserver.person("ben").await;
    let room = scene.room_with(&ben, |new| new.encrypted()).await;
    let me = scene.me();
    let link = format!("https://matrix.to/#/{me}");
    let encoded = link.replace('@', "%40").replace(':', "%3A").replace("https%3A", "https:");
    let uri = format!("matrix:u/{}", &me[1..]);
    let html = |body: &str, html: String| {
        let mut content = mention(body, me);
        content["format"] = json!("org.matrix.custom.html");
        content["formatted_body"] = json!(html);
        content
    };
    let plain = |body: String| mention(&body, me);
    let asked = [
        // Element X on Android, on iOS.
        plain(format!("[{me}]({link}) quote Paz")),
        html(&format!("[{me}]({link}) quote Paz"), format!("<a href=\"{link}\">{me}</a> quote Paz")),
        plain(format!("[Rappo](<{link}>) quote Paz")),
        // The rich text editor of Element Web.
        plain(format!(
            "<a data-mention-type=\"user\" href=\"{link}\" contenteditable=\"false\">Rappo</a> quote Paz"
        )),
        html(
            &format!("<a data-mention-type=\"user\" href=\"{link}\">Rappo</a> quote Paz"),
            format!("<p><a href='{link}?via=localhost&amp;via=example.org'>Rappo</a>: quote <b>Paz</b></p>"),
        ),
        // Others.
        plain(format!("@[Rappo]({uri}?action=chat), quote Paz")),
        plain(format!("{encoded} quote Paz")),
        plain(format!("@[{}] quote Paz", scene.name())),
        html("Rappo !quote Paz", format!("<a href=\"{encoded}\">Rappo</a> !quote Paz")),
        // In the middle, and at the end.
        html("hey Rappo, quote Paz", format!("hey <a href=\"{link}\">Rappo</a>, quote Paz")),
        html("quote Paz Rappo", format!("quote Paz <a href=\"{link}\">Rappo</a>")),
        plain(format!("quote Paz, @{}", scene.name())),
    ];
    for content in asked {
        let asked = ben.send(&room, content.clone()).await;
        let answer = scene.answer(&ben, &asked).await;
        assert!(answer.body().contains("silence is a door"), "{content}: {}", answer.body());
    }
    // What is no command is asked.
    let asked =
        ben.send(&room, html("Rappo", format!("<a href=\"{link}\">R</a> who opened the border?"))).await;
    has(&scene.answer(&ben, &asked).await, "opened the border");
    // A link to somebody else is none to us.
    let before = scene.answers(&ben, &room).await.len();
    let other = link.replace(me, &ben.user);
    ben.send(&room, plain(format!("[R]({other}) quote Paz"))).await;
    ben.send(&room, message(&format!("> {me} quote Paz\n\nwell said"))).await;
    all_is_heard(&scene, &ben, &room).await;
    assert_eq!(scene.answers(&ben, &room).await.len(), before + 1);
}

async fn the_bot_is_called_what_it_is_called_now() {
    let scene = Scene::with(&pack()).await;
    let ben = scene.homeserver.person("ben").await;
    let room = scene.room_with(&ben, |new| new).await;
    all_is_heard(&scene, &ben, &room).await;
    let owner = scene.homeserver.login(&scene.account).await;
    let profile = format!("/_matrix/client/v3/profile/{}/displayname", scene.me());
    owner.raw("PUT", &profile, Some(json!({"displayname": "The Chronicler"}))).await;
    let renamed =
        |event: &Event| event.sender == scene.me() && event.content["displayname"] == "The Chronicler";
    ben.wait("the new name", renamed).await;
    let asked = ben.send(&room, mention("The Chronicler: quote Paz", scene.me())).await;
    has(&scene.answer(&ben, &asked).await, "silence is a door");
}

async fn the_greeting_is_for_where_it_is_said() {
    let scene = Scene::with(&pack()).await;
    let direct = scene.ada.room().direct(scene.me()).create().await;
    let greeting = scene.comes(&scene.ada, &direct).await;
    has(&greeting, "in your own words. quote Paz");
    assert!(!greeting.body().contains('!'), "{}", greeting.body());
    let room = scene.ada.room().invite(scene.me()).create().await;
    has(&scene.comes(&scene.ada, &room).await, "mention me, with a question. !quote Paz");
    // Nobody reads what is said in a space.
    let space = scene.ada.room().space().invite(scene.me()).create().await;
    scene.ada.wait_membership(&space, scene.me(), "join").await;
    all_is_heard(&scene, &scene.ada, &room).await;
    assert!(!scene.ada.timeline(&space).await.iter().any(|it| it.sender == scene.me() && it.is_message()));
}

async fn rooms_that_everyone_left_are_left() {
    let mut scene = Scene::with(&pack()).await;
    let ben = scene.homeserver.person("ben").await;
    let room = scene.room_with(&ben, |new| new).await;
    scene.ada.leave(&room).await;
    has(&scene.ask(&ben, &room, "!quote Paz").await, "silence is a door");
    ben.leave(&room).await;
    let leaves =
        |room: String| move |call: &Call| call.path.contains(&room[1..]) && call.path.ends_with("/leave");
    scene.proxy.wait("the bot to leave", leaves(room)).await;
    // Also if that happened while it was away.
    let room = scene.room(|new| new).await;
    scene.end().await;
    scene.ada.leave(&room).await;
    scene.start().await;
    scene.proxy.wait("the bot to leave", leaves(room)).await;
}

// Choosing.

async fn two_people_choose_at_once() {
    let scene = Scene::with_the_first_article().await;
    let (ben, cleo) = (scene.homeserver.person("ben").await, scene.homeserver.person("cleo").await);
    let room = scene.room_with(&ben, |new| new.invite(&cleo.user)).await;
    cleo.join(&room).await;
    // What each number leads to.
    let mut leads = Vec::new();
    for key in [FIRST, SECOND] {
        let answer = scene.ask(&ben, &room, "!timeline 2020").await;
        ben.react(&room, &answer.id, key).await;
        let opened = scene.edited(&ben, &answer.id, |text| text.contains("When: ")).await;
        leads.push(opened.new_body().lines().next().unwrap().to_string());
    }
    assert_ne!(leads[0], leads[1]);
    let answer = scene.ask(&ben, &room, "!timeline 2020").await;
    tokio::join!(ben.react(&room, &answer.id, FIRST), cleo.react(&room, &answer.id, SECOND));
    for title in &leads {
        scene.edited(&ben, &answer.id, |text| text.starts_with(title)).await;
    }
    // One after the other, before the second can have noticed.
    let answer = scene.ask(&ben, &room, "!timeline 2020").await;
    ben.react(&room, &answer.id, FIRST).await;
    scene.edited(&cleo, &answer.id, |text| text.starts_with(&leads[0])).await;
    cleo.react(&room, &answer.id, SECOND).await;
    scene.edited(&ben, &answer.id, |text| text.starts_with(&leads[1])).await;
    // Two who turn the page turn one page.
    let answer = scene.ask(&ben, &room, "!timeline all").await;
    tokio::join!(ben.react(&room, &answer.id, ON), cleo.react(&room, &answer.id, ON));
    scene.edited(&ben, &answer.id, |text| text.contains("(2 of ")).await;
    all_is_heard(&scene, &ben, &room).await;
    all_is_heard(&scene, &cleo, &room).await;
    let turned = edits(&scene, &ben, &room, &answer.id).await;
    assert_eq!(turned.len(), 1, "{turned:?}");
    // And who has seen the second page turns to the third.
    let answer = scene.ask(&ben, &room, "!timeline all").await;
    let pressed = ben.react(&room, &answer.id, ON).await;
    scene.edited(&ben, &answer.id, |text| text.contains("(2 of ")).await;
    ben.redact(&room, &pressed).await;
    scene.edited(&ben, &answer.id, |text| text.contains("(3 of ")).await;
}

async fn what_was_opened_leads_back() {
    let scene = Scene::with_the_first_article().await;
    let ben = scene.homeserver.person("ben").await;
    let room = scene.room_with(&ben, |new| new.encrypted()).await;
    let list = scene.ask(&ben, &room, "!timeline all").await;
    scene.offered(&ben, &list.id, ON).await;
    ben.react(&room, &list.id, FIRST).await;
    let opened = scene.edited(&ben, &list.id, |text| text.contains("When: ")).await;
    assert!(opened.new_body().contains("↩️ Back to the list"), "{}", opened.new_body());
    assert!(opened.new_content()["formatted_body"].as_str().unwrap().contains("↩️ Back to the list"));
    scene.offered(&ben, &list.id, RETURN).await;
    // Nothing turns here any more.
    scene.withdrawn(&ben, &list.id, ON).await;
    ben.react(&room, &list.id, RETURN).await;
    let back = |edit: &str| edit.contains("(1 of ") && !edit.contains("Back to the list");
    scene.edited(&ben, &list.id, back).await;
    scene.withdrawn(&ben, &list.id, RETURN).await;
    // Who takes a number back takes the choice back.
    let pressed = ben.react(&room, &list.id, SECOND).await;
    let is_edit = |event: &Event| event.sender == scene.me() && event.replaces() == Some(&list.id);
    ben.wait_for(3, "edits", is_edit).await;
    ben.redact(&room, &pressed).await;
    ben.wait_for(4, "edits", is_edit).await;
    let edits = edits(&scene, &ben, &room, &list.id).await;
    assert!(edits[2].contains("When: ") && back(&edits[3]), "{edits:?}");
}

async fn what_changes_something_asks_first() {
    let scene = Scene::with(&pack()).await;
    let ben = scene.homeserver.person("ben").await;
    let room = scene.room_with(&ben, |new| new).await;
    scene.bot.write_pack("doors.toml", green());
    let offer = scene.ask(&ben, &room, "!rapporteur relod").await;
    has(&offer, "1️⃣ Did you mean !reload?");
    // Who may not do it is not asked.
    ben.react(&room, &offer.id, FIRST).await;
    all_is_heard(&scene, &ben, &room).await;
    let pressed = scene.ada.react(&room, &offer.id, FIRST).await;
    let is_question = |event: &Event| event.sender == scene.me() && event.reply_to() == Some(&offer.id);
    let question = ben.wait("the question whether to do it", is_question).await;
    has(&question, "✅ Yes, do it: !reload");
    has(&question, &scene.ada.user);
    has(&scene.ask(&ben, &room, "!actor Paz").await, "blue");
    scene.offered(&ben, &question.id, YES).await;
    // Neither a number nor somebody else confirms it.
    scene.ada.react(&room, &question.id, FIRST).await;
    ben.react(&room, &question.id, YES).await;
    all_is_heard(&scene, &ben, &room).await;
    has(&scene.ask(&scene.ada, &room, "!actor Paz").await, "blue");
    scene.ada.react(&room, &question.id, YES).await;
    let done = scene.edited(&ben, &question.id, |text| text.contains("Confirmed by")).await;
    assert!(done.new_body().contains(&scene.ada.user), "{}", done.new_body());
    has(&scene.ask(&ben, &room, "!actor Paz").await, "green");
    // The list is what it was, for all.
    assert!(edits(&scene, &ben, &room, &offer.id).await.is_empty());
    scene.withdrawn(&ben, &question.id, YES).await;
    // Who takes the choice back has nothing asked of them.
    scene.ada.redact(&room, &pressed).await;
    scene.taken_back(&ben, &question.id).await;
}

// What goes wrong.

async fn answers_go_before_reactions() {
    let homeserver = Homeserver::start_in(Weather::as_usual()).await;
    let mut scene =
        Scene::on(&homeserver, crate::common::Bot::new().pack("us-mexico.toml", crate::common::real_pack()))
            .await;
    scene.env("RAPPORTEUR_MATRIX_EVENTS_PER_SECOND", "0.2");
    scene.start().await;
    let room = scene.room(|new| new.public()).await;
    let mut people = Vec::new();
    for name in ["ben", "cleo", "dora", "emil", "fay", "gus"] {
        let person = homeserver.person(name).await;
        person.join(&room).await;
        people.push(person);
    }
    // With the greeting and six answers, the homeserver's limit is not reached.
    let mut waits = Vec::new();
    for person in &people {
        let asked = Instant::now();
        scene.ask(person, &room, "!timeline all").await;
        waits.push(asked.elapsed());
    }
    assert!(waits.iter().all(|wait| *wait < Duration::from_secs(4)), "{waits:?}");
    let refused = scene.proxy.calls().into_iter().filter(|call| call.status == Some(429));
    assert_eq!(refused.count(), 0);
}

async fn after_a_refusal_there_are_no_reactions_for_a_while() {
    let scene = Scene::with_the_first_article().await;
    let room = scene.room(|new| new).await;
    let refused = scene.proxy.fail(
        |call| call.path.contains("/send/m.reaction/"),
        Trouble::LimitExceeded(Duration::from_millis(100)),
        1,
    );
    scene.ask(&scene.ada, &room, "!timeline all").await;
    refused.wait(1).await;
    scene.ask(&scene.ada, &room, "!timeline all").await;
    scene.ask(&scene.ada, &room, "!timeline all").await;
    let reactions = scene.proxy.sent(&room).iter().filter(|it| it.kind == "m.reaction").count();
    assert_eq!(reactions, 1);
}

async fn a_clock_that_is_wrong_silences_nobody() {
    let mut scene = Scene::set(small()).await;
    scene.proxy.turn_back_the_clock(Duration::from_secs(3_600));
    scene.start().await;
    let ben = scene.homeserver.person("ben").await;
    for encrypted in [false, true] {
        let room = scene.room_with(&ben, |new| if encrypted { new.encrypted() } else { new }).await;
        has(&scene.ask(&ben, &room, "!quote Paz").await, "silence is a door");
    }
    scene.running().logs("clock of this machine is ahead of that of the homeserver").await;
    assert_eq!(scene.running().log().matches("clock of this machine").count(), 1);
}

async fn an_answer_that_a_moderator_removed_stays_removed() {
    let mut scene = Scene::with(&pack()).await;
    let ben = scene.homeserver.person("ben").await;
    let room = scene.room_with(&ben, |new| new).await;
    for away in [false, true] {
        let answer = scene.ask(&ben, &room, "!quote Paz").await;
        let asked = answer.reply_to().unwrap().to_string();
        if away {
            scene.end().await;
        }
        scene.ada.redact(&room, &answer.id).await;
        if away {
            scene.start().await;
        }
        ben.react(&room, &answer.id, FIRST).await;
        ben.edit(&room, &asked, "!quote river").await;
        let is_new = |event: &Event| {
            event.sender == scene.me() && event.reply_to() == Some(&asked) && event.body().contains("nobody")
        };
        let new = ben.wait("a new answer", is_new).await;
        assert!(edits(&scene, &ben, &room, &answer.id).await.is_empty());
        ben.redact(&room, &asked).await;
        scene.taken_back(&ben, &new.id).await;
    }
}

async fn an_account_that_is_locked_answers_later() {
    let scene = Scene::with(&pack()).await;
    let room = scene.room(|new| new).await;
    for trouble in [Trouble::Refused(401, "M_USER_LOCKED"), Trouble::Refused(403, "M_USER_SUSPENDED")] {
        let locked = scene.proxy.fail(sends(), trouble, 3);
        let asked = scene.ada.say(&room, "!quote Paz").await;
        locked.wait(3).await;
        scene.each_is_answered_once(&scene.ada, &room, &[asked]).await;
    }
}

// What people see before the answer.

async fn people_see_that_a_question_was_heard() {
    let scene = Scene::with(&pack()).await;
    let ben = scene.homeserver.person("ben").await;
    let room = scene.room_with(&ben, |new| new).await;
    let me = scene.me();
    let has_read = |event: &str| {
        let event = event.to_string();
        move |passing: &Value| {
            passing["type"] == "m.receipt" && !passing["content"][&event]["m.read"][me].is_null()
        }
    };
    let types = |passing: &Value| {
        passing["type"] == "m.typing"
            && passing["room"] == room.as_str()
            && passing["content"]["user_ids"].as_array().is_some_and(|users| users.iter().any(|it| it == me))
    };
    let quick = scene.ask(&ben, &room, "!quote Paz").await.reply_to().unwrap().to_string();
    let slow = scene.proxy.fail_always(sends(), Trouble::Status(502));
    let asked = ben.say(&room, "!quote Paz").await;
    ben.wait_passing("typing", types).await;
    ben.wait_passing("a receipt", has_read(&asked)).await;
    slow.lift();
    scene.answer(&ben, &asked).await;
    let stops = |call: &Call| call.path.contains("/typing/") && call.body["typing"] == false;
    scene.proxy.wait("the end of the typing", stops).await;
    // Talk is none of its affair, and an answer that is there at once needs no receipt.
    let talk = ben.say(&room, "quote Paz, somebody").await;
    all_is_heard(&scene, &ben, &room).await;
    let calls = scene.proxy.calls();
    let is_receipt = |call: &&Call| call.path.contains("/receipt/");
    for unread in [&quick, &talk] {
        assert!(!calls.iter().filter(is_receipt).any(|call| call.path.contains(unread.as_str())));
    }
}

crate::trial::trials![
    an_answer_tells_its_own_place,
    chance_falls_the_same_way_after_a_crash,
    mentions_as_the_clients_of_today_write_them,
    the_bot_is_called_what_it_is_called_now,
    the_greeting_is_for_where_it_is_said,
    rooms_that_everyone_left_are_left,
    two_people_choose_at_once,
    what_was_opened_leads_back,
    what_changes_something_asks_first,
    answers_go_before_reactions,
    after_a_refusal_there_are_no_reactions_for_a_while,
    a_clock_that_is_wrong_silences_nobody,
    an_answer_that_a_moderator_removed_stays_removed,
    an_account_that_is_locked_answers_later,
    people_see_that_a_question_was_heard,
];
