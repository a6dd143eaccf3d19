//! What is wrong with the form of a pack: keys and values that its schema does not have, in plain words and
//! with the line to write.

use std::ops::Range;

use serde_json::Value as Json;

use crate::locale;
use crate::say;

use super::date::expression;
use super::schema::schema;
use super::tree::{Entry, Node, Value};

/// Something wrong at a place.
#[derive(Debug)]
pub struct Fault {
    /// Where, in bytes of the file.
    pub span: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// The line to write.
    pub help: String,
    /// Whether it keeps the pack from being read; if not, a value is only too long, too short or too small.
    pub unreadable: bool,
}

/// How a file writes its lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Syntax {
    /// `key = value`
    Toml,
    /// `"key": value`
    Json,
}

/// Everything that is wrong with the form of a pack.
pub fn faults(pack: &Node, syntax: Syntax) -> Vec<Fault> {
    let mut walk = Walk { syntax, faults: Vec::new() };
    if !matches!(pack.value, Value::Table(_)) {
        let nothing = Node { span: pack.span.clone(), value: Value::Table(Vec::new()) };
        return faults(&nothing, syntax);
    }
    walk.table(Table { name: "pack", header: "", schema: schema(), above: None }, pack);
    walk.faults
}

/// A table of a pack that is looked at.
#[derive(Clone, Copy)]
struct Table<'a> {
    /// What it is called in a sentence.
    name: &'a str,
    /// What its header says between the brackets; nothing for the pack itself and for `{ … }`.
    header: &'a str,
    schema: &'static Json,
    /// The table around it.
    above: Option<&'a Table<'a>>,
}

/// What a value is to be.
enum Shape {
    Text,
    Whole,
    Switch,
    /// One of these words.
    Word(Vec<&'static str>),
    /// A list of such values.
    List(Box<Shape>),
    /// A table of this sort.
    Table(&'static str, &'static Json),
}

struct Walk {
    syntax: Syntax,
    faults: Vec<Fault>,
}

impl Walk {
    fn add(&mut self, span: Range<usize>, message: impl Into<String>, help: impl Into<String>) {
        self.faults.push(Fault { span, message: message.into(), help: help.into(), unreadable: true });
    }

    fn limit(&mut self, span: Range<usize>, message: impl Into<String>, help: impl Into<String>) {
        self.faults.push(Fault { span, message: message.into(), help: help.into(), unreadable: false });
    }

    fn table(&mut self, table: Table<'_>, node: &Node) {
        let Value::Table(entries) = &node.value else { return };
        let properties = table.schema["properties"].as_object();
        for (number, entry) in entries.iter().enumerate() {
            if entries[..number].iter().any(|other| other.key == entry.key) {
                self.add(
                    entry.at.clone(),
                    say!("pack-here-twice", key = entry.key),
                    say!("pack-keep-one-two"),
                );
            }
            match properties.and_then(|it| it.get_key_value(&entry.key)) {
                Some((key, property)) => self.value(table, key, property, &entry.node),
                None => self.unknown(table, entry),
            }
        }
        self.missing(table, node);
    }

    /// Names all keys at once that a table lacks.
    fn missing(&mut self, table: Table<'_>, node: &Node) {
        let required = table.schema["required"].as_array().into_iter().flatten().filter_map(Json::as_str);
        // A key that is written wrongly is reported as such, and not as one that is lacking too.
        let known = || {
            table.schema["properties"].as_object().into_iter().flat_map(|it| it.keys()).map(String::as_str)
        };
        let mistyped: Vec<&str> = match &node.value {
            Value::Table(entries) => entries
                .iter()
                .filter(|entry| known().all(|key| key != entry.key))
                .filter_map(|entry| nearest(&entry.key, known()))
                .collect(),
            _ => vec![],
        };
        let is_missing = |key: &&str| node.get(key).is_none() && !mistyped.contains(key);
        let mut missing: Vec<&str> = required.filter(is_missing).collect();
        if missing.is_empty() {
            return;
        }
        if table.above.is_none() {
            let help = match self.syntax {
                Syntax::Toml => {
                    say!("pack-begin-pack-with")
                }
                Syntax::Json => {
                    say!("pack-give-pack-with")
                }
            };
            return self.add(0..0, say!("pack-there-no-article"), help);
        }
        // What would be missed next.
        let has = |key: &str| table.schema["properties"].get(key).is_some();
        let kind = node.get("kind").and_then(|entry| entry.node.text());
        if has("speaker") && matches!(kind, Some("verbatim" | "reported")) && node.get("speaker").is_none() {
            missing.push("speaker");
        }
        if has("source") && has("by") && node.get("source").is_none() && node.get("by").is_none() {
            missing.push("source");
        }
        if has("heading") && node.get("heading").is_none() && node.get("name").is_none() {
            missing.push("heading");
        }
        let lines = missing.iter().map(|key| match shape(&table.schema["properties"][key]) {
            // An example would be taken as it is.
            Shape::Word(words) => {
                say!("pack-with-one", key = self.assign(key, "\"…\""), words = words.join(", "))
            }
            shape => self.assign(key, &self.example(&shape)),
        });
        let lines: Vec<String> = lines.collect();
        let (name, keys) = (table.name, listed(&missing));
        self.add(
            node.span.clone(),
            say!("pack-lacks", name = name, keys = keys),
            say!("pack-add", lines = lines.join(", ")),
        );
    }

