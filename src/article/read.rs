//! Reading a pack file: from bytes to a [`Pack`], or to every error of form that it has.

use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

use super::diagnostic::{Diagnostic, Severity};
use super::pack::Pack;

/// The largest pack file that is read, in bytes.
pub const MAX_BYTES: u64 = 8 * 1024 * 1024;

/// After so many errors of form in one file the rest is left for the next try.
const MAX_ERRORS: usize = 50;

/// A step on the way to a value inside a pack: a key, or a place in an array.
#[derive(Debug, Clone, Copy)]
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
                format!("can't be read: {error}"),
                "check the path and its permissions",
            )
        };
        let size = std::fs::metadata(path).map_err(unreadable)?;
        if !size.is_file() {
            return Err(Diagnostic::of_file(
                &name,
                "is not a file",
                "name a pack file, such as `my-article.toml`",
            ));
        }
        if size.len() > MAX_BYTES {
            return Err(Diagnostic::of_file(
                &name,
                format!("is larger than {} MiB", MAX_BYTES >> 20),
                "a pack is a companion to one article: split it, or leave out what nobody asks for",
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
            let readable: Arc<str> = String::from_utf8_lossy(error.as_bytes()).into();
            Diagnostic::of_file(&name, "is not UTF-8 text", "save the file as UTF-8").at(readable, at..at + 1)
        })?;
        // Editors on Windows may begin a file with a byte order mark.
        let text = text.strip_prefix('\u{feff}').map_or(text.as_str(), |rest| rest).into();
        Ok(PackFile { name, text, json })
    }

    /// Reads the pack.
    ///
    /// # Errors
    /// Every error of form: all errors of syntax, or else the first wrong, unknown or missing key of
    /// each item; at most 50 at once.
    pub fn parse(&self) -> Result<Pack, Vec<Diagnostic>> {
        if self.json {
            return serde_json::from_str(&self.text).map_err(|error| {
                let at = offset(&self.text, error.line(), error.column());
                let message = error.to_string();
                let message = message.split(" at line ").next().unwrap_or(&message);
                vec![self.form(message, at..at + 1)]
            });
        }
        let (root, errors) = DeTable::parse_recoverable(&self.text);
        if !errors.is_empty() {
            let mut errors: Vec<_> = errors
                .iter()
                .take(MAX_ERRORS)
                .map(|error| self.form(error.message(), error.span().unwrap_or(0..0)))
                .collect();
            errors.dedup_by_key(|error| error.position());
            return Err(errors);
        }
        let mut root = root.into_inner();
        let mut errors = Vec::new();
        let article = match root.remove("article") {
            Some(value) => self.one(value, &mut errors),
            None => {
                errors.push(Diagnostic::of_file(
                    &self.name,
                    "there is no [article]",
                    "begin the pack with `[article]` and its `id`, `title`, `language` and `summary`",
                ));
                None
            }
        };
        let mut pack = Pack {
            actors: self.all(&mut root, "actor", &mut errors),
            events: self.all(&mut root, "event", &mut errors),
            quotes: self.all(&mut root, "quote", &mut errors),
            arguments: self.all(&mut root, "argument", &mut errors),
            facts: self.all(&mut root, "fact", &mut errors),
            relations: self.all(&mut root, "relation", &mut errors),
            topics: self.all(&mut root, "topic", &mut errors),
            ..Pack::default()
        };
        // What is left has a name that no pack has: let serde say so in its usual words.
        for (key, _) in &root {
            let alone = format!("{} = 0", toml::Value::String(key.get_ref().to_string()));
            if let Err(error) = toml::from_str::<Pack>(&alone) {
                errors.push(self.form(error.message(), key.span()));
            }
        }
        errors.sort_by_key(Diagnostic::position);
        errors.truncate(MAX_ERRORS);
        match article {
            Some(article) if errors.is_empty() => {
                pack.article = article;
                Ok(pack)
            }
            _ => Err(errors),
        }
    }

    fn one<T: DeserializeOwned>(
        &self,
        value: Spanned<DeValue<'_>>,
        errors: &mut Vec<Diagnostic>,
    ) -> Option<T> {
        let whole = value.span();
        match T::deserialize(ValueDeserializer::from(value)) {
            Ok(item) => Some(item),
            Err(error) => {
                errors.push(self.form(error.message(), error.span().unwrap_or(whole)));
                None
            }
        }
    }

    fn all<T: DeserializeOwned>(
        &self,
        root: &mut DeTable<'_>,
        key: &'static str,
        errors: &mut Vec<Diagnostic>,
    ) -> Vec<T> {
        let Some(value) = root.remove(key) else { return Vec::new() };
        let span = value.span();
        match value.into_inner() {
            DeValue::Array(items) => items.into_iter().filter_map(|item| self.one(item, errors)).collect(),
            _ => {
                let mut error = self.form(&format!("`{key}` must be a list"), span);
                error.mend = Some(format!("begin each with `[[{key}]]`, in two pairs of brackets"));
                errors.push(error);
                Vec::new()
            }
        }
    }

    fn form(&self, message: &str, span: Range<usize>) -> Diagnostic {
        let mut message = message.trim().replace('\n', ", ");
        let mut mend = None;
        // serde's "unknown field `x`, expected one of `y`, `z`" is long: name the nearest instead.
        if message.starts_with("unknown ")
            && let Some((what, expected)) = message.split_once(", expected ")
            && let Some(unknown) = what.split('`').nth(1)
        {
            let known: Vec<&str> = expected.split('`').skip(1).step_by(2).collect();
            let nearest = known
                .iter()
                .map(|name| (strsim::osa_distance(unknown, name), name))
                .min()
                .filter(|(distance, name)| *distance <= name.len() / 2);
            mend = Some(match nearest {
                Some((_, name)) => format!("did you mean `{name}`?"),
                None => format!("known here: {}", known.join(", ")),
            });
            message = what.to_string();
        }
        let mut diagnostic = Diagnostic::of_file(&self.name, message, "see docs/editing-an-article.md")
            .at(self.text.clone(), span);
        if let Some(mend) = mend {
            diagnostic.mend = Some(mend);
        }
        diagnostic
    }

    /// Diagnostics for findings at paths inside the pack. Where a path leads to something that is
    /// not there, the place is the nearest thing around it.
    pub fn locate(&self, findings: Vec<Finding>) -> Vec<Diagnostic> {
        if findings.is_empty() {
            return Vec::new();
        }
        let root = (!self.json).then(|| DeTable::parse_recoverable(&self.text).0);
        let mut diagnostics: Vec<_> = findings
            .into_iter()
            .map(|finding| {
                let span = match &root {
                    Some(root) => toml_span(root, &finding.path),
                    None => json_span(&self.text, &finding.path),
                };
                let mut diagnostic = Diagnostic::of_file(&self.name, finding.message, finding.mend)
                    .at(self.text.clone(), span);
                diagnostic.severity = finding.severity;
                diagnostic
            })
            .collect();
        diagnostics.sort_by_key(Diagnostic::position);
        diagnostics
    }
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
    pub mend: String,
}

