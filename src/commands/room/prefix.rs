//! `/room prefix`: what commands begin with.

use crate::answer::{Answer, AnswerKind};
use crate::community::{RoomSetting, RoomSettingKey};
use crate::platform::{Platform, Prefix};

use super::super::command::{Command, Effect, Role, Suggest};
use super::super::context::{Context, Problem};
use super::super::options::words;
use super::super::text::clean;
use super::setting::{DEFAULT, nowhere, set, unset};

pub(in crate::commands) const COMMAND: Command =
    Command::new("room prefix", "What commands begin with in this room", |context| Box::pin(run(context)))
        .options(&[words(
            "prefix",
            "One to eight signs; “default” for the usual one, nothing shows it",
            false,
            Suggest::Nothing,
        )])
        .examples(&["room prefix ?", "room prefix default"])
        .role(Role::Moderator)
        .effect(Effect::ChangesRoom)
        .shows_without("prefix")
        .only(Platform::Matrix);

async fn run(context: &Context<'_>) -> Result<Answer, Problem> {
    let typed = match context.arg("prefix") {
        None => {
            let title = match context.world.community.prefix(&context.request.places) {
                Some(prefix) => format!("Commands begin with {} here.", clean(prefix.as_str())),
                None => "Commands begin as usual here.".into(),
            };
            let answer = Answer::found(title).choice("All that is decided", "room show").private();
            return Ok(nowhere(context).unwrap_or(answer));
        }
        Some(typed) if typed.eq_ignore_ascii_case(DEFAULT) => {
            return unset(context, RoomSettingKey::Prefix, "Commands begin as usual").await;
        }
        Some(typed) => typed,
    };
    let Ok(prefix) = typed.parse::<Prefix>() else {
        let title = format!(
            "“{}” can't be what commands begin with: take one to {} signs without spaces, the last one no letter, such as ? or rap!",
            clean(typed),
            Prefix::MAX_CHARACTERS
        );
        return Ok(Answer::other(AnswerKind::WrongUsage, title));
    };
    set(context, RoomSetting::Prefix(prefix), &format!("Commands begin with {}", clean(typed))).await
}