    fn unknown(&mut self, table: Table<'_>, entry: &Entry) {
        let key = entry.key.as_str();
        let shown: String = key.chars().take(60).collect();
        let has = |schema: &Json| schema["properties"].get(key).is_some();
        let headed = self.syntax == Syntax::Toml && !table.header.is_empty();
        // A key below the header of a part belongs to the part, not to the whole.
        if let Some(above) =
            table.above.filter(|above| headed && !above.header.is_empty() && has(above.schema))
        {
            let (header, part, whole) = (table.header, table.name, above.name);
            return self.add(
                entry.at.clone(),
                say!("pack-stands-below-so-belongs-which", shown = shown, header = header, part = part),
                say!("pack-if-belongs-move-line-up", whole = whole, header = header),
            );
        }
        if table.above.is_none()
            && let Some((message, help)) = above_all_tables(entry, &shown)
        {
            return self.add(entry.at.clone(), message, help);
        }
        // `season` beside `when`, `paragraph` beside `source`.
        let properties = table.schema["properties"].as_object();
        let within = properties.into_iter().flatten().find(|(_, property)| match shape(property) {
            Shape::Table(_, schema) => has(schema),
            _ => false,
        });
        if let Some((whole, _)) = within.filter(|_| table.above.is_some()) {
            let value = match &entry.node.value {
                Value::Text(text) => quoted(text),
                _ => plain(&entry.node),
            };
            let pair = self.inline(&[(key, value)]);
            return self.add(
                entry.at.clone(),
                say!("pack-part", shown = shown, whole = whole),
                say!("pack-write-there", replacen = self.assign(whole, &pair.replacen("{ ", "{ …, ", 1))),
            );
        }
        let known: Vec<&String> =
            table.schema["properties"].as_object().into_iter().flat_map(|it| it.keys()).collect();
        let help = match nearest(key, known.iter().map(|it| it.as_str())) {
            Some(near) => say!("pack-did-you-mean", near = near),
            None => {
                say!(
                    "pack-known-here",
                    known = known.iter().map(|it| it.as_str()).collect::<Vec<_>>().join(", ")
                )
            }
        };
        self.add(entry.at.clone(), say!("pack-has-no", name = table.name, shown = shown), help);
    }

