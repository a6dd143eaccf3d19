//! `/event`: one event.

use crate::answer::{Answer, ChoiceKind};
use crate::article::{Item, Kind, LinkKind};

use super::command::{Command, Context};
use super::options::{ARTICLE, Suggest, words};
use super::problem::Problem;
use super::several;
use super::show;
use crate::say;

pub(super) const COMMAND: Command = Command::new("event", |context| Box::pin(run(context)))
    .options(&[words("name", "option-event-name", true, Suggest::Names(&[Kind::Event])), ARTICLE])
    .examples(&["event rose garden", "event remain in mexico"]);

pub(super) async fn run(context: &Context<'_>) -> Result<Answer, Problem> {
    let library = context.library()?;
    let one = show::one(context, context.arg("name").unwrap_or_default(), Kind::Event).await?;
    if one.same.len() > 1 {
        return several::event(context, one).await;
    }
    let record = &one.record;
    let Item::Event(event) = &record.item else { return Ok(Answer::found(record.item.title())) };
    let names = show::actor_names(std::slice::from_ref(record));
    let named = |ids: &[String]| {
        let names = ids.iter().map(|id| names.get(&(record.article, id.clone())).unwrap_or(id).clone());
        names.collect::<Vec<_>>().join(", ")
    };
    let arguments =
        library.records(&library.linked(&[record.id], LinkKind::Ground, Kind::Argument).await?).await?;
    let when = match &event.when {
        Some(when) => when.said().unwrap_or_default(),
        None => say!("event-no-date"),
    };
    let answer = Answer::found(&event.title)
        .paragraph(&event.summary)
        .fields([
            (say!("event-when"), when),
            (say!("event-who"), named(&event.actors)),
            (say!("event-topics"), named(&event.topics)),
        ])
        .list(say!("event-grounds"), arguments.iter().map(|it| show::entry("", it, library)).collect())
        .source(Some(show::source(record, library)));
    let answer = match record.item.source() {
        Some(_) => answer.offer(ChoiceKind::Source, say!("where-in-text"), show::where_line(record, library)),
        None => answer,
    };
    Ok(one.finish(answer))
}
