//! What a program wrote, and what is in it.

use std::process::{Child, Command};

use serde_json::Value;

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