fn offset(text: &str, line: usize, column: usize) -> usize {
    let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    (before + column.saturating_sub(1)).min(text.len())
}

fn toml_span(root: &Spanned<DeTable<'_>>, path: &[Step]) -> Range<usize> {
    let mut span = root.span().start..root.span().start;
    let mut table = Some(root.get_ref());
    let mut array = None;
    for step in path {
        let next = match step {
            Step::Key(key) => table.and_then(|table| table.get_key_value(*key)).map(|(name, value)| {
                // A scalar is shown itself; of a table or an array, its name.
                let is_scalar = !value.get_ref().is_table() && !value.get_ref().is_array();
                (if is_scalar { value.span() } else { name.span() }, value)
            }),
            Step::At(at) => array
                .and_then(|array: &toml::de::DeArray<'_>| array.get(*at))
                .map(|value| (value.span(), value)),
        };
        let Some((at, value)) = next else { break };
        span = at;
        table = value.get_ref().as_table();
        array = value.get_ref().as_array();
    }
    span
}

fn json_span(text: &str, path: &[Step]) -> Range<usize> {
    let mut value = text;
    for step in path {
        let inner = match step {
            Step::Key(key) => serde_json::from_str::<std::collections::HashMap<&str, &RawValue>>(value)
                .ok()
                .and_then(|map| map.get(key).map(|raw| raw.get())),
            Step::At(at) => serde_json::from_str::<Vec<&RawValue>>(value)
                .ok()
                .and_then(|items| items.get(*at).map(|raw| raw.get())),
        };
        let Some(inner) = inner else { break };
        value = inner;
    }
    // `value` is a part of `text`, so its address tells where it stands.
    let start = value.as_ptr() as usize - text.as_ptr() as usize;
    start..start + value.len()
}
