//! The bot's account: one device for ever, its keys on the disk, and signed so that others trust it.

use std::fs::{File, TryLockError};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

use backon::BackoffBuilder;
use matrix_sdk::authentication::matrix::MatrixSession;
use matrix_sdk::config::RequestConfig;
use matrix_sdk::encryption::identities::ManualVerifyError;
use matrix_sdk::encryption::recovery::RecoveryError;
use matrix_sdk::encryption::secret_storage::SecretStorageError;
use matrix_sdk::encryption::{BackupDownloadStrategy, EncryptionSettings};
use matrix_sdk::ruma::api::client::keys::get_keys;
use matrix_sdk::ruma::api::client::uiaa::{AuthData, MatrixUserIdentifier, Password, UserIdentifier};
use matrix_sdk::ruma::{OwnedDeviceId, OwnedUserId};
use matrix_sdk::store::StateStoreDataKey;
use matrix_sdk::{Client, ClientBuildError, Error, SessionMeta, SessionTokens};
use serde::{Deserialize, Serialize};
use tokio_util::sync::CancellationToken;

use crate::chance::Dice;
use crate::settings::{MatrixSettings, Settings};

use super::Ended;
use super::patience::{Trouble, brief, patiently, pauses, seconds, trouble};

/// How long one request may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// How long finding the homeserver may take.
const REACH: Duration = Duration::from_secs(15);

/// A file that is there until a new recovery key was shown.
const UNSHOWN: &str = "recovery-key-not-shown";

/// How long setting up the encryption may take.
const SET_UP: Duration = Duration::from_secs(300);

/// What is kept of the login, in `matrix/session.json`.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Kept {
    /// Whose it is, as in the settings.
    user: OwnedUserId,
    /// The one device of this data folder. It is written down before the first login with it, so that a
    /// login that breaks off makes no second one.
    device: OwnedDeviceId,
    /// Its access token; none before the first login.
    token: Option<String>,
}

/// The bot's account, logged in.
pub(super) struct Session {
    pub client: Client,
    pub user: OwnedUserId,
    /// Whether the login was made just now.
    pub is_new: bool,
    /// Whether nothing is known yet of the account's rooms.
    pub is_blank: bool,
    folder: PathBuf,
    /// Nobody else may use the keys while this is open.
    _lock: File,
}

impl Session {
    /// The operator has the recovery key now.
    pub fn recovery_key_was_shown(&self) {
        if let Err(error) = std::fs::remove_file(self.folder.join(UNSHOWN)) {
            tracing::warn!(%error, "the next start will show another recovery key");
        }
    }

    /// The homeserver wants a new login of the same device.
    pub fn forget_login(&self) {
        let forgetting = read(&self.folder)
            .and_then(|kept| kept.map_or(Ok(()), |kept| write(&self.folder, &Kept { token: None, ..kept })));
        if let Err(Failure::Lasting(error)) = forgetting {
            tracing::error!(%error, "the login can't be taken out");
        }
    }
}

/// Whether a homeserver that can't be reached is tried again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Persistence {
    ForEver,
    Once,
}

/// Logs in, or takes up the login of before. `None` if it is to stop.
///
/// # Errors
/// What an operator has to change.
pub(super) async fn open(
    settings: &Settings,
    dice: &Dice,
    stop: &CancellationToken,
    persistence: Persistence,
) -> Result<Option<Session>, Ended> {
    let folder = settings.data.folder.join("matrix");
    let unusable = |error: std::io::Error| Ended(format!("{} can't be used: {error}", folder.display()));
    make_private_folder(&folder).map_err(unusable)?;
    let lock = File::create(folder.join("lock")).map_err(unusable)?;
    match lock.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            return Err(Ended(format!(
                "another Rapporteur already runs with the encryption keys in {}. Two programs would spoil them: \
                 stop the other one, or give this one another data folder and another account.",
                folder.display()
            )));
        }
        Err(TryLockError::Error(error)) => return Err(unusable(error)),
    }
    let matrix = &settings.matrix;
    let mut waits = pauses().build();
    loop {
        let attempt = tokio::select! {
            () = stop.cancelled() => return Ok(None),
            attempt = log_in(matrix, &folder, dice) => attempt,
        };
        let attempt = match attempt {
            Ok((client, user, is_new, is_blank)) => {
                return Ok(Some(Session { client, user, is_new, is_blank, folder, _lock: lock }));
            }
            Err(Failure::Lasting(ended)) => return Err(ended),
            Err(Failure::Passing(why, named)) => (why, named),
        };
        let (why, named) = attempt;
        if persistence == Persistence::Once {
            return Err(Ended(format!(
                "{} can't be reached: {why}. Is matrix.homeserver right? It is a server's name, or an address with \
                 http:// or https://.",
                matrix.homeserver
            )));
        }
        let wait = named.or_else(|| waits.next()).unwrap_or(Duration::from_secs(20));
        tracing::warn!(why, seconds = seconds(wait), "the homeserver can't be reached, trying again");
        tokio::select! {
            () = stop.cancelled() => return Ok(None),
            () = tokio::time::sleep(wait) => {}
        }
    }
}

