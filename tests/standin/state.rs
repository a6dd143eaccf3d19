//! Everything that the stand-in knows, and the events that it sends.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use axum::extract::ws::Utf8Bytes;
use serde_json::Value;
use tokio::sync::mpsc::UnboundedSender;
use tokio::sync::watch;

use super::Config;
use super::cdn::CdnFile;
use super::commands::Registry;
use super::gateway::{Connection, Door, Weather};
use super::limits::{Buckets, Fault};
use super::messages::Post;
use super::record::Recorded;
use super::world::World;

pub const GUILDS: u64 = 1;
pub const GUILD_MESSAGES: u64 = 1 << 9;
pub const DIRECT_MESSAGES: u64 = 1 << 12;
pub const MESSAGE_CONTENT: u64 = 1 << 15;

/// How many events of a session can be sent again.
const KEPT_EVENTS: usize = 20_000;

/// What is shared by the sockets and the test.
pub struct Shared {
    pub config: Config,
    pub rest: String,
    pub gateway: String,
    pub resume: String,
    state: Mutex<State>,
    changed: watch::Sender<u64>,
}

impl Shared {
    pub fn new(config: Config, rest: String, gateway: String, resume: String, state: State) -> Shared {
        Shared { config, rest, gateway, resume, state: Mutex::new(state), changed: watch::Sender::new(0) }
    }

    pub fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes something, and wakes whoever waits for it.
    pub fn change<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        let result = change(&mut self.lock());
        self.changed.send_modify(|n| *n += 1);
        result
    }

    /// Waits until there is something, and says what was waited for if it does not come.
    pub async fn until<T>(&self, what: &str, look: impl FnMut(&mut State) -> Option<T>) -> T {
        match self.within(self.config.patience, look).await {
            Some(found) => found,
            None => {
                let patience = self.config.patience;
                panic!("waited {patience:?} in vain for {what}\n{}", self.lock().digest());
            }
        }
    }

    pub async fn within<T>(
        &self,
        patience: Duration,
        mut look: impl FnMut(&mut State) -> Option<T>,
    ) -> Option<T> {
        let mut changed = self.changed.subscribe();
        let end = tokio::time::Instant::now() + patience;
        loop {
            if let Some(found) = look(&mut self.lock()) {
                return Some(found);
            }
            let change = changed.changed();
            if !matches!(tokio::time::timeout_at(end, change).await, Ok(Ok(()))) {
                return look(&mut self.lock());
            }
        }
    }
}

/// What is sent over one connection.
#[derive(Debug)]
pub enum Out {
    Text(Utf8Bytes),
    /// An interaction: the time at which it is written is taken.
    Timed(Utf8Bytes, Arc<OnceLock<Instant>>),
    Close(u16),
    Cut,
}

#[derive(Debug)]
pub struct Session {
    pub id: String,
    pub shard: (u64, u64),
    pub intents: u64,
    pub seq: u64,
    /// What was sent, for a RESUME.
    pub events: VecDeque<(u64, Utf8Bytes)>,
    /// The connection that it is on, by its number.
    pub live: Option<(usize, UnboundedSender<Out>)>,
}

impl Session {
    fn hears(&self, guild: Option<u64>) -> bool {
        match guild {
            Some(guild) => (guild >> 22) % self.shard.1 == self.shard.0,
            None => self.shard.0 == 0,
        }
    }

    pub fn send(&mut self, event: &str, body: &str, written: Option<&Arc<OnceLock<Instant>>>) {
        self.seq += 1;
        let text: Utf8Bytes =
            format!("{{\"t\":\"{event}\",\"s\":{},\"op\":0,\"d\":{body}}}", self.seq).into();
        self.events.push_back((self.seq, text.clone()));
        if self.events.len() > KEPT_EVENTS {
            self.events.pop_front();
        }
        if let Some((_, out)) = &self.live {
            let message = match written {
                Some(written) => Out::Timed(text, Arc::clone(written)),
                None => Out::Text(text),
            };
            // A connection that is just closing loses it, and the event waits for the RESUME.
            let _ = out.send(message);
        }
    }
}

/// The first answer to an interaction.
#[derive(Clone, Debug)]
pub struct Acknowledged {
    /// The type of the callback.
    pub kind: u64,
    pub data: Value,
    pub at: Instant,
}

