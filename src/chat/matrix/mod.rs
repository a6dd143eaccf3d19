//! Matrix: messages and reactions in, notices out, in encrypted rooms too.
//!
//! Everything that a command is comes from the table in [`crate::commands`], and everything that is
//! answered from its Answers; this folder only knows how Matrix writes both.

mod attachment;
mod attention;
mod bot;
mod choices;
mod clocks;
mod conversation;
mod draft;
mod encryption;
mod failure;
mod gate;
mod inbox;
mod incoming;
mod kept;
mod ledger;
mod locks;
mod mention;
pub mod message;
pub mod msc4391;
mod oauth;
mod operator;
mod outbox;
mod profile;
mod queue;
mod reaction_action;
mod reactions;
mod retry;
mod room;
mod session;
mod text;
mod undecrypted;
mod verify;
mod views;

use std::io::Write as _;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use backon::BackoffBuilder;
use matrix_sdk::config::SyncSettings;
use matrix_sdk::ruma::api::client::filter::{FilterDefinition, LazyLoadOptions};
use matrix_sdk::ruma::api::client::sync::sync_events::v3::Filter as SyncFilter;
use matrix_sdk::ruma::presence::PresenceState;
use matrix_sdk::ruma::uint;
use matrix_sdk::sync::RoomUpdates;
use tokio_util::sync::CancellationToken;
use tokio_util::task::{AbortOnDropHandle, TaskTracker};

use crate::chat::shared::drain::drain;
use crate::commands::World;
use crate::settings::{MatrixSettings, Secret, Settings};

use bot::Bot;
use encryption::Security;
use ledger::Ledger;
use retry::{ErrorClass, brief, classify, pauses, seconds};
use session::{Session, Who};

pub use operator::{login, status};

/// What requests from here are said to come from.
const PLATFORM: &str = "matrix";

/// How long writing down how far we have come may take at the end.
const WRITE: Duration = Duration::from_secs(1);

/// How long the next sync waits for the answers to what came with the last one.
const ANSWERS_FIRST: Duration = Duration::from_millis(10);

/// How long the homeserver holds a sync when nothing happens.
const HOLD: Duration = Duration::from_secs(30);

/// Why the bot can't go on, in words for the operator.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct FatalError(pub(crate) String);

/// Somebody at a terminal, while the bot logs in.
pub trait Operator: Sync {
    /// Shows a text, which may have several lines.
    fn say(&self, text: &str);
    /// Asks for the account's password, which is not shown. `None` if nobody is there to type it.
    fn password(&self) -> Option<Secret>;
}

/// What a sync brings: rooms with as much of their latest messages as is worth it, and no presence,
/// typing or receipts.
fn filter() -> SyncFilter {
    let mut filter = FilterDefinition::default();
    filter.presence.types = Some(Vec::new());
    filter.room.ephemeral.types = Some(Vec::new());
    filter.room.timeline.limit = Some(uint!(100));
    filter.room.state.lazy_load_options = LazyLoadOptions::Enabled { include_redundant_members: false };
    SyncFilter::FilterDefinition(filter)
}

/// Connects to the homeserver and answers until `stop` is cancelled.
///
/// # Errors
/// The bot can't go on, in words for the operator.
pub async fn run(world: Arc<World>, settings: &Settings, stop: CancellationToken) -> Result<(), FatalError> {
    let Some(session) = session::open(settings, &world.rng, &stop, Who::Program).await? else {
        return Ok(());
    };
    let session = Arc::new(session);
    let account = format!("{PLATFORM}:{}", session.user);
    let token = world.community.heard(&account).await.map_err(|error| FatalError(error.to_string()))?;
    let (ledger, keeping) = Ledger::new(Arc::clone(&world), account.clone());
    let bot = Arc::new(Bot::new(world, &session, settings, account));
    verify::listen(&session.client, settings);
    let tasks = TaskTracker::new();
    let outcome = tokio::select! {
        () = stop.cancelled() => Ok(()),
        ended = receive(&bot, &session, settings, &ledger, &tasks, token) => Err(ended),
    };
    let left = drain(&tasks, std::future::ready(())).await;
    if left > 0 {
        tracing::warn!(left, "commands were still under way at the end: they are answered next time");
    }
    drop((ledger, bot));
    // How far we have come is written down to the end; what is still under way holds that open.
    let _ = tokio::time::timeout(WRITE, keeping).await;
    outcome
}

