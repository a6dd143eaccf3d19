//! What Discord tells, as requests: who asks, where, and for what.

use serenity::all::{
    ChannelType, CommandDataOption, CommandDataOptionValue, CommandInteraction, CommandType,
    ComponentInteraction, InteractionContext, Member, Permissions, UserId,
};
use serenity::model::channel::PartialChannel;
use serenity::model::id::{ChannelId, GuildId, RoleId};

use crate::answer::{Answer, AnswerKind};
use crate::commands::Value;
use crate::commands::{self, Caller, Command, Request, Role, TABLE};
use crate::platform::{Place, PlaceKind, Platform};
use crate::settings::{AccessSettings, Listed};

use super::command_registration::{MANNER, PRIVATE};
use super::target;

/// The platform's name, for the record.
pub(super) const PLATFORM: Platform = Platform::Discord;

/// Who may do what, besides what Discord's permissions say.
#[derive(Debug, Clone)]
pub struct Access(pub AccessSettings);

/// Somebody in some place.
#[derive(Debug, Clone)]
pub struct Person<'a> {
    pub user: UserId,
    pub server: Option<GuildId>,
    pub roles: &'a [RoleId],
    /// What Discord lets them do here; `None` where it does not say.
    pub permissions: Option<Permissions>,
    /// Whether this is a direct conversation with the bot.
    pub direct: bool,
}

impl Access {
    /// What somebody may do here. Owning a server, or having all of its permissions, makes nobody an
    /// editor.
    pub fn role(&self, person: &Person<'_>) -> Role {
        let is_listed = |listed: &Listed| match listed {
            Listed::DiscordUser(user) => person.user.get() == *user,
            // Roles are only those of the server in which somebody asks.
            Listed::DiscordRole { server, role } => {
                person.server.is_some_and(|it| it.get() == *server)
                    && person.roles.iter().any(|it| it.get() == *role)
            }
            Listed::MatrixUser(_) => false,
        };
        let manages = person.permissions.is_some_and(|it| {
            person.server.is_some() && it.intersects(Permissions::MANAGE_GUILD | Permissions::ADMINISTRATOR)
        });
        if self.0.editors.iter().any(is_listed) {
            Role::Editor
        } else if manages || person.direct || self.0.moderators.iter().any(is_listed) {
            Role::Moderator
        } else {
            Role::Member
        }
    }

    /// Somebody as commands know them.
    pub fn caller(&self, person: &Person<'_>) -> Caller {
        Caller { id: format!("{PLATFORM}:{}", person.user), role: self.role(person) }
    }
}

/// Who used a command or pressed a button.
pub(super) fn person<'a>(
    member: Option<&'a Member>,
    user: UserId,
    server: Option<GuildId>,
    context: Option<InteractionContext>,
) -> Person<'a> {
    Person {
        user,
        server,
        roles: member.map_or(&[], |member| &member.roles),
        permissions: member.and_then(|member| member.permissions),
        direct: context == Some(InteractionContext::BotDm),
    }
}

/// The places of a channel, the most particular first. A thread goes by its channel.
pub(super) fn places(channel: ChannelId, parent: Option<ChannelId>, server: Option<GuildId>) -> Vec<Place> {
    let channels = [Some(channel), parent].into_iter().flatten();
    let channels = channels.map(|channel| Place::new(PLATFORM, PlaceKind::Channel, channel.to_string()));
    let server = server.map(|server| Place::new(PLATFORM, PlaceKind::Server, server.to_string()));
    channels.chain(server).collect()
}

/// The channel of a thread. What other channels have above them is a category.
pub(super) fn parent(channel: Option<&PartialChannel>) -> Option<ChannelId> {
    let channel = channel?;
    is_thread(channel.kind).then_some(channel.parent_id).flatten()
}

pub(super) fn is_thread(kind: ChannelType) -> bool {
    matches!(kind, ChannelType::PublicThread | ChannelType::PrivateThread | ChannelType::NewsThread)
}

/// A file that is attached to a command.
#[derive(Debug, Clone)]
pub(super) struct Attached {
    pub name: String,
    pub url: String,
    pub bytes: u32,
}

/// A used command.
pub(super) struct Heard {
    pub request: Request,
    /// The file that is attached to it.
    pub attached: Option<Attached>,
    /// Whether who used it wants to see the answer alone.
    pub private: bool,
}

