//! A stand-in for an authentication service that a homeserver leaves its logins to: an OAuth 2.0 server with the
//! device authorization grant (RFC 8628) and refresh tokens that are good for once, and what Synapse asks of the
//! Matrix Authentication Service.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Duration, Instant};

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::Notify;

use super::http::{call, plain};
use super::person::Person;
use super::synapse::Homeserver;
use super::{STAGE, on_stage, within};

const SECRET: &str = "between-the-two";

/// The service, running.
pub struct Auth {
    scene: Arc<Stage>,
}

struct Stage {
    url: String,
    homeserver: String,
    state: Mutex<Book>,
    news: Notify,
}

/// What the service knows.
#[derive(Default)]
struct Book {
    /// How long access tokens are good for; ten minutes if nobody says so.
    lifetime: Option<Duration>,
    is_down: bool,
    is_without_devices: bool,
    registrations: Vec<Value>,
    codes: HashMap<String, Code>,
    tokens: HashMap<String, Token>,
    /// Refresh tokens, and for what they are good.
    refresh: HashMap<String, Login>,
    refreshed: usize,
    /// The file in which a renewed login has to be before it is used.
    watched: Option<PathBuf>,
    unwritten: Vec<String>,
    next: u64,
}

struct Code {
    user_code: String,
    scope: String,
    client: String,
    decision: Option<Decision>,
}

#[derive(Clone)]
enum Decision {
    Allowed(String),
    Refused,
    TooLate,
}

#[derive(Clone)]
struct Login {
    localpart: String,
    scope: String,
    client: String,
}

struct Token {
    login: Login,
    /// Of tokens from elsewhere, their device.
    device: Option<String>,
    until: Option<Instant>,
    /// The refresh token that came with it.
    refresh: Option<String>,
}

impl Auth {
    /// Starts the service, and has the homeserver leave its logins to it. These people stay logged in.
    pub async fn take_over(homeserver: &Homeserver, people: &[&Person]) -> Auth {
        let (listener, url) = on_stage(async {
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            let url = format!("http://{}", listener.local_addr().unwrap());
            (listener, url)
        })
        .await;
        let scene = Arc::new(Stage {
            url: url.clone(),
            homeserver: homeserver.url(),
            state: Mutex::default(),
            news: Notify::new(),
        });
        let auth = Auth { scene: Arc::clone(&scene) };
        for person in people {
            let localpart = person.user[1..].split(':').next().unwrap().to_string();
            let scope = "urn:matrix:client:api:*".to_string();
            let login = Login { localpart, scope, client: String::new() };
            let device = Some(person.device.clone());
            let token = Token { login, device, until: None, refresh: None };
            auth.book().tokens.insert(person.token.clone(), token);
        }
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(metadata))
            .route("/register", post(register))
            .route("/device", post(device))
            .route("/token", post(token))
            .route("/revoke", post(revoke))
            .route("/oauth2/introspect", post(introspect))
            .with_state(scene);
        STAGE.spawn(async move { axum::serve(listener, router).await });
        homeserver
            .restart_with(&format!(
                "enable_registration: false\nenable_3pid_changes: false\npassword_config: {{ enabled: false }}\n\
                 matrix_authentication_service: {{ enabled: true, endpoint: \"{url}\", secret: \"{SECRET}\" }}"
            ))
            .await;
        auth
    }

    fn book(&self) -> MutexGuard<'_, Book> {
        self.scene.state.lock().unwrap()
    }

    /// The address at which people give their codes.
    pub fn address(&self) -> String {
        format!("{}/link", self.scene.url)
    }

    /// Waits for a login that nobody has decided on, and gives its code.
    pub async fn code(&self) -> String {
        let looking = async {
            loop {
                let news = self.scene.news.notified();
                tokio::pin!(news);
                news.as_mut().enable();
                let open = self
                    .book()
                    .codes
                    .values()
                    .find(|it| it.decision.is_none())
                    .map(|it| it.user_code.clone());
                if let Some(code) = open {
                    return code;
                }
                news.await;
            }
        };
        within("a login by code", looking).await
    }

    /// Somebody gives a code, and allows the login.
    pub fn allow(&self, code: &str, localpart: &str) {
        self.decide(code, Decision::Allowed(localpart.into()));
    }

    pub fn refuse(&self, code: &str) {
        self.decide(code, Decision::Refused);
    }

    pub fn let_run_out(&self, code: &str) {
        self.decide(code, Decision::TooLate);
    }

    fn decide(&self, code: &str, decision: Decision) {
        let mut book = self.book();
        let code = book.codes.values_mut().find(|it| it.user_code == code).unwrap();
        code.decision = Some(decision);
    }

    /// Access tokens that are given from now on are good for so long.
    pub fn lifetime(&self, lifetime: Duration) {
        self.book().lifetime = Some(lifetime);
    }

    /// The bot's logins are not renewed any more. Synapse takes its access tokens until they run out.
    pub fn end_logins(&self) {
        self.book().refresh.clear();
    }

    /// The clients that were registered are forgotten.
    pub fn forget_clients(&self) {
        self.book().registrations.clear();
    }

    pub fn down(&self, is_down: bool) {
        self.book().is_down = is_down;
    }

    /// Devices can't log in.
    pub fn without_devices(&self) {
        self.book().is_without_devices = true;
    }

    /// Looks into this file when a renewed login is first used.
    pub fn watch(&self, file: PathBuf) {
        self.book().watched = Some(file);
    }

    /// The access tokens that were used before their refresh token was in the watched file.
    pub fn unwritten(&self) -> Vec<String> {
        self.book().unwritten.clone()
    }

    /// What was said at registrations.
    pub fn registrations(&self) -> Vec<Value> {
        self.book().registrations.clone()
    }

    /// How often a login was renewed.
    pub fn refreshed(&self) -> usize {
        self.book().refreshed
    }

    /// Waits until logins were renewed so often.
    pub async fn until_refreshed(&self, times: usize) {
        let waiting = async {
            loop {
                let news = self.scene.news.notified();
                tokio::pin!(news);
                news.as_mut().enable();
                if self.refreshed() >= times {
                    return;
                }
                news.await;
            }
        };
        within(format_args!("{times} renewed logins"), waiting).await;
    }

    /// Removes a device, as its owner can do where the account is managed.
    pub async fn remove_device(&self, localpart: &str, device: &str) {
        self.end_logins();
        let url = format!("{}/_synapse/mas/delete_device", self.scene.homeserver);
        call("POST", url, Some(SECRET), Some(&json!({"localpart": localpart, "device_id": device})))
            .await
            .unwrap();
    }
}

