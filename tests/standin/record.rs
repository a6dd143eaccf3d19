//! The requests that the bot made.

use std::fmt;
use std::time::Instant;

use serde_json::Value;

use super::validate::SentFile;

/// A request, and what was answered.
#[derive(Clone, Debug)]
pub struct Recorded {
    pub at: Instant,
    pub method: String,
    /// The path after the version, such as `/channels/1/messages`.
    pub path: String,
    /// The method and the path with names for the ids, such as `POST /channels/{id}/messages`.
    pub route: String,
    pub query: String,
    pub user_agent: String,
    /// The JSON body, or the `payload_json` of a multipart one; null if there was none.
    pub body: Value,
    pub files: Vec<SentFile>,
    pub status: u16,
    /// The body of the answer.
    pub answer: Value,
    /// Whether a fault that the test had asked for was the answer.
    pub staged: bool,
}

impl Recorded {
    /// Whether Discord would not have accepted it, for a reason that lies in the request itself.
    pub fn refused(&self) -> bool {
        self.status >= 400 && !self.staged
    }

    /// The message in the body, if the request sends or changes one.
    pub fn message(&self) -> Option<&Value> {
        let route = self.route.as_str();
        if route == "POST /interactions/{id}/{token}/callback" {
            let kind = self.body.get("type").and_then(Value::as_u64);
            return self.body.get("data").filter(|_| matches!(kind, Some(4 | 7)));
        }
        let sends = matches!(
            route,
            "POST /channels/{id}/messages"
                | "PATCH /channels/{id}/messages/{id}"
                | "POST /webhooks/{id}/{token}"
                | "PATCH /webhooks/{id}/{token}/messages/@original"
                | "PATCH /webhooks/{id}/{token}/messages/{id}"
        );
        sends.then_some(&self.body)
    }

    /// Whether the message says that nobody is to be pinged, whatever its text: `allowed_mentions` is
    /// there, and parses nothing, and names nobody. True for what is not a message.
    pub fn pings_nobody(&self) -> bool {
        let Some(message) = self.message() else { return true };
        let Some(allowed) = message.get("allowed_mentions").and_then(Value::as_object) else { return false };
        let empty = |key: &str| match allowed.get(key) {
            None | Some(Value::Null) => true,
            Some(list) => list.as_array().is_some_and(Vec::is_empty),
        };
        empty("parse")
            && empty("users")
            && empty("roles")
            && allowed.get("replied_user") != Some(&Value::Bool(true))
    }
}

impl fmt::Display for Recorded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A token says nothing to whoever reads this, and fills the line.
        let parts = self.path.split('/').map(|part| if part.len() > 100 { "{token}" } else { part });
        let path = parts.collect::<Vec<_>>().join("/");
        write!(f, "{} {path} -> {}", self.method, self.status)?;
        if self.status >= 400 {
            write!(f, " {}\n    sent: {}", self.answer, self.body)?;
        }
        Ok(())
    }
}
