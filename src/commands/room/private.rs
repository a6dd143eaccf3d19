//! `/room private`: who sees answers.

use crate::answer::Answer;
use crate::community::{RoomSetting, RoomSettingKey};
use crate::platform::Platform;

use super::super::command::{Command, Effect, Role};
use super::super::context::{Context, Problem};
use super::super::options::{EVERYWHERE, SWITCH, words};
use super::setting::{set, switch, unset};

pub(in crate::commands) const COMMAND: Command = Command::new(
    "room private",
    "Whether answers here are only for who asked, unless they say otherwise",
    |context| Box::pin(run(context)),
)
.options(&[words("answers", "“On” or “off”; “default” takes it back", true, SWITCH), EVERYWHERE])
.examples(&["room private on"])
.role(Role::Moderator)
.effect(Effect::ChangesRoom)
.only(Platform::Discord);

async fn run(context: &Context<'_>) -> Result<Answer, Problem> {
    match switch(context, "answers")?.on() {
        Some(true) => set(context, RoomSetting::Private(true), "Answers are only for who asked").await,
        Some(false) => set(context, RoomSetting::Private(false), "Answers are for everyone").await,
        None => unset(context, RoomSettingKey::Private, "Answers are no longer decided on").await,
    }
}
