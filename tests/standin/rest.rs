//! The REST API: who may ask, what is recorded, and the plain routes.

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::body::{Body, to_bytes};
use axum::extract::{FromRequest as _, Multipart, Request};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use serde_json::{Value, json};

use super::errors::{Faults, Refusal};
use super::limits::{Allowance, FaultKind, Scope, Verdict};
use super::record::Recorded;
use super::state::{Shared, State};
use super::validate::SentFile;
use super::world::ChannelKind;
use super::{cdn, interactions, routes_channels, routes_commands};

/// The maximum size of a request, by the documentation of Create Message, and some room for its form.
const REQUEST_SIZE: usize = 25 * 1024 * 1024 + 64 * 1024;

/// An accepted request's answer; without a body it is 204.
pub struct Reply {
    pub status: u16,
    pub body: Option<Value>,
}

impl Reply {
    pub fn json(body: Value) -> Reply {
        Reply { status: 200, body: Some(body) }
    }

    pub fn nothing() -> Reply {
        Reply { status: 204, body: None }
    }
}

/// A request, taken apart.
pub struct Call<'a> {
    pub shared: &'a Shared,
    pub method: &'a str,
    pub path: &'a [&'a str],
    pub query: &'a str,
    pub body: &'a Value,
    pub files: &'a [SentFile],
    pub now: Instant,
}

impl Call<'_> {
    pub fn asks(&self, key: &str) -> bool {
        let value = format!("{key}=");
        let found = self.query.split('&').find_map(|pair| pair.strip_prefix(value.as_str()));
        matches!(found, Some("true" | "True" | "1"))
    }
}

pub fn now() -> Instant {
    Instant::now()
}

#[expect(clippy::too_many_lines, reason = "the steps of one request, in their order")]
pub async fn serve(shared: Arc<Shared>, request: Request) -> Response {
    let at = now();
    let method = request.method().as_str().to_owned();
    let full = request.uri().path().to_owned();
    let query = request.uri().query().unwrap_or_default().to_owned();
    if full.starts_with("/attachments/") {
        return cdn::serve(&shared, &full).await;
    }
    let prefix = ["/api/v10/", "/api/v9/", "/api/"].into_iter().find_map(|prefix| full.strip_prefix(prefix));
    let Some(path) = prefix else {
        return respond(404, Some(&Refusal::not_found().body), &[]);
    };
    let path: Vec<String> = path.split('/').filter(|part| !part.is_empty()).map(decode).collect();
    let path: Vec<&str> = path.iter().map(String::as_str).collect();
    let (route, key) = route_of(&method, &path);
    let headers = request.headers().clone();
    let (body, files) = match read(request).await {
        Ok(read) => (read.0, read.1),
        Err(refusal) => {
            let record = record(at, &method, &path, &route, &query, &headers, (Value::Null, Vec::new()));
            return refuse(&shared, record, &refusal, &[]);
        }
    };
    let mut recorded = record(at, &method, &path, &route, &query, &headers, (body, files));

    let fault = shared.change(|state| take_fault(state, &route));
    let mut lost = None;
    let mut late = Duration::ZERO;
    let mut staged = None;
    match fault {
        None => {}
        Some(FaultKind::Status(status)) => {
            recorded.staged = true;
            return failed(&shared, recorded, status);
        }
        Some(FaultKind::LostAnswer(status)) => lost = Some(status),
        Some(FaultKind::Slow(time)) => tokio::time::sleep(time).await,
        Some(FaultKind::SlowAnswer(time)) => late = time,
        Some(FaultKind::Limited { retry_after }) => staged = Some((Scope::User, retry_after)),
        Some(FaultKind::LimitedGlobally { retry_after }) => staged = Some((Scope::Global, retry_after)),
        Some(FaultKind::LimitedShared { retry_after }) => staged = Some((Scope::Shared, retry_after)),
    }

    let of_interactions = matches!(path.first(), Some(&("interactions" | "webhooks")));
    let verdict = {
        let mut state = shared.lock();
        let State { buckets, .. } = &mut *state;
        buckets.admit(&shared.config, &route, &key, of_interactions, staged, at)
    };
    let allowance = match verdict {
        Verdict::Free(allowance) => allowance,
        Verdict::Limited { scope, retry_after, allowance, staged, early } => {
            recorded.staged = staged && early.is_none();
            if let Some(left) = early {
                let text = format!("{method} /{} came {left:?} before Retry-After was over", path.join("/"));
                shared.lock().violations.push(text);
            }
            return limited(&shared, recorded, scope, retry_after, allowance);
        }
    };
    let limits = allowance.map(|allowance| allowance_headers(&allowance)).unwrap_or_default();

    // discord.py answers interactions under the name of its HTTP library, and Discord takes that; so the
    // name is asked for where the token is.
    let free = of_interactions || path == ["gateway"];
    if let Err(refusal) = if free { Ok(()) } else { authorize(&shared, &headers) } {
        return refuse(&shared, recorded, &refusal, &limits);
    }
    let call = Call {
        shared: &shared,
        method: &method,
        path: &path,
        query: &query,
        body: &recorded.body,
        files: &recorded.files,
        now: now(),
    };
    let outcome = {
        let mut state = shared.lock();
        answer(&mut state, &call)
    };
    if !late.is_zero() {
        shared.change(|_| {});
        tokio::time::sleep(late).await;
    }
    if let Some(status) = lost {
        recorded.staged = true;
        return failed(&shared, recorded, status);
    }
    match outcome {
        Ok(reply) => {
            recorded.status = reply.status;
            recorded.answer = reply.body.clone().unwrap_or_default();
            let response = respond(reply.status, reply.body.as_ref(), &limits);
            shared.change(|state| state.requests.push(recorded));
            response
        }
        Err(refusal) => refuse(&shared, recorded, &refusal, &limits),
    }
}

