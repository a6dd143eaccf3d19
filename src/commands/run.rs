//! Running a command: may the caller, what would it do, what did it do.

use tracing::Instrument;

use crate::answer::{Answer, AnswerKind, ChoiceKind, Part, Visibility};
use crate::community::{AuditEntry, AuditOutcome};
use crate::platform::Platform;

use super::caller::{Origin, Role};
use super::command::{Context, Request};
use super::line::refuse::{MAX_VALUE, too_long};
use super::line::write::line;
use super::problem::Problem;
use super::show::confirmed_by;
use super::table::{TABLE, command};
use super::text::clean;
use super::world::World;

/// Runs a command. Always answers: what goes wrong inside is logged, and told in words for people.
pub async fn run(world: &World, request: &Request) -> Answer {
    let started = world.clock.instant();
    let span = tracing::info_span!(
        "command",
        name = request.command.name,
        platform = request.platform.map(Platform::as_str),
        outcome = tracing::field::Empty,
        micros = tracing::field::Empty
    );
    async {
        let answer = answer(world, request).await;
        let took = world.clock.instant().duration_since(started);
        let span = tracing::Span::current();
        span.record("outcome", tracing::field::debug(answer.kind));
        span.record("micros", u64::try_from(took.as_micros()).unwrap_or(u64::MAX));
        tracing::info!("answered");
        answer
    }
    .instrument(span)
    .await
}

/// Runs a command. If it finds nothing, and the line reads as a question too, that is asked, and the request becomes
/// the question: what is done with the answer later is done with that.
pub async fn run_or_ask(world: &World, request: &mut Request) -> Answer {
    let answer = run(world, request).await;
    let finds_nothing = matches!(answer.kind, AnswerKind::NothingFound | AnswerKind::WrongUsage);
    let question = request.question.take().filter(|_| finds_nothing);
    let Some((ask, args)) = command("ask").zip(question) else { return answer };
    (request.command, request.args) = (ask, args);
    run(world, request).await
}

/// Whether the answer to a request will be for the caller only, as far as that can be told beforehand:
/// whatever the command finds, its errors are.
pub fn is_private(world: &World, request: &Request) -> bool {
    request.command.role != Role::Member
        || request.private.unwrap_or_else(|| world.community.is_private(&request.places).unwrap_or(false))
}

async fn answer(world: &World, request: &Request) -> Answer {
    let answer = public_answer(world, request).await;
    if is_private(world, request) {
        return answer.private();
    }
    // Who wants an answer to be seen gets that, also where it is for one person as a rule.
    match (request.private, answer.kind) {
        (Some(false), AnswerKind::Found) => Answer { visibility: Visibility::Everyone, ..answer },
        _ => answer,
    }
}

async fn public_answer(world: &World, request: &Request) -> Answer {
    let command = request.command;
    if let Some(only) = command.only.filter(|only| Some(*only) != request.platform) {
        let title = format!("/{} is only for {}.", command.name, only.title());
        return Answer::other(AnswerKind::WrongUsage, title).choice("What can be asked", "help");
    }
    if request.caller.role < command.role {
        audit(world, request, AuditOutcome::Refused, "").await;
        let who = match command.role {
            Role::Editor => "editors: the settings say who is one".into(),
            _ => request.manner.say("moderators of this room"),
        };
        return Answer::other(AnswerKind::Refused, format!("/{} is for {who}.", command.name));
    }
    if let Some((name, length)) = too_long(request) {
        let title = format!("That is too long: {length} characters for “{name}”, at most {}.", MAX_VALUE);
        return Answer::other(AnswerKind::WrongUsage, title);
    }
    let is_off = || world.community.is_command_on(&request.places, command.name) == Some(false);
    if request.caller.role < Role::Moderator && is_off() {
        let title = format!("/{} is switched off here.", command.name);
        return Answer::other(AnswerKind::Refused, title).choice("What can be asked", "help");
    }
    let context = Context { world, request, library: world.store.current(), table: TABLE };
    let said = |outcome| match outcome {
        Ok(answer) => answer,
        Err(Problem::Instead(answer)) => *answer,
        Err(problem) => failed(&problem, command.role),
    };
    let effect = request.effect();
    if !effect.may_be_chosen() && request.origin == Origin::Chosen {
        return confirmation(request, said(asked(&context).await));
    }
    let answer = said((command.run)(&context).await);
    if effect.is_audited() {
        let outcome = match answer.kind {
            AnswerKind::Found => AuditOutcome::Done,
            _ => AuditOutcome::Failed,
        };
        audit(world, request, outcome, &answer.title).await;
    }
    answer
}

/// What a command that changes something would do.
async fn asked(context: &Context<'_>) -> Result<Answer, Problem> {
    let command = context.request.command;
    match command.confirm {
        Some(confirm) => confirm(context).await,
        None => Ok(Answer::found(format!("/{}?", line(context.request)))
            .paragraph(context.request.manner.say(command.about))),
    }
}

/// What a command would do, with the choice that has it done.
fn confirmation(request: &Request, answer: Answer) -> Answer {
    if answer.kind != AnswerKind::Found {
        return answer;
    }
    let caller = Part::Person(request.caller.id.clone());
    let answer = answer.facts(vec![(vec![Part::Text("Asked by".into())], vec![caller])]).private();
    // A command may name exactly what it would do, where its line alone could mean something else later.
    match answer.choices.iter().any(|choice| choice.kind == ChoiceKind::Confirm) {
        true => answer,
        false => confirmed_by(answer, line(request)),
    }
}

/// The answer to a failure: what to do next, and to members nothing of its inside.
fn failed(problem: &Problem, role: Role) -> Answer {
    tracing::error!(error = %problem, "a command failed");
    let title = match problem {
        Problem::NoLibrary => "No article is loaded yet: an editor has to /reload.",
        Problem::Library(_) => "The library can't be read just now. Try again, or ask an editor to /reload.",
        Problem::Community(_) | Problem::Load(_) | Problem::Instead(_) => {
            "That did not work. The operator finds the cause in the log."
        }
    };
    let answer = Answer::other(AnswerKind::Failed, title);
    match problem {
        Problem::NoLibrary => answer,
        problem if role == Role::Editor => answer.paragraph(problem.to_string()),
        _ => answer,
    }
}

async fn audit(world: &World, request: &Request, outcome: AuditOutcome, detail: &str) {
    let options: Vec<String> =
        request.args.iter().map(|(name, value)| format!("{name}={}", clean(&value.to_string()))).collect();
    let entry = AuditEntry {
        at: world.clock.now().as_millisecond(),
        who: request.caller.id.clone(),
        command: [vec![request.command.name.to_string()], options].concat().join(" "),
        outcome,
        detail: detail.to_string(),
    };
    // A full disk must not keep an answer from being given.
    if let Err(error) = world.community.record(&entry).await {
        // Without what was typed: that is nobody's business but the audit log's.
        let command = request.command.name;
        tracing::error!(%error, who = entry.who, command, outcome = outcome.as_str(), "the audit log can't be written");
    }
}
