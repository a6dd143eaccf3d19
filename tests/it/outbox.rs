//! What the program posts by itself, in a channel of the local stand-in for Discord.

use std::path::Path;
use std::sync::Arc;

use rapporteur::answer::Answer;
use rapporteur::chat::services::SERVICES;
use rapporteur::outbox::{Post, PostError};
use rapporteur::platform::Platform;
use rapporteur::{service, settings};
use tokio_util::sync::CancellationToken;

use crate::standin::{Config, Standin};

fn settings_for(discord: &Standin, data: &Path) -> settings::Settings {
    let packs = Path::new(env!("CARGO_MANIFEST_DIR")).join("config/articles");
    let empty = tempfile::NamedTempFile::new().unwrap();
    let variables = [
        ("DISCORD_TOKEN", discord.token().to_string()),
        ("RAPPORTEUR_DISCORD_API_URL", discord.url().to_string()),
        ("RAPPORTEUR_DATA_FOLDER", data.display().to_string()),
        ("RAPPORTEUR_LIBRARY_PACKS", packs.display().to_string()),
    ];
    let variables = variables.into_iter().map(|(name, value)| (name.into(), value.into()));
    settings::load(Some(empty.path()), variables).unwrap().settings
}

#[tokio::test]
async fn what_nobody_asked_for_is_posted_and_changed() {
    let discord = Standin::start(Config::default());
    let server = discord.server("Reading circle");
    let channel = server.channel("general");
    let data = tempfile::tempdir().unwrap();
    let settings = settings_for(&discord, data.path());
    let (world, trouble) = service::open(&settings).await.unwrap();
    assert!(trouble.is_none());
    let world = Arc::new(world);
    assert!(matches!(world.outboxes.of(Platform::Discord), Err(PostError::NotRunning(Platform::Discord))));
    let stop = CancellationToken::new();
    let running = tokio::spawn({
        let (world, stop) = (Arc::clone(&world), stop.clone());
        async move {
            let discord = SERVICES.iter().find(|it| it.platform() == Platform::Discord).unwrap();
            discord.run(world, &settings, stop).await
        }
    });
    let outbox = world.outboxes.opened(Platform::Discord).await;
    let place = format!("discord:channel:{}", channel.id).parse().unwrap();
    let answer = Answer::found("Today in the article").paragraph("@everyone, the vote begins.");

    let post = outbox.post(&place, &answer, "daily 2026-11-25").await.unwrap();
    // Nobody knows of a post whether it was taken when the connection breaks: the same key makes no second one.
    assert_eq!(outbox.post(&place, &answer, "daily 2026-11-25").await.unwrap(), post);
    assert_eq!(discord.bot_messages(&channel).len(), 1);
    outbox.edit(&post, &Answer::found("The vote is over")).await.unwrap();
    let messages = discord.bot_messages(&channel);
    assert!(messages[0].text().contains("The vote is over"), "{}", messages[0].text());

    discord.delete(&messages[0]);
    assert!(matches!(outbox.edit(&post, &answer).await, Err(PostError::Refused(_))));
    let elsewhere = "matrix:room:!a:example.org".parse().unwrap();
    assert!(matches!(outbox.post(&elsewhere, &answer, "x").await, Err(PostError::Refused(_))));
    let nowhere = Post { place, id: "no number".into() };
    assert!(matches!(outbox.edit(&nowhere, &answer).await, Err(PostError::Refused(_))));

    assert!(discord.pinging().is_empty(), "a post pings nobody");
    stop.cancel();
    running.await.unwrap().unwrap();
    assert!(world.outboxes.of(Platform::Discord).is_err());
}
