//! The connection over which Discord sends what happens: one for each shard.
//!
//! The protocol is <https://discord.com/developers/docs/events/gateway>. serenity's own client is not used
//! for it: it neither waits between connections that are cut at once, nor resumes at the address that
//! Discord names, nor says why a connection was closed, which decides whether to try again.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use backon::{BackoffBuilder, ExponentialBuilder};
use futures::{SinkExt, StreamExt};
use serde::Deserialize;
use serde_json::json;
use serde_json::value::RawValue;
use serenity::all::GatewayIntents;
use tokio::net::TcpStream;
use tokio::sync::{Mutex, MutexGuard, mpsc};
use tokio::time::{Instant, MissedTickBehavior, interval_at, sleep, timeout};
use tokio_tungstenite::tungstenite::handshake::client::Response;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;
use tokio_tungstenite::tungstenite::{self, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};
use tokio_util::sync::CancellationToken;

use crate::env::Rng;

/// How long connecting may take, and how long Discord may take to say hello.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// A connection that lasted so long was a good one: the next attempt need not wait.
const STABLE_AFTER: Duration = Duration::from_secs(10);
/// The shortest and the longest wait between attempts, after one without a wait.
const RECONNECT_WAIT: (Duration, Duration) = (Duration::from_millis(500), Duration::from_secs(60));
/// Discord wants 5 s between two identifications of a group of shards; it counts from when it got them.
const IDENTIFY_INTERVAL: Duration = Duration::from_millis(5_250);
/// How long a closed connection may take to go.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(2);
/// Closes a connection whose session is to be resumed: 1000 and 1001 would end the session.
const RESUMABLE: u16 = 4000;

/// The events that are handed on.
const EVENTS: [&str; 10] = [
    "READY",
    "GUILD_CREATE",
    "GUILD_DELETE",
    "CHANNEL_DELETE",
    "THREAD_DELETE",
    "INTERACTION_CREATE",
    "MESSAGE_CREATE",
    "MESSAGE_UPDATE",
    "MESSAGE_DELETE",
    "MESSAGE_DELETE_BULK",
];

/// The fewest intents that do: none is privileged. Messages that mention the bot, and direct ones, carry
/// their content without one.
pub const INTENTS: GatewayIntents =
    GatewayIntents::GUILDS.union(GatewayIntents::GUILD_MESSAGES).union(GatewayIntents::DIRECT_MESSAGES);

/// Why a shard can't go on, in words for the operator.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct FatalError(pub String);

/// Something that happened, as Discord sends it.
#[derive(Debug)]
pub struct Event {
    /// Its name: `INTERACTION_CREATE`.
    pub name: String,
    /// What there is to know, as JSON.
    pub data: String,
}

/// What Discord says of itself when a bot asks where to connect.
#[derive(Debug, Clone, Deserialize)]
pub struct Advice {
    /// The address.
    pub url: String,
    /// How many shards it advises.
    pub shards: u32,
    /// How many sessions may still be started.
    pub session_start_limit: Starts,
}

/// How many sessions may be started.
#[derive(Debug, Clone, Deserialize)]
pub struct Starts {
    /// How many are left.
    pub remaining: u32,
    /// When there are more again, in milliseconds.
    pub reset_after: u64,
    /// How many shards may identify at once.
    pub max_concurrency: u32,
}

/// Checks the address of a gateway: what is not encrypted stays on this machine.
///
/// # Errors
/// It is another kind of address.
pub fn check(url: &str) -> Result<reqwest::Url, FatalError> {
    let wrong = || FatalError(format!("Discord named a gateway that is not to be trusted: {url}"));
    let parsed = reqwest::Url::parse(url).map_err(|_| wrong())?;
    let host = parsed.host_str().unwrap_or_default().trim_matches(['[', ']']);
    let is_here = host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback());
    match parsed.scheme() {
        "wss" => Ok(parsed),
        "ws" if is_here => Ok(parsed),
        _ => Err(wrong()),
    }
}

/// The order in which shards identify themselves: shards with the same remainder wait for each other.
#[derive(Debug, Clone)]
pub struct IdentifyQueue(Arc<Vec<Mutex<Option<Instant>>>>);

impl IdentifyQueue {
    /// A queue for `max_concurrency` groups.
    pub fn new(max_concurrency: u32) -> IdentifyQueue {
        IdentifyQueue(Arc::new((0..max_concurrency.max(1)).map(|_| Mutex::default()).collect()))
    }

