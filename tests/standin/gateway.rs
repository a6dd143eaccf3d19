//! The gateway: a websocket for each shard, and sessions that outlive their connections.

use std::collections::VecDeque;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket, WebSocketUpgrade};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use flate2::{Compress, Compression, FlushCompress};
use futures::stream::SplitSink;
use futures::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use super::rest::now;
use super::state::{GUILDS, Out, Session, Shared};

/// At which address a connection came: the one of `/gateway/bot`, or `resume_gateway_url`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Door {
    Main,
    Resume,
}

/// What happens to new connections.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Weather {
    Fine,
    /// The TCP connection is reset as soon as it is accepted.
    Reset,
    /// The websocket is refused with this status, such as 503.
    Refused(u16),
    /// The websocket is opened, and cut before HELLO.
    CutAtOnce,
    CutAfterHello,
    CutAfterReady,
    CutAfterResumed,
}

/// How a connection ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum End {
    /// The bot sent a close frame, with this code.
    BotClosed(Option<u16>),
    /// The bot cut the connection without a close frame.
    BotCut,
    /// The stand-in closed with this code.
    Closed(u16),
    /// The stand-in cut it.
    Cut,
}

/// A connection to the gateway, as it is remembered.
#[derive(Clone, Debug)]
pub struct Connection {
    pub door: Door,
    pub query: String,
    pub opened: Instant,
    pub identify: Option<Value>,
    pub resume: Option<Value>,
    /// Whether it got as far as READY or RESUMED.
    pub ready: bool,
    pub heartbeats: Vec<Instant>,
    pub end: Option<(Instant, End)>,
}

/// Accepts connections, and notes when each came.
pub struct Listener {
    pub tcp: TcpListener,
    pub door: Door,
    pub shared: Arc<Shared>,
}

impl axum::serve::Listener for Listener {
    type Io = TcpStream;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (TcpStream, SocketAddr) {
        loop {
            let Ok((stream, address)) = self.tcp.accept().await else {
                tokio::time::sleep(Duration::from_millis(20)).await;
                continue;
            };
            let weather = self.shared.change(|state| {
                state.attempts.push((now(), self.door));
                state.weather
            });
            if weather == Weather::Reset {
                let _ = stream.set_zero_linger();
                continue;
            }
            let _ = stream.set_nodelay(true);
            return (stream, address);
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.tcp.local_addr()
    }
}

pub fn upgrade(shared: Arc<Shared>, door: Door, query: String, upgrade: WebSocketUpgrade) -> Response {
    if let Weather::Refused(status) = shared.lock().weather {
        return StatusCode::from_u16(status).unwrap_or(StatusCode::SERVICE_UNAVAILABLE).into_response();
    }
    // Larger payloads are read, so that they can be answered with the right code.
    upgrade.max_message_size(1 << 20).on_upgrade(move |socket| serve(shared, door, query, socket))
}

fn param<'q>(query: &'q str, key: &str) -> Option<&'q str> {
    query.split('&').find_map(|pair| pair.strip_prefix(key)?.strip_prefix('='))
}

/// Sends texts, compressed if the client asked for it.
struct Sender {
    sink: SplitSink<WebSocket, Message>,
    zlib: Option<Compress>,
}

impl Sender {
    async fn text(&mut self, text: Utf8Bytes) -> bool {
        let message = match &mut self.zlib {
            None => Message::Text(text),
            Some(zlib) => Message::Binary(compress(zlib, text.as_str().as_bytes()).into()),
        };
        self.sink.send(message).await.is_ok()
    }

    async fn json(&mut self, json: &Value) -> bool {
        self.text(json.to_string().into()).await
    }

    async fn close(&mut self, code: u16) {
        let frame = CloseFrame { code, reason: Utf8Bytes::default() };
        let _ = self.sink.send(Message::Close(Some(frame))).await;
        let _ = self.sink.close().await;
    }
}

/// One message of a `zlib-stream`: what is flushed ends with `00 00 ff ff`.
fn compress(zlib: &mut Compress, bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len() / 2 + 64);
    let start = zlib.total_in();
    loop {
        let read = usize::try_from(zlib.total_in() - start).expect("it fits in memory");
        zlib.compress_vec(&bytes[read..], &mut out, FlushCompress::Sync).expect("compressing does not fail");
        let read = usize::try_from(zlib.total_in() - start).expect("it fits in memory");
        if read == bytes.len() && out.len() < out.capacity() {
            return out;
        }
        out.reserve(out.capacity().max(64));
    }
}

/// What the loop of a connection does next.
enum Step {
    On,
    Close(u16),
    Cut,
}

