//! `/room language`: the language of answers to those who chose none.

use crate::answer::Answer;
use crate::community::{RoomSetting, RoomSettingKey};
use crate::locale::Locale;
use crate::say;

use super::super::caller::Role;
use super::super::command::{Command, Context, Effect};
use super::super::language::unknown;
use super::super::names::NameOf;
use super::super::options::{DEFAULT, EVERYWHERE, Suggest, words};
use super::super::problem::Problem;
use super::setting::{nowhere, set, unset};

pub(in crate::commands) const COMMAND: Command =
    Command::new("room language", |context| Box::pin(run(context)))
        .options(&[words("language", "option-room-language-language", false, Suggest::Languages), EVERYWHERE])
        .examples(&["room language español", "room language default"])
        .role(Role::Moderator)
        .effect(Effect::ChangesRoom)
        .shows_without("language");

async fn run(context: &Context<'_>) -> Result<Answer, Problem> {
    match context.arg("language") {
        None => {
            let title = match context.world.community.language(&context.request.places) {
                Some(language) => say!("room-language-is", language = language.name()),
                None => say!("room-language-none"),
            };
            let answer = Answer::found(title).choice(say!("room-all-settings"), "room show").private();
            Ok(nowhere(context).unwrap_or(answer))
        }
        Some(typed) if NameOf::Value.is_called(DEFAULT, typed) => {
            unset(context, RoomSettingKey::Language, &say!("room-language-unset")).await
        }
        Some(typed) => match Locale::named(typed) {
            Some(language) => {
                let title = say!("room-language-set", language = language.name());
                set(context, RoomSetting::Language(language), &title).await
            }
            None => Ok(unknown(typed)),
        },
    }
}
