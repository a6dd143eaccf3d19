//! Errors of the homeserver: what they mean, and trying again.

use std::future::Future;
use std::time::Duration;

use backon::{BackoffBuilder, ExponentialBuilder};
use matrix_sdk::authentication::oauth::OAuthError;
use matrix_sdk::authentication::oauth::error::{BasicErrorResponseType, RequestTokenError};
use matrix_sdk::encryption::OlmError;
use matrix_sdk::reqwest::StatusCode;
use matrix_sdk::ruma::api::error::{ErrorKind, FromHttpResponseError, RetryAfter};
use matrix_sdk::{Error, HttpError, RefreshTokenError};
use tokio::sync::Mutex;
use tokio::time::Instant;

/// The shortest and the longest pause between two tries, where the homeserver does not name one.
const PAUSE: [Duration; 2] = [Duration::from_millis(250), Duration::from_secs(20)];

/// The factor by which the random part lengthens a pause at most.
const JITTER: u32 = 2;

/// The class of an error: what it means for the next try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ErrorClass {
    /// It may work later: after this time, if the homeserver says so.
    Transient(Option<Duration>),
    /// The access token is not valid any more. If it is `soft`, the device still exists and can log in again.
    LoggedOut { soft: bool },
    /// The homeserver's administrator has locked or suspended the account, or let nobody in for now. They can take
    /// it back.
    Locked,
    /// An error on our side: our own files can't be written or read. It may work later.
    Local,
    /// It will never work.
    Permanent,
}

/// The class of an error.
pub(super) fn classify(error: &Error) -> ErrorClass {
    match error {
        Error::Http(error) => classify_http(error),
        // Sharing keys failed on the way; the homeserver's own errors are `Http`.
        Error::OlmError(error) if !matches!(**error, OlmError::Store(_)) => ErrorClass::Transient(None),
        Error::OlmError(_)
        | Error::CryptoStoreError(_)
        | Error::StateStore(_)
        | Error::EventCacheStore(_)
        | Error::MediaStore(_)
        | Error::Io(_) => ErrorClass::Local,
        _ => ErrorClass::Permanent,
    }
}

/// Whether the homeserver refused something because we send too much.
pub(super) fn is_limited(error: &Error) -> bool {
    let kind = error.client_api_error_kind();
    matches!(kind, Some(ErrorKind::LimitExceeded(_)))
}

/// The class of an error of a single request.
pub(super) fn classify_http(error: &HttpError) -> ErrorClass {
    match error {
        HttpError::Reqwest(error) if error.is_builder() => ErrorClass::Permanent,
        HttpError::Reqwest(_) => ErrorClass::Transient(None),
        HttpError::Cached(error) => classify_http(error),
        HttpError::RefreshToken(error) => classify_refresh(error),
        HttpError::Api(api) => match (error.as_client_api_error(), api.as_ref()) {
            (Some(error), _) => match error.error_kind() {
                Some(
                    ErrorKind::UserLocked | ErrorKind::UserSuspended | ErrorKind::ResourceLimitExceeded(_),
                ) => ErrorClass::Locked,
                Some(ErrorKind::UnknownToken(token)) => ErrorClass::LoggedOut { soft: token.soft_logout },
                Some(ErrorKind::LimitExceeded(limit)) => ErrorClass::Transient(match limit.retry_after {
                    // A homeserver that names no time would be asked without a pause.
                    Some(RetryAfter::Delay(delay)) => Some(delay.max(PAUSE[0])),
                    _ => None,
                }),
                _ if error.status_code == StatusCode::TOO_MANY_REQUESTS
                    || error.status_code.is_server_error() =>
                {
                    ErrorClass::Transient(None)
                }
                _ => ErrorClass::Permanent,
            },
            // A proxy between us and the homeserver answered in its place.
            (None, FromHttpResponseError::Deserialization(_)) => ErrorClass::Transient(None),
            _ => ErrorClass::Permanent,
        },
        _ => ErrorClass::Permanent,
    }
}