struct Link {
    shared: Arc<Shared>,
    number: usize,
    sender: Sender,
    session: Option<String>,
    out: tokio::sync::mpsc::UnboundedSender<Out>,
    queue: UnboundedReceiver<Out>,
    received: VecDeque<Instant>,
    last_heartbeat: Instant,
}

async fn serve(shared: Arc<Shared>, door: Door, query: String, socket: WebSocket) {
    let (sink, mut stream) = socket.split();
    let zlib =
        (param(&query, "compress") == Some("zlib-stream")).then(|| Compress::new(Compression::fast(), true));
    let (out, queue) = unbounded_channel();
    let number = shared.change(|state| {
        state.connections.push(Connection {
            door,
            query: query.clone(),
            opened: now(),
            identify: None,
            resume: None,
            ready: false,
            heartbeats: Vec::new(),
            end: None,
        });
        let number = state.connections.len() - 1;
        state.open.insert(number, out.clone());
        number
    });
    let sender = Sender { sink, zlib };
    let mut link = Link {
        shared,
        number,
        sender,
        session: None,
        out,
        queue,
        received: VecDeque::new(),
        last_heartbeat: now(),
    };
    let end = link.run(&query, &mut stream).await;
    link.shared.change(|state| {
        state.open.remove(&number);
        state.connections[number].end = Some((now(), end));
        let Some(id) = &link.session else { return };
        // A session that the bot closes with 1000 or 1001 is over; any other can be resumed.
        if matches!(end, End::BotClosed(Some(1000 | 1001))) {
            state.sessions.remove(id);
        } else if let Some(session) = state.sessions.get_mut(id)
            && session.live.as_ref().is_some_and(|(live, _)| *live == number)
        {
            session.live = None;
        }
    });
}

impl Link {
    #[expect(clippy::too_many_lines, reason = "a connection from its first frame to its last")]
    async fn run(&mut self, query: &str, stream: &mut futures::stream::SplitStream<WebSocket>) -> End {
        if !matches!(param(query, "v"), Some("9" | "10")) {
            return self.close(4012).await;
        }
        let compressed = param(query, "compress");
        if param(query, "encoding").is_some_and(|encoding| encoding != "json")
            || compressed.is_some_and(|kind| kind != "zlib-stream")
        {
            let text = format!("the stand-in has no such encoding or compression: {query}");
            self.shared.lock().violations.push(text);
            return self.close(4002).await;
        }
        let weather = self.shared.lock().weather;
        if weather == Weather::CutAtOnce {
            return End::Cut;
        }
        let interval = self.shared.config.heartbeat_interval;
        let hello = json!({ "t": null, "s": null, "op": 10,
            "d": { "heartbeat_interval": interval.as_millis() as u64, "_trace": ["[\"standin\"]"] } });
        if !self.sender.json(&hello).await {
            return End::BotCut;
        }
        if weather == Weather::CutAfterHello {
            return End::Cut;
        }
        loop {
            // A heartbeat may be late by half an interval, and never by less than a second.
            let late = self.last_heartbeat + interval + (interval / 2).max(Duration::from_secs(1));
            let step = tokio::select! {
                biased;
                message = stream.next() => match message {
                    None | Some(Err(_)) => return End::BotCut,
                    Some(Ok(Message::Close(frame))) => {
                        let _ = self.sender.sink.close().await;
                        return End::BotClosed(frame.map(|frame| frame.code));
                    }
                    Some(Ok(Message::Ping(_) | Message::Pong(_))) => Step::On,
                    Some(Ok(Message::Text(text))) => self.receive(text.as_str()).await,
                    Some(Ok(Message::Binary(bytes))) => match std::str::from_utf8(&bytes) {
                        Ok(text) => self.receive(text).await,
                        Err(_) => Step::Close(4002),
                    },
                },
                out = self.queue.recv() => match out {
                    None | Some(Out::Cut) => Step::Cut,
                    Some(Out::Close(code)) => Step::Close(code),
                    Some(Out::Text(text)) => self.write(text).await,
                    Some(Out::Timed(text, written)) => {
                        let _ = written.set(now());
                        self.write(text).await
                    }
                },
                () = tokio::time::sleep_until(late.into()), if self.shared.config.enforce_heartbeats => {
                    let text = format!("no heartbeat for {:?}", now() - self.last_heartbeat);
                    self.shared.lock().violations.push(text);
                    Step::Close(4000)
                }
            };
            match step {
                Step::On => {}
                Step::Close(code) => return self.close(code).await,
                Step::Cut => return End::Cut,
            }
        }
    }

