//! The program as a process, in folders of its own, asked as people ask it in a terminal.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;

use super::output::{Output, field};
use super::pack::PackText;

/// A bot with a data folder and a packs folder of its own.
pub struct Bot {
    home: TempDir,
    environment: Vec<(String, String)>,
}

impl Bot {
    /// A bot without packs.
    pub fn new() -> Bot {
        let bot = Bot { home: tempfile::tempdir().unwrap(), environment: Vec::new() };
        std::fs::create_dir(bot.packs()).unwrap();
        bot
    }

    /// A bot that has loaded one pack.
    pub fn with(pack: &PackText) -> Bot {
        let bot = Bot::new().pack("doors.toml", pack.text());
        bot.ask("/reload").code(0);
        bot
    }

    /// With a pack file more, or another text for it.
    pub fn pack(self, name: &str, text: impl AsRef<[u8]>) -> Bot {
        self.write_pack(name, text);
        self
    }

    /// With a variable in its environment.
    pub fn env(mut self, name: &str, value: &str) -> Bot {
        self.environment.push((name.into(), value.into()));
        self
    }

    /// Takes a variable out of its environment.
    pub fn without_env(mut self, name: &str) -> Bot {
        self.environment.retain(|(known, _)| known != name);
        self
    }

    pub fn write_pack(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.packs().join(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    /// The folder in which the program is started.
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    pub fn packs(&self) -> PathBuf {
        self.home.path().join("packs")
    }

    pub fn data(&self) -> PathBuf {
        self.home.path().join("data")
    }

    /// The file of a revision.
    pub fn library(&self, revision: &str) -> PathBuf {
        self.data().join("library").join(format!("{revision}.db"))
    }

    /// The names of all files in `data/library`, in order.
    pub fn library_files(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.data().join("library")).unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    /// The program, in this bot's folders and with nothing of the environment of the tests.
    pub fn command(&self) -> Command {
        self.set_up(Command::new(env!("CARGO_BIN_EXE_rapporteur")))
    }

    /// The program in a shell line, in which it is `"$0" "$@"`.
    pub fn shell(&self, line: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", line, env!("CARGO_BIN_EXE_rapporteur")]);
        self.set_up(command)
    }

    fn set_up(&self, mut command: Command) -> Command {
        command
            .current_dir(self.home())
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("USER", "ada")
            .env("RAPPORTEUR_LIBRARY_PACKS", self.packs())
            .envs(self.environment.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .arg("--data")
            .arg(self.data());
        command
    }

    /// Runs the program with these arguments.
    pub fn run<A: AsRef<std::ffi::OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Output {
        Output::of(self.command().args(arguments))
    }

    /// `rapporteur ask LINE`.
    pub fn ask(&self, line: &str) -> Output {
        // A line may begin with a hyphen.
        self.run(["ask", "--", line])
    }

    /// `rapporteur ask --json LINE`.
    pub fn ask_json(&self, line: &str) -> Value {
        self.run(["ask", "--json", "--", line]).json()
    }

    /// `rapporteur check PACK`.
    pub fn check(&self, name: &str) -> Output {
        self.run([Path::new("check"), &self.packs().join(name)])
    }

    /// `rapporteur chat` with these bytes at its input, to the end.
    pub fn feed(&self, bytes: &[u8]) -> Output {
        let mut child = self.command().arg("chat").stdin(Stdio::piped()).spawn().unwrap();
        let mut input = child.stdin.take().unwrap();
        let bytes = bytes.to_vec();
        let writer = std::thread::spawn(move || input.write_all(&bytes));
        let output = Output::read(child);
        writer.join().unwrap().unwrap();
        output
    }

    /// `rapporteur chat`, to talk with line by line.
    pub fn chat(&self) -> Chat {
        let mut command = self.command();
        command.arg("chat").stdin(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        let input = child.stdin.take().unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        let (sender, lines) = channel();
        std::thread::spawn(move || {
            for line in output.lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    return;
                }
            }
        });
        Chat { child, input, lines }
    }

    /// The revision that answers now.
    #[track_caller]
    pub fn revision(&self) -> String {
        let status = self.ask_json("/status");
        let revision = field(&status, "Revision").unwrap_or_else(|| panic!("no revision in {status}"));
        revision.split(',').next().unwrap_or_default().to_string()
    }
}

/// A conversation with a running program.
pub struct Chat {
    child: Child,
    input: ChildStdin,
    lines: Receiver<String>,
}

impl Chat {
    /// Says a line, and gives the whole answer.
    #[track_caller]
    pub fn say(&mut self, line: &str) -> String {
        // The number 0 is never a choice: the one line that it is answered with ends what came before.
        writeln!(self.input, "{line}\n0").unwrap();
        let mut answer = String::new();
        loop {
            let line = match self.lines.recv_timeout(Duration::from_secs(60)) {
                Ok(line) => line,
                Err(error) => panic!("no answer ({error}) after: {answer}"),
            };
            if line.starts_with("Choose a number from") || line.starts_with("There's nothing to choose from")
            {
                return answer;
            }
            answer.push_str(&line);
            answer.push('\n');
        }
    }
}

impl Drop for Chat {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
