//! `/room show`: what is set for this room.

use crate::answer::{Answer, Entry};

use super::super::command::{Command, Role};
use super::super::context::{Context, Problem};
use super::super::show::article_here;
use super::setting::{nowhere, whence};

pub(in crate::commands) const COMMAND: Command =
    Command::new("room show", "What is decided for this room", |context| Box::pin(run(context)))
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
        None => "all of them".into(),
    };
    let private = community.is_private(places).unwrap_or(false);
    let off: Vec<String> = context
        .table
        .iter()
        .filter(|it| community.is_command_on(places, it.name) == Some(false))
        .map(|it| format!("/{}", it.name))
        .collect();
    let mut answer = Answer::found(context.request.manner.say("What is decided for this room")).fields([
        ("Article meant when nobody names one", article),
        ("Answers", if private { "only for who asked" } else { "for everyone" }.into()),
        ("Commands that are off", if off.is_empty() { "none".into() } else { off.join(", ") }),
    ]);
    for (at, place) in places.iter().enumerate() {
        let title = format!("Decided {}", whence(at, places.len()));
        let settings = community.settings(place);
        answer = answer.list(title, settings.iter().map(|it| Entry::from(it.shown())).collect());
    }
    Ok(answer.private())
}
