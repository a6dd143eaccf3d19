//! What several platforms do alike.

pub(super) mod citation;
#[cfg(any(feature = "discord", feature = "matrix"))]
pub(super) mod drain;
#[cfg(any(feature = "discord", feature = "matrix"))]
pub(super) mod overflow;
pub(super) mod plain_text;
pub(super) mod sanitize;
#[cfg(any(feature = "discord", feature = "matrix"))]
pub(super) mod sentences;
#[cfg(any(feature = "discord", feature = "matrix"))]
pub(super) mod source_question;
#[cfg(any(feature = "discord", feature = "matrix"))]
pub(super) mod split;
