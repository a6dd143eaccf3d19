//! The gateway, and what goes wrong.

use serde_json::{Value, json};
use std::time::Instant;

use crate::standin::Standin;
use crate::standin::gateway::{Connection, Door, Weather};
use crate::standin::limits::{Fault, FaultKind};
use crate::standin::state::{Out, State};

impl Standin {
    /// Waits until the bot is connected and got its READY (or RESUMED).
    pub async fn wait_ready(&self) {
        self.wait_shards(1).await;
    }

    /// Waits until so many sessions are connected.
    pub async fn wait_shards(&self, shards: usize) {
        let what = format!("{shards} connected session(s)");
        let live = |state: &mut State| {
            let live = state.sessions.values().filter(|session| session.live.is_some()).count();
            (live >= shards).then_some(())
        };
        self.shared.until(&what, live).await;
    }

    /// Waits until the bot is connected and has registered a command of this name.
    pub async fn wait_command(&self, name: &str) {
        self.wait_ready().await;
        let what = format!("the command {name:?} to be registered");
        let there =
            |state: &mut State| state.registry.names().iter().any(|known| known == name).then_some(());
        self.shared.until(&what, there).await;
    }

    /// Waits until so many connections were opened to the gateway since the start, and are at READY or
    /// RESUMED.
    pub async fn wait_connections(&self, count: usize) {
        let what = format!("{count} connections that got ready");
        let there = |state: &mut State| {
            let ready = state.connections.iter().filter(|connection| connection.ready).count();
            (ready >= count).then_some(())
        };
        self.shared.until(&what, there).await;
    }

    /// Waits until so many connections to the gateway were tried since the start.
    pub async fn wait_attempts(&self, count: usize) {
        let what = format!("{count} attempts to connect to the gateway");
        self.shared.until(&what, |state| (state.attempts.len() >= count).then_some(())).await;
    }

    /// Waits for the end of the n-th connection, counted from 0.
    pub async fn wait_end(&self, n: usize) -> crate::standin::End {
        let what = format!("the end of connection {n}");
        let end = |state: &mut State| Some(state.connections.get(n)?.end?.1);
        self.shared.until(&what, end).await
    }

    fn send_all(&self, make: impl Fn() -> Out) {
        let state = self.shared.lock();
        for out in state.open.values() {
            let _ = out.send(make());
        }
    }

    fn send_op(&self, op: u64, data: &Value) {
        let text = json!({ "t": null, "s": null, "op": op, "d": data }).to_string();
        self.send_all(|| Out::Text(text.clone().into()));
    }

    /// RECONNECT: the bot is to resume on a new connection.
    pub fn reconnect(&self) {
        self.send_op(7, &Value::Null);
    }

    /// INVALID_SESSION; one that is not resumable is forgotten.
    pub fn invalidate(&self, resumable: bool) {
        if !resumable {
            self.forget_sessions();
        }
        self.send_op(9, &resumable.into());
    }

    /// Forgets every session, so that a RESUME is answered with INVALID_SESSION.
    pub fn forget_sessions(&self) {
        self.shared.change(|state| state.sessions.clear());
    }

    /// Asks for a heartbeat at once.
    pub fn ask_heartbeat(&self) {
        self.send_op(1, &Value::Null);
    }

    /// Any text, such as one that is not JSON.
    pub fn send_raw(&self, text: &str) {
        self.send_all(|| Out::Text(text.to_owned().into()));
    }

    /// An event, to every session.
    pub fn dispatch(&self, event: &str, body: &Value) {
        self.shared.change(|state| state.dispatch(event, None, 0, &body.to_string()));
    }

    /// Cuts every connection without a close frame.
    pub fn cut(&self) {
        self.send_all(|| Out::Cut);
    }

    /// Closes every connection with a code.
    pub fn close(&self, code: u16) {
        self.send_all(|| Out::Close(code));
    }

    /// Whether heartbeats stay unanswered.
    pub fn stall(&self, stalled: bool) {
        self.shared.change(|state| state.stalled = stalled);
    }

    /// What happens to the next connections.
    pub fn set_weather(&self, weather: Weather) {
        self.shared.change(|state| state.weather = weather);
    }

    /// What happens to the next requests whose route contains this text, such as "callback" or
    /// "POST /channels/{id}/messages".
    pub fn fail_next(&self, requests: usize, route: &str, kind: FaultKind) {
        let fault = Fault { route: route.into(), kind, left: requests };
        self.shared.change(|state| state.faults.push(fault));
    }

    /// Forgets the faults that have not happened yet.
    pub fn all_well(&self) {
        self.shared.change(|state| {
            state.faults.clear();
            state.weather = Weather::Fine;
            state.stalled = false;
        });
    }

    pub fn connections(&self) -> Vec<Connection> {
        self.shared.lock().connections.clone()
    }

    /// When connections to the gateway were tried, and at which address.
    pub fn attempts(&self) -> Vec<(Instant, Door)> {
        self.shared.lock().attempts.clone()
    }

    pub fn identifies(&self) -> usize {
        self.shared.lock().identifies
    }

    /// The presences that the bot set (opcode 3), and those of its IDENTIFYs are in the connections.
    pub fn presences(&self) -> Vec<Value> {
        self.shared.lock().presences.clone()
    }
}
