//! The account in use: a logged-in client that holds the lock on the encryption keys.

use std::fs::{File, TryLockError};
use std::path::PathBuf;
use std::time::Duration;

use backon::BackoffBuilder;
use matrix_sdk::Client;
use matrix_sdk::ruma::OwnedUserId;
use tokio_util::sync::CancellationToken;

use crate::chat::matrix::error::{AccountError, FatalError};
use crate::chat::matrix::retry::{pauses, seconds};
use crate::env::Rng;
use crate::settings::{Secret, Settings};

use super::login::{LoggedIn, Who, log_in};
use super::login_file;

/// The account, logged in.
pub struct Session {
    pub client: Client,
    pub user: OwnedUserId,
    /// Whether the login was made just now.
    pub is_new: bool,
    /// Whether nothing is known yet of the account's rooms.
    pub is_blank: bool,
    /// The account's password, if it is known.
    pub password: Secret,
    pub folder: PathBuf,
    /// The lock on the encryption keys, held until this is dropped.
    _lock: File,
}

impl Session {
    /// Removes the tokens, because the homeserver wants a new login of the same device. Returns how to make it, in
    /// words for the operator.
    pub fn forget_login(&self) -> &'static str {
        let forgetting = login_file::read(&self.folder).and_then(|login| {
            login.map_or(Ok(()), |login| login_file::write(&self.folder, &login.logged_out()))
        });
        if let Err(AccountError::Permanent(error)) = forgetting {
            tracing::error!(%error, "the login can't be removed from its file");
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

/// Locks the encryption keys and logs in, as often as it takes. `None` if `stop` is cancelled.
///
/// # Errors
/// What an operator has to change.
pub async fn open(
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
            Ok(LoggedIn { client, user, is_new, is_blank, password }) => {
                return Ok(Some(Session { client, user, is_new, is_blank, password, folder, _lock: lock }));
            }
            Err(AccountError::Permanent(error)) => return Err(error),
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

fn make_private_folder(folder: &PathBuf) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}
