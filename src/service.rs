//! Starting: from the settings to a world in which commands can run, and to the platforms that run them.

use std::sync::Arc;
use std::time::{Duration, UNIX_EPOCH};

use anyhow::Context as _;
use futures::future::join_all;
use tokio_util::sync::CancellationToken;

use crate::answer::{Answer, AnswerKind};
use crate::chat::services::SERVICES;
use crate::commands::{self, Caller, LOOK, Request, Role, World};
use crate::community::Community;
use crate::env::{Clock, Rng, SystemClock};
use crate::library::LibraryStore;
use crate::outbox::Outboxes;
use crate::say;
use crate::settings::Settings;

/// How long a program that runs goes on until it forgets old questions again.
const FORGET: Duration = Duration::from_secs(60 * 60);

/// Whether a pack was written after the packs were last loaded, or none was ever loaded.
///
/// # Errors
/// The community database can't be read.
pub async fn packs_are_newer(world: &World) -> anyhow::Result<bool> {
    let Some(current) = world.community.current().await? else { return Ok(true) };
    let loaded = UNIX_EPOCH + Duration::from_millis(current.used_at.unsigned_abs());
    let newer = |entry: std::fs::DirEntry| {
        let is_pack = entry.path().extension().is_some_and(|kind| kind == "toml" || kind == "json");
        is_pack && entry.metadata().and_then(|it| it.modified()).is_ok_and(|it| it > loaded)
    };
    Ok(std::fs::read_dir(&world.packs).is_ok_and(|entries| entries.flatten().any(newer)))
}

/// Opens the databases of the data folder. Where no library can be opened, the packs are loaded; the
/// answer to that is given too, if it is not a good one.
///
/// # Errors
/// The data folder can't be made, read or written.
pub async fn open(settings: &Settings) -> anyhow::Result<(World, Option<Answer>)> {
    let world = open_only(settings).await?;
    if world.store.current().is_some() {
        return Ok((world, None));
    }
    let caller = Caller { id: "program:start".into(), role: Role::Editor };
    let reload = commands::command("reload").with_context(|| say!("program-no-library"))?;
    let answer = commands::run(&world, &Request::new(reload, caller, None)).await;
    Ok((world, Some(answer).filter(|answer| answer.kind != AnswerKind::Found)))
}

/// The same without loading anything.
///
/// # Errors
/// The data folder can't be made, read or written.
pub async fn open_only(settings: &Settings) -> anyhow::Result<World> {
    let folder = &settings.data.folder;
    let unusable = || say!("program-data-unusable", folder = folder.display());
    let community = Community::open(folder).await.with_context(unusable)?;
    let store = LibraryStore::open(folder).with_context(unusable)?;
    let clock = SystemClock;
    let world = World {
        store,
        community,
        outboxes: Outboxes::default(),
        started: clock.now(),
        clock: Arc::new(clock),
        rng: Rng::from_entropy(),
        packs: settings.library.packs.clone(),
        keep_gaps: settings.questions.keep,
        keep_revisions: settings.library.keep_revisions.into(),
        quorum: settings.discussion.quorum.into(),
        late: i64::from(settings.discussion.late_minutes) * 60_000,
    };
    world.catch_up().await.with_context(unusable)?;
    Ok(world)
}

/// Runs all platforms that the settings configure, until `stop` is cancelled or one of them can't go on.
///
/// # Errors
/// Nothing is configured, the data folder can't be used, or why a platform ended.
pub async fn run(settings: &Settings, stop: CancellationToken) -> anyhow::Result<()> {
    if !SERVICES.iter().any(|service| service.is_set_up(settings)) {
        let needs = SERVICES.iter().map(|it| {
            say!("program-needs", platform = it.platform().title(), variables = it.needs().join(", "))
        });
        let needs = needs.collect::<Vec<_>>().join(" ");
        anyhow::bail!(say!("program-nothing-to-run", needs = needs));
    }
    let (world, trouble) = open(settings).await?;
    if let Some(answer) = trouble {
        tracing::error!(cause = answer.title, "not all packs were loaded: `rapporteur load` says more");
    }
    let world = Arc::new(world);
    let looking = tokio::spawn({
        let world = Arc::clone(&world);
        async move {
            loop {
                tokio::time::sleep(LOOK).await;
                if let Err(error) = world.catch_up().await {
                    tracing::warn!(%error, "can't look for a newer revision");
                }
            }
        }
    });
    let discussing = tokio::spawn({
        let world = Arc::clone(&world);
        async move {
            loop {
                tokio::time::sleep(LOOK).await;
                if let Err(error) = commands::move_discussions_on(&world).await {
                    tracing::warn!(%error, "discussions can't be moved on");
                }
            }
        }
    });
    let forgetting = tokio::spawn({
        let world = Arc::clone(&world);
        async move {
            loop {
                // Also where nobody asks anything that would have it done.
                if let Err(error) = commands::forget_old_gaps(&world).await {
                    tracing::warn!(%error, "old questions can't be forgotten");
                }
                if let Err(error) = commands::forget_left_rooms(&world).await {
                    tracing::warn!(%error, "rooms that the bot was removed from can't be forgotten");
                }
                tokio::time::sleep(FORGET).await;
            }
        }
    });
    let outcome = platforms(world, settings, stop).await;
    looking.abort();
    discussing.abort();
    forgetting.abort();
    outcome
}

/// Runs the platforms beside each other: one that can't go on leaves the others alone.
async fn platforms(world: Arc<World>, settings: &Settings, stop: CancellationToken) -> anyhow::Result<()> {
    let running = SERVICES.iter().filter(|service| service.is_set_up(settings)).map(|service| {
        let (world, stop) = (Arc::clone(&world), stop.clone());
        async move {
            let ended = service.run(world, settings, stop).await;
            // Said at once, whatever becomes of the others.
            if let Err(error) = &ended {
                tracing::error!(platform = service.platform().as_str(), cause = %error, "a platform ended");
            }
            ended
        }
    });
    join_all(running).await.into_iter().collect()
}
