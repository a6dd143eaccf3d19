//! `/room prefix`: what commands begin with.

use crate::answer::{Answer, AnswerKind};
use crate::community::{RoomSetting, RoomSettingKey};
use crate::platform::{Platform, Prefix};
use crate::say;

use super::super::caller::Role;
use super::super::command::{Command, Context, Effect};
use super::super::names::NameOf;
use super::super::options::{DEFAULT, Suggest, words};
use super::super::problem::Problem;
use super::super::text::clean;
use super::setting::{nowhere, set, unset};

pub(in crate::commands) const COMMAND: Command =
    Command::new("room prefix", |context| Box::pin(run(context)))
        .options(&[words("prefix", "option-room-prefix-prefix", false, Suggest::Nothing)])
        .examples(&["room prefix ?", "room prefix default"])
        .role(Role::Moderator)
        .effect(Effect::ChangesRoom)
        .shows_without("prefix")
        .only(Platform::Matrix);

async fn run(context: &Context<'_>) -> Result<Answer, Problem> {
    let typed = match context.arg("prefix") {
        None => {
            let title = match context.world.community.prefix(&context.request.places) {
                Some(prefix) => say!("room-prefix-is", prefix = clean(prefix.as_str())),
                None => say!("room-prefix-none"),
            };
            let answer = Answer::found(title).choice(say!("room-all-settings"), "room show").private();
            return Ok(nowhere(context).unwrap_or(answer));
        }
        Some(typed) if NameOf::Value.is_called(DEFAULT, typed) => {
            return unset(context, RoomSettingKey::Prefix, &say!("room-prefix-unset")).await;
        }
        Some(typed) => typed,
    };
    let Ok(prefix) = typed.parse::<Prefix>() else {
        let title = say!("room-prefix-wrong", typed = clean(typed), most = Prefix::MAX_CHARACTERS);
        return Ok(Answer::other(AnswerKind::WrongUsage, title));
    };
    set(context, RoomSetting::Prefix(prefix), &say!("room-prefix-set", prefix = clean(typed))).await
}
