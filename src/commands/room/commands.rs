//! `/room commands`: the commands that members can use.

use crate::answer::{Answer, AnswerKind};
use crate::community::{RoomSetting, RoomSettingKey};
use crate::say;

use super::super::caller::Role;
use super::super::command::{Command, Context, Effect, find_typed};
use super::super::options::{EVERYWHERE, SWITCH, Suggest, words};
use super::super::problem::Problem;
use super::super::text::clean;
use super::setting::{set, switch, unset};

pub(in crate::commands) const COMMAND: Command =
    Command::new("room commands", |context| Box::pin(run(context)))
        .options(&[
            words("command", "option-room-commands-command", true, Suggest::Commands),
            words("use", "option-room-commands-use", true, SWITCH),
            EVERYWHERE,
        ])
        .examples(&["room commands compare off"])
        .role(Role::Moderator)
        .effect(Effect::ChangesRoom);

async fn run(context: &Context<'_>) -> Result<Answer, Problem> {
    let typed = context.arg("command").unwrap_or_default();
    let Some(command) = find_typed(context.table, typed) else {
        let title = say!("help-unknown-command", name = clean(typed));
        return Ok(Answer::other(AnswerKind::NothingFound, title).choice(say!("help-all-commands"), "help"));
    };
    if command.name == "help" || command.role != Role::Member {
        let title = say!("room-commands-fixed", command = command.called());
        return Ok(Answer::other(AnswerKind::WrongUsage, title));
    }
    let name = command.name;
    let setting = |on| RoomSetting::Command(name.into(), on);
    match switch(context, "use")?.on() {
        Some(false) => {
            set(context, setting(false), &say!("room-command-off", command = command.called())).await
        }
        Some(true) => set(context, setting(true), &say!("room-command-on", command = command.called())).await,
        None => {
            let title = say!("room-command-unset", command = command.called());
            unset(context, RoomSettingKey::Command(name), &title).await
        }
    }
}
