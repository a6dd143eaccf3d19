//! Servers, channels, roles and people, and their permissions.

use std::collections::{BTreeMap, HashMap};

use serde_json::{Value, json};

/// Permission bits, named as in Discord's documentation.
pub mod permissions {
    pub const ADMINISTRATOR: u64 = 1 << 3;
    pub const MANAGE_CHANNELS: u64 = 1 << 4;
    pub const MANAGE_GUILD: u64 = 1 << 5;
    pub const ADD_REACTIONS: u64 = 1 << 6;
    pub const VIEW_CHANNEL: u64 = 1 << 10;
    pub const SEND_MESSAGES: u64 = 1 << 11;
    pub const MANAGE_MESSAGES: u64 = 1 << 13;
    pub const EMBED_LINKS: u64 = 1 << 14;
    pub const ATTACH_FILES: u64 = 1 << 15;
    pub const READ_MESSAGE_HISTORY: u64 = 1 << 16;
    pub const MENTION_EVERYONE: u64 = 1 << 17;
    pub const USE_EXTERNAL_EMOJIS: u64 = 1 << 18;
    pub const CHANGE_NICKNAME: u64 = 1 << 26;
    pub const MANAGE_ROLES: u64 = 1 << 28;
    pub const USE_APPLICATION_COMMANDS: u64 = 1 << 31;
    pub const MANAGE_THREADS: u64 = 1 << 34;
    pub const CREATE_PUBLIC_THREADS: u64 = 1 << 35;
    pub const SEND_MESSAGES_IN_THREADS: u64 = 1 << 38;
    pub const MODERATE_MEMBERS: u64 = 1 << 40;
    /// Every bit that is given out here (up to `USE_EXTERNAL_APPS`, bit 50).
    pub const ALL: u64 = (1 << 51) - 1;
    /// What `@everyone` may do in a new server.
    pub const EVERYONE: u64 = ADD_REACTIONS
        | VIEW_CHANNEL
        | SEND_MESSAGES
        | EMBED_LINKS
        | ATTACH_FILES
        | READ_MESSAGE_HISTORY
        | USE_EXTERNAL_EMOJIS
        | CHANGE_NICKNAME
        | USE_APPLICATION_COMMANDS
        | CREATE_PUBLIC_THREADS
        | SEND_MESSAGES_IN_THREADS;
}

use permissions as p;

/// Milliseconds between the Unix epoch and Discord's.
pub const DISCORD_EPOCH: u64 = 1_420_070_400_000;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ChannelKind {
    Text,
    Dm,
    PublicThread,
    PrivateThread,
    Forum,
}

impl ChannelKind {
    pub fn number(self) -> u8 {
        match self {
            ChannelKind::Text => 0,
            ChannelKind::Dm => 1,
            ChannelKind::PublicThread => 11,
            ChannelKind::PrivateThread => 12,
            ChannelKind::Forum => 15,
        }
    }

    pub fn is_thread(self) -> bool {
        matches!(self, ChannelKind::PublicThread | ChannelKind::PrivateThread)
    }
}

#[derive(Clone, Debug)]
pub struct UserData {
    pub id: u64,
    pub name: String,
    pub bot: bool,
    pub locale: String,
}

#[derive(Clone, Debug)]
pub struct RoleData {
    pub id: u64,
    pub name: String,
    pub permissions: u64,
    pub position: usize,
    /// Whether Discord made it for the bot.
    pub managed: bool,
}

/// An overwrite of permissions in a channel, for a role or a member.
#[derive(Clone, Debug)]
pub struct Overwrite {
    pub id: u64,
    pub member: bool,
    pub allow: u64,
    pub deny: u64,
}

#[derive(Clone, Debug)]
pub struct ChannelData {
    pub id: u64,
    pub guild: Option<u64>,
    pub kind: ChannelKind,
    pub name: String,
    pub parent: Option<u64>,
    pub overwrites: Vec<Overwrite>,
    pub last_message: Option<u64>,
    /// The other person, in a DM.
    pub recipient: Option<u64>,
    pub archived: bool,
}