/// Why a login did not work.
enum Failure {
    /// It may work later: after this time, if the homeserver says so.
    Passing(String, Option<Duration>),
    Lasting(Ended),
}

fn lasting(text: impl Into<String>) -> Failure {
    Failure::Lasting(Ended(text.into()))
}

/// What an error at login means; `refused` is what to say when the homeserver does not want us.
fn failure(error: Error, refused: &str) -> Failure {
    match trouble(&error) {
        Trouble::Passing(named) => Failure::Passing(brief(&error), named),
        Trouble::LoggedOut { .. } => lasting(refused),
        Trouble::Locked => {
            lasting(format!("the homeserver has locked the account, or lets nobody in for now: {error}"))
        }
        Trouble::Here => lasting(format!("the login can't be written down here: {error}. Is the disk full?")),
        // Somebody else than a homeserver said so, or one that knows no such thing.
        Trouble::Lasting if error.client_api_error_kind().is_none() => lasting(format!(
            "that is no homeserver, or it can't do this: {error}. Is matrix.homeserver right?"
        )),
        Trouble::Lasting => lasting(format!("{refused} ({error})")),
    }
}

async fn log_in(
    matrix: &MatrixSettings,
    folder: &Path,
    dice: &Dice,
) -> Result<(Client, OwnedUserId, bool, bool), Failure> {
    // A device with which nobody has logged in is nothing yet, and can be another account's.
    let user = if matrix.user.is_empty() { None } else { Some(full_user_id(matrix)?) };
    let kept = read(folder)?
        .filter(|kept| kept.token.is_some() || user.as_ref().is_none_or(|user| *user == kept.user));
    let token = matrix.access_token.expose();
    // Whose token it is has to be asked for, and of whose device.
    let kept = match (kept, token.is_empty()) {
        (Some(kept), true) => kept,
        (Some(kept), false) if kept.token.as_deref() == Some(token) => kept,
        (kept, false) => {
            let owner = owner_of(matrix, token).await?;
            if let Some(kept) = kept.filter(|kept| kept.user != owner.user || kept.device != owner.device) {
                return Err(lasting(format!(
                    "the access token is of {} on device {}, but {} holds the keys of {} on device {}. \
                     Use a token of that device, or another data folder.",
                    owner.user,
                    owner.device,
                    folder.display(),
                    kept.user,
                    kept.device
                )));
            }
            owner
        }
        (None, true) => {
            let user = full_user_id(matrix)?;
            let id: String = (0..10).map(|_| char::from(b'A' + dice.roll(26) as u8)).collect();
            let kept = Kept { user, device: id.into(), token: None };
            write(folder, &kept)?;
            kept
        }
    };
    if user.is_some_and(|user| user != kept.user) {
        return Err(lasting(format!(
            "the settings name {} but {} holds the keys of {}. Use another data folder for another account.",
            matrix.user,
            folder.display(),
            kept.user
        )));
    }
    let client = client(matrix, Some(&folder.join("store"))).await?;
    let is_blank = forget_token(&client).await?;
    let user = kept.user.clone();
    let Some(access_token) = kept.token.clone() else {
        let password = matrix.password.expose();
        if password.is_empty() {
            return Err(lasting("set MATRIX_PASSWORD or MATRIX_ACCESS_TOKEN, so that the bot can log in"));
        }
        let login = client
            .matrix_auth()
            .login_username(&user, password)
            .device_id(kept.device.as_str())
            .initial_device_display_name("Rapporteur")
            .send()
            .await;
        let refused = format!("the homeserver does not take the password of {user}");
        let session = login.map_err(|error| failure(error, &refused))?;
        write(folder, &Kept { token: Some(session.access_token), ..kept })?;
        return Ok((client, user, true, is_blank));
    };
    let is_new = read(folder)?.is_none();
    write(folder, &kept)?;
    client.restore_session(session(&kept, access_token)).await.map_err(|error| {
        lasting(format!(
            "the keys in {} can't be used: {error}. If they are lost, remove that folder, and set MATRIX_PASSWORD \
             and MATRIX_RECOVERY_KEY.",
            folder.display()
        ))
    })?;
    Ok((client, user, is_new, is_blank))
}

