//! `/language`: the language in which somebody is answered.

use crate::answer::{Answer, AnswerKind};
use crate::locale::Locale;
use crate::say;

use super::command::{Command, Context, Effect};
use super::names::NameOf;
use super::options::{DEFAULT, Suggest, words};
use super::problem::Problem;
use super::text::clean;

pub(super) const COMMAND: Command = Command::new("language", |context| Box::pin(run(context)))
    .options(&[words("language", "option-language-language", false, Suggest::Languages)])
    .examples(&["language español", "language English", "language default"])
    .effect(Effect::Personal);

async fn run(context: &Context<'_>) -> Result<Answer, Problem> {
    let person = &context.request.caller.id;
    let community = &context.world.community;
    match context.arg("language") {
        None => Ok(offer(Answer::found(say!("language-now", language = Locale::current().name())))),
        Some(typed) if NameOf::Value.is_called(DEFAULT, typed) => {
            community.forget_language(person).await?;
            Ok(Answer::found(say!("language-default")).private())
        }
        Some(typed) => match Locale::named(typed) {
            Some(language) => {
                community.choose_language(person, language).await?;
                let said = || say!("language-chosen", language = language.name());
                Ok(Answer::found(language.sync_scope(said)).private())
            }
            None => Ok(unknown(typed)),
        },
    }
}

/// The answer to a language that the catalogue does not have.
pub(super) fn unknown(typed: &str) -> Answer {
    offer(Answer::other(AnswerKind::WrongUsage, say!("language-unknown", typed = clean(typed))))
}

/// With all languages to choose from, each under the name that its speakers know.
fn offer(answer: Answer) -> Answer {
    let answer = Locale::all().fold(answer, |answer, locale| {
        answer.choice(locale.own_name(), format!("language {}", locale.code()))
    });
    answer.private()
}