    async fn close(&mut self, code: u16) -> End {
        self.sender.close(code).await;
        End::Closed(code)
    }

    async fn write(&mut self, text: Utf8Bytes) -> Step {
        if self.sender.text(text).await { Step::On } else { Step::Cut }
    }

    async fn receive(&mut self, text: &str) -> Step {
        let at = now();
        self.received.push_back(at);
        while self.received.front().is_some_and(|first| *first + Duration::from_secs(60) < at) {
            self.received.pop_front();
        }
        if self.received.len() > 120 {
            return self.complain(4008, "more than 120 payloads in 60 s");
        }
        if text.len() > 4096 {
            return self.complain(4002, "a payload of more than 4096 bytes");
        }
        let Ok(payload) = serde_json::from_str::<Value>(text) else {
            return self.complain(4002, "a payload that is not JSON");
        };
        let data = payload.get("d").cloned().unwrap_or_default();
        match payload.get("op").and_then(Value::as_u64) {
            Some(1) => self.heartbeat(at, &data).await,
            Some(2) => self.identify(at, data).await,
            Some(6) => self.resume(data).await,
            Some(3 | 4 | 8 | 31) if self.session.is_none() => {
                self.complain(4003, "a payload before IDENTIFY")
            }
            Some(3) => {
                self.shared.change(|state| state.presences.push(data));
                Step::On
            }
            Some(4 | 8 | 31) => Step::On,
            op => self.complain(4001, &format!("an unknown opcode: {op:?}")),
        }
    }

    fn complain(&self, code: u16, what: &str) -> Step {
        self.shared.lock().violations.push(format!("gateway: {what} (closed with {code})"));
        Step::Close(code)
    }