/// Forgets how far the client library has heard, and says whether it never heard anything.
///
/// What we have answered is behind that. The library takes a sync that ends where its last one ended for the
/// same again, and would keep from us what is in it.
async fn forget_token(client: &Client) -> Result<bool, Failure> {
    let damaged = |error| lasting(format!("what is kept of Matrix can't be read: {error}"));
    let store = client.state_store();
    let token = store.get_kv_data(StateStoreDataKey::SyncToken).await.map_err(damaged)?;
    store.remove_kv_data(StateStoreDataKey::SyncToken).await.map_err(damaged)?;
    Ok(token.is_none())
}

fn session(kept: &Kept, access_token: String) -> MatrixSession {
    MatrixSession {
        meta: SessionMeta { user_id: kept.user.clone(), device_id: kept.device.clone() },
        tokens: SessionTokens { access_token, refresh_token: None },
    }
}

/// A client that does not retry by itself: who asks knows how long to wait.
async fn client(matrix: &MatrixSettings, store: Option<&Path>) -> Result<Client, Failure> {
    let homeserver = matrix.homeserver.trim();
    let mut builder = Client::builder()
        .request_config(RequestConfig::new().disable_retry().timeout(PATIENCE))
        // The operator says where the homeserver is, and may have put something in between.
        .respect_login_well_known(false)
        .user_agent(concat!("rapporteur/", env!("CARGO_PKG_VERSION")))
        .with_encryption_settings(EncryptionSettings {
            // We do it ourselves, to tell the operator.
            auto_enable_cross_signing: false,
            auto_enable_backups: false,
            backup_download_strategy: BackupDownloadStrategy::AfterDecryptionFailure,
        });
    builder = match homeserver.starts_with("http://") || homeserver.starts_with("https://") {
        true => builder.homeserver_url(homeserver),
        false => builder.server_name_or_homeserver_url(homeserver),
    };
    if let Some(store) = store {
        builder = builder.sqlite_store(store, None);
    }
    let building = tokio::time::timeout(REACH, builder.build()).await;
    let built =
        building.map_err(|_| Failure::Passing(format!("no answer in {} seconds", REACH.as_secs()), None))?;
    built.map_err(|error| match error {
        ClientBuildError::AutoDiscovery(error) => {
            Failure::Passing(format!("{homeserver} does not say where its homeserver is: {error}"), None)
        }
        ClientBuildError::Http(error) => Failure::Passing(error.to_string(), None),
        error => lasting(format!("matrix.homeserver `{homeserver}` can't be used: {error}")),
    })
}

fn full_user_id(matrix: &MatrixSettings) -> Result<OwnedUserId, Failure> {
    OwnedUserId::try_from(matrix.user.trim()).map_err(|_| {
        lasting(format!("matrix.user `{}` is no user id: write @rapporteur:example.org", matrix.user))
    })
}

