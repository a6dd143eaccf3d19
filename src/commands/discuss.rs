//! `/discuss`: a claim of the article with two grounds and a question to talk about; and what a critic could answer.

use crate::answer::{After, Answer, AnswerKind, ChoiceKind, Entry};
use crate::article::pack::Argument;
use crate::article::{Item, Kind, LinkKind};
use crate::community::PickKind;
use crate::library::{Found, Named, Pick, Record};
use crate::say;

use super::argument;
use super::command::{Command, Context};
use super::line::write as line;
use super::names::NameOf;
use super::options::{ARTICLE, Opt, OptKind, Suggest, words};
use super::pick;
use super::problem::Problem;
use super::show::{self, Sought};

/// What it is called.
const NAME: &str = "discuss";

/// What one can name.
const KINDS: [Kind; 3] = [Kind::Argument, Kind::Topic, Kind::Quote];

/// How many grounds the claim is given with: those that matter most. The rest is a choice away.
const GROUNDS: usize = 2;

/// The word that asks for what the room has discussed, called as in `/schedule list`.
const LIST: &str = "list";

/// How many questions that list has: the last ones.
const RECENT: usize = 10;

const CRITIC: Opt = Opt {
    name: "critic",
    key: "option-discuss-critic",
    kind: OptKind::Flag,
    required: false,
    suggest: Suggest::Nothing,
};

pub(super) const COMMAND: Command = Command::new(NAME, |context| Box::pin(run(context)))
    .options(&[words("name", "option-discuss-name", false, Suggest::Names(&KINDS)), ARTICLE, CRITIC])
    .examples(&["discuss", "discuss trilateral", "discuss list"]);

pub(super) async fn run(context: &Context<'_>) -> Result<Answer, Problem> {
    let library = context.library()?;
    let article = show::article(context).await?;
    let Some(typed) = context.arg("name") else {
        return match pick::next(context, PickKind::Question, article).await? {
            Some(pick) => prompt(context, &pick, None, line::again(context.request)).await,
            None => Ok(Answer::other(AnswerKind::NothingFound, say!("discuss-nothing"))),
        };
    };
    if NameOf::Command.is_called(LIST, typed) {
        return recent(context).await;
    }
    let line = |named: &Named| show::asking_for(context, "name", named);
    let mut found = library.find_name(typed, &KINDS, article).await?;
    if !matches!(found, Found::Sure { .. }) {
        // Where a claim and others go by it, the claim is meant: it is claims that are discussed.
        let claim = library.find_name(typed, &[Kind::Argument], article).await?;
        if matches!(claim, Found::Sure { .. }) {
            found = claim;
        }
    }
    let Found::Sure { same, how, .. } = found else {
        return Ok(show::not_found(context, typed, Sought::Kind(Kind::Argument), found, vec![], line));
    };
    let on = same.first().filter(|named| named.kind != Kind::Argument);
    let on = on.map(|named| say!("discuss-on", name = named.title));
    let note = show::note(typed, &how).or(on);
    let arguments = arguments(context, &same).await?;
    let Some(first) = arguments.first().copied() else {
        let name = same.first().map(|named| named.title.clone()).unwrap_or_default();
        return Ok(Answer::other(AnswerKind::NothingFound, say!("discuss-no-claim", name = name)));
    };
    if context.request.flag("critic") {
        return critic(context, first).await;
    }
    let questions = pick::questions(library, &arguments).await?;
    // What has one question alone has no other.
    let another = match questions.len() {
        0 | 1 => NAME.to_string(),
        _ => line::again(context.request),
    };
    match pick::of_these(context, PickKind::Question, questions).await? {
        Some(pick) => prompt(context, &pick, note, another).await,
        None => {
            // The editor has none on it: the claim is a question in itself.
            let (article, item) = Default::default();
            prompt(context, &Pick { id: first, article, item, is_key: false }, note, another).await
        }
    }
}

/// What the room has discussed, the last first.
async fn recent(context: &Context<'_>) -> Result<Answer, Problem> {
    let library = context.library()?;
    let mut entries = Vec::new();
    for (record, number) in pick::lately(context, RECENT).await? {
        let Item::Argument(argument) = &record.item else { continue };
        let question = argument.questions.get(number).unwrap_or(&argument.claim);
        let handle = format!("{NAME} {}", line::quoted_word(&record.handle));
        let line = Some(show::line_in_article(handle, &record, library));
        entries.push(Entry { line, ..Entry::new(&argument.title, question) });
    }
    if entries.is_empty() {
        let answer = Answer::other(AnswerKind::NothingFound, say!("discuss-none-yet"));
        return Ok(answer.choice(say!("discuss-another"), NAME));
    }
    Ok(Answer::found(say!("discuss-list")).list("", entries))
}

