//! Logging in with one device for ever: the login of before is taken up again, or a new one is made.

use std::path::Path;

use matrix_sdk::ruma::OwnedUserId;
use matrix_sdk::ruma::api::client::session::get_login_types::v3::LoginType;
use matrix_sdk::store::StateStoreDataKey;
use matrix_sdk::{Client, Error};

use crate::chat::matrix::error::{AccountError, failure, permanent};
use crate::env::Rng;
use crate::say;
use crate::settings::{MatrixSettings, Secret};

use super::client::{Renewal, client, keys_of, owner_of};
use super::login_file::{self, Login};
use super::oauth;
use super::operator::Operator;

/// Who logs in.
#[derive(Clone, Copy)]
pub enum Who<'a> {
    /// A program that runs without anybody watching: a homeserver that can't be reached is tried again.
    Program,
    /// Somebody who waits at a terminal, and can be asked.
    Operator(&'a dyn Operator),
}

/// A client that is logged in.
pub struct LoggedIn {
    pub client: Client,
    pub user: OwnedUserId,
    /// Whether the login was made just now.
    pub is_new: bool,
    /// Whether nothing is known yet of the account's rooms.
    pub is_blank: bool,
    /// The account's password, if it is known.
    pub password: Secret,
}

/// Logs in, or takes up the login of before.
///
/// # Errors
/// What the operator has to change, or that it may work later.
pub async fn log_in(
    matrix: &MatrixSettings,
    folder: &Path,
    rng: &Rng,
    who: Who<'_>,
) -> Result<LoggedIn, AccountError> {
    let was_used = login_file::read(folder)?.is_some_and(|login| login.is_used());
    let login = device(matrix, folder, rng).await?;
    let user = login.user.clone();
    let client = client(matrix, Some(&folder.join("store")), Renewal::ByTheClient).await?;
    let is_blank = forget_token(&client).await?;
    let mut opened =
        LoggedIn { client, user, is_new: !was_used, is_blank, password: matrix.password.clone() };
    if login.session().is_some() {
        login_file::write(folder, &login)?;
        take_up(&opened.client, &login, folder).await?;
        return Ok(opened);
    }
    opened.is_new = true;
    let client = &opened.client;
    let login = match way(client, matrix, &login, who).await? {
        Way::LoggedIn(token) => login.with_token(token),
        Way::Password(password) => {
            let token = by_password(client, &login, &password).await.map_err(|error| {
                failure(error, &format!("the homeserver does not take the password of {}", login.user))
            })?;
            opened.password = password;
            login.with_token(token)
        }
        Way::OAuth(server, operator) => {
            let asking = self::client(matrix, None, Renewal::None).await?;
            let login = oauth::log_in(&asking, &server, login, folder, operator).await?;
            let owner = owner_of(matrix, login.token.as_deref().unwrap_or_default()).await?;
            if (&owner.user, &owner.device) != (&login.user, &login.device) {
                oauth::give_back(&server, &login).await;
                return Err(permanent(format!(
                    "in the browser {} was logged in, but the settings name {}. Log out there, and start this \
                     command again.",
                    owner.user, login.user
                )));
            }
            take_up(client, &login, folder).await?;
            login
        }
    };
    login_file::write(folder, &login)?;
    // If the device was removed meanwhile, the homeserver has dropped its keys, and they can't be uploaded again.
    if was_used && !is_known(client, &login).await? {
        if let Err(error) = client.logout().await {
            tracing::warn!(%error, "the new login is left as it is");
        }
        let removed = format!(
            "the homeserver has removed device {} of {}, so nobody can read what it sends any more. Remove {}, set \
             MATRIX_RECOVERY_KEY, and log in again.",
            login.device,
            login.user,
            folder.display()
        );
        login_file::write(folder, &login.logged_out())?;
        return Err(permanent(removed));
    }
    Ok(opened)
}

/// The device to use: that of the access token in the settings, the one used before, or a new one.
async fn device(matrix: &MatrixSettings, folder: &Path, rng: &Rng) -> Result<Login, AccountError> {
    // A device that nobody has logged in with may be replaced by another account's.
    let named = if matrix.user.is_empty() { None } else { Some(full_user_id(matrix)?) };
    let login = login_file::read(folder)?
        .filter(|login| login.is_used() || named.as_ref().is_none_or(|it| *it == login.user));
    let token = matrix.access_token.expose();
    // Only the homeserver knows whose token it is, and of which device.
    let login = match (login, token.is_empty()) {
        (Some(login), true) => login,
        (Some(login), false) if login.token.as_deref() == Some(token) => login,
        (login, false) => {
            let owner = owner_of(matrix, token).await?;
            let is_other = |login: &Login| login.user != owner.user || login.device != owner.device;
            if let Some(login) = login.filter(|login| login.is_used() && is_other(login)) {
                return Err(permanent(format!(
                    "the access token is of {} on device {}, but {} holds the keys of {} on device {}. \
                     Use a token of that device, or another data folder.",
                    owner.user,
                    owner.device,
                    folder.display(),
                    login.user,
                    login.device
                )));
            }
            owner
        }
        (None, true) => {
            let user = full_user_id(matrix)?;
            let id: String = (0..10).map(|_| char::from(b'A' + rng.below(26) as u8)).collect();
            let login = Login::new(user, id.into());
            login_file::write(folder, &login)?;
            login
        }
    };
    if named.is_some_and(|named| named != login.user) {
        return Err(permanent(format!(
            "the settings name {} but {} holds the keys of {}. Use another data folder for another account.",
            matrix.user,
            folder.display(),
            login.user
        )));
    }
    Ok(login)
}

