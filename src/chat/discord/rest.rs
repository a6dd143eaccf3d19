//! Discord's REST API.
//!
//! Requests, routes and rate limits are serenity's. Its own client is not used because it ignores another
//! host than Discord's while its rate limiter is on, and because that keeps a bucket for every single
//! interaction for ever, and one for all interactions' webhooks together, which Discord limits one by one.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError};
use std::time::Duration;

use backon::{BackoffBuilder, ExponentialBuilder};
use reqwest::{Response, StatusCode};
use serde::de::DeserializeOwned;
use serenity::all::ApplicationId;
use serenity::http::{LightMethod, Ratelimit, RatelimitingBucket, Request, Route};
use tokio::sync::Mutex;
use tokio::time::Instant;

use crate::env::Rng;

/// How long connecting may take, and how long a whole request.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
const REQUEST_TIMEOUT: Duration = Duration::from_secs(15);

/// How long an acknowledgement may take, for which Discord gives three seconds in all: after that a second
/// try on another connection is worth more.
const ACKNOWLEDGEMENT_TIMEOUT: Duration = Duration::from_millis(1_200);

/// The shortest wait for a rate limit, whatever is said.
const MIN_RATE_LIMIT_WAIT: Duration = Duration::from_millis(50);

/// How many buckets are kept account of.
const MAX_BUCKETS: usize = 10_000;

/// How often a request is tried that fails for no fault of its own.
const MAX_ATTEMPTS: usize = 4;

/// The longest time that a rate limit is waited for.
const MAX_RATE_LIMIT_WAIT: Duration = Duration::from_secs(600);

/// Why a request did not succeed.
#[derive(Debug, thiserror::Error)]
pub enum ApiError {
    /// Discord refused it.
    #[error("Discord answered {status} to {what}: {message} (code {code})")]
    Refused {
        /// The HTTP status.
        status: StatusCode,
        /// Discord's own code for it, 0 if there is none.
        code: i64,
        /// Discord's words.
        message: String,
        /// Method and path, without tokens.
        what: String,
    },
    /// Discord can't be reached, or does not answer as it should.
    #[error("{what} failed: {error}")]
    Unreachable {
        /// The cause.
        error: String,
        /// Method and path, without tokens.
        what: String,
    },
}

impl ApiError {
    /// Discord's code for the error: 40060 for what was acknowledged already, for instance.
    pub fn code(&self) -> i64 {
        match self {
            ApiError::Refused { code, .. } => *code,
            ApiError::Unreachable { .. } => 0,
        }
    }

    /// Whether Discord does not take the token.
    pub fn is_unauthorized(&self) -> bool {
        matches!(self, ApiError::Refused { status: StatusCode::UNAUTHORIZED, .. })
    }
}

/// A client of the REST API.
pub struct Rest {
    client: reqwest::Client,
    token: String,
    host: String,
    application: std::sync::OnceLock<ApplicationId>,
    buckets: Mutex<HashMap<RatelimitingBucket, Arc<Mutex<Ratelimit>>>>,
    /// Until when everything has to wait that the global limit is for.
    global: std::sync::Mutex<Option<Instant>>,
    rng: Rng,
}

impl Rest {
    /// A client for a bot. `host` is scheme, host and port; `rng` decides the jitter of retries.
    ///
    /// # Errors
    /// TLS can't be set up.
    pub fn new(token: &str, host: &str, rng: Rng) -> Result<Rest, reqwest::Error> {
        let client = reqwest::Client::builder()
            .connect_timeout(CONNECT_TIMEOUT)
            .timeout(REQUEST_TIMEOUT)
            .pool_idle_timeout(Duration::from_secs(60))
            .tcp_nodelay(true)
            .redirect(reqwest::redirect::Policy::none())
            .build()?;
        Ok(Rest {
            client,
            token: format!("Bot {token}"),
            host: host.trim_end_matches('/').to_string(),
            application: std::sync::OnceLock::new(),
            buckets: Mutex::default(),
            global: std::sync::Mutex::default(),
            rng,
        })
    }

