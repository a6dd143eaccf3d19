//! The words that people read, in their language: the catalogue in `locales/`, a folder of Fluent files
//! (<https://projectfluent.org/fluent/guide/>) for each language, compiled in.
//!
//! [`say!`](crate::say) writes a message in the language of who is answered: [`Locale::scope`] sets it for all that a
//! task says, so that it need not be handed from function to function.

mod fill;
mod language;
mod list;
mod name;
mod plain;
pub mod pseudo;
mod say;

pub use fill::{Fill, Value, fill, place, text, typed_name};
pub use language::Locale;
pub use list::{and, or};
pub use plain::plain;