/// The arguments that a name means: itself, those of a topic, those that rest on a quote.
async fn arguments(context: &Context<'_>, same: &[Named]) -> Result<Vec<i64>, Problem> {
    let library = context.library()?;
    let rows: Vec<i64> = same.iter().map(|named| named.item).collect();
    let role = match same.first().map(|named| named.kind) {
        Some(Kind::Topic) => LinkKind::Topic,
        Some(Kind::Quote) => LinkKind::Ground,
        _ => return Ok(rows),
    };
    let linked = library.linked_by_importance(&rows, &[role], Some(Kind::Argument)).await?;
    Ok(linked.into_iter().map(|(row, _)| row).collect())
}

async fn argument_at(context: &Context<'_>, row: i64) -> Result<Option<(Record, Argument)>, Problem> {
    let record = context.library()?.records(&[row]).await?.into_iter().next();
    Ok(record.and_then(|record| match record.item.clone() {
        Item::Argument(argument) => Some((record, argument)),
        _ => None,
    }))
}

/// The claim, what it rests on, and the question that was picked; `another` is the line that asks for another one.
async fn prompt(
    context: &Context<'_>,
    pick: &Pick,
    note: Option<String>,
    another: String,
) -> Result<Answer, Problem> {
    let library = context.library()?;
    let Some((record, argument)) = argument_at(context, pick.id).await? else {
        return Ok(Answer::other(AnswerKind::NothingFound, say!("discuss-nothing")));
    };
    let mut grounds = argument::grounds(library, &record, &argument).await?;
    grounds.truncate(GROUNDS);
    let question = argument.questions.get(pick::number(pick));
    let mut answer = Answer::found(say!("discuss-title", title = argument.title))
        .paragraph(&argument.claim)
        .fields([(say!("argument-whose-claim"), argument::whose(&record, &argument).unwrap_or_default())])
        .list(say!("argument-list", list = "grounds"), grounds);
    answer = match question {
        Some(question) => answer.list(say!("argument-questions"), vec![Entry::new("", question)]),
        None => answer.paragraph(say!("discuss-is-it-right")),
    };
    answer.note = note;
    let answer = answer.source(Some(show::source(&record, library)));
    let more = show::more(&record, library);
    let critic = format!("{NAME} {} --critic", line::quoted_word(&record.handle));
    let critic = show::line_in_article(critic, &record, library);
    Ok(answer
        .after(After::OpenThread)
        .offer(ChoiceKind::Item, say!("discuss-critic"), critic)
        .choice(say!("discuss-another"), another)
        .offer(ChoiceKind::Item, say!("discuss-whole"), more))
}

/// What could be said against a claim: by the article, and by the editor, each marked as such.
async fn critic(context: &Context<'_>, row: i64) -> Result<Answer, Problem> {
    let library = context.library()?;
    let Some((record, argument)) = argument_at(context, row).await? else {
        return Ok(Answer::other(AnswerKind::NothingFound, say!("discuss-nothing")));
    };
    let mut answer = Answer::found(say!("discuss-critic-title", title = argument.title));
    let roles = [LinkKind::Attacks, LinkKind::Undercuts];
    let linked = library.linked_by_importance(&[row], &roles, Some(Kind::Argument)).await?;
    for (role, word) in [(LinkKind::Attacks, "denied-by"), (LinkKind::Undercuts, "undercut-by")] {
        let rows: Vec<i64> = linked.iter().filter(|(_, it)| *it == role).map(|(row, _)| *row).collect();
        let records = library.records(&rows).await?;
        let claim = |record: &Record| {
            let text = match &record.item {
                Item::Argument(argument) => argument.claim.clone(),
                item => item.title(),
            };
            Entry { text, ..show::entry("", record, library) }
        };
        answer = answer.list(say!("argument-list", list = word), records.iter().map(claim).collect());
    }
    let critique = argument.critique.iter().map(|text| Entry::new("", text)).collect();
    answer = answer.list(say!("argument-critique"), critique);
    if answer.blocks.is_empty() {
        let title = say!("discuss-no-critic", title = argument.title);
        return Ok(Answer::other(AnswerKind::NothingFound, title).private());
    }
    Ok(answer.source(Some(show::source(&record, library))).private())
}