#[derive(Clone, Debug)]
pub struct GuildData {
    pub id: u64,
    pub name: String,
    pub owner: u64,
    pub locale: String,
    pub roles: Vec<RoleData>,
    /// The roles of each member.
    pub members: BTreeMap<u64, Vec<u64>>,
    pub channels: Vec<u64>,
}

#[derive(Default, Debug)]
pub struct World {
    pub bot: u64,
    pub application: u64,
    pub users: HashMap<u64, UserData>,
    pub guilds: BTreeMap<u64, GuildData>,
    pub channels: HashMap<u64, ChannelData>,
    made: u64,
    last_id: u64,
}

impl World {
    pub fn new() -> World {
        let mut world = World::default();
        world.bot = world.old_id();
        // An application made today has the same id as its bot.
        world.application = world.bot;
        let bot = UserData { id: world.bot, name: "Rapporteur".into(), bot: true, locale: "en-US".into() };
        world.users.insert(bot.id, bot);
        world
    }

    /// An id of something that was there before the test: from 2021 on, and some milliseconds apart, so that
    /// servers are spread over shards.
    pub fn old_id(&mut self) -> u64 {
        self.made += 1;
        ((1_609_459_200_000 - DISCORD_EPOCH + self.made * 7 + self.made / 4) << 22) | (self.made & 0xfff)
    }

    /// An id of something that is made now.
    pub fn new_id(&mut self) -> u64 {
        let now = (now_ms() - DISCORD_EPOCH) << 22;
        self.last_id = now.max(self.last_id + 1);
        self.last_id
    }

    pub fn add_user(&mut self, name: &str, bot: bool) -> u64 {
        let id = self.old_id();
        self.users.insert(id, UserData { id, name: name.into(), bot, locale: "en-US".into() });
        id
    }

    pub fn add_guild(&mut self, name: &str) -> u64 {
        let id = self.old_id();
        let owner = self.add_user(&format!("owner of {name}"), false);
        let everyone =
            RoleData { id, name: "@everyone".into(), permissions: p::EVERYONE, position: 0, managed: false };
        let bots = RoleData {
            id: self.old_id(),
            name: "Rapporteur".into(),
            permissions: p::VIEW_CHANNEL
                | p::SEND_MESSAGES
                | p::SEND_MESSAGES_IN_THREADS
                | p::CREATE_PUBLIC_THREADS
                | p::ATTACH_FILES
                | p::READ_MESSAGE_HISTORY,
            position: 1,
            managed: true,
        };
        let members = BTreeMap::from([(owner, Vec::new()), (self.bot, vec![bots.id])]);
        let guild = GuildData {
            id,
            name: name.into(),
            owner,
            locale: "en-US".into(),
            roles: vec![everyone, bots],
            members,
            channels: Vec::new(),
        };
        self.guilds.insert(id, guild);
        id
    }

    pub fn add_channel(
        &mut self,
        guild: Option<u64>,
        kind: ChannelKind,
        name: &str,
        parent: Option<u64>,
    ) -> u64 {
        let id = self.old_id();
        self.add_channel_as(id, guild, kind, name, parent)
    }

    /// The same with this id.
    pub fn add_channel_as(
        &mut self,
        id: u64,
        guild: Option<u64>,
        kind: ChannelKind,
        name: &str,
        parent: Option<u64>,
    ) -> u64 {
        let channel = ChannelData {
            id,
            guild,
            kind,
            name: name.into(),
            parent,
            overwrites: Vec::new(),
            last_message: None,
            recipient: None,
            archived: false,
        };
        self.channels.insert(id, channel);
        if let Some(guild) = guild.and_then(|guild| self.guilds.get_mut(&guild)) {
            guild.channels.push(id);
        }
        id
    }

    /// The DM between the bot and a person, made if there is none yet.
    pub fn dm(&mut self, user: u64) -> u64 {
        if let Some(channel) = self.channels.values().find(|channel| channel.recipient == Some(user)) {
            return channel.id;
        }
        let id = self.add_channel(None, ChannelKind::Dm, "", None);
        self.channels.get_mut(&id).expect("it was just made").recipient = Some(user);
        id
    }