impl Book {
    fn fresh(&mut self, what: &str) -> String {
        self.next += 1;
        format!("{what}_{}", self.next)
    }

    /// New tokens of a login. Each renews once.
    fn issue(&mut self, login: Login) -> Value {
        let (access, refresh) = (self.fresh("access"), self.fresh("refresh"));
        let lifetime = self.lifetime.unwrap_or(Duration::from_secs(600));
        let until = Some(Instant::now() + lifetime);
        let token = Token { login: login.clone(), device: None, until, refresh: Some(refresh.clone()) };
        self.tokens.insert(access.clone(), token);
        let scope = login.scope.clone();
        self.refresh.insert(refresh.clone(), login);
        json!({
            "access_token": access,
            "token_type": "Bearer",
            "expires_in": lifetime.as_secs(),
            "refresh_token": refresh,
            "scope": scope,
        })
    }

    fn knows(&self, client: &str) -> bool {
        self.registrations.iter().any(|it| it["client_id"] == client)
    }
}

type Scene = State<Arc<Stage>>;

async fn metadata(State(scene): Scene) -> Json<Value> {
    let url = &scene.url;
    let mut metadata = json!({
        "issuer": format!("{url}/"),
        "authorization_endpoint": format!("{url}/authorize"),
        "token_endpoint": format!("{url}/token"),
        "registration_endpoint": format!("{url}/register"),
        "revocation_endpoint": format!("{url}/revoke"),
        "device_authorization_endpoint": format!("{url}/device"),
        "introspection_endpoint": format!("{url}/oauth2/introspect"),
        "account_management_uri": format!("{url}/account"),
        "response_types_supported": ["code"],
        "response_modes_supported": ["query", "fragment"],
        "grant_types_supported":
            ["authorization_code", "refresh_token", "urn:ietf:params:oauth:grant-type:device_code"],
        "code_challenge_methods_supported": ["S256"],
    });
    if scene.state.lock().unwrap().is_without_devices {
        metadata.as_object_mut().unwrap().remove("device_authorization_endpoint");
    }
    Json(metadata)
}

async fn register(State(scene): Scene, Json(mut said): Json<Value>) -> Json<Value> {
    let mut book = scene.state.lock().unwrap();
    let id = book.fresh("client");
    said["client_id"] = json!(id);
    book.registrations.push(said.clone());
    Json(said)
}

