//! The real bot as a process.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, ExitStatus, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tokio::sync::Notify;

use crate::common::Bot;

use super::{PATIENCE, within};

/// What the log says when the bot listens.
const READY: &str = "Matrix is ready";

/// `rapporteur run`, running. It is killed when it is dropped.
pub struct Running {
    child: Child,
    log: Arc<Written>,
    output: Arc<Written>,
}

#[derive(Default)]
struct Written {
    text: Mutex<String>,
    news: Notify,
}

impl Running {
    /// Starts it, and does not wait.
    pub fn start(bot: &Bot) -> Running {
        Running::of(bot, &["run"])
    }

    /// Starts another command of the program, and does not wait.
    pub fn of(bot: &Bot, arguments: &[&str]) -> Running {
        let mut child = bot.command().args(arguments).spawn().unwrap();
        let log = Written::read(child.stderr.take().unwrap());
        let output = Written::read(child.stdout.take().unwrap());
        Running { child, log, output }
    }

    /// Starts it, and waits until it listens.
    pub async fn ready(bot: &Bot) -> Running {
        let running = Running::start(bot);
        running.logs(READY).await;
        running
    }

    /// Waits until the log has this.
    pub async fn logs(&self, text: &str) {
        self.log.wait(text).await;
    }

    /// Waits until the standard output has this.
    pub async fn prints(&self, text: &str) {
        self.output.wait(text).await;
    }

    pub fn log(&self) -> String {
        self.log.text.lock().unwrap().clone()
    }

    pub fn output(&self) -> String {
        self.output.text.lock().unwrap().clone()
    }

    /// The recovery key that a first start shows.
    pub async fn recovery_key(&self) -> String {
        let looks_so = |line: &&str| {
            let parts: Vec<&str> = line.split(' ').collect();
            parts.len() == 12
                && parts
                    .iter()
                    .all(|part| part.len() == 4 && part.chars().all(|it| it.is_ascii_alphanumeric()))
        };
        let find = |text: &str| text.lines().map(str::trim).find(looks_so).map(str::to_string);
        self.output.look("a recovery key", find).await
    }

    pub fn signal(&self, signal: &str) {
        let sent = std::process::Command::new("kill").args([signal, &self.child.id().to_string()]).status();
        assert!(sent.unwrap().success());
    }

    /// Ends it at once, as a power cut does.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Waits for it to end by itself.
    pub async fn ended(&mut self) -> ExitStatus {
        let until = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(Instant::now() < until, "it does not end: {}", self.log());
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// Ends it in good order.
    pub async fn end(&mut self) -> ExitStatus {
        self.signal("-TERM");
        self.ended().await
    }
}

impl Written {
    fn read(from: impl Read + Send + 'static) -> Arc<Written> {
        let written = Arc::new(Written::default());
        let writing = Arc::clone(&written);
        std::thread::spawn(move || {
            for line in BufReader::new(from).lines().map_while(Result::ok) {
                let mut text = writing.text.lock().unwrap();
                text.push_str(&line);
                text.push('\n');
                drop(text);
                writing.news.notify_waiters();
            }
        });
        written
    }

    async fn wait(&self, wanted: &str) {
        self.look(format_args!("{wanted:?}"), |text| text.contains(wanted).then_some(())).await;
    }

    async fn look<T>(&self, what: impl std::fmt::Display, find: impl Fn(&str) -> Option<T>) -> T {
        let looking = async {
            loop {
                let news = self.news.notified();
                tokio::pin!(news);
                // What is written between the look and the wait counts, too.
                news.as_mut().enable();
                if let Some(found) = find(&self.text.lock().unwrap()) {
                    return found;
                }
                news.await;
            }
        };
        within(format_args!("{what} from the bot"), looking).await
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
        let log = self.log();
        assert!(!log.contains("panicked at") || std::thread::panicking(), "{log}");
        if std::thread::panicking() {
            eprintln!("--- the bot's log\n{log}--- its output\n{}", self.output());
        }
    }
}
