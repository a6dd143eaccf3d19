//! Names of commands, options and values as people type them, in any language, and what they stand for.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::locale::{Locale, plain};

use super::super::command::{self, is_group};
use super::super::names::NameOf;
use super::super::table::{TABLE, command as row};

/// The words of commands' names in every language, without accents and capitals, and their English words.
static WORDS: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
    let words = || TABLE.iter().flat_map(|command| command.name.split(' '));
    let called = words().flat_map(|word| Locale::all().map(move |locale| (spelt(locale, word), word)));
    // An English word is always itself.
    called.chain(words().map(|word| (word.to_string(), word))).collect()
});

fn spelt(locale: Locale, word: &str) -> String {
    plain(&locale.sync_scope(|| NameOf::Command.called(word)))
}

/// The English word for a word of a command's name; the word itself, in lower case, where it is none.
fn english(word: &str) -> String {
    WORDS.get(&plain(word)).map_or_else(|| word.to_lowercase(), ToString::to_string)
}

/// Whether several commands begin with this word, and which it is in English.
pub(super) fn group(word: &str) -> Option<String> {
    Some(english(word)).filter(|word| is_group(TABLE, word))
}

/// The English name for the beginning of a line: one word, or two where the first one is a group's.
pub(super) fn english_name(first: &str, second: Option<&str>) -> String {
    match (group(first), second) {
        (Some(group), Some(second)) => format!("{group} {}", english(second)),
        (Some(group), None) => group,
        (None, _) => english(first),
    }
}

/// Whether a word is the first of a command's name.
pub(super) fn is_first_word(word: &str) -> bool {
    row(&english(word)).is_some() || group(word).is_some()
}

/// A command line with the command's name in the current language.
pub fn spoken(line: &str) -> String {
    command::spoken(TABLE, line)
}

/// The names under which commands are known to people who have no other language than one of ours, and the commands'
/// English names.
pub(super) fn all() -> impl Iterator<Item = (String, &'static str)> {
    TABLE.iter().flat_map(|command| {
        let called = Locale::all().map(|locale| locale.sync_scope(|| command.called()));
        called.map(|name| (name, command.name))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_stands_for_two_things() {
        for (name, word) in TABLE.iter().flat_map(|command| {
            let words = command.name.split(' ');
            words.flat_map(|word| Locale::all().map(move |locale| (spelt(locale, word), word)))
        }) {
            assert_eq!(WORDS[&name], word, "{name}");
        }
        for command in TABLE {
            for locale in Locale::all() {
                let options = command.options.iter();
                let called = options.map(|it| locale.sync_scope(|| it.called())).collect::<Vec<_>>();
                for (name, option) in called.iter().zip(command.options) {
                    let read = command.option(name).map(|it| it.name);
                    assert_eq!(read, Some(option.name), "/{} --{name}", command.name);
                }
            }
        }
    }
}
