//! `/room show`: what is set for this room.

use crate::answer::{Answer, Entry};
use crate::community::{MeantArticle, RoomSetting};
use crate::say;

use super::super::caller::Role;
use super::super::command::{Command, Context};
use super::super::names::NameOf;
use super::super::options::{OFF, ON};
use super::super::problem::Problem;
use super::super::show::article_here;
use super::setting::{nowhere, range};

pub(in crate::commands) const COMMAND: Command = Command::new("room show", |context| Box::pin(run(context)))
    .examples(&["room show"])
    .role(Role::Moderator);

async fn run(context: &Context<'_>) -> Result<Answer, Problem> {
    if let Some(nowhere) = nowhere(context) {
        return Ok(nowhere);
    }
    let community = &context.world.community;
    let places = &context.request.places;
    let article = match article_here(context).await? {
        Some(article) => article.title,
        None => say!("room-show-all-articles"),
    };
    let private = community.is_private(places).unwrap_or(false);
    let off: Vec<String> = context
        .table
        .iter()
        .filter(|it| community.is_command_on(places, it.name) == Some(false))
        .map(|it| format!("/{}", it.name))
        .collect();
    let mut answer = Answer::found(say!("room-show-title", place = context.request.manner.room.as_str()))
        .fields([
            (say!("room-show-article"), article),
            (
                say!("room-show-answers"),
                if private { say!("room-show-private") } else { say!("room-show-everyone") },
            ),
            (say!("room-show-off"), if off.is_empty() { say!("room-show-none") } else { off.join(", ") }),
        ]);
    for (at, place) in places.iter().enumerate() {
        let title = say!("room-show-decided", range = range(at, places.len()));
        let settings = community.settings(place);
        answer = answer.list(title, settings.iter().map(entry).collect());
    }
    Ok(answer.private())
}

/// A setting as a moderator reads it.
fn entry(setting: &RoomSetting) -> Entry {
    let switch = |on: bool| NameOf::Value.called(if on { ON } else { OFF });
    let (lead, text) = match setting {
        RoomSetting::Article(MeantArticle::All) => {
            (NameOf::Command.called("article"), NameOf::Value.called("all"))
        }
        RoomSetting::Article(MeantArticle::One(key)) => (NameOf::Command.called("article"), key.clone()),
        RoomSetting::Private(on) => (NameOf::Command.called("private"), switch(*on)),
        RoomSetting::Prefix(prefix) => (NameOf::Command.called("prefix"), prefix.to_string()),
        RoomSetting::Language(language) => (NameOf::Command.called("language"), language.name()),
        RoomSetting::Command(name, on) => {
            (say!("room-show-command", name = NameOf::Command.called(name)), switch(*on))
        }
        // The program's own, which is never listed.
        RoomSetting::UndecryptedReported => (String::new(), String::new()),
    };
    Entry::new(lead, text)
}
