//! What commands, options and values are called, in the language of who reads or types them. Inside, each has one name
//! in English, which no language changes.

use crate::locale::{Locale, plain, typed_name};

/// What a name is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NameOf {
    /// A word of a command's name.
    Command,
    /// An option.
    Option,
    /// A value of an option.
    Value,
}

impl NameOf {
    fn as_str(self) -> &'static str {
        match self {
            NameOf::Command => "command",
            NameOf::Option => "option",
            NameOf::Value => "value",
        }
    }

    /// What something with this English name is called in the current language. Of several words each is called by
    /// itself: `room show`.
    pub fn called(self, name: &str) -> String {
        let words = name.split(' ').map(|word| typed_name(&format!("name-{}-{word}", self.as_str())));
        words.collect::<Vec<_>>().join(" ")
    }

    /// Whether something with this English name is called so in any language, whatever the accents and capitals.
    pub fn is_called(self, name: &str, typed: &str) -> bool {
        let typed = plain(typed.trim());
        let goes_by = |locale: Locale| plain(&locale.sync_scope(|| self.called(name))) == typed;
        plain(name) == typed || Locale::all().any(goes_by)
    }
}
