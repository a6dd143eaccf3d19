//! Lines that people write to us and that need not be commands: questions.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::answer::Answer;
use crate::article::fold::fold;
use crate::locale::plain;
use crate::platform::Platform;

use super::super::caller::Caller;
use super::super::command::{Command, Effect, Request};
use super::super::table::command;
use super::names;
use super::parse::{is_known, parse, request};
use super::refuse::MAX_VALUE;
use super::words::split;

/// The words that every sentence has, folded, of the languages whose question forms `/ask` knows.
static COMMON: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let words = ["en", "es"].into_iter().filter_map(stop_words::lookup).flatten();
    words.map(|word| fold(word)).collect()
});

/// Reads a line that somebody wrote to us: a command as [`parse`] reads it, or else a question.
///
/// A line with a slash is a command, and so is one that begins with a slip of the finger in a command's name: the
/// answer says what was meant. What begins with no command at all is asked. In between are lines such as "source of
/// the quote about hugs?", which begin like a command without being one. They are the command as long as it finds
/// something: nobody who typed a command gets anything else. If they read as a question, and the command can't be
/// read or is not for the caller, they are asked at once, and if it finds nothing, by
/// [`run_or_ask`](super::super::run_or_ask).
///
/// # Errors
/// The answer to give when the line is not understood.
pub fn parse_or_ask(line: &str, caller: Caller, platform: Platform) -> Result<Request, Box<Answer>> {
    let line = line.trim();
    let is_sentence = line.contains(char::is_alphanumeric) && !line.starts_with(['/', '-']);
    let Some(ask) = command("ask").filter(|_| is_sentence) else { return parse(line, caller, platform) };
    let (first, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    // "help!", "quote: Paz"
    let name = first.trim_end_matches(['?', '!', '.', ':', ',']);
    if is_slip(name, rest) {
        return parse(line, caller, platform);
    }
    let asked = || question(ask, line, caller.clone(), platform);
    if !is_known(name) {
        return asked();
    }
    let read = parse(&format!("{name} {rest}"), caller.clone(), platform);
    if !reads_as_question(rest) {
        return read;
    }
    match read {
        // What these take may be a question.
        Ok(read) if ["ask", "search"].contains(&read.command.name) => Ok(read),
        Ok(read) if read.caller.role >= read.command.role => Ok(match read.effect() {
            Effect::Reads => Request { question: Some(asked()?.args), ..read },
            _ => read,
        }),
        Ok(_) | Err(_) => asked(),
    }
}

/// A line as a question, with the options of `/ask` where it has them.
fn question(
    ask: &'static Command,
    line: &str,
    caller: Caller,
    platform: Platform,
) -> Result<Request, Box<Answer>> {
    let line: String = line.chars().take(MAX_VALUE).collect();
    let is_option = |argument: &str| argument.strip_prefix("--").is_some_and(|name| !name.is_empty());
    let has_options = split(&line).iter().any(|word| is_option(&word.argument(ask, false)));
    let read = has_options.then(|| parse(&format!("ask {line}"), caller.clone(), platform).ok()).flatten();
    match read {
        Some(read) => Ok(read),
        None => request(ask, [("question", line.into())], caller, platform),
    }
}

/// Whether the first word of a line is the name of a command with one slip of the finger in it. The plural is none
/// where more follows: "events in 2020".
fn is_slip(name: &str, rest: &str) -> bool {
    let name = name.to_lowercase();
    let is_near = |(known, _): (String, _)| {
        known.chars().count() > 4 && strsim::osa_distance(&plain(&known), &plain(&name)) == 1
    };
    let is_plural = name.strip_suffix('s').is_some_and(is_known) && !rest.trim().is_empty();
    !is_known(&name) && !is_plural && names::all().any(is_near)
}

/// Whether what follows a command's name reads as a part of a sentence: it ends with a question mark, or has one of
/// the words that every sentence has and few names.
fn reads_as_question(rest: &str) -> bool {
    let marks = ['?', '？', '؟'];
    let end = rest.trim_end_matches(|c: char| !c.is_alphanumeric() && !marks.contains(&c));
    let is_common = |text: &str| fold(text).split(' ').any(|word| COMMON.contains(word));
    end.ends_with(marks) || split(rest).iter().any(|word| !word.is_quoted && is_common(&word.text))
}

#[cfg(test)]
mod tests {
    use super::super::super::caller::Role;
    use super::super::super::options::Value;
    use super::super::write::line as written;
    use super::*;

    fn read(line: &str, role: Role) -> Result<Request, Box<Answer>> {
        parse_or_ask(line, Caller { id: "test:ada".into(), role }, Platform::Terminal)
    }

    /// The command line that a line stands for, and the question that it may be too.
    #[track_caller]
    fn understood(line: &str, role: Role) -> (String, Option<String>) {
        let request = read(line, role).unwrap_or_else(|answer| panic!("{line}: {}", answer.title));
        let question = request.question.as_ref().map(|args| args["question"].to_string());
        (written(&request), question)
    }

    #[test]
    fn what_begins_with_no_command_is_asked() {
        for line in [
            "who was offered asylum",
            "  who was offered asylum ",
            "¿quién es AMLO?",
            "AMLO",
            "events in 2020",
            "quotes by Paz",
            "Questions, questions",
            "a/b",
        ] {
            let (asked, _) = understood(line, Role::Member);
            let trimmed = line.trim();
            assert!(asked.starts_with("ask ") && asked.contains(trimmed.trim_matches('¿')), "{asked}");
        }
        let request = read("who is “AMLO” --article us-mexico", Role::Member).unwrap();
        assert_eq!(
            (request.text("question"), request.text("article")),
            (Some("who is AMLO"), Some("us-mexico"))
        );
        // What is no option is a part of the question, and a long text is cut.
        let request = read("who --is \"this\" – really", Role::Member).unwrap();
        assert_eq!(request.text("question"), Some("who --is \"this\" – really"));
        let long = read(&"🦊 x".repeat(2_000), Role::Member).unwrap();
        assert_eq!(long.text("question").map(|text| text.chars().count()), Some(MAX_VALUE));
    }

    #[test]
    fn a_command_without_a_slash_is_one() {
        for (line, command) in [
            ("quote Paz", "quote Paz"),
            ("Quote: Paz", "quote Paz"),
            ("help!", "help"),
            ("today?", "today"),
            ("timeline 2020 --page 2", "timeline 2020 --page 2"),
            ("room show", "room show"),
            ("quote “who lost mexico”", "quote who lost mexico"),
            ("search why does AMLO distrust Democrats?", "search why does AMLO distrust Democrats?"),
            ("ask who is AMLO?", "ask who is AMLO?"),
            ("reload --dry-run", "reload --dry-run"),
            ("/source of what?", "source of what?"),
        ] {
            assert_eq!(understood(line, Role::Editor), (command.into(), None), "{line}");
        }
        for (line, says) in [
            ("/qoute Paz", "There is no command “qoute”."),
            ("qoute Paz", "There is no command “qoute”."),
            ("qoute of Paz?", "There is no command “qoute”."),
            ("topics", "There is no command “topics”."),
            ("/who is AMLO", "There is no command “who”."),
            ("--help", "There is no command"),
            ("🦊", "There is no command"),
            ("", "Ask something"),
            ("source?", "/source needs: "),
            ("room shwo", "/room needs one more word"),
            ("timeline --pages 2", "/timeline has no option --pages"),
        ] {
            let answer = read(line, Role::Editor).map(|request| written(&request)).unwrap_err();
            assert!(answer.title.starts_with(says), "{line}: {}", answer.title);
        }
    }

    #[test]
    fn what_begins_like_a_command_may_be_a_question() {
        for line in [
            "source of the quote about hugs?",
            "article about what?",
            "timeline of AMLO",
            "actor who praised Trump",
            "help me find the quote on hugs",
            "quote Paz?",
            "compare how AMLO and Trump see migration",
            "event (when?)",
        ] {
            let (command, question) = understood(line, Role::Member);
            assert_eq!(question.as_deref(), Some(line), "{command}");
        }
        // The command can't be read, or is not for the caller.
        for line in
            ["today is a good day", "room for improvement", "status of NAFTA?", "articles about NAFTA?"]
        {
            assert_eq!(understood(line, Role::Editor), (format!("ask {line}"), None));
        }
        assert_eq!(understood("audit of elections", Role::Member).0, "ask audit of elections");
        assert_eq!(understood("rollback to what?", Role::Member).0, "ask rollback to what?");
        // What changes something is not tried out.
        assert_eq!(understood("rollback to what?", Role::Editor), ("rollback to what?".into(), None));
    }

    #[test]
    fn a_question_is_read_back_as_it_was_asked() {
        for line in ["who said \"hugs\"?", "what -- if", "who — and why?", "the \\ sign"] {
            let request = read(line, Role::Member).unwrap();
            let again = parse(&written(&request), request.caller.clone(), Platform::Terminal).unwrap();
            assert_eq!(again.args.get("question"), Some(&Value::from(line)));
        }
    }
}
