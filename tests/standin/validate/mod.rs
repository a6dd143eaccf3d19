//! What Discord accepts in a message, and in the other answers to an interaction.
//!
//! Where the documentation leaves something open, the stricter reading is taken.

mod answers;
mod check;
mod components;
mod embed;
mod layout;
mod message;
mod rules;

pub use answers::{check_choices, choices, modal};
pub use check::Check;
pub use message::message;
pub use rules::{
    COMPONENTS_V2, Counting, EPHEMERAL, LOADING, Purpose, Rules, SUPPRESS_EMBEDS, SUPPRESS_NOTIFICATIONS,
    SentFile, as_id,
};
