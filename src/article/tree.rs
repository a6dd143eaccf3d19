//! A pack file as a tree of values with their places, whether it is TOML or JSON.

use std::fmt;
use std::ops::Range;

use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use toml::de::{DeTable, DeValue};

/// A value and where it is, in bytes of the file. Of a table that begins with a header it is the header.
#[derive(Debug, Clone)]
pub struct Node {
    /// Where.
    pub span: Range<usize>,
    /// What.
    pub value: Value,
}

/// What is at a place.
#[derive(Debug, Clone)]
pub enum Value {
    /// A text, with line breaks and tabs as blanks.
    Text(String),
    /// A whole number.
    Whole(i64),
    /// True or false.
    Switch(bool),
    /// Something that no pack has, as it is written: a number with a point, a date without quotation marks.
    Other(String),
    /// `null`, in JSON.
    Null,
    /// A list.
    List(Vec<Node>),
    /// A table.
    Table(Vec<Entry>),
}

/// A key of a table and its value.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// Where the key is.
    pub at: Range<usize>,
    /// Its value.
    pub node: Node,
}

impl Node {
    /// The tree of a TOML file.
    pub fn of_toml(table: &DeTable<'_>, span: Range<usize>) -> Node {
        let entries = table.iter().map(|(key, value)| Entry {
            key: key.get_ref().to_string(),
            at: key.span(),
            node: of_toml_value(value.get_ref(), value.span()),
        });
        Node { span, value: Value::Table(entries.collect()) }
    }

    /// The tree of a JSON file that serde_json has read already.
    pub fn of_json(text: &str) -> Node {
        of_json_value(text, text.trim_ascii())
    }

    /// The value of a key, where this is a table that has it.
    pub fn get(&self, key: &str) -> Option<&Entry> {
        match &self.value {
            Value::Table(entries) => entries.iter().find(|entry| entry.key == key),
            _ => None,
        }
    }

    /// The text, where this is one.
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The tree without its places.
    pub fn into_json(self) -> serde_json::Value {
        match self.value {
            Value::Text(text) | Value::Other(text) => text.into(),
            Value::Whole(number) => number.into(),
            Value::Switch(on) => on.into(),
            Value::Null => serde_json::Value::Null,
            Value::List(nodes) => nodes.into_iter().map(Node::into_json).collect(),
            Value::Table(entries) => {
                entries.into_iter().map(|entry| (entry.key, entry.node.into_json())).collect()
            }
        }
    }
}

/// A text in one line: blanks for line breaks and tabs, which long texts have in `"""…"""`.
fn even(text: &str) -> String {
    let breaks = |c: char| c.is_whitespace() && (c.is_control() || matches!(c, '\u{2028}' | '\u{2029}'));
    let text = text.trim();
    if !text.contains(breaks) {
        return text.to_string();
    }
    let lines = text.split(breaks).map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join(" ")
}

fn of_toml_value(value: &DeValue<'_>, span: Range<usize>) -> Node {
    let value = match value {
        DeValue::String(text) => Value::Text(even(text)),
        DeValue::Integer(number) => match i64::from_str_radix(number.as_str(), number.radix()) {
            Ok(number) => Value::Whole(number),
            Err(_) => Value::Other(number.to_string()),
        },
        DeValue::Float(number) => Value::Other(number.to_string()),
        DeValue::Boolean(on) => Value::Switch(*on),
        DeValue::Datetime(date) => Value::Other(date.to_string()),
        DeValue::Array(values) => {
            Value::List(values.iter().map(|it| of_toml_value(it.get_ref(), it.span())).collect())
        }
        DeValue::Table(table) => return Node::of_toml(table, span),
    };
    Node { span, value }
}

/// `raw` is a part of `text`, so its address tells where it is.
fn of_json_value(text: &str, raw: &str) -> Node {
    let start = raw.as_ptr() as usize - text.as_ptr() as usize;
    let value = match raw.as_bytes().first() {
        Some(b'{') => {
            let Pairs(pairs) = serde_json::from_str(raw).unwrap_or_default();
            let entries = pairs.into_iter().map(|(key, raw)| {
                let node = of_json_value(text, raw.get());
                Entry { at: key_before(text, node.span.start), key, node }
            });
            Value::Table(entries.collect())
        }
        Some(b'[') => {
            let values: Vec<&RawValue> = serde_json::from_str(raw).unwrap_or_default();
            Value::List(values.into_iter().map(|raw| of_json_value(text, raw.get())).collect())
        }
        _ => match serde_json::from_str(raw) {
            Ok(serde_json::Value::String(it)) => Value::Text(even(&it)),
            Ok(serde_json::Value::Bool(on)) => Value::Switch(on),
            Ok(serde_json::Value::Null) => Value::Null,
            Ok(serde_json::Value::Number(number)) => {
                number.as_i64().map_or_else(|| Value::Other(raw.to_string()), Value::Whole)
            }
            _ => Value::Other(raw.to_string()),
        },
    };
    Node { span: start..start + raw.len(), value }
}

/// The place of the key whose value begins at `start`.
fn key_before(text: &str, start: usize) -> Range<usize> {
    let before = text[..start].trim_end().trim_end_matches(':').trim_end();
    let inside = before.strip_suffix('"').unwrap_or(before);
    let quote = inside.rmatch_indices('"').find(|(at, _)| {
        let escapes = inside[..*at].bytes().rev().take_while(|b| *b == b'\\').count();
        escapes % 2 == 0
    });
    quote.map_or(start..start, |(at, _)| at..before.len())
}

/// The pairs of a JSON object, doubled keys too.
#[derive(Default)]
struct Pairs<'a>(Vec<(String, &'a RawValue)>);

impl<'de: 'a, 'a> serde::Deserialize<'de> for Pairs<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Pairs<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry::<String, &'de RawValue>()? {
                    pairs.push(pair);
                }
                Ok(Pairs(pairs))
            }
        }
        deserializer.deserialize_map(Reader)
    }
}
