//! Where a half-typed line is, for completion.

use super::super::command::Command;
use super::super::options::{Opt, OptKind};
use super::super::table::command;
use super::names;

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
        Some((second, rest)) if names::group(first).is_some() => {
            (names::english_name(first, Some(second)), rest)
        }
        None if names::group(first).is_some() => return Typing::Command(bare),
        _ => (names::english_name(first, None), rest),
    };
    let Some(command) = command(&name) else { return Typing::Nothing };
    let article = given(command, rest, "article");
    // The value of the option that was named last, or else all the words before any option.
    if let Some((_, begun)) = rest.rsplit_once("--")
        && let Some((name, value)) = begun.split_once(' ')
    {
        let option = command.option(name);
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

/// What was given for an option by its name.
fn given(command: &Command, rest: &str, wanted: &str) -> Option<String> {
    rest.split("--").skip(1).find_map(|begun| {
        let (name, value) = begun.split_once(' ')?;
        let option = command.option(name).filter(|option| option.name == wanted)?;
        Some(value.trim().trim_matches('"').to_string()).filter(|_| option.kind != OptKind::Words)
    })
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