/// The class of an error in renewing an expired access token.
fn classify_refresh(error: &RefreshTokenError) -> ErrorClass {
    use BasicErrorResponseType::{InvalidClient, InvalidGrant, UnauthorizedClient};
    match error {
        RefreshTokenError::RefreshTokenRequired => ErrorClass::LoggedOut { soft: true },
        RefreshTokenError::MatrixAuth(error) => classify_http(error),
        RefreshTokenError::OAuth(error) => match &**error {
            OAuthError::RefreshToken(RequestTokenError::ServerResponse(said))
                if matches!(said.error(), InvalidClient | InvalidGrant | UnauthorizedClient) =>
            {
                ErrorClass::LoggedOut { soft: true }
            }
            // The server could not be reached, or can't answer now.
            _ => ErrorClass::Transient(None),
        },
    }
}

/// An error as an operator reads it: without the address, which contains the whole request.
pub(super) fn brief(error: &Error) -> String {
    let text = error.to_string();
    text.split(" for url (").next().unwrap_or_default().to_string()
}

/// A time in seconds, for a log.
pub(super) fn seconds(time: Duration) -> String {
    format!("{:.1}", time.as_secs_f32())
}

/// The pauses between tries of something that must work in the end.
pub(super) fn pauses() -> ExponentialBuilder {
    ExponentialBuilder::new()
        .with_min_delay(PAUSE[0])
        .with_max_delay(PAUSE[1] / JITTER)
        .with_jitter()
        .without_max_times()
}

/// Tries something until it works, can never work, or `limit` is over.
///
/// # Errors
/// The last error.
pub(super) async fn retried<T, F>(
    what: &'static str,
    limit: Duration,
    attempt: impl FnMut() -> F,
) -> Result<T, Error>
where
    F: Future<Output = Result<T, Error>>,
{
    in_line(what, limit, None, attempt).await
}

