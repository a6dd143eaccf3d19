//! The registration of the table's commands with Discord, only when they have changed.

use serde_json::Value;
use serenity::all::{
    CommandOptionType, CommandType, CreateCommand, CreateCommandOption, GuildId, InstallationContext,
    InteractionContext, Permissions,
};
use serenity::http::{LightMethod, Request, Route};

use crate::commands::line::{MAX_NUMBER, MAX_VALUE};
use crate::commands::{Command, DEFAULT, GROUPS, NameOf, Opt, OptKind, Role, Suggest, TABLE};
use crate::locale::Locale;

use super::command_ids::CommandIds;
use super::platform::{MANNER, PLATFORM};
use super::rest::{ApiError, Rest};

/// What the commands depend on, besides the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RegistrationOptions {
    /// The option to name an article is there only where there are several.
    pub several_articles: bool,
    /// Whether people may install the application for themselves: Discord refuses commands for what the
    /// application is not set up for.
    pub for_users: bool,
}

/// The locales of Discord's clients
/// (<https://discord.com/developers/docs/reference#locales>).
const LOCALES: [&str; 32] = [
    "id", "da", "de", "en-GB", "en-US", "es-ES", "es-419", "fr", "hr", "it", "lt", "hu", "nl", "no", "pl",
    "pt-BR", "ro", "fi", "sv-SE", "vi", "tr", "cs", "el", "bg", "ru", "uk", "hi", "th", "zh-CN", "ja",
    "zh-TW", "ko",
];

/// The languages of the catalogue but English, which is the base, each for every locale of Discord's that is of it.
fn translations() -> impl Iterator<Item = (&'static str, Locale)> {
    let of = |locale: &'static str| Some((locale, Locale::read(locale)?));
    LOCALES.into_iter().filter_map(of).filter(|(_, language)| *language != Locale::ENGLISH)
}

/// A text in every language but English, for Discord's locales.
fn translated(text: impl Fn() -> String) -> impl Iterator<Item = (&'static str, String)> {
    translations().map(move |(locale, language)| (locale, language.sync_scope(&text)))
}

/// All commands, as Discord wants to know them.
pub fn commands(registration: RegistrationOptions) -> Value {
    let all = Locale::ENGLISH.sync_scope(|| all(registration));
    let mut commands = serde_json::to_value(all).unwrap_or_default();
    prune(&mut commands);
    commands
}

/// Takes out what is empty: Discord refuses some keys where they make no sense, even without a value.
fn prune(value: &mut Value) {
    let is_nothing = |value: &Value| match value {
        Value::Null => true,
        Value::Array(values) => values.is_empty(),
        Value::Object(values) => values.is_empty(),
        _ => false,
    };
    match value {
        Value::Array(values) => values.iter_mut().for_each(prune),
        Value::Object(values) => {
            values.values_mut().for_each(prune);
            values.retain(|_, value| !is_nothing(value));
        }
        _ => {}
    }
}

fn all(registration: RegistrationOptions) -> Vec<CreateCommand> {
    let RegistrationOptions { several_articles, for_users } = registration;
    let command = |row, name: &dyn Fn() -> String, about: &dyn Fn() -> String| {
        let command = CreateCommand::new(name()).kind(CommandType::ChatInput).description(about());
        let command = translated(name).fold(command, |it, (locale, name)| it.name_localized(locale, name));
        let command =
            translated(about).fold(command, |it, (locale, about)| it.description_localized(locale, about));
        placed(command, row, for_users)
    };
    let mut commands: Vec<CreateCommand> = Vec::new();
    let mut groups: Vec<&str> = Vec::new();
    for row in TABLE.iter().filter(|row| row.is_on(PLATFORM)) {
        match row.group() {
            None => {
                let command = command(row, &|| row.called(), &|| row.about(MANNER.room));
                commands.push(command.set_options(options(row, several_articles)));
            }
            Some(group) if !groups.contains(&group) => {
                groups.push(group);
                let of_group = TABLE.iter().filter(|row| row.group() == Some(group) && row.is_on(PLATFORM));
                let subcommands = of_group.map(|row| {
                    let (name, about) = (|| NameOf::Command.called(row.word()), || row.about(MANNER.room));
                    localized(CommandOptionType::SubCommand, &name, &about)
                        .set_sub_options(options(row, several_articles))
                });
                let group_of = GROUPS.iter().find(|it| it.name == group);
                let about = || group_of.map(|it| it.about(MANNER.room)).unwrap_or_default();
                // Members see a group in which anything is for them.
                let lowest = TABLE.iter().filter(|it| it.group() == Some(group)).min_by_key(|it| it.role);
                let name = || NameOf::Command.called(group);
                let command = command(lowest.unwrap_or(row), &name, &about);
                commands.push(command.set_options(subcommands.collect()));
            }
            Some(_) => {}
        }
    }
    let on_message = TABLE.iter().filter_map(|row| Some((row, row.label_on_message()?)));
    commands.extend(on_message.map(|(row, label)| {
        let command = CreateCommand::new(label).kind(CommandType::Message);
        let labels = translated(|| row.label_on_message().unwrap_or_default());
        placed(labels.fold(command, |it, (locale, label)| it.name_localized(locale, label)), row, for_users)
    }));
    commands
}

