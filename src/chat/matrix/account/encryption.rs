//! The account's encryption: a device that is signed, so that others trust it, and keys that can be recovered.

use std::fs::File;
use std::time::Duration;

use matrix_sdk::Error;
use matrix_sdk::encryption::identities::ManualVerifyError;
use matrix_sdk::encryption::recovery::RecoveryError;
use matrix_sdk::encryption::secret_storage::SecretStorageError;
use matrix_sdk::ruma::OwnedUserId;
use matrix_sdk::ruma::api::client::uiaa::{AuthData, MatrixUserIdentifier, Password, UserIdentifier};

use crate::settings::MatrixSettings;

use super::client::keys_of;
use super::session::Session;
use crate::chat::matrix::retry::{ErrorClass, classify, retried};
use crate::say;

/// The file that exists until a new recovery key was shown.
const UNSHOWN: &str = "recovery-key-not-shown";

/// The longest time for setting up the encryption.
pub const SET_UP: Duration = Duration::from_secs(300);

/// The state of the account's encryption.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Security {
    /// The device is signed, and the keys can be recovered.
    Whole,
    /// It was set up just now, with this recovery key.
    New(String),
    /// Something is missing, in words for the operator.
    Partial(String),
}

/// Signs the device, and sets up or uses the recovery of the account's keys. What an earlier attempt left
/// unfinished is completed.
///
/// # Errors
/// The homeserver failed; it can be tried again.
pub async fn secure(session: &Session, matrix: &MatrixSettings) -> Result<Security, Error> {
    let encryption = session.client.encryption();
    encryption.wait_for_e2ee_initialization_tasks().await;
    let key = matrix.recovery_key.expose();
    let has_storage = retried("asking for the recovery", SET_UP, || async {
        encryption.secret_storage().is_enabled().await
    })
    .await?;
    if let Some(partial) = identify(session, key, has_storage).await? {
        return Ok(partial);
    }
    if let Some(partial) = sign_device(session).await? {
        return Ok(partial);
    }
    set_up_recovery(session, key, has_storage).await
}

/// Gets or creates the account's identity, by which others trust its devices. Returns what is missing permanently, if
/// anything is.
async fn identify(session: &Session, key: &str, has_storage: bool) -> Result<Option<Security>, Error> {
    let encryption = session.client.encryption();
    let is_complete = encryption.cross_signing_status().await.is_some_and(|it| it.is_complete());
    // We may have an identity that others don't know: its upload may have been lost.
    let is_published = is_published(session).await?;
    if !is_complete && has_storage {
        if key.is_empty() {
            return Ok(Some(Security::Partial(format!(
                "{} has encryption keys that this device does not have. Set MATRIX_RECOVERY_KEY to the account's \
                 recovery key; until then other clients warn of the bot, or refuse it",
                session.user
            ))));
        }
        if let Err(error) = encryption.recovery().recover_and_fix_backup(key).await {
            return partial(
                error,
                &format!("MATRIX_RECOVERY_KEY does not open the keys of {}", session.user),
            )
            .map(Some);
        }
    } else if !is_complete && is_published {
        return Ok(Some(Security::Partial(format!(
            "{} was signed by another client that left no recovery key. Set up recovery there and set \
             MATRIX_RECOVERY_KEY, or verify the device there",
            session.user
        ))));
    } else if !is_published && let Err(error) = publish(session).await {
        let refused = match error.as_uiaa_response() {
            Some(_) if session.is_by_oauth() => {
                "the homeserver wants the account's owner to allow in a browser, where the account is managed, that \
                 others may trust the bot: do that, and start again"
            }
            Some(_) if session.password.is_empty() => {
                "the homeserver wants the password before others may trust the bot: set MATRIX_PASSWORD, start again"
            }
            _ => "the keys by which others trust the bot can't be made known",
        };
        return partial(error.into(), refused).map(Some);
    }
    Ok(None)
}

/// Signs the device with the account's identity. Returns what is missing permanently, if anything is.
async fn sign_device(session: &Session) -> Result<Option<Security>, Error> {
    let encryption = session.client.encryption();
    let device =
        encryption.get_own_device().await.map_err(|error| Error::CryptoStoreError(Box::new(error)))?;
    if let Some(device) = device.filter(|device| !device.is_cross_signed_by_owner())
        && let Err(error) = device.verify().await
    {
        return match error {
            ManualVerifyError::Http(error) => {
                partial(Error::from(error).into(), "the device can't be signed").map(Some)
            }
            error => Ok(Some(Security::Partial(format!("the device can't be signed: {error}")))),
        };
    }
    Ok(None)
}

/// Sets up the recovery of the account's keys, where there is none whose key somebody has.
async fn set_up_recovery(session: &Session, key: &str, has_storage: bool) -> Result<Security, Error> {
    let recovery = session.client.encryption().recovery();
    let unshown = session.folder.join(UNSHOWN);
    if has_storage && !unshown.exists() {
        return Ok(Security::Whole);
    }
    // It is removed when the operator has been shown the key.
    if let Err(error) = File::create(&unshown) {
        return Ok(Security::Partial(format!("{} can't be written: {error}", unshown.display())));
    }
    let made = match has_storage {
        // Left by a start that ended too early: nobody has its key.
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

/// What is missing permanently, or else an error that may pass.
fn partial(error: RecoveryError, why: &str) -> Result<Security, Error> {
    match error {
        RecoveryError::Sdk(error) | RecoveryError::SecretStorage(SecretStorageError::Sdk(error))
            if matches!(classify(&error), ErrorClass::Transient(_)) =>
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
        // Nobody can read a backup whose key was never stored.
        Err(RecoveryError::BackupExistsOnServer) => {
            encryption.backups().disable_and_delete().await?;
            enabling().await
        }
        made => made,
    }
}

/// Whether the account's identity is published.
async fn is_published(session: &Session) -> Result<bool, Error> {
    let asking = || keys_of(&session.client, &session.user);
    let keys = retried("asking for the account's keys", SET_UP, asking).await?;
    Ok(keys.master_keys.contains_key(&session.user))
}

/// Creates the account's identity if there is none, publishes it and signs the device with it.
async fn publish(session: &Session) -> Result<(), Error> {
    let encryption = session.client.encryption();
    let Err(error) = encryption.bootstrap_cross_signing(None).await else { return Ok(()) };
    let password = session.password.expose();
    let Some(asked) = error.as_uiaa_response().filter(|_| !password.is_empty()) else { return Err(error) };
    let user = UserIdentifier::Matrix(MatrixUserIdentifier::new(session.user.localpart().into()));
    let mut proof = Password::new(user, password.into());
    proof.session = asked.session.clone();
    encryption.bootstrap_cross_signing(Some(AuthData::Password(proof))).await
}

/// Records that the operator has seen the recovery key.
pub fn recovery_key_was_shown(session: &Session) {
    if let Err(error) = std::fs::remove_file(session.folder.join(UNSHOWN)) {
        tracing::warn!(%error, "the next start will show another recovery key");
    }
}

/// The text that shows a new recovery key to the operator, once.
pub fn recovery_key_shown(user: &OwnedUserId, key: &str) -> String {
    format!("{}\n\n    {key}\n", say!("login-recovery-key", user = user.as_str()))
}
