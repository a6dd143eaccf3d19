//! The JSON Schema of packs: what the types say, and what they can't say of a single item (shapes, lengths,
//! which keys need one another), so that editor programs see what `check` sees.

use std::sync::OnceLock;

use serde_json::{Map, Value, json};

use super::limits::{MAX_EXACT_WORDS, MAX_ID, MAX_LIST, MAX_NAME, MAX_PROSE, MAX_SAME_AS, MAX_SHORT};
use super::pack::Pack;

/// The schema, in JSON Schema 2020-12.
pub fn schema() -> &'static Value {
    static SCHEMA: OnceLock<Value> = OnceLock::new();
    SCHEMA.get_or_init(|| {
        let mut schema = schemars::schema_for!(Pack).to_value();
        without_null(&mut schema);
        let definitions = schema.get_mut("$defs").and_then(Value::as_object_mut);
        for (name, definition) in definitions.into_iter().flatten() {
            let properties = definition.get_mut("properties").and_then(Value::as_object_mut);
            for (key, property) in properties.into_iter().flatten() {
                refine(name, key, property);
            }
            if let (Some(rules), Some(definition)) = (rules(name), definition.as_object_mut()) {
                definition.extend(rules);
            }
        }
        for (name, example) in [
            ("When", json!({ "edtf": "2011", "text": "in 2011" })),
            ("Source", json!({ "paragraph": 1, "exact": "a few words of it" })),
        ] {
            schema["$defs"][name]["examples"] = json!([example]);
        }
        schema
    })
}

/// The schema as a file, with the keywords in the usual order.
pub fn file() -> String {
    let ordered = schemars::Schema::try_from(schema().clone());
    let written = ordered.ok().and_then(|schema| serde_json::to_string_pretty(&schema).ok());
    written.unwrap_or_else(|| format!("{:#}", schema())) + "\n"
}

/// A key that is not needed is left out of a pack, and not `null`.
fn without_null(schema: &mut Value) {
    match schema {
        Value::Object(map) => {
            if let Some(Value::Array(types)) = map.get("type")
                && let [one, Value::String(null)] = types.as_slice()
                && null == "null"
            {
                let one = one.clone();
                map.insert("type".into(), one);
            }
            if let Some(Value::Array(any)) = map.get("anyOf")
                && let [one, null] = any.as_slice()
                && null == &json!({ "type": "null" })
                && let Some(one) = one.as_object()
            {
                let one = one.clone();
                map.remove("anyOf");
                map.extend(one);
            }
            map.values_mut().for_each(without_null);
        }
        Value::Array(values) => values.iter_mut().for_each(without_null),
        _ => {}
    }
}

/// What the value of a key may be beyond its type.
fn refine(definition: &str, key: &str, property: &mut Value) {
    let target = match property.get("items") {
        Some(_) => {
            property["maxItems"] = MAX_LIST.into();
            &mut property["items"]
        }
        None => property,
    };
    let Some(target) = target.as_object_mut() else { return };
    match target.get("type").and_then(Value::as_str) {
        Some("integer") => {
            target.insert("minimum".into(), 1.into());
            target.insert("maximum".into(), u32::MAX.into());
            target.remove("format");
        }
        Some("string") => target.extend(text(definition, key)),
        _ => {}
    }
}

/// What a text may be.
fn text(definition: &str, key: &str) -> Map<String, Value> {
    let shape = match (definition, key) {
        (_, "id" | "author" | "speaker" | "claimed_by" | "from" | "to")
        | (_, "about" | "actors" | "topics" | "grounds" | "supports" | "attacks" | "undercuts") => {
            json!({ "pattern": "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$", "maxLength": MAX_ID })
        }
        ("Article", "short") => json!({ "pattern": "\\S", "maxLength": MAX_SHORT }),
        (_, "same_as") => json!({ "pattern": "^[A-Za-z0-9-]+$", "maxLength": MAX_SAME_AS }),
        (_, "title" | "name" | "aliases" | "synonyms" | "asked" | "heading") => {
            json!({ "pattern": "\\S", "maxLength": MAX_NAME })
        }
        ("When", "edtf") => json!({ "pattern": EDTF }),
        ("Article", "language") => {
            json!({ "pattern": "^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$", "maxLength": 35 })
        }
        ("Article", "link") => json!({ "pattern": "^https?://" }),
        ("Article", "source_sha256") => json!({ "pattern": "^[0-9A-Fa-f]{64}$" }),
        ("Source", "exact") => {
            json!({ "pattern": format!("^\\s*\\S+(\\s+\\S+){{0,{}}}\\s*$", MAX_EXACT_WORDS - 1), "maxLength": MAX_PROSE })
        }
        _ => json!({ "pattern": "\\S", "maxLength": MAX_PROSE }),
    };
    shape.as_object().cloned().unwrap_or_default()
}

/// The shape of an EDTF expression (<https://www.loc.gov/standards/datetime/>): a date, a range, or a choice
/// of dates. Which days a month has and which end comes first is left to `check`.
const EDTF: &str = concat!(
    "^([?~%]?-?[0-9X]{4}(S[1-4])?[?~%]?(-[?~%]?[0-4X][0-9X][?~%]?(-[?~%]?[0-3X][0-9X][?~%]?)?)?",
    "|(\\.\\.|(\\.\\.)?[?~%]?-?[0-9X]{4}[0-9XS?~%-]*(\\.\\.)?)",
    "/(\\.\\.|(\\.\\.)?[?~%]?-?[0-9X]{4}[0-9XS?~%-]*(\\.\\.)?)",
    "|(\\[|\\{)[0-9XS?~%,. -]+(\\]|\\}))$"
);

/// Which keys of a kind need or exclude one another.
fn rules(definition: &str) -> Option<Map<String, Value>> {
    let editors = json!({ "properties": { "by": { "const": "editor" } }, "required": ["by"] });
    let without = |key: &str| json!({ "not": { "required": [key] } });
    let exact = json!({ "properties": { "source": { "required": ["exact"] } } });
    let rules = match definition {
        // What is the text's has a place in it, and what is the editor's has none.
        "Actor" | "Event" | "Argument" | "Fact" | "Relation" => json!({
            "if": editors,
            "then": without("source"),
            "else": { "required": ["source"] },
            "allOf": [exact],
        }),
        // Said or reported by somebody; a phrase and the author's own words have no speaker.
        "Quote" => json!({
            "if": { "properties": { "kind": { "enum": ["verbatim", "reported"] } } },
            "then": { "required": ["speaker"] },
            "else": without("speaker"),
        }),
        "When" => json!({ "if": editors, "else": { "required": ["text"] } }),
        "Section" => json!({ "oneOf": [{ "required": ["heading"] }, { "required": ["name"] }] }),
        _ => return None,
    };
    rules.as_object().cloned()
}
