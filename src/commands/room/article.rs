//! `/room article`: the article that is meant when nobody names one.

use crate::answer::{Answer, AnswerKind};
use crate::article::Kind;
use crate::community::{MeantArticle, RoomSetting, RoomSettingKey};
use crate::library::{Found, Named};

use super::super::command::{Command, Effect, Role, Suggest};
use super::super::context::{Context, Problem};
use super::super::options::{EVERYWHERE, words};
use super::super::show;
use super::setting::{DEFAULT, nowhere, set, unset, whence};

pub(in crate::commands) const COMMAND: Command =
    Command::new("room article", "Which article is meant here when nobody names one", |context| {
        Box::pin(run(context))
    })
    .options(&[
        words(
            "name",
            "The article; “all” for all of them, “default” takes it back, nothing shows it",
            false,
            Suggest::Names(&[Kind::Article]),
        ),
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
                nowhere(context).unwrap_or(answer.choice("All that is decided", "room show").private())
            );
        }
        Some(name) if name.eq_ignore_ascii_case("all") => {
            let title = "All articles are meant when nobody names one";
            set(context, RoomSetting::Article(MeantArticle::All), title).await?
        }
        Some(name) if name.eq_ignore_ascii_case(DEFAULT) => {
            unset(context, RoomSettingKey::Article, "The article is no longer decided on").await?
        }
        Some(typed) => {
            let library = context.library()?;
            let found = library.find(typed, &[Kind::Article], None, true).await?;
            let Found::Sure { same, .. } = &found else {
                let line = |named: &Named| format!("room article {}", named.key);
                return Ok(show::not_found(context, typed, "article", found, vec![], line));
            };
            let Some(named) = same.first() else { return Ok(Answer::found("It is gone.")) };
            let title = format!("“{}” is meant when nobody names an article", named.title);
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
        return Ok("Nothing is decided: all articles are meant when nobody names one.".into());
    };
    let whence = whence(at, places.len());
    let (article, key) = match key {
        MeantArticle::All => {
            return Ok(format!("All articles are meant when nobody names one, as decided {whence}."));
        }
        MeantArticle::One(key) => (context.library()?.article(&key).await?, key),
    };
    Ok(match article {
        Some(article) => {
            format!("“{}” is meant when nobody names an article, as decided {whence}.", article.title)
        }
        None => format!("“{key}”, as decided {whence}, is no longer there: all articles are meant."),
    })
}
