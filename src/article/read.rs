//! Reading a pack file: from bytes to a [`Pack`], or to every error of form that it has.

use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use toml::de::DeTable;

use crate::say;

use super::diagnostic::{Diagnostic, Severity};
use super::form::{Fault, Syntax, faults};
use super::pack::Pack;
use super::syntax::{SyntaxFault, explain};
use super::tree::{Node, Value};

/// The largest pack file that is read, in bytes.
pub const MAX_BYTES: u64 = 8 * 1024 * 1024;

/// After so many errors of form in one file the rest is left for the next try.
const MAX_ERRORS: usize = 50;

/// A step on the way to a value inside a pack: a key, or a place in an array.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Step {
    /// A key of a table.
    Key(&'static str),
    /// An element of an array, from 0.
    At(usize),
}

/// The text of a pack file, and how to find places in it.
#[derive(Debug, Clone)]
pub struct PackFile {
    /// The file's name, for messages.
    pub name: String,
    text: Arc<str>,
    json: bool,
}

impl PackFile {
    /// Reads a file. Its name says the format: `.json` is JSON, everything else TOML.
    ///
    /// # Errors
    /// The file can't be read, is a folder, is larger than [`MAX_BYTES`], or is not UTF-8.
    pub fn open(path: &Path) -> Result<PackFile, Diagnostic> {
        let name = path.display().to_string();
        let unreadable = |error: std::io::Error| {
            Diagnostic::of_file(
                &name,
                say!("pack-can-t-read", error = error.to_string()),
                say!("pack-check-path-permissions"),
            )
        };
        let size = std::fs::metadata(path).map_err(unreadable)?;
        if !size.is_file() {
            return Err(Diagnostic::of_file(&name, say!("pack-file"), say!("pack-name-pack-file-such")));
        }
        if size.len() > MAX_BYTES {
            return Err(Diagnostic::of_file(
                &name,
                say!("pack-larger-than-mib", value = MAX_BYTES >> 20),
                say!("pack-pack-companion-one-article-split"),
            ));
        }
        let bytes = std::fs::read(path).map_err(unreadable)?;
        PackFile::from_bytes(name, bytes)
    }

