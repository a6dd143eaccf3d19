//! A typed line, and the request that it stands for.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::sync::LazyLock;

use clap::builder::RangedU64ValueParser;
use clap::{Arg, ArgAction};

use crate::answer::{Answer, AnswerKind};

use super::show::{clean, quoted, quoted_word};
use super::{Asker, Command, Opt, OptKind, Request, TABLE, command};

/// The longest value of an option, in characters.
pub const MAX_VALUE: usize = 300;

/// The numbers that an option takes.
const NUMBERS: RangeInclusive<u64> = 1..=10_000;

/// The parsers of all commands, in the order of the table.
static PARSERS: LazyLock<Vec<clap::Command>> = LazyLock::new(|| TABLE.iter().map(parser).collect());

fn parser(command: &Command) -> clap::Command {
    let last_words = command.options.iter().rposition(|option| option.kind == OptKind::Words);
    let args = command.options.iter().enumerate().map(|(at, option)| {
        let arg = Arg::new(option.name).help(option.about).required(option.required);
        match option.kind {
            OptKind::Words if Some(at) == last_words => arg.num_args(0..).action(ArgAction::Append),
            OptKind::Words => arg,
            OptKind::Named | OptKind::File => arg.long(option.name).action(ArgAction::Append),
            OptKind::Number => {
                arg.long(option.name).value_parser(RangedU64ValueParser::<u64>::new().range(NUMBERS))
            }
            OptKind::Flag => arg.long(option.name).action(ArgAction::SetTrue),
        }
    });
    let mut parser = clap::Command::new(command.name)
        .no_binary_name(true)
        .disable_help_flag(true)
        .allow_negative_numbers(true)
        .args(args);
    parser.build();
    parser
}

/// Reads a line: a command with or without a slash, and its options.
///
/// # Errors
/// The answer to give when the line is not understood.
pub fn parse(line: &str, asker: Asker, platform: &'static str) -> Result<Request, Box<Answer>> {
    let (command, args) = read(line, platform)?;
    Ok(Request { args, ..Request::new(command, asker, platform) })
}

/// Reads a line as [`parse`] does, but what begins neither with a command nor with a slip of the finger in one is
/// searched for: who speaks to a bot by its name just asks.
///
/// # Errors
/// The answer to give when the line is not understood.
pub fn parse_or_search(line: &str, asker: Asker, platform: &'static str) -> Result<Request, Box<Answer>> {
    let bare = line.trim_start();
    let first = bare.split_whitespace().next().unwrap_or_default().trim_start_matches('/').to_lowercase();
    let slipped = || TABLE.iter().any(|it| strsim::osa_distance(it.name, &first) == 1 && it.name.len() > 4);
    let is_command = bare.starts_with('/') || is_known(&first) || slipped();
    match command("search").filter(|_| !is_command && line.contains(char::is_alphanumeric)) {
        Some(search) => {
            let words: String = line.chars().take(MAX_VALUE).collect();
            request(search, [("words", words)], asker, platform)
        }
        None => parse(line, asker, platform),
    }
}