/// Asks the homeserver whose access token this is.
async fn owner_of(matrix: &MatrixSettings, token: &str) -> Result<Kept, Failure> {
    let asking = client(matrix, None).await?;
    let nobody = Kept {
        user: OwnedUserId::try_from("@nobody:localhost").map_err(|error| lasting(error.to_string()))?,
        device: "NOBODY".into(),
        token: None,
    };
    let refused = "the homeserver does not take the access token. Set another one, or MATRIX_PASSWORD.";
    asking.restore_session(session(&nobody, token.into())).await.map_err(|error| failure(error, refused))?;
    let owner = asking.whoami().await.map_err(|error| failure(error.into(), refused))?;
    let device = owner.device_id.ok_or_else(|| {
        lasting("the access token belongs to no device, and encryption needs one: log in with a password")
    })?;
    Ok(Kept { user: owner.user_id, device, token: Some(token.into()) })
}

fn read(folder: &Path) -> Result<Option<Kept>, Failure> {
    let path = folder.join("session.json");
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(lasting(format!("{} can't be read: {error}", path.display()))),
    };
    serde_json::from_str(&text)
        .map(Some)
        .map_err(|error| lasting(format!("{} is damaged: {error}", path.display())))
}

/// Writes the login down, whole or not at all, for this user's eyes only.
fn write(folder: &Path, kept: &Kept) -> Result<(), Failure> {
    let path = folder.join("session.json");
    let writing = || {
        let new = folder.join("session.json.new");
        // Permissions count when a file is made.
        match std::fs::remove_file(&new) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&new)?;
        file.write_all(serde_json::to_string_pretty(kept)?.as_bytes())?;
        file.sync_all()?;
        std::fs::rename(&new, &path)
    };
    writing().map_err(|error| lasting(format!("{} can't be written: {error}", path.display())))
}

fn make_private_folder(folder: &PathBuf) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// How the account's encryption stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Security {
    /// The device is signed, and the keys can be recovered.
    Whole,
    /// It was set up just now, with this recovery key.
    New(String),
    /// Something is missing, in words for the operator.
    Partial(String),
}

/// Signs the device, and sets up or uses the recovery of the account's keys. Whatever was broken off before
/// is made good.
///
/// # Errors
/// The homeserver failed; it can be tried again.
pub(super) async fn secure(session: &Session, matrix: &MatrixSettings) -> Result<Security, Error> {
    let encryption = session.client.encryption();
    encryption.wait_for_e2ee_initialization_tasks().await;
    let key = matrix.recovery_key.expose();
    let recovery = encryption.recovery();
    let has_storage = patiently("asking for the recovery", SET_UP, || async {
        encryption.secret_storage().is_enabled().await
    })
    .await?;
    let is_complete = encryption.cross_signing_status().await.is_some_and(|it| it.is_complete());
    // That we have an identity does not mean that others know it: its upload may have been lost.
    let is_published = is_published(session).await?;
    if !is_complete && has_storage {
        if key.is_empty() {
            return Ok(Security::Partial(format!(
                "{} has encryption keys that this device does not have. Set MATRIX_RECOVERY_KEY to the account's \
                 recovery key; until then other clients warn of the bot, or refuse it",
                session.user
            )));
        }
        if let Err(error) = recovery.recover_and_fix_backup(key).await {
            return partial(
                error,
                &format!("MATRIX_RECOVERY_KEY does not open the keys of {}", session.user),
            );
        }
    } else if !is_complete && is_published {
        return Ok(Security::Partial(format!(
            "{} was signed by another client that left no recovery key. Set up recovery there and set \
             MATRIX_RECOVERY_KEY, or verify the device there",
            session.user
        )));
    } else if !is_published && let Err(error) = publish(session, matrix).await {
        let refused = match error.as_uiaa_response().is_some() && matrix.password.is_empty() {
            true => {
                "the homeserver wants the password before others may trust the bot: set MATRIX_PASSWORD, start again"
            }
            false => "the keys by which others trust the bot can't be made known",
        };
        return partial(error.into(), refused);
    }
    let device =
        encryption.get_own_device().await.map_err(|error| Error::CryptoStoreError(Box::new(error)))?;
    if let Some(device) = device.filter(|device| !device.is_cross_signed_by_owner())
        && let Err(error) = device.verify().await
    {
        return match error {
            ManualVerifyError::Http(error) => {
                partial(Error::from(error).into(), "the device can't be signed")
            }
            error => Ok(Security::Partial(format!("the device can't be signed: {error}"))),
        };
    }
    let unshown = session.folder.join(UNSHOWN);
    if has_storage && !unshown.exists() {
        return Ok(Security::Whole);
    }
    // Whoever is to see the key has not seen it before this is removed.
    if let Err(error) = File::create(&unshown) {
        return Ok(Security::Partial(format!("{} can't be written: {error}", unshown.display())));
    }
    let made = match has_storage {
        // One of a start that ended too early: nobody has its key.
        true => match key.is_empty() {
            true => recovery.reset_key().await,
            false => recovery.reset_key().with_passphrase(key).await,
        },
        false => enable(session, key).await,
    };
    match made {
        Ok(recovery_key) => Ok(Security::New(recovery_key)),
        Err(error) => partial(error, "the recovery of the keys can't be set up"),
    }
}