/// An option with its name and description in every language.
fn localized(
    kind: CommandOptionType,
    name: &dyn Fn() -> String,
    about: &dyn Fn() -> String,
) -> CreateCommandOption {
    let option = CreateCommandOption::new(kind, name(), about());
    let option = translated(name).fold(option, |it, (locale, name)| it.name_localized(locale, name));
    translated(about).fold(option, |it, (locale, about)| it.description_localized(locale, about))
}

/// Where a command can be used, and by whom it is seen. What is not for members is hidden from them where a server
/// can say so: nothing can be hidden from anybody in direct messages, or where people brought the bot themselves.
fn placed(command: CreateCommand, row: &Command, for_users: bool) -> CreateCommand {
    use InteractionContext::{BotDm, Guild, PrivateChannel};
    let for_users = for_users && row.role == Role::Member;
    let command = match for_users {
        true => command
            .integration_types(vec![InstallationContext::Guild, InstallationContext::User])
            .contexts(vec![Guild, BotDm, PrivateChannel]),
        false => command.integration_types(vec![InstallationContext::Guild]),
    };
    match row.role {
        Role::Member if for_users => command,
        Role::Member => command.contexts(vec![Guild, BotDm]),
        // Everybody decides for their own direct messages.
        Role::Moderator => {
            command.contexts(vec![Guild, BotDm]).default_member_permissions(Permissions::MANAGE_GUILD)
        }
        Role::Editor => command.contexts(vec![Guild]).default_member_permissions(Permissions::MANAGE_GUILD),
    }
}

fn options(row: &Command, several_articles: bool) -> Vec<CreateCommandOption> {
    let wanted = row.options.iter().filter(|option| several_articles || option.name != "article");
    let mut options: Vec<_> = wanted.map(option).collect();
    if row.takes_further() {
        options.extend(MANNER.further.iter().map(option));
    }
    options
}

fn option(option: &Opt) -> CreateCommandOption {
    let kind = match option.kind {
        OptKind::Words | OptKind::Named => CommandOptionType::String,
        OptKind::Number => CommandOptionType::Integer,
        OptKind::Flag => CommandOptionType::Boolean,
        OptKind::File => CommandOptionType::Attachment,
    };
    let new = localized(kind, &|| option.called(), &|| option.about(MANNER.room)).required(option.required);
    let new = match option.kind {
        OptKind::Words | OptKind::Named => new.max_length(u16::try_from(MAX_VALUE).unwrap_or(u16::MAX)),
        OptKind::Number => new.min_int_value(1).max_int_value(MAX_NUMBER),
        OptKind::Flag | OptKind::File => new,
    };
    match option.suggest {
        Suggest::Nothing => new,
        Suggest::OneOf(values) => values.iter().fold(new, |new, value| {
            let called = || NameOf::Value.called(value);
            new.add_string_choice_localized(called(), *value, translated(called))
        }),
        Suggest::Languages => {
            let languages = Locale::all()
                .fold(new, |new, language| new.add_string_choice(language.own_name(), language.code()));
            let called = || NameOf::Value.called(DEFAULT);
            languages.add_string_choice_localized(called(), DEFAULT, translated(called))
        }
        Suggest::Names(_) | Suggest::Commands | Suggest::Revisions | Suggest::Times => {
            new.set_autocomplete(true)
        }
    }
}