    /// The same from bytes in memory.
    ///
    /// # Errors
    /// The bytes are not UTF-8.
    pub fn from_bytes(name: String, bytes: Vec<u8>) -> Result<PackFile, Diagnostic> {
        let json = name.ends_with(".json");
        let text = String::from_utf8(bytes).map_err(|error| {
            let at = error.utf8_error().valid_up_to();
            let help = match error.as_bytes() {
                [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => say!("pack-utf-save-file-utf"),
                // Windows-1252 and Latin-1 are what else is saved, and have these letters in common.
                bytes => match bytes.get(at) {
                    Some(byte @ 0xa1..) => say!("pack-save-file-utf-seems-saved", byte = char::from(*byte)),
                    _ => say!("pack-save-file-utf"),
                },
            };
            let readable: Arc<str> = String::from_utf8_lossy(error.as_bytes()).into();
            Diagnostic::of_file(&name, say!("pack-utf-text"), help).at(readable, at..at + 1)
        })?;
        // Editors on Windows may begin a file with a byte order mark.
        let text = text.strip_prefix('\u{feff}').map_or(text.as_str(), |rest| rest).into();
        Ok(PackFile { name, text, json })
    }

    /// Reads the pack. Line breaks and tabs in its texts become blanks.
    ///
    /// # Errors
    /// Every error of syntax, or else every wrong, unknown or missing key of every item; at most 50 at once.
    pub fn parse(&self) -> Result<Pack, Vec<Diagnostic>> {
        let tree = self.tree()?;
        let faults = faults(&tree, self.syntax());
        if faults.iter().any(|fault| fault.unreadable) {
            let mut errors: Vec<_> = faults.into_iter().map(|fault| self.fault(fault)).collect();
            errors.sort_by_key(Diagnostic::position);
            errors.truncate(MAX_ERRORS);
            return Err(errors);
        }
        // The schema and the types are one, so this is for what nobody thought of.
        serde_json::from_value(tree.into_json()).map_err(|error| {
            vec![Diagnostic::of_file(
                &self.name,
                error.to_string(),
                say!("pack-compare-with-docs-pack-schema"),
            )]
        })
    }

    /// What is too long, too short or too much in a pack that can be read.
    pub fn limits(&self) -> Vec<Diagnostic> {
        let Ok(tree) = self.tree() else { return Vec::new() };
        let faults = faults(&tree, self.syntax()).into_iter().filter(|fault| !fault.unreadable);
        faults.map(|fault| self.fault(fault)).collect()
    }

    fn syntax(&self) -> Syntax {
        if self.json { Syntax::Json } else { Syntax::Toml }
    }

    fn tree(&self) -> Result<Node, Vec<Diagnostic>> {
        if self.json {
            return match serde_json::from_str::<serde_json::Value>(&self.text) {
                Ok(_) => Ok(Node::of_json(&self.text)),
                Err(error) => Err(vec![self.json_error(&error)]),
            };
        }
        let (root, errors) = DeTable::parse_recoverable(&self.text);
        if errors.is_empty() {
            return Ok(Node::of_toml(root.get_ref(), 0..0));
        }
        let faults = explain(&self.text, &errors).into_iter().take(MAX_ERRORS);
        let errors = faults.map(|SyntaxFault { span, message, help }| {
            Diagnostic::of_file(&self.name, message, help).at(self.text.clone(), span)
        });
        let mut errors: Vec<_> = errors.collect();
        errors.sort_by_key(Diagnostic::position);
        Err(errors)
    }

    fn fault(&self, fault: Fault) -> Diagnostic {
        let diagnostic = Diagnostic::of_file(&self.name, fault.message, fault.help);
        // What the file as a whole lacks has no place in it.
        if fault.span == (0..0) { diagnostic } else { diagnostic.at(self.text.clone(), fault.span) }
    }

    fn json_error(&self, error: &serde_json::Error) -> Diagnostic {
        let at = offset(&self.text, error.line(), error.column());
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or(&message);
        let help = match message {
            it if it.starts_with("EOF") => say!("pack-file-ends-too-early-close"),
            it if it.contains("trailing comma") => say!("pack-take-out-comma-behind-last"),
            it if it.contains("key must be a string") => say!("pack-write-keys-quotation-marks"),
            it if it.contains("control character") => say!("pack-keep-text-one-line"),
            it if it.contains("escape") => say!("pack-write-backslash"),
            it if it.contains("expected `,`") => {
                say!("pack-put-comma-between-two-entries")
            }
            it if it.contains("expected `:`") => say!("pack-put-between-key-value"),
            it if it.contains("recursion") => say!("pack-pack-has-no-tables-so"),
            _ => say!("pack-text-stands-straight-quotation-marks"),
        };
        Diagnostic::of_file(&self.name, message, help).at(self.text.clone(), at..at + 1)
    }

    /// Diagnostics for findings at paths inside the pack. Where a path leads to something that is
    /// not there, the place is the nearest thing around it.
    pub fn locate(&self, findings: Vec<Finding>) -> Vec<Diagnostic> {
        if findings.is_empty() {
            return Vec::new();
        }
        let tree = self.tree().ok();
        findings
            .into_iter()
            .map(|finding| {
                let span = tree.as_ref().map_or(0..0, |tree| place(tree, &finding.path));
                let mut diagnostic = Diagnostic::of_file(&self.name, finding.message, finding.help)
                    .at(self.text.clone(), span);
                diagnostic.severity = finding.severity;
                diagnostic
            })
            .collect()
    }

    /// The lines, from 1, at which these paths appear.
    pub fn lines(&self, paths: &[Vec<Step>]) -> Vec<usize> {
        let tree = self.tree().ok();
        let place = |path| tree.as_ref().map_or(0, |tree| place(tree, path).start);
        paths.iter().map(|path| self.text[..place(path)].matches('\n').count() + 1).collect()
    }
}

/// Where a path leads to, or the nearest thing around it. A scalar is shown itself; of a table or a list,
/// its name.
fn place(tree: &Node, path: &[Step]) -> Range<usize> {
    let mut span = 0..0;
    let mut node = tree;
    for step in path {
        match (step, &node.value) {
            (Step::Key(key), _) => {
                let Some(entry) = node.get(key) else { break };
                let whole = matches!(entry.node.value, Value::Table(_) | Value::List(_));
                span = if whole { entry.at.clone() } else { entry.node.span.clone() };
                node = &entry.node;
            }
            (Step::At(at), Value::List(nodes)) => {
                let Some(next) = nodes.get(*at) else { break };
                span = next.span.clone();
                node = next;
            }
            _ => break,
        }
    }
    span
}

/// Something wrong at a path inside the pack.
#[derive(Debug, Clone)]
pub struct Finding {
    /// How bad it is.
    pub severity: Severity,
    /// Where.
    pub path: Vec<Step>,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: String,
}

fn offset(text: &str, line: usize, column: usize) -> usize {
    let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    (before + column.saturating_sub(1)).min(text.len())
}
