//! The first login, which an operator makes from the command line.

use std::time::Duration;

use matrix_sdk::config::SyncSettings;
use tokio_util::sync::CancellationToken;

use crate::chat::matrix::error::FatalError;
use crate::chat::matrix::retry::retried;
use crate::chat::matrix::sync_filter::sync_filter;
use crate::env::Rng;
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
    // The keys are uploaded with the first sync.
    let quick = SyncSettings::new().timeout(Duration::ZERO).filter(sync_filter());
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
