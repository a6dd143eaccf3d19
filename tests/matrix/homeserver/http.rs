//! Requests to the homeserver that are not the bot's.

use std::sync::LazyLock;

use axum::body::{Body, Bytes, to_bytes};
use hyper::{Method, Request};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use serde_json::{Value, json};

use super::on_stage;

pub(super) static HTTP: LazyLock<Client<HttpConnector, Body>> = LazyLock::new(|| {
    let mut connector = HttpConnector::new();
    connector.set_nodelay(true);
    Client::builder(TokioExecutor::new()).build(connector)
});

/// The largest body that is read into memory.
pub(super) const MOST: usize = 64 << 20;

/// The homeserver said no.
#[derive(Debug, Clone)]
pub struct Refusal {
    pub status: u16,
    pub body: Value,
}

pub(super) async fn call(
    method: &str,
    url: String,
    token: Option<&str>,
    body: Option<&Value>,
) -> Result<Value, Refusal> {
    let mut request = Request::builder().method(Method::from_bytes(method.as_bytes()).unwrap()).uri(&url);
    if let Some(token) = token {
        request = request.header("authorization", format!("Bearer {token}"));
    }
    let body = match body {
        Some(body) => {
            request = request.header("content-type", "application/json");
            Body::from(body.to_string())
        }
        None => Body::empty(),
    };
    let request = request.body(body).unwrap();
    let (status, bytes) = on_stage(async move {
        let answer = HTTP.request(request).await.unwrap_or_else(|error| panic!("{url}: {error:?}"));
        let status = answer.status().as_u16();
        (status, to_bytes(Body::new(answer.into_body()), MOST).await.unwrap())
    })
    .await;
    let body = parse(&bytes);
    if status < 300 { Ok(body) } else { Err(Refusal { status, body }) }
}

/// JSON, or null if it is none.
pub(super) fn parse(bytes: &Bytes) -> Value {
    serde_json::from_slice(bytes).unwrap_or(Value::Null)
}

/// One segment of a path.
pub(super) fn segment(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~!$@:".contains(&byte);
    text.bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

/// A segment of a path as it was before it was put there.
pub(super) fn plain(segment: &str) -> String {
    let mut bytes = segment.bytes();
    let mut text = Vec::new();
    while let Some(byte) = bytes.next() {
        let digits =
            (byte == b'%').then(|| [bytes.next(), bytes.next()].map(|it| char::from(it.unwrap_or(b'?'))));
        text.push(match digits {
            Some(digits) => u8::from_str_radix(&digits.iter().collect::<String>(), 16).unwrap_or(b'?'),
            None => byte,
        });
    }
    String::from_utf8_lossy(&text).into_owned()
}

/// An object without fields.
pub(super) fn empty() -> Value {
    json!({})
}
