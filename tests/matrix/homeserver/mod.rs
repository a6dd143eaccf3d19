//! A real Matrix homeserver on 127.0.0.1, people in its rooms, and what can go wrong between it and the bot.
//!
//! The homeserver is Synapse, installed from PyPI at the first use. The people are clients on matrix-nio,
//! which shares no code with the client library of the bot. Between homeserver and bot stands a proxy that
//! records and misbehaves:
//!
//! ```ignore
//! let homeserver = Homeserver::shared().await;
//! let (ada, ben) = (homeserver.person("ada").await, homeserver.person("ben").await);
//! let room = ada.room().encrypted().invite(&ben.user).create().await;
//! ben.join(&room).await;
//! let asked = ada.say(&room, "Who wrote this?").await;
//! assert_eq!(ben.wait(|event| event.id == asked).await.body(), "Who wrote this?");
//!
//! let proxy = homeserver.proxy().await;
//! // … start the bot with proxy.url() …
//! let storm = proxy.fail(sends(), Trouble::LimitExceeded(Duration::from_millis(100)), 5);
//! ```
#![allow(dead_code, unused_imports, reason = "each test uses a part of it")]
#![expect(clippy::disallowed_methods, reason = "the homeserver lives in real time")]

mod auth;
mod event;
mod http;
mod people;
mod person;
mod program;
mod proxy;
mod python;
mod scene;
mod synapse;

use std::future::Future;
use std::sync::LazyLock;
use std::time::Duration;

pub use auth::Auth;
pub use event::Event;
pub use http::Refusal;
pub use person::{Identity, NewRoom, Person, message};
pub use program::Running;
pub use proxy::{Call, Fault, Proxy, Sent, Trouble, everything, sends, syncs};
pub use python::available;
pub use scene::Scene;
pub use synapse::{Account, Homeserver, Weather};

/// How long a test waits for something that should happen.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// What serves the tests lives longer than one of them.
static STAGE: LazyLock<tokio::runtime::Runtime> = LazyLock::new(|| {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
});

/// Runs this where connections outlive the test that made them.
async fn on_stage<F>(work: F) -> F::Output
where
    F: Future<Output: Send> + Send + 'static,
{
    match STAGE.spawn(work).await {
        Ok(output) => output,
        Err(error) => std::panic::resume_unwind(error.into_panic()),
    }
}

/// Runs this beside the tests, which go on.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    match STAGE.spawn_blocking(work).await {
        Ok(output) => output,
        Err(error) => std::panic::resume_unwind(error.into_panic()),
    }
}

/// Waits for something that should happen, and says what it was if it does not.
pub async fn within<F: Future>(what: impl std::fmt::Display, work: F) -> F::Output {
    match tokio::time::timeout(PATIENCE, work).await {
        Ok(output) => output,
        Err(_) => panic!("waited {} seconds for {what}", PATIENCE.as_secs()),
    }
}
