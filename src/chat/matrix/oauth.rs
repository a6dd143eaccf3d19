//! Logging in without a password, where the homeserver leaves logins to an OAuth 2.0 server: the device
//! authorization grant of RFC 8628, with the server's metadata by MSC2965, the registration of the program by
//! RFC 7591 and MSC2966, and the scopes of MSC2967.
//!
//! matrix-sdk has the grant only behind a QR code that another device scans. A bot has nobody to scan one, so
//! the grant is made here, with the crate that matrix-sdk makes it with; all else is matrix-sdk's.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use backon::BackoffBuilder;
use matrix_sdk::authentication::oauth::registration::{ApplicationType, ClientMetadata, OAuthGrantType};
use matrix_sdk::authentication::oauth::{ClientId, OAuthError};
use matrix_sdk::ruma::api::client::discovery::get_authorization_server_metadata::v1::AuthorizationServerMetadata;
use matrix_sdk::ruma::serde::Raw;
use matrix_sdk::{Client, Error, SessionTokens, reqwest};
use oauth2::basic::BasicClient;
use oauth2::{
    AccessToken, DeviceAuthorizationUrl, DeviceCodeErrorResponseType, RequestTokenError, RevocationUrl,
    Scope, StandardDeviceAuthorizationResponse, StandardRevocableToken, TokenResponse, TokenUrl,
};
use oauth2_reqwest::ReqwestClient;

use super::Operator;
use super::failure::{AccountError, lasting};
use super::kept::{self, Kept};
use super::retry::{ErrorClass, brief, classify, pauses};

/// What the program calls itself.
pub(super) const USER_AGENT: &str = concat!("rapporteur/", env!("CARGO_PKG_VERSION"));

/// How long one request may take.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(60);

/// The scopes of MSC2967 before it was in the specification: all servers know them, older ones no others.
const SCOPES: [&str; 2] =
    ["urn:matrix:org.matrix.msc2967.client:api:*", "urn:matrix:org.matrix.msc2967.client:device:"];

/// An OAuth 2.0 server at which devices can log in.
pub(super) struct Server {
    metadata: AuthorizationServerMetadata,
    device_authorization: DeviceAuthorizationUrl,
}

/// The OAuth 2.0 server that the homeserver leaves logins to, if it has one that lets devices in.
///
/// # Errors
/// It can't be asked now.
pub(super) async fn offered(client: &Client) -> Result<Option<Server>, AccountError> {
    use matrix_sdk::authentication::oauth::error::OAuthDiscoveryError;
    let metadata = match client.oauth().server_metadata().await {
        Ok(metadata) => metadata,
        Err(OAuthDiscoveryError::NotSupported) => return Ok(None),
        Err(OAuthDiscoveryError::Http(error)) => {
            let error = Error::from(error);
            return match classify(&error) {
                ErrorClass::Transient(named) => Err(AccountError::Transient(brief(&error), named)),
                _ => Ok(None),
            };
        }
        Err(error) => {
            tracing::warn!(%error, "the homeserver's OAuth 2.0 server can't be used");
            return Ok(None);
        }
    };
    let device_authorization = metadata.device_authorization_endpoint.clone();
    Ok(device_authorization
        .map(|url| Server { metadata, device_authorization: DeviceAuthorizationUrl::from_url(url) }))
}

/// Lets the operator allow the login in a browser, and gives the device with its tokens. Provenance they are is not
/// known yet: it is whoever was logged in there.
///
/// `asking` is a client with which nothing else was done.
///
/// # Errors
/// What the operator has to do, or that it can't be done now.
pub(super) async fn log_in(
    asking: &Client,
    server: &Server,
    kept: Kept,
    folder: &Path,
    operator: &dyn Operator,
) -> Result<Kept, AccountError> {
    let http = http()?;
    // One that registered us before may have forgotten us.
    let known = match &kept.client_id {
        Some(client) => codes(&http, server, client, &kept).await.ok(),
        None => None,
    };
    let (kept, codes) = match known {
        Some(codes) => (kept, codes),
        None => {
            let client = register(asking).await?;
            let codes = codes(&http, server, &client, &kept).await?;
            let kept = Kept { client_id: Some(client), ..kept };
            kept::write(folder, &kept)?;
            (kept, codes)
        }
    };
    operator.say(&invitation(&codes, &kept));
    let client = BasicClient::new(ClientId::new(kept.client_id.clone().unwrap_or_default()))
        .set_token_uri(TokenUrl::from_url(server.metadata.token_endpoint.clone()));
    let tokens = client
        .exchange_device_access_token(&codes)
        .set_max_backoff_interval(Duration::from_secs(20))
        .request_async(&http, tokio::time::sleep, None)
        .await
        .map_err(|error| match error {
            RequestTokenError::ServerResponse(response) => lasting(match response.error() {
                DeviceCodeErrorResponseType::AccessDenied => {
                    "the login was refused in the browser".to_string()
                }
                DeviceCodeErrorResponseType::ExpiredToken => {
                    "the code has run out before it was used: start this command again".to_string()
                }
                other => format!("the homeserver's OAuth 2.0 server does not let us in: {other:?}"),
            }),
            error => AccountError::Transient(error.to_string(), None),
        })?;
    let tokens = SessionTokens {
        access_token: tokens.access_token().secret().clone(),
        refresh_token: tokens.refresh_token().map(|token| token.secret().clone()),
    };
    Ok(kept.with_tokens(tokens))
}

