//! `/room …`: what moderators decide for a room: its article, whether answers are private, and which
//! commands can be used.
//!
//! Decisions are kept by place. A thread that has nothing decided goes by its channel, and a channel by
//! its server.

use crate::answer::{Answer, AnswerKind, Entry};
use crate::article::Kind;
use crate::library::{ArticleEntry, Found};

use super::show::{self, clean};
use super::{Command, Context, Problem, Standing, TABLE, World, article_meant, command};

/// The setting with the id of the article that is meant.
pub(super) const ARTICLE: &str = "article";
/// The setting of who sees answers: `on` or `off`.
pub(super) const PRIVATE: &str = "private";

/// The setting of what commands begin with.
pub(super) const PREFIX: &str = "prefix";

/// The longest prefix, in characters.
const MAX_PREFIX: usize = 8;

/// The setting of a command's use: `on` or `off`.
fn use_of(command: &Command) -> String {
    format!("command {}", command.name)
}

/// Whether a command can't be used here.
pub(super) fn is_off(world: &World, places: &[String], command: &Command) -> bool {
    world.community.setting(places, &use_of(command)).is_some_and(|it| it == "off")
}

/// The article that is meant here when nobody names one. One that is gone is not meant.
pub(super) async fn article_here(context: &Context<'_>) -> Result<Option<ArticleEntry>, Problem> {
    match article_meant(context.world, &context.request.places) {
        Some(key) => Ok(context.library()?.article(&key).await?),
        None => Ok(None),
    }
}

pub(super) async fn show(context: &Context<'_>) -> Result<Answer, Problem> {
    if let Some(nowhere) = nowhere(context) {
        return Ok(nowhere);
    }
    let community = &context.world.community;
    let places = &context.request.places;
    let article = match article_here(context).await? {
        Some(article) => article.title,
        None => "all of them".into(),
    };
    let private = community.setting(places, PRIVATE).is_some_and(|it| it == "on");
    let off: Vec<String> = TABLE
        .iter()
        .filter(|it| is_off(context.world, places, it))
        .map(|it| format!("/{}", it.name))
        .collect();
    let mut answer = Answer::found("What is decided for this room").fields([
        ("Article meant when nobody names one", article),
        ("Answers", if private { "only for who asked" } else { "for everyone" }.into()),
        ("Commands that are off", if off.is_empty() { "none".into() } else { off.join(", ") }),
    ]);
    for (at, place) in places.iter().enumerate() {
        let title = match (at, places.len()) {
            (0, _) => "Decided here",
            (at, all) if at + 1 == all => "Decided for the whole server",
            _ => "Decided for the channel of this thread",
        };
        let settings = community.settings(place);
        answer = answer.list(title, settings.iter().map(|(name, value)| Entry::new(name, value)).collect());
    }
    Ok(answer.private())
}

pub(super) async fn article(context: &Context<'_>) -> Result<Answer, Problem> {
    let Some(typed) = context.arg("name") else {
        return decide(context, ARTICLE, None, "All articles are meant when nobody names one").await;
    };
    let library = context.library()?;
    let found = library.find(typed, &[Kind::Article], None, true).await?;
    let Found::Sure { same, .. } = &found else {
        return Ok(show::not_found(context, typed, "article", found, vec![], |named| {
            format!("room article {}", named.key)
        }));
    };
    let Some(named) = same.first() else { return Ok(Answer::found("It is gone.")) };
    let title = format!("“{}” is meant when nobody names an article", named.title);
    decide(context, ARTICLE, Some(&named.key), &title).await
}

pub(super) async fn private(context: &Context<'_>) -> Result<Answer, Problem> {
    let value = switch(context, "answers")?;
    let title = match value {
        Some("on") => "Answers are only for who asked",
        Some(_) => "Answers are for everyone",
        None => "Answers are no longer decided on",
    };
    decide(context, PRIVATE, value, title).await
}

pub(super) async fn commands(context: &Context<'_>) -> Result<Answer, Problem> {
    let typed = context.arg("command").unwrap_or_default();
    let Some(command) = command(&typed.trim_start_matches('/').to_lowercase()) else {
        let title = format!("There is no command “{}”.", clean(typed));
        return Ok(Answer::other(AnswerKind::NothingFound, title).choice("All commands", "help"));
    };
    if command.name == "help" || command.standing != Standing::Member {
        let title = format!("/{} can't be switched: only commands that members ask with can.", command.name);
        return Ok(Answer::other(AnswerKind::WrongUsage, title));
    }
    let value = switch(context, "use")?;
    let title = match value {
        Some("off") => format!("/{} is off for members", command.name),
        Some(_) => format!("/{} is on", command.name),
        None => format!("/{} is no longer decided on", command.name),
    };
    decide(context, &use_of(command), value, &title).await
}

pub(super) async fn prefix(context: &Context<'_>) -> Result<Answer, Problem> {
    let Some(typed) = context.arg("prefix") else {
        return decide(context, PREFIX, None, "Commands begin as usual").await;
    };
    // A word before a command would be read with it; a slash is the client's own.
    let sign = |c: char| !c.is_alphanumeric() && !c.is_control() && !"/\"'“”„<>@".contains(c);
    if typed.chars().count() > MAX_PREFIX
        || typed.contains(char::is_whitespace)
        || !typed.chars().next_back().is_some_and(sign)
    {
        let title = format!(
            "“{}” can't be what commands begin with: take one to {MAX_PREFIX} signs without spaces, the last one no letter, such as ? or rap!",
            clean(typed)
        );
        return Ok(Answer::other(AnswerKind::WrongUsage, title));
    }
    decide(context, PREFIX, Some(typed), &format!("Commands begin with {}", clean(typed))).await
}

/// The platform leaves when it has said this.
pub(super) async fn leave(context: &Context<'_>) -> Result<Answer, Problem> {
    Ok(match nowhere(context) {
        Some(nowhere) => nowhere,
        None => Answer::found("Goodbye. Who wants to ask again invites me again."),
    })
}

/// `on`, `off`, or `None` for `default`.
fn switch<'a>(context: &'a Context<'_>, option: &str) -> Result<Option<&'a str>, Problem> {
    match context.arg(option) {
        Some(value @ ("on" | "off")) => Ok(Some(value)),
        Some("default") => Ok(None),
        other => {
            let title = format!("Say on, off or default, not “{}”.", clean(other.unwrap_or_default()));
            Err(Answer::other(AnswerKind::WrongUsage, title).into())
        }
    }
}

async fn decide(
    context: &Context<'_>,
    setting: &str,
    value: Option<&str>,
    title: &str,
) -> Result<Answer, Problem> {
    if let Some(nowhere) = nowhere(context) {
        return Ok(nowhere);
    }
    let places = &context.request.places;
    // Where a room belongs to no server, everywhere is here.
    let everywhere = context.arg("everywhere").is_some() && places.len() > 1;
    let place = if everywhere { places.last() } else { places.first() };
    let Some(place) = place else { return Ok(Answer::found(title)) };
    context.world.community.decide(place, setting, value).await?;
    let range = if everywhere { "in all rooms that have nothing else decided" } else { "here" };
    Ok(Answer::found(format!("{title}, {range}.")).choice("All that is decided", "room show").private())
}

/// The answer where there are no rooms to decide for.
fn nowhere(context: &Context<'_>) -> Option<Answer> {
    let title = "There are no rooms here: this is for Discord and Matrix.";
    context.request.places.is_empty().then(|| Answer::other(AnswerKind::WrongUsage, title))
}
