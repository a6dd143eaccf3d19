//! Errors in Discord's shape.

use serde_json::{Map, Value, json};

/// A refused request: its status and body.
#[derive(Clone, Debug, PartialEq)]
pub struct Refusal {
    pub status: u16,
    pub body: Value,
}

impl Refusal {
    pub fn new(status: u16, code: u32, message: &str) -> Refusal {
        Refusal { status, body: json!({ "message": message, "code": code }) }
    }

    pub fn unauthorized() -> Refusal {
        Refusal::new(401, 0, "401: Unauthorized")
    }

    pub fn not_found() -> Refusal {
        Refusal::new(404, 0, "404: Not Found")
    }

    pub fn unknown(code: u32, what: &str) -> Refusal {
        Refusal::new(404, code, &format!("Unknown {what}"))
    }
}

/// What is wrong with a form body, by the path of each field ("embeds.0.title").
#[derive(Default, Debug)]
pub struct Faults {
    list: Vec<(String, String, String)>,
}

impl Faults {
    pub fn add(&mut self, path: &str, code: &str, message: impl Into<String>) {
        self.list.push((path.to_owned(), code.to_owned(), message.into()));
    }

    pub fn required(&mut self, path: &str) {
        self.add(path, "BASE_TYPE_REQUIRED", "This field is required");
    }

    pub fn finish(self) -> Result<(), Refusal> {
        if self.list.is_empty() {
            return Ok(());
        }
        let mut errors = Value::Object(Map::new());
        for (path, code, message) in self.list {
            let mut place = &mut errors;
            for key in path.split('.').filter(|key| !key.is_empty()) {
                if place.get(key).is_none() {
                    place[key] = json!({});
                }
                place = &mut place[key];
            }
            if place.get("_errors").is_none() {
                place["_errors"] = json!([]);
            }
            let list = place["_errors"].as_array_mut().expect("it was just made");
            list.push(json!({ "code": code, "message": message }));
        }
        let body = json!({ "message": "Invalid Form Body", "code": 50035, "errors": errors });
        Err(Refusal { status: 400, body })
    }
}

/// The path of a field within another.
pub fn at(path: &str, key: impl std::fmt::Display) -> String {
    if path.is_empty() { key.to_string() } else { format!("{path}.{key}") }
}