/// What the operator is asked to do.
fn invitation(codes: &StandardDeviceAuthorizationResponse, kept: &Kept) -> String {
    let minutes = codes.expires_in().as_secs().div_ceil(60);
    // Nothing that commands the terminal.
    let plain = |text: &str| text.replace(char::is_control, "");
    let whole = codes.verification_uri_complete().map(|address| {
        format!("\nOr open this address, which has the code in it:\n\n    {}\n", plain(address.secret()))
    });
    format!(
        "Open this address in a browser, on any machine, logged in there as {}:\n\n    {}\n\n\
         and give it this code, within {minutes} minutes:\n\n    {}\n{}\nWaiting for that …",
        kept.user,
        plain(codes.verification_uri()),
        plain(codes.user_code().secret()),
        whole.unwrap_or_default()
    )
}

/// Asks for the codes of a login. A server that does not know us has forgotten us.
async fn codes(
    http: &ReqwestClient,
    server: &Server,
    client: &str,
    kept: &Kept,
) -> Result<StandardDeviceAuthorizationResponse, AccountError> {
    let [api, device] = SCOPES;
    BasicClient::new(ClientId::new(client.into()))
        .set_device_authorization_url(server.device_authorization.clone())
        .exchange_device_code()
        .add_scope(Scope::new(api.into()))
        .add_scope(Scope::new(format!("{device}{}", kept.device)))
        .request_async(http)
        .await
        .map_err(|error| match error {
            RequestTokenError::ServerResponse(response) => {
                lasting(format!("the homeserver's OAuth 2.0 server gives no code: {response}"))
            }
            error => AccountError::Transient(error.to_string(), None),
        })
}

/// Registers the program with the OAuth 2.0 server, and gives its id there.
async fn register(asking: &Client) -> Result<String, AccountError> {
    // MSC2966 wants a home page, and of a program that everybody runs by themselves that is where it is run.
    let home = localized(asking.homeserver());
    let mut metadata = ClientMetadata::new(ApplicationType::Native, vec![OAuthGrantType::DeviceCode], home);
    metadata.client_name = Some(localized("Rapporteur".to_string()));
    let metadata = Raw::new(&metadata).map_err(|error| lasting(error.to_string()))?;
    match asking.oauth().register_client(&metadata).await {
        Ok(registered) => Ok(registered.client_id.to_string()),
        Err(OAuthError::ClientRegistration(error)) => Err(lasting(format!(
            "the homeserver's OAuth 2.0 server does not take the program: {error}. Set MATRIX_ACCESS_TOKEN to an access \
             token of a device that nothing else uses."
        ))),
        Err(error) => Err(AccountError::Transient(error.to_string(), None)),
    }
}

fn localized<T>(value: T) -> matrix_sdk::authentication::oauth::registration::Localized<T> {
    (value, HashMap::new()).into()
}

/// Ends a login that is not wanted.
pub(super) async fn give_back(server: &Server, kept: &Kept) {
    let (Ok(http), Some(client), Some(token)) = (http(), &kept.client_id, &kept.token) else { return };
    let revocation = BasicClient::new(ClientId::new(client.clone()))
        .set_revocation_url(RevocationUrl::from_url(server.metadata.revocation_endpoint.clone()));
    let token = StandardRevocableToken::AccessToken(AccessToken::new(token.clone()));
    let given_back = match revocation.revoke_token(token) {
        Ok(request) => request.request_async(&http).await.map_err(|error| error.to_string()),
        // Not over plain HTTP.
        Err(error) => Err(error.to_string()),
    };
    if let Err(error) = given_back {
        tracing::warn!(error, "the login that was not wanted is left as it is");
    }
}

fn http() -> Result<ReqwestClient, AccountError> {
    // Who follows a redirect could be led anywhere with what is secret.
    let building = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
    let built = building.timeout(REQUEST_TIMEOUT).user_agent(USER_AGENT).build();
    built.map(ReqwestClient::from).map_err(|error| lasting(error.to_string()))
}

/// Has every renewed login written down before the program goes on with it: the token that renewed it is good
/// for once only, and whoever loses the next one is logged out.
pub(super) fn keep_renewed(client: &Client, folder: &Path) -> Result<(), AccountError> {
    let folder = folder.to_path_buf();
    let keep = move |client: Client| {
        if let Err(failure) = keep(&folder, &client) {
            let error = failure.ended();
            tracing::error!(%error, "a renewed login can't be written down, trying again; a restart now would lose it");
            tokio::spawn(keep_trying(folder.clone(), client));
        }
        Ok(())
    };
    // Nobody else renews it: the folder is locked.
    let reload = |_: Client| Err("the login is renewed by one program only".into());
    client.set_session_callbacks(Box::new(reload), Box::new(keep)).map_err(|error| lasting(error.to_string()))
}

fn keep(folder: &Path, client: &Client) -> Result<(), AccountError> {
    let (Some(kept), Some(tokens)) = (kept::read(folder)?, client.session_tokens()) else {
        return Err(lasting("there is no login to renew"));
    };
    kept::write(folder, &kept.with_tokens(tokens))
}

async fn keep_trying(folder: PathBuf, client: Client) {
    for pause in pauses().build() {
        tokio::time::sleep(pause).await;
        if keep(&folder, &client).is_ok() {
            return tracing::info!("the renewed login is written down");
        }
    }
}
