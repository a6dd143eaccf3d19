//! `/help`: what can be asked, and how.

use crate::answer::{Answer, AnswerKind, Entry};

use super::caller::Role;
use super::command::{Command, Context, find, is_group};
use super::line::refuse::unfinished;
use super::line::write::usage;
use super::options::{Opt, Suggest, words};
use super::problem::Problem;
use super::show::clean;

pub(super) const COMMAND: Command =
    Command::new("help", "What can be asked, and how", |context| Box::pin(run(context)))
        .options(&[words("command", "One command", false, Suggest::Commands)])
        .examples(&["help", "help quote"]);

pub(super) async fn run(context: &Context<'_>) -> Result<Answer, Problem> {
    let (role, manner) = (context.request.caller.role, context.request.manner);
    if let Some(name) = context.arg("command") {
        let wanted = name.trim_start_matches('/').to_lowercase();
        if is_group(context.table, &wanted) {
            return Ok(unfinished(context.table, &wanted, context.request.platform));
        }
        let Some(command) = find(context.table, &wanted) else {
            let title = format!("There is no command “{}”.", clean(name));
            return Ok(Answer::other(AnswerKind::NothingFound, title).choice("All commands", "help"));
        };
        let mut answer = one(context, command);
        if command.role != Role::Member {
            answer = answer.paragraph(format!("For {}s.", command.role.word()));
        }
        return Ok(command
            .examples
            .iter()
            .fold(answer, |answer, example| answer.choice(format!("/{example}"), *example))
            .private());
    }
    let rows = |wanted: Role| {
        let is_on = |command: &&Command| {
            let places = &context.request.places;
            context.request.platform.is_none_or(|platform| command.is_on(platform))
                && context.world.community.is_command_on(places, command.name) != Some(false)
        };
        context
            .table
            .iter()
            .filter(|command| command.role == wanted)
            .filter(is_on)
            .map(|command| Entry {
                line: Some(format!("help {}", command.name)),
                ..Entry::new(format!("/{}", command.name), manner.say(command.about))
            })
            .collect::<Vec<_>>()
    };
    let mut answer = Answer::found("What can be asked").list("", rows(Role::Member));
    answer = answer.paragraph(just_ask(context));
    if let Some(how) = manner.on_message {
        let labels = context.table.iter().filter_map(|command| command.on_message);
        answer = labels.fold(answer, |answer, label| answer.paragraph(format!("“{label}”: {how}.")));
    }
    for (name, about) in manner.further {
        answer = answer.paragraph(format!("All of these take “{name}”. {about}."));
    }
    if role >= Role::Moderator && !context.request.places.is_empty() {
        answer = answer.list("For moderators", rows(Role::Moderator));
    }
    if role == Role::Editor {
        answer = answer.list("For editors", rows(Role::Editor));
    }
    Ok(answer
        .paragraph("Every answer says where in the article it comes from, and whose words they are.")
        .private())
}

/// How one asks without a command. Where there are rooms, what people say to one another is not for us.
fn just_ask(context: &Context<'_>) -> &'static str {
    match context.request.places.is_empty() {
        true => "Or just ask, in your own words.",
        false => "Or just ask, in your own words: mention me with a question, or write to me directly.",
    }
}

/// How a command is given, and what for.
fn one(context: &Context<'_>, command: &Command) -> Answer {
    let manner = context.request.manner;
    let several = context.library.as_ref().is_some_and(|library| library.has_several_articles());
    // Forms have the option to name an article only where there are several.
    let shown = |option: &&Opt| !manner.by_name || several || option.name != "article";
    let options = command.options.iter().filter(shown);
    let further: &[_] = if command.role == Role::Member { manner.further } else { &[] };
    let (written, names): (String, Vec<Entry>) = match manner.by_name {
        false => (usage(command), options.map(|it| Entry::new(it.name.to_uppercase(), it.about)).collect()),
        true => {
            let own = options.map(|it| (it.name, it.about, it.required));
            let all: Vec<_> = own.chain(further.iter().map(|(name, about)| (*name, *about, false))).collect();
            let written = all.iter().map(|(name, _, required)| match required {
                true => format!(" {name}"),
                false => format!(" [{name}]"),
            });
            let written = format!("/{}{}", command.name, written.collect::<String>());
            (written, all.iter().map(|(name, about, _)| Entry::new(*name, manner.say(about))).collect())
        }
    };
    let answer = Answer::found(format!("/{}", command.name))
        .paragraph(format!("{}.", manner.say(command.about)))
        .fields([("Write it so", written)])
        .list("Options", names);
    match (command.on_message, manner.on_message) {
        (Some(label), Some(how)) => answer.paragraph(format!("“{label}” does it with a message: {how}.")),
        _ => answer,
    }
}