/// A way to make the first login.
enum Way<'a> {
    /// Made already, with the password of the settings; this is the access token.
    LoggedIn(String),
    Password(Secret),
    OAuth(Box<oauth::Server>, &'a dyn Operator),
}

/// Chooses how the first login is made: with what the settings have, if the homeserver accepts it, or else in a way
/// that the homeserver offers and whoever logs in can follow.
async fn way<'a>(
    client: &Client,
    matrix: &MatrixSettings,
    login: &Login,
    who: Who<'a>,
) -> Result<Way<'a>, AccountError> {
    let mut refused = None;
    if !matrix.password.is_empty() {
        match by_password(client, login, &matrix.password).await {
            Ok(token) => return Ok(Way::LoggedIn(token)),
            Err(error) => {
                let why = format!("the homeserver does not take the password of {}", login.user);
                match failure(error, &why) {
                    // The password was wrong only if passwords are accepted at all.
                    AccountError::Permanent(error) if !takes_passwords(client).await? => {
                        refused = Some(error)
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
                operator.say(&say!("login-in-browser", homeserver = name));
            }
            Ok(Way::OAuth(Box::new(server), operator))
        }
        (Some(_), Who::Program) if takes_passwords => Err(permanent(format!(
            "there is no login yet. Run `rapporteur matrix login`, which makes one in a browser ({name} offers OAuth \
             2.0), or set MATRIX_PASSWORD or MATRIX_ACCESS_TOKEN."
        ))),
        (Some(_), Who::Program) => Err(permanent(format!(
            "{name} takes no passwords from programs. Run `rapporteur matrix login`, which logs in without one (OAuth \
             2.0, in a browser), or set MATRIX_ACCESS_TOKEN to an access token of a device that nothing else uses."
        ))),
        (None, who) if takes_passwords => {
            let typed = match who {
                Who::Operator(operator) => operator.password().filter(|password| !password.is_empty()),
                Who::Program => None,
            };
            let none = "set MATRIX_PASSWORD or MATRIX_ACCESS_TOKEN, so that the bot can log in";
            typed.map(Way::Password).ok_or_else(|| permanent(none))
        }
        (None, _) => Err(permanent(format!(
            "{name} takes no passwords from programs{}, and offers no login in a browser for them (OAuth 2.0 with the \
             device authorization grant). Set MATRIX_ACCESS_TOKEN to an access token of a device that nothing else \
             uses.",
            refused.map(|error| format!(" ({error})")).unwrap_or_default()
        ))),
    }
}

/// Whether the homeserver offers a login with a password.
async fn takes_passwords(client: &Client) -> Result<bool, AccountError> {
    let error = match client.matrix_auth().get_login_types().await {
        Ok(types) => return Ok(types.flows.iter().any(|flow| matches!(flow, LoginType::Password(_)))),
        Err(error) => error,
    };
    match failure(error.into(), "") {
        // A homeserver that leaves logins to an OAuth 2.0 server may have none of Matrix' own kind.
        AccountError::Permanent(_) => Ok(false),
        transient => Err(transient),
    }
}

/// Logs in with a password, and returns the access token.
async fn by_password(client: &Client, login: &Login, password: &Secret) -> Result<String, Error> {
    let login = client
        .matrix_auth()
        .login_username(&login.user, password.expose())
        .device_id(login.device.as_str())
        .initial_device_display_name("Rapporteur");
    Ok(login.send().await?.access_token)
}

/// Restores a login, and has its renewals written down.
async fn take_up(client: &Client, login: &Login, folder: &Path) -> Result<(), AccountError> {
    let Some(session) = login.session() else { return Ok(()) };
    client.restore_session(session).await.map_err(|error| {
        permanent(format!(
            "the keys in {} can't be used: {error}. If they are lost, remove that folder, and set MATRIX_PASSWORD \
             and MATRIX_RECOVERY_KEY.",
            folder.display()
        ))
    })?;
    oauth::keep_renewed(client, folder)
}

/// Whether the homeserver has the keys of our device.
async fn is_known(client: &Client, login: &Login) -> Result<bool, AccountError> {
    let keys = keys_of(client, &login.user).await;
    let keys = keys.map_err(|error| failure(error, "the homeserver does not tell the account's keys"))?;
    Ok(keys.device_keys.get(&login.user).is_some_and(|devices| devices.contains_key(&login.device)))
}

/// Removes the client library's sync token, and says whether there was none.
///
/// Our own token is older, because it waits for the answers. The library takes a sync that ends where its last one
/// ended for a repetition, and would not pass on what is in it.
async fn forget_token(client: &Client) -> Result<bool, AccountError> {
    let damaged = |error| permanent(format!("what is kept of Matrix can't be read: {error}"));
    let store = client.state_store();
    let token = store.get_kv_data(StateStoreDataKey::SyncToken).await.map_err(damaged)?;
    store.remove_kv_data(StateStoreDataKey::SyncToken).await.map_err(damaged)?;
    Ok(token.is_none())
}

fn full_user_id(matrix: &MatrixSettings) -> Result<OwnedUserId, AccountError> {
    OwnedUserId::try_from(matrix.user.trim()).map_err(|_| {
        permanent(format!("matrix.user `{}` is no user id: write @rapporteur:example.org", matrix.user))
    })
}
