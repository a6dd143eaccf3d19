//! A quiz on Discord: a question with buttons, answers that nobody else sees, and the right one in its place.
#![expect(clippy::disallowed_methods, reason = "the program runs in real time")]

use std::time::{Duration, Instant};

use crate::discord::scene::{Scene, has, labels, wait_until};
use crate::standin::Message;

#[tokio::test]
async fn a_whole_quiz() {
    let scene = Scene::with_the_first_article().await;
    let (discord, channel) = (&scene.discord, &scene.channel);
    let [ada, ben, cleo] = ["Ada", "Ben", "Cleo"].map(|name| scene.server.member(name));
    let begun = scene.do_as(&ada, channel, "quiz", &[("questions", "2")]).await;
    assert!(begun.ephemeral);
    has(&begun, "The quiz begins");
    let mut rights = [0_usize; 3];
    for number in 1..=2 {
        let title = format!("Quiz 1, question {number} of 2");
        let asked = scene.posted(channel, &title).await;
        assert_eq!(labels(&asked), ["A", "B", "C", "D", "Reveal"]);
        for (who, letter) in [(&ada, "A"), (&ben, "B"), (&cleo, "C")] {
            let own = discord.press(who, &asked, letter).message().await;
            assert!(own.ephemeral);
            has(&own, &format!("Your answer is {letter}: "));
        }
        assert_eq!(discord.look(&asked).edits, 0, "nobody else sees who has answered");
        has(&discord.press(&ben, &asked, "Reveal").message().await, "Only who began the quiz");
        has(&discord.press(&ada, &asked, "Reveal").message().await, "The answer is shown");
        wait_until("the answer", || discord.look(&asked).text().contains("The answer is ")).await;
        let shown = discord.look(&asked);
        let letter = letter_of(&shown);
        for (at, who) in [&ada, &ben, &cleo].into_iter().enumerate() {
            let is_right = letter == ["A", "B", "C"][at];
            assert_eq!(shown.text().contains(&who.mention()), is_right, "{}", shown.text());
            rights[at] += usize::from(is_right);
        }
        if number == 1 {
            has(&discord.press(&cleo, &shown, "Next question").message().await, "The next question is asked");
        }
    }
    let scores = scene.do_as(&cleo, channel, "scores", &[]).await;
    has(&scores, &format!("{} of 2 right", rights.iter().max().unwrap()));
    assert!(discord.pinging().is_empty(), "who is named is not called");
    discord.check();
}

fn letter_of(shown: &Message) -> String {
    let text = shown.text();
    let (_, rest) = text.split_once("The answer is ").unwrap();
    rest.chars().take(1).collect()
}

#[tokio::test]
async fn an_answer_comes_by_itself_when_its_time_is_over() {
    let scene = Scene::with_the_first_article().await;
    let begun = Instant::now();
    scene.do_as(&scene.ada, &scene.channel, "quiz", &[("questions", "1")]).await;
    let asked = scene.posted(&scene.channel, "Quiz 1, question 1 of 1").await;
    while !scene.discord.look(&asked).text().contains("The answer is ") {
        assert!(begun.elapsed() < Duration::from_secs(60), "{}", scene.discord.look(&asked).text());
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert!(begun.elapsed() >= Duration::from_secs(29), "{:?}", begun.elapsed());
    has(&scene.discord.look(&asked), "nobody");
    scene.discord.check();
}
