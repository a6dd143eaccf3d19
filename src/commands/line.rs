//! A typed line, and the request that it stands for.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::sync::LazyLock;

use clap::builder::RangedU64ValueParser;
use clap::{Arg, ArgAction};

use crate::answer::{Answer, AnswerKind};

use super::text::clean;
use super::{Caller, Command, Opt, OptKind, Request, TABLE, command};

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
pub fn parse(line: &str, caller: Caller, platform: &'static str) -> Result<Request, Box<Answer>> {
    let (command, args) = read(line, platform)?;
    Ok(Request { args, ..Request::new(command, caller, platform) })
}

/// Reads a line as [`parse`] does, but what begins neither with a command nor with a slip of the finger in one is
/// searched for: who speaks to a bot by its name just asks.
///
/// # Errors
/// The answer to give when the line is not understood.
pub fn parse_or_search(line: &str, caller: Caller, platform: &'static str) -> Result<Request, Box<Answer>> {
    let bare = line.trim_start();
    let first = bare.split_whitespace().next().unwrap_or_default().trim_start_matches('/').to_lowercase();
    let slipped = || TABLE.iter().any(|it| strsim::osa_distance(it.name, &first) == 1 && it.name.len() > 4);
    let is_command = bare.starts_with('/') || is_known(&first) || slipped();
    match command("search").filter(|_| !is_command && line.contains(char::is_alphanumeric)) {
        Some(search) => {
            let words: String = line.chars().take(MAX_VALUE).collect();
            request(search, [("words", words)], caller, platform)
        }
        None => parse(line, caller, platform),
    }
}

