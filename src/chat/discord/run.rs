//! The connection to Discord, from the first request to the end of what is under way.

use std::sync::Arc;
use std::time::Duration;

use backon::{BackoffBuilder, ExponentialBuilder};
use futures::StreamExt;
use futures::stream::FuturesUnordered;
use serenity::http::{LightMethod, Request, Route};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use tokio_util::task::{AbortOnDropHandle, TaskTracker};

use crate::chat::shared::drain::drain;
use crate::commands::{LOOK, World};
use crate::env::Rng;
use crate::settings::{Settings, Shards};

use super::access::Access;
use super::application::Application;
use super::bot::Bot;
use super::command_registration::{self, RegistrationOptions};
use super::gateway::{self, Advice, Event, FatalError, IdentifyQueue, Shard, Starts};
use super::platform::PLATFORM;
use super::rest::{ApiError, Rest};

/// How many events may wait to be looked at.
const MAX_WAITING_EVENTS: usize = 1_024;

/// The shards that run. Each gives the reason why it can't go on, if there is one.
type RunningShards = FuturesUnordered<JoinHandle<Result<(), FatalError>>>;

/// Connects to Discord and answers until `stop` is cancelled.
///
/// # Errors
/// Discord does not want this bot, in words for the operator.
pub async fn run(world: Arc<World>, settings: &Settings, stop: CancellationToken) -> Result<(), FatalError> {
    let discord = &settings.discord;
    let rest = Arc::new(client(&world, settings)?);
    let Some((application, advice)) = introduced(&rest, &stop).await? else { return Ok(()) };
    rest.belong_to(application.id);
    let range = ShardRange::of(discord.shards, &advice);
    if !may_start(&range, &advice.session_start_limit, &stop).await {
        return Ok(());
    }
    let (events, mut incoming) = mpsc::channel(MAX_WAITING_EVENTS);
    // Commands under way end before the connection does.
    let hang_up = CancellationToken::new();
    let mut shards = start_shards(&world, settings, &range, &advice, &events, &hang_up)?;
    let tasks = TaskTracker::new();
    let bot = Arc::new(Bot::new(world, Arc::clone(&rest), Access(settings.access.clone())));
    bot.world.outboxes.open(PLATFORM, Arc::clone(&bot.outbox) as _);
    let registering = AbortOnDropHandle::new(tokio::spawn(keep_registered(
        Arc::clone(&bot),
        discord.register_in.clone(),
        application.is_for_users(),
    )));
    let ended = tokio::select! {
        () = stop.cancelled() => Ok(()),
        ended = receive(&bot, &mut incoming, &mut shards, &tasks) => ended,
    };
    bot.world.outboxes.close(PLATFORM);
    drop(registering);
    // The answer from now on is to ask again, as long as what was asked before takes.
    bot.close();
    let more = async {
        while let Some(event) = incoming.recv().await {
            handle(&bot, &tasks, event);
        }
    };
    let left = drain(&tasks, more).await;
    if left > 0 {
        tracing::warn!(left, "commands were still under way at the end");
    }
    hang_up.cancel();
    // Nobody waits for events any more: a shard must not wait for room for one.
    drop((events, incoming));
    while shards.next().await.is_some() {}
    ended
}

/// Which shards are ours, and how many there are.
struct ShardRange {
    first: u32,
    end: u32,
    total: u32,
}

impl ShardRange {
    fn of(shards: Shards, advice: &Advice) -> ShardRange {
        match shards {
            Shards::Auto => ShardRange { first: 0, end: advice.shards.max(1), total: advice.shards.max(1) },
            Shards::Range { first, end, total } => ShardRange { first, end, total },
        }
    }
}

/// Waits until Discord lets so many shards start. `false` if we are stopped meanwhile.
async fn may_start(range: &ShardRange, starts: &Starts, stop: &CancellationToken) -> bool {
    let ShardRange { first, end, total } = *range;
    tracing::info!(first, end, total, starts_left = starts.remaining, "connecting to Discord");
    if starts.remaining >= end - first {
        return true;
    }
    let seconds = starts.reset_after / 1000;
    tracing::error!(seconds, "the bot was started too often today: waiting until Discord allows it again");
    tokio::select! {
        () = stop.cancelled() => false,
        () = tokio::time::sleep(Duration::from_millis(starts.reset_after)) => true,
    }
}

fn start_shards(
    world: &World,
    settings: &Settings,
    range: &ShardRange,
    advice: &Advice,
    events: &mpsc::Sender<Event>,
    stop: &CancellationToken,
) -> Result<RunningShards, FatalError> {
    let url = gateway::check(&advice.url)?;
    let identify_queue = IdentifyQueue::new(advice.session_start_limit.max_concurrency);
    let rng = Arc::new(Rng::seeded(world.rng.seed()));
    let shards = (range.first..range.end).map(|number| {
        let shard = Shard {
            number: [number, range.total],
            token: settings.discord.token.expose().to_string(),
            url: url.clone(),
            identify_queue: identify_queue.clone(),
            events: events.clone(),
            stop: stop.clone(),
            rng: Arc::clone(&rng),
        };
        tokio::spawn(shard.run())
    });
    Ok(shards.collect())
}

/// Handles events until a shard can't go on.
async fn receive(
    bot: &Arc<Bot>,
    incoming: &mut mpsc::Receiver<Event>,
    shards: &mut RunningShards,
    tasks: &TaskTracker,
) -> Result<(), FatalError> {
    loop {
        tokio::select! {
            Some(ended) = shards.next() => {
                ended.unwrap_or_else(|error| Err(FatalError(format!("a shard failed: {error}"))))?;
            }
            event = incoming.recv() => match event {
                // What comes next may need to know who we are.
                Some(event) if event.name == "READY" => bot.ready(&event.data),
                Some(event) => handle(bot, tasks, event),
                // Not while our caller has a sender of its own.
                None => return Ok(()),
            },
        }
    }
}

fn handle(bot: &Arc<Bot>, tasks: &TaskTracker, event: Event) {
    let bot = Arc::clone(bot);
    tasks.spawn(async move { bot.handle_event(event).await });
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
            let application = Application::fetch(rest).await?;
            let advice = rest.json(Request::new(Route::GatewayBot, LightMethod::Get)).await?;
            Ok::<_, ApiError>((application, advice))
        };
        let failure = tokio::select! {
            () = stop.cancelled() => return Ok(None),
            asked = asking => match asked {
                Ok(answers) => return Ok(Some(answers)),
                Err(failure) => failure,
            },
        };
        if failure.is_unauthorized() {
            return Err(FatalError(
                "Discord does not take the token. Copy it again from the Developer Portal: Bot, Reset Token."
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
        let options = RegistrationOptions { several_articles, for_users };
        if known != Some(options) {
            match command_registration::register(&bot.rest, &servers, options).await {
                Ok((changed, commands)) => {
                    bot.outbox.learn_commands(commands);
                    let what =
                        if changed { "commands registered" } else { "commands are registered already" };
                    tracing::info!("{what}");
                    known = Some(options);
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