fn record(
    at: Instant,
    method: &str,
    path: &[&str],
    route: &str,
    query: &str,
    headers: &HeaderMap,
    (body, files): (Value, Vec<SentFile>),
) -> Recorded {
    let agent = headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default();
    Recorded {
        at,
        method: method.to_owned(),
        path: format!("/{}", path.join("/")),
        route: route.to_owned(),
        query: query.to_owned(),
        user_agent: agent.to_owned(),
        body,
        files,
        status: 0,
        answer: Value::Null,
        staged: false,
    }
}

/// A part of a path with its `%40` and the like made plain: some clients write `%40original`.
fn decode(part: &str) -> String {
    let mut bytes = Vec::with_capacity(part.len());
    let mut rest = part.as_bytes();
    while let [first, tail @ ..] = rest {
        let hex = tail.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
        match hex.filter(|_| *first == b'%').and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            None => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The route with names for the ids, and the key of its rate limit.
fn route_of(method: &str, path: &[&str]) -> (String, String) {
    let is_id = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let mut route = format!("{method} ");
    for (n, part) in path.iter().enumerate() {
        route.push('/');
        let is_token = n == 2 && matches!(path[0], "interactions" | "webhooks");
        route.push_str(if is_token {
            "{token}"
        } else if is_id(part) {
            "{id}"
        } else {
            part
        });
    }
    let major = match path {
        [first @ ("channels" | "guilds"), id, ..] => format!("{first}/{id}"),
        [first @ ("interactions" | "webhooks"), id, token, ..] => format!("{first}/{id}/{token}"),
        _ => String::new(),
    };
    let key = format!("{route} {major}");
    (route, key)
}

fn take_fault(state: &mut State, route: &str) -> Option<FaultKind> {
    let place = state.faults.iter().position(|fault| fault.left > 0 && route.contains(&fault.route))?;
    let fault = &mut state.faults[place];
    fault.left -= 1;
    let kind = fault.kind;
    if fault.left == 0 {
        state.faults.remove(place);
    }
    Some(kind)
}

fn authorize(shared: &Shared, headers: &HeaderMap) -> Result<(), Refusal> {
    let agent = headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok());
    if shared.config.require_user_agent && !agent.is_some_and(|agent| agent.starts_with("DiscordBot (")) {
        let message = "The User-Agent must be DiscordBot ($url, $versionNumber)";
        return Err(Refusal { status: 403, body: json!({ "message": message, "code": 40333 }) });
    }
    let given = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    if given.and_then(|value| value.strip_prefix("Bot ")) != Some(shared.config.token.as_str()) {
        return Err(Refusal::unauthorized());
    }
    Ok(())
}

/// The JSON body, and the files of a multipart one.
async fn read(request: Request) -> Result<(Value, Vec<SentFile>), Refusal> {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let kind = kind.unwrap_or_default().to_owned();
    if kind.starts_with("multipart/form-data") {
        let multipart = Multipart::from_request(request, &()).await;
        return read_multipart(multipart.map_err(|error| bad_form(&error.to_string()))?).await;
    }
    let bytes = to_bytes(request.into_body(), REQUEST_SIZE).await;
    let bytes = bytes.map_err(|_| Refusal::new(413, 40005, "Request entity too large"))?;
    if bytes.is_empty() {
        return Ok((Value::Null, Vec::new()));
    }
    if !kind.starts_with("application/json") {
        return Err(bad_form(&format!(
            "Expected \"Content-Type\" header to be one of {{'application/json'}}, not {kind:?}."
        )));
    }
    match serde_json::from_slice(&bytes) {
        Ok(value) => Ok((value, Vec::new())),
        Err(error) => {
            let message = format!("The request body contains invalid JSON. ({error})");
            Err(Refusal::new(400, 50109, &message))
        }
    }
}

async fn read_multipart(mut form: Multipart) -> Result<(Value, Vec<SentFile>), Refusal> {
    let mut body = json!({});
    let mut files = Vec::new();
    let mut total = 0;
    while let Some(part) = form.next_field().await.map_err(|error| bad_form(&error.to_string()))? {
        let name = part.name().unwrap_or_default().to_owned();
        let file_name = part.file_name().map(str::to_owned);
        let bytes = part.bytes().await.map_err(|error| bad_form(&error.to_string()))?;
        total += bytes.len();
        if total > REQUEST_SIZE {
            return Err(Refusal::new(413, 40005, "Request entity too large"));
        }
        if name == "payload_json" {
            body = serde_json::from_slice(&bytes)
                .map_err(|_| Refusal::new(400, 50109, "The request body contains invalid JSON."))?;
            continue;
        }
        let index = name.strip_prefix("files[").and_then(|rest| rest.strip_suffix(']'));
        let Some(index) = index.and_then(|index| index.parse().ok()) else {
            return Err(bad_form(&format!("The stand-in does not take the part {name:?}")));
        };
        let name = file_name.unwrap_or_default();
        files.push(SentFile { index, name, size: bytes.len(), bytes: bytes.to_vec() });
    }
    Ok((body, files))
}

fn bad_form(message: &str) -> Refusal {
    let mut faults = Faults::default();
    faults.add("", "CONTENT_TYPE_INVALID", message);
    faults.finish().expect_err("it has a fault")
}

fn answer(state: &mut State, call: &Call<'_>) -> Result<Reply, Refusal> {
    let shared = call.shared;
    let application = state.world.application.to_string();
    match (call.method, call.path) {
        ("GET", ["gateway"]) => Ok(Reply::json(json!({ "url": shared.gateway }))),
        ("GET", ["gateway", "bot"]) => {
            let used = state.identifies;
            Ok(Reply::json(json!({
                "url": shared.gateway, "shards": shared.config.shards,
                "session_start_limit": {
                    "total": shared.config.session_starts,
                    "remaining": shared.config.session_starts.saturating_sub(used),
                    "reset_after": 14_400_000, "max_concurrency": shared.config.max_concurrency,
                },
            })))
        }
        ("GET", ["users", "@me"]) => Ok(Reply::json(state.world.own_user_json())),
        ("GET", ["users", id]) => match id.parse().ok().filter(|id| state.world.users.contains_key(id)) {
            Some(id) => Ok(Reply::json(state.world.user_json(id))),
            None => Err(Refusal::unknown(10013, "User")),
        },
        ("GET", ["oauth2", "applications", "@me"] | ["applications", "@me"]) => {
            Ok(Reply::json(application_json(state, shared)))
        }
        ("POST", ["users", "@me", "channels"]) => open_dm(state, call),
        ("GET", ["guilds", id]) => match id.parse().ok().filter(|id| state.world.guilds.contains_key(id)) {
            Some(id) => Ok(Reply::json(state.world.guild_json(id))),
            None => Err(Refusal::unknown(10004, "Guild")),
        },
        (_, ["applications", id, "commands" | "guilds", ..]) => {
            if *id != application {
                return Err(Refusal::new(
                    403,
                    20012,
                    "You are not authorized to perform this action on this application",
                ));
            }
            routes_commands::answer(state, call)
        }
        (_, ["channels", ..]) => routes_channels::answer(state, call),
        (_, ["interactions", ..]) => interactions::callback(state, call),
        (_, ["webhooks", ..]) => interactions::webhook(state, call),
        _ => Err(Refusal::not_found()),
    }
}

fn application_json(state: &State, shared: &Shared) -> Value {
    let id = state.world.application.to_string();
    json!({
        "id": id, "name": "Rapporteur", "icon": null, "description": "", "summary": "", "type": null,
        "bot_public": true, "bot_require_code_grant": false, "flags": shared.config.application_flags,
        "verify_key": "0".repeat(64), "hook": true, "is_monetized": false, "rpc_origins": [], "tags": [],
        "team": null, "guild_id": null, "install_params": null, "redirect_uris": [],
        "integration_types_config": {
            "0": { "oauth2_install_params": null }, "1": { "oauth2_install_params": null },
        },
        "interactions_endpoint_url": null, "role_connections_verification_url": null,
        "approximate_guild_count": state.world.guilds.len(), "approximate_user_install_count": 0,
        "bot": state.world.user_json(state.world.bot),
        "owner": {
            "id": "80351110224678912", "username": "owner", "discriminator": "0", "global_name": "Owner",
            "avatar": null, "flags": 0, "public_flags": 0, "bot": false, "system": false,
        },
    })
}

fn open_dm(state: &mut State, call: &Call<'_>) -> Result<Reply, Refusal> {
    let user = call.body.get("recipient_id").and_then(super::validate::as_id);
    let user = user.filter(|id| state.world.users.contains_key(id));
    let Some(user) = user else {
        let mut faults = Faults::default();
        faults.required("recipient_id");
        return Err(faults.finish().expect_err("it has a fault"));
    };
    if state.world.user(user).bot {
        return Err(Refusal::new(403, 50007, "Cannot send messages to this user"));
    }
    let id = state.world.dm(user);
    debug_assert_eq!(state.world.channel(id).kind, ChannelKind::Dm);
    Ok(Reply::json(state.world.channel_json(id)))
}

type Header = (String, String);

fn respond(status: u16, body: Option<&Value>, headers: &[Header]) -> Response {
    let mut response = Response::builder().status(StatusCode::from_u16(status).expect("a real status"));
    for (name, value) in headers {
        response = response.header(name, value);
    }
    let body = match body {
        None => Body::empty(),
        Some(body) => {
            response = response.header(header::CONTENT_TYPE, "application/json");
            Body::from(body.to_string())
        }
    };
    response.body(body).expect("the headers are valid")
}

fn refuse(shared: &Shared, mut recorded: Recorded, refusal: &Refusal, headers: &[Header]) -> Response {
    recorded.status = refusal.status;
    recorded.answer = refusal.body.clone();
    shared.change(|state| state.requests.push(recorded));
    respond(refusal.status, Some(&refusal.body), headers)
}

/// A failure of Discord's own: 500 is said by the API in JSON, 502 and the like by what is before it.
fn failed(shared: &Shared, mut recorded: Recorded, status: u16) -> Response {
    recorded.status = status;
    shared.change(|state| state.requests.push(recorded));
    if status == 500 {
        return respond(500, Some(&json!({ "message": "500: Internal Server Error", "code": 0 })), &[]);
    }
    let page = format!("<html><head><title>{status}</title></head><body>cloudflare</body></html>");
    let response = Response::builder().status(status).header(header::CONTENT_TYPE, "text/html");
    response.body(Body::from(page)).expect("the headers are valid")
}

fn limited(
    shared: &Shared,
    mut recorded: Recorded,
    scope: Scope,
    retry_after: Duration,
    allowance: Option<Allowance>,
) -> Response {
    // Rounded up, so that whoever waits that long has waited long enough.
    let seconds = (retry_after.as_secs_f64() * 1000.0).ceil() / 1000.0;
    let global = scope == Scope::Global;
    let message = match scope {
        Scope::Shared => "The resource is being rate limited.",
        Scope::User | Scope::Global => "You are being rate limited.",
    };
    let body = json!({ "message": message, "retry_after": seconds, "global": global });
    let mut headers = allowance.map(|allowance| allowance_headers(&allowance)).unwrap_or_default();
    // The header has whole seconds only.
    headers.push(("retry-after".into(), (seconds.ceil()).to_string()));
    if global {
        headers.push(("x-ratelimit-global".into(), "true".into()));
    }
    let scope = match scope {
        Scope::User => "user",
        Scope::Global => "global",
        Scope::Shared => "shared",
    };
    headers.push(("x-ratelimit-scope".into(), scope.into()));
    headers.push(("via".into(), "1.1 google".into()));
    recorded.status = 429;
    recorded.answer = body.clone();
    shared.change(|state| state.requests.push(recorded));
    respond(429, Some(&body), &headers)
}

fn allowance_headers(allowance: &Allowance) -> Vec<Header> {
    let after = (allowance.reset_after.as_secs_f64() * 1000.0).ceil() / 1000.0;
    let reset = super::world::now_ms() as f64 / 1000.0 + after;
    vec![
        ("x-ratelimit-limit".into(), allowance.limit.to_string()),
        ("x-ratelimit-remaining".into(), allowance.remaining.to_string()),
        ("x-ratelimit-reset".into(), format!("{reset:.3}")),
        ("x-ratelimit-reset-after".into(), format!("{after:.3}")),
        ("x-ratelimit-bucket".into(), allowance.bucket.clone()),
    ]
}
