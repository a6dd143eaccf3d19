//! The first login, which an operator makes from the command line.

use std::time::Duration;

use matrix_sdk::config::SyncSettings;
use tokio_util::sync::CancellationToken;

use crate::chat::matrix::error::FatalError;
use crate::chat::matrix::retry::retried;
use crate::chat::matrix::sync_filter::sync_filter;
use crate::env::Rng;
use crate::say;
use crate::settings::Settings;

use super::encryption::{SET_UP, Security, recovery_key_shown, recovery_key_was_shown, secure};
use super::login::Who;
use super::operator::Operator;
use super::profile;
use super::session::open;

/// Walks an operator through the first login, step by step, in words.
///
/// # Errors
/// What has to be changed.
pub async fn login(settings: &Settings, rng: &Rng, operator: &dyn Operator) -> Result<(), FatalError> {
    let matrix = &settings.matrix;
    operator.say(&say!("login-begins", homeserver = matrix.homeserver, user = matrix.user));
    let who = Who::Operator(operator);
    let Some(session) = open(settings, rng, &CancellationToken::new(), who).await? else { return Ok(()) };
    let device = session.client.device_id().map(ToString::to_string).unwrap_or_default();
    operator.say(&match session.is_new {
        true => {
            say!(
                "login-new",
                user = session.user.as_str(),
                device = device,
                folder = session.folder.display()
            )
        }
        false => say!("login-was", user = session.user.as_str(), device = device),
    });
    operator.say(&say!("login-encryption"));
    let failed = |error: matrix_sdk::Error| FatalError(say!("login-failed", cause = error.to_string()));
    // The keys are uploaded with the first sync.
    let quick = SyncSettings::new().timeout(Duration::ZERO).filter(sync_filter());
    retried("the first sync", SET_UP, || async { session.client.sync_once(quick.clone()).await })
        .await
        .map_err(failed)?;
    match secure(&session, matrix).await.map_err(failed)? {
        Security::Whole => operator.say(&say!("login-signed")),
        Security::New(key) => {
            operator.say(&recovery_key_shown(&session.user, &key));
            recovery_key_was_shown(&session);
        }
        Security::Partial(why) => return Err(FatalError(why)),
    }
    for done in profile::introduce(&session, matrix).await {
        operator.say(&done);
    }
    operator.say(&say!("login-next"));
    Ok(())
}
