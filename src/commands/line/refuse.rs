//! Answers to lines that are not understood.

use std::ops::RangeInclusive;

use clap::error::{ContextKind, ErrorKind};

use crate::answer::{Answer, AnswerKind};
use crate::platform::Platform;
use crate::say;

use super::super::caller::RoomWord;
use super::super::command::{Command, Request};
use super::super::names::NameOf;
use super::super::options::{Opt, Value};
use super::super::text::clean;
use super::write::usage;

/// The longest value of an option, in characters.
pub const MAX_VALUE: usize = 400;

/// The largest number that an option takes.
pub const MAX_NUMBER: u64 = 1_000_000;

/// The numbers that an option takes.
pub(super) const NUMBERS: RangeInclusive<u64> = 1..=MAX_NUMBER;

/// The answer to a group of commands without the one that is meant.
pub(in crate::commands) fn unfinished(table: &[Command], group: &str, platform: Option<Platform>) -> Answer {
    let title = say!("line-group", group = NameOf::Command.called(group));
    let is_on = |command: &Command| platform.is_none_or(|platform| command.is_on(platform));
    let of_group = table.iter().filter(|command| command.group() == Some(group) && is_on(command));
    of_group.fold(Answer::other(AnswerKind::WrongUsage, title), |answer, command| {
        answer.choice(
            say!("line-group-choice", command = command.called(), about = command.about(RoomWord::Room)),
            format!("help {}", command.name),
        )
    })
}

pub(super) fn wrong(command: &Command, error: &clap::Error) -> Answer {
    if error.kind() == ErrorKind::MissingRequiredArgument {
        let lacks = error.get(ContextKind::InvalidArg).map(ToString::to_string);
        // As in a usage: `<first>`, `[second]...`.
        let lacks = lacks.unwrap_or_default();
        let lacks: Vec<&str> = lacks.split(|c: char| !c.is_alphanumeric()).collect();
        return missing(command, |option| lacks.contains(&option.name));
    }
    if error.kind() == ErrorKind::ValueValidation {
        let option = error.get(ContextKind::InvalidArg).map(ToString::to_string).unwrap_or_default();
        let option = option.split(' ').next().unwrap_or_default().to_string();
        return no_number(command, &option);
    }
    let invalid = error.get(ContextKind::InvalidArg).map(ToString::to_string).unwrap_or_default();
    let (command_name, option) = (command.called(), clean(&invalid));
    let title = match error.kind() {
        ErrorKind::UnknownArgument => say!("line-unknown-option", command = command_name, option = option),
        ErrorKind::TooFewValues | ErrorKind::InvalidValue | ErrorKind::WrongNumberOfValues => {
            say!("line-no-value", command = command_name, option = option)
        }
        ErrorKind::ArgumentConflict => say!("line-twice", command = command_name, option = option),
        _ => say!("line-wrong", command = command_name),
    };
    with_usage(command, title)
}

pub(super) fn no_number(command: &Command, option: &str) -> Answer {
    let most = NUMBERS.end();
    with_usage(command, say!("line-no-number", command = command.called(), option = option, most = *most))
}

pub(super) fn missing(command: &Command, lacks: impl Fn(&Opt) -> bool) -> Answer {
    let needed = command.options.iter().filter(|option| option.required && lacks(option));
    let needed: Vec<String> = needed.map(|option| option.about(RoomWord::Room).to_lowercase()).collect();
    with_usage(command, say!("line-missing", command = command.called(), options = needed.join("; ")))
}

fn with_usage(command: &Command, title: String) -> Answer {
    Answer::other(AnswerKind::WrongUsage, title)
        .paragraph(say!("line-usage", usage = usage(command)))
        .choice(say!("line-help", command = command.called()), format!("help {}", command.name))
}

/// The first option whose value is too long, and its length in characters.
pub(in crate::commands) fn too_long(request: &Request) -> Option<(&'static str, usize)> {
    request.args.iter().find_map(|(name, value)| {
        let Value::Text(text) = value else { return None };
        let length = text.chars().count();
        (length > MAX_VALUE).then_some((*name, length))
    })
}