    /// Waits for the turn of a shard, which lasts until it is dropped. Whoever uses it writes down when.
    async fn take(&self, shard: u32) -> MutexGuard<'_, Option<Instant>> {
        let groups = u32::try_from(self.0.len()).unwrap_or(1);
        let last = self.0[(shard % groups) as usize].lock().await;
        if let Some(last) = *last {
            tokio::time::sleep_until(last + IDENTIFY_INTERVAL).await;
        }
        last
    }
}

/// A shard.
pub struct Shard {
    /// Its number, and how many there are.
    pub number: [u32; 2],
    /// The bot's token.
    pub token: String,
    /// The gateway's address.
    pub url: reqwest::Url,
    /// The order of identification, which all shards share.
    pub identify_queue: IdentifyQueue,
    /// Where events go.
    pub events: mpsc::Sender<Event>,
    /// Ends the shard when it is cancelled.
    pub stop: CancellationToken,
    /// Random numbers, for waits.
    pub rng: Arc<Rng>,
}

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// A session that can be resumed.
#[derive(Debug)]
struct Session {
    id: String,
    url: reqwest::Url,
    seq: u64,
}

/// How a connection ended.
enum End {
    /// It can be resumed.
    Cut(String),
    /// The session is over.
    SessionOver(String),
    /// It can't go on.
    Fatal(FatalError),
    /// We wanted it to.
    Stopped,
}

#[derive(Deserialize)]
struct Payload<'a> {
    op: u8,
    s: Option<u64>,
    t: Option<&'a str>,
    #[serde(borrow)]
    d: Option<&'a RawValue>,
}

#[derive(Deserialize)]
struct Hello {
    heartbeat_interval: u64,
}

#[derive(Deserialize)]
struct Ready {
    session_id: String,
    resume_gateway_url: String,
}

impl Shard {
    /// Stays connected until it is stopped.
    ///
    /// # Errors
    /// Discord does not want this bot: a wrong token, for instance.
    pub async fn run(self) -> Result<(), FatalError> {
        let mut session = None;
        let mut waits = self.waits();
        let mut wait = Duration::ZERO;
        loop {
            tokio::select! {
                () = self.stop.cancelled() => return Ok(()),
                () = sleep(wait) => {}
            }
            let mut connected = None;
            let end = self.connection(&mut session, &mut connected).await;
            if connected.is_some_and(|since| since.elapsed() >= STABLE_AFTER) {
                waits = self.waits();
            }
            wait = waits.next().unwrap_or(RECONNECT_WAIT.1);
            let [shard, _] = self.number;
            let seconds = wait.as_secs_f64();
            match end {
                End::Stopped => return Ok(()),
                End::Fatal(ended) => return Err(ended),
                End::Cut(cause) => tracing::info!(shard, cause, seconds, "the gateway connection ended"),
                End::SessionOver(cause) => {
                    tracing::warn!(shard, cause, seconds, "the gateway session is over, starting another");
                    session = None;
                }
            }
        }
    }

    /// The waits between attempts: none at first, for most cuts are done with one new connection.
    fn waits(&self) -> impl Iterator<Item = Duration> + use<> {
        let longer = ExponentialBuilder::new()
            .with_min_delay(RECONNECT_WAIT.0)
            .with_max_delay(RECONNECT_WAIT.1)
            .without_max_times()
            .with_jitter()
            .with_jitter_seed(u64::try_from(self.rng.below(usize::MAX)).unwrap_or(0))
            .build();
        std::iter::once(Duration::ZERO).chain(longer)
    }

    /// One connection, from its beginning to its end. `since` is set to when it was made.
    async fn connection(&self, session: &mut Option<Session>, since: &mut Option<Instant>) -> End {
        // Waited for before there is a connection, which wants heartbeats.
        let turn = match session {
            Some(_) => None,
            None => tokio::select! {
                () = self.stop.cancelled() => return End::Stopped,
                turn = self.identify_queue.take(self.number[0]) => Some(turn),
            },
        };
        let mut url = session.as_ref().map_or(&self.url, |session| &session.url).clone();
        url.set_query(Some("v=10&encoding=json"));
        if url.path().is_empty() {
            url.set_path("/");
        }
        let connecting = timeout(CONNECT_TIMEOUT, connect(url.as_str()));
        let connected = tokio::select! {
            () = self.stop.cancelled() => return End::Stopped,
            connected = connecting => connected,
        };
        let mut socket = match connected {
            Ok(Ok((socket, _))) => socket,
            Ok(Err(error)) => {
                // The address to resume at may be the one that is gone.
                if let Some(session) = session {
                    session.url = self.url.clone();
                }
                return End::Cut(format!("can't connect: {error}"));
            }
            Err(_) => return End::Cut("connecting takes too long".into()),
        };
        *since = Some(Instant::now());
        let end = self.listen(&mut socket, session, turn).await;
        let code = match end {
            End::Stopped => 1000,
            _ => RESUMABLE,
        };
        let frame = CloseFrame { code: CloseCode::from(code), reason: "".into() };
        let goodbye = async {
            // It may be gone already.
            let _ = socket.close(Some(frame)).await;
            while let Some(Ok(_)) = socket.next().await {}
        };
        // A connection that does not answer is dropped.
        let _ = timeout(CLOSE_TIMEOUT, goodbye).await;
        end
    }

