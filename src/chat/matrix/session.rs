//! The bot's account: one device for ever, and how it logs in.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::time::Duration;

use backon::BackoffBuilder;
use matrix_sdk::config::RequestConfig;
use matrix_sdk::encryption::{BackupDownloadStrategy, EncryptionSettings};
use matrix_sdk::ruma::OwnedUserId;
use matrix_sdk::ruma::api::client::keys::get_keys;
use matrix_sdk::ruma::api::client::session::get_login_types::v3::LoginType;
use matrix_sdk::store::StateStoreDataKey;
use matrix_sdk::{Client, ClientBuildError, Error};
use tokio_util::sync::CancellationToken;

use crate::env::Rng;
use crate::settings::{MatrixSettings, Secret, Settings};

use super::failure::{AccountError, failure, lasting};
use super::kept::{self, Kept};
use super::retry::{pauses, seconds};
use super::{FatalError, Operator, oauth};

/// How long one request may take.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(60);

/// How long finding the homeserver may take.
const REACH: Duration = Duration::from_secs(15);

/// The bot's account, logged in.
pub(super) struct Session {
    pub client: Client,
    pub user: OwnedUserId,
    /// Whether the login was made just now.
    pub is_new: bool,
    /// Whether nothing is known yet of the account's rooms.
    pub is_blank: bool,
    /// The account's password, if it is known.
    pub password: Secret,
    pub folder: PathBuf,
    /// Nobody else may use the keys while this is open.
    _lock: File,
}

impl Session {
    /// The homeserver wants a new login of the same device. Gives how it is made, in words for the operator.
    pub fn forget_login(&self) -> &'static str {
        let forgetting = kept::read(&self.folder)
            .and_then(|kept| kept.map_or(Ok(()), |kept| kept::write(&self.folder, &kept.logged_out())));
        if let Err(AccountError::Permanent(error)) = forgetting {
            tracing::error!(%error, "the login can't be taken out");
        }
        match self.is_by_oauth() {
            true => "run `rapporteur matrix login`, and start again",
            false => "set MATRIX_PASSWORD, and start again",
        }
    }

    /// Whether an OAuth 2.0 server gave the login, and renews it.
    pub fn is_by_oauth(&self) -> bool {
        self.client.oauth().client_id().is_some()
    }
}

/// Who logs in.
#[derive(Clone, Copy)]
pub(super) enum Who<'a> {
    /// A program that runs for ever: a homeserver that can't be reached is tried again.
    Program,
    /// Somebody who waits at a terminal, and can be asked.
    Operator(&'a dyn Operator),
}

