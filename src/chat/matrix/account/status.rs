//! What the homeserver knows of the account, which an operator asks from the command line.

use std::fs::File;
use std::path::Path;
use std::time::Duration;

use matrix_sdk::ruma::OwnedUserId;
use matrix_sdk::ruma::api::client::keys::get_keys;
use matrix_sdk::ruma::api::client::membership::joined_rooms;
use matrix_sdk::{Client, Error};
use serde_json::Value;
use tokio::time::Instant;

use crate::chat::matrix::error::{AccountError, FatalError, failure, permanent};
use crate::chat::matrix::retry::{ErrorClass, classify};
use crate::say;
use crate::settings::{MatrixSettings, Settings};

use super::client::{Renewal, client, keys_of, take_up_for_asking};
use super::login_file::{self, Login};
use super::oauth;

/// The longest time that a running bot may take to renew its login: it does so with its next sync.
const RENEWED: Duration = Duration::from_secs(45);

/// The account as the homeserver knows it, for `rapporteur matrix status`. Of a running bot it uses the access
/// token only.
///
/// # Errors
/// Why the account can't be looked up, in words for the operator.
pub async fn status(settings: &Settings) -> Result<String, FatalError> {
    use matrix_sdk::ruma::api::client::backup::get_latest_backup_info;

    let folder = settings.data.folder.join("matrix");
    // While the bot runs it has this lock, and renews the login by itself.
    let lock = File::open(folder.join("lock")).ok();
    let is_running = lock.as_ref().is_some_and(|lock| lock.try_lock().is_err());
    let (asking, login, rooms) =
        ask(&settings.matrix, &folder, is_running).await.map_err(AccountError::fatal)?;
    let failed = |error| failure(error, "the homeserver does not tell it").fatal();
    let keys = keys_of(&asking, &login.user).await.map_err(failed)?;
    let own = Own::of(&keys, &login);
    let backup = asking.send(get_latest_backup_info::v3::Request::new()).await;
    let device = match own.device.is_some() {
        true => login.device.to_string(),
        false => format!("{} {}", login.device, say!("status-no-keys")),
    };
    let signing = match own.signs {
        None => say!("status-signing-next"),
        Some(true) => say!("status-signed"),
        Some(false) => say!("status-unsigned"),
    };
    let backup = match backup {
        Ok(backup) => {
            say!("status-backup-is", version = backup.version, keys = u64::from(backup.count))
        }
        Err(_) => say!("status-no-backup"),
    };
    let key = |key: Option<&str>| key.map_or_else(|| say!("status-none-yet"), grouped);
    Ok(table(&[
        (say!("status-account"), login.user.to_string()),
        (say!("status-device"), device),
        (say!("status-fingerprint"), key(own.device.as_deref())),
        (say!("status-cross-signing"), signing),
        (say!("status-master-key"), key(own.master.as_deref())),
        (say!("status-backup"), backup),
        (say!("status-rooms"), rooms.to_string()),
        (say!("status-running"), if is_running { say!("status-yes") } else { say!("status-no") }),
    ]))
}

/// Names and values, the values one below the other.
fn table(rows: &[(String, String)]) -> String {
    let width = rows.iter().map(|(name, _)| name.chars().count()).max().unwrap_or_default();
    rows.iter().map(|(name, value)| format!("{name:width$}  {value}\n")).collect()
}

/// A client that asks with the stored login, that login, and the number of rooms that the account is in.
async fn ask(
    matrix: &MatrixSettings,
    folder: &Path,
    is_running: bool,
) -> Result<(Client, Login, usize), AccountError> {
    let refused = "the homeserver does not take the login any more: the device was logged out.";
    let until = Instant::now() + RENEWED;
    let mut tried = None;
    loop {
        let none = || permanent("there is no login yet: `rapporteur matrix login` makes one");
        let login = login_file::read(folder)?.filter(|login| login.token.is_some()).ok_or_else(none)?;
        if tried.as_ref() != Some(&login) {
            // Two programs that renew the same login would log each other out.
            let renewal = if is_running { Renewal::None } else { Renewal::ByTheClient };
            let asking = client(matrix, None, renewal).await?;
            take_up_for_asking(&asking, &login).await.map_err(|error| failure(error, refused))?;
            if !is_running {
                oauth::keep_renewed(&asking, folder)?;
            }
            match asking.send(joined_rooms::v3::Request::new()).await {
                Ok(rooms) => return Ok((asking, login, rooms.joined_rooms.len())),
                Err(error) => {
                    let error = Error::from(error);
                    let may_be_renewed = is_running && login.refresh_token.is_some();
                    if !may_be_renewed || !matches!(classify(&error), ErrorClass::LoggedOut { .. }) {
                        return Err(failure(error, refused));
                    }
                }
            }
            tried = Some(login);
        }
        if Instant::now() > until {
            return Err(permanent(
                "the access token has run out, and the bot that runs has not renewed it: see its log",
            ));
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}

/// Our public keys, as the homeserver gives them to others: in the Base64 of Matrix.
struct Own {
    /// The fingerprint of the device: its ed25519 key.
    device: Option<String>,
    /// The account's master key.
    master: Option<String>,
    /// Whether the account signs the device, if it can.
    signs: Option<bool>,
}

impl Own {
    fn of(keys: &get_keys::v3::Response, login: &Login) -> Own {
        let user: &OwnedUserId = &login.user;
        let device = keys.device_keys.get(user).and_then(|devices| devices.get(&login.device));
        let device = device.and_then(|it| it.deserialize_as::<Value>().ok());
        let master = keys.master_keys.get(user).and_then(|it| it.deserialize_as::<Value>().ok());
        let signing = keys.self_signing_keys.get(user).and_then(|it| it.deserialize_as::<Value>().ok());
        let signer = signing.as_ref().and_then(|key| key["keys"].as_object()?.keys().next());
        let is_signed = |signer: &String| {
            device.as_ref().is_some_and(|it| it["signatures"][user.as_str()][signer.as_str()].is_string())
        };
        let fingerprint =
            |it: &Value| Some(it["keys"][format!("ed25519:{}", login.device)].as_str()?.to_string());
        Own {
            signs: signer.map(is_signed),
            device: device.as_ref().and_then(fingerprint),
            master: master
                .as_ref()
                .and_then(|it| it["keys"].as_object()?.values().next()?.as_str().map(Into::into)),
        }
    }
}

/// A key as clients show it, for people to compare: in groups of four.
fn grouped(key: &str) -> String {
    let letters: Vec<char> = key.chars().collect();
    letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_shown_in_groups_of_four() {
        assert_eq!(grouped("0123456789abcdef+/A"), "0123 4567 89ab cdef +/A");
        assert_eq!(grouped(""), "");
    }
}
