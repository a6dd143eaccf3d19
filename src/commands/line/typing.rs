//! Where a half-typed line is, for completion.

use super::super::command::{Command, is_group};
use super::super::options::{Opt, OptKind};
use super::super::table::{TABLE, command};

/// Where a half-typed line stands: what is being typed, for completion.
#[derive(Debug)]
pub enum Typing<'a> {
    /// The name of a command, so far.
    Command(&'a str),
    /// An option's value: the command, the option, where the value starts in the line, the value so
    /// far, and what was given for `--article`.
    Value(&'static Command, &'static Opt, usize, &'a str, Option<String>),
    /// The name of an option, so far, with its hyphens: the command, and where it starts in the line.
    Option(&'static Command, usize, &'a str),
    /// Nothing that could be completed.
    Nothing,
}

/// Finds out what is being typed at the end of a line.
pub fn typing(line: &str) -> Typing<'_> {
    let bare = line.strip_prefix('/').unwrap_or(line);
    let Some((first, rest)) = bare.split_once(' ') else { return Typing::Command(bare) };
    // The name may have two words.
    let (name, rest) = match rest.split_once(' ') {
        _ if !is_group(TABLE, &first.to_lowercase()) => (first.to_string(), rest),
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
    if let Some(at) = rest.rfind("--") {
        let begun = &rest[at..];
        return Typing::Option(command, line.len() - begun.len(), begun);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_found_at_the_end_of_the_line() {
        let name = |line| match typing(line) {
            Typing::Option(command, start, begun) => Some((command.name, start, begun.to_string())),
            _ => None,
        };
        assert_eq!(name("/timeline 2020 --ar"), Some(("timeline", 15, "--ar".into())));
        // Also where a command has no words.
        assert_eq!(name("/today --"), Some(("today", 7, "--".into())));
        assert_eq!(name("reload --dry"), Some(("reload", 7, "--dry".into())));
        let Typing::Value(command, option, start, typed, _) = typing("/today --article us") else { panic!() };
        assert_eq!((command.name, option.name, start, typed), ("today", "article", 17, "us"));
        let Typing::Value(_, option, _, typed, article) = typing("quote Pa") else { panic!() };
        assert_eq!((option.name, typed, article), ("of", "Pa", None));
        assert!(matches!(typing("/tod"), Typing::Command("tod")));
        assert!(matches!(typing("/status x"), Typing::Nothing));
    }
}