/// Registers the commands with Discord where what it knows is something else: everywhere, or only in the
/// servers named. Says whether anything had to be registered, and under which ids Discord has them.
///
/// # Errors
/// Discord can't be asked, or refuses the commands.
pub(super) async fn register(
    rest: &Rest,
    servers: &[u64],
    registration: RegistrationOptions,
) -> Result<(bool, CommandIds), ApiError> {
    let application_id = rest.application();
    let mut commands = commands(registration);
    let route = |server: &u64| Route::GuildCommands { application_id, guild_id: GuildId::new(*server) };
    let mut routes: Vec<Route<'_>> = servers.iter().filter(|server| **server > 0).map(route).collect();
    if routes.is_empty() {
        routes.push(Route::Commands { application_id });
    } else {
        // A server's own commands are in that server, and Discord wants nothing more said of it.
        for command in commands.as_array_mut().into_iter().flatten().filter_map(Value::as_object_mut) {
            command.retain(|key, _| key != "contexts" && key != "integration_types");
        }
    }
    // In each of several servers they have others.
    let is_one = routes.len() == 1;
    let (mut registered, mut ids) = (false, CommandIds::default());
    let mut failed = None;
    for route in routes {
        // One server that the bot was taken out of must not keep the others from getting theirs.
        match replace(rest, route, &commands).await {
            Ok((changed, known)) => {
                registered |= changed;
                ids = CommandIds::of(&known);
            }
            Err(failure) => failed = Some(failure),
        }
    }
    failed.map_or(Ok((registered, if is_one { ids } else { CommandIds::default() })), Err)
}

/// Says whether they were others, and gives those that Discord has now.
async fn replace(rest: &Rest, route: Route<'_>, commands: &Value) -> Result<(bool, Value), ApiError> {
    // Without this Discord leaves the other languages out.
    let whole = Some(vec![("with_localizations", "true".to_string())]);
    let known: Value = rest.json(Request::new(route, LightMethod::Get).params(whole)).await?;
    if same(commands, &known) {
        return Ok((false, known));
    }
    let body = serde_json::to_vec(commands).unwrap_or_default();
    Ok((true, rest.json(Request::new(route, LightMethod::Put).body(Some(body))).await?))
}

/// Whether Discord knows what we would register. It adds ids and defaults of its own, leaves out what is
/// empty, and orders commands as it likes.
fn same(ours: &Value, theirs: &Value) -> bool {
    let nothing = |value: &Value| match value {
        Value::Null => true,
        Value::Bool(value) => !value,
        Value::Array(values) => values.is_empty(),
        Value::Object(values) => values.is_empty(),
        Value::String(text) => text.is_empty(),
        Value::Number(_) => false,
    };
    match (ours, theirs) {
        (Value::Object(ours), Value::Object(theirs)) => {
            // What is not among ours was once registered and is to go, unless Discord set it itself.
            const SET_BY_DISCORD: [&str; 5] =
                ["id", "application_id", "guild_id", "version", "dm_permission"];
            let known = |key: &&String| !SET_BY_DISCORD.contains(&key.as_str());
            ours.keys().chain(theirs.keys()).filter(known).all(|key| {
                let (ours, theirs) =
                    (ours.get(key).unwrap_or(&Value::Null), theirs.get(key).unwrap_or(&Value::Null));
                (nothing(ours) && nothing(theirs)) || same(ours, theirs)
            })
        }
        (Value::Array(ours), Value::Array(theirs)) => {
            let named = |value: &Value| value.get("name").is_some() && value.get("required").is_none();
            ours.len() == theirs.len()
                && if ours.iter().all(named) {
                    ours.iter().all(|our| {
                        theirs.iter().any(|their| our["name"] == their["name"] && same(our, their))
                    })
                } else {
                    ours.iter().zip(theirs).all(|(our, their)| same(our, their))
                }
        }
        (ours, theirs) => ours == theirs,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_discord_adds_is_no_difference_and_what_we_change_is() {
        let registration = RegistrationOptions { several_articles: true, for_users: true };
        let ours = commands(registration);
        let mut theirs = ours.clone();
        for (number, command) in theirs.as_array_mut().unwrap().iter_mut().enumerate() {
            let command = command.as_object_mut().unwrap();
            command.insert("id".into(), number.to_string().into());
            command.insert("version".into(), "1".into());
            command.insert("dm_permission".into(), true.into());
            command.entry("default_member_permissions").or_insert(Value::Null);
            command.retain(|_, value| *value != serde_json::json!({}));
            // Discord leaves out options' defaults.
            for option in command.get_mut("options").and_then(Value::as_array_mut).into_iter().flatten() {
                option.as_object_mut().unwrap().retain(|_, value| *value != false);
            }
        }
        theirs.as_array_mut().unwrap().reverse();
        assert!(same(&ours, &theirs));
        let mut changed = theirs.clone();
        changed[0]["options"] = serde_json::json!([]);
        changed[1]["description"] = "else".into();
        assert!(!same(&ours, &changed));
        theirs.as_array_mut().unwrap().pop();
        assert!(!same(&ours, &theirs));
        assert!(!same(&ours, &commands(RegistrationOptions { several_articles: false, ..registration })));
        assert!(!same(&ours, &commands(RegistrationOptions { for_users: false, ..registration })));
    }
}
