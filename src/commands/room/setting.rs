//! Setting something for a room, or taking it back.

use crate::answer::{Answer, AnswerKind};
use crate::community::{RoomSetting, RoomSettingKey};

use super::super::context::{Context, Problem};
use super::super::text::clean;

/// What takes a setting back.
pub(super) const DEFAULT: &str = "default";

/// For what range one of the places decides.
pub(super) fn whence(at: usize, places: usize) -> &'static str {
    match at {
        0 => "here",
        at if at + 1 == places => "for the whole server",
        _ => "for the channel of this thread",
    }
}

/// What somebody wants of a switch.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Switch {
    On,
    Off,
    Default,
}

impl Switch {
    /// On or off; `None` for the default.
    pub fn on(self) -> Option<bool> {
        match self {
            Switch::On => Some(true),
            Switch::Off => Some(false),
            Switch::Default => None,
        }
    }
}

/// The switch that was given for an option.
///
/// # Errors
/// The answer to something else than `on`, `off` and `default`.
pub(super) fn switch(context: &Context<'_>, option: &str) -> Result<Switch, Problem> {
    match context.arg(option) {
        Some("on") => Ok(Switch::On),
        Some("off") => Ok(Switch::Off),
        Some(DEFAULT) => Ok(Switch::Default),
        other => {
            let title = format!("Say on, off or default, not “{}”.", clean(other.unwrap_or_default()));
            Err(Answer::other(AnswerKind::WrongUsage, title).into())
        }
    }
}

/// Sets something for this room, or for all rooms of its server; `title` says what.
pub(super) async fn set(context: &Context<'_>, setting: RoomSetting, title: &str) -> Result<Answer, Problem> {
    change(context, Err(setting), title).await
}

/// Takes a setting of this room back, or of all rooms of its server.
pub(super) async fn unset(
    context: &Context<'_>,
    key: RoomSettingKey<'_>,
    title: &str,
) -> Result<Answer, Problem> {
    change(context, Ok(key), title).await
}

async fn change(
    context: &Context<'_>,
    what: Result<RoomSettingKey<'_>, RoomSetting>,
    title: &str,
) -> Result<Answer, Problem> {
    if let Some(nowhere) = nowhere(context) {
        return Ok(nowhere);
    }
    let places = &context.request.places;
    // Where a room belongs to no server, everywhere is here.
    let everywhere = context.request.flag("everywhere") && places.len() > 1;
    let place = if everywhere { places.last() } else { places.first() };
    let Some(place) = place else { return Ok(Answer::found(title)) };
    match what {
        Ok(key) => context.world.community.unset(place, key).await?,
        Err(setting) => context.world.community.set(place, setting).await?,
    }
    let range = if everywhere { "in all rooms that have nothing else decided" } else { "here" };
    let range = context.request.manner.say(range);
    Ok(Answer::found(format!("{title}, {range}.")).choice("All that is decided", "room show").private())
}

/// The answer where there are no rooms to decide for.
pub(super) fn nowhere(context: &Context<'_>) -> Option<Answer> {
    let title = "There are no rooms here: this is for Discord and Matrix.";
    context.request.places.is_empty().then(|| Answer::other(AnswerKind::WrongUsage, title))
}
