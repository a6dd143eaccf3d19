//! `/room commands`: the commands that members can use.

use crate::answer::{Answer, AnswerKind};
use crate::community::{RoomSetting, RoomSettingKey};

use super::super::command::{Command, Effect, Role, Suggest, find};
use super::super::context::{Context, Problem};
use super::super::options::{EVERYWHERE, SWITCH, words};
use super::super::text::clean;
use super::setting::{set, switch, unset};

pub(in crate::commands) const COMMAND: Command =
    Command::new("room commands", "Which commands can be used here", |context| Box::pin(run(context)))
        .options(&[
            words("command", "The command", true, Suggest::Commands),
            words("use", "“On” or “off”; “default” takes it back", true, SWITCH),
            EVERYWHERE,
        ])
        .examples(&["room commands compare off"])
        .role(Role::Moderator)
        .effect(Effect::ChangesRoom);

async fn run(context: &Context<'_>) -> Result<Answer, Problem> {
    let typed = context.arg("command").unwrap_or_default();
    let name = typed.trim_start_matches('/').to_lowercase();
    let Some(command) = find(context.table, &name) else {
        let title = format!("There is no command “{}”.", clean(typed));
        return Ok(Answer::other(AnswerKind::NothingFound, title).choice("All commands", "help"));
    };
    if command.name == "help" || command.role != Role::Member {
        let title = format!("/{} can't be switched: only commands that members ask with can.", command.name);
        return Ok(Answer::other(AnswerKind::WrongUsage, title));
    }
    let name = command.name;
    let setting = |on| RoomSetting::Command(name.into(), on);
    match switch(context, "use")?.on() {
        Some(false) => set(context, setting(false), &format!("/{name} is off for members")).await,
        Some(true) => set(context, setting(true), &format!("/{name} is on")).await,
        None => {
            let title = format!("/{name} is no longer decided on");
            unset(context, RoomSettingKey::Command(name), &title).await
        }
    }
}
