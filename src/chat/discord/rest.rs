//! Discord's REST API.
//!
//! Requests, routes and rate limits are serenity's. Its own client is not used because it ignores another
//! host than Discord's while its rate limiter is on, and because that keeps a bucket for every single
//! interaction for ever, and one for all interactions' webhooks together, which Discord limits one by one.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use backon::{BackoffBuilder, ExponentialBuilder};
use reqwest::{Response, StatusCode};
use serde::de::DeserializeOwned;
use serenity::all::ApplicationId;
use serenity::http::{LightMethod, Ratelimit, RatelimitingBucket, Request, Route};
use tokio::sync::Mutex;

/// How long connecting may take, and how long a whole request.
const CONNECT: Duration = Duration::from_secs(5);
const WHOLE: Duration = Duration::from_secs(15);

/// How often a request is tried that fails for no fault of its own.
const TRIES: usize = 4;

/// The longest time that a rate limit is waited for.
const PATIENCE: Duration = Duration::from_secs(600);

/// Why a request did not succeed.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
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

impl Failure {
    /// Discord's code for the error: 40060 for what was acknowledged already, for instance.
    pub fn code(&self) -> i64 {
        match self {
            Failure::Refused { code, .. } => *code,
            Failure::Unreachable { .. } => 0,
        }
    }

    /// Whether Discord does not take the token.
    pub fn is_unauthorized(&self) -> bool {
        matches!(self, Failure::Refused { status: StatusCode::UNAUTHORIZED, .. })
    }
}

/// A client of the REST API.
pub struct Rest {
    client: reqwest::Client,
    token: String,
    host: String,
    application: std::sync::OnceLock<ApplicationId>,
    buckets: Mutex<HashMap<RatelimitingBucket, Arc<Mutex<Ratelimit>>>>,
    /// Held while everything has to wait.
    global: Mutex<()>,
    seed: u64,
}

impl Rest {
    /// A client for a bot. `host` is scheme, host and port; `seed` decides the jitter of retries.
    ///
    /// # Errors
    /// TLS can't be set up.
    pub fn new(token: &str, host: &str, seed: u64) -> Result<Rest, reqwest::Error> {
        let client = reqwest::Client::builder()
            .connect_timeout(CONNECT)
            .timeout(WHOLE)
            .pool_idle_timeout(Duration::from_secs(60))
            .tcp_nodelay(true)
            .redirect(reqwest::redirect::Policy::none())
            .build()?;
        Ok(Rest {
            client,
            token: format!("Bot {}", token.trim_start_matches("Bot ")),
            host: host.trim_end_matches('/').to_string(),
            application: std::sync::OnceLock::new(),
            buckets: Mutex::default(),
            global: Mutex::default(),
            seed,
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
    /// See [`Failure`].
    pub async fn send(&self, request: Request<'_>) -> Result<Response, Failure> {
        let what = named(&request);
        // These have limits of their own, each; keeping account of every one would have no end.
        let bucket = match request.route_ref() {
            Route::InteractionResponse { .. }
            | Route::WebhookWithToken { .. }
            | Route::WebhookMessage { .. }
            | Route::WebhookOriginalInteractionResponse { .. }
            | Route::WebhookFollowupMessage { .. }
            | Route::WebhookFollowupMessages { .. } => None,
            route => Some(route.ratelimiting_bucket()),
        };
        // One request of a bucket at a time: none is under way when it turns out that they have to wait,
        // and what is said in a channel keeps its order.
        let mut bucket = match bucket {
            Some(bucket) => {
                let bucket = Arc::clone(self.buckets.lock().await.entry(bucket).or_default());
                Some(bucket.lock_owned().await)
            }
            None => None,
        };
        let mut waits = ExponentialBuilder::new()
            .with_min_delay(Duration::from_millis(200))
            .with_max_times(TRIES - 1)
            .with_jitter()
            .with_jitter_seed(self.seed)
            .build();
        loop {
            drop(self.global.lock().await);
            if let Some(bucket) = &mut bucket {
                bucket.pre_hook(&request, &|_| {}).await;
            }
            let built = request.clone().build(&self.client, &self.token, Some(&self.host));
            let built = built.map_err(|error| unreachable(&what, &error))?;
            let response = match built.send().await {
                Ok(response) => response,
                Err(error) => match waits.next() {
                    Some(wait) => {
                        tracing::debug!(what, %error, "trying again");
                        tokio::time::sleep(wait).await;
                        continue;
                    }
                    None => return Err(unreachable(&what, &error.without_url())),
                },
            };
            let status = response.status();
            if status == StatusCode::TOO_MANY_REQUESTS {
                let wait = retry_after(&response);
                tracing::warn!(what, seconds = wait.as_secs_f64(), "Discord asks to wait");
                if wait > PATIENCE {
                    return Err(refused(response, what).await);
                }
                let header = |name: &str| response.headers().get(name).is_some();
                if header("x-ratelimit-global") {
                    let _all_wait = self.global.lock().await;
                    tokio::time::sleep(wait).await;
                } else if let Some(bucket) = &mut bucket {
                    // It also sleeps as long as it must.
                    if !matches!(bucket.post_hook(&response, &request, &|_| {}, false).await, Ok(true)) {
                        tokio::time::sleep(wait).await;
                    }
                } else {
                    tokio::time::sleep(wait).await;
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

    /// Sends a request and reads the answer.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn json<T: DeserializeOwned>(&self, request: Request<'_>) -> Result<T, Failure> {
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

/// How long a 429 asks to wait, in a header or else a second.
fn retry_after(response: &Response) -> Duration {
    let header = response.headers().get("retry-after").and_then(|value| value.to_str().ok());
    let seconds =
        header.and_then(|value| value.parse::<f64>().ok()).filter(|it| it.is_finite() && *it >= 0.0);
    Duration::from_secs_f64(seconds.unwrap_or(1.0).min(1e6))
}

async fn refused(response: Response, what: String) -> Failure {
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
    Failure::Refused { status, code: body.code, message, what }
}

fn unreachable(what: &str, error: &dyn std::error::Error) -> Failure {
    let mut causes = vec![error.to_string()];
    let mut cause = error.source();
    while let Some(error) = cause {
        causes.push(error.to_string());
        cause = error.source();
    }
    causes.dedup();
    Failure::Unreachable { error: causes.join(": "), what: what.to_string() }
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
