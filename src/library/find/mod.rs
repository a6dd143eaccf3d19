//! Finding what people mean: names first, then words, then spelling, then what the texts say.

mod describe;
mod found;
mod names;
mod question;
mod same;
mod spelling;
mod suggest;
mod terms;
mod texts;

pub use found::{Found, MatchKind, Named};
pub use question::{Asked, Confidence, Ranked};
pub use suggest::Suggestion;
pub use texts::{Hits, Reading};