/// Syncs for ever; ends only for a reason that lasts.
async fn receive(
    bot: &Arc<Bot>,
    session: &Arc<Session>,
    settings: &Settings,
    ledger: &Arc<Ledger>,
    tasks: &TaskTracker,
    mut token: Option<String>,
) -> FatalError {
    let client = &session.client;
    let mut news = client.subscribe_to_all_room_updates();
    // What comes after a start was perhaps answered before it.
    let mut first = true;
    let mut waits = None;
    // They go on until we end.
    let mut _beside = None;
    loop {
        let mut how = SyncSettings::new()
            .filter(filter())
            .set_presence(PresenceState::Online)
            // Where all that we know is how far we have heard, no difference tells which rooms there are.
            .full_state(first && session.is_blank)
            // What matters is said first; then there is time to wait.
            .timeout(if first || waits.is_some() { Duration::ZERO } else { HOLD });
        how = match &token {
            Some(token) => how.token(token.clone()),
            None => how.token(matrix_sdk::config::SyncToken::NoToken),
        };
        // The rooms' news come before what the client library has to ask the homeserver because of them.
        let take = |heard: &RoomUpdates| bot.take(heard, token.as_deref(), first, ledger, tasks);
        let synced = {
            let mut syncing = pin!(client.sync_once(how));
            loop {
                tokio::select! {
                    biased;
                    Ok(heard) = news.recv() => take(&heard),
                    synced = &mut syncing => break synced,
                }
            }
        };
        while let Ok(heard) = news.try_recv() {
            take(&heard);
        }
        let heard = match synced {
            Ok(heard) => heard,
            Err(error) => match classify(&error) {
                ErrorClass::LoggedOut { soft: true } => {
                    let way_back = session.forget_login();
                    return FatalError(format!(
                        "the homeserver wants {} to log in again: {way_back}.",
                        session.user
                    ));
                }
                ErrorClass::LoggedOut { soft: false } => {
                    let login = match session.is_by_oauth() {
                        true => "set MATRIX_RECOVERY_KEY, run `rapporteur matrix login`, and start again",
                        false => "set MATRIX_PASSWORD and MATRIX_RECOVERY_KEY, and start again",
                    };
                    return FatalError(format!(
                        "the homeserver does not take the access token of {} any more: its device was logged out. \
                         Remove {}, {login}.",
                        session.user,
                        session.folder.display()
                    ));
                }
                what => {
                    let waits = waits.get_or_insert_with(|| pauses().build());
                    let wait = match what {
                        ErrorClass::Transient(Some(named)) => named,
                        _ => waits.next().unwrap_or(HOLD),
                    };
                    let error = brief(&error);
                    let seconds = seconds(wait);
                    match what {
                        ErrorClass::Here => tracing::warn!(
                            error,
                            seconds,
                            folder = %settings.data.folder.join("matrix").display(),
                            "what was heard can't be written down here (is the disk full?), trying again"
                        ),
                        ErrorClass::Locked => {
                            tracing::warn!(
                                error,
                                seconds,
                                "the homeserver has locked the account, trying again"
                            );
                        }
                        _ => tracing::warn!(error, seconds, "the homeserver does not answer, trying again"),
                    }
                    tokio::time::sleep(wait).await;
                    continue;
                }
            },
        };
        if waits.take().is_some() {
            tracing::info!("Matrix is heard again");
        }
        ledger.ends(&heard.next_batch);
        // On a small machine the homeserver has to choose between the next sync and what we answer to this one.
        let _ = tokio::time::timeout(ANSWERS_FIRST, ledger.reaches(&heard.next_batch)).await;
        token = Some(heard.next_batch);
        if first {
            first = false;
            tracing::info!(rooms = client.joined_rooms().len(), user = %session.user, "Matrix is ready");
            let (bot, session, matrix) = (Arc::clone(bot), Arc::clone(session), settings.matrix.clone());
            _beside = Some(AbortOnDropHandle::new(tokio::spawn(async move {
                tokio::join!(bot.settle(), keep_trying_to_secure(&session, &matrix));
            })));
        }
    }
}

/// Sets the encryption up, as often as it takes, and tells the operator how it stands.
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
