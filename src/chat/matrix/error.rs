//! Why the bot can't go on, or the account can't be used, in words for the operator.

use std::time::Duration;

use matrix_sdk::Error;

use super::retry::{ErrorClass, brief, classify};

/// Why the bot can't go on, in words for the operator.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct FatalError(pub(crate) String);

/// An error of the account.
pub(super) enum AccountError {
    /// It may work later: after this time, if the homeserver says so.
    Transient(String, Option<Duration>),
    /// The operator has to change something.
    Permanent(FatalError),
}

impl AccountError {
    /// The error as final, where nobody waits for it to pass.
    pub fn fatal(self) -> FatalError {
        match self {
            AccountError::Permanent(error) => error,
            AccountError::Transient(why, _) => FatalError(why),
        }
    }
}

/// An error that lasts until the operator changes something.
pub(super) fn permanent(text: impl Into<String>) -> AccountError {
    AccountError::Permanent(FatalError(text.into()))
}

/// An error of the homeserver in words; `refused` is what to say when it does not let us in.
pub(super) fn failure(error: Error, refused: &str) -> AccountError {
    match classify(&error) {
        ErrorClass::Transient(named) => AccountError::Transient(brief(&error), named),
        ErrorClass::LoggedOut { .. } => permanent(refused),
        ErrorClass::Locked => {
            permanent(format!("the homeserver has locked the account, or lets nobody in for now: {error}"))
        }
        ErrorClass::Local => {
            permanent(format!("the login can't be written down here: {error}. Is the disk full?"))
        }
        // Whatever answered is no homeserver, or does not know the request.
        ErrorClass::Permanent if error.client_api_error_kind().is_none() => permanent(format!(
            "that is no homeserver, or it can't do this: {error}. Is matrix.homeserver right?"
        )),
        ErrorClass::Permanent => permanent(format!("{refused} ({error})")),
    }
}
