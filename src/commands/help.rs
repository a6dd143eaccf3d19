//! `/help`: what can be asked, and how.

use crate::answer::{Answer, AnswerKind, Entry};

use super::line::{is_group, unfinished, usage};
use super::show::clean;
use super::{Context, Problem, Standing, TABLE, command, room};

pub(super) async fn run(context: &Context<'_>) -> Result<Answer, Problem> {
    let standing = context.request.asker.standing;
    if let Some(name) = context.arg("command") {
        let wanted = name.trim_start_matches('/').to_lowercase();
        if is_group(&wanted) {
            return Ok(unfinished(&wanted, context.request.platform));
        }
        let Some(command) = command(&wanted) else {
            let title = format!("There is no command “{}”.", clean(name));
            return Ok(Answer::other(AnswerKind::NothingFound, title).choice("All commands", "help"));
        };
        let options =
            command.options.iter().map(|option| Entry::new(option.name.to_uppercase(), option.about));
        let mut answer = Answer::found(format!("/{}", command.name))
            .paragraph(format!("{}.", command.about))
            .fields([("Write it so", usage(command))])
            .list("Options", options.collect());
        if command.standing != Standing::Member {
            answer = answer.paragraph(format!("For {}s.", command.standing.word()));
        }
        return Ok(command
            .examples
            .iter()
            .fold(answer, |answer, example| answer.choice(format!("/{example}"), *example))
            .private());
    }
    let rows = |wanted: Standing| {
        TABLE
            .iter()
            .filter(|command| command.standing == wanted && command.is_on(context.request.platform))
            .filter(|command| !room::is_off(context.world, &context.request.places, command))
            .map(|command| Entry {
                line: Some(format!("help {}", command.name)),
                ..Entry::new(format!("/{}", command.name), command.about)
            })
            .collect::<Vec<_>>()
    };
    let mut answer = Answer::found("What can be asked").list("", rows(Standing::Member));
    if standing >= Standing::Moderator && !context.request.places.is_empty() {
        answer = answer.list("For moderators", rows(Standing::Moderator));
    }
    if standing == Standing::Editor {
        answer = answer.list("For editors", rows(Standing::Editor));
    }
    Ok(answer
        .paragraph("Every answer says where in the article it comes from, and whose words they are.")
        .private())
}
