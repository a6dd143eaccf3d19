//! Running a command: may the caller, what would it do, what did it do.

use tracing::Instrument;

use crate::answer::{Answer, AnswerKind, ChoiceKind, Part, Visibility};
use crate::community::{AuditEntry, AuditOutcome};
use crate::platform::Platform;
use crate::say;

use super::caller::{Origin, Role};
use super::command::{Context, Effect, Request};
use super::line::refuse::{MAX_VALUE, too_long};
use super::line::write::line;
use super::names::NameOf;
use super::problem::Problem;
use super::show::confirmed_by;
use super::table::{GROUPS, TABLE, command};
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
    let command = request.command;
    if command.secret || command.role != Role::Member {
        return true;
    }
    // What somebody says in a discussion is for all.
    let may_be = command.effect != Effect::Contributes;
    let is_set = || world.community.is_private(&request.places).unwrap_or(false);
    may_be && request.private.unwrap_or_else(is_set)
}

async fn answer(world: &World, request: &Request) -> Answer {
    if let Err(error) = world.community.know_room(&request.places).await {
        tracing::warn!(%error, "which server a room is in can't be written down");
    }
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
        let title = say!("run-only-for", command = command.called(), platform = only.as_str());
        return Answer::other(AnswerKind::WrongUsage, title).choice(say!("choice-help"), "help");
    }
    if request.caller.role < command.role {
        audit(world, request, AuditOutcome::Refused, "").await;
        let command_name = command.called();
        let title = match command.role {
            Role::Editor => say!("run-for-editors", command = command_name),
            _ => say!("run-for-moderators", command = command_name, place = request.manner.room.as_str()),
        };
        return Answer::other(AnswerKind::Refused, title);
    }
    if let Some((name, length)) = too_long(request) {
        let name = NameOf::Option.called(name);
        let title = say!("run-too-long", length = length, option = name, most = MAX_VALUE);
        return Answer::other(AnswerKind::WrongUsage, title);
    }
    let is_off = || world.community.is_command_on(&request.places, command.name) == Some(false);
    if request.caller.role < Role::Moderator && is_off() {
        let title = say!("run-switched-off", command = command.called());
        return Answer::other(AnswerKind::Refused, title).choice(say!("choice-help"), "help");
    }
    let context = Context { world, request, library: world.store.current(), table: TABLE, groups: GROUPS };
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
        None => Ok(Answer::found(say!("run-confirm", line = line(context.request)))
            .paragraph(command.about(context.request.manner.room))),
    }
}

/// What a command would do, with the choice that has it done.
fn confirmation(request: &Request, answer: Answer) -> Answer {
    if answer.kind != AnswerKind::Found {
        return answer;
    }
    let caller = Part::Person(request.caller.id.clone());
    let answer = answer.facts(vec![(vec![Part::Text(say!("run-asked-by"))], vec![caller])]).private();
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
        Problem::NoLibrary => say!("run-no-library"),
        Problem::Library(_) => say!("run-no-reading"),
        Problem::Community(_) | Problem::Load(_) | Problem::Instead(_) => say!("run-failed"),
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
