//! Load: slow disks, many members at once, and the end of the program in the middle.
#![expect(clippy::disallowed_methods, reason = "the program runs in real time")]

use serde_json::json;
use std::collections::HashSet;
use std::time::{Duration, Instant};

use crate::common::{self, Bot, pack};
use crate::discord::scene::{Held, Scene, config, has, patient, wait_until};
use crate::standin::{Answer, Call, Config, End, FaultKind, Member, Message, Serving};

#[tokio::test]
async fn who_asks_while_it_ends_is_told_so() {
    let config = Config { patience: Duration::from_secs(30), ..config() };
    let scene = Scene::new(config, Bot::new().pack("doors.toml", pack().text())).start().await;
    let mut scene = scene.editor_now().await;
    let text = pack().edition("slow").text();
    let serving = Serving::Dribble(text.len() / 8, Duration::from_millis(500));
    let slow = scene.discord.file("doors.toml", text, serving);
    let reload = scene.discord.send(&Call::slash(&scene.ada, &scene.channel, "reload").option("pack", &slow));
    reload.ack().await;
    scene.running().signal("-TERM");
    // The signal is heard at some time.
    let until = Instant::now() + Duration::from_secs(10);
    loop {
        let answer = scene.quote("Paz").await;
        if answer.text().contains("restarting") {
            assert!(answer.ephemeral);
            break;
        }
        assert!(Instant::now() < until, "{}", answer.text());
    }
    let me = scene.discord.bot().mention();
    let asked = scene.discord.say(&scene.ada, &scene.channel, &format!("{me} quote Paz"), None);
    has(&scene.discord.reply_to(&asked).await, "restarting");
    has(&reload.wait_for(|it| !it.loading).await, "Loaded: ");
    assert!(scene.running().ended().await.success());
    scene.discord.check();
}

#[tokio::test]
async fn an_answer_that_takes_long_is_announced_and_put_in() {
    let config = Config { patience: Duration::from_secs(30), ..config() };
    let scene = Scene::new(config, Bot::new().pack("doors.toml", pack().text())).start().await;
    let scene = scene.editor_now().await;
    let discord = &scene.discord;
    let text = pack().edition("slow").text();
    let slow = discord.file(
        "doors.toml",
        text.clone(),
        Serving::Dribble(text.len() / 8, Duration::from_millis(500)),
    );
    let answer = discord.send(&Call::slash(&scene.ada, &scene.channel, "reload").option("pack", &slow));
    let ack = answer.ack().await;
    assert_eq!(ack.kind, 5);
    assert!(ack.took < Duration::from_secs(3), "{:?}", ack.took);
    // Others are answered meanwhile.
    has(&scene.quote("Paz").await, "Edition blue");
    let message = answer.wait_for(|it| !it.loading).await;
    has(&message, "Loaded: ");
    assert!(message.ephemeral);
    // One that never comes is given up.
    let silent = discord.file("doors.toml", text, Serving::Silent);
    let answer = discord.send(&Call::slash(&scene.ada, &scene.channel, "reload").option("pack", &silent));
    has(&answer.wait_for(|it| !it.loading).await, "took too long");
    discord.check();
}

#[tokio::test]
async fn a_slow_disk_delays_answers_and_loses_none() {
    let scene = Scene::with_the_first_article().await;
    let (discord, channel) = (&scene.discord, &scene.channel);
    // Nothing has all of these words: some are found, and the button to the next page has to be kept.
    let words = "Mexico and the United States, Biden and Trump, López Obrador and the border, the election, \
                 democracy and trade, zeppelins";
    let ask = || discord.slash(&scene.ada, channel, "search", [("words", words)]);
    let held = Held::of(&scene.bot);
    // The first time the announcement gets through and its answer is lost.
    discord.fail_next(1, "callback", FaultKind::LostAnswer(502));
    let answer = ask();
    let ack = answer.ack().await;
    assert_eq!((ack.kind, &ack.data["flags"]), (5, &json!(0)), "announced to everyone");
    drop(held);
    // It was announced to everyone, and is only for who asked.
    let own = answer.followup(0).await;
    assert!(own.ephemeral);
    has(&own, "Nothing matches all");
    discord.wait_request("a second try", |it| it.answer["code"] == 40060).await;
    discord.pardon();
    // A pressed button is acknowledged, and the message changed when there is something to change it to.
    let held = Held::of(&scene.bot);
    let pressed = discord.press(&scene.ada, &own, "Next page");
    assert_eq!(pressed.ack().await.kind, 6);
    drop(held);
    wait_until("the next page", || discord.look(&own).text().contains("(2 of ")).await;
    discord.check();
}

#[tokio::test]
async fn a_hundred_members_ask_while_the_packs_are_loaded_anew() {
    let bot = Bot::new().pack("doors.toml", pack().events(2_000).text());
    let scene = Scene::new(patient(), bot).start().await.editor_now().await;
    let discord = &scene.discord;
    let members: Vec<Member> = (0..100).map(|n| scene.server.member(&format!("Member {n}"))).collect();
    let file = discord.file("doors.toml", pack().edition("green").events(2_000).text(), Serving::Whole);
    let reload = discord.send(&Call::slash(&scene.ada, &scene.channel, "reload").option("pack", &file));
    let mut asked: Vec<Answer> = Vec::new();
    for round in 0..5 {
        for member in &members {
            let name = if round % 2 == 0 { "actor" } else { "source" };
            let option = if round % 2 == 0 { "name" } else { "item" };
            asked.push(discord.slash(member, &scene.channel, name, [(option, "Paz")]));
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    has(&reload.wait_for(|it| !it.loading).await, "Loaded: ");
    let mut editions = HashSet::new();
    for answer in &asked {
        let text = answer.wait_for(|it| !it.loading).await.text();
        assert!(text.contains("Octavio Paz"), "{text}");
        editions.extend(["blue", "green"].into_iter().filter(|it| text.contains(&format!("Edition {it}"))));
    }
    assert!(editions.contains("blue"), "{editions:?}");
    has(
        &discord.slash(&scene.ada, &scene.channel, "actor", [("name", "Paz")]).message().await,
        "Edition green",
    );
    discord.check();
}

#[tokio::test]
async fn it_ends_well_under_load() {
    let bot = Bot::new().pack("us-mexico.toml", common::real_pack());
    let mut scene = Scene::new(patient(), bot).start().await;
    let asked: Vec<Answer> = (0..200)
        .map(|_| scene.discord.slash(&scene.ada, &scene.channel, "search", [("words", "wall election")]))
        .collect();
    // Some are under way.
    asked[20].ack().await;
    let status = scene.running().end().await;
    assert!(status.success(), "{status}");
    let Some((_, end)) = scene.discord.connections()[0].end else { panic!("the connection stays open") };
    assert_eq!(end, End::BotClosed(Some(1000)));
    // What was taken was answered to the end.
    let seen: Vec<Message> = asked.iter().filter_map(Answer::now).collect();
    assert!(seen.len() >= 20, "{}", seen.len());
    assert!(seen.iter().all(|it| !it.loading));
    scene.discord.check();
}