    fn value(&mut self, table: Table<'_>, key: &'static str, property: &'static Json, node: &Node) {
        let span = node.span.clone();
        let shape = shape(property);
        if matches!(node.value, Value::Null) {
            return self.add(span, say!("pack-null", key = key), say!("pack-leave-out-key-says-nothing"));
        }
        match (&shape, &node.value) {
            (Shape::Text, Value::Text(text)) => {
                let line = self.assign(key, "\"…\"");
                self.text(key, &line, property, text, span);
            }
            (Shape::Whole, Value::Whole(number)) => {
                let least = property["minimum"].as_i64().unwrap_or(0);
                if *number < least || *number > i64::from(u32::MAX) {
                    let (message, right) = match *number < least {
                        true => (
                            say!("pack-but-counted-from", key = key, number = number),
                            number.unsigned_abs().max(1),
                        ),
                        false => (say!("pack-too-large-number", key = key), 1),
                    };
                    self.add(
                        span,
                        message,
                        say!("pack-write-instance", right = self.assign(key, &right.to_string())),
                    );
                }
            }
            (Shape::Switch, Value::Switch(_)) => {}
            (Shape::Word(words), Value::Text(text)) => {
                if !words.contains(&text.as_str()) {
                    let shown: String = text.chars().take(60).collect();
                    let help = match nearest(&text.to_lowercase(), words.iter().copied()) {
                        Some(near) => say!("pack-did-you-mean", near = near),
                        None => say!("pack-write-one-these", words = words.join(", ")),
                    };
                    self.add(span, say!("pack-can-t", key = key, shown = shown), help);
                }
            }
            (Shape::List(of), Value::List(nodes)) => self.list(table, key, property, of, nodes, span),
            (Shape::Table(name, schema), Value::Table(_)) => {
                let header = if table.above.is_none() { *name } else { "" };
                self.table(Table { name, header, schema, above: Some(&table) }, node);
            }
            _ => self.wrong(table, key, &shape, node),
        }
    }

    /// `line` is the line to write for the text.
    fn text(&mut self, key: &str, line: &str, property: &Json, text: &str, span: Range<usize>) {
        // Ids, dates and hashes are reported by those who know what they must be.
        if property["pattern"] != "\\S" {
            return;
        }
        let length = text.chars().count();
        let most = property["maxLength"].as_u64().and_then(|it| usize::try_from(it).ok());
        if text.is_empty() {
            self.limit(
                span,
                say!("pack-has-empty-text", key = key),
                say!("pack-write-leave-out-if-needed", line = line),
            );
        } else if let Some(most) = most.filter(|most| length > *most) {
            let (most_said, has) = (thousands(most), thousands(length));
            self.limit(
                span,
                say!("pack-longer-than-characters-has", key = key, most_said = most_said, has = has),
                say!("pack-shorten-by-characters", most = thousands(length - most)),
            );
        }
    }

    fn list(
        &mut self,
        table: Table<'_>,
        key: &'static str,
        property: &'static Json,
        of: &Shape,
        nodes: &[Node],
        span: Range<usize>,
    ) {
        if let Some(most) = property["maxItems"].as_u64().and_then(|it| usize::try_from(it).ok())
            && nodes.len() > most
        {
            self.limit(
                span,
                say!("pack-has-more-than-entries", key = key, most = most, nodes = thousands(nodes.len())),
                say!("pack-keep-what-people-would-type"),
            );
            return;
        }
        let items = &property["items"];
        for node in nodes {
            match (of, &node.value) {
                (Shape::Table(name, schema), Value::Table(_)) => {
                    let header = match table.above {
                        None => key.to_string(),
                        Some(_) => format!("{}.{key}", table.header),
                    };
                    self.table(Table { name, header: &header, schema, above: Some(&table) }, node);
                }
                (Shape::Text, Value::Text(text)) => {
                    self.text(key, "\"…\"", items, text, node.span.clone());
                }
                (Shape::Word(_), Value::Text(_)) => self.value(table, key, items, node),
                (Shape::Table(..), _) => self.wrong(table, key, of, node),
                _ => self.add(
                    node.span.clone(),
                    say!("pack-must-list-texts", key = key),
                    say!("pack-write-quotation-marks", node = plain(node)),
                ),
            }
        }
    }

