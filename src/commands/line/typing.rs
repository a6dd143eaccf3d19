//! Where a half-typed line is, for completion.

use super::super::command::{self, Command, Opt, OptKind};
use super::super::table::{TABLE, command};

/// Where a half-typed line stands: what is being typed, for completion.
#[derive(Debug)]
pub enum Typing<'a> {
    /// The name of a command, so far.
    Command(&'a str),
    /// An option's value: the command, the option, where the value starts in the line, the value so
    /// far, and what was given for `--article`.
    Value(&'static Command, &'static Opt, usize, &'a str, Option<String>),
    /// Nothing that could be completed.
    Nothing,
}

/// Finds out what is being typed at the end of a line.
pub fn typing(line: &str) -> Typing<'_> {
    let bare = line.strip_prefix('/').unwrap_or(line);
    let Some((first, rest)) = bare.split_once(' ') else { return Typing::Command(bare) };
    // The name may have two words.
    let (name, rest) = match rest.split_once(' ') {
        _ if !command::is_group(TABLE, &first.to_lowercase()) => (first.to_string(), rest),
        Some((second, rest)) => (format!("{first} {second}"), rest),
        None => return Typing::Command(bare),
    };
    let Some(command) = command(&name.to_lowercase()) else { return Typing::Nothing };
    let article = rest
        .split_once("--article ")
        .map(|(_, after)| after.split(" --").next().unwrap_or(after).trim().trim_matches('"').to_string());
    // The value of the option that was named last, or else all the words before any option.
    if let Some((_, begun)) = rest.rsplit_once("--")
        && let Some((name, value)) = begun.split_once(' ')
    {
        let option = command.options.iter().find(|option| option.name == name);
        return match option {
            Some(option) => Typing::Value(command, option, line.len() - value.len(), value, None),
            None => Typing::Nothing,
        };
    }
    let mut words = command.options.iter().filter(|option| option.kind == OptKind::Words);
    let (Some(first), second) = (words.next(), words.next()) else { return Typing::Nothing };
    if let Some(second) = second
        && let Some((_, value)) = rest.split_once(' ')
    {
        return Typing::Value(command, second, line.len() - value.len(), value, article);
    }
    Typing::Value(command, first, line.len() - rest.len(), rest, article)
}
