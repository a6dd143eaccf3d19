//! A language that nobody speaks, for tests: English, accented, longer, and marked as written from right to left.
//! What stands in an answer without accents is not in the catalogue, and what has no room here has none in some
//! language.

use std::borrow::Cow;

/// The mark of writing from right to left.
const RIGHT_TO_LEFT: char = '\u{200f}';

tokio::task_local! {
    static IS_PSEUDO: bool;
}

/// Runs a future that speaks it.
pub async fn scope<T>(future: impl Future<Output = T>) -> T {
    IS_PSEUDO.scope(true, future).await
}

/// Calls a function that does not speak it: names that people type stay what they are.
pub(super) fn without<T>(call: impl FnOnce() -> T) -> T {
    IS_PSEUDO.sync_scope(false, call)
}

/// A piece of a message as it is spoken.
pub(super) fn transform(text: &str) -> Cow<'_, str> {
    if !IS_PSEUDO.try_with(|is_pseudo| *is_pseudo).unwrap_or_default() {
        return text.into();
    }
    let longer = fluent_pseudo::transform(text, false, true);
    format!("{RIGHT_TO_LEFT}{longer}{RIGHT_TO_LEFT}").into()
}
