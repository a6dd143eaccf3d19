//! `/help`: what can be asked, and how.

use crate::answer::{Answer, AnswerKind, Entry};
use crate::say;

use super::caller::Role;
use super::command::{Command, Context, find_typed, spoken};
use super::line::refuse::unfinished;
use super::line::write::usage;
use super::names::NameOf;
use super::options::{Opt, Suggest, words};
use super::problem::Problem;
use super::show::clean;

pub(super) const COMMAND: Command = Command::new("help", |context| Box::pin(run(context)))
    .options(&[words("command", "option-help-command", false, Suggest::Commands)])
    .examples(&["help", "help quote"]);

pub(super) async fn run(context: &Context<'_>) -> Result<Answer, Problem> {
    let (role, manner) = (context.request.caller.role, context.request.manner);
    if let Some(name) = context.arg("command") {
        let wanted = name.trim_start_matches('/');
        if let Some(group) = groups(context).find(|group| NameOf::Command.is_called(group, wanted)) {
            return Ok(unfinished(context.table, group, context.request.platform));
        }
        let Some(command) = find_typed(context.table, wanted) else {
            let title = say!("help-unknown-command", name = clean(name));
            return Ok(
                Answer::other(AnswerKind::NothingFound, title).choice(say!("help-all-commands"), "help")
            );
        };
        let mut answer = one(context, command);
        if command.role != Role::Member {
            answer = answer.paragraph(say!("help-for-role", role = command.role.as_str()));
        }
        let example = |answer: Answer, example: &&'static str| {
            answer.choice(format!("/{}", spoken(context.table, example)), *example)
        };
        return Ok(command.examples.iter().fold(answer, example).private());
    }
    let mut answer = Answer::found(say!("help-title")).list("", rows(context, Role::Member));
    answer = answer.paragraph(just_ask(context));
    if manner.on_message {
        let labels = context.table.iter().filter_map(Command::label_on_message);
        answer = labels
            .fold(answer, |answer, label| answer.paragraph(say!("help-label-on-message", label = label)));
    }
    for option in manner.further {
        let about = option.about(manner.room);
        answer = answer.paragraph(say!("help-further-option", name = option.called(), about = about));
    }
    if role >= Role::Moderator && !context.request.places.is_empty() {
        answer = answer.list(say!("help-for-moderators"), rows(context, Role::Moderator));
    }
    if role == Role::Editor {
        answer = answer.list(say!("help-for-editors"), rows(context, Role::Editor));
    }
    Ok(answer.paragraph(say!("help-sources")).private())
}

/// The commands for a role, each in a line. Those of a group are one line for members: there are many, and each is a choice
/// away.
fn rows(context: &Context<'_>, wanted: Role) -> Vec<Entry> {
    let room = context.request.manner.room;
    let is_on = |command: &&Command| {
        let places = &context.request.places;
        context.request.platform.is_none_or(|platform| command.is_on(platform))
            && context.world.community.is_command_on(places, command.name) != Some(false)
    };
    let mut rows = Vec::new();
    let mut shown = Vec::new();
    for command in context.table.iter().filter(|command| command.role == wanted).filter(is_on) {
        let group = context.groups.iter().find(|group| Some(group.name) == command.group());
        rows.extend(match group.filter(|_| wanted == Role::Member) {
            Some(group) if shown.contains(&group.name) => None,
            Some(group) => {
                shown.push(group.name);
                let name = format!("/{}", NameOf::Command.called(group.name));
                let line = Some(format!("help {}", group.name));
                Some(Entry { line, ..Entry::new(name, group.about(room)) })
            }
            None => Some(Entry {
                line: Some(format!("help {}", command.name)),
                command: Some(command.name),
                ..Entry::new(format!("/{}", command.called()), command.about(room))
            }),
        });
    }
    rows
}

/// How one asks without a command. Where there are rooms, what people say to one another is not for us.
fn just_ask(context: &Context<'_>) -> String {
    match context.request.places.is_empty() {
        true => say!("help-just-ask"),
        false => say!("help-just-ask-in-rooms"),
    }
}

/// How a command is given, and what for.
fn one(context: &Context<'_>, command: &Command) -> Answer {
    let manner = context.request.manner;
    let several = context.library.as_ref().is_some_and(|library| library.has_several_articles());
    // Forms have the option to name an article only where there are several.
    let shown = |option: &&Opt| !manner.by_name || several || option.name != "article";
    let options = command.options.iter().filter(shown);
    let further: &[_] = if command.takes_further() { manner.further } else { &[] };
    let (written, names): (String, Vec<Entry>) = match manner.by_name {
        false => (
            usage(command),
            options.map(|it| Entry::new(it.called().to_uppercase(), it.about(manner.room))).collect(),
        ),
        true => {
            let all: Vec<&Opt> = options.chain(further).collect();
            let written = all.iter().map(|it| match it.required {
                true => format!(" {}", it.called()),
                false => format!(" [{}]", it.called()),
            });
            let written = format!("/{}{}", command.called(), written.collect::<String>());
            (written, all.iter().map(|it| Entry::new(it.called(), it.about(manner.room))).collect())
        }
    };
    let answer = Answer::found(format!("/{}", command.called()))
        .paragraph(say!("sentence", words = command.about(manner.room)))
        .fields([(say!("help-usage"), written)])
        .list(say!("help-options"), names);
    match command.label_on_message().filter(|_| manner.on_message) {
        Some(label) => answer.paragraph(say!("help-does-it-on-message", label = label)),
        None => answer,
    }
}

/// The words with which the names of several commands begin.
fn groups<'a>(context: &Context<'a>) -> impl Iterator<Item = &'static str> + use<'a> {
    context.table.iter().filter_map(Command::group)
}
