//! `/room …`: what moderators decide for a room: its article, whether answers are private, and which
//! commands can be used.
//!
//! Decisions are kept by place. A thread that has nothing decided goes by its channel, and a channel by
//! its server.

use crate::answer::{Answer, AnswerKind, Entry};
use crate::article::Kind;
use crate::library::{ArticleEntry, Found, Named};

use super::show::{self, clean};
use super::{Command, Context, Problem, Request, Role, TABLE, World, article_meant, command};

/// The setting with the id of the article that is meant.
pub(super) const ARTICLE: &str = "article";
/// What that setting is where all articles are meant although more has been decided for the server.
pub(super) const ALL: &str = "all";
/// The setting of who sees answers: `on` or `off`.
pub(super) const PRIVATE: &str = "private";

/// The setting of what commands begin with.
pub(super) const PREFIX: &str = "prefix";

/// What takes a decision back.
const DEFAULT: &str = "default";

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
    let mut answer = Answer::found(context.request.manner.say("What is decided for this room")).fields([
        ("Article meant when nobody names one", article),
        ("Answers", if private { "only for who asked" } else { "for everyone" }.into()),
        ("Commands that are off", if off.is_empty() { "none".into() } else { off.join(", ") }),
    ]);
    for (at, place) in places.iter().enumerate() {
        let title = format!("Decided {}", whence(at, places.len()));
        let settings = community.settings(place);
        answer = answer.list(title, settings.iter().map(|(name, value)| Entry::new(name, value)).collect());
    }
    Ok(answer.private())
}

pub(super) async fn article(context: &Context<'_>) -> Result<Answer, Problem> {
    let decided = match context.arg("name") {
        None => {
            let answer = Answer::found(meant(context).await?);
            return Ok(
                nowhere(context).unwrap_or(answer.choice("All that is decided", "room show").private())
            );
        }
        Some(name) if name.eq_ignore_ascii_case(ALL) => {
            let title = "All articles are meant when nobody names one";
            set(context, ARTICLE, Some(ALL), title).await?
        }
        Some(name) if name.eq_ignore_ascii_case(DEFAULT) => {
            set(context, ARTICLE, None, "The article is no longer decided on").await?
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
            set(context, ARTICLE, Some(&named.key), &title).await?
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
    let decided = |place| context.world.community.setting(std::slice::from_ref(place), ARTICLE);
    let Some((at, key)) = places.iter().enumerate().find_map(|(at, place)| Some((at, decided(place)?)))
    else {
        return Ok("Nothing is decided: all articles are meant when nobody names one.".into());
    };
    let whence = whence(at, places.len());
    let article = match key == ALL {
        true => return Ok(format!("All articles are meant when nobody names one, as decided {whence}.")),
        false => context.library()?.article(&key).await?,
    };
    Ok(match article {
        Some(article) => {
            format!("“{}” is meant when nobody names an article, as decided {whence}.", article.title)
        }
        None => format!("“{key}”, as decided {whence}, is no longer there: all articles are meant."),
    })
}

/// For what range one of the places decides.
fn whence(at: usize, places: usize) -> &'static str {
    match at {
        0 => "here",
        at if at + 1 == places => "for the whole server",
        _ => "for the channel of this thread",
    }
}

/// Whether a request only shows what is decided, though its command can change it.
pub(super) fn only_shows(request: &Request) -> bool {
    let shown = match request.command.name {
        "room article" => "name",
        "room prefix" => "prefix",
        _ => return false,
    };
    request.args.get(shown).is_none_or(|value| value.trim().is_empty())
}

pub(super) async fn private(context: &Context<'_>) -> Result<Answer, Problem> {
    let value = switch(context, "answers")?;
    let title = match value {
        Some("on") => "Answers are only for who asked",
        Some(_) => "Answers are for everyone",
        None => "Answers are no longer decided on",
    };
    set(context, PRIVATE, value, title).await
}

pub(super) async fn commands(context: &Context<'_>) -> Result<Answer, Problem> {
    let typed = context.arg("command").unwrap_or_default();
    let Some(command) = command(&typed.trim_start_matches('/').to_lowercase()) else {
        let title = format!("There is no command “{}”.", clean(typed));
        return Ok(Answer::other(AnswerKind::NothingFound, title).choice("All commands", "help"));
    };
    if command.name == "help" || command.role != Role::Member {
        let title = format!("/{} can't be switched: only commands that members ask with can.", command.name);
        return Ok(Answer::other(AnswerKind::WrongUsage, title));
    }
    let value = switch(context, "use")?;
    let title = match value {
        Some("off") => format!("/{} is off for members", command.name),
        Some(_) => format!("/{} is on", command.name),
        None => format!("/{} is no longer decided on", command.name),
    };
    set(context, &use_of(command), value, &title).await
}

pub(super) async fn prefix(context: &Context<'_>) -> Result<Answer, Problem> {
    let typed = match context.arg("prefix") {
        None => {
            let title = match context.world.community.setting(&context.request.places, PREFIX) {
                Some(prefix) => format!("Commands begin with {} here.", clean(&prefix)),
                None => "Commands begin as usual here.".into(),
            };
            let answer = Answer::found(title).choice("All that is decided", "room show").private();
            return Ok(nowhere(context).unwrap_or(answer));
        }
        Some(typed) if typed.eq_ignore_ascii_case(DEFAULT) => {
            return set(context, PREFIX, None, "Commands begin as usual").await;
        }
        Some(typed) => typed,
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
    set(context, PREFIX, Some(typed), &format!("Commands begin with {}", clean(typed))).await
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
        Some(DEFAULT) => Ok(None),
        other => {
            let title = format!("Say on, off or default, not “{}”.", clean(other.unwrap_or_default()));
            Err(Answer::other(AnswerKind::WrongUsage, title).into())
        }
    }
}

async fn set(
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
    context.world.community.set(place, setting, value).await?;
    let range = if everywhere { "in all rooms that have nothing else decided" } else { "here" };
    let range = context.request.manner.say(range);
    Ok(Answer::found(format!("{title}, {range}.")).choice("All that is decided", "room show").private())
}

/// The answer where there are no rooms to decide for.
fn nowhere(context: &Context<'_>) -> Option<Answer> {
    let title = "There are no rooms here: this is for Discord and Matrix.";
    context.request.places.is_empty().then(|| Answer::other(AnswerKind::WrongUsage, title))
}