/// A request from options that a platform has read already: those that say nothing are left out.
///
/// # Errors
/// The answer to give when a required option says nothing, or a number is out of range.
pub fn request(
    command: &'static Command,
    args: impl IntoIterator<Item = (&'static str, String)>,
    caller: Caller,
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
        false => Ok(Request { args, ..Request::new(command, caller, platform) }),
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
    let name = first.text.strip_prefix('/').unwrap_or(&first.text).to_lowercase();
    let (name, rest) = match rest.split_first() {
        _ if !is_group(&name) => (name, rest),
        Some((second, rest)) => (format!("{name} {}", second.text.to_lowercase()), rest),
        None => (name, rest),
    };
    let Some(at) = TABLE.iter().position(|command| command.name == name) else {
        let group = name.split(' ').next().unwrap_or_default();
        let answer =
            if is_group(group) { unfinished(group, platform) } else { unknown(&name, &words, platform) };
        return Err(Box::new(answer));
    };
    let (command, parser) = (&TABLE[at], &PARSERS[at]);
    let matches = parser
        .clone()
        .try_get_matches_from(rest.iter().map(|word| word.argument(command)))
        .map_err(|error| Box::new(wrong(command, &error)))?;
    let mut args = BTreeMap::new();
    for option in command.options {
        let value = match option.kind {
            OptKind::Words | OptKind::Named | OptKind::File => matches
                .get_many::<String>(option.name)
                .map(|values| values.map(|value| bare(value)).collect::<Vec<_>>().join(" ")),
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

/// Stands before a word that begins like an option and is none.
const NO_OPTION: char = '\0';

/// A word of a line.
struct Word {
    text: String,
    is_quoted: bool,
}

impl Word {
    /// The word for the parser of a command's options, which takes what begins with a hyphen for one. Only the
    /// command's options and what begins with two hyphens are such; phones make a dash of the two.
    fn argument(&self, command: &Command) -> String {
        let guarded = || format!("{NO_OPTION}{}", self.text);
        if self.is_quoted {
            return if self.text.starts_with(['-', NO_OPTION]) { guarded() } else { self.text.clone() };
        }
        if let Some(name) = self.text.strip_prefix(['–', '—', '―']) {
            let name = name.trim_start_matches(['-', '–', '—', '―']);
            let is_option =
                |option: &Opt| option.kind != OptKind::Words && name.split('=').next() == Some(option.name);
            return match command.options.iter().any(is_option) {
                true => format!("--{name}"),
                false => self.text.clone(),
            };
        }
        match self.text.starts_with('-') && !self.text.starts_with("--") {
            true => guarded(),
            false => self.text.clone(),
        }
    }
}

fn bare(argument: &str) -> &str {
    argument.strip_prefix(NO_OPTION).unwrap_or(argument)
}

/// The line's words: double quotes of any shape hold words together, single ones around words too, and nothing
/// else is special. A quote that is never closed is no quote. Within double quotes a backslash before a quote or a
/// backslash makes it one of the text.
fn split(line: &str) -> Vec<Word> {
    words_of(line, true).or_else(|| words_of(line, false)).unwrap_or_default()
}

fn is_double_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„')
}

/// `None` where a quote is never closed. Without `quotes`, double ones are spaces.
fn words_of(line: &str, quotes: bool) -> Option<Vec<Word>> {
    let mut words = Vec::new();
    let mut word: Option<Word> = None;
    let mut letters = line.char_indices().peekable();
    while let Some((at, c)) = letters.next() {
        let is_space = c.is_whitespace() || c.is_control() || (is_double_quote(c) && !quotes);
        let rest = &line[at + c.len_utf8()..];
        let single_end = (c == '\'' && word.is_none()).then(|| end_of_single(rest)).flatten();
        if is_space {
            words.extend(word.take());
        } else if is_double_quote(c) {
            let word = word.get_or_insert(Word { text: String::new(), is_quoted: true });
            loop {
                match letters.next()?.1 {
                    '\\' => match letters.next_if(|(_, c)| *c == '\\' || is_double_quote(*c)) {
                        Some((_, escaped)) => word.text.push(escaped),
                        None => word.text.push('\\'),
                    },
                    c if is_double_quote(c) => break,
                    c => word.text.push(c),
                }
            }
        } else if let Some(end) = single_end {
            word = Some(Word { text: rest[..end].to_string(), is_quoted: true });
            while letters.next_if(|(next, _)| *next <= at + 1 + end).is_some() {}
        } else {
            word.get_or_insert(Word { text: String::new(), is_quoted: false }).text.push(c);
        }
    }
    words.extend(word);
    Some(words)
}

/// Where a single quote that opened before `rest` closes: an apostrophe has a letter after it where a quote has none.
fn end_of_single(rest: &str) -> Option<usize> {
    let closes = |at: &usize| rest[at + 1..].chars().next().is_none_or(char::is_whitespace);
    rest.match_indices('\'').map(|(at, _)| at).find(closes)
}

/// A value as it can stand in a line, at the end of its words: it is read back as it is.
pub(super) fn quoted(value: &str) -> String {
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
pub(super) fn quoted_word(value: &str) -> String {
    let quoted = quoted(value);
    if quoted.contains(' ') && !quoted.starts_with('"') { format!("\"{quoted}\"") } else { quoted }
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

/// The command whose name is nearest to a word, if one is near.
fn nearest(name: &str) -> Option<&'static str> {
    let distances = TABLE.iter().map(|command| (strsim::osa_distance(command.name, name), command.name));
    let near = distances.min().filter(|(distance, known)| *distance <= 2 && *distance < known.len() / 2 + 1);
    near.map(|(_, known)| known)
}

fn unknown(name: &str, words: &[Word], platform: &str) -> Answer {
    let title = format!("There is no command “{}”.", clean(name));
    let mut answer = Answer::other(AnswerKind::WrongUsage, title);
    if let Some(known) = nearest(name) {
        let written = |word: &Word| match word.is_quoted {
            true => quoted_word(&word.text),
            false => word.text.clone(),
        };
        let rest: Vec<String> = words[1..].iter().map(written).collect();
        let line = [vec![known.to_string()], rest].concat().join(" ");
        // What is offered must be understood.
        let line = if read(&line, platform).is_ok() { line } else { format!("help {known}") };
        answer = answer.choice(format!("Did you mean /{}?", clean(&line)), line);
    } else if words.iter().any(|word| word.text.contains(char::is_alphanumeric)) {
        let all = words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
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

/// The command line of a request with other values for some options, from its first page; an empty value takes
/// the option away.
pub(super) fn with(request: &Request, changes: &[(&'static str, &str)]) -> String {
    let mut changed = request.clone();
    for (name, value) in changes {
        changed.args.insert(name, (*value).to_string());
    }
    changed.args.retain(|_, value| !value.is_empty());
    again(&changed)
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
                line.push_str(&format!(" --{} {}", option.name, quoted_word(value)))
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

#[cfg(test)]
mod tests {
    use super::super::{Caller, Role};
    use super::*;
    use proptest::prelude::*;

    fn caller() -> Caller {
        Caller { id: "test:ada".into(), role: Role::Editor }
    }

    fn read_back(
        command: &'static Command,
        args: BTreeMap<&'static str, String>,
    ) -> Result<(), TestCaseError> {
        let request = Request { args, ..Request::new(command, caller(), "test") };
        let written = line(&request);
        match parse(&written, caller(), "test") {
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
            let mut args = BTreeMap::new();
            // Words in their places can be left out from the end only.
            let mut all_before = true;
            for ((option, value), given) in command.options.iter().zip(&values).zip(&given) {
                let given = (*given || option.required) && (all_before || option.kind != OptKind::Words);
                let value = match option.kind {
                    OptKind::Words | OptKind::Named => value.clone(),
                    OptKind::Number => page.to_string(),
                    OptKind::Flag => "yes".into(),
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
            let request = parse(line, caller(), "test").unwrap();
            assert_eq!(request.args.get("of").map(String::as_str), Some("Paulina"), "{line}");
            assert_eq!(request.args.get("article").map(String::as_str), Some("near"), "{line}");
        }
        let words = |line| parse(line, caller(), "test").unwrap().args["words"].clone();
        assert_eq!(
            words("search policy -mexico – and — yes \"—article x\""),
            "policy -mexico – and — yes —article x"
        );
        assert_eq!(words("search - a -"), "- a -");
        assert!(parse("search policy --mexico", caller(), "test").is_err());
    }

    #[test]
    fn quotes_hold_words_together() {
        let of = |line| parse(line, caller(), "test").unwrap().args["of"].clone();
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
