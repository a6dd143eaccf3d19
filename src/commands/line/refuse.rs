//! Answers to lines that are not understood.

use std::ops::RangeInclusive;

use crate::answer::{Answer, AnswerKind};
use crate::platform::Platform;

use super::super::command::{Command, Opt};
use super::super::request::{Request, Value};
use super::super::text::clean;
use super::write::usage;

/// The longest value of an option, in characters.
pub const MAX_VALUE: usize = 300;

/// The numbers that an option takes.
pub(super) const NUMBERS: RangeInclusive<u64> = 1..=10_000;

/// The answer to a group of commands without the one that is meant.
pub(in crate::commands) fn unfinished(table: &[Command], group: &str, platform: Option<Platform>) -> Answer {
    let title = format!("/{group} needs one of these words more.");
    let is_on = |command: &Command| platform.is_none_or(|platform| command.is_on(platform));
    let of_group = table.iter().filter(|command| command.group() == Some(group) && is_on(command));
    of_group.fold(Answer::other(AnswerKind::WrongUsage, title), |answer, command| {
        answer.choice(format!("/{}: {}", command.name, command.about), format!("help {}", command.name))
    })
}

pub(super) fn wrong(command: &Command, error: &clap::Error) -> Answer {
    if error.kind() == clap::error::ErrorKind::MissingRequiredArgument {
        let lacks = error.get(clap::error::ContextKind::InvalidArg).map(ToString::to_string);
        // As in a usage: `<first>`, `[second]...`.
        let lacks = lacks.unwrap_or_default();
        let lacks: Vec<&str> = lacks.split(|c: char| !c.is_alphanumeric()).collect();
        return missing(command, |option| lacks.contains(&option.name));
    }
    if error.kind() == clap::error::ErrorKind::ValueValidation {
        let option =
            error.get(clap::error::ContextKind::InvalidArg).map(ToString::to_string).unwrap_or_default();
        let option = option.split(' ').next().unwrap_or_default().to_string();
        return no_number(command, &option);
    }
    let text = error.render().to_string();
    let reason = text.lines().next().unwrap_or_default();
    let reason = clean(reason.strip_prefix("error: ").unwrap_or(reason));
    with_usage(command, format!("/{}: {reason}.", command.name))
}

pub(super) fn no_number(command: &Command, option: &str) -> Answer {
    let most = NUMBERS.end();
    with_usage(command, format!("/{}: {option} takes a whole number from 1 to {most}.", command.name))
}

pub(super) fn missing(command: &Command, lacks: impl Fn(&Opt) -> bool) -> Answer {
    let needed = command.options.iter().filter(|option| option.required && lacks(option));
    let needed: Vec<String> = needed.map(|option| option.about.to_lowercase()).collect();
    with_usage(command, format!("/{} needs more: {}.", command.name, needed.join("; ")))
}

fn with_usage(command: &Command, title: String) -> Answer {
    Answer::other(AnswerKind::WrongUsage, title)
        .paragraph(format!("Write it so: {}", usage(command)))
        .choice(format!("Help on /{}", command.name), format!("help {}", command.name))
}

/// The first option whose value is too long, and its length in characters.
pub(in crate::commands) fn too_long(request: &Request) -> Option<(&'static str, usize)> {
    request.args.iter().find_map(|(name, value)| {
        let Value::Text(text) = value else { return None };
        let length = text.chars().count();
        (length > MAX_VALUE).then_some((*name, length))
    })
}