    async fn heartbeat(&mut self, at: Instant, data: &Value) -> Step {
        if !data.is_null() && !data.is_u64() {
            return self.complain(4002, "a heartbeat whose d is no sequence number");
        }
        self.last_heartbeat = at;
        let stalled = self.shared.change(|state| {
            state.connections[self.number].heartbeats.push(at);
            state.stalled
        });
        if stalled {
            return Step::On;
        }
        self.write(r#"{"t":null,"s":null,"op":11,"d":null}"#.into()).await
    }

    /// INVALID_SESSION: a new session is needed, or the old one may be tried again.
    async fn invalid_session(&mut self, resumable: bool) -> Step {
        self.write(json!({ "t": null, "s": null, "op": 9, "d": resumable }).to_string().into()).await
    }

    async fn identify(&mut self, at: Instant, data: Value) -> Step {
        if self.session.is_some() {
            return self.complain(4005, "a second IDENTIFY");
        }
        let config = &self.shared.config;
        let token = data.get("token").and_then(Value::as_str);
        let token = token.map(|token| token.strip_prefix("Bot ").unwrap_or(token));
        let properties = data.get("properties").is_some_and(|properties| {
            ["os", "browser", "device"].iter().all(|key| properties.get(key).is_some_and(Value::is_string))
        });
        let (Some(token), Some(intents), true) =
            (token, data.get("intents").and_then(Value::as_u64), properties)
        else {
            return self.complain(4002, "an IDENTIFY without token, intents or properties");
        };
        let token_is_right = token == config.token;
        let shard = match data.get("shard") {
            None | Some(Value::Null) => Some((0, 1)),
            Some(shard) => match (shard[0].as_u64(), shard[1].as_u64()) {
                (Some(id), Some(of)) if id < of => Some((id, of)),
                _ => None,
            },
        };
        let most_concurrent = config.max_concurrency.max(1);
        let pause = config.identify_pause;
        let (needs, known, privileged) = (config.required_shards, known_intents(), config.privileged_intents);
        self.shared.change(|state| {
            state.identifies += 1;
            state.connections[self.number].identify = Some(data.clone());
        });
        if !token_is_right {
            return Step::Close(4004);
        }
        let Some(shard) = shard else { return self.complain(4010, "an invalid shard") };
        if intents & !known != 0 {
            return self.complain(4013, "an unknown intent");
        }
        if intents & PRIVILEGED & !privileged != 0 {
            return Step::Close(4014);
        }
        let guilds = self.shared.lock().world.guilds.len();
        if needs.is_some_and(|needs| shard.1 < needs) || guilds as u64 > 2500 * shard.1 {
            return Step::Close(4011);
        }
        let bucket = shard.0 % most_concurrent;
        let too_soon = self.shared.change(|state| {
            let last = state.identified.insert(bucket, at);
            last.is_some_and(|last| at < last + pause)
        });
        if too_soon {
            let text = format!("an IDENTIFY less than {pause:?} after another of its bucket");
            self.shared.lock().violations.push(text);
            return self.invalid_session(false).await;
        }
        self.start_session(shard, intents, data.get("shard").is_some());
        if self.shared.lock().weather == Weather::CutAfterReady {
            // What was put into the queue is written first.
            let _ = self.out.send(Out::Cut);
        }
        Step::On
    }

    fn start_session(&mut self, shard: (u64, u64), intents: u64, says_shard: bool) {
        let number = self.number;
        let out = self.out.clone();
        let resume_url = self.shared.resume.clone();
        let flags = self.shared.config.application_flags;
        self.session = Some(self.shared.change(|state| {
            let id = format!("{:032x}", state.world.new_id());
            let mut session = Session {
                id: id.clone(),
                shard,
                intents,
                seq: 0,
                events: VecDeque::new(),
                live: Some((number, out)),
            };
            let guilds: Vec<u64> = state
                .world
                .guilds
                .keys()
                .copied()
                .filter(|guild| (guild >> 22) % shard.1 == shard.0)
                .collect();
            let unavailable: Vec<Value> =
                guilds.iter().map(|id| json!({ "id": id.to_string(), "unavailable": true })).collect();
            let mut ready = json!({
                "v": 10, "user": state.world.own_user_json(), "guilds": unavailable, "session_id": id,
                "resume_gateway_url": resume_url, "session_type": "normal", "user_settings": {},
                "application": { "id": state.world.application.to_string(), "flags": flags },
                "relationships": [], "private_channels": [], "presences": [], "guild_join_requests": [],
                "geo_ordered_rtc_regions": [], "auth": {}, "_trace": ["[\"standin\"]"],
            });
            if says_shard {
                ready["shard"] = json!([shard.0, shard.1]);
            }
            session.send("READY", &ready.to_string(), None);
            if intents & GUILDS != 0 {
                for guild in guilds {
                    session.send("GUILD_CREATE", &state.world.guild_create_json(guild).to_string(), None);
                }
            }
            state.sessions.insert(id.clone(), session);
            state.connections[number].ready = true;
            id
        }));
    }

    async fn resume(&mut self, data: Value) -> Step {
        if self.session.is_some() {
            return self.complain(4005, "a RESUME on a connection that has a session");
        }
        let token = data.get("token").and_then(Value::as_str);
        let token = token.map(|token| token.strip_prefix("Bot ").unwrap_or(token));
        let (Some(token), Some(id), Some(seq)) =
            (token, data.get("session_id").and_then(Value::as_str), data.get("seq").and_then(Value::as_u64))
        else {
            return self.complain(4002, "a RESUME without token, session_id or seq");
        };
        let token_is_right = token == self.shared.config.token;
        self.shared.change(|state| state.connections[self.number].resume = Some(data.clone()));
        if !token_is_right {
            return Step::Close(4004);
        }
        let number = self.number;
        let out = self.out.clone();
        let found = self.shared.change(|state| {
            let session = state.sessions.get_mut(id)?;
            // What is no longer kept cannot be sent again, and so the session is over.
            if session.events.front().is_some_and(|(first, _)| *first > seq + 1) {
                return None;
            }
            if seq > session.seq {
                return Some(false);
            }
            // The old connection, if it is still there, loses the session.
            if let Some((_, old)) = session.live.replace((number, out)) {
                let _ = old.send(Out::Close(4000));
            }
            for (_, text) in session.events.iter().filter(|(n, _)| *n > seq) {
                let (_, out) = session.live.as_ref().expect("it was just set");
                let _ = out.send(Out::Text(text.clone()));
            }
            session.send("RESUMED", "{\"_trace\":[\"standin\"]}", None);
            state.connections[number].ready = true;
            Some(true)
        });
        match found {
            None => self.invalid_session(false).await,
            Some(false) => self.complain(4007, "a RESUME with a sequence number that was never sent"),
            Some(true) => {
                self.session = Some(id.to_owned());
                if self.shared.lock().weather == Weather::CutAfterResumed {
                    let _ = self.out.send(Out::Cut);
                }
                Step::On
            }
        }
    }
}

/// GUILD_MEMBERS, GUILD_PRESENCES and MESSAGE_CONTENT.
const PRIVILEGED: u64 = 1 << 1 | 1 << 8 | 1 << 15;

/// Every intent of the documentation.
fn known_intents() -> u64 {
    ((1 << 17) - 1) | 1 << 20 | 1 << 21 | 1 << 24 | 1 << 25
}
