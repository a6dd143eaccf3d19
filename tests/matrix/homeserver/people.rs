//! The process in which the people of a homeserver live: `client.py`.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use tokio::sync::{Notify, oneshot};

use super::event::Event;
use super::{python, within};

/// What one person has seen so far.
#[derive(Default)]
pub(super) struct Inbox {
    pub seen: Mutex<Seen>,
    pub news: Notify,
}

#[derive(Default)]
pub(super) struct Seen {
    pub events: Vec<Event>,
    /// Invitations: the room, and its state as far as it is told.
    pub invitations: Vec<(String, Vec<Value>)>,
    /// Typing, receipts.
    pub passing: Vec<Value>,
    /// Why the client can't go on.
    pub broken: Option<String>,
}

pub(super) struct People {
    child: Mutex<Child>,
    input: Mutex<ChildStdin>,
    talk: Arc<Talk>,
}

#[derive(Default)]
struct Talk {
    waiting: Mutex<Waiting>,
    inboxes: Mutex<HashMap<String, Arc<Inbox>>>,
}

#[derive(Default)]
struct Waiting {
    last: u64,
    answers: HashMap<u64, oneshot::Sender<Result<Value, String>>>,
}

impl People {
    pub fn start(url: &str, secret: &str, folder: &Path) -> People {
        let log = File::create(folder.join("people.log")).unwrap();
        let mut child = Command::new(python::python())
            .arg(python::script("client.py"))
            .args([url, secret])
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let talk = Arc::new(Talk::default());
        let listening = Arc::clone(&talk);
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                listening.hear(serde_json::from_str(&line).unwrap());
            }
            // Nobody waits for ever for one who is gone.
            listening.waiting.lock().unwrap().answers.clear();
        });
        let input = child.stdin.take().unwrap();
        People { child: Mutex::new(child), input: Mutex::new(input), talk }
    }

    pub fn inbox(&self, person: &str) -> Arc<Inbox> {
        Arc::clone(self.talk.inboxes.lock().unwrap().entry(person.to_string()).or_default())
    }

    /// Lets somebody do something.
    pub async fn ask(&self, person: &str, what: &str, how: Value) -> Result<Value, String> {
        let (sender, answer) = oneshot::channel();
        let mut request = how;
        {
            let mut waiting = self.talk.waiting.lock().unwrap();
            waiting.last += 1;
            request["id"] = json!(waiting.last);
            let last = waiting.last;
            waiting.answers.insert(last, sender);
        }
        request["person"] = json!(person);
        request["do"] = json!(what);
        // The pipe takes what the process has not read yet; that a large upload waits here does no harm.
        writeln!(self.input.lock().unwrap(), "{request}").unwrap();
        let answer = within(format_args!("{person} to {what}"), answer).await;
        answer.unwrap_or_else(|_| Err("the process of the people has ended: see people.log".into()))
    }
}

impl Talk {
    fn hear(&self, mut said: Value) {
        if let Some(id) = said["id"].as_u64() {
            let Some(sender) = self.waiting.lock().unwrap().answers.remove(&id) else { return };
            let answer = match said["error"].as_str() {
                Some(error) => Err(error.to_string()),
                None => Ok(said["ok"].take()),
            };
            // The test may have given up.
            let _ = sender.send(answer);
            return;
        }
        let Some(person) = said["person"].as_str() else { return };
        let inbox = Arc::clone(self.inboxes.lock().unwrap().entry(person.to_string()).or_default());
        {
            let mut seen = inbox.seen.lock().unwrap();
            if let Some(event) = said.get_mut("saw") {
                seen.events.push(Event::read(event.take()));
            } else if let Some(invited) = said.get("invited") {
                let state = invited["state"].as_array().cloned().unwrap_or_default();
                seen.invitations.push((invited["room"].as_str().unwrap_or_default().into(), state));
            } else if let Some(passing) = said.get_mut("passing") {
                seen.passing.push(passing.take());
            } else if let Some(why) = said["broken"].as_str() {
                seen.broken = Some(why.to_string());
            }
        }
        inbox.news.notify_waiters();
    }
}

impl Drop for People {
    fn drop(&mut self) {
        let child = self.child.get_mut().unwrap();
        let _ = child.kill();
        let _ = child.wait();
    }
}
