//! Who may do what, by the settings' lists and by Discord's permissions.

use serenity::all::{InteractionContext, Member, Permissions, UserId};
use serenity::model::id::{GuildId, RoleId};

use crate::commands::{Caller, Role};
use crate::settings::{AccessSettings, Listed};

use super::platform::PLATFORM;

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
        Caller { id: person_id(person.user), role: self.role(person) }
    }
}

/// Somebody, as commands and the community database know them.
pub(super) fn person_id(user: UserId) -> String {
    format!("{PLATFORM}:{user}")
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
    fn a_role_is_by_list_and_by_the_servers_own_permissions() {
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
