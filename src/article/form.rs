//! What is wrong with the form of a pack: keys and values that its schema does not have, in plain words and
//! with the line to write.

use std::ops::Range;

use serde_json::Value as Json;

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
                self.add(entry.at.clone(), format!("`{}` is here twice", entry.key), "keep one of the two");
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
                    "begin the pack with `[article]` and its `id`, `title`, `language` and `summary`"
                }
                Syntax::Json => {
                    "give the pack an `\"article\": { … }` with its `id`, `title`, `language` and `summary`"
                }
            };
            return self.add(0..0, "there is no [article]", help);
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
            Shape::Word(words) => format!("{} with one of {}", self.assign(key, "\"…\""), words.join(", ")),
            shape => self.assign(key, &self.example(&shape)),
        });
        let lines: Vec<String> = lines.collect();
        let (name, keys) = (table.name, listed(&missing));
        self.add(node.span.clone(), format!("this {name} lacks {keys}"), format!("add {}", lines.join(", ")));
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
                format!("`{shown}` stands below `[[{header}]]`, so it belongs to the {part}, which has none"),
                format!("if it is the {whole}'s, move the line up, above `[[{header}]]`"),
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
                format!("`{shown}` is a part of `{whole}`"),
                format!("write it there: {}", self.assign(whole, &pair.replacen("{ ", "{ …, ", 1))),
            );
        }
        let known: Vec<&String> =
            table.schema["properties"].as_object().into_iter().flat_map(|it| it.keys()).collect();
        let help = match nearest(key, known.iter().map(|it| it.as_str())) {
            Some(near) => format!("did you mean `{near}`?"),
            None => {
                format!("known here: {}", known.iter().map(|it| it.as_str()).collect::<Vec<_>>().join(", "))
            }
        };
        self.add(entry.at.clone(), format!("{} has no `{shown}`", with_article(table.name)), help);
    }

    fn value(&mut self, table: Table<'_>, key: &'static str, property: &'static Json, node: &Node) {
        let span = node.span.clone();
        let shape = shape(property);
        if matches!(node.value, Value::Null) {
            return self.add(span, format!("`{key}` is null"), "leave out a key that says nothing");
        }
        match (&shape, &node.value) {
            (Shape::Text, Value::Text(text)) => {
                let line = self.assign(key, "\"…\"");
                self.text(&format!("`{key}`"), &line, property, text, span);
            }
            (Shape::Whole, Value::Whole(number)) => {
                let least = property["minimum"].as_i64().unwrap_or(0);
                if *number < least || *number > i64::from(u32::MAX) {
                    let (message, right) = match *number < least {
                        true => (
                            format!("`{key}` is {number}, but it is counted from 1"),
                            number.unsigned_abs().max(1),
                        ),
                        false => (format!("`{key}` is too large a number"), 1),
                    };
                    self.add(
                        span,
                        message,
                        format!("write for instance {}", self.assign(key, &right.to_string())),
                    );
                }
            }
            (Shape::Switch, Value::Switch(_)) => {}
            (Shape::Word(words), Value::Text(text)) => {
                if !words.contains(&text.as_str()) {
                    let shown: String = text.chars().take(60).collect();
                    let help = match nearest(&text.to_lowercase(), words.iter().copied()) {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => format!("write one of these: {}", words.join(", ")),
                    };
                    self.add(span, format!("`{key}` can't be `{shown}`"), help);
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

    /// `what` is how the text is called, and `line` the line to write for it.
    fn text(&mut self, what: &str, line: &str, property: &Json, text: &str, span: Range<usize>) {
        // Ids, dates and hashes are reported by those who know what they must be.
        if property["pattern"] != "\\S" {
            return;
        }
        let length = text.chars().count();
        let most = property["maxLength"].as_u64().and_then(|it| usize::try_from(it).ok());
        if text.is_empty() {
            self.limit(
                span,
                format!("{what} is empty"),
                format!("write {line}, or leave it out if it is not needed"),
            );
        } else if let Some(most) = most.filter(|most| length > *most) {
            let (most_said, has) = (thousands(most), thousands(length));
            self.limit(
                span,
                format!("{what} is longer than {most_said} characters: it has {has}"),
                format!("shorten it by {} characters", thousands(length - most)),
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
                format!("`{key}` has more than {most} entries: {}", thousands(nodes.len())),
                "keep what people would type or ask for",
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
                    self.text(&format!("a text of `{key}`"), "\"…\"", items, text, node.span.clone());
                }
                (Shape::Word(_), Value::Text(_)) => self.value(table, key, items, node),
                (Shape::Table(..), _) => self.wrong(table, key, of, node),
                _ => self.add(
                    node.span.clone(),
                    format!("`{key}` must be a list of texts"),
                    format!("write \"{}\", in quotation marks", plain(node)),
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
                Value::List(_) => (format!("`{key}` must be a single text, not a list"), quoted(&value)),
                Value::Table(_) => (format!("`{key}` must be a text, not a table"), quoted(&value)),
                _ => (format!("`{key}` must be a text in quotation marks"), quoted(&value)),
            },
            Shape::Word(words) => {
                let message = format!("`{key}` must be a single word in quotation marks");
                let Some(word) = nearest(&value, words.iter().copied()) else {
                    return self.add(span, message, format!("write one of these: {}", words.join(", ")));
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
                (format!("`{key}` must be a number, without quotation marks"), number.to_string())
            }
            Shape::Switch => {
                let on = if value.eq_ignore_ascii_case("false") { "false" } else { "true" };
                (format!("`{key}` must be true or false, without quotation marks"), on.into())
            }
            Shape::List(of) if matches!(**of, Shape::Table(..)) => {
                return self.wrong_tables(table, key, of, node);
            }
            Shape::List(_) => {
                let entries: Vec<String> = match &node.value {
                    Value::Text(text) => text.split(',').map(|it| quoted(it.trim())).collect(),
                    _ => vec![quoted(&value)],
                };
                (format!("`{key}` must be a list, in brackets"), format!("[{}]", entries.join(", ")))
            }
            Shape::Table(name, _) if table.above.is_none() => {
                let right = match self.syntax {
                    Syntax::Toml => {
                        format!("write `[{key}]`, in one pair of brackets, and its keys below it")
                    }
                    Syntax::Json => format!("write `\"{key}\": {{ … }}`"),
                };
                let message = match node.value {
                    Value::List(_) => format!("there is one {name}, and not a list of them"),
                    _ => format!("`{key}` must be a table"),
                };
                return self.add(span, message, right);
            }
            Shape::Table(name, _) => {
                (format!("`{key}` must be a table with {}", keys_of(name)), self.filled(name, node))
            }
        };
        self.add(span, message, format!("write {}", self.assign(key, &right)));
    }

    /// `[quote]` for `[[quote]]`, or something else where a list of tables must be.
    fn wrong_tables(&mut self, table: Table<'_>, key: &str, of: &Shape, node: &Node) {
        let header = match table.above {
            None => key.to_string(),
            Some(_) => format!("{}.{key}", table.header),
        };
        let message = match node.value {
            Value::Table(_) => format!("`{key}` must be a list, and this is a single one"),
            _ => format!("`{key}` must be a list of tables"),
        };
        let help = match self.syntax {
            Syntax::Toml => format!("begin each with `[[{header}]]`, in two pairs of brackets"),
            Syntax::Json => format!("write `\"{key}\": [{{ … }}, {{ … }}]`"),
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
        let message = match whole == "article" {
            true => format!("{} is a part of the article", with_article(key)),
            false => format!("{} is a part of {}", with_article(key), with_article(&whole)),
        };
        return Some((message, format!("write `[[{header}]]`, below the {whole} that it belongs to")));
    }
    let is_articles = schema()["$defs"]["Article"]["properties"].get(key).is_some();
    (!is_list && is_articles).then(|| {
        (
            format!("`{shown}` stands above all tables, so it belongs to none"),
            "if it is the article's, write `[article]` above it".into(),
        )
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

fn keys_of(name: &str) -> &'static str {
    match name {
        "date" => "`edtf` and `text`",
        "source" => "`paragraph` and `exact`",
        _ => "keys of its own",
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

fn with_article(name: &str) -> String {
    match name.starts_with(['a', 'e', 'i', 'o', 'u']) {
        true => format!("an {name}"),
        false => format!("a {name}"),
    }
}

/// "`a`, `b` and `c`"
fn listed(keys: &[&str]) -> String {
    let mut keys: Vec<String> = keys.iter().map(|key| format!("`{key}`")).collect();
    let last = keys.pop().unwrap_or_default();
    if keys.is_empty() { last } else { format!("{} and {last}", keys.join(", ")) }
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