/// A request from options that a platform has read already: those that say nothing are left out.
///
/// # Errors
/// The answer to give when a required option says nothing, or a number is out of range.
pub fn request(
    command: &'static Command,
    args: impl IntoIterator<Item = (&'static str, String)>,
    asker: Asker,
    platform: &'static str,
) -> Result<Request, Box<Answer>> {
    // Invisible characters alone are nothing.
    let args: BTreeMap<_, _> = args.into_iter().filter(|(_, value)| !clean(value).is_empty()).collect();
    let is_number = |value: &String| value.parse().is_ok_and(|number| NUMBERS.contains(&number));
    let is_wrong = |it: &&Opt| it.kind == OptKind::Number && !args.get(it.name).is_none_or(is_number);
    if let Some(option) = command.options.iter().find(is_wrong) {
        return Err(Box::new(no_number(command, option.name)));
    }
    let lacks = |option: &Opt| option.required && !args.contains_key(option.name);
    match command.options.iter().any(lacks) {
        true => Err(Box::new(missing(command, lacks))),
        false => Ok(Request { args, ..Request::new(command, asker, platform) }),
    }
}

type Read = (&'static Command, BTreeMap<&'static str, String>);

fn read(line: &str, platform: &str) -> Result<Read, Box<Answer>> {
    let words = split(line);
    let Some((first, rest)) = words.split_first() else {
        return Err(Box::new(
            Answer::other(AnswerKind::WrongUsage, "Ask something: /quote Paz, for instance.")
                .choice("What can be asked", "help"),
        ));
    };
    let name = first.strip_prefix('/').unwrap_or(first).to_lowercase();
    let (name, rest) = match rest.split_first() {
        _ if !is_group(&name) => (name, rest),
        Some((second, rest)) => (format!("{name} {}", second.to_lowercase()), rest),
        None => (name, rest),
    };
    let Some(at) = TABLE.iter().position(|command| command.name == name) else {
        let group = name.split(' ').next().unwrap_or_default();
        let answer =
            if is_group(group) { unfinished(group, platform) } else { unknown(&name, &words, platform) };
        return Err(Box::new(answer));
    };
    let (command, parser) = (&TABLE[at], &PARSERS[at]);
    let matches =
        parser.clone().try_get_matches_from(rest).map_err(|error| Box::new(wrong(command, &error)))?;
    let mut args = BTreeMap::new();
    for option in command.options {
        let value = match option.kind {
            OptKind::Words | OptKind::Named | OptKind::File => matches
                .get_many::<String>(option.name)
                .map(|values| values.cloned().collect::<Vec<_>>().join(" ")),
            OptKind::Number => matches.get_one::<u64>(option.name).map(u64::to_string),
            OptKind::Flag => matches.get_flag(option.name).then(|| "yes".to_string()),
        };
        // Invisible characters alone are nothing.
        let value = value.filter(|value| !clean(value).is_empty());
        if option.required && value.is_none() {
            return Err(Box::new(missing(command, |it| it.name == option.name)));
        }
        args.extend(value.map(|value| (option.name, value)));
    }
    Ok((command, args))
}

/// The line's words: double quotes of any shape hold words together, and nothing else is special.
/// A quote that is never closed is no quote.
fn split(line: &str) -> Vec<String> {
    let line = &double_quoted(line);
    let read = |line: &str| {
        let mut escaped = String::with_capacity(line.len() + 8);
        let mut inside = false;
        for c in line.chars() {
            match c {
                '"' | '“' | '”' | '„' => {
                    inside = !inside;
                    escaped.push('"');
                }
                // What a shell would read, but people just write.
                '\\' => escaped.push_str("\\\\"),
                '\'' | '#' if !inside => escaped.extend(['\\', c]),
                '$' | '`' if inside => escaped.extend(['\\', c]),
                c if c.is_control() => escaped.push(' '),
                c => escaped.push(c),
            }
        }
        shlex::split(&escaped).filter(|_| !inside)
    };
    let bare = || line.replace(['"', '“', '”', '„'], " ");
    read(line)
        .or_else(|| read(&bare()))
        .unwrap_or_else(|| bare().split_whitespace().map(Into::into).collect())
}

/// The line with single quotes around words made double ones: `--article 'U.S. and Mexico'`. An
/// apostrophe has a letter on one side at least where a quote has none.
fn double_quoted(line: &str) -> String {
    let mut out = line.to_string();
    let mut from = 0;
    while let Some(start) = out[from..].find('\'').map(|at| from + at) {
        let opens = out[..start].chars().next_back().is_none_or(char::is_whitespace);
        let end = out[start + 1..]
            .match_indices('\'')
            .map(|(at, _)| start + 1 + at)
            .find(|at| out[at + 1..].chars().next().is_none_or(char::is_whitespace));
        match end {
            Some(end) if opens => {
                out.replace_range(end..=end, "\"");
                out.replace_range(start..=start, "\"");
                from = end + 1;
            }
            _ => from = start + 1,
        }
    }
    out
}

/// Whether a line begins with the name of a command, whatever follows.
pub fn is_known(line: &str) -> bool {
    let mut words = line.split_whitespace().map(str::to_lowercase);
    let first = words.next().unwrap_or_default();
    command(&first).is_some() || is_group(&first)
}

/// Whether several commands begin with this word.
pub(super) fn is_group(word: &str) -> bool {
    TABLE.iter().any(|command| command.group() == Some(word))
}

/// The answer to a group of commands without the one that is meant.
pub(super) fn unfinished(group: &str, platform: &str) -> Answer {
    let title = format!("/{group} needs one of these words more.");
    let of_group = TABLE.iter().filter(|command| command.group() == Some(group) && command.is_on(platform));
    of_group.fold(Answer::other(AnswerKind::WrongUsage, title), |answer, command| {
        answer.choice(format!("/{}: {}", command.name, command.about), format!("help {}", command.name))
    })
}

fn unknown(name: &str, words: &[String], platform: &str) -> Answer {
    let nearest = TABLE
        .iter()
        .map(|command| (strsim::osa_distance(command.name, name), command.name))
        .min()
        .filter(|(distance, known)| *distance <= 2 && *distance < known.len() / 2 + 1);
    let title = format!("There is no command “{}”.", clean(name));
    let mut answer = Answer::other(AnswerKind::WrongUsage, title);
    if let Some((_, known)) = nearest {
        let rest: Vec<String> = words[1..].iter().map(|word| quoted(word)).collect();
        let line = [vec![known.to_string()], rest].concat().join(" ");
        // What is offered must be understood.
        let line = if read(&line, platform).is_ok() { line } else { format!("help {known}") };
        answer = answer.choice(format!("Did you mean /{}?", clean(&line)), line);
    } else if words.iter().any(|word| word.contains(char::is_alphanumeric)) {
        let all = words.join(" ");
        let all = clean(all.trim_start_matches('/'));
        answer = answer.choice(format!("Search for “{all}”"), format!("search {}", quoted(&all)));
    }
    answer.choice("What can be asked", "help")
}

fn wrong(command: &Command, error: &clap::Error) -> Answer {
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

fn no_number(command: &Command, option: &str) -> Answer {
    let most = NUMBERS.end();
    with_usage(command, format!("/{}: {option} takes a whole number from 1 to {most}.", command.name))
}

fn missing(command: &Command, lacks: impl Fn(&Opt) -> bool) -> Answer {
    let needed = command.options.iter().filter(|option| option.required && lacks(option));
    let needed: Vec<String> = needed.map(|option| option.about.to_lowercase()).collect();
    with_usage(command, format!("/{} needs more: {}.", command.name, needed.join("; ")))
}

fn with_usage(command: &Command, title: String) -> Answer {
    Answer::other(AnswerKind::WrongUsage, title)
        .paragraph(format!("Write it so: {}", usage(command)))
        .choice(format!("Help on /{}", command.name), format!("help {}", command.name))
}

/// How a command is written: `/quote [OF] [--article ARTICLE] [--page PAGE]`.
pub fn usage(command: &Command) -> String {
    let options = command.options.iter().map(|option| {
        let value = option.name.to_uppercase();
        let written = match option.kind {
            OptKind::Words => value,
            OptKind::Named | OptKind::Number | OptKind::File => format!("--{} {value}", option.name),
            OptKind::Flag => format!("--{}", option.name),
        };
        if option.required { format!(" {written}") } else { format!(" [{written}]") }
    });
    format!("/{}{}", command.name, options.collect::<String>())
}

/// The first option whose value is too long, and its length in characters.
pub(super) fn too_long(request: &Request) -> Option<(&'static str, usize)> {
    request.args.iter().find_map(|(name, value)| {
        let length = value.chars().count();
        (length > MAX_VALUE).then_some((*name, length))
    })
}

/// The command line that a request stands for. What came as a file is not in it.
pub fn line(request: &Request) -> String {
    written(request, |_| true)
}

/// The command line of a request with another page.
pub(super) fn with_page(request: &Request, page: usize) -> String {
    format!("{} --page {page}", again(request))
}

/// The command line of a request for its first page.
pub(super) fn again(request: &Request) -> String {
    written(request, |option| option.name != "page")
}

fn written(request: &Request, wanted: impl Fn(&Opt) -> bool) -> String {
    let options = request.command.options;
    let last_words = options.iter().rposition(|option| option.kind == OptKind::Words);
    let mut line = request.command.name.to_string();
    for (at, option) in options.iter().enumerate().filter(|(_, option)| wanted(option)) {
        let Some(value) = request.args.get(option.name) else { continue };
        match option.kind {
            // Only the last words may be several without quotes around them.
            OptKind::Words if Some(at) == last_words => line.push_str(&format!(" {}", quoted(value))),
            OptKind::Words => line.push_str(&format!(" {}", quoted_word(value))),
            OptKind::Named | OptKind::Number => {
                line.push_str(&format!(" --{} {}", option.name, quoted(value)))
            }
            OptKind::Flag => line.push_str(&format!(" --{}", option.name)),
            OptKind::File => {}
        }
    }
    line
}

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
        _ if !is_group(&first.to_lowercase()) => (first.to_string(), rest),
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
