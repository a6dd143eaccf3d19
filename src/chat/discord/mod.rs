//! Discord: slash commands, buttons and mentions in, embeds out.
//!
//! Everything that a command is comes from the table in [`crate::commands`], and everything that is
//! answered from its Answers; this folder only knows how Discord writes both.

mod bot;
mod buttons;
pub mod command_registration;
pub mod gateway;
mod incoming;
mod layout;
pub mod limits;
pub mod markdown;
pub mod message;
mod press;
mod reply;
pub mod rest;
mod seen;
mod talk;
mod target;
mod upload;
mod written;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use backon::{BackoffBuilder, ExponentialBuilder};
use futures::StreamExt;
use futures::stream::FuturesUnordered;
use serde::Deserialize;
use serenity::all::{ApplicationId, Permissions};
use serenity::http::{LightMethod, Request, Route};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::commands::{LOOK, World};
use crate::env::Rng;
use crate::settings::{Settings, Shards};

use bot::Bot;
use command_registration::Registration;
use gateway::{Advice, FatalError, IdentifyQueue, Shard};
use incoming::Access;
use rest::{ApiError, Rest};

/// How long commands under way may take once the program is to end.
const FINISH: Duration = Duration::from_secs(10);

/// How many events may wait to be looked at.
const WAITING: usize = 1_024;

/// What the bot needs to be allowed in a server: to see channels, to write there and in threads, to embed
/// answers, to attach files, and to read what it replies to.
const PERMISSIONS: Permissions = Permissions::VIEW_CHANNEL
    .union(Permissions::SEND_MESSAGES)
    .union(Permissions::SEND_MESSAGES_IN_THREADS)
    .union(Permissions::EMBED_LINKS)
    .union(Permissions::ATTACH_FILES)
    .union(Permissions::READ_MESSAGE_HISTORY);

/// Who the bot is.
#[derive(Debug, Deserialize)]
struct Application {
    id: ApplicationId,
    /// How it can be installed: "0" in servers, "1" by people for themselves.
    #[serde(default)]
    integration_types_config: Option<HashMap<String, serde_json::Value>>,
}

impl Application {
    fn is_for_users(&self) -> bool {
        self.integration_types_config.as_ref().is_some_and(|kinds| kinds.contains_key("1"))
    }
}

/// Connects to Discord and answers until `stop` is cancelled.
///
/// # Errors
/// Discord does not want this bot, in words for the operator.
pub async fn run(world: Arc<World>, settings: &Settings, stop: CancellationToken) -> Result<(), FatalError> {
    let discord = &settings.discord;
    let rest = Arc::new(client(&world, settings)?);
    let Some((application, advice)) = introduced(&rest, &stop).await? else { return Ok(()) };
    rest.belong_to(application.id);
    let (first, end, total) = match discord.shards {
        Shards::Auto => (0, advice.shards.max(1), advice.shards.max(1)),
        Shards::Range { first, end, total } => (first, end, total),
    };
    let starts = &advice.session_start_limit;
    tracing::info!(first, end, total, starts_left = starts.remaining, "connecting to Discord");
    if starts.remaining < end - first {
        let seconds = starts.reset_after / 1000;
        tracing::error!(
            seconds,
            "the bot was started too often today: waiting until Discord allows it again"
        );
        tokio::select! {
            () = stop.cancelled() => return Ok(()),
            () = tokio::time::sleep(Duration::from_millis(starts.reset_after)) => {}
        }
    }
    let url = gateway::check(&advice.url)?;
    let identify_queue = IdentifyQueue::new(starts.max_concurrency);
    let rng = Arc::new(Rng::seeded(world.rng.seed()));
    let (events, mut heard) = mpsc::channel(WAITING);
    // Commands under way end before the connection does.
    let hang_up = CancellationToken::new();
    let shards: FuturesUnordered<_> = (first..end)
        .map(|number| {
            let shard = Shard {
                number: [number, total],
                token: discord.token.expose().to_string(),
                url: url.clone(),
                identify_queue: identify_queue.clone(),
                events: events.clone(),
                stop: hang_up.clone(),
                rng: Arc::clone(&rng),
            };
            tokio::spawn(shard.run())
        })
        .collect();
    let tasks = TaskTracker::new();
    let bot = Arc::new(Bot::new(world, Arc::clone(&rest), Access(settings.access.clone())));
    let registering = tokio::spawn(keep_registered(
        Arc::clone(&bot),
        discord.register_in.clone(),
        application.is_for_users(),
    ));
    let mut shards = shards;
    let ended = loop {
        tokio::select! {
            () = stop.cancelled() => break Ok(()),
            Some(ended) = shards.next() => {
                if let Err(ended) = ended.unwrap_or_else(|error| Err(FatalError(format!("a shard failed: {error}")))) {
                    break Err(ended);
                }
            }
            event = heard.recv() => match event {
                // What is heard next may need to know who we are.
                Some(event) if event.name == "READY" => bot.ready(&event.data),
                Some(event) => {
                    let bot = Arc::clone(&bot);
                    tasks.spawn(async move { bot.handle_event(event).await });
                }
                // Not while this function has a sender of its own.
                None => break Ok(()),
            },
        }
    };
    registering.abort();
    // Who asks now is told so, as long as what was asked before takes.
    bot.close();
    tasks.close();
    let finished = tokio::time::timeout(FINISH, async {
        loop {
            tokio::select! {
                biased;
                Some(event) = heard.recv() => {
                    let bot = Arc::clone(&bot);
                    tasks.spawn(async move { bot.handle_event(event).await });
                }
                () = tasks.wait() => break,
            }
        }
    });
    if finished.await.is_err() {
        tracing::warn!(left = tasks.len(), "commands were still under way at the end");
    }
    hang_up.cancel();
    // Nobody waits for events any more: a shard must not wait for room for one.
    drop((events, heard));
    while shards.next().await.is_some() {}
    ended
}