/// The same for something that the homeserver counts. What it refuses for now waits in one line: if all tried again
/// at the time that it names, only one would get through each time.
///
/// # Errors
/// The last error.
pub(super) async fn in_line<T, F>(
    what: &'static str,
    limit: Duration,
    line: Option<&Mutex<()>>,
    mut attempt: impl FnMut() -> F,
) -> Result<T, Error>
where
    F: Future<Output = Result<T, Error>>,
{
    let end = Instant::now() + limit;
    let mut waits = pauses().build();
    let mut turn = match line {
        Some(line) if line.try_lock().is_err() => Some(line.lock().await),
        _ => None,
    };
    loop {
        let error = match attempt().await {
            Ok(done) => return Ok(done),
            Err(error) => error,
        };
        let named = match classify(&error) {
            ErrorClass::Transient(named) => named,
            ErrorClass::Local | ErrorClass::Locked => None,
            ErrorClass::LoggedOut { .. } | ErrorClass::Permanent => return Err(error),
        };
        // The homeserver's own time comes first, but not after the limit.
        let pause = named.or_else(|| waits.next()).unwrap_or(PAUSE[1]);
        let again = Instant::now() + pause;
        if again > end {
            return Err(error);
        }
        let error_text = brief(&error);
        tracing::warn!(error = error_text, seconds = seconds(pause), "{what} did not work, trying again");
        if let (Some(line), Some(_), None) = (line, named, &turn) {
            turn = Some(line.lock().await);
        }
        tokio::time::sleep_until(again).await;
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use matrix_sdk::ruma::api::error::{Error as ApiError, ErrorBody};
    use serde_json::json;

    use super::*;

    fn error(status: u16, body: serde_json::Value) -> Error {
        let status = StatusCode::from_u16(status).unwrap();
        let body = serde_json::from_value(body).unwrap();
        let error = ApiError::new(status, ErrorBody::Standard(body));
        HttpError::Api(Box::new(FromHttpResponseError::Server(error.into()))).into()
    }

    fn limited(milliseconds: u64) -> Error {
        error(429, json!({"errcode": "M_LIMIT_EXCEEDED", "error": "", "retry_after_ms": milliseconds}))
    }

    #[test]
    fn what_errors_mean() {
        assert_eq!(classify(&limited(5_000)), ErrorClass::Transient(Some(Duration::from_secs(5))));
        assert_eq!(classify(&limited(0)), ErrorClass::Transient(Some(PAUSE[0])), "never without a pause");
        let other = |status, code| classify(&error(status, json!({"errcode": code, "error": ""})));
        assert_eq!(other(502, "M_UNKNOWN"), ErrorClass::Transient(None));
        assert_eq!(other(403, "M_FORBIDDEN"), ErrorClass::Permanent);
        assert_eq!(other(401, "M_UNKNOWN_TOKEN"), ErrorClass::LoggedOut { soft: false });
        for (status, code) in
            [(401, "M_USER_LOCKED"), (403, "M_USER_SUSPENDED"), (403, "M_RESOURCE_LIMIT_EXCEEDED")]
        {
            let body = json!({"errcode": code, "error": "", "soft_logout": true, "admin_contact": "mailto:a@example.org"});
            assert_eq!(classify(&error(status, body)), ErrorClass::Locked, "{code}");
        }
        let full = std::io::Error::from(std::io::ErrorKind::StorageFull);
        assert_eq!(classify(&full.into()), ErrorClass::Local);
        let soft = error(401, json!({"errcode": "M_UNKNOWN_TOKEN", "error": "", "soft_logout": true}));
        assert_eq!(classify(&soft), ErrorClass::LoggedOut { soft: true });
    }

    #[test]
    fn the_longest_pause_is_as_long_as_it_is_said_to_be() {
        let pauses: Vec<_> = pauses().build().take(1_000).collect();
        assert!(pauses.iter().all(|pause| *pause <= PAUSE[1]), "{:?}", pauses.iter().max());
        assert!(pauses.iter().any(|pause| *pause > PAUSE[1] * 3 / 4));
    }

    /// A homeserver that lets one through every five seconds, as Synapse does by default.
    #[tokio::test(start_paused = true)]
    async fn many_that_are_refused_for_now_get_through() {
        const EVERY: Duration = Duration::from_secs(5);
        let next = Arc::new(std::sync::Mutex::new(Instant::now()));
        let (line, asked) = (Arc::new(Mutex::new(())), Arc::new(AtomicUsize::new(0)));
        let crowd: Vec<_> = (0..100)
            .map(|number| {
                let (next, line, asked) = (Arc::clone(&next), Arc::clone(&line), Arc::clone(&asked));
                tokio::spawn(async move {
                    let attempt = || async {
                        asked.fetch_add(1, Ordering::Relaxed);
                        let mut next = next.lock().unwrap();
                        let now = Instant::now();
                        if now < *next {
                            let wait = (*next - now).as_millis() as u64;
                            return Err(limited(wait));
                        }
                        *next = now + EVERY;
                        Ok(number)
                    };
                    in_line("asking", Duration::from_secs(600), Some(&line), attempt).await
                })
            })
            .collect();
        for (number, one) in crowd.into_iter().enumerate() {
            assert_eq!(one.await.unwrap().unwrap(), number);
        }
        let asked = asked.load(Ordering::Relaxed);
        assert!(asked <= 400, "{asked} requests for 100 answers");
    }

    #[tokio::test(start_paused = true)]
    async fn the_time_is_over_when_it_is_over() {
        let began = Instant::now();
        let limit = Duration::from_secs(60);
        // Each attempt takes a while, too.
        let attempt = || async {
            tokio::time::sleep(Duration::from_secs(10)).await;
            Err::<(), _>(error(502, json!({"errcode": "M_UNKNOWN", "error": ""})))
        };
        assert!(retried("asking", limit, attempt).await.is_err());
        assert!(began.elapsed() <= limit + Duration::from_secs(10), "{:?}", began.elapsed());
        let never = || async { Err::<(), _>(error(403, json!({"errcode": "M_FORBIDDEN", "error": ""}))) };
        assert!(retried("asking", limit, never).await.is_err());
    }
}
