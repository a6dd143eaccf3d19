//! A typed line, and the request that it stands for.

use std::sync::LazyLock;

use clap::builder::RangedU64ValueParser;
use clap::{Arg, ArgAction};

use crate::answer::{Answer, AnswerKind};
use crate::locale::plain;
use crate::platform::Platform;
use crate::say;

use super::super::caller::Caller;
use super::super::command::{Command, Request, is_group};
use super::super::options::{Args, Opt, OptKind, Value};
use super::super::table::TABLE;
use super::super::text::clean;
use super::names;
use super::refuse::{MAX_VALUE, NUMBERS, missing, no_number, unfinished, wrong};
use super::words::{Word, bare, split};
use super::write::{quoted, quoted_word};

/// The parsers of all commands, in the order of the table.
static PARSERS: LazyLock<Vec<clap::Command>> = LazyLock::new(|| TABLE.iter().map(parser).collect());

fn parser(command: &Command) -> clap::Command {
    let last_words = command.options.iter().rposition(|option| option.kind == OptKind::Words);
    let args = command.options.iter().enumerate().map(|(at, option)| {
        let arg = Arg::new(option.name).required(option.required);
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
pub fn parse(line: &str, caller: Caller, platform: Platform) -> Result<Request, Box<Answer>> {
    let (command, args) = read(line, platform)?;
    Ok(Request { args, ..Request::new(command, caller, Some(platform)) })
}

/// A request from options that a platform has read already: those that say nothing are left out.
///
/// # Errors
/// The answer to give when a required option says nothing, or a number is out of range.
pub fn request(
    command: &'static Command,
    args: impl IntoIterator<Item = (&'static str, Value)>,
    caller: Caller,
    platform: Platform,
) -> Result<Request, Box<Answer>> {
    let english = |(name, value): (&'static str, Value)| {
        let option = command.options.iter().find(|option| option.name == name);
        (
            name,
            match option {
                Some(option) => option.english(value),
                None => value,
            },
        )
    };
    let args: Args = args.into_iter().filter(|(_, value)| says_something(value)).map(english).collect();
    let is_number = |value: &Value| matches!(value, Value::Number(number) if NUMBERS.contains(number));
    let is_wrong = |it: &&Opt| it.kind == OptKind::Number && !args.get(it.name).is_none_or(is_number);
    if let Some(option) = command.options.iter().find(is_wrong) {
        return Err(Box::new(no_number(command, option.name)));
    }
    let lacks = |option: &Opt| option.required && !args.contains_key(option.name);
    match command.options.iter().any(lacks) {
        true => Err(Box::new(missing(command, lacks))),
        false => Ok(Request { args, ..Request::new(command, caller, Some(platform)) }),
    }
}

type Read = (&'static Command, Args);

fn read(line: &str, platform: Platform) -> Result<Read, Box<Answer>> {
    let words = split(line);
    let Some((first, rest)) = words.split_first() else {
        let answer = Answer::other(AnswerKind::WrongUsage, say!("line-empty"));
        return Err(Box::new(answer.choice(say!("choice-help"), "help")));
    };
    let first = first.text.strip_prefix('/').unwrap_or(&first.text);
    let (name, rest) = match rest.split_first() {
        Some((second, rest)) if names::group(first).is_some() => {
            (names::english_name(first, Some(&second.text)), rest)
        }
        _ => (names::english_name(first, None), rest),
    };
    let Some(at) = TABLE.iter().position(|command| command.name == name) else {
        let group = name.split(' ').next().unwrap_or_default();
        let answer = if is_group(TABLE, group) {
            unfinished(TABLE, group, Some(platform))
        } else {
            unknown(&name, &words, platform)
        };
        return Err(Box::new(answer));
    };
    let (command, parser) = (&TABLE[at], &PARSERS[at]);
    let matches = parser
        .clone()
        .try_get_matches_from(rest.iter().enumerate().map(|(at, word)| word.argument(command, at == 0)))
        .map_err(|error| Box::new(wrong(command, &error)))?;
    let mut args = Args::new();
    for option in command.options {
        let value = match option.kind {
            OptKind::Words | OptKind::Named | OptKind::File => matches
                .get_many::<String>(option.name)
                .map(|values| Value::Text(values.map(|value| bare(value)).collect::<Vec<_>>().join(" "))),
            OptKind::Number => matches.get_one::<u64>(option.name).copied().map(Value::Number),
            OptKind::Flag => matches.get_flag(option.name).then_some(Value::Flag),
        };
        let value = value.filter(says_something);
        if option.required && value.is_none() {
            return Err(Box::new(missing(command, |it| it.name == option.name)));
        }
        args.extend(value.map(|value| (option.name, option.english(value))));
    }
    Ok((command, args))
}

/// Whether a line begins with the name of a command, whatever follows.
pub fn is_known(line: &str) -> bool {
    names::is_first_word(line.split_whitespace().next().unwrap_or_default())
}

/// The command whose name is nearest to a word, in any language, if one is near: that name.
fn nearest(name: &str) -> Option<String> {
    let name = plain(name);
    let distances = names::all().map(|(known, _)| (strsim::osa_distance(&plain(&known), &name), known));
    let near = distances.min().filter(|(distance, known)| *distance <= 2 && *distance < known.len() / 2 + 1);
    near.map(|(_, known)| known)
}

fn unknown(name: &str, words: &[Word], platform: Platform) -> Answer {
    let title = say!("help-unknown-command", name = clean(name));
    let mut answer = Answer::other(AnswerKind::WrongUsage, title);
    if let Some(known) = nearest(name) {
        let written = |word: &Word| match word.is_quoted {
            true => quoted_word(&word.text),
            false => word.text.clone(),
        };
        let rest: Vec<String> = words[1..].iter().map(written).collect();
        let line = [vec![known.clone()], rest].concat().join(" ");
        // What is offered must be understood.
        let line = if read(&line, platform).is_ok() { line } else { format!("help {known}") };
        answer = answer.choice(say!("did-you-mean-command", line = clean(&line)), line);
    }
    let all = words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
    let bare = all.trim_start_matches('/');
    // A sentence without a slash may have been no command, though it begins almost like one.
    let may_be_asked = nearest(name).is_none() || bare == all && words.len() > 2;
    if may_be_asked && bare.contains(char::is_alphanumeric) {
        let question: String = bare.chars().take(MAX_VALUE).collect();
        answer =
            answer.choice(say!("choice-ask", question = clean(bare)), format!("ask {}", quoted(&question)));
    }
    answer.choice(say!("choice-help"), "help")
}

/// Whether a value is one: invisible characters alone are nothing.
fn says_something(value: &Value) -> bool {
    match value {
        Value::Text(text) => !clean(text).is_empty(),
        Value::Number(_) | Value::Flag => true,
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::caller::Role;
    use super::super::write::line;
    use super::*;
    use proptest::prelude::*;

    fn caller() -> Caller {
        Caller { id: "test:ada".into(), role: Role::Editor }
    }

    fn read_back(command: &'static Command, args: Args) -> Result<(), TestCaseError> {
        let request = Request { args, ..Request::new(command, caller(), Some(Platform::Terminal)) };
        let written = line(&request);
        match parse(&written, caller(), Platform::Terminal) {
            Ok(read) => {
                prop_assert_eq!(read.command.name, command.name, "{}", written);
                prop_assert_eq!(read.args, request.args, "{}", written);
            }
            Err(answer) => prop_assert!(false, "{}: {:?}", written, answer),
        }
        Ok(())
    }

    /// What people put into options, and some that nobody does.
    fn value() -> impl Strategy<Value = String> {
        let sign = proptest::sample::select(vec![
            "-",
            "--",
            "—",
            "\"",
            "“",
            "”",
            "'",
            "’",
            "\\",
            "$",
            "`",
            "#",
            "!",
            " ",
            "  ",
            "\u{a0}",
            "\u{3000}",
            "\n",
            "a",
            "B",
            "policy",
            "-mexico",
            "--page",
            "--article",
            "article",
            "2",
            "ñ",
            "市",
            "=",
            "id:",
            "/",
        ]);
        let signs = proptest::collection::vec(sign, 1..8).prop_map(|signs| signs.concat());
        prop_oneof![signs, any::<String>()].prop_filter("says something", |value| !clean(value).is_empty())
    }

    proptest! {
        /// A choice is a line: whatever its values are, it asks for what it was made for.
        #[test]
        fn lines_are_read_back_as_they_were_written(
            at in 0..TABLE.len(),
            values in proptest::collection::vec(value(), 8),
            given in proptest::collection::vec(any::<bool>(), 8),
            page in 1..10_000_u64,
        ) {
            let command = &TABLE[at];
            let mut args = Args::new();
            // Words in their places can be left out from the end only.
            let mut all_before = true;
            for ((option, value), given) in command.options.iter().zip(&values).zip(&given) {
                let given = (*given || option.required) && (all_before || option.kind != OptKind::Words);
                let value = match option.kind {
                    OptKind::Words | OptKind::Named => Value::Text(value.clone()),
                    OptKind::Number => Value::Number(page),
                    OptKind::Flag => Value::Flag,
                    OptKind::File => continue,
                };
                all_before &= given || option.kind != OptKind::Words;
                if given {
                    args.insert(option.name, value);
                }
            }
            read_back(command, args)?;
        }
    }

    #[test]
    fn phones_make_dashes_and_spaces_of_their_own() {
        for line in [
            "/quote Paulina —article near",
            "/quote Paulina –article near",
            "/quote\u{a0}Paulina --article near",
            "/quote\u{3000}Paulina --article\u{a0}near",
            "/quote\u{2009}Paulina\u{202f}――article\u{2003}near",
        ] {
            let request = parse(line, caller(), Platform::Terminal).unwrap();
            assert_eq!(request.text("of"), Some("Paulina"), "{line}");
            assert_eq!(request.text("article"), Some("near"), "{line}");
        }
        let words = |line| parse(line, caller(), Platform::Terminal).unwrap().args["words"].to_string();
        assert_eq!(
            words("search policy -mexico – and — yes \"—article x\""),
            "policy -mexico – and — yes —article x"
        );
        assert_eq!(words("search - a -"), "- a -");
        assert!(parse("search policy --mexico", caller(), Platform::Terminal).is_err());
    }

    #[test]
    fn quotes_hold_words_together() {
        let of = |line| parse(line, caller(), Platform::Terminal).unwrap().args["of"].to_string();
        for (line, value) in [
            ("quote \"Peña  Nieto\"", "Peña  Nieto"),
            ("quote “Peña Nieto”", "Peña Nieto"),
            ("quote 'Peña Nieto'", "Peña Nieto"),
            ("quote americans don't listen", "americans don't listen"),
            ("quote 5\" of rain", "5 of rain"),
            ("quote \"the '90s' were\"", "the '90s' were"),
            ("quote \"a \\\"b\\\" \\\\ c\"", "a \"b\" \\ c"),
            ("quote c:\\dir $HOME `x` #1", "c:\\dir $HOME `x` #1"),
        ] {
            assert_eq!(of(line), value, "{line}");
        }
    }
}