fn client(world: &World, settings: &Settings) -> Result<Rest, FatalError> {
    let discord = &settings.discord;
    Rest::new(discord.token.expose(), &discord.api_url, Rng::seeded(world.rng.seed()))
        .map_err(|error| FatalError(format!("TLS can't be set up: {error}")))
}

/// Asks Discord who the bot is and where to connect, as often as it takes. `None` if it is to stop.
async fn introduced(
    rest: &Rest,
    stop: &CancellationToken,
) -> Result<Option<(Application, Advice)>, FatalError> {
    let mut waits = ExponentialBuilder::new()
        .with_min_delay(Duration::from_secs(1))
        .with_max_delay(Duration::from_secs(60))
        .without_max_times()
        .build();
    loop {
        let asking = async {
            let application =
                rest.json(Request::new(Route::Oauth2ApplicationCurrent, LightMethod::Get)).await?;
            let advice = rest.json(Request::new(Route::GatewayBot, LightMethod::Get)).await?;
            Ok::<_, ApiError>((application, advice))
        };
        let failure = tokio::select! {
            () = stop.cancelled() => return Ok(None),
            asked = asking => match asked {
                Ok(told) => return Ok(Some(told)),
                Err(failure) => failure,
            },
        };
        if failure.is_unauthorized() {
            return Err(FatalError(
                "Discord does not take the token. Copy it anew from the Developer Portal: Bot, Reset Token."
                    .into(),
            ));
        }
        let wait = waits.next().unwrap_or(Duration::from_secs(60));
        tracing::warn!(%failure, seconds = wait.as_secs(), "Discord can't be reached, trying again");
        tokio::select! {
            () = stop.cancelled() => return Ok(None),
            () = tokio::time::sleep(wait) => {}
        }
    }
}

/// Registers the commands, and again when there is another number of articles: the option to name one is
/// there only where there are several.
async fn keep_registered(bot: Arc<Bot>, servers: Vec<u64>, for_users: bool) {
    let mut known = None;
    let mut wait = LOOK;
    loop {
        let several_articles =
            bot.world.store.current().is_some_and(|library| library.has_several_articles());
        let offer = Registration { several_articles, for_users };
        if known != Some(offer) {
            match command_registration::register(&bot.rest, &servers, offer).await {
                Ok(changed) => {
                    let what =
                        if changed { "commands registered" } else { "commands are registered already" };
                    tracing::info!("{what}");
                    known = Some(offer);
                    wait = LOOK;
                }
                Err(failure) => {
                    wait = (wait * 2).min(Duration::from_secs(300));
                    tracing::error!(%failure, seconds = wait.as_secs(), "the commands can't be registered");
                }
            }
        }
        tokio::time::sleep(wait).await;
    }
}

/// The address at which a server's owner adds the bot, and one at which anybody adds it for themselves.
///
/// # Errors
/// Discord can't be asked, or does not take the token.
pub async fn invite(settings: &Settings) -> Result<String, ApiError> {
    let rest = Rest::new(settings.discord.token.expose(), &settings.discord.api_url, Rng::from_entropy())
        .map_err(|error| ApiError::Unreachable { error: error.to_string(), what: "setting up TLS".into() })?;
    let application: Application =
        rest.json(Request::new(Route::Oauth2ApplicationCurrent, LightMethod::Get)).await?;
    let (id, permissions) = (application.id, PERMISSIONS.bits());
    let base = format!("https://discord.com/oauth2/authorize?client_id={id}");
    let mut text = format!(
        "For a server:\n  {base}&integration_type=0&scope=bot+applications.commands&permissions={permissions}\n"
    );
    if application.is_for_users() {
        text.push_str(&format!(
            "For yourself, wherever you are:\n  {base}&integration_type=1&scope=applications.commands\n"
        ));
    }
    Ok(text)
}
