//! No English sentence stands in the code: what people read is in the catalogue. What may stand there is what a
//! program says to its log, what it reads, and what it writes to databases; this test knows the places.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use rapporteur::commands::{GROUPS, TABLE};

/// Files whose literals are read and not said: vocabularies of questions, dates and speech, and the messages of
/// libraries that are recognised.
const READ: &[&str] = &[
    "article/date/english.rs",
    "article/date/spanish.rs",
    "article/date/typed.rs",
    "article/read.rs",
    // Examples in the schema of packs, which editor programs show in English.
    "article/schema.rs",
    "article/syntax.rs",
    "chat/shared/source_question.rs",
    "question/",
    "settings/load.rs",
];

/// Files whose literals are causes of failures, which end up in the log and not in a chat.
const LOGGED: &[&str] = &[
    "article/tree.rs",
    "chat/discord/application.rs",
    "chat/discord/gateway.rs",
    "chat/discord/outbox.rs",
    "chat/discord/rest.rs",
    "chat/discord/run.rs",
    "chat/matrix/",
    "library/items.rs",
    "library/maps.rs",
    "library/revision.rs",
    "library/store.rs",
    "locale/language.rs",
];

/// Macros and functions whose words are for the log, or for who reads the code.
const NOT_SAID: &[&str] = &[
    "assert",
    "assert_eq",
    "debug",
    "debug_assert",
    "error",
    "expect",
    "info",
    "panic",
    "query",
    "query_as",
    "query_scalar",
    "say",
    "trace",
    "unreachable",
    "warn",
];

/// Whether a literal reads as words of English that somebody is to read.
fn is_sentence(literal: &str, commands: &BTreeSet<&str>) -> bool {
    // What is filled in is no word, nor is an option.
    let words: Vec<&str> =
        literal.split_whitespace().filter(|word| !word.contains('{') && !word.starts_with("--")).collect();
    let is_word = |word: &&str| {
        let letters = word.trim_matches(|c: char| c.is_ascii_punctuation());
        letters.len() > 1 && letters.bytes().all(|byte| byte.is_ascii_alphabetic())
    };
    let is_sql =
        ["SELECT", "INSERT", "UPDATE", "DELETE", "BEGIN", "PRAGMA"].contains(words.first().unwrap_or(&""));
    // A command line, as buttons have it.
    let is_command = words.first().is_some_and(|word| commands.contains(*word));
    !is_sql && !is_command && words.windows(2).any(|pair| pair.iter().all(is_word))
}

fn sentences(tokens: TokenStream, commands: &BTreeSet<&str>, found: &mut Vec<String>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let text = |at: usize| tokens.get(at).map(ToString::to_string).unwrap_or_default();
    for (at, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Literal(literal) => {
                let literal = literal.to_string();
                // Between its quotation marks, whatever stands around them.
                let text = literal.split_once('"').and_then(|(_, rest)| rest.rsplit_once('"'));
                if text.is_some_and(|(text, _)| is_sentence(text, commands)) {
                    found.push(literal);
                }
            }
            TokenTree::Group(group) => {
                let before = |back: usize| at.checked_sub(back).map(text).unwrap_or_default();
                // Attributes, and the modules of tests.
                let is_attribute =
                    group.delimiter() == Delimiter::Bracket && (before(1) == "#" || before(2) == "#");
                let is_tests = before(1) == "tests" && before(2) == "mod";
                let name = if before(1) == "!" { before(2) } else { before(1) };
                let is_not_said =
                    group.delimiter() == Delimiter::Parenthesis && NOT_SAID.contains(&name.as_str());
                if !is_attribute && !is_tests && !is_not_said {
                    sentences(group.stream(), commands, found);
                }
            }
            _ => {}
        }
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => found.extend(files(&path)),
            false if path.extension().is_some_and(|it| it == "rs") => found.push(path),
            false => {}
        }
    }
    found.sort();
    found
}

#[test]
fn no_sentence_stands_outside_the_catalogue() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut commands: BTreeSet<&str> = TABLE.iter().filter_map(|it| it.name.split(' ').next()).collect();
    commands.extend(GROUPS.iter().map(|group| group.name));
    let (mut faults, mut idle) = (Vec::new(), READ.iter().chain(LOGGED).collect::<BTreeSet<_>>());
    for path in files(&source) {
        let name = path.strip_prefix(&source).unwrap().to_string_lossy().replace('\\', "/");
        let mut found = Vec::new();
        sentences(std::fs::read_to_string(&path).unwrap().parse().unwrap(), &commands, &mut found);
        let listed = READ.iter().chain(LOGGED).find(|it| name.starts_with(**it));
        match listed {
            Some(listed) => drop((!found.is_empty()).then(|| idle.remove(listed))),
            None => faults.extend(found.into_iter().map(|literal| format!("src/{name}: {literal}"))),
        }
    }
    assert!(faults.is_empty(), "say it in locales/:\n{}", faults.join("\n"));
    assert!(idle.is_empty(), "these need no exception any more: {idle:?}");
}
