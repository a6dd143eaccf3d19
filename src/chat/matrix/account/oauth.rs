//! Logging in without a password, where the homeserver leaves logins to an OAuth 2.0 server: the device
//! authorization grant of RFC 8628, with the server's metadata by MSC2965, the registration of the program by
//! RFC 7591 and MSC2966, and the scopes of MSC2967.
//!
//! matrix-sdk has the grant only behind a QR code that another device scans. A bot has nobody to scan one, so
//! the grant is made here, with the crate that matrix-sdk uses for it; everything else is matrix-sdk's.

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

use super::client::{REQUEST_TIMEOUT, USER_AGENT};
use super::login_file::{self, Login};
use super::operator::Operator;
use crate::chat::matrix::error::{AccountError, permanent};
use crate::chat::matrix::retry::{ErrorClass, brief, classify, pauses};
use crate::say;

/// The scopes of MSC2967 before it was in the specification: every server knows them, older ones know no others.
const SCOPES: [&str; 2] =
    ["urn:matrix:org.matrix.msc2967.client:api:*", "urn:matrix:org.matrix.msc2967.client:device:"];

/// An OAuth 2.0 server at which devices can log in.
pub struct Server {
    metadata: AuthorizationServerMetadata,
    device_authorization: DeviceAuthorizationUrl,
}