/// Something is missing for good, or else an error that may pass.
fn partial(error: RecoveryError, why: &str) -> Result<Security, Error> {
    match error {
        RecoveryError::Sdk(error) | RecoveryError::SecretStorage(SecretStorageError::Sdk(error))
            if matches!(trouble(&error), Trouble::Passing(_)) =>
        {
            Err(error)
        }
        error => Ok(Security::Partial(format!("{why}: {error}"))),
    }
}

async fn enable(session: &Session, key: &str) -> Result<String, RecoveryError> {
    let encryption = session.client.encryption();
    let recovery = encryption.recovery();
    let enabling = || async {
        match key.is_empty() {
            true => recovery.enable().await,
            false => recovery.enable().with_passphrase(key).await,
        }
    };
    match enabling().await {
        // A backup whose key was never stored is one that nobody can read.
        Err(RecoveryError::BackupExistsOnServer) => {
            encryption.backups().disable_and_delete().await?;
            enabling().await
        }
        made => made,
    }
}

/// What the homeserver knows of an account's keys.
async fn keys_of(client: &Client, user: &OwnedUserId) -> Result<get_keys::v3::Response, Error> {
    let mut request = get_keys::v3::Request::new();
    request.device_keys.insert(user.clone(), Vec::new());
    Ok(client.send(request).await?)
}

/// Whether others can know the account's identity.
async fn is_published(session: &Session) -> Result<bool, Error> {
    let asking = || keys_of(&session.client, &session.user);
    let keys = patiently("asking for the account's keys", SET_UP, asking).await?;
    Ok(keys.master_keys.contains_key(&session.user))
}

/// Makes the account's identity, if there is none, makes it known and signs the device with it.
async fn publish(session: &Session, matrix: &MatrixSettings) -> Result<(), Error> {
    let encryption = session.client.encryption();
    let Err(error) = encryption.bootstrap_cross_signing(None).await else { return Ok(()) };
    let password = matrix.password.expose();
    let Some(asked) = error.as_uiaa_response().filter(|_| !password.is_empty()) else { return Err(error) };
    let user = UserIdentifier::Matrix(MatrixUserIdentifier::new(session.user.localpart().into()));
    let mut proof = Password::new(user, password.into());
    proof.session = asked.session.clone();
    encryption.bootstrap_cross_signing(Some(AuthData::Password(proof))).await
}

