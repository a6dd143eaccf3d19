//! A stand-in for Discord: its REST API and its gateway on real sockets, for tests.
//!
//! It runs on a thread of its own, so that a test that is busy does not hold it up. A test makes the
//! servers and people, does what people do in Discord's client, and looks at what they see:
//!
//! ```ignore
//! let discord = Standin::start(Config::default());
//! let server = discord.server("Reading circle");
//! let (channel, paz) = (server.channel("general"), server.member("Paz"));
//! // … start the bot with discord.url() and discord.token() …
//! discord.wait_ready().await;
//! let answer = discord.slash(&paz, &channel, "quote", [("of", "Orwell")]);
//! assert!(answer.message().await.text().contains("Orwell"));
//! discord.check();
//! ```
//!
//! What it refuses, and by which documentation, is told in the notes on testing.
#![allow(dead_code, unused_imports, reason = "each test uses a part of it")]
#![expect(clippy::disallowed_methods, reason = "the stand-in lives in real time")]

mod answer;
mod build;
mod cdn;
mod commands;
mod driver;
mod errors;
mod gateway;
mod interactions;
mod limits;
mod messages;
mod people;
mod record;
mod rest;
mod routes_channels;
mod routes_commands;
mod state;
mod validate;
mod world;

use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use axum::Router;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::{DefaultBodyLimit, RawQuery, Request};
use axum::serve::ListenerExt as _;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

pub use answer::{Ack, Answer, Button, Menu, Message};
pub use build::{Call, Given, NO_OPTIONS};
pub use cdn::Serving;
pub use commands::Registration;
pub use driver::{Blast, Outcome};
pub use gateway::{Connection, Door, End, Weather};
pub use limits::FaultKind;
pub use messages::Post;
pub use people::{Channel, File, Member, Role, Server};
pub use record::Recorded;
pub use validate::{Counting, Rules};
pub use world::{ChannelKind, permissions};

use state::{Shared, State};
use world::World;

/// How the stand-in behaves; change what a test needs.
#[derive(Clone, Debug)]
pub struct Config {
    pub token: String,
    /// How long a test waits for something before it fails.
    pub patience: Duration,
    pub heartbeat_interval: Duration,
    /// Whether a connection without heartbeats is closed, as Discord does.
    pub enforce_heartbeats: bool,
    /// How many servers there are besides those that the test makes.
    pub filler_servers: usize,
    /// What `/gateway/bot` recommends.
    pub shards: u64,
    pub max_concurrency: u64,
    pub session_starts: usize,
    /// How far apart the IDENTIFYs of a bucket must be.
    pub identify_pause: Duration,
    /// With fewer shards, IDENTIFY is answered with 4011.
    pub required_shards: Option<u64>,
    /// The privileged intents that are switched on for the application.
    pub privileged_intents: u64,
    pub application_flags: u64,
    /// How long there is for the first answer to an interaction.
    pub first_answer: Duration,
    /// How long the token of an interaction is good for.
    pub token_life: Duration,
    /// Requests on one route, and in which time.
    pub route_limit: (u32, Duration),
    /// Requests in a second, without those that answer interactions.
    pub global_limit: Option<u32>,
    pub counting: Counting,
    /// The limit of each attached file, in bytes.
    pub attachment_size_limit: usize,
    pub require_user_agent: bool,
    /// Whether a reply with the ping on mentions the bot also where it replies to the answer to an interaction.
    pub pings_reach_answers: bool,
}

impl Default for Config {
    fn default() -> Config {
        Config {
            token: "MTAwMDAwMDAwMDAwMDAwMDAw.GbZqYw.a-token-that-opens-nothing-but-the-stand-in".into(),
            patience: Duration::from_secs(10),
            heartbeat_interval: Duration::from_millis(41_250),
            enforce_heartbeats: true,
            filler_servers: 0,
            shards: 1,
            max_concurrency: 1,
            session_starts: 1000,
            identify_pause: Duration::from_secs(5),
            required_shards: None,
            privileged_intents: 0,
            application_flags: 0,
            first_answer: Duration::from_secs(3),
            token_life: Duration::from_secs(15 * 60),
            route_limit: (50, Duration::from_secs(1)),
            global_limit: Some(50),
            counting: Counting::Utf16,
            attachment_size_limit: 10 * 1024 * 1024,
            require_user_agent: true,
            pings_reach_answers: false,
        }
    }
}

impl Config {
    fn rules(&self) -> Rules {
        Rules { counting: self.counting, file_size: self.attachment_size_limit }
    }
}

/// The stand-in; it ends when this is dropped.
pub struct Standin {
    shared: Arc<Shared>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Standin {
    /// Starts it on free ports of 127.0.0.1.
    pub fn start(config: Config) -> Standin {
        let (stop, stopped) = oneshot::channel();
        let (send, receive) = std::sync::mpsc::channel();
        let thread = std::thread::Builder::new().name("standin".into());
        let thread = thread.spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            let runtime = runtime.expect("a runtime for the stand-in");
            runtime.block_on(async move {
                let shared = run(config).await;
                send.send(Arc::clone(&shared)).expect("whoever starts the stand-in is waiting");
                // It ends too if the sender is dropped.
                let _ = stopped.await;
            });
            runtime.shutdown_background();
        });
        let thread = thread.expect("a thread for the stand-in");
        let shared = receive.recv().expect("the stand-in could not start");
        Standin { shared, stop: Some(stop), thread: Some(thread) }
    }

    /// Where the REST API is, without a path.
    pub fn url(&self) -> &str {
        &self.shared.rest
    }

    pub fn token(&self) -> &str {
        &self.shared.config.token
    }

    pub fn gateway_url(&self) -> &str {
        &self.shared.gateway
    }

    pub fn resume_url(&self) -> &str {
        &self.shared.resume
    }
}

impl Drop for Standin {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

async fn run(config: Config) -> Arc<Shared> {
    let mut world = World::new();
    for n in 0..config.filler_servers {
        let guild = world.add_guild(&format!("Server {n}"));
        world.add_channel(Some(guild), ChannelKind::Text, "general", None);
    }
    let mut listeners = Vec::new();
    let mut addresses = Vec::new();
    for _ in 0..3 {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a free port");
        addresses.push(listener.local_addr().expect("it is bound"));
        listeners.push(listener);
    }
    let shared = Arc::new(Shared::new(
        config,
        format!("http://{}", addresses[0]),
        format!("ws://{}", addresses[1]),
        format!("ws://{}", addresses[2]),
        State::new(world),
    ));
    let [rest, main, resume] = listeners.try_into().expect("there are three");
    let handler = Arc::clone(&shared);
    let api = Router::new()
        .fallback(move |request: Request| rest::serve(Arc::clone(&handler), request))
        .layer(DefaultBodyLimit::disable());
    let rest = rest.tap_io(|stream| drop(stream.set_nodelay(true)));
    tokio::spawn(async move { axum::serve(rest, api).await });
    for (tcp, door) in [(main, Door::Main), (resume, Door::Resume)] {
        let handler = Arc::clone(&shared);
        let router = Router::new().fallback(move |RawQuery(query): RawQuery, upgrade: WebSocketUpgrade| {
            let shared = Arc::clone(&handler);
            async move { gateway::upgrade(shared, door, query.unwrap_or_default(), upgrade) }
        });
        let listener = gateway::Listener { tcp, door, shared: Arc::clone(&shared) };
        tokio::spawn(async move { axum::serve(listener, router).await });
    }
    shared
}
