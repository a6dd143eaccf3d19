//! Lists as parameters of queries.

/// A list of numbers for `json_each`: SQLite has no other way to bind a list.
pub(super) fn numbers(ids: &[i64]) -> String {
    serde_json::Value::from(ids).to_string()
}

/// The same of texts.
pub(super) fn strings(texts: &[&str]) -> String {
    serde_json::Value::from(texts).to_string()
}
