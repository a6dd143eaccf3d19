//! The loop of syncs: from the homeserver to the inbox, until the program is to stop.

use std::io::Write as _;
use std::path::Path;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use backon::BackoffBuilder;
use matrix_sdk::config::{SyncSettings, SyncToken};
use matrix_sdk::ruma::presence::PresenceState;
use matrix_sdk::sync::{RoomUpdates, SyncResponse};
use matrix_sdk::{Client, Error};
use tokio::sync::broadcast::Receiver;
use tokio_util::sync::CancellationToken;
use tokio_util::task::{AbortOnDropHandle, TaskTracker};

use crate::chat::shared::drain::drain;
use crate::commands::World;
use crate::settings::{MatrixSettings, Settings};

use super::account::encryption::{self, Security};
use super::account::login::Who;
use super::account::session::{Session, open};
use super::account::verification;
use super::bot::Bot;
use super::error::FatalError;
use super::ids::{PLATFORM, caller_id};
use super::inbox::Inbox;
use super::ledger::Ledger;
use super::retry::{ErrorClass, brief, classify, pauses, seconds};
use super::stores;
use super::sync_filter::sync_filter;

/// The time for storing the sync token at the end.
const WRITE: Duration = Duration::from_secs(1);

/// The longest time that storing a sync, and the next one, wait for the answers.
const ANSWERS_FIRST: Duration = Duration::from_millis(10);

/// The time that the homeserver holds a sync when nothing happens.
const HOLD: Duration = Duration::from_secs(30);

/// Connects to the homeserver and answers until `stop` is cancelled.
///
/// # Errors
/// Why the bot can't go on, in words for the operator.
pub async fn run(world: Arc<World>, settings: &Settings, stop: CancellationToken) -> Result<(), FatalError> {
    let Some(session) = open(settings, &world.rng, &stop, Who::Program).await? else {
        return Ok(());
    };
    let session = Arc::new(session);
    let account = caller_id(session.user.as_str());
    let token = world.community.heard(&account).await.map_err(|error| FatalError(error.to_string()))?;
    let (ledger, keeping) = Ledger::new(Arc::clone(&world), account.clone());
    let bot = Arc::new(Bot::new(Arc::clone(&world), &session, settings, account));
    verification::listen(&session.client, settings);
    let tasks = TaskTracker::new();
    let inbox = Inbox::new(bot, Arc::clone(&ledger), tasks.clone());
    let outcome = tokio::select! {
        () = stop.cancelled() => Ok(()),
        error = receive(&world, &inbox, &session, settings, &ledger, token) => Err(error),
    };
    world.outboxes.close(PLATFORM);
    let left = drain(&tasks, std::future::ready(())).await;
    if left > 0 {
        tracing::warn!(left, "commands were still under way at the end: they are answered next time");
    }
    drop((ledger, inbox));
    // The ledger stores the last token when it is dropped; tasks that are still under way keep it open.
    let _ = tokio::time::timeout(WRITE, keeping).await;
    outcome
}

/// Syncs without end; returns only a permanent error.
async fn receive(
    world: &World,
    inbox: &Inbox,
    session: &Arc<Session>,
    settings: &Settings,
    ledger: &Ledger,
    mut token: Option<String>,
) -> FatalError {
    let client = &session.client;
    let mut updates = client.subscribe_to_all_room_updates();
    // The first events after a start may have been answered before it.
    let mut is_first = true;
    let mut waits = None;
    // Runs until this function ends.
    let mut _background = None;
    loop {
        let request = SyncSettings::new()
            .filter(sync_filter())
            .set_presence(PresenceState::Online)
            // An empty store does not learn from a difference which rooms there are.
            .full_state(is_first && session.is_blank)
            // The first sync, and the first after a failure, return at once.
            .timeout(if is_first || waits.is_some() { Duration::ZERO } else { HOLD })
            .token(token.clone().map_or(SyncToken::NoToken, SyncToken::Specific));
        // What a sync brought that could not be stored is answered, and comes again.
        let perhaps_answered = is_first || waits.is_some();
        let take = |updates: &RoomUpdates| inbox.take(updates, token.as_deref(), perhaps_answered);
        let synced = match sync(client, request, &mut updates, ledger, take).await {
            Ok(synced) => synced,
            Err(error) => {
                let class = classify(&error);
                if let ErrorClass::LoggedOut { soft } = class {
                    return logged_out(session, soft);
                }
                let waits = waits.get_or_insert_with(|| pauses().build());
                let wait = match class {
                    ErrorClass::Transient(Some(named)) => named,
                    _ => waits.next().unwrap_or(HOLD),
                };
                report(class, &error, wait, &settings.data.folder);
                tokio::time::sleep(wait).await;
                continue;
            }
        };
        if waits.take().is_some() {
            tracing::info!("the homeserver answers again");
        }
        ledger.ends(&synced.next_batch);
        token = Some(synced.next_batch);
        if is_first {
            is_first = false;
            tracing::info!(rooms = client.joined_rooms().len(), user = %session.user, "Matrix is ready");
            world.outboxes.open(PLATFORM, Arc::clone(&inbox.bot().outbox) as _);
            let (bot, session, matrix) = (inbox.bot(), Arc::clone(session), settings.matrix.clone());
            _background = Some(AbortOnDropHandle::new(tokio::spawn(async move {
                tokio::join!(bot.settle(), keep_trying_to_secure(&session, &matrix));
            })));
        }
    }
}

