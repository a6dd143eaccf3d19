//! The scene of a test: a server of the stand-in for Discord, people in it, and the bot as a process.
#![expect(clippy::disallowed_methods, reason = "the program runs in real time")]

use std::io::{BufRead, BufReader};
use std::process::{Child, ExitStatus, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crate::common::{self, Bot, PackText};
use crate::standin::{Channel, Config, Member, Message, Server, Standin, permissions};

/// A Discord with a server, people in it, and the bot.
pub struct Scene {
    pub discord: Standin,
    pub server: Server,
    pub channel: Channel,
    pub ada: Member,
    pub bot: Bot,
    pub running: Option<Running>,
}

/// The program, running.
pub struct Running {
    pub child: Child,
    pub log: Arc<Mutex<String>>,
}

impl Scene {
    /// Everything is there, and the bot has not started yet.
    pub fn new(config: Config, bot: Bot) -> Scene {
        let discord = Standin::start(config);
        let server = discord.server("Reading circle");
        let channel = server.channel("general");
        let ada = server.member("Ada");
        let bot = bot.env("DISCORD_TOKEN", discord.token()).env("RAPPORTEUR_DISCORD_API_URL", discord.url());
        Scene { discord, server, channel, ada, bot, running: None }
    }

    /// The bot with the project's first article, ready to be asked.
    pub async fn with_the_first_article() -> Scene {
        let bot = Bot::new().pack("us-mexico.toml", common::real_pack());
        Scene::new(config(), bot).start().await
    }

    /// The bot with a small pack.
    pub async fn with(pack: &PackText) -> Scene {
        Scene::new(config(), Bot::new().pack("doors.toml", pack.text())).start().await
    }

    pub async fn start(mut self) -> Scene {
        self.running = Some(Running::start(&self.bot));
        self.discord.wait_ready().await;
        self.discord.wait_command("quote").await;
        self
    }

    /// Makes somebody an editor, for the next start.
    pub fn editor(mut self, listed: &str) -> Scene {
        self.bot = self.bot.env("RAPPORTEUR_ACCESS_EDITORS", listed);
        self
    }

    pub async fn quote(&self, of: &str) -> Message {
        self.discord.slash(&self.ada, &self.channel, "quote", [("of", of)]).message().await
    }

    pub fn running(&mut self) -> &mut Running {
        self.running.as_mut().expect("the bot runs")
    }

    /// Ends the bot, and starts it again.
    pub async fn restart(mut self) -> Scene {
        let status = self.running().end().await;
        assert!(status.success(), "{status}: {}", self.running().log());
        self.start().await
    }
}

impl Running {
    pub fn start(bot: &Bot) -> Running {
        let mut child = bot.command().arg("run").stdout(Stdio::null()).spawn().unwrap();
        let log = Arc::new(Mutex::new(String::new()));
        let (lines, written) = (BufReader::new(child.stderr.take().unwrap()), Arc::clone(&log));
        std::thread::spawn(move || {
            for line in lines.lines().map_while(Result::ok) {
                let mut log = written.lock().unwrap();
                log.push_str(&line);
                log.push('\n');
            }
        });
        Running { child, log }
    }

    pub fn log(&self) -> String {
        self.log.lock().unwrap().clone()
    }

    pub fn signal(&self, signal: &str) {
        let sent = std::process::Command::new("kill").args([signal, &self.child.id().to_string()]).status();
        assert!(sent.unwrap().success());
    }

    /// Waits for the program to end by itself.
    pub async fn ended(&mut self) -> ExitStatus {
        let until = Instant::now() + Duration::from_secs(30);
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(Instant::now() < until, "it does not end: {}", self.log());
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    pub async fn end(&mut self) -> ExitStatus {
        self.signal("-TERM");
        self.ended().await
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
            eprintln!("--- the bot's log\n{log}");
        }
    }
}

pub fn has(message: &Message, text: &str) {
    assert!(message.text().contains(text), "{text:?} is not in: {}", message.text());
}

pub fn labels(message: &Message) -> Vec<String> {
    message.buttons().into_iter().map(|button| button.label).collect()
}

/// Programs that are started one after the other may identify at once.
pub fn config() -> Config {
    Config { identify_pause: Duration::ZERO, ..Config::default() }
}

/// A Discord that waits longer for an answer than the real one: for tests that are about something else.
pub fn patient() -> Config {
    Config { first_answer: Duration::from_secs(20), patience: Duration::from_secs(40), ..config() }
}

/// Who deletes an answer presses this.
pub const DELETE: &str = "🗑️";

impl Scene {
    /// Ada becomes an editor: the program is started again with her on the list.
    pub async fn editor_now(self) -> Scene {
        let listed = format!("discord:{}", self.ada.id);
        self.server.give(&self.ada, &self.server.role("Staff", permissions::MANAGE_GUILD));
        self.editor(&listed).restart().await
    }
}

impl Scene {
    /// Waits until another process's reload is noticed.
    pub async fn wait_for_edition(&self, edition: &str) {
        let until = Instant::now() + Duration::from_secs(10);
        loop {
            let answer = self.discord.slash(&self.ada, &self.channel, "actor", [("name", "Paz")]);
            if answer.message().await.text().contains(&format!("Edition {edition}")) {
                return;
            }
            assert!(Instant::now() < until, "the reload is not noticed");
        }
    }
}

pub async fn wait_until(what: &str, is_so: impl Fn() -> bool) {
    let until = Instant::now() + Duration::from_secs(10);
    while !is_so() {
        assert!(Instant::now() < until, "{what}: that never happens");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// Keeps every program from writing to the community database until it is dropped.
pub struct Held(
    #[expect(dead_code, reason = "the lock lasts as long as the connection")] rusqlite::Connection,
);

impl Held {
    pub fn of(bot: &Bot) -> Held {
        let connection = rusqlite::Connection::open(bot.data().join("community.db")).unwrap();
        connection.execute_batch("BEGIN IMMEDIATE").unwrap();
        Held(connection)
    }
}

impl Scene {
    pub async fn wait_for_log(&self, text: &str) {
        wait_until(text, || self.running.as_ref().is_some_and(|it| it.log().contains(text))).await;
    }
}
