//! The connection to the gateway: cuts, ended sessions, gateways that let nobody in, shards.
#![expect(clippy::disallowed_methods, reason = "the program runs in real time")]

use std::collections::HashSet;
use std::time::{Duration, Instant};

use crate::common::{self, Bot, pack};
use crate::discord::scene::{Running, Scene, config, has, patient, wait_until};
use crate::standin::{Config, Door, End, Standin, Weather};

#[tokio::test]
async fn a_cut_connection_is_resumed_and_nothing_is_lost_or_doubled() {
    let scene = Scene::new(patient(), Bot::new().pack("us-mexico.toml", common::real_pack())).start().await;
    let discord = &scene.discord;
    let mut asked = Vec::new();
    for round in 0..3 {
        for n in 0..20 {
            asked.push((round * 20 + n, discord.slash(&scene.ada, &scene.channel, "quote", [("of", "Paz")])));
            if n == 9 {
                match round {
                    0 => discord.cut(),
                    1 => discord.close(4000),
                    _ => discord.reconnect(),
                }
            }
        }
        for (_, answer) in &asked {
            answer.message().await;
        }
    }
    let acknowledged = |id: &str| {
        let path = format!("/interactions/{id}/");
        discord.requests().iter().filter(|it| it.path.starts_with(&path)).count()
    };
    let ids = || {
        let requests = discord.requests();
        let ids = requests.iter().filter_map(|it| it.path.strip_prefix("/interactions/")?.split('/').next());
        ids.map(String::from).collect::<HashSet<String>>()
    };
    // A request is on record a moment after its answer is seen.
    wait_until("all requests", || ids().len() == 60).await;
    let ids = ids();
    for id in &ids {
        assert_eq!(acknowledged(id), 1, "{id}");
    }
    assert_eq!(discord.identifies(), 1, "the session was kept");
    let resumed = discord.connections().into_iter().skip(1).filter(|it| it.door == Door::Resume).count();
    assert_eq!(resumed, 3);
    discord.check();
}

#[tokio::test]
async fn a_session_that_is_over_is_begun_anew() {
    let scene = Scene::with_the_first_article().await;
    scene.discord.invalidate(false);
    scene.discord.wait_connections(2).await;
    scene.discord.wait_ready().await;
    wait_until("a second identification", || scene.discord.identifies() >= 2).await;
    wait_until("a new session", || scene.discord.connections().last().is_some_and(|it| it.ready)).await;
    has(&scene.quote("Paz").await, "Octavio Paz");
    scene.discord.invalidate(true);
    scene.discord.wait_connections(3).await;
    has(&scene.quote("Paz").await, "Octavio Paz");
    assert_eq!(scene.discord.identifies(), 2);
    scene.discord.check();
}

#[tokio::test]
async fn a_connection_that_goes_quiet_is_replaced() {
    let config = Config { heartbeat_interval: Duration::from_millis(200), ..config() };
    let bot = Bot::new().pack("us-mexico.toml", common::real_pack());
    let scene = Scene::new(config, bot).start().await;
    scene.discord.stall(true);
    let answer = scene.discord.slash(&scene.ada, &scene.channel, "quote", [("of", "Paz")]);
    scene.discord.wait_end(0).await;
    let ends: Vec<End> =
        scene.discord.connections().iter().filter_map(|it| it.end).map(|(_, end)| end).collect();
    assert!(matches!(ends[0], End::BotClosed(Some(4000)) | End::BotCut), "{ends:?}");
    scene.discord.stall(false);
    has(&answer.message().await, "Octavio Paz");
    assert_eq!(scene.discord.identifies(), 1);
}

/// Twelve seconds of a gateway that lets nobody in, and what follows when it does again.
async fn does_not_storm(weather: Weather) {
    let scene = Scene::with_the_first_article().await;
    scene.discord.set_weather(weather);
    let began = Instant::now();
    let before = scene.discord.attempts().len();
    scene.discord.cut();
    // What follows comes ever more rarely.
    scene.discord.wait_attempts(before + 3).await;
    tokio::time::sleep(Duration::from_secs(12).saturating_sub(began.elapsed())).await;
    let attempts = scene.discord.attempts().len() - before;
    assert!(attempts <= 12, "{attempts} attempts in 12 s");
    scene.discord.set_weather(Weather::Fine);
    // A question that is older than 3 s when it is received can't be answered; the next one can.
    let until = Instant::now() + Duration::from_secs(40);
    loop {
        assert!(Instant::now() < until, "it never comes back");
        let answer = scene.discord.slash(&scene.ada, &scene.channel, "quote", [("of", "Paz")]);
        if answer.ack_within(Duration::from_secs(2)).await.is_some() {
            break;
        }
    }
}

#[tokio::test]
async fn it_does_not_storm_a_gateway_that_cuts_what_is_resumed() {
    does_not_storm(Weather::CutAfterResumed).await;
}

#[tokio::test]
async fn it_does_not_storm_a_gateway_that_cuts_at_once() {
    does_not_storm(Weather::CutAtOnce).await;
}

#[tokio::test]
async fn it_does_not_storm_a_gateway_that_is_unavailable() {
    does_not_storm(Weather::Refused(503)).await;
}

#[tokio::test]
async fn it_does_not_storm_a_gateway_that_resets_connections() {
    does_not_storm(Weather::Reset).await;
}

#[tokio::test]
async fn shards_are_run_as_the_settings_say() {
    let config = Config { max_concurrency: 4, shards: 2, ..config() };
    let bot = Bot::new().pack("doors.toml", pack().text());
    let scene = Scene::new(config.clone(), bot.env("RAPPORTEUR_DISCORD_SHARDS", "1..3/4"));
    let _running = Running::start(&scene.bot);
    scene.discord.wait_shards(2).await;
    let shards = |discord: &Standin| -> HashSet<String> {
        let identified = discord.connections().into_iter().filter_map(|it| it.identify);
        identified.map(|it| it["shard"].to_string()).collect()
    };
    assert_eq!(shards(&scene.discord), HashSet::from(["[1,4]".into(), "[2,4]".into()]));
    let scene = Scene::new(config, Bot::new().pack("doors.toml", pack().text()));
    let _other = Running::start(&scene.bot);
    scene.discord.wait_shards(2).await;
    assert_eq!(shards(&scene.discord), HashSet::from(["[0,2]".into(), "[1,2]".into()]));
}

#[tokio::test]
async fn shards_wait_for_their_turn_before_they_connect() {
    let config = Config { identify_pause: Duration::from_secs(5), shards: 2, ..Config::default() };
    let scene = Scene::new(config, Bot::new().pack("doors.toml", pack().text()));
    let running = Running::start(&scene.bot);
    scene.discord.wait_shards(2).await;
    assert_eq!(scene.discord.connections().len(), 2, "{}", running.log());
    scene.discord.check();
}