async fn device(State(scene): Scene, body: String) -> Response {
    let form = form(&body);
    let mut book = scene.state.lock().unwrap();
    if !book.knows(&form["client_id"]) {
        return refusal("invalid_client");
    }
    let (device_code, user_code) = (book.fresh("device"), book.fresh("CODE"));
    let code = Code {
        user_code: user_code.clone(),
        scope: form["scope"].clone(),
        client: form["client_id"].clone(),
        decision: None,
    };
    book.codes.insert(device_code.clone(), code);
    scene.news.notify_waiters();
    Json(json!({
        "device_code": device_code,
        "user_code": user_code,
        "verification_uri": format!("{}/link", scene.url),
        "verification_uri_complete": format!("{}/link?code={user_code}", scene.url),
        "expires_in": 1200,
        "interval": 1,
    }))
    .into_response()
}

async fn token(State(scene): Scene, body: String) -> Response {
    let form = form(&body);
    let (given, device) = {
        let mut book = scene.state.lock().unwrap();
        if book.is_down {
            return StatusCode::SERVICE_UNAVAILABLE.into_response();
        }
        if !book.knows(&form["client_id"]) {
            return refusal("invalid_client");
        }
        let login = if form["grant_type"] == "refresh_token" {
            match book.refresh.remove(&form["refresh_token"]).filter(|it| it.client == form["client_id"]) {
                Some(login) => login,
                None => return refusal("invalid_grant"),
            }
        } else {
            let Some(code) = book.codes.get(&form["device_code"]) else { return refusal("invalid_grant") };
            match code.decision.clone() {
                None => return refusal("authorization_pending"),
                Some(Decision::Refused) => return refusal("access_denied"),
                Some(Decision::TooLate) => return refusal("expired_token"),
                Some(Decision::Allowed(localpart)) => {
                    Login { localpart, scope: code.scope.clone(), client: code.client.clone() }
                }
            }
        };
        if form["grant_type"] == "refresh_token" {
            book.refreshed += 1;
        }
        let device = login.scope.split(":device:").nth(1).unwrap().to_string();
        let device = json!({"localpart": login.localpart, "device_id": device, "display_name": "Rapporteur"});
        (book.issue(login), device)
    };
    if form["grant_type"] != "refresh_token" {
        let url = format!("{}/_synapse/mas/upsert_device", scene.homeserver);
        call("POST", url, Some(SECRET), Some(&device)).await.unwrap();
    }
    scene.news.notify_waiters();
    Json(given).into_response()
}

async fn revoke(State(scene): Scene, body: String) -> StatusCode {
    scene.state.lock().unwrap().tokens.remove(&form(&body)["token"]);
    StatusCode::OK
}

async fn introspect(State(scene): Scene, headers: HeaderMap, body: String) -> Response {
    if headers.get("authorization").is_none_or(|it| it != &format!("Bearer {SECRET}")) {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    let mut book = scene.state.lock().unwrap();
    let book = &mut *book;
    let asked = &form(&body)["token"];
    let now = Instant::now();
    let token = book.tokens.get(asked).filter(|token| token.until.is_none_or(|until| now < until));
    let Some(token) = token else { return Json(json!({"active": false})).into_response() };
    if let (Some(file), Some(refresh)) = (&book.watched, &token.refresh)
        && !std::fs::read_to_string(file).unwrap_or_default().contains(refresh)
    {
        book.unwritten.push(asked.clone());
    }
    let mut said = json!({
        "active": true, "scope": token.login.scope, "username": token.login.localpart, "sub": token.login.localpart,
    });
    if let Some(device) = &token.device {
        said["device_id"] = json!(device);
    }
    if let Some(until) = token.until {
        said["expires_in"] = json!((until - now).as_secs());
    }
    Json(said).into_response()
}

fn refusal(error: &str) -> Response {
    (StatusCode::BAD_REQUEST, Json(json!({"error": error}))).into_response()
}

/// The fields of a form.
fn form(body: &str) -> HashMap<String, String> {
    let read = |text: &str| plain(&text.replace('+', " "));
    let mut fields: HashMap<String, String> = body
        .split('&')
        .filter_map(|field| field.split_once('='))
        .map(|(name, value)| (read(name), read(value)))
        .collect();
    for name in ["client_id", "grant_type", "refresh_token", "device_code", "scope", "token"] {
        fields.entry(name.into()).or_default();
    }
    fields
}