    /// Says hello, and identifies or resumes. Gives the time between heartbeats.
    async fn introduce(
        &self,
        socket: &mut Socket,
        session: &Option<Session>,
        turn: Option<MutexGuard<'_, Option<Instant>>>,
    ) -> Result<Duration, End> {
        let hello = match timeout(CONNECT_TIMEOUT, next(socket)).await {
            Ok(Ok(text)) => text,
            Ok(Err(end)) => return Err(end),
            Err(_) => return Err(End::Cut("no hello".into())),
        };
        let period = match read::<Hello>(&hello, 10) {
            Some(hello) => Duration::from_millis(hello.heartbeat_interval.max(1)),
            None => return Err(End::Cut("something else than a hello".into())),
        };
        let introduction = match session {
            Some(session) => {
                json!({"op": 6, "d": {"token": self.token, "session_id": session.id, "seq": session.seq}})
            }
            None => {
                let properties =
                    json!({"os": std::env::consts::OS, "browser": "rapporteur", "device": "rapporteur"});
                json!({"op": 2, "d": {
                    "token": self.token, "intents": INTENTS.bits(), "shard": self.number,
                    "properties": properties,
                }})
            }
        };
        if let Err(error) = socket.send(Message::text(introduction.to_string())).await {
            return Err(End::Cut(error.to_string()));
        }
        if let Some(mut turn) = turn {
            *turn = Some(Instant::now());
        }
        Ok(period)
    }

    /// Receives events until the connection ends.
    async fn listen(
        &self,
        socket: &mut Socket,
        session: &mut Option<Session>,
        turn: Option<MutexGuard<'_, Option<Instant>>>,
    ) -> End {
        let period = match self.introduce(socket, session, turn).await {
            Ok(period) => period,
            Err(end) => return end,
        };
        // The first beat comes at a random time, so that not all shards of a restart beat at once.
        let share = self.rng.below(1000) as u32;
        let mut beat = interval_at(Instant::now() + period * share / 1000, period);
        beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut acknowledged = true;
        loop {
            let text = tokio::select! {
                () = self.stop.cancelled() => return End::Stopped,
                _ = beat.tick() => {
                    if !acknowledged {
                        return End::Cut("no answer to a heartbeat".into());
                    }
                    acknowledged = false;
                    if let Err(end) = heartbeat(socket, session).await {
                        return end;
                    }
                    continue;
                }
                text = next(socket) => match text {
                    Ok(text) => text,
                    Err(end) => return end,
                },
            };
            let Ok(payload) = serde_json::from_str::<Payload<'_>>(&text) else {
                tracing::warn!(length = text.len(), "the gateway sent what can't be read");
                continue;
            };
            match payload.op {
                0 => {
                    if let Err(end) = self.dispatch(&payload, session).await {
                        return end;
                    }
                }
                1 => {
                    if let Err(end) = heartbeat(socket, session).await {
                        return end;
                    }
                }
                7 => return End::Cut("Discord asks for a new connection".into()),
                9 => {
                    let resumable = payload.d.is_some_and(|it| it.get() == "true");
                    return match resumable {
                        true => End::Cut("Discord asks to resume".into()),
                        false => End::SessionOver("Discord says so".into()),
                    };
                }
                11 => acknowledged = true,
                _ => {}
            }
        }
    }

    async fn dispatch(&self, payload: &Payload<'_>, session: &mut Option<Session>) -> Result<(), End> {
        let data = payload.d.map_or("null", RawValue::get);
        let name = payload.t.unwrap_or_default();
        let [shard, _] = self.number;
        match name {
            "READY" => {
                let Ok(ready) = serde_json::from_str::<Ready>(data) else {
                    return Err(End::Cut("READY can't be read".into()));
                };
                let url = check(&ready.resume_gateway_url).map_err(End::Fatal)?;
                *session = Some(Session { id: ready.session_id, url, seq: 0 });
                tracing::info!(shard, "connected to Discord");
            }
            "RESUMED" => tracing::info!(shard, "resumed"),
            _ => {}
        }
        if EVENTS.contains(&name) {
            let event = Event { name: name.to_string(), data: data.to_string() };
            // Nobody listens any more once the program is about to end.
            let _ = self.events.send(event).await;
        }
        // Only what was handed on counts as received: all else is sent again on a resume.
        if let (Some(session), Some(seq)) = (session, payload.s) {
            session.seq = seq;
        }
        Ok(())
    }
}

