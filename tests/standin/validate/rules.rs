//! The rules that a test can change, and the kinds of what is checked.

use serde_json::Value;

pub const EPHEMERAL: u64 = 1 << 6;

pub const LOADING: u64 = 1 << 7;

pub const SUPPRESS_EMBEDS: u64 = 1 << 2;

pub const SUPPRESS_NOTIFICATIONS: u64 = 1 << 12;

pub const COMPONENTS_V2: u64 = 1 << 15;

/// How Discord's "characters" are counted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Counting {
    /// As Discord's own people described it in 2020.
    CodePoints,
    /// As many clients count; never fewer than code points, so it is the stricter one.
    Utf16,
}

#[derive(Clone, Copy, Debug)]
pub struct Rules {
    pub counting: Counting,
    /// The limit of each file, in bytes.
    pub file_size: usize,
}

impl Rules {
    pub fn length(&self, text: &str) -> usize {
        match self.counting {
            Counting::CodePoints => text.chars().count(),
            Counting::Utf16 => text.encode_utf16().count(),
        }
    }
}

/// A file of a multipart request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentFile {
    /// The `n` of `files[n]`.
    pub index: u64,
    pub name: String,
    pub size: usize,
    pub bytes: Vec<u8>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Purpose {
    /// `POST /channels/{id}/messages`
    Create,
    /// A first answer to an interaction, or a followup: ephemeral is allowed.
    Answer,
    /// A change of a message, where every field may be left out.
    Edit,
}

/// An id, which may be a string or a number.
pub fn as_id(value: &Value) -> Option<u64> {
    match value {
        Value::String(text) => text.parse().ok(),
        Value::Number(number) => number.as_u64(),
        _ => None,
    }
}
