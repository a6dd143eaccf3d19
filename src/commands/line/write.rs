//! Command lines as they are written: each is read back as it was meant.

use super::super::command::{Command, Request};
use super::super::options::{Opt, OptKind, Value};
use super::words::is_double_quote;

/// A value as it can stand in a line, at the end of its words: it is read back as it is.
pub(in crate::commands) fn quoted(value: &str) -> String {
    let is_plain = |word: &str| {
        word.starts_with(char::is_alphanumeric)
            && word.chars().all(|c| c.is_alphanumeric() || "-_.,’'/:?!()&".contains(c))
    };
    if value.split(' ').all(is_plain) {
        return value.to_string();
    }
    let mut quoted = String::from("\"");
    for c in value.chars() {
        if c == '\\' || is_double_quote(c) {
            quoted.push('\\');
        }
        quoted.push(c);
    }
    quoted + "\""
}

/// A value as one word of a line.
pub(in crate::commands) fn quoted_word(value: &str) -> String {
    let quoted = quoted(value);
    if quoted.contains(' ') && !quoted.starts_with('"') { format!("\"{quoted}\"") } else { quoted }
}

/// How a command is written in the current language: `/quote [OF] [--article ARTICLE] [--page PAGE]`.
pub fn usage(command: &Command) -> String {
    let options = command.options.iter().map(|option| {
        let name = option.called();
        let value = name.to_uppercase();
        let written = match option.kind {
            OptKind::Words => value,
            OptKind::Named | OptKind::Number | OptKind::File => format!("--{name} {value}"),
            OptKind::Flag => format!("--{name}"),
        };
        if option.required { format!(" {written}") } else { format!(" [{written}]") }
    });
    format!("/{}{}", command.called(), options.collect::<String>())
}

/// The command line that a request stands for. What came as a file is not in it.
pub fn line(request: &Request) -> String {
    written(request, |_| true)
}

/// The command line of a request with another page.
pub(in crate::commands) fn with_page(request: &Request, page: usize) -> String {
    format!("{} --page {page}", again(request))
}

/// The command line of a request for its first page.
pub(in crate::commands) fn again(request: &Request) -> String {
    written(request, |option| option.name != "page")
}

/// The command line of a request with other values for some options, from its first page; an empty value takes
/// the option away.
pub(in crate::commands) fn with(request: &Request, changes: &[(&'static str, &str)]) -> String {
    let mut changed = request.clone();
    for (name, value) in changes {
        changed.args.insert(name, (*value).into());
    }
    changed.args.retain(|_, value| *value != Value::Text(String::new()));
    again(&changed)
}

fn written(request: &Request, wanted: impl Fn(&Opt) -> bool) -> String {
    let options = request.command.options;
    let last_words = options.iter().rposition(|option| option.kind == OptKind::Words);
    let mut line = request.command.name.to_string();
    for (at, option) in options.iter().enumerate().filter(|(_, option)| wanted(option)) {
        let Some(value) = request.args.get(option.name) else { continue };
        let value = &value.to_string();
        match option.kind {
            // Only the last words may be several without quotes around them.
            OptKind::Words if Some(at) == last_words => line.push_str(&format!(" {}", quoted(value))),
            OptKind::Words => line.push_str(&format!(" {}", quoted_word(value))),
            OptKind::Named | OptKind::Number => {
                line.push_str(&format!(" --{} {}", option.name, quoted_word(value)))
            }
            OptKind::Flag => line.push_str(&format!(" --{}", option.name)),
            OptKind::File => {}
        }
    }
    line
}
