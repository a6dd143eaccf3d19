//! Failures of Discord's REST API: rate limits, errors, answers that get lost.

use std::time::Duration;

use crate::discord::scene::{Scene, has};
use crate::standin::{FaultKind, Message};

#[tokio::test]
async fn rate_limits_and_failures_of_the_api_are_sat_out() {
    let scene = Scene::with_the_first_article().await;
    let discord = &scene.discord;
    const CALLBACK: &str = "callback";
    const REPLY: &str = "POST /channels/{id}/messages";
    discord.fail_next(1, CALLBACK, FaultKind::Status(502));
    has(&scene.quote("Paz").await, "Octavio Paz");
    // It was done, but nobody heard: doing it again is no error.
    discord.fail_next(1, CALLBACK, FaultKind::LostAnswer(500));
    has(&scene.quote("Paz").await, "Octavio Paz");
    discord.wait_request("a second try", |it| it.answer["code"] == 40060).await;
    scene.wait_for_log("acknowledged already").await;
    discord.pardon();
    let retry_after = Duration::from_millis(700);
    discord.fail_next(1, CALLBACK, FaultKind::Limited { retry_after });
    has(&scene.quote("Paz").await, "Octavio Paz");
    let me = discord.bot().mention();
    for kind in [
        FaultKind::Limited { retry_after },
        FaultKind::LimitedGlobally { retry_after },
        FaultKind::LimitedShared { retry_after },
        FaultKind::Status(503),
        FaultKind::LostAnswer(502),
    ] {
        discord.fail_next(1, REPLY, kind);
        let asked: Vec<Message> = (0..5)
            .map(|_| discord.say(&scene.ada, &scene.channel, &format!("{me} quote Paz"), None))
            .collect();
        for message in &asked {
            has(&discord.reply_to(message).await, "Octavio Paz");
        }
        let replies: Vec<_> =
            discord.bot_messages(&scene.channel).iter().filter_map(|it| it.replies_to).collect();
        for message in &asked {
            let count = replies.iter().filter(|it| **it == message.id).count();
            assert_eq!(count, 1, "{kind:?}: one question, {count} answers");
        }
    }
    discord.check();
}

#[tokio::test]
async fn acknowledgements_do_not_wait_for_the_global_limit() {
    let scene = Scene::with_the_first_article().await;
    let discord = &scene.discord;
    let retry_after = Duration::from_secs(4);
    discord.fail_next(1, "POST /channels/{id}/messages", FaultKind::LimitedGlobally { retry_after });
    let me = discord.bot().mention();
    let asked = discord.say(&scene.ada, &scene.channel, &format!("{me} quote Paz"), None);
    discord.wait_request("a 429", |it| it.status == 429).await;
    let answer = discord.slash(&scene.ada, &scene.channel, "quote", [("of", "Paz")]);
    assert!(answer.ack().await.took < Duration::from_secs(3));
    has(&discord.reply_to(&asked).await, "Octavio Paz");
    discord.check();
}