/// The OAuth 2.0 server that the homeserver leaves logins to, if it has one that lets devices in.
///
/// # Errors
/// It can't be asked now.
pub async fn offered(client: &Client) -> Result<Option<Server>, AccountError> {
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

/// Lets the operator allow the login in a browser, and returns the device with its tokens. Their account is not
/// known yet: it is whoever was logged in in the browser.
///
/// `asking` is a client that was used for nothing else.
///
/// # Errors
/// What the operator has to do, or that it can't be done now.
pub async fn log_in(
    asking: &Client,
    server: &Server,
    login: Login,
    folder: &Path,
    operator: &dyn Operator,
) -> Result<Login, AccountError> {
    let http = http()?;
    // A server that registered us before may have forgotten us.
    let known = match &login.client_id {
        Some(client) => codes(&http, server, client, &login).await.ok(),
        None => None,
    };
    let (login, codes) = match known {
        Some(codes) => (login, codes),
        None => {
            let client = register(asking).await?;
            let codes = codes(&http, server, &client, &login).await?;
            let login = Login { client_id: Some(client), ..login };
            login_file::write(folder, &login)?;
            (login, codes)
        }
    };
    operator.say(&invitation(&codes, &login));
    let client = BasicClient::new(ClientId::new(login.client_id.clone().unwrap_or_default()))
        .set_token_uri(TokenUrl::from_url(server.metadata.token_endpoint.clone()));
    let tokens = client
        .exchange_device_access_token(&codes)
        .set_max_backoff_interval(Duration::from_secs(20))
        .request_async(&http, tokio::time::sleep, None)
        .await
        .map_err(|error| match error {
            RequestTokenError::ServerResponse(response) => permanent(match response.error() {
                DeviceCodeErrorResponseType::AccessDenied => {
                    say!("login-refused")
                }
                DeviceCodeErrorResponseType::ExpiredToken => {
                    say!("login-expired")
                }
                other => format!("the homeserver's OAuth 2.0 server does not let us in: {other:?}"),
            }),
            error => AccountError::Transient(error.to_string(), None),
        })?;
    let tokens = SessionTokens {
        access_token: tokens.access_token().secret().clone(),
        refresh_token: tokens.refresh_token().map(|token| token.secret().clone()),
    };
    Ok(login.with_tokens(tokens))
}

/// The text that asks the operator to allow the login.
fn invitation(codes: &StandardDeviceAuthorizationResponse, login: &Login) -> String {
    let minutes = codes.expires_in().as_secs().div_ceil(60);
    // No control sequences for the terminal.
    let plain = |text: &str| text.replace(char::is_control, "");
    let mut steps = vec![
        (say!("login-open", user = login.user.as_str()), plain(codes.verification_uri())),
        (say!("login-code", minutes = minutes), plain(codes.user_code().secret())),
    ];
    let whole = codes.verification_uri_complete();
    steps.extend(whole.map(|address| (say!("login-open-whole"), plain(address.secret()))));
    let steps: String = steps.iter().map(|(what, shown)| format!("{what}\n\n    {shown}\n\n")).collect();
    steps + say!("login-waiting").as_str()
}

/// Asks for the codes of a login.
async fn codes(
    http: &ReqwestClient,
    server: &Server,
    client: &str,
    login: &Login,
) -> Result<StandardDeviceAuthorizationResponse, AccountError> {
    let [api, device] = SCOPES;
    BasicClient::new(ClientId::new(client.into()))
        .set_device_authorization_url(server.device_authorization.clone())
        .exchange_device_code()
        .add_scope(Scope::new(api.into()))
        .add_scope(Scope::new(format!("{device}{}", login.device)))
        .request_async(http)
        .await
        .map_err(|error| match error {
            RequestTokenError::ServerResponse(response) => {
                permanent(format!("the homeserver's OAuth 2.0 server gives no code: {response}"))
            }
            error => AccountError::Transient(error.to_string(), None),
        })
}

/// Registers the program with the OAuth 2.0 server, and returns its id there.
async fn register(asking: &Client) -> Result<String, AccountError> {
    // MSC2966 wants a home page. Everybody runs this program by themselves, so it is the homeserver's.
    let home = localized(asking.homeserver());
    let mut metadata = ClientMetadata::new(ApplicationType::Native, vec![OAuthGrantType::DeviceCode], home);
    metadata.client_name = Some(localized("Rapporteur".to_string()));
    let metadata = Raw::new(&metadata).map_err(|error| permanent(error.to_string()))?;
    match asking.oauth().register_client(&metadata).await {
        Ok(registered) => Ok(registered.client_id.to_string()),
        Err(OAuthError::ClientRegistration(error)) => Err(permanent(format!(
            "the homeserver's OAuth 2.0 server does not take the program: {error}. Set MATRIX_ACCESS_TOKEN to an access \
             token of a device that nothing else uses."
        ))),
        Err(error) => Err(AccountError::Transient(error.to_string(), None)),
    }
}

fn localized<T>(value: T) -> matrix_sdk::authentication::oauth::registration::Localized<T> {
    (value, HashMap::new()).into()
}

/// Revokes a login that is not wanted.
pub async fn give_back(server: &Server, login: &Login) {
    let (Ok(http), Some(client), Some(token)) = (http(), &login.client_id, &login.token) else { return };
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
    // Following a redirect could carry secrets anywhere.
    let building = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
    let built = building.timeout(REQUEST_TIMEOUT).user_agent(USER_AGENT).build();
    built.map(ReqwestClient::from).map_err(|error| permanent(error.to_string()))
}

/// Has every renewed login stored before the program goes on with it: the token that renewed it can be used only
/// once, and whoever loses the next one is logged out.
pub fn keep_renewed(client: &Client, folder: &Path) -> Result<(), AccountError> {
    let folder = folder.to_path_buf();
    let keep = move |client: Client| {
        if let Err(failure) = keep(&folder, &client) {
            let error = failure.fatal();
            tracing::error!(%error, "a renewed login can't be written down, trying again; a restart now would lose it");
            tokio::spawn(keep_trying(folder.clone(), client));
        }
        Ok(())
    };
    // Nobody else renews it: the folder is locked.
    let reload = |_: Client| Err("the login is renewed by one program only".into());
    client
        .set_session_callbacks(Box::new(reload), Box::new(keep))
        .map_err(|error| permanent(error.to_string()))
}

fn keep(folder: &Path, client: &Client) -> Result<(), AccountError> {
    let (Some(login), Some(tokens)) = (login_file::read(folder)?, client.session_tokens()) else {
        return Err(permanent("there is no login to renew"));
    };
    login_file::write(folder, &login.with_tokens(tokens))
}

async fn keep_trying(folder: PathBuf, client: Client) {
    for pause in pauses().build() {
        tokio::time::sleep(pause).await;
        if keep(&folder, &client).is_ok() {
            return tracing::info!("the renewed login is written down");
        }
    }
}
