//! What stands between the bot and the homeserver: it sees all that the bot asks, and makes trouble.

use std::collections::HashMap;
use std::fmt;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::body::{Body, Bytes, to_bytes};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::Notify;
use tokio::task::AbortHandle;

use super::http::{HTTP, MOST, parse, plain};
use super::{STAGE, on_stage, within};

/// The longest body that is read as JSON for the record.
const RECORDED: usize = 1 << 20;

/// A proxy in front of a homeserver. It ends when it is dropped.
pub struct Proxy {
    state: Arc<State>,
    address: SocketAddr,
    serving: AbortHandle,
}

struct State {
    upstream: String,
    calls: Mutex<Vec<Call>>,
    faults: Mutex<Vec<Arc<Standing>>>,
    /// How far the clocks of all homeservers are behind, in milliseconds, as the bot sees them.
    behind: Mutex<i64>,
    news: Notify,
}

/// A request of the bot.
#[derive(Debug, Clone)]
pub struct Call {
    pub number: usize,
    pub method: String,
    pub path: String,
    pub query: String,
    /// The body of the request, if it is JSON.
    pub body: Value,
    /// The status that the bot got; `None` while there is none, or if the answer was lost.
    pub status: Option<u16>,
    /// The answer of the homeserver, whether or not the bot got it.
    pub answer: Value,
    pub asked: Instant,
    /// When the answer was handed over.
    pub answered: Option<Instant>,
    /// What was done to it.
    pub trouble: Option<Trouble>,
}

/// An event that the bot sent.
#[derive(Debug, Clone)]
pub struct Sent {
    pub kind: String,
    pub transaction: String,
    pub body: Value,
    /// The event's id; `None` if the homeserver never saw it, or refused it.
    pub event: Option<String>,
    /// What the bot was told.
    pub status: Option<u16>,
    pub asked: Instant,
}

/// What may go wrong with a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// Answered by somebody on the way, as proxies do when the homeserver is away.
    Status(u16),
    /// Refused by the homeserver, with this code.
    Refused(u16, &'static str),
    /// Too many requests: to be tried again after this time.
    LimitExceeded(Duration),
    /// The connection ends, and the homeserver never sees the request.
    CutBefore,
    /// The homeserver does what it was asked, and the connection ends before the answer.
    CutAfter,
    /// The request takes longer.
    Delay(Duration),
}

/// Trouble that goes on until it is lifted, or has happened often enough.
pub struct Fault {
    state: Arc<State>,
    standing: Arc<Standing>,
}

struct Standing {
    wanted: Box<dyn Fn(&Call) -> bool + Send + Sync>,
    trouble: Trouble,
    left: Mutex<usize>,
    hits: Mutex<usize>,
}

/// Every event that the bot sends to a room, redactions not included.
pub fn sends() -> impl Fn(&Call) -> bool + Send + Sync + 'static {
    |call| call.method == "PUT" && call.path.contains("/rooms/") && call.path.contains("/send/")
}

pub fn syncs() -> impl Fn(&Call) -> bool + Send + Sync + 'static {
    |call| call.path.ends_with("/sync")
}

pub fn everything() -> impl Fn(&Call) -> bool + Send + Sync + 'static {
    |_| true
}

impl Proxy {
    pub(super) async fn start(port: u16) -> Proxy {
        let state = Arc::new(State {
            upstream: format!("http://127.0.0.1:{port}"),
            calls: Mutex::default(),
            faults: Mutex::default(),
            behind: Mutex::default(),
            news: Notify::new(),
        });
        let serving = Arc::clone(&state);
        let (address, serving) = on_stage(async move {
            let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
            let address = listener.local_addr().unwrap();
            (address, tokio::spawn(serve(listener, serving)).abort_handle())
        })
        .await;
        Proxy { state, address, serving }
    }

    /// The address for the bot.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Makes trouble for the next `times` requests that are meant.
    pub fn fail(
        &self,
        wanted: impl Fn(&Call) -> bool + Send + Sync + 'static,
        trouble: Trouble,
        times: usize,
    ) -> Fault {
        let standing = Arc::new(Standing {
            wanted: Box::new(wanted),
            trouble,
            left: Mutex::new(times),
            hits: Mutex::new(0),
        });
        self.state.faults.lock().unwrap().push(Arc::clone(&standing));
        Fault { state: Arc::clone(&self.state), standing }
    }

    /// Makes trouble for all requests that are meant, until it is lifted.
    pub fn fail_always(
        &self,
        wanted: impl Fn(&Call) -> bool + Send + Sync + 'static,
        trouble: Trouble,
    ) -> Fault {
        self.fail(wanted, trouble, usize::MAX)
    }

    /// Lets the bot see the homeserver's clock so far behind its own. How old something is stays as it is.
    pub fn turn_back_the_clock(&self, by: Duration) {
        *self.state.behind.lock().unwrap() = i64::try_from(by.as_millis()).unwrap();
    }

