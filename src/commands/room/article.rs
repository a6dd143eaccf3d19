//! `/room article`: the article that is meant when nobody names one.

use crate::answer::{Answer, AnswerKind};
use crate::article::Kind;
use crate::community::{MeantArticle, RoomSetting, RoomSettingKey};
use crate::library::{Found, Named};
use crate::say;

use super::super::caller::Role;
use super::super::command::{Command, Context, Effect};
use super::super::names::NameOf;
use super::super::options::{DEFAULT, EVERYWHERE, Suggest, words};
use super::super::problem::Problem;
use super::super::show;
use super::super::text::means_all;
use super::setting::{nowhere, range, set, unset};

pub(in crate::commands) const COMMAND: Command =
    Command::new("room article", |context| Box::pin(run(context)))
        .options(&[
            words("name", "option-room-article-name", false, Suggest::Names(&[Kind::Article])),
            EVERYWHERE,
        ])
        .examples(&["room article us-mexico", "room article all", "room article default"])
        .role(Role::Moderator)
        .effect(Effect::ChangesRoom)
        .shows_without("name");

async fn run(context: &Context<'_>) -> Result<Answer, Problem> {
    let decided = match context.arg("name") {
        None => {
            let answer = Answer::found(meant(context).await?);
            return Ok(
                nowhere(context).unwrap_or(answer.choice(say!("room-all-settings"), "room show").private())
            );
        }
        Some(name) if means_all(name) => {
            let title = say!("room-article-set-all");
            set(context, RoomSetting::Article(MeantArticle::All), &title).await?
        }
        Some(name) if NameOf::Value.is_called(DEFAULT, name) => {
            unset(context, RoomSettingKey::Article, &say!("room-article-unset")).await?
        }
        Some(typed) => {
            let library = context.library()?;
            let found = library.find(typed, &[Kind::Article], None, true).await?;
            let Found::Sure { same, .. } = &found else {
                let line = |named: &Named| format!("room article {}", named.key);
                return Ok(show::not_found(
                    context,
                    typed,
                    show::Sought::Kind(Kind::Article),
                    found,
                    vec![],
                    line,
                ));
            };
            let Some(named) = same.first() else { return Ok(Answer::found(say!("source-gone"))) };
            let title = say!("room-article-set", title = &named.title);
            set(context, RoomSetting::Article(MeantArticle::One(named.key.clone())), &title).await?
        }
    };
    // A thread or a channel may have decided something else, and the server something for all.
    match decided.kind {
        AnswerKind::Found => Ok(decided.paragraph(meant(context).await?)),
        _ => Ok(decided),
    }
}

/// Which article is meant here, and who says so.
async fn meant(context: &Context<'_>) -> Result<String, Problem> {
    let places = &context.request.places;
    let decided = |place| context.world.community.article(std::slice::from_ref(place));
    let Some((at, key)) = places.iter().enumerate().find_map(|(at, place)| Some((at, decided(place)?)))
    else {
        return Ok(say!("room-article-none"));
    };
    let range = range(at, places.len());
    let (article, key) = match key {
        MeantArticle::All => {
            return Ok(say!("room-article-is-all", range = range));
        }
        MeantArticle::One(key) => (context.library()?.article(&key).await?, key),
    };
    Ok(match article {
        Some(article) => say!("room-article-is", title = article.title, range = range),
        None => say!("room-article-gone", id = key, range = range),
    })
}
