//! A message of the catalogue with its arguments filled in.

use std::borrow::Cow;
use std::collections::HashMap;

use fluent_templates::Loader;
use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::fluent_bundle::types::{FluentNumber, FluentNumberOptions, FluentNumberType};

use super::language::{CATALOGUE, Locale};
use super::pseudo;

/// What is filled in.
#[derive(Debug, Clone)]
pub enum Value<'a> {
    /// Words, as they are.
    Words(Cow<'a, str>),
    /// A number, by which a message may choose its form.
    Number(f64),
    /// A number that counts places, by which a message may choose its form: first, second.
    Place(f64),
}

/// What can be filled in, by reference: nothing is given away to a sentence.
pub trait Fill {
    /// As a message takes it.
    fn value(&self) -> Value<'_>;
}

impl<T: Fill + ?Sized> Fill for &T {
    fn value(&self) -> Value<'_> {
        (**self).value()
    }
}

impl Fill for str {
    fn value(&self) -> Value<'_> {
        Value::Words(self.into())
    }
}

impl Fill for String {
    fn value(&self) -> Value<'_> {
        Value::Words(self.into())
    }
}

impl Fill for std::path::Display<'_> {
    fn value(&self) -> Value<'_> {
        Value::Words(self.to_string().into())
    }
}

impl Fill for std::io::Error {
    fn value(&self) -> Value<'_> {
        Value::Words(self.to_string().into())
    }
}

impl Fill for char {
    fn value(&self) -> Value<'_> {
        Value::Words(self.to_string().into())
    }
}

impl Fill for Value<'_> {
    fn value(&self) -> Value<'_> {
        match self {
            Value::Words(words) => Value::Words(words.as_ref().into()),
            Value::Number(number) => Value::Number(*number),
            Value::Place(number) => Value::Place(*number),
        }
    }
}

macro_rules! numbers {
    ($($number:ty),*) => {
        $(impl Fill for $number {
            #[allow(
                clippy::cast_precision_loss,
                clippy::cast_lossless,
                reason = "numbers that people read are far below where this loses digits"
            )]
            fn value(&self) -> Value<'_> {
                Value::Number(*self as f64)
            }
        })*
    };
}

numbers!(u8, u16, u32, u64, usize, i32, i64);

/// A number that counts places: `say!("century", number = place(21))`.
pub fn place(number: u32) -> Value<'static> {
    Value::Place(number.into())
}

/// A message in the current language. A key or an argument that is not there is the fault of whoever changed the
/// program, and a test finds it; should one go by, the key is shown.
pub fn fill(key: &str, args: &[(&'static str, Value<'_>)]) -> String {
    let Some(id) = Locale::current().id() else { return key.to_string() };
    let said = match args {
        [] => CATALOGUE.try_lookup(id, key),
        args => {
            let args: HashMap<Cow<'static, str>, FluentValue<'_>> = args
                .iter()
                .map(|(name, value)| {
                    let value = match value {
                        Value::Words(words) => FluentValue::from(words.as_ref()),
                        Value::Number(number) => FluentValue::from(*number),
                        Value::Place(number) => {
                            let r#type = FluentNumberType::Ordinal;
                            let options = FluentNumberOptions { r#type, ..FluentNumberOptions::default() };
                            FluentValue::Number(FluentNumber::new(*number, options))
                        }
                    };
                    (Cow::from(*name), value)
                })
                .collect();
            CATALOGUE.try_lookup_with_args(id, key, &args)
        }
    };
    said.unwrap_or_else(|| {
        tracing::error!(key, "a message is not in the catalogue");
        key.to_string()
    })
}

/// A message without arguments, by a key that a table names. Messages named in the code are for [`say!`](crate::say).
pub fn text(key: &str) -> String {
    fill(key, &[])
}

/// What people type for something, by its key.
pub fn typed_name(key: &str) -> String {
    pseudo::without(|| text(key))
}