    /// All requests so far.
    pub fn calls(&self) -> Vec<Call> {
        self.state.calls.lock().unwrap().clone()
    }

    /// How many requests there were so far, and how many of them, but for syncs, have no answer yet.
    pub fn load(&self) -> (usize, usize) {
        let calls = self.state.calls.lock().unwrap();
        let open = calls.iter().filter(|call| call.answered.is_none() && !call.path.ends_with("/sync"));
        (calls.len(), open.count())
    }

    /// Waits for a request of this kind, one of before included.
    pub async fn wait(&self, what: impl fmt::Display, wanted: impl Fn(&Call) -> bool) -> Call {
        self.state.wait(what, || self.state.calls.lock().unwrap().iter().find(|it| wanted(it)).cloned()).await
    }

    /// Waits until something is so that requests of the bot bring about.
    pub async fn until(&self, what: impl fmt::Display, is_so: impl Fn() -> bool) {
        self.state.wait(what, || is_so().then_some(())).await;
    }

    /// The events that the bot sent to a room, in order, and every attempt at them.
    pub fn sent(&self, room: &str) -> Vec<Sent> {
        let calls = self.state.calls.lock().unwrap();
        calls
            .iter()
            .filter_map(|call| call.sent().filter(|(to, _)| to == room))
            .map(|(_, sent)| sent)
            .collect()
    }

    /// Which transactions were used for which events: more than one event for one of them can't be.
    pub fn events_by_transaction(&self, room: &str) -> HashMap<String, Vec<String>> {
        let mut events: HashMap<String, Vec<String>> = HashMap::new();
        for sent in self.sent(room) {
            let known = events.entry(sent.transaction).or_default();
            known.extend(sent.event.filter(|event| !known.contains(event)));
        }
        events
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.serving.abort();
        if std::thread::panicking() {
            eprintln!("--- what the bot asked last");
            for call in self.calls().iter().rev().take(40).rev() {
                eprintln!("{call}");
            }
        }
    }
}

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:4} {} {}", self.number, self.method, self.path)?;
        match self.status {
            Some(status) => write!(f, " {status}")?,
            None => write!(f, " (no answer)")?,
        }
        if let Some(trouble) = self.trouble {
            write!(f, " {trouble:?}")?;
        }
        Ok(())
    }
}

impl Call {
    /// The room and the event, if an event was sent.
    pub fn sent(&self) -> Option<(String, Sent)> {
        let mut parts = self.path.split("/rooms/").nth(1)?.split('/');
        let (room, verb) = (plain(parts.next()?), parts.next()?);
        (self.method == "PUT" && verb == "send").then_some(())?;
        let sent = Sent {
            kind: plain(parts.next()?),
            transaction: plain(parts.next()?),
            body: self.body.clone(),
            event: self.answer["event_id"].as_str().map(str::to_string),
            status: self.status,
            asked: self.asked,
        };
        Some((room, sent))
    }
}

impl Fault {
    /// How many requests it has hit.
    pub fn hits(&self) -> usize {
        *self.standing.hits.lock().unwrap()
    }

    pub fn lift(&self) {
        *self.standing.left.lock().unwrap() = 0;
    }

    /// Waits until it has hit so many requests.
    pub async fn wait(&self, hits: usize) {
        self.state
            .wait(format_args!("{hits} requests with trouble"), || (self.hits() >= hits).then_some(()))
            .await;
    }
}

impl State {
    async fn wait<T>(&self, what: impl fmt::Display, mut look: impl FnMut() -> Option<T>) -> T {
        within(what, async {
            loop {
                let news = self.news.notified();
                tokio::pin!(news);
                // What happens between the look and the wait counts, too.
                news.as_mut().enable();
                if let Some(found) = look() {
                    return found;
                }
                news.await;
            }
        })
        .await
    }

    fn trouble(&self, call: &Call) -> Option<Trouble> {
        let mut faults = self.faults.lock().unwrap();
        faults.retain(|fault| *fault.left.lock().unwrap() > 0);
        let fault = faults.iter().find(|fault| (fault.wanted)(call))?;
        *fault.left.lock().unwrap() -= 1;
        *fault.hits.lock().unwrap() += 1;
        Some(fault.trouble)
    }

    fn with_its_clock(&self, answer: Bytes) -> Bytes {
        fn turn(value: &mut Value, by: i64) {
            match value {
                Value::Object(fields) => {
                    for (name, value) in fields {
                        match value.as_i64().filter(|_| name == "origin_server_ts") {
                            Some(at) => *value = json!(at - by),
                            None => turn(value, by),
                        }
                    }
                }
                Value::Array(values) => values.iter_mut().for_each(|value| turn(value, by)),
                _ => {}
            }
        }
        let by = *self.behind.lock().unwrap();
        let mut value = if by == 0 { Value::Null } else { parse(&answer) };
        if value.is_null() {
            return answer;
        }
        turn(&mut value, by);
        Bytes::from(value.to_string())
    }

