//! Whoever sits at the terminal.

use crate::settings::Secret;

/// Somebody at a terminal, while the bot logs in.
pub trait Operator: Sync {
    /// Shows a text, which may have several lines.
    fn say(&self, text: &str);
    /// Asks for the account's password without showing it. `None` if nobody is there to type it.
    fn password(&self) -> Option<Secret>;
}
