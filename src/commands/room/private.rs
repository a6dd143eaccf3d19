//! `/room private`: who sees answers.

use crate::answer::Answer;
use crate::community::{RoomSetting, RoomSettingKey};
use crate::platform::Platform;
use crate::say;

use super::super::caller::Role;
use super::super::command::{Command, Context, Effect};
use super::super::options::{EVERYWHERE, SWITCH, words};
use super::super::problem::Problem;
use super::setting::{set, switch, unset};

pub(in crate::commands) const COMMAND: Command =
    Command::new("room private", |context| Box::pin(run(context)))
        .options(&[words("answers", "option-room-private-answers", true, SWITCH), EVERYWHERE])
        .examples(&["room private on"])
        .role(Role::Moderator)
        .effect(Effect::ChangesRoom)
        .only(Platform::Discord);

async fn run(context: &Context<'_>) -> Result<Answer, Problem> {
    match switch(context, "answers")?.on() {
        Some(true) => set(context, RoomSetting::Private(true), &say!("room-private-on")).await,
        Some(false) => set(context, RoomSetting::Private(false), &say!("room-private-off")).await,
        None => unset(context, RoomSettingKey::Private, &say!("room-private-unset")).await,
    }
}