    pub fn user(&self, id: u64) -> &UserData {
        self.users.get(&id).unwrap_or_else(|| panic!("the stand-in has no user {id}"))
    }

    pub fn channel(&self, id: u64) -> &ChannelData {
        self.channels.get(&id).unwrap_or_else(|| panic!("the stand-in has no channel {id}"))
    }

    pub fn guild(&self, id: u64) -> &GuildData {
        self.guilds.get(&id).unwrap_or_else(|| panic!("the stand-in has no server {id}"))
    }

    /// What a member may do in a channel, computed as in Discord's documentation ("Permission
    /// Overwrites"); a thread has those of its parent.
    pub fn permissions(&self, user: u64, channel: u64) -> u64 {
        let channel = self.channel(channel);
        let Some(guild) = channel.guild else {
            return p::ATTACH_FILES
                | p::EMBED_LINKS
                | p::MENTION_EVERYONE
                | p::USE_EXTERNAL_EMOJIS
                | p::VIEW_CHANNEL
                | p::SEND_MESSAGES
                | p::READ_MESSAGE_HISTORY
                | p::ADD_REACTIONS;
        };
        let guild = self.guild(guild);
        let Some(roles) = guild.members.get(&user) else { return 0 };
        if guild.owner == user {
            return p::ALL;
        }
        let mut bits = 0;
        for role in &guild.roles {
            if role.id == guild.id || roles.contains(&role.id) {
                bits |= role.permissions;
            }
        }
        if bits & p::ADMINISTRATOR != 0 {
            return p::ALL;
        }
        let source = match channel.parent {
            Some(parent) if channel.kind.is_thread() => self.channel(parent),
            _ => channel,
        };
        let overwrites = &source.overwrites;
        for over in overwrites.iter().filter(|over| over.id == guild.id) {
            bits = bits & !over.deny | over.allow;
        }
        let (mut allow, mut deny) = (0, 0);
        for over in overwrites.iter().filter(|over| !over.member && roles.contains(&over.id)) {
            allow |= over.allow;
            deny |= over.deny;
        }
        bits = bits & !deny | allow;
        for over in overwrites.iter().filter(|over| over.member && over.id == user) {
            bits = bits & !over.deny | over.allow;
        }
        if bits & p::VIEW_CHANNEL == 0 { 0 } else { bits }
    }

    pub fn user_json(&self, id: u64) -> Value {
        let user = self.user(id);
        json!({
            "id": id.to_string(), "username": user.name.to_lowercase().replace(' ', "_"),
            "discriminator": if user.bot { "4711" } else { "0" },
            "global_name": if user.bot { Value::Null } else { json!(user.name) },
            "avatar": null, "bot": user.bot, "system": false, "public_flags": 0, "flags": 0,
            "banner": null, "accent_color": null, "avatar_decoration_data": null, "collectibles": null,
            "clan": null, "primary_guild": null,
        })
    }

    /// The bot's own user, as `/users/@me` and READY give it.
    pub fn own_user_json(&self) -> Value {
        let mut user = self.user_json(self.bot);
        for (key, value) in [
            ("verified", json!(true)),
            ("email", Value::Null),
            ("mfa_enabled", json!(false)),
            ("bio", json!("")),
        ] {
            user[key] = value;
        }
        user
    }

    /// A member, without the `user` and the `permissions`.
    pub fn member_json(&self, guild: u64, user: u64) -> Value {
        let roles: Vec<String> =
            self.guild(guild).members.get(&user).into_iter().flatten().map(u64::to_string).collect();
        json!({
            "roles": roles, "joined_at": "2021-03-01T12:00:00.000000+00:00", "nick": null, "avatar": null,
            "banner": null, "premium_since": null, "deaf": false, "mute": false, "pending": false,
            "flags": 0, "communication_disabled_until": null, "unusual_dm_activity_until": null,
            "collectibles": null, "avatar_decoration_data": null,
        })
    }

