//! Requests: what the bot sent, and what it must not have sent.

use serde_json::{Value, json};

use crate::standin::Standin;
use crate::standin::commands::Registration;
use crate::standin::record::Recorded;
use crate::standin::state::State;
use crate::standin::validate::as_id;

impl Standin {
    pub fn requests(&self) -> Vec<Recorded> {
        self.shared.lock().requests.clone()
    }

    /// Waits for a request.
    pub async fn wait_request(&self, what: &str, wanted: impl Fn(&Recorded) -> bool) -> Recorded {
        let found = |state: &mut State| state.requests.iter().find(|request| wanted(request)).cloned();
        self.shared.until(what, found).await
    }

    /// The requests that Discord would have refused.
    pub fn refused(&self) -> Vec<Recorded> {
        let mut requests = self.requests();
        requests.retain(Recorded::refused);
        requests
    }

    /// What the bot did that Discord forbids: requests before Retry-After, payloads that closed the
    /// connection, missing heartbeats.
    pub fn violations(&self) -> Vec<String> {
        self.shared.lock().violations.clone()
    }

    /// Forgets what was refused and violated so far, after a test that wanted it.
    pub fn pardon(&self) {
        self.shared.change(|state| {
            state.violations.clear();
            state.requests.retain(|request| !request.refused());
        });
    }

    /// The messages sent and changed without saying that nobody is to be pinged.
    pub fn pinging(&self) -> Vec<Recorded> {
        let mut requests = self.requests();
        requests.retain(|request| !request.pings_nobody() && request.status < 400);
        requests
    }

    /// Fails if anything was refused, violated, or could have pinged somebody.
    #[track_caller]
    pub fn check(&self) {
        let mut wrong: Vec<String> =
            self.refused().iter().map(|request| format!("refused: {request}")).collect();
        wrong.extend(self.violations().into_iter().map(|text| format!("violated: {text}")));
        let pinging = self.pinging();
        wrong
            .extend(pinging.iter().map(|request| format!("may ping: {request}\n    sent: {}", request.body)));
        assert!(wrong.is_empty(), "Discord would not have been content:\n{}", wrong.join("\n"));
    }

    /// The changes of the registered commands, in order.
    pub fn registrations(&self) -> Vec<Registration> {
        self.shared.lock().registry.log.clone()
    }

    /// How often the commands were set with a PUT.
    pub fn puts(&self) -> usize {
        self.shared.lock().registry.log.iter().filter(|entry| entry.method == "PUT").count()
    }

    /// The registered commands, the global ones or those of a server.
    pub fn commands(&self, server: Option<u64>) -> Vec<Value> {
        self.shared.lock().registry.of(server).to_vec()
    }

    /// Registers commands without the bot, as an earlier start of it would have.
    pub fn register(&self, server: Option<u64>, list: &Value) {
        let shared = &self.shared;
        let refused = crate::standin::commands::check_all(list, server.is_some(), &shared.config.rules());
        assert!(refused.is_ok(), "Discord would not take these commands: {refused:?}");
        shared.change(|state| {
            let application = state.world.application;
            let list = list.as_array().into_iter().flatten();
            let stored: Vec<Value> = list
                .map(|command| {
                    let (id, version) = (state.world.new_id(), state.world.new_id());
                    crate::standin::commands::stored(command, id, version, application, server)
                })
                .collect();
            state.registry.scopes.insert(server, stored);
        });
    }

    /// The id of a message or channel object.
    pub fn id_of(json: &Value) -> u64 {
        as_id(&json["id"]).expect("it has an id")
    }
}