    fn note(&self, number: usize, change: impl FnOnce(&mut Call)) {
        change(&mut self.calls.lock().unwrap()[number]);
        self.news.notify_waiters();
    }

    /// One request, there and back. An error ends the connection.
    #[expect(clippy::too_many_lines, reason = "the steps of one request, in their order")]
    async fn pass(self: Arc<State>, request: Request<Incoming>) -> Result<Response<Body>, Cut> {
        let asked = Instant::now();
        let (mut head, body) = request.into_parts();
        let body = to_bytes(Body::new(body), MOST).await.map_err(|_| Cut)?;
        let mut call = Call {
            number: 0,
            method: head.method.to_string(),
            path: head.uri.path().to_string(),
            query: head.uri.query().unwrap_or_default().to_string(),
            body: if body.len() <= RECORDED { parse(&body) } else { Value::Null },
            status: None,
            answer: Value::Null,
            asked,
            answered: None,
            trouble: None,
        };
        call.trouble = self.trouble(&call);
        let trouble = call.trouble;
        let number = {
            let mut calls = self.calls.lock().unwrap();
            call.number = calls.len();
            calls.push(call);
            calls.len() - 1
        };
        self.news.notify_waiters();
        match trouble {
            Some(Trouble::Status(status)) => {
                let page = Body::from("<html>the homeserver is away</html>");
                return Ok(self.answer(number, Response::builder().status(status).body(page)));
            }
            Some(Trouble::Refused(status, code)) => {
                let error = json!({"errcode": code, "error": "No", "soft_logout": true});
                let answer = Response::builder().status(status).header("content-type", "application/json");
                return Ok(self.answer(number, answer.body(Body::from(error.to_string()))));
            }
            Some(Trouble::LimitExceeded(wait)) => {
                let milliseconds = u64::try_from(wait.as_millis()).unwrap();
                let seconds = wait.as_millis().div_ceil(1000).to_string();
                let error = json!({"errcode": "M_LIMIT_EXCEEDED", "error": "Too Many Requests", "retry_after_ms": milliseconds});
                let answer = Response::builder().status(429).header("content-type", "application/json");
                return Ok(self.answer(
                    number,
                    answer.header("retry-after", seconds).body(Body::from(error.to_string())),
                ));
            }
            Some(Trouble::CutBefore) => return Err(Cut),
            Some(Trouble::Delay(time)) => tokio::time::sleep(time).await,
            Some(Trouble::CutAfter) | None => {}
        }
        let path = head.uri.path_and_query().map_or("/", |it| it.as_str());
        head.uri = format!("{}{path}", self.upstream).parse().map_err(|_| Cut)?;
        // Written anew for the other connection.
        for name in ["host", "connection", "content-length", "transfer-encoding"] {
            head.headers.remove(name);
        }
        let mut request = Request::new(Body::from(body));
        *request.method_mut() = head.method;
        *request.uri_mut() = head.uri;
        *request.headers_mut() = head.headers;
        let answer = HTTP.request(request).await.map_err(|_| Cut)?;
        let (mut head, body) = answer.into_parts();
        let bytes = to_bytes(Body::new(body), MOST).await.map_err(|_| Cut)?;
        self.note(number, |call| {
            if bytes.len() <= RECORDED {
                call.answer = parse(&bytes);
            }
        });
        if trouble == Some(Trouble::CutAfter) {
            return Err(Cut);
        }
        for name in ["connection", "content-length", "transfer-encoding"] {
            head.headers.remove(name);
        }
        let bytes = self.with_its_clock(bytes);
        Ok(self.answer(number, hyper::http::Result::Ok(Response::from_parts(head, Body::from(bytes)))))
    }

    fn answer(&self, number: usize, answer: hyper::http::Result<Response<Body>>) -> Response<Body> {
        let answer = answer.unwrap();
        self.note(number, |call| {
            call.status = Some(answer.status().as_u16());
            call.answered = Some(Instant::now());
        });
        answer
    }
}

/// The connection ends without an answer.
#[derive(Debug)]
struct Cut;

impl fmt::Display for Cut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("cut")
    }
}

impl std::error::Error for Cut {}

async fn serve(listener: TcpListener, state: Arc<State>) {
    // Connections end with the proxy.
    let mut connections = tokio::task::JoinSet::new();
    loop {
        let (stream, _) = tokio::select! {
            accepted = listener.accept() => accepted.unwrap(),
            Some(_) = connections.join_next() => continue,
        };
        stream.set_nodelay(true).unwrap();
        let state = Arc::clone(&state);
        connections.spawn(async move {
            let service = service_fn(move |request| Arc::clone(&state).pass(request));
            // How it ends is the bot's affair.
            let _ = hyper::server::conn::http1::Builder::new()
                .serve_connection(TokioIo::new(stream), service)
                .await;
        });
    }
}
