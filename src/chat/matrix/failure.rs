//! Why the account can't be used, in words for the operator.

use matrix_sdk::Error;

use super::Ended;
use super::patience::{Trouble, brief, trouble};

use std::time::Duration;

/// Why something that the account needs did not work.
pub(super) enum Failure {
    /// It may work later: after this time, if the homeserver says so.
    Passing(String, Option<Duration>),
    Lasting(Ended),
}

impl Failure {
    /// What is said where nobody waits for it to pass.
    pub fn ended(self) -> Ended {
        match self {
            Failure::Lasting(ended) => ended,
            Failure::Passing(why, _) => Ended(why),
        }
    }
}

pub(super) fn lasting(text: impl Into<String>) -> Failure {
    Failure::Lasting(Ended(text.into()))
}

/// What an error of the homeserver means; `refused` is what to say when it does not want us.
pub(super) fn failure(error: Error, refused: &str) -> Failure {
    match trouble(&error) {
        Trouble::Passing(named) => Failure::Passing(brief(&error), named),
        Trouble::LoggedOut { .. } => lasting(refused),
        Trouble::Locked => {
            lasting(format!("the homeserver has locked the account, or lets nobody in for now: {error}"))
        }
        Trouble::Here => lasting(format!("the login can't be written down here: {error}. Is the disk full?")),
        // Somebody else than a homeserver said so, or one that knows no such thing.
        Trouble::Lasting if error.client_api_error_kind().is_none() => lasting(format!(
            "that is no homeserver, or it can't do this: {error}. Is matrix.homeserver right?"
        )),
        Trouble::Lasting => lasting(format!("{refused} ({error})")),
    }
}