/// Syncs once, and stores what that brought. `take` gets the rooms' updates before the client library has asked the
/// homeserver for what it needs because of them, and what may wait is stored after the answers.
async fn sync(
    client: &Client,
    request: SyncSettings,
    updates: &mut Receiver<RoomUpdates>,
    ledger: &Ledger,
    take: impl Fn(&RoomUpdates),
) -> Result<SyncResponse, Error> {
    let synced = {
        let mut syncing = pin!(client.sync_once(request));
        loop {
            tokio::select! {
                biased;
                Ok(update) = updates.recv() => take(&update),
                synced = &mut syncing => break synced,
            }
        }
    };
    while let Ok(update) = updates.try_recv() {
        take(&update);
    }
    let synced = synced?;
    // On a small machine the answers share two cores with all else, and the homeserver has to choose between them and
    // the next sync.
    let _ = tokio::time::timeout(ANSWERS_FIRST, ledger.answered()).await;
    stores::settle(client).await?;
    Ok(synced)
}

/// What the operator has to do after a logout.
fn logged_out(session: &Session, is_soft: bool) -> FatalError {
    if is_soft {
        let way_back = session.forget_login();
        return FatalError(format!("the homeserver wants {} to log in again: {way_back}.", session.user));
    }
    let login = match session.is_by_oauth() {
        true => "set MATRIX_RECOVERY_KEY, run `rapporteur matrix login`, and start again",
        false => "set MATRIX_PASSWORD and MATRIX_RECOVERY_KEY, and start again",
    };
    FatalError(format!(
        "the homeserver does not take the access token of {} any more: its device was logged out. \
         Remove {}, {login}.",
        session.user,
        session.folder.display()
    ))
}

/// Logs why a sync failed.
fn report(class: ErrorClass, error: &Error, wait: Duration, data: &Path) {
    let (error, seconds) = (brief(error), seconds(wait));
    match class {
        ErrorClass::Local => tracing::warn!(
            error,
            seconds,
            folder = %data.join("matrix").display(),
            "what the homeserver sent can't be stored (is the disk full?), trying again"
        ),
        ErrorClass::Locked => {
            tracing::warn!(error, seconds, "the homeserver has locked the account, trying again");
        }
        _ => tracing::warn!(error, seconds, "the homeserver does not answer, trying again"),
    }
}

/// Sets the encryption up, as often as it takes, and reports the result to the operator.
async fn keep_trying_to_secure(session: &Session, matrix: &MatrixSettings) {
    let mut waits = pauses().build();
    loop {
        match encryption::secure(session, matrix).await {
            Ok(Security::Whole) => break tracing::info!("the encryption is set up"),
            Ok(Security::New(key)) => {
                // Not in the log, which others may read.
                let shown = encryption::recovery_key_shown(&session.user, &key);
                match std::io::stdout().write_all(format!("{shown}\n").as_bytes()) {
                    Ok(()) => encryption::recovery_key_was_shown(session),
                    Err(error) => tracing::warn!(%error, "the recovery key can't be shown"),
                }
                break tracing::info!("the encryption is set up");
            }
            Ok(Security::Partial(why)) => break tracing::warn!("{why}."),
            Err(error) => {
                let wait = waits.next().unwrap_or(HOLD);
                let error = brief(&error);
                tracing::warn!(
                    error,
                    seconds = seconds(wait),
                    "the encryption can't be set up, trying again"
                );
                tokio::time::sleep(wait).await;
            }
        }
    }
}
