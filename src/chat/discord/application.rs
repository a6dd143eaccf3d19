//! The application that the bot belongs to, and how people add it.

use std::collections::HashMap;

use serde::Deserialize;
use serenity::all::{ApplicationId, Permissions};
use serenity::http::{LightMethod, Request, Route};

use crate::env::Rng;
use crate::say;
use crate::settings::Settings;

use super::rest::{ApiError, Rest};

/// What the bot needs to be allowed in a server: to see channels, to write there and in threads, to open threads for
/// debates, to attach files, and to read what it replies to.
const PERMISSIONS: Permissions = Permissions::VIEW_CHANNEL
    .union(Permissions::SEND_MESSAGES)
    .union(Permissions::SEND_MESSAGES_IN_THREADS)
    .union(Permissions::CREATE_PUBLIC_THREADS)
    .union(Permissions::ATTACH_FILES)
    .union(Permissions::READ_MESSAGE_HISTORY);

/// Who the bot is.
#[derive(Debug, Deserialize)]
pub(super) struct Application {
    pub id: ApplicationId,
    /// How it can be installed: "0" in servers, "1" by people for themselves.
    #[serde(default)]
    integration_types_config: Option<HashMap<String, serde_json::Value>>,
}

impl Application {
    /// Asks Discord.
    pub async fn fetch(rest: &Rest) -> Result<Application, ApiError> {
        rest.json(Request::new(Route::Oauth2ApplicationCurrent, LightMethod::Get)).await
    }

    /// Whether people can install it for themselves.
    pub fn is_for_users(&self) -> bool {
        self.integration_types_config.as_ref().is_some_and(|kinds| kinds.contains_key("1"))
    }
}

/// The address at which a server's owner adds the bot, and one at which anybody adds it for themselves.
///
/// # Errors
/// Discord can't be asked, or does not take the token.
pub async fn invite(settings: &Settings) -> Result<String, ApiError> {
    let rest = Rest::new(settings.discord.token.expose(), &settings.discord.api_url, Rng::from_entropy())
        .map_err(|error| ApiError::Unreachable { error: error.to_string(), what: "setting up TLS".into() })?;
    let application = Application::fetch(&rest).await?;
    let (id, permissions) = (application.id, PERMISSIONS.bits());
    let base = format!("https://discord.com/oauth2/authorize?client_id={id}");
    let scopes = format!("scope=bot+applications.commands&permissions={permissions}");
    let mut text = format!("{}\n  {base}&integration_type=0&{scopes}\n", say!("invite-server"));
    if application.is_for_users() {
        let own = format!("{base}&integration_type=1&scope=applications.commands");
        text.push_str(&format!("{}\n  {own}\n", say!("invite-self")));
    }
    Ok(text)
}
