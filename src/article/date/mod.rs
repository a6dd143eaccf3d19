//! Dates as honest as the text: an EDTF expression, the days it can mean, how it is said, and how people
//! type it.

mod days;
mod english;
mod said;
mod spanish;
mod typed;
mod when;

pub use days::{DateError, Days};
pub use typed::parse_range;
pub use when::expression;
