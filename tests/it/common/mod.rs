//! What the tests of the whole program share: a bot in folders of its own, asked as people ask it,
//! and packs to give it.

#![allow(dead_code, reason = "every test file uses a part of this")]

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;

/// The article that [`PackText`] is about. Its quotes repeat less than a tenth of it.
pub const ARTICLE: &str = "\
Octavio Paz said that “silence is a door” when the poets met in Mexico City in 1990. He had come back \
from India long before, and he spoke – as he often did – of walls and doors, and of the two peoples on \
both sides of the river, who read each other’s books too late and in bad translations.

What Came Next

In 1994 a treaty opened the border to goods. The author holds that it should have opened it to people as \
well, and that nobody has tried since then to mend what was left out.

Elena Ríos, a mayor in the north, told readers that the river belongs to nobody. Her town had seen “good \
neighbors” come and go.
";

/// A right pack about [`ARTICLE`]. Every summary, context and claim names the edition, so that an
/// answer tells which edition it is from.
#[derive(Debug, Clone)]
pub struct PackText {
    article: String,
    edition: String,
    events: usize,
    extra: String,
}

pub fn pack() -> PackText {
    PackText { article: "doors".into(), edition: "blue".into(), events: 0, extra: String::new() }
}

impl PackText {
    /// The article's id.
    pub fn article(mut self, id: &str) -> Self {
        self.article = id.into();
        self
    }

    /// One word that is in every item.
    pub fn edition(mut self, word: &str) -> Self {
        self.edition = word.into();
        self
    }

    /// So many events more, to make the pack large.
    pub fn events(mut self, number: usize) -> Self {
        self.events = number;
        self
    }

    /// More TOML at the end.
    pub fn with(mut self, toml: &str) -> Self {
        self.extra.push_str(toml);
        self.extra.push('\n');
        self
    }

    /// The pack as TOML.
    pub fn text(&self) -> String {
        let PackText { article, edition, events, extra } = self;
        let mut text = format!(
            r#"[article]
id = "{article}"
title = "Walls and doors"
language = "en"
summary = "Two peoples and a river. Edition {edition}."

[[article.section]]
name = "Opening"
first = 1
last = 1

[[article.section]]
heading = "What Came Next"
first = 2
last = 3

[[topic]]
id = "borders"
name = "Borders"
synonyms = ["frontiers"]
summary = "What divides, and what opens. Edition {edition}."

[[actor]]
id = "paz"
name = "Octavio Paz"
aliases = ["Paz"]
kind = "person"
summary = "A poet who spoke of walls. Edition {edition}."
source = {{ paragraph = 1, exact = "Octavio Paz said" }}

[[actor]]
id = "rios"
name = "Elena Ríos"
kind = "person"
summary = "A mayor. Edition {edition}."
source = {{ paragraph = 3, exact = "Elena Ríos, a mayor" }}

[[event]]
id = "treaty"
title = "The treaty"
when = {{ edtf = "1994", text = "1994" }}
summary = "Goods may cross. Edition {edition}."
topics = ["borders"]
source = {{ paragraph = 2, exact = "a treaty opened the border" }}

[[quote]]
id = "q-silence"
words = "silence is a door"
kind = "verbatim"
speaker = "paz"
context = "Said among poets. Edition {edition}."
topics = ["borders"]
source = {{ paragraph = 1 }}

[[quote]]
id = "q-river"
words = "belongs to nobody"
kind = "reported"
speaker = "rios"
context = "Of the river. Edition {edition}."
source = {{ paragraph = 3 }}

[[fact]]
id = "f-nobody"
statement = "Nobody has tried to mend the treaty. Edition {edition}."
standing = "judgement"
topics = ["borders"]
source = {{ paragraph = 2, exact = "nobody has tried since then" }}

[[argument]]
id = "people-too"
title = "People should have been let through"
claim = "The treaty should have opened the border to people. Edition {edition}."
grounds = ["treaty", "f-nobody"]
topics = ["borders"]
source = {{ paragraph = 2, exact = "should have opened it to people" }}
"#
        );
        for number in 0..*events {
            text.push_str(&format!(
                r#"
[[event]]
id = "e-{number}"
title = "Meeting {number} at the river"
when = {{ edtf = "{}", by = "editor" }}
summary = "Mayors met for the {number}th time, and spoke of bridge {number}. Edition {edition}."
actors = ["rios"]
by = "editor"
"#,
                1000 + number % 1000
            ));
        }
        text.push('\n');
        text.push_str(extra);
        text
    }
}