/// A used command as a request; `sent` is the interaction as Discord sent it.
///
/// # Errors
/// The answer to give when it can't be asked so.
pub(super) fn command(
    interaction: &CommandInteraction,
    sent: &str,
    access: &Access,
) -> Result<Heard, Box<Answer>> {
    let data = &interaction.data;
    let person =
        person(interaction.member.as_deref(), interaction.user.id, interaction.guild_id, interaction.context);
    let caller = access.caller(&person);
    let mut attached = None;
    let mut private = None;
    let mut args = Vec::new();
    let (command, options) = named(&data.name, &data.options, data.kind).ok_or_else(unknown)?;
    if data.kind == CommandType::Message {
        let text = target::text(sent).ok_or_else(wordless)?;
        args.extend(command.options.first().map(|option| (option.name, text.into())));
        // Whose message it is did not ask to see the answer.
        private = Some(true);
    }
    for given in options {
        if given.name == PRIVATE {
            private = given.value.as_bool();
            continue;
        }
        let Some(option) = command.options.iter().find(|option| option.name == given.name) else { continue };
        let value = match &given.value {
            CommandDataOptionValue::String(text) => text.as_str().into(),
            CommandDataOptionValue::Integer(number) => Value::Number(u64::try_from(*number).unwrap_or(0)),
            CommandDataOptionValue::Boolean(true) => Value::Flag,
            CommandDataOptionValue::Attachment(id) => {
                let file = data.resolved.attachments.get(id).ok_or_else(unknown)?;
                attached =
                    Some(Attached { name: file.filename.clone(), url: file.url.clone(), bytes: file.size });
                file.filename.as_str().into()
            }
            _ => continue,
        };
        args.push((option.name, value));
    }
    let mut request = commands::line::request(command, args, caller, PLATFORM)?;
    let parent = parent(interaction.channel.as_ref());
    request.places = places(interaction.channel_id, parent, interaction.guild_id);
    request.manner = MANNER;
    // Privately asked is shown privately; it stays an answer that could be shown to all.
    request.private = private.filter(|private| !private);
    Ok(Heard { request, attached, private: private == Some(true) })
}

/// The row of the table that a command of Discord stands for, and what was given for its options.
fn named<'a>(
    name: &str,
    options: &'a [CommandDataOption],
    kind: CommandType,
) -> Option<(&'static Command, &'a [CommandDataOption])> {
    if kind == CommandType::Message {
        return Some((TABLE.iter().find(|row| row.on_message == Some(name))?, options));
    }
    match options {
        [only] => match &only.value {
            CommandDataOptionValue::SubCommand(inner) => {
                Some((commands::command(&format!("{name} {}", only.name))?, inner))
            }
            _ => Some((commands::command(name)?, options)),
        },
        _ => Some((commands::command(name)?, options)),
    }
}

/// The answer where a message has nothing to look up.
fn wordless() -> Box<Answer> {
    let title = "That message has no words to look up, only a picture, a file or a sticker.";
    Box::new(Answer::other(AnswerKind::NothingFound, title).paragraph("Use /search with words of your own."))
}

/// A command that Discord still offers and we no longer have.
fn unknown() -> Box<Answer> {
    let title = "This command is no longer there. Discord will have noticed in a while.";
    Box::new(Answer::other(AnswerKind::WrongUsage, title))
}

/// What somebody is typing: the option, its beginning, and the article named so far.
pub(super) struct Typing {
    pub option: &'static commands::Opt,
    pub typed: String,
    pub article: Option<String>,
    pub places: Vec<Place>,
}

/// Reads what somebody is typing. `None` for what has no suggestions.
pub(super) fn typing(interaction: &CommandInteraction) -> Option<Typing> {
    let data = &interaction.data;
    let (command, options) = named(&data.name, &data.options, data.kind)?;
    let (name, typed) = options.iter().find_map(|option| match &option.value {
        CommandDataOptionValue::Autocomplete { value, .. } => Some((&option.name, value)),
        _ => None,
    })?;
    let option = command.options.iter().find(|option| option.name == *name)?;
    let named = options.iter().find(|option| option.name == "article" && option.name != *name);
    Some(Typing {
        option,
        typed: typed.clone(),
        article: named.and_then(|option| option.value.as_str()).map(Into::into),
        places: places(interaction.channel_id, parent(interaction.channel.as_ref()), interaction.guild_id),
    })
}

/// Who pressed a button, and where.
pub(super) fn presser(interaction: &ComponentInteraction, access: &Access) -> (Caller, Vec<Place>) {
    let person =
        person(interaction.member.as_ref(), interaction.user.id, interaction.guild_id, interaction.context);
    let parent = parent(interaction.channel.as_ref());
    (access.caller(&person), places(interaction.channel_id, parent, interaction.guild_id))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn access() -> Access {
        let listed = |text: &str| Listed::try_from(text.to_string()).unwrap();
        Access(AccessSettings {
            editors: vec![listed("discord:7"), listed("discord-role:100:5")],
            moderators: vec![listed("discord-role:100:6")],
        })
    }

    fn somebody(user: u64, server: Option<u64>, roles: &[RoleId], permissions: Permissions) -> Role {
        access().role(&Person {
            user: UserId::new(user),
            server: server.map(GuildId::new),
            roles,
            permissions: Some(permissions),
            direct: false,
        })
    }

    #[test]
    fn standing_is_by_list_and_by_the_servers_own_permissions() {
        let none = Permissions::empty();
        let [editors, moderators] = [[RoleId::new(5)], [RoleId::new(6)]];
        assert_eq!(somebody(7, None, &[], none), Role::Editor);
        assert_eq!(somebody(8, Some(100), &editors, none), Role::Editor);
        // The same number is another role in another server.
        assert_eq!(somebody(8, Some(101), &editors, none), Role::Member);
        assert_eq!(somebody(8, None, &editors, none), Role::Member);
        assert_eq!(somebody(8, Some(100), &moderators, none), Role::Moderator);
        // Owning a server is no right to everybody's content.
        assert_eq!(somebody(8, Some(101), &[], Permissions::all()), Role::Moderator);
        assert_eq!(somebody(8, Some(101), &[], Permissions::MANAGE_MESSAGES), Role::Member);
        assert_eq!(somebody(8, None, &[], Permissions::all()), Role::Member);
    }
}