/// Opens a websocket.
async fn connect(url: &str) -> Result<(Socket, Response), tungstenite::Error> {
    // The two versions of reqwest bring a provider of cryptography each, and rustls panics if nobody chooses one.
    // An error means that one is chosen already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    connect_async(url).await
}

async fn heartbeat(socket: &mut Socket, session: &Option<Session>) -> Result<(), End> {
    let beat = json!({"op": 1, "d": session.as_ref().map(|session| session.seq)});
    socket.send(Message::text(beat.to_string())).await.map_err(|error| End::Cut(error.to_string()))
}

fn read<'a, T: Deserialize<'a>>(text: &'a str, op: u8) -> Option<T> {
    let payload: Payload<'a> = serde_json::from_str(text).ok()?;
    serde_json::from_str(payload.d.filter(|_| payload.op == op)?.get()).ok()
}

/// The next text.
async fn next(socket: &mut Socket) -> Result<String, End> {
    loop {
        match socket.next().await {
            Some(Ok(Message::Text(text))) => return Ok(text.to_string()),
            Some(Ok(Message::Close(frame))) => return Err(closed(frame.map(|frame| u16::from(frame.code)))),
            // Pings are answered by the library.
            Some(Ok(_)) => {}
            Some(Err(error)) => return Err(End::Cut(error.to_string())),
            None => return Err(End::Cut("it was cut".into())),
        }
    }
}

/// What a close code means:
/// <https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes>.
fn closed(code: Option<u16>) -> End {
    let ended = |text: &str| End::Fatal(FatalError(text.into()));
    match code {
        Some(4004) => ended(
            "Discord does not take the token. Copy it again from the Developer Portal: Bot, Reset Token.",
        ),
        Some(4010) => ended(
            "Discord does not take this shard: check discord.shards, all processes need the same total.",
        ),
        Some(4011) => {
            ended("the bot is in too many servers for so few shards: set discord.shards to more, or to auto.")
        }
        Some(4012) => {
            ended("Discord no longer speaks version 10 of its gateway: a newer Rapporteur is needed.")
        }
        Some(4013 | 4014) => ended(
            "Discord does not allow the intents that Rapporteur needs (servers, messages, direct messages).",
        ),
        Some(code @ (4003 | 4005 | 4007 | 4009)) => End::SessionOver(format!("close code {code}")),
        Some(code) => End::Cut(format!("close code {code}")),
        None => End::Cut("closed without a code".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_encrypted_stays_on_this_machine() {
        for good in ["wss://gateway.discord.gg", "ws://127.0.0.1:9", "ws://localhost:9/", "ws://[::1]:9"] {
            assert!(check(good).is_ok(), "{good}");
        }
        for bad in
            ["ws://gateway.discord.gg", "ws://127.0.0.1.evil.example", "http://x", "ws://192.168.0.1", ""]
        {
            assert!(check(bad).is_err(), "{bad}");
        }
    }

    /// With two providers of cryptography compiled in, rustls panics here unless one is chosen.
    #[tokio::test]
    async fn a_connection_that_speaks_no_tls_is_an_error() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("wss://localhost:{}", listener.local_addr().unwrap().port());
        let refused = async { drop(listener.accept().await.unwrap()) };
        let (connected, ()) = tokio::join!(connect(&url), refused);
        assert!(connected.is_err());
    }

    #[tokio::test(start_paused = true)]
    async fn shards_of_a_group_identify_one_after_the_other() {
        let identify_queue = IdentifyQueue::new(2);
        let began = Instant::now();
        for shard in [0, 1, 2, 3] {
            let mut turn = identify_queue.take(shard).await;
            *turn = Some(Instant::now());
        }
        // A turn that was not used is none.
        drop(identify_queue.take(4).await);
        assert_eq!(began.elapsed(), 2 * IDENTIFY_INTERVAL);
    }
}