    /// A value of the wrong sort.
    fn wrong(&mut self, table: Table<'_>, key: &str, shape: &Shape, node: &Node) {
        let span = node.span.clone();
        let value = plain(node);
        let (message, right) = match shape {
            Shape::Text => match &node.value {
                Value::List(_) => (say!("pack-must-single-text-list", key = key), quoted(&value)),
                Value::Table(_) => (say!("pack-must-text-table", key = key), quoted(&value)),
                _ => (say!("pack-must-text-quotation-marks", key = key), quoted(&value)),
            },
            Shape::Word(words) => {
                let message = say!("pack-must-single-word-quotation-marks", key = key);
                let Some(word) = nearest(&value, words.iter().copied()) else {
                    return self.add(span, message, say!("pack-write-one-these", words = words.join(", ")));
                };
                (message, quoted(word))
            }
            Shape::Whole => {
                let digits: String = value
                    .chars()
                    .skip_while(|c| !c.is_ascii_digit())
                    .take_while(char::is_ascii_digit)
                    .collect();
                let number = digits.parse::<u32>().ok().filter(|it| *it > 0).unwrap_or(1);
                (say!("pack-must-number-without-quotation-marks", key = key), number.to_string())
            }
            Shape::Switch => {
                let on = if value.eq_ignore_ascii_case("false") { "false" } else { "true" };
                (say!("pack-must-true-false-without-quotation", key = key), on.into())
            }
            Shape::List(of) if matches!(**of, Shape::Table(..)) => {
                return self.wrong_tables(table, key, of, node);
            }
            Shape::List(_) => {
                let entries: Vec<String> = match &node.value {
                    Value::Text(text) => text.split(',').map(|it| quoted(it.trim())).collect(),
                    _ => vec![quoted(&value)],
                };
                (say!("pack-must-list-brackets", key = key), format!("[{}]", entries.join(", ")))
            }
            Shape::Table(name, _) if table.above.is_none() => {
                let right = match self.syntax {
                    Syntax::Toml => say!("pack-write-one-pair-brackets-keys", key = key),
                    Syntax::Json => say!("pack-write", key = key),
                };
                let message = match node.value {
                    Value::List(_) => say!("pack-there-one-list-them", name = name),
                    _ => say!("pack-must-table", key = key),
                };
                return self.add(span, message, right);
            }
            Shape::Table(name, _) => {
                let message = match *name {
                    "date" => say!("pack-must-table-with", key = key),
                    "source" => say!("pack-must-table-with-2", key = key),
                    _ => say!("pack-must-table-with-keys-own", key = key),
                };
                (message, self.filled(name, node))
            }
        };
        self.add(span, message, say!("pack-write-2", right = self.assign(key, &right)));
    }

    /// `[quote]` for `[[quote]]`, or something else where a list of tables must be.
    fn wrong_tables(&mut self, table: Table<'_>, key: &str, of: &Shape, node: &Node) {
        let header = match table.above {
            None => key.to_string(),
            Some(_) => format!("{}.{key}", table.header),
        };
        let message = match node.value {
            Value::Table(_) => say!("pack-must-list-single-one", key = key),
            _ => say!("pack-must-list-tables", key = key),
        };
        let help = match self.syntax {
            Syntax::Toml => say!("pack-begin-each-with-two-pairs", header = header),
            Syntax::Json => say!("pack-write-3", key = key),
        };
        self.add(node.span.clone(), message, help);
        // What is wrong within it is known already.
        if let (Shape::Table(name, schema), Value::Table(_)) = (of, &node.value) {
            self.table(Table { name, header: &header, schema, above: Some(&table) }, node);
        }
    }

    /// `key = value`, as the file writes it.
    fn assign(&self, key: &str, value: &str) -> String {
        match self.syntax {
            Syntax::Toml => format!("`{key} = {value}`"),
            Syntax::Json => format!("`\"{key}\": {value}`"),
        }
    }

    /// A value of this shape for a line to write.
    fn example(&self, shape: &Shape) -> String {
        match shape {
            Shape::Text => "\"…\"".into(),
            Shape::Whole => "1".into(),
            Shape::Switch => "true".into(),
            Shape::Word(words) => quoted(words[0]),
            Shape::List(of) => format!("[{}]", self.example(of)),
            Shape::Table("date", _) => {
                self.inline(&[("edtf", "\"2011\"".into()), ("text", "\"in 2011\"".into())])
            }
            Shape::Table("source", _) => self.inline(&[("paragraph", "1".into()), ("exact", "\"…\"".into())]),
            Shape::Table(..) => self.inline(&[]),
        }
    }

    /// A table of this sort that says what is here instead of one.
    fn filled(&self, name: &str, node: &Node) -> String {
        let value = plain(node);
        match (name, &node.value) {
            ("date", _) => {
                let edtf = expression(&value).unwrap_or_else(|| "2011".into());
                self.inline(&[("edtf", quoted(&edtf)), ("text", quoted(&value))])
            }
            ("source", Value::Whole(_)) => self.inline(&[("paragraph", value), ("exact", "\"…\"".into())]),
            ("source", _) => self.inline(&[("paragraph", "1".into()), ("exact", quoted(&value))]),
            _ => self.inline(&[]),
        }
    }