/// The project's own first article.
pub fn real_pack() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("config/articles/us-mexico.toml");
    std::fs::read_to_string(path).unwrap()
}

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
            if line.starts_with("Choose a number from") || line.starts_with("There is nothing to choose from")
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

/// How the program ended and what it wrote.
#[derive(Debug)]
pub struct Output {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Output {
    #[track_caller]
    pub fn of(command: &mut Command) -> Output {
        Output::read(command.spawn().unwrap())
    }

    /// Waits for the end. Whatever was asked, the program must not panic, and what it prints must not
    /// command the terminal.
    #[track_caller]
    pub fn read(child: Child) -> Output {
        let output = child.wait_with_output().unwrap();
        let stdout = String::from_utf8(output.stdout).unwrap();
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert!(!stderr.contains("panicked at"), "{stderr}");
        let code = output.status.code().unwrap_or_else(|| panic!("ended by a signal: {stderr}"));
        for text in [&stdout, &stderr] {
            let control = |c: char| c.is_control() && c != '\n' && c != '\t';
            assert!(!text.contains(control), "control characters: {text:?}");
        }
        Output { code, stdout, stderr }
    }

    #[track_caller]
    pub fn code(&self, code: i32) -> &Output {
        assert_eq!(self.code, code, "{self}");
        self
    }

    /// Standard output has this.
    #[track_caller]
    pub fn says(&self, text: &str) -> &Output {
        assert!(self.stdout.contains(text), "{text:?} is not in {self}");
        self
    }

    /// Neither standard output nor standard error has this.
    #[track_caller]
    pub fn never_says(&self, text: &str) -> &Output {
        assert!(!self.stdout.contains(text) && !self.stderr.contains(text), "{text:?} is in {self}");
        self
    }

    /// Standard error has this.
    #[track_caller]
    pub fn complains(&self, text: &str) -> &Output {
        assert!(self.stderr.contains(text), "{text:?} is not in {self}");
        self
    }

    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {self}"))
    }
}

impl std::fmt::Display for Output {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "exit code {}\n--- stdout\n{}\n--- stderr\n{}", self.code, self.stdout, self.stderr)
    }
}

/// The value of a field of a JSON answer.
pub fn field(answer: &Value, name: &str) -> Option<String> {
    let blocks = answer["blocks"].as_array()?;
    let fields = blocks.iter().filter_map(|block| block["fields"].as_array()).flatten();
    let mut named = fields.filter(|field| field[0] == name);
    if let Some(value) = named.find_map(|field| field[1].as_str()) {
        return Some(value.to_string());
    }
    let text = |parts: &Value| {
        let parts = parts.as_array().into_iter().flatten();
        let part = |part: &Value| match part.as_object().and_then(|part| part.values().next()) {
            Some(Value::String(text)) => text.clone(),
            other => other.map(ToString::to_string).unwrap_or_default(),
        };
        parts.map(part).collect::<String>()
    };
    let mut facts = blocks.iter().filter_map(|block| block["facts"].as_array()).flatten();
    facts.find(|fact| text(&fact[0]) == name).map(|fact| text(&fact[1]))
}

/// The entries of the list with this title in a JSON answer.
pub fn list(answer: &Value, title: &str) -> Vec<String> {
    let blocks = answer["blocks"].as_array().into_iter().flatten();
    let lists =
        blocks.filter(|block| block["type"] == "list" && block["title"].as_str().unwrap_or("") == title);
    let entries = lists.filter_map(|list| list["entries"].as_array()).flatten();
    entries.filter_map(|entry| entry["text"].as_str()).map(ToString::to_string).collect()
}

/// Line and column that a text names for a file: the first `NAME:LINE:COLUMN` in it.
pub fn place(text: &str, name: &str) -> Option<(usize, usize)> {
    text.match_indices(name).find_map(|(at, _)| {
        let mut parts = text[at + name.len()..].strip_prefix(':')?.splitn(3, |c: char| !c.is_ascii_digit());
        Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
    })
}
