//! Why the account can't be used, in words for the operator.

use matrix_sdk::Error;

use super::FatalError;
use super::retry::{ErrorClass, brief, classify};

use std::time::Duration;

/// Why something that the account needs did not work.
pub(super) enum AccountError {
    /// It may work later: after this time, if the homeserver says so.
    Transient(String, Option<Duration>),
    Permanent(FatalError),
}

impl AccountError {
    /// What is said where nobody waits for it to pass.
    pub fn ended(self) -> FatalError {
        match self {
            AccountError::Permanent(ended) => ended,
            AccountError::Transient(why, _) => FatalError(why),
        }
    }
}

pub(super) fn lasting(text: impl Into<String>) -> AccountError {
    AccountError::Permanent(FatalError(text.into()))
}

/// What an error of the homeserver means; `refused` is what to say when it does not want us.
pub(super) fn failure(error: Error, refused: &str) -> AccountError {
    match classify(&error) {
        ErrorClass::Transient(named) => AccountError::Transient(brief(&error), named),
        ErrorClass::LoggedOut { .. } => lasting(refused),
        ErrorClass::Locked => {
            lasting(format!("the homeserver has locked the account, or lets nobody in for now: {error}"))
        }
        ErrorClass::Here => {
            lasting(format!("the login can't be written down here: {error}. Is the disk full?"))
        }
        // Somebody else than a homeserver said so, or one that knows no such thing.
        ErrorClass::Permanent if error.client_api_error_kind().is_none() => lasting(format!(
            "that is no homeserver, or it can't do this: {error}. Is matrix.homeserver right?"
        )),
        ErrorClass::Permanent => lasting(format!("{refused} ({error})")),
    }
}