    pub fn full_member_json(&self, guild: u64, user: u64) -> Value {
        let mut member = self.member_json(guild, user);
        member["user"] = self.user_json(user);
        member
    }

    fn role_json(&self, role: &RoleData) -> Value {
        // The role that Discord makes for a bot says whose it is.
        let own = role.managed.then(|| json!({ "bot_id": self.bot.to_string() }));
        json!({ "tags": own.unwrap_or_else(|| json!({})),
            "id": role.id.to_string(), "name": role.name, "color": 0, "hoist": false, "icon": null,
            "colors": { "primary_color": 0, "secondary_color": null, "tertiary_color": null },
            "unicode_emoji": null, "position": role.position, "description": null,
            "permissions": role.permissions.to_string(), "managed": role.managed, "mentionable": false, "flags": 0,
        })
    }

    /// A channel as `GET /channels/{id}` gives it.
    pub fn channel_json(&self, id: u64) -> Value {
        let channel = self.channel(id);
        let last = channel.last_message.map(|id| id.to_string());
        if channel.kind == ChannelKind::Dm {
            return json!({
                "id": id.to_string(), "type": 1, "last_message_id": last, "flags": 0,
                "recipients": [self.user_json(channel.recipient.expect("a DM has a recipient"))],
            });
        }
        let guild = channel.guild.expect("only a DM has no server");
        let mut json = json!({
            "id": id.to_string(), "type": channel.kind.number(), "guild_id": guild.to_string(),
            "name": channel.name, "parent_id": channel.parent.map(|id| id.to_string()),
            "last_message_id": last, "rate_limit_per_user": 0, "flags": 0,
        });
        if channel.kind.is_thread() {
            json["owner_id"] = self.guild(guild).owner.to_string().into();
            json["message_count"] = 0.into();
            json["member_count"] = 1.into();
            json["total_message_sent"] = 0.into();
            json["thread_metadata"] = self.thread_metadata(channel);
        } else {
            let overwrites: Vec<Value> = channel
                .overwrites
                .iter()
                .map(|over| {
                    json!({ "id": over.id.to_string(), "type": u8::from(over.member),
                        "allow": over.allow.to_string(), "deny": over.deny.to_string() })
                })
                .collect();
            json["position"] = 0.into();
            json["permission_overwrites"] = overwrites.into();
            json["nsfw"] = false.into();
            json["topic"] = Value::Null;
            json["default_auto_archive_duration"] = Value::Null;
            json["last_pin_timestamp"] = Value::Null;
            if channel.kind == ChannelKind::Forum {
                json["available_tags"] = json!([]);
                json["default_reaction_emoji"] = Value::Null;
                json["default_sort_order"] = Value::Null;
                json["default_forum_layout"] = 0.into();
                json["default_thread_rate_limit_per_user"] = 0.into();
            }
        }
        json
    }

    fn thread_metadata(&self, channel: &ChannelData) -> Value {
        json!({
            "archived": channel.archived, "archive_timestamp": "2024-05-01T12:00:00.000000+00:00",
            "auto_archive_duration": 4320, "locked": false, "create_timestamp": "2024-05-01T12:00:00.000000+00:00",
            "invitable": channel.kind == ChannelKind::PrivateThread,
        })
    }

    /// The partial channel of an interaction; `user` is who used it.
    pub fn partial_channel_json(&self, id: u64, user: u64) -> Value {
        let channel = self.channel(id);
        if channel.kind == ChannelKind::Dm {
            return self.channel_json(id);
        }
        let mut json = json!({
            "id": id.to_string(), "type": channel.kind.number(), "name": channel.name, "nsfw": false,
            "guild_id": channel.guild.map(|id| id.to_string()), "flags": 0, "position": 0,
            "parent_id": channel.parent.map(|id| id.to_string()), "topic": null, "rate_limit_per_user": 0,
            "last_message_id": channel.last_message.map(|id| id.to_string()), "last_pin_timestamp": null,
            "permissions": self.permissions(user, id).to_string(),
            "app_permissions": self.permissions(self.bot, id).to_string(),
        });
        if channel.kind.is_thread() {
            json["thread_metadata"] = self.thread_metadata(channel);
            let object = json.as_object_mut().expect("it is an object");
            object.remove("position");
            object.remove("topic");
        }
        json
    }

