//! The check of one body: its fields by type and size.

use serde_json::Value;

use crate::standin::errors::Faults;
use crate::standin::validate::rules::Rules;

pub struct Check<'a> {
    pub faults: Faults,
    pub rules: &'a Rules,
}

impl<'a> Check<'a> {
    pub fn new(rules: &'a Rules) -> Check<'a> {
        Check { faults: Faults::default(), rules }
    }

    /// A field that must be a string of a length; gives it back if it is one. White space at the ends
    /// does not count, so that a text of nothing but spaces is an empty one.
    pub fn text<'v>(
        &mut self,
        path: &str,
        value: Option<&'v Value>,
        least: usize,
        most: usize,
    ) -> Option<&'v str> {
        let trimmed = |text: &'v str| text.trim();
        self.measured(path, value, least, most, trimmed)
    }

    /// The same for a text of which every character counts.
    pub fn exact<'v>(
        &mut self,
        path: &str,
        value: Option<&'v Value>,
        least: usize,
        most: usize,
    ) -> Option<&'v str> {
        self.measured(path, value, least, most, |text| if text.trim().is_empty() { "" } else { text })
    }

    fn measured<'v>(
        &mut self,
        path: &str,
        value: Option<&'v Value>,
        least: usize,
        most: usize,
        counted: impl Fn(&'v str) -> &'v str,
    ) -> Option<&'v str> {
        let text = match value {
            None | Some(Value::Null) => {
                if least > 0 {
                    self.faults.required(path);
                }
                return None;
            }
            Some(Value::String(text)) => text,
            Some(other) => {
                let message = format!("Could not interpret \"{other}\" as string.");
                self.faults.add(path, "STRING_TYPE_CONVERT", message);
                return None;
            }
        };
        let length = self.rules.length(counted(text));
        if length == 0 && least > 0 {
            self.faults.required(path);
        } else if length < least || length > most {
            if least > 0 {
                let message = format!("Must be between {least} and {most} in length.");
                self.faults.add(path, "BASE_TYPE_BAD_LENGTH", message);
            } else {
                self.faults.add(path, "BASE_TYPE_MAX_LENGTH", format!("Must be {most} or fewer in length."));
            }
        }
        Some(text)
    }

    pub fn integer(&mut self, path: &str, value: Option<&Value>, least: i64, most: i64) -> Option<i64> {
        let value = value.filter(|value| !value.is_null())?;
        let Some(number) = value.as_i64() else {
            self.faults.add(path, "NUMBER_TYPE_COERCE", format!("Value \"{value}\" is not int."));
            return None;
        };
        if number < least {
            let message = format!("int value should be greater than or equal to {least}.");
            self.faults.add(path, "NUMBER_TYPE_MIN", message);
        } else if number > most {
            let message = format!("int value should be less than or equal to {most}.");
            self.faults.add(path, "NUMBER_TYPE_MAX", message);
        }
        Some(number)
    }

    pub fn boolean(&mut self, path: &str, value: Option<&Value>) {
        if let Some(value) = value
            && !value.is_boolean()
            && !value.is_null()
        {
            self.faults.add(path, "BOOLEAN_TYPE_CONVERT", "Must be either true or false.");
        }
    }

    /// A list of at most `most` things; null is an empty one.
    pub fn list<'v>(&mut self, path: &str, value: Option<&'v Value>, most: usize) -> &'v [Value] {
        match value {
            None | Some(Value::Null) => &[],
            Some(Value::Array(list)) => {
                if list.len() > most {
                    let message = format!("Must be {most} or fewer in length.");
                    self.faults.add(path, "BASE_TYPE_MAX_LENGTH", message);
                }
                list
            }
            Some(_) => {
                self.faults.add(path, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType");
                &[]
            }
        }
    }

    pub fn object(&mut self, path: &str, value: &Value) -> bool {
        if !value.is_object() {
            self.faults.add(path, "MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType");
        }
        value.is_object()
    }

    pub fn url(&mut self, path: &str, value: Option<&Value>, most: usize, schemes: &[&str]) {
        let Some(text) = self.text(path, value, 0, most) else { return };
        let Some((scheme, rest)) = text.split_once("://") else {
            self.faults.add(path, "URL_TYPE_INVALID_URL", "Not a well formed URL.");
            return;
        };
        if !schemes.contains(&scheme) {
            let message = format!("Scheme \"{scheme}\" is not supported. Scheme must be one of {schemes:?}.");
            self.faults.add(path, "URL_TYPE_INVALID_SCHEME", message);
        }
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        if host.is_empty() || text.chars().any(|c| c.is_whitespace() || c.is_control()) {
            self.faults.add(path, "URL_TYPE_INVALID_URL", "Not a well formed URL.");
        }
    }
}
