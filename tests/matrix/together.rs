//! Discord and Matrix in one process, and what becomes of one when the other can't go on.

use std::time::Duration;

use crate::common::{Bot, pack};
use crate::homeserver::Scene;
use crate::standin::{Config, Standin};

/// A Discord on which people can ask at once.
fn discord() -> Standin {
    Standin::start(Config {
        identify_pause: Duration::ZERO,
        patience: Duration::from_secs(60),
        ..Config::default()
    })
}

async fn a_platform_that_can_not_go_on_leaves_the_other_alone() {
    let discord = discord();
    let bot = Bot::new().pack("doors.toml", pack().text());
    let bot = bot.env("DISCORD_TOKEN", discord.token()).env("RAPPORTEUR_DISCORD_API_URL", discord.url());
    let mut scene = Scene::set(bot).await;
    let server = discord.server("Reading circle");
    let (channel, ada) = (server.channel("general"), server.member("Ada"));
    scene.start().await;
    discord.wait_ready().await;
    discord.wait_command("quote").await;
    let room = scene.room(|new| new.encrypted()).await;

    // Both answer, and what is loaded by one is there for the other.
    let answer = discord.slash(&ada, &channel, "actor", [("name", "Paz")]).message().await;
    assert!(answer.text().contains("blue"), "{}", answer.text());
    let file =
        scene.ada.send_file(&room, pack().edition("green").text().as_bytes(), "doors.toml", true).await;
    let asked = scene.ada.reply(&room, &file, "!reload").await;
    scene.answer(&scene.ada, &asked).await;
    let answer = discord.slash(&ada, &channel, "actor", [("name", "Paz")]).message().await;
    assert!(answer.text().contains("green"), "{}", answer.text());

    let device = scene.homeserver.devices(scene.me()).await.remove(0);
    scene.homeserver.log_out(scene.me(), &device).await;
    scene.running().logs("logged out").await;
    let answer = discord.slash(&ada, &channel, "quote", [("of", "Paz")]).message().await;
    assert!(answer.text().contains("silence is a door"), "{}", answer.text());

    // That one of them had ended is told at the end, too.
    let status = scene.running().end().await;
    assert_eq!(status.code(), Some(3), "{}", scene.running().log());
}

async fn matrix_goes_on_without_discord() {
    let discord = discord();
    let bot = Bot::new().pack("doors.toml", pack().text());
    let bot = bot.env("DISCORD_TOKEN", "not it").env("RAPPORTEUR_DISCORD_API_URL", discord.url());
    let mut scene = Scene::set(bot).await;
    scene.start().await;
    scene.running().logs("a platform ended").await;
    let room = scene.room(|new| new).await;
    let answer = scene.ask(&scene.ada, &room, "!quote Paz").await;
    assert!(answer.body().contains("silence is a door"), "{}", answer.body());
}

crate::trial::trials![a_platform_that_can_not_go_on_leaves_the_other_alone, matrix_goes_on_without_discord,];