#[derive(Clone, Debug)]
pub struct Interaction {
    pub id: u64,
    pub token: String,
    /// 2 for a command, 3 for a component, 4 for autocomplete, 5 for a modal.
    pub kind: u8,
    /// What it is, for messages to people.
    pub name: String,
    pub user: u64,
    pub channel: u64,
    pub created: Instant,
    /// When it was written to the bot's socket.
    pub written: Arc<OnceLock<Instant>>,
    /// The message that the used component is on.
    pub source: Option<u64>,
    /// The message that a message command was used on.
    pub target: Option<u64>,
    /// The type of the focused option, for autocomplete.
    pub focused: u64,
    pub ack: Option<Acknowledged>,
    /// What `@original` is.
    pub original: Option<u64>,
    pub followups: Vec<u64>,
    /// When the answer was there, that is, no longer loading.
    pub settled: Option<Instant>,
}

pub struct State {
    pub world: World,
    pub registry: Registry,
    pub posts: BTreeMap<u64, Post>,
    pub interactions: HashMap<u64, Interaction>,
    pub tokens: HashMap<String, u64>,
    pub requests: Vec<Recorded>,
    /// What the bot did that Discord forbids, and is not a refused request.
    pub violations: Vec<String>,
    pub faults: Vec<Fault>,
    pub buckets: Buckets,
    pub files: HashMap<String, CdnFile>,
    pub sessions: HashMap<String, Session>,
    pub connections: Vec<Connection>,
    /// When somebody opened a connection to the gateway, and at which door.
    pub attempts: Vec<(Instant, Door)>,
    pub weather: Weather,
    pub stalled: bool,
    /// When each bucket of shards identified last.
    pub identified: HashMap<u64, Instant>,
    pub identifies: usize,
    /// The senders of all open connections, by number.
    pub open: HashMap<usize, UnboundedSender<Out>>,
    pub presences: Vec<Value>,
}

impl State {
    pub fn new(world: World) -> State {
        State {
            world,
            registry: Registry::default(),
            posts: BTreeMap::new(),
            interactions: HashMap::new(),
            tokens: HashMap::new(),
            requests: Vec::new(),
            violations: Vec::new(),
            faults: Vec::new(),
            buckets: Buckets::default(),
            files: HashMap::new(),
            sessions: HashMap::new(),
            connections: Vec::new(),
            attempts: Vec::new(),
            weather: Weather::Fine,
            stalled: false,
            identified: HashMap::new(),
            identifies: 0,
            open: HashMap::new(),
            presences: Vec::new(),
        }
    }

    /// Sends an event to every session of the server's shard that has one of the intents (or any
    /// session, for 0).
    pub fn dispatch(&mut self, event: &str, guild: Option<u64>, intents: u64, body: &str) {
        for session in self.sessions.values_mut() {
            if session.hears(guild) && (intents == 0 || session.intents & intents != 0) {
                session.send(event, body, None);
            }
        }
    }

    pub fn dispatch_timed(
        &mut self,
        event: &str,
        guild: Option<u64>,
        body: &str,
        written: &Arc<OnceLock<Instant>>,
    ) {
        for session in self.sessions.values_mut().filter(|session| session.hears(guild)) {
            session.send(event, body, Some(written));
        }
    }

    pub fn dispatch_message(&mut self, event: &str, guild: Option<u64>, full: &str, blank: &str) {
        let intent = if guild.is_some() { GUILD_MESSAGES } else { DIRECT_MESSAGES };
        for session in self.sessions.values_mut() {
            if session.hears(guild) && session.intents & intent != 0 {
                let body = if session.intents & MESSAGE_CONTENT != 0 { full } else { blank };
                session.send(event, body, None);
            }
        }
    }

    pub fn somebody_hears_messages(&self) -> bool {
        self.sessions.values().any(|session| session.intents & (GUILD_MESSAGES | DIRECT_MESSAGES) != 0)
    }

    /// What happened last, for a test that fails.
    pub fn digest(&self) -> String {
        let mut lines = vec![format!(
            "the stand-in has seen {} connections, {} identifies and {} requests; registered: {:?}",
            self.connections.len(),
            self.identifies,
            self.requests.len(),
            self.registry.names(),
        )];
        if let Some(connection) = self.connections.last() {
            lines.push(format!("the last connection: {connection:?}"));
        }
        for request in self.requests.iter().rev().take(6).rev() {
            lines.push(format!("  {request}"));
        }
        for request in self.requests.iter().filter(|request| request.refused()) {
            lines.push(format!("  REFUSED {request}"));
        }
        lines.extend(self.violations.iter().map(|violation| format!("  VIOLATION {violation}")));
        lines.join("\n")
    }
}