    /// Sets whose bot this is; the first time counts.
    pub(super) fn belong_to(&self, application: ApplicationId) {
        // It is always the same.
        let _ = self.application.set(application);
    }

    /// Whose bot this is.
    pub(super) fn application(&self) -> ApplicationId {
        self.application.get().copied().unwrap_or(ApplicationId::new(1))
    }

    /// Sends a request, and waits where Discord says so.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn send(&self, request: Request<'_>) -> Result<Response, ApiError> {
        let what = named(&request);
        let is_interaction = is_of_interaction(request.route_ref());
        // One request of a bucket at a time: none is under way when it turns out that they have to wait,
        // and what is said in a channel keeps its order.
        let mut bucket = match is_interaction {
            false => Some(self.bucket(request.route_ref().ratelimiting_bucket()).await.lock_owned().await),
            true => None,
        };
        let mut waits = self.waits();
        let mut waited = Duration::ZERO;
        loop {
            if !is_interaction {
                self.wait_for_all().await;
            }
            if let Some(bucket) = &mut bucket {
                bucket.pre_hook(&request, &|_| {}).await;
            }
            let response = match self.build(&request, &what)?.send().await {
                Ok(response) => response,
                Err(error) => {
                    // The address has the interaction's token in it.
                    let error = error.without_url();
                    let Some(wait) = waits.next() else { return Err(unreachable(&what, &error)) };
                    tracing::debug!(what, %error, "trying again");
                    tokio::time::sleep(wait).await;
                    continue;
                }
            };
            let status = response.status();
            if status == StatusCode::TOO_MANY_REQUESTS {
                let wait = retry_after(&response);
                waited += wait;
                tracing::warn!(what, seconds = wait.as_secs_f64(), "Discord asks to wait");
                if waited > MAX_RATE_LIMIT_WAIT {
                    return Err(refused(response, what).await);
                }
                match !is_interaction && response.headers().contains_key("x-ratelimit-global") {
                    true => self.hold_all(wait),
                    false => tokio::time::sleep(wait).await,
                }
                continue;
            }
            if let Some(bucket) = &mut bucket
                && let Err(error) = bucket.post_hook(&response, &request, &|_| {}, false).await
            {
                tracing::warn!(what, %error, "the rate limit in an answer can't be read");
            }
            if status.is_server_error()
                && let Some(wait) = waits.next()
            {
                tracing::debug!(what, %status, "trying again");
                tokio::time::sleep(wait).await;
                continue;
            }
            return if status.is_success() { Ok(response) } else { Err(refused(response, what).await) };
        }
    }

    /// The waits between attempts that fail for no fault of the request.
    fn waits(&self) -> impl Iterator<Item = Duration> + use<> {
        ExponentialBuilder::new()
            .with_min_delay(Duration::from_millis(200))
            .with_max_times(MAX_ATTEMPTS - 1)
            .with_jitter()
            .with_jitter_seed(self.rng.seed())
            .build()
    }

    /// A request for one attempt, with the time that it may take.
    fn build(&self, request: &Request<'_>, what: &str) -> Result<reqwest::RequestBuilder, ApiError> {
        let built = request.clone().build(&self.client, &self.token, Some(&self.host));
        let built = built.map_err(|error| unreachable(what, &error))?;
        let is_acknowledgement = matches!(request.route_ref(), Route::InteractionResponse { .. });
        // What goes with a body in JSON alone is small.
        Ok(match is_acknowledgement && request.body_ref().is_some() {
            true => built.timeout(ACKNOWLEDGEMENT_TIMEOUT),
            false => built,
        })
    }

    /// The account of a bucket. Those that nobody uses, and that are not used up, are forgotten when there
    /// are too many.
    async fn bucket(&self, bucket: RatelimitingBucket) -> Arc<Mutex<Ratelimit>> {
        let mut buckets = self.buckets.lock().await;
        if buckets.len() >= MAX_BUCKETS {
            buckets.retain(|_, it| {
                Arc::strong_count(it) > 1 || it.try_lock().is_ok_and(|it| it.remaining() == 0)
            });
        }
        Arc::clone(buckets.entry(bucket).or_default())
    }

    /// Notes that the global limit is used up for so long.
    fn hold_all(&self, wait: Duration) {
        let mut until = self.global.lock().unwrap_or_else(PoisonError::into_inner);
        *until = (*until).max(Some(Instant::now() + wait));
    }

    /// Waits while the global limit is used up.
    async fn wait_for_all(&self) {
        loop {
            let until = *self.global.lock().unwrap_or_else(PoisonError::into_inner);
            match until.filter(|until| *until > Instant::now()) {
                Some(until) => tokio::time::sleep_until(until).await,
                None => return,
            }
        }
    }

    /// Sends a request and reads the answer.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn json<T: DeserializeOwned>(&self, request: Request<'_>) -> Result<T, ApiError> {
        let what = named(&request);
        let response = self.send(request).await?;
        let bytes = response.bytes().await.map_err(|error| unreachable(&what, &error.without_url()))?;
        serde_json::from_slice(&bytes).map_err(|error| unreachable(&what, &error))
    }

    /// The client itself, for what is not the API: attached files.
    pub(super) fn client(&self) -> &reqwest::Client {
        &self.client
    }

    /// Scheme, host and port of the API.
    pub(super) fn host(&self) -> &str {
        &self.host
    }
}

