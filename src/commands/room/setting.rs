//! Setting something for a room, or taking it back.

use crate::answer::{Answer, AnswerKind};
use crate::community::{RoomSetting, RoomSettingKey};
use crate::say;

use super::super::command::Context;
use super::super::names::NameOf;
use super::super::options::{DEFAULT, OFF, ON};
use super::super::problem::Problem;
use super::super::text::clean;

/// For what range one of the places decides: the argument `range` of messages that say it.
pub(super) fn range(at: usize, places: usize) -> &'static str {
    match at {
        0 => "here",
        at if at + 1 == places => "server",
        _ => "channel",
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
    let typed = context.arg(option).unwrap_or_default();
    let means = |value: &str| NameOf::Value.is_called(value, typed);
    match typed {
        _ if means(ON) => Ok(Switch::On),
        _ if means(OFF) => Ok(Switch::Off),
        _ if means(DEFAULT) => Ok(Switch::Default),
        typed => Err(Answer::other(AnswerKind::WrongUsage, say!("room-switch", typed = clean(typed))).into()),
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
    let title = match everywhere {
        true => say!("room-set-everywhere", title = title, place = context.request.manner.room.as_str()),
        false => say!("room-set-here", title = title),
    };
    Ok(Answer::found(title).choice(say!("room-all-settings"), "room show").private())
}

/// The answer where there are no rooms to decide for.
pub(super) fn nowhere(context: &Context<'_>) -> Option<Answer> {
    let is_nowhere = context.request.places.is_empty();
    is_nowhere.then(|| Answer::other(AnswerKind::WrongUsage, say!("room-nowhere")))
}