/// Logs in, or takes up the login of before. `None` if it is to stop.
///
/// # Errors
/// What an operator has to change.
pub(super) async fn open(
    settings: &Settings,
    rng: &Rng,
    stop: &CancellationToken,
    who: Who<'_>,
) -> Result<Option<Session>, FatalError> {
    let folder = settings.data.folder.join("matrix");
    let unusable = |error: std::io::Error| FatalError(format!("{} can't be used: {error}", folder.display()));
    make_private_folder(&folder).map_err(unusable)?;
    let lock = File::create(folder.join("lock")).map_err(unusable)?;
    match lock.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            return Err(FatalError(format!(
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
            attempt = log_in(matrix, &folder, rng, who) => attempt,
        };
        let (why, named) = match attempt {
            Ok(Opened { client, user, is_new, is_blank, password }) => {
                return Ok(Some(Session { client, user, is_new, is_blank, password, folder, _lock: lock }));
            }
            Err(AccountError::Permanent(ended)) => return Err(ended),
            Err(AccountError::Transient(why, named)) => (why, named),
        };
        if matches!(who, Who::Operator(_)) {
            return Err(FatalError(format!(
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

/// A client that is logged in.
struct Opened {
    client: Client,
    user: OwnedUserId,
    is_new: bool,
    is_blank: bool,
    password: Secret,
}

async fn log_in(
    matrix: &MatrixSettings,
    folder: &Path,
    rng: &Rng,
    who: Who<'_>,
) -> Result<Opened, AccountError> {
    let was_used = kept::read(folder)?.is_some_and(|kept| kept.is_used());
    let kept = device(matrix, folder, rng).await?;
    let user = kept.user.clone();
    let client = client(matrix, Some(&folder.join("store")), Renewal::ByTheClient).await?;
    let is_blank = forget_token(&client).await?;
    let mut opened = Opened { client, user, is_new: !was_used, is_blank, password: matrix.password.clone() };
    if kept.session().is_some() {
        kept::write(folder, &kept)?;
        take_up(&opened.client, &kept, folder).await?;
        return Ok(opened);
    }
    opened.is_new = true;
    let client = &opened.client;
    let kept = match way(client, matrix, &kept, who).await? {
        Way::LoggedIn(token) => kept.with_token(token),
        Way::Password(password) => {
            let token = by_password(client, &kept, &password).await.map_err(|error| {
                failure(error, &format!("the homeserver does not take the password of {}", kept.user))
            })?;
            opened.password = password;
            kept.with_token(token)
        }
        Way::OAuth(server, operator) => {
            let asking = self::client(matrix, None, Renewal::None).await?;
            let kept = oauth::log_in(&asking, &server, kept, folder, operator).await?;
            let owner = owner_of(matrix, kept.token.as_deref().unwrap_or_default()).await?;
            if (&owner.user, &owner.device) != (&kept.user, &kept.device) {
                oauth::give_back(&server, &kept).await;
                return Err(lasting(format!(
                    "in the browser {} was logged in, but the settings name {}. Log out there, and start this \
                     command again.",
                    owner.user, kept.user
                )));
            }
            take_up(client, &kept, folder).await?;
            kept
        }
    };
    kept::write(folder, &kept)?;
    // Where the device was removed meanwhile, its keys are gone there too, and it can't tell them again.
    if was_used && !is_known(client, &kept).await? {
        if let Err(error) = client.logout().await {
            tracing::warn!(%error, "the new login is left as it is");
        }
        let removed = format!(
            "the homeserver has removed device {} of {}, so nobody can read what it sends any more. Remove {}, set \
             MATRIX_RECOVERY_KEY, and log in again.",
            kept.device,
            kept.user,
            folder.display()
        );
        kept::write(folder, &kept.logged_out())?;
        return Err(lasting(removed));
    }
    Ok(opened)
}

/// The device to be, or to go on with: that of the access token in the settings, that of before, or a new one.
async fn device(matrix: &MatrixSettings, folder: &Path, rng: &Rng) -> Result<Kept, AccountError> {
    // A device with which nobody has logged in can be another account's.
    let named = if matrix.user.is_empty() { None } else { Some(full_user_id(matrix)?) };
    let kept =
        kept::read(folder)?.filter(|kept| kept.is_used() || named.as_ref().is_none_or(|it| *it == kept.user));
    let token = matrix.access_token.expose();
    // Provenance token it is has to be asked for, and of whose device.
    let kept = match (kept, token.is_empty()) {
        (Some(kept), true) => kept,
        (Some(kept), false) if kept.token.as_deref() == Some(token) => kept,
        (kept, false) => {
            let owner = owner_of(matrix, token).await?;
            let is_other = |kept: &Kept| kept.user != owner.user || kept.device != owner.device;
            if let Some(kept) = kept.filter(|kept| kept.is_used() && is_other(kept)) {
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
            let id: String = (0..10).map(|_| char::from(b'A' + rng.below(26) as u8)).collect();
            let kept = Kept::new(user, id.into());
            kept::write(folder, &kept)?;
            kept
        }
    };
    if named.is_some_and(|named| named != kept.user) {
        return Err(lasting(format!(
            "the settings name {} but {} holds the keys of {}. Use another data folder for another account.",
            matrix.user,
            folder.display(),
            kept.user
        )));
    }
    Ok(kept)
}

/// How the first login is made.
enum Way<'a> {
    /// It was made, with the password of the settings; this is the access token.
    LoggedIn(String),
    Password(Secret),
    OAuth(Box<oauth::Server>, &'a dyn Operator),
}

/// How the first login is made: with what the settings have, if the homeserver takes it, or else with what it
/// actions and whoever logs in can do.
async fn way<'a>(
    client: &Client,
    matrix: &MatrixSettings,
    kept: &Kept,
    who: Who<'a>,
) -> Result<Way<'a>, AccountError> {
    let mut refused = None;
    if !matrix.password.is_empty() {
        match by_password(client, kept, &matrix.password).await {
            Ok(token) => return Ok(Way::LoggedIn(token)),
            Err(error) => {
                let why = format!("the homeserver does not take the password of {}", kept.user);
                match failure(error, &why) {
                    // It was the password, if it takes any.
                    AccountError::Permanent(ended) if !takes_passwords(client).await? => {
                        refused = Some(ended)
                    }
                    failure => return Err(failure),
                }
            }
        }
    }
    let takes_passwords = refused.is_none() && takes_passwords(client).await?;
    let server = oauth::offered(client).await?;
    let name = matrix.homeserver.trim();
    match (server, who) {
        (Some(server), Who::Operator(operator)) => {
            if refused.is_some() {
                operator
                    .say(&format!("{name} takes no passwords from programs. It can be done in a browser."));
            }
            Ok(Way::OAuth(Box::new(server), operator))
        }
        (Some(_), Who::Program) if takes_passwords => Err(lasting(format!(
            "there is no login yet. Run `rapporteur matrix login`, which makes one in a browser ({name} actions OAuth \
             2.0), or set MATRIX_PASSWORD or MATRIX_ACCESS_TOKEN."
        ))),
        (Some(_), Who::Program) => Err(lasting(format!(
            "{name} takes no passwords from programs. Run `rapporteur matrix login`, which logs in without one (OAuth \
             2.0, in a browser), or set MATRIX_ACCESS_TOKEN to an access token of a device that nothing else uses."
        ))),
        (None, who) if takes_passwords => {
            let typed = match who {
                Who::Operator(operator) => operator.password().filter(|password| !password.is_empty()),
                Who::Program => None,
            };
            let none = "set MATRIX_PASSWORD or MATRIX_ACCESS_TOKEN, so that the bot can log in";
            typed.map(Way::Password).ok_or_else(|| lasting(none))
        }
        (None, _) => Err(lasting(format!(
            "{name} takes no passwords from programs{}, and actions no login in a browser for them (OAuth 2.0 with the \
             device authorization grant). Set MATRIX_ACCESS_TOKEN to an access token of a device that nothing else \
             uses.",
            refused.map(|ended| format!(" ({ended})")).unwrap_or_default()
        ))),
    }
}

/// Whether the homeserver knows a login with a password.
async fn takes_passwords(client: &Client) -> Result<bool, AccountError> {
    let error = match client.matrix_auth().get_login_types().await {
        Ok(types) => return Ok(types.flows.iter().any(|flow| matches!(flow, LoginType::Password(_)))),
        Err(error) => error,
    };
    match failure(error.into(), "") {
        // One that leaves logins to an OAuth 2.0 server may know none of Matrix' own.
        AccountError::Permanent(_) => Ok(false),
        passing => Err(passing),
    }
}

/// Logs in with a password, and gives the access token.
async fn by_password(client: &Client, kept: &Kept, password: &Secret) -> Result<String, Error> {
    let login = client
        .matrix_auth()
        .login_username(&kept.user, password.expose())
        .device_id(kept.device.as_str())
        .initial_device_display_name("Rapporteur");
    Ok(login.send().await?.access_token)
}

/// Takes up a login that is there, and keeps what it is renewed with.
async fn take_up(client: &Client, kept: &Kept, folder: &Path) -> Result<(), AccountError> {
    let Some(session) = kept.session() else { return Ok(()) };
    client.restore_session(session).await.map_err(|error| {
        lasting(format!(
            "the keys in {} can't be used: {error}. If they are lost, remove that folder, and set MATRIX_PASSWORD \
             and MATRIX_RECOVERY_KEY.",
            folder.display()
        ))
    })?;
    oauth::keep_renewed(client, folder)
}

/// Whether the homeserver knows the keys of our device.
async fn is_known(client: &Client, kept: &Kept) -> Result<bool, AccountError> {
    let keys = keys_of(client, &kept.user).await;
    let keys = keys.map_err(|error| failure(error, "the homeserver does not tell the account's keys"))?;
    Ok(keys.device_keys.get(&kept.user).is_some_and(|devices| devices.contains_key(&kept.device)))
}

/// What the homeserver knows of an account's keys.
pub(super) async fn keys_of(client: &Client, user: &OwnedUserId) -> Result<get_keys::v3::Response, Error> {
    let mut request = get_keys::v3::Request::new();
    request.device_keys.insert(user.clone(), Vec::new());
    Ok(client.send(request).await?)
}

/// Forgets how far the client library has heard, and says whether it never heard anything.
///
/// What we have answered is behind that. The library takes a sync that ends where its last one ended for the
/// same again, and would keep from us what is in it.
async fn forget_token(client: &Client) -> Result<bool, AccountError> {
    let damaged = |error| lasting(format!("what is kept of Matrix can't be read: {error}"));
    let store = client.state_store();
    let token = store.get_kv_data(StateStoreDataKey::SyncToken).await.map_err(damaged)?;
    store.remove_kv_data(StateStoreDataKey::SyncToken).await.map_err(damaged)?;
    Ok(token.is_none())
}

/// Who renews an access token that has run out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Renewal {
    ByTheClient,
    None,
}

/// A client that does not retry by itself: who asks knows how long to wait.
pub(super) async fn client(
    matrix: &MatrixSettings,
    store: Option<&Path>,
    renewal: Renewal,
) -> Result<Client, AccountError> {
    let homeserver = matrix.homeserver.trim();
    let mut builder = Client::builder()
        .request_config(RequestConfig::new().disable_retry().timeout(REQUEST_TIMEOUT))
        // The operator says where the homeserver is, and may have put something in between.
        .respect_login_well_known(false)
        .user_agent(oauth::USER_AGENT)
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
    if renewal == Renewal::ByTheClient {
        builder = builder.handle_refresh_tokens();
    }
    let building = tokio::time::timeout(REACH, builder.build()).await;
    let built = building
        .map_err(|_| AccountError::Transient(format!("no answer in {} seconds", REACH.as_secs()), None))?;
    built.map_err(|error| match error {
        ClientBuildError::AutoDiscovery(error) => AccountError::Transient(
            format!("{homeserver} does not say where its homeserver is: {error}"),
            None,
        ),
        ClientBuildError::Http(error) => AccountError::Transient(error.to_string(), None),
        error => lasting(format!("matrix.homeserver `{homeserver}` can't be used: {error}")),
    })
}

fn full_user_id(matrix: &MatrixSettings) -> Result<OwnedUserId, AccountError> {
    OwnedUserId::try_from(matrix.user.trim()).map_err(|_| {
        lasting(format!("matrix.user `{}` is no user id: write @rapporteur:example.org", matrix.user))
    })
}

/// Asks the homeserver whose access token this is.
async fn owner_of(matrix: &MatrixSettings, token: &str) -> Result<Kept, AccountError> {
    let asking = client(matrix, None, Renewal::None).await?;
    let nobody = OwnedUserId::try_from("@nobody:localhost").map_err(|error| lasting(error.to_string()))?;
    let nobody = Kept::new(nobody, "NOBODY".into()).with_token(token.into());
    let refused = "the homeserver does not take the access token. Set another one, or MATRIX_PASSWORD.";
    take_up_for_asking(&asking, &nobody).await.map_err(|error| failure(error, refused))?;
    let owner = asking.whoami().await.map_err(|error| failure(error.into(), refused))?;
    let device = owner.device_id.ok_or_else(|| {
        lasting("the access token belongs to no device, and encryption needs one: log in with a password")
    })?;
    Ok(Kept::new(owner.user_id, device).with_token(token.into()))
}

/// Lets a client without a store ask with a login.
pub(super) async fn take_up_for_asking(asking: &Client, kept: &Kept) -> Result<(), Error> {
    match kept.session() {
        Some(session) => asking.restore_session(session).await,
        None => Err(Error::AuthenticationRequired),
    }
}

fn make_private_folder(folder: &PathBuf) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}