/// Whether a request answers an interaction. These are not under the global limit, and have limits of their own,
/// each; keeping account of every one would have no end.
fn is_of_interaction(route: &Route<'_>) -> bool {
    matches!(
        route,
        Route::InteractionResponse { .. }
            | Route::WebhookOriginalInteractionResponse { .. }
            | Route::WebhookFollowupMessages { .. }
    )
}

/// How long a 429 asks to wait, in a header or else a second.
fn retry_after(response: &Response) -> Duration {
    let header = response.headers().get("retry-after").and_then(|value| value.to_str().ok());
    let seconds =
        header.and_then(|value| value.parse::<f64>().ok()).filter(|it| it.is_finite() && *it >= 0.0);
    Duration::from_secs_f64(seconds.unwrap_or(1.0).min(1e6)).max(MIN_RATE_LIMIT_WAIT)
}

async fn refused(response: Response, what: String) -> ApiError {
    #[derive(serde::Deserialize)]
    struct Body {
        #[serde(default)]
        code: i64,
        #[serde(default)]
        message: String,
        #[serde(default)]
        errors: serde_json::Value,
    }
    let status = response.status();
    let body = response.bytes().await.unwrap_or_default();
    let body = serde_json::from_slice::<Body>(&body).unwrap_or(Body {
        code: 0,
        message: "no reason given".into(),
        errors: serde_json::Value::Null,
    });
    let mut message = body.message;
    if !body.errors.is_null() {
        message.push_str(&format!(" {}", body.errors));
    }
    ApiError::Refused { status, code: body.code, message, what }
}

fn unreachable(what: &str, error: &dyn std::error::Error) -> ApiError {
    let mut causes = vec![error.to_string()];
    let mut cause = error.source();
    while let Some(error) = cause {
        causes.push(error.to_string());
        cause = error.source();
    }
    causes.dedup();
    ApiError::Unreachable { error: causes.join(": "), what: what.to_string() }
}

/// Method and path for the log: interaction tokens, which are long, are left out.
fn named(request: &Request<'_>) -> String {
    let method = match request.method_ref() {
        LightMethod::Delete => "DELETE",
        LightMethod::Get => "GET",
        LightMethod::Patch => "PATCH",
        LightMethod::Post => "POST",
        LightMethod::Put => "PUT",
    };
    let path = request.route_ref().path();
    let path = path.split("/api/v10").nth(1).unwrap_or_default();
    let parts: Vec<&str> = path.split('/').map(|part| if part.len() > 30 { "…" } else { part }).collect();
    format!("{method} {}", parts.join("/"))
}
