//! What an operator does with the account from the command line: log in, and look at it.

use std::fs::File;
use std::path::Path;
use std::time::Duration;

use matrix_sdk::ruma::OwnedUserId;
use matrix_sdk::ruma::api::client::keys::get_keys;
use matrix_sdk::ruma::api::client::membership::joined_rooms;
use matrix_sdk::{Client, Error};
use serde_json::Value;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use crate::env::Rng;
use crate::settings::{MatrixSettings, Settings};

use super::encryption::{SET_UP, Security, recovery_key_shown, recovery_key_was_shown, secure};
use super::failure::{AccountError, failure, lasting};
use super::kept::{self, Kept};
use super::retry::{ErrorClass, classify, retried};
use super::session::{Renewal, Who, client, keys_of, open, take_up_for_asking};
use super::{FatalError, Operator, oauth, profile};

/// How long a bot that runs may take to renew its login: it does so with its next sync.
const RENEWED: Duration = Duration::from_secs(45);

/// Walks an operator through the first login, step by step, in words.
///
/// # Errors
/// What has to be changed.
pub async fn login(settings: &Settings, rng: &Rng, operator: &dyn Operator) -> Result<(), FatalError> {
    let matrix = &settings.matrix;
    operator.say(&format!("Logging in to {} as {} …", matrix.homeserver, matrix.user));
    let who = Who::Operator(operator);
    let Some(session) = open(settings, rng, &CancellationToken::new(), who).await? else { return Ok(()) };
    let device = session.client.device_id().map(ToString::to_string).unwrap_or_default();
    operator.say(&match session.is_new {
        true => format!(
            "Logged in as {} on the new device {device}. It stays the same as long as {} is there.",
            session.user,
            session.folder.display()
        ),
        false => format!("{} was logged in already, on device {device}.", session.user),
    });
    operator.say("Setting up the encryption …");
    let failed = |error| FatalError(format!("that did not work: {error}. Start this command again."));
    // Keys are told to the homeserver with the first sync.
    let quick = matrix_sdk::config::SyncSettings::new().timeout(Duration::ZERO).filter(super::filter());
    retried("the first sync", SET_UP, || async { session.client.sync_once(quick.clone()).await })
        .await
        .map_err(failed)?;
    match secure(&session, matrix).await.map_err(failed)? {
        Security::Whole => {
            operator.say("The device is signed, and the keys can be recovered with the recovery key.")
        }
        Security::New(key) => {
            operator.say(&recovery_key_shown(&session.user, &key));
            recovery_key_was_shown(&session);
        }
        Security::Partial(why) => return Err(FatalError(why)),
    }
    for done in profile::introduce(&session, matrix).await {
        operator.say(&done);
    }
    operator.say("Now start it with `rapporteur run`, invite it to a room, and ask: !quote Paz");
    Ok(())
}

/// What the homeserver knows of the account: for `rapporteur matrix status`. It uses nothing of a bot that
/// runs but its access token.
///
/// # Errors
/// In words for the operator.
pub async fn status(settings: &Settings) -> Result<String, FatalError> {
    use matrix_sdk::ruma::api::client::backup::get_latest_backup_info;

    let folder = settings.data.folder.join("matrix");
    // While the bot runs it has this lock, and renews the login by itself.
    let lock = File::open(folder.join("lock")).ok();
    let is_running = lock.as_ref().is_some_and(|lock| lock.try_lock().is_err());
    let (asking, kept, rooms) =
        ask(&settings.matrix, &folder, is_running).await.map_err(AccountError::ended)?;
    let failed = |error| failure(error, "the homeserver does not tell it").ended();
    let keys = keys_of(&asking, &kept.user).await.map_err(failed)?;
    let own = Own::of(&keys, &kept);
    let backup = asking.send(get_latest_backup_info::v3::Request::new()).await;
    Ok(format!(
        "Account        {}\nDevice         {}{}\nFingerprint    {}\nCross-signing  {}\nMaster key     {}\n\
         Key backup     {}\nRooms          {}\nRunning        {}\n",
        kept.user,
        kept.device,
        if own.device.is_some() { "" } else { " (has not told its keys yet: start the bot once)" },
        own.device.as_deref().map_or("none yet".into(), grouped),
        match own.signs {
            None => "not set up: the next start does it",
            Some(true) => "this device is signed",
            Some(false) => "this device is not signed: set MATRIX_RECOVERY_KEY and start the bot",
        },
        own.master.as_deref().map_or("none yet".into(), grouped),
        match backup {
            Ok(backup) => format!("version {} with {} keys", backup.version, backup.count),
            Err(_) => "none".into(),
        },
        rooms,
        if is_running { "yes" } else { "no" },
    ))
}

/// A client that asks with the login that is kept, and how many rooms it is in.
async fn ask(
    matrix: &MatrixSettings,
    folder: &Path,
    is_running: bool,
) -> Result<(Client, Kept, usize), AccountError> {
    let refused = "the homeserver does not take the login any more: the device was logged out.";
    let until = Instant::now() + RENEWED;
    let mut tried = None;
    loop {
        let none = || lasting("there is no login yet: `rapporteur matrix login` makes one");
        let kept = kept::read(folder)?.filter(|kept| kept.token.is_some()).ok_or_else(none)?;
        if tried.as_ref() != Some(&kept) {
            // Two programs that renew one login would log each other out.
            let renewal = if is_running { Renewal::None } else { Renewal::ByTheClient };
            let asking = client(matrix, None, renewal).await?;
            take_up_for_asking(&asking, &kept).await.map_err(|error| failure(error, refused))?;
            if !is_running {
                oauth::keep_renewed(&asking, folder)?;
            }
            match asking.send(joined_rooms::v3::Request::new()).await {
                Ok(rooms) => return Ok((asking, kept, rooms.joined_rooms.len())),
                Err(error) => {
                    let error = Error::from(error);
                    let may_be_renewed = is_running && kept.refresh_token.is_some();
                    if !may_be_renewed || !matches!(classify(&error), ErrorClass::LoggedOut { .. }) {
                        return Err(failure(error, refused));
                    }
                }
            }
            tried = Some(kept);
        }
        if Instant::now() > until {
            return Err(lasting(
                "the access token has run out, and the bot that runs has not renewed it: see its log",
            ));
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}

/// What the homeserver tells others of us: all in the base64 of Matrix.
struct Own {
    /// The fingerprint of the device: its ed25519 key.
    device: Option<String>,
    /// The account's master key.
    master: Option<String>,
    /// Whether the account signs the device, if it can.
    signs: Option<bool>,
}

impl Own {
    fn of(keys: &get_keys::v3::Response, kept: &Kept) -> Own {
        let user: &OwnedUserId = &kept.user;
        let device = keys.device_keys.get(user).and_then(|devices| devices.get(&kept.device));
        let device = device.and_then(|it| it.deserialize_as::<Value>().ok());
        let master = keys.master_keys.get(user).and_then(|it| it.deserialize_as::<Value>().ok());
        let signing = keys.self_signing_keys.get(user).and_then(|it| it.deserialize_as::<Value>().ok());
        let signer = signing.as_ref().and_then(|key| key["keys"].as_object()?.keys().next());
        let is_signed = |signer: &String| {
            device.as_ref().is_some_and(|it| it["signatures"][user.as_str()][signer.as_str()].is_string())
        };
        let fingerprint =
            |it: &Value| Some(it["keys"][format!("ed25519:{}", kept.device)].as_str()?.to_string());
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