/// What the homeserver knows of the account: for `rapporteur matrix status`. It uses nothing of a bot that
/// runs but its access token.
///
/// # Errors
/// In words for the operator.
pub async fn status(settings: &Settings) -> Result<String, Ended> {
    use matrix_sdk::ruma::api::client::backup::get_latest_backup_info;
    use matrix_sdk::ruma::api::client::membership::joined_rooms;

    let folder = settings.data.folder.join("matrix");
    let ended = |failure: Failure| match failure {
        Failure::Lasting(ended) => ended,
        Failure::Passing(why, _) => Ended(why),
    };
    let none = || Ended("there is no login yet: `rapporteur matrix login` makes one".into());
    let kept = read(&folder).map_err(ended)?.ok_or_else(none)?;
    let token = kept.token.clone().ok_or_else(none)?;
    let asking = client(&settings.matrix, None).await.map_err(ended)?;
    let refused = "the homeserver does not take the access token any more: the device was logged out.";
    let failed = |error: Error| ended(failure(error, refused));
    asking.restore_session(session(&kept, token)).await.map_err(failed)?;
    let rooms = asking.send(joined_rooms::v3::Request::new()).await.map_err(|error| failed(error.into()))?;
    let keys = keys_of(&asking, &kept.user).await.map_err(failed)?;
    let devices = keys.device_keys.get(&kept.user);
    let device = devices
        .and_then(|devices| devices.get(&kept.device))
        .and_then(|it| it.deserialize_as::<serde_json::Value>().ok());
    let own_key =
        keys.self_signing_keys.get(&kept.user).and_then(|it| it.deserialize_as::<serde_json::Value>().ok());
    let signer = own_key.as_ref().and_then(|key| key["keys"].as_object()?.keys().next().cloned());
    let is_signed = match (&device, &signer) {
        (Some(device), Some(signer)) => device["signatures"][kept.user.as_str()][signer.as_str()].is_string(),
        _ => false,
    };
    let backup = asking.send(get_latest_backup_info::v3::Request::new()).await;
    let running = File::open(folder.join("lock")).is_ok_and(|lock| lock.try_lock().is_err());
    Ok(format!(
        "Account        {}\nDevice         {}{}\nCross-signing  {}\nKey backup     {}\nRooms          {}\nRunning        {}\n",
        kept.user,
        kept.device,
        if device.is_some() { "" } else { " (has not told its keys yet: start the bot once)" },
        match (signer, is_signed) {
            (None, _) => "not set up: the next start does it",
            (Some(_), true) => "this device is signed",
            (Some(_), false) => "this device is not signed: set MATRIX_RECOVERY_KEY and start the bot",
        },
        match backup {
            Ok(backup) => format!("version {} with {} keys", backup.version, backup.count),
            Err(_) => "none".into(),
        },
        rooms.joined_rooms.len(),
        if running { "yes" } else { "no" },
    ))
}

/// Walks an operator through the first login, step by step, in words.
///
/// # Errors
/// What has to be changed.
pub async fn login(settings: &Settings, dice: &Dice, say: impl Fn(&str)) -> Result<(), Ended> {
    let matrix = &settings.matrix;
    say(&format!("Logging in to {} as {} …", matrix.homeserver, matrix.user));
    let Some(session) = open(settings, dice, &CancellationToken::new(), Persistence::Once).await? else {
        return Ok(());
    };
    let device = session.client.device_id().map(ToString::to_string).unwrap_or_default();
    say(&match session.is_new {
        true => format!(
            "Logged in as {} on the new device {device}. It stays the same as long as {} is there.",
            session.user,
            session.folder.display()
        ),
        false => format!("{} was logged in already, on device {device}.", session.user),
    });
    say("Setting up the encryption …");
    let failed = |error: Error| Ended(format!("that did not work: {error}. Start this command again."));
    // Keys are told to the homeserver with the first sync.
    let quick = matrix_sdk::config::SyncSettings::new().timeout(Duration::ZERO).filter(super::filter());
    patiently("the first sync", SET_UP, || async { session.client.sync_once(quick.clone()).await })
        .await
        .map_err(failed)?;
    match secure(&session, matrix).await.map_err(failed)? {
        Security::Whole => say("The device is signed, and the keys can be recovered with the recovery key."),
        Security::New(key) => {
            say(&recovery_key_shown(&session.user, &key));
            session.recovery_key_was_shown();
        }
        Security::Partial(why) => return Err(Ended(why)),
    }
    say("Now start it with `rapporteur run`, invite it to a room, and ask: !quote Paz");
    Ok(())
}

/// What an operator reads of a new recovery key, once.
pub(super) fn recovery_key_shown(user: &OwnedUserId, key: &str) -> String {
    format!(
        "The recovery key of {user} is shown only now. Keep it in a safe place: with it and the password the bot\n\
         comes back when this data folder is lost (MATRIX_RECOVERY_KEY).\n\n    {key}\n"
    )
}