    fn inline(&self, pairs: &[(&str, String)]) -> String {
        let pairs = pairs.iter().map(|(key, value)| match self.syntax {
            Syntax::Toml => format!("{key} = {value}"),
            Syntax::Json => format!("\"{key}\": {value}"),
        });
        let pairs: Vec<String> = pairs.collect();
        if pairs.is_empty() { "{ … }".into() } else { format!("{{ {} }}", pairs.join(", ")) }
    }
}

/// What is wrong with a key that the pack has and should be in a table of it, and where it belongs.
fn above_all_tables(entry: &Entry, shown: &str) -> Option<(String, String)> {
    let key = entry.key.as_str();
    let definitions = schema()["$defs"].as_object();
    let is_list = matches!(entry.node.value, Value::List(_) | Value::Table(_));
    // `[[role]]` for `[[actor.role]]`.
    let part_of = definitions.into_iter().flatten().find(|(_, it)| {
        is_list && matches!(shape(&it["properties"][key]), Shape::List(of) if matches!(*of, Shape::Table(..)))
    });
    if let Some((whole, _)) = part_of {
        let header = format!("{}.{key}", whole.to_lowercase());
        let whole = whole.to_lowercase();
        let message = say!("pack-part-2", key = key, whole = whole);
        return Some((message, say!("pack-write-below-belongs", header = header, whole = whole)));
    }
    let is_articles = schema()["$defs"]["Article"]["properties"].get(key).is_some();
    (!is_list && is_articles).then(|| {
        (say!("pack-stands-above-all-tables-so", shown = shown), say!("pack-if-article-s-write-above"))
    })
}

/// What a part of the schema asks for.
fn shape(property: &'static Json) -> Shape {
    if let Some(name) = property["$ref"].as_str().and_then(|it| it.strip_prefix("#/$defs/")) {
        let definition = &schema()["$defs"][name];
        return match definition["properties"].is_object() {
            true => Shape::Table(called(name), definition),
            false => Shape::Word(words(definition)),
        };
    }
    match property["type"].as_str() {
        Some("integer") => Shape::Whole,
        Some("boolean") => Shape::Switch,
        Some("array") => Shape::List(Box::new(shape(&property["items"]))),
        _ => Shape::Text,
    }
}

/// The words of an enum.
fn words(definition: &'static Json) -> Vec<&'static str> {
    let plain = definition["enum"].as_array().into_iter().flatten().filter_map(Json::as_str);
    let described =
        definition["oneOf"].as_array().into_iter().flatten().filter_map(|it| it["const"].as_str());
    plain.chain(described).collect()
}

/// What a table of the schema is called in a sentence.
fn called(definition: &'static str) -> &'static str {
    match definition {
        "Actor" => "actor",
        "Argument" => "argument",
        "Article" => "article",
        "Event" => "event",
        "Fact" => "fact",
        "Quote" => "quote",
        "Relation" => "relation",
        "Office" => "role",
        "Section" => "section",
        "Source" => "source",
        "Topic" => "topic",
        "When" => "date",
        other => other,
    }
}

/// The value as a person would write it, without quotation marks.
fn plain(node: &Node) -> String {
    let text = match &node.value {
        Value::Text(text) | Value::Other(text) => text.clone(),
        Value::Whole(number) => number.to_string(),
        Value::Switch(on) => on.to_string(),
        Value::List(nodes) => nodes.first().map(plain).unwrap_or_default(),
        Value::Table(_) | Value::Null => String::new(),
    };
    match text.chars().count() {
        0 => "…".into(),
        1..=60 => text,
        _ => text.chars().take(60).chain(['…']).collect(),
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// "`a`, `b` and `c`"
fn listed(keys: &[&str]) -> String {
    let keys: Vec<String> = keys.iter().map(|key| format!("`{key}`")).collect();
    locale::and(&keys)
}

/// The known word that was probably meant.
fn nearest<'a>(typed: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    known
        .map(|word| (strsim::osa_distance(word, typed), word))
        .min()
        .filter(|(distance, word)| *distance <= word.len() / 2)
        .map(|(_, word)| word)
}

/// A number as it is read: 1,200.
pub fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let groups: Vec<&str> = digits
        .as_bytes()
        .rchunks(3)
        .rev()
        .map(|group| std::str::from_utf8(group).unwrap_or_default())
        .collect();
    groups.join(",")
}