    pub fn guild_create_json(&self, id: u64) -> Value {
        let guild = self.guild(id);
        let (threads, channels): (Vec<u64>, Vec<u64>) =
            guild.channels.iter().partition(|channel| self.channel(**channel).kind.is_thread());
        let channels_json = |ids: Vec<u64>| -> Vec<Value> {
            ids.into_iter()
                .map(|id| {
                    // In GUILD_CREATE the channels are without the server's id, as Discord sends them.
                    let mut json = self.channel_json(id);
                    if !self.channel(id).kind.is_thread() {
                        json.as_object_mut().expect("it is an object").remove("guild_id");
                    }
                    json
                })
                .collect()
        };
        let mut json = self.guild_json(id);
        for (key, value) in [
            ("joined_at", json!("2021-03-01T12:00:00.000000+00:00")),
            ("large", json!(guild.members.len() > 50)),
            ("unavailable", json!(false)),
            ("member_count", json!(guild.members.len())),
            ("voice_states", json!([])),
            // Without the members intent, only the bot itself is listed.
            ("members", json!([self.full_member_json(id, self.bot)])),
            ("channels", channels_json(channels).into()),
            ("threads", channels_json(threads).into()),
            ("presences", json!([])),
            ("stage_instances", json!([])),
            ("guild_scheduled_events", json!([])),
            ("soundboard_sounds", json!([])),
            ("lazy", json!(true)),
        ] {
            json[key] = value;
        }
        json
    }

    pub fn guild_json(&self, id: u64) -> Value {
        let guild = self.guild(id);
        let roles: Vec<Value> = guild.roles.iter().map(|role| self.role_json(role)).collect();
        json!({
            "id": id.to_string(), "name": guild.name, "owner_id": guild.owner.to_string(),
            "icon": null, "icon_hash": null, "splash": null, "discovery_splash": null, "banner": null,
            "description": null, "afk_channel_id": null, "afk_timeout": 300, "widget_enabled": false,
            "widget_channel_id": null, "verification_level": 1, "default_message_notifications": 1,
            "explicit_content_filter": 0, "roles": roles, "emojis": [], "stickers": [], "features": [],
            "mfa_level": 0, "application_id": null, "system_channel_id": null, "system_channel_flags": 0,
            "rules_channel_id": null, "public_updates_channel_id": null, "safety_alerts_channel_id": null,
            "max_presences": null, "max_members": 500_000, "max_video_channel_users": 25,
            "max_stage_video_channel_users": 50, "vanity_url_code": null, "premium_tier": 0,
            "premium_subscription_count": 0, "premium_progress_bar_enabled": false,
            "preferred_locale": guild.locale, "nsfw": false, "nsfw_level": 0, "hub_type": null,
            "incidents_data": null, "region": "deprecated",
        })
    }
}

pub fn now_ms() -> u64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    u64::try_from(since.expect("it is after 1970").as_millis()).expect("it is before the year 500,000,000")
}

/// A time as Discord writes it, from milliseconds since 1970.
pub fn timestamp(ms: u64) -> String {
    let (days, rest) = (ms / 86_400_000, ms % 86_400_000);
    // The civil date of a day number, after Howard Hinnant's `civil_from_days`.
    let z = i64::try_from(days).expect("small") + 719_468;
    let era = z / 146_097;
    let doe = z % 146_097;
    let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let day = doy - (153 * mp + 2) / 5 + 1;
    let month = if mp < 10 { mp + 3 } else { mp - 9 };
    let year = yoe + era * 400 + i64::from(month <= 2);
    let (hour, minute, second, milli) = (rest / 3_600_000, rest / 60_000 % 60, rest / 1000 % 60, rest % 1000);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{milli:03}000+00:00")
}
