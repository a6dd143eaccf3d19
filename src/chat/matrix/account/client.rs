//! A client of the homeserver, and the questions that need nothing else.

use std::path::Path;
use std::time::Duration;

use matrix_sdk::config::RequestConfig;
use matrix_sdk::encryption::{BackupDownloadStrategy, EncryptionSettings};
use matrix_sdk::ruma::OwnedUserId;
use matrix_sdk::ruma::api::client::keys::get_keys;
use matrix_sdk::{Client, ClientBuildError, Error};

use crate::chat::matrix::error::{AccountError, failure, permanent};
use crate::chat::matrix::stores;
use crate::settings::MatrixSettings;

use super::login_file::Login;

/// What the program calls itself.
pub const USER_AGENT: &str = concat!("rapporteur/", env!("CARGO_PKG_VERSION"));

/// The longest time that one request may take.
pub const REQUEST_TIMEOUT: Duration = Duration::from_secs(60);

/// The longest time for finding the homeserver.
const REACH: Duration = Duration::from_secs(15);

/// Who renews an access token that has expired.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Renewal {
    ByTheClient,
    None,
}

/// A client that does not retry by itself: the caller knows how long to wait.
///
/// # Errors
/// The homeserver can't be found.
pub async fn client(
    matrix: &MatrixSettings,
    store: Option<&Path>,
    renewal: Renewal,
) -> Result<Client, AccountError> {
    let homeserver = matrix.homeserver.trim();
    let mut builder = Client::builder()
        .request_config(RequestConfig::new().disable_retry().timeout(REQUEST_TIMEOUT))
        // The operator says where the homeserver is; it may be behind a proxy that only they know.
        .respect_login_well_known(false)
        .user_agent(USER_AGENT)
        .with_encryption_settings(EncryptionSettings {
            // We do it ourselves, to report it to the operator.
            auto_enable_cross_signing: false,
            auto_enable_backups: false,
            backup_download_strategy: BackupDownloadStrategy::AfterDecryptionFailure,
        });
    builder = match homeserver.starts_with("http://") || homeserver.starts_with("https://") {
        true => builder.homeserver_url(homeserver),
        false => builder.server_name_or_homeserver_url(homeserver),
    };
    if let Some(store) = store {
        let damaged = |error| permanent(format!("what is kept of Matrix can't be read: {error}"));
        builder = builder.store_config(stores::open(store).await.map_err(damaged)?);
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
        error => permanent(format!("matrix.homeserver `{homeserver}` can't be used: {error}")),
    })
}

/// The public keys of an account and its devices, as the homeserver has them.
pub async fn keys_of(client: &Client, user: &OwnedUserId) -> Result<get_keys::v3::Response, Error> {
    let mut request = get_keys::v3::Request::new();
    request.device_keys.insert(user.clone(), Vec::new());
    Ok(client.send(request).await?)
}

/// Restores a login in a client without a store, for asking only.
pub async fn take_up_for_asking(asking: &Client, login: &Login) -> Result<(), Error> {
    match login.session() {
        Some(session) => asking.restore_session(session).await,
        None => Err(Error::AuthenticationRequired),
    }
}

/// Asks the homeserver for the account and device of an access token.
pub async fn owner_of(matrix: &MatrixSettings, token: &str) -> Result<Login, AccountError> {
    let asking = client(matrix, None, Renewal::None).await?;
    let nobody = OwnedUserId::try_from("@nobody:localhost").map_err(|error| permanent(error.to_string()))?;
    let nobody = Login::new(nobody, "NOBODY".into()).with_token(token.into());
    let refused = "the homeserver does not take the access token. Set another one, or MATRIX_PASSWORD.";
    take_up_for_asking(&asking, &nobody).await.map_err(|error| failure(error, refused))?;
    let owner = asking.whoami().await.map_err(|error| failure(error.into(), refused))?;
    let device = owner.device_id.ok_or_else(|| {
        permanent("the access token belongs to no device, and encryption needs one: log in with a password")
    })?;
    Ok(Login::new(owner.user_id, device).with_token(token.into()))
}
