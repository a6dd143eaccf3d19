//! What is offered while somebody types an option.

use crate::article::Kind;
use crate::library::{Found, Suggestion};
use crate::locale::{Locale, plain};

use super::names::NameOf;
use super::options::{ACTORS, DEFAULT, Opt, Suggest};
use super::problem::Problem;
use super::table::TABLE;
use super::world::World;

/// The most suggestions: Discord shows no more.
const MAX_SUGGESTIONS: usize = 25;

/// What a person may want to put into an option, after typing `typed`. `article` narrows it. At most 25.
pub async fn suggest(world: &World, option: &Opt, typed: &str, article: Option<&str>) -> Vec<Suggestion> {
    let plain = |value: &str| Suggestion { value: value.into(), title: value.into() };
    let outcome = match option.suggest {
        Suggest::Nothing => Ok(Vec::new()),
        Suggest::OneOf(values) => Ok(values
            .iter()
            .map(|value| Suggestion { value: (*value).into(), title: NameOf::Value.called(value) })
            .filter(|it| begins(&it.title, typed) || begins(&it.value, typed))
            .collect()),
        Suggest::Languages => Ok(languages(typed)),
        Suggest::Times if typed.starts_with(|c: char| c.is_ascii_digit()) => match world.store.current() {
            None => Ok(Vec::new()),
            Some(library) => library.suggest_years(typed, MAX_SUGGESTIONS).await.map_err(Problem::from),
        },
        Suggest::Times => return Box::pin(suggest(world, &ACTORS, typed, article)).await,
        Suggest::Commands => Ok(TABLE
            .iter()
            .map(|command| Suggestion { value: command.name.into(), title: command.called() })
            .filter(|it| begins(&it.title, typed) || begins(&it.value, typed))
            .take(MAX_SUGGESTIONS)
            .collect()),
        Suggest::Revisions => world.community.revisions().await.map_err(Problem::from).map(|revisions| {
            revisions
                .iter()
                .filter(|it| it.revision.starts_with(typed))
                .take(MAX_SUGGESTIONS)
                .map(|it| plain(&it.revision))
                .collect()
        }),
        Suggest::Names(kinds) => match world.store.current() {
            None => Ok(Vec::new()),
            Some(library) => {
                // Who names an article may want any.
                let article = match article.filter(|_| kinds != [Kind::Article]) {
                    Some(name) => match library.find_name(name, &[Kind::Article], None).await {
                        Ok(Found::Sure { same, .. }) => same.first().map(|it| it.article),
                        _ => None,
                    },
                    None => None,
                };
                library.suggest(typed, kinds, article, MAX_SUGGESTIONS).await.map_err(Problem::from)
            }
        },
    };
    outcome.unwrap_or_else(|problem: Problem| {
        tracing::error!(error = %problem, "suggestions failed");
        Vec::new()
    })
}

/// Whether a name begins as it was typed, whatever the accents and capitals.
fn begins(name: &str, typed: &str) -> bool {
    plain(name).starts_with(&plain(typed))
}

/// The languages of the catalogue, each under the name that its speakers know, and what takes a choice back.
fn languages(typed: &str) -> Vec<Suggestion> {
    let all = Locale::all().map(|it| Suggestion { value: it.code().into(), title: it.own_name() });
    let default = Suggestion { value: DEFAULT.into(), title: NameOf::Value.called(DEFAULT) };
    all.chain([default]).filter(|it| begins(&it.title, typed) || begins(&it.value, typed)).collect()
}
