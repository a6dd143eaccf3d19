//! The start of the program: the registration of commands, settings that can not work, the invitation.

use crate::common::{Bot, pack};
use crate::discord::scene::{Running, Scene, config};
use crate::standin::Config;

#[tokio::test]
async fn commands_are_registered_only_when_they_have_changed() {
    let scene = Scene::with_the_first_article().await;
    assert_eq!(scene.discord.puts(), 1);
    let scene = scene.restart().await;
    scene.wait_for_log("commands are registered already").await;
    assert_eq!(scene.discord.puts(), 1);
    // In the servers that the settings name, they are registered there and not everywhere.
    let scene = Scene::new(config(), Bot::new().pack("doors.toml", pack().text()));
    let server = scene.server.id;
    let mut scene =
        Scene { bot: scene.bot.env("RAPPORTEUR_DISCORD_REGISTER_IN", &server.to_string()), ..scene };
    scene.running = Some(Running::start(&scene.bot));
    scene.wait_for_log("commands registered").await;
    assert!(scene.discord.commands(None).is_empty());
    assert!(scene.discord.commands(Some(server)).iter().any(|it| it["name"] == "quote"));
    scene.discord.check();
}

#[tokio::test]
async fn what_can_not_work_ends_the_program_with_a_word() {
    let cases: [(&str, Config, Option<&str>, Option<u16>); 4] = [
        ("does not take the token", config(), Some("MTAw.wrong.token"), None),
        ("too many servers for so few shards", Config { required_shards: Some(4), ..config() }, None, None),
        ("does not take the token", config(), None, Some(4004)),
        ("does not allow the intents", config(), None, Some(4014)),
    ];
    for (told, config, token, close) in cases {
        let scene = Scene::new(config, Bot::new().pack("doors.toml", pack().text()));
        let bot = match token {
            Some(token) => scene.bot.without_env("DISCORD_TOKEN").env("DISCORD_TOKEN", token),
            None => scene.bot,
        };
        let mut running = Running::start(&bot);
        if let Some(code) = close {
            scene.discord.wait_ready().await;
            scene.discord.close(code);
        }
        let status = running.ended().await;
        assert_eq!(status.code(), Some(3), "{}", running.log());
        assert!(running.log().contains(told), "{told}: {}", running.log());
        assert!(!running.log().contains("wrong.token"));
    }
}

#[tokio::test]
async fn nothing_set_up_says_what_to_set() {
    Bot::new().run(["run"]).code(3).complains("set DISCORD_TOKEN").complains("rapporteur chat");
    Bot::new().run(["discord", "invite"]).code(3).complains("DISCORD_TOKEN");
}

#[tokio::test]
async fn the_invitation_names_the_bot() {
    let scene = Scene::new(config(), Bot::new());
    let output = scene.bot.run(["discord", "invite"]);
    output.code(0).says(&format!("client_id={}", scene.discord.application_id()));
    output.says("scope=bot+applications.commands").says("integration_type=1");
    // View, send, embed, attach, read history, send in threads: and nothing that moderates.
    output.says("permissions=309237746688");
}
