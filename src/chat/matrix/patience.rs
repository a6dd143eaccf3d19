//! What to do when a homeserver does not answer as it should.

use std::future::Future;
use std::time::Duration;

use backon::{ExponentialBuilder, Retryable};
use matrix_sdk::reqwest::StatusCode;
use matrix_sdk::ruma::api::error::{ErrorKind, FromHttpResponseError, RetryAfter};
use matrix_sdk::{Error, HttpError};

/// The shortest and the longest pause between two tries, where the homeserver does not name one.
const PAUSE: [Duration; 2] = [Duration::from_millis(250), Duration::from_secs(20)];

/// What an error means for the next try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trouble {
    /// It may work later: after this time, if the homeserver says so.
    Passing(Option<Duration>),
    /// The access token is not valid any more.
    LoggedOut,
    /// It will never work.
    Lasting,
}

/// What an error means for the next try.
pub(super) fn trouble(error: &Error) -> Trouble {
    match error {
        Error::Http(error) => http_trouble(error),
        // Sharing keys failed on the way; the homeserver's own errors come as the kind above.
        Error::OlmError(_) => Trouble::Passing(None),
        _ => Trouble::Lasting,
    }
}

/// The same of an error of a single request.
pub(super) fn http_trouble(error: &HttpError) -> Trouble {
    match error {
        HttpError::Reqwest(error) if error.is_builder() => Trouble::Lasting,
        HttpError::Reqwest(_) => Trouble::Passing(None),
        HttpError::Cached(error) => http_trouble(error),
        HttpError::Api(api) => match (error.as_client_api_error(), api.as_ref()) {
            (Some(error), _) => match error.error_kind() {
                Some(ErrorKind::UnknownToken(_)) => Trouble::LoggedOut,
                Some(ErrorKind::LimitExceeded(limit)) => Trouble::Passing(match limit.retry_after {
                    Some(RetryAfter::Delay(delay)) => Some(delay),
                    _ => None,
                }),
                _ if error.status_code == StatusCode::TOO_MANY_REQUESTS
                    || error.status_code.is_server_error() =>
                {
                    Trouble::Passing(None)
                }
                _ => Trouble::Lasting,
            },
            // Something between us and the homeserver answered in its place.
            (None, FromHttpResponseError::Deserialization(_)) => Trouble::Passing(None),
            _ => Trouble::Lasting,
        },
        _ => Trouble::Lasting,
    }
}

/// The pauses between tries of something that must work in the end.
pub(super) fn pauses() -> ExponentialBuilder {
    ExponentialBuilder::new()
        .with_min_delay(PAUSE[0])
        .with_max_delay(PAUSE[1])
        .with_jitter()
        .without_max_times()
}

/// Tries something until it works, can never work, or `limit` is over.
///
/// # Errors
/// The last error.
pub(super) async fn patiently<T, F>(
    what: &'static str,
    limit: Duration,
    attempt: impl FnMut() -> F,
) -> Result<T, Error>
where
    F: Future<Output = Result<T, Error>>,
{
    attempt
        .retry(pauses().with_total_delay(Some(limit)))
        .when(|error| matches!(trouble(error), Trouble::Passing(_)))
        .adjust(|error, pause| match trouble(error) {
            // The homeserver knows best; but when the time is over, it is over.
            Trouble::Passing(Some(named)) => pause.map(|_| named),
            _ => pause,
        })
        .notify(|error, pause| {
            tracing::warn!(%error, milliseconds = pause.as_millis(), "{what} did not work, trying again");
        })
        .await
}
