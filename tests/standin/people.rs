//! The servers, channels and people that a test makes.

use std::sync::Arc;

use serde_json::{Value, json};

use super::Standin;
use super::cdn::{CdnFile, Serving};
use super::state::{GUILDS, Shared, State};
use super::world::{ChannelKind, Overwrite, RoleData};

/// A server that the bot is in.
#[derive(Clone)]
pub struct Server {
    pub id: u64,
    pub name: String,
    shared: Arc<Shared>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Channel {
    pub id: u64,
    pub server: Option<u64>,
    pub parent: Option<u64>,
    pub kind: ChannelKind,
    pub name: String,
}

/// A person, in a server or without one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Member {
    pub id: u64,
    pub server: Option<u64>,
    pub name: String,
}

impl Member {
    pub fn mention(&self) -> String {
        format!("<@{}>", self.id)
    }
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Role {
    pub id: u64,
    pub server: u64,
    pub name: String,
}

/// A file that a person attaches.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct File {
    pub id: u64,
    pub url: String,
    path: String,
}

impl Standin {
    /// A new server, with the bot in it, and an owner who is nobody else.
    pub fn server(&self, name: &str) -> Server {
        let id = self.shared.change(|state| {
            let id = state.world.add_guild(name);
            let text = state.world.guild_create_json(id).to_string();
            state.dispatch("GUILD_CREATE", Some(id), GUILDS, &text);
            id
        });
        Server { id, name: name.into(), shared: Arc::clone(&self.shared) }
    }

    /// The bot is removed from the server.
    pub fn remove_server(&self, server: &Server) {
        self.shared.change(|state| {
            state.world.guilds.remove(&server.id);
            state.world.channels.retain(|_, channel| channel.guild != Some(server.id));
            let text = json!({ "id": server.id.to_string() }).to_string();
            state.dispatch("GUILD_DELETE", Some(server.id), GUILDS, &text);
        });
    }

    /// Somebody who shares no server with the test's others.
    pub fn person(&self, name: &str) -> Member {
        let id = self.shared.change(|state| state.world.add_user(name, false));
        Member { id, server: None, name: name.into() }
    }

    /// The DM between the bot and a person.
    pub fn dm(&self, member: &Member) -> Channel {
        let id = self.shared.change(|state| state.world.dm(member.id));
        Channel { id, server: None, parent: None, kind: ChannelKind::Dm, name: String::new() }
    }

    /// The bot, as a member, to give it roles or to mention it.
    pub fn bot(&self) -> Member {
        let id = self.shared.lock().world.bot;
        Member { id, server: None, name: "Rapporteur".into() }
    }

    pub fn application_id(&self) -> u64 {
        self.shared.lock().world.application
    }

    /// Sets the language of a person's client.
    pub fn set_locale(&self, member: &Member, locale: &str) {
        self.shared.change(|state| {
            state.world.users.get_mut(&member.id).expect("it is a person of this stand-in").locale =
                locale.into();
        });
    }

    /// A file to attach, served as it says.
    pub fn file(&self, name: &str, bytes: impl Into<Vec<u8>>, serving: Serving) -> File {
        let bytes = bytes.into();
        self.shared.change(|state| {
            let id = state.world.new_id();
            let path = format!("/attachments/{}/{id}/{name}", state.world.application);
            let content_type = match name.rsplit_once('.') {
                Some((_, "json")) => "application/json; charset=utf-8",
                Some((_, "txt" | "md")) => "text/plain; charset=utf-8",
                Some((_, "png")) => "image/png",
                _ => "application/octet-stream",
            };
            let file = CdnFile {
                name: name.into(),
                content_type: content_type.into(),
                bytes,
                serving,
                declared: None,
                asked: 0,
            };
            state.files.insert(path.clone(), file);
            let url = format!("{}{path}?ex=68000000&is=67000000&hm={}", self.shared.rest, "0".repeat(64));
            File { id, url, path }
        })
    }

    /// Makes the attachment object tell another size than the true one.
    pub fn declare_size(&self, file: &File, size: usize) {
        self.shared.change(|state| {
            state.files.get_mut(&file.path).expect("it is a file of this stand-in").declared = Some(size);
        });
    }

    /// How often the bot asked for a file.
    pub fn asked_for(&self, file: &File) -> usize {
        self.shared.lock().files[&file.path].asked
    }
}

impl File {
    /// The attachment object.
    pub(super) fn json(&self, state: &State) -> Value {
        let file = &state.files[&self.path];
        json!({
            "id": self.id.to_string(), "filename": file.name, "size": file.declared.unwrap_or(file.bytes.len()),
            "url": self.url, "proxy_url": self.url, "content_type": file.content_type, "ephemeral": true,
        })
    }
}

impl Server {
    fn add(&self, kind: ChannelKind, name: &str, parent: Option<&Channel>) -> Channel {
        let parent = parent.map(|parent| parent.id);
        let id = self.shared.change(|state| {
            let id = state.world.add_channel(Some(self.id), kind, name, parent);
            let event = if kind.is_thread() { "THREAD_CREATE" } else { "CHANNEL_CREATE" };
            let mut json = state.world.channel_json(id);
            if kind.is_thread() {
                json["newly_created"] = true.into();
            }
            state.dispatch(event, Some(self.id), GUILDS, &json.to_string());
            id
        });
        Channel { id, server: Some(self.id), parent, kind, name: name.into() }
    }

    pub fn channel(&self, name: &str) -> Channel {
        self.add(ChannelKind::Text, name, None)
    }

    pub fn thread(&self, parent: &Channel, name: &str) -> Channel {
        self.add(ChannelKind::PublicThread, name, Some(parent))
    }

    pub fn private_thread(&self, parent: &Channel, name: &str) -> Channel {
        self.add(ChannelKind::PrivateThread, name, Some(parent))
    }

    pub fn forum(&self, name: &str) -> Channel {
        self.add(ChannelKind::Forum, name, None)
    }

    /// A post of a forum, which is a thread.
    pub fn post(&self, forum: &Channel, name: &str) -> Channel {
        self.add(ChannelKind::PublicThread, name, Some(forum))
    }

    /// A member with no role.
    pub fn member(&self, name: &str) -> Member {
        let id = self.shared.change(|state| {
            let id = state.world.add_user(name, false);
            self.data(state).members.insert(id, Vec::new());
            id
        });
        Member { id, server: Some(self.id), name: name.into() }
    }

    /// A member who may do something more than everyone.
    pub fn member_with(&self, name: &str, permissions: u64) -> Member {
        let member = self.member(name);
        self.give(&member, &self.role(&format!("role of {name}"), permissions));
        member
    }

    /// Somebody of another server, or of none, becomes a member here.
    pub fn join(&self, member: &Member) -> Member {
        self.shared.change(|state| {
            self.data(state).members.entry(member.id).or_default();
        });
        Member { server: Some(self.id), ..member.clone() }
    }

    pub fn owner(&self) -> Member {
        let state = self.shared.lock();
        let id = state.world.guild(self.id).owner;
        Member { id, server: Some(self.id), name: state.world.user(id).name.clone() }
    }

    pub fn everyone(&self) -> Role {
        Role { id: self.id, server: self.id, name: "@everyone".into() }
    }

    pub fn role(&self, name: &str, permissions: u64) -> Role {
        let id = self.shared.change(|state| {
            let id = state.world.old_id();
            let roles = &mut self.data(state).roles;
            roles.push(RoleData {
                id,
                name: name.into(),
                permissions,
                position: roles.len(),
                managed: false,
            });
            id
        });
        Role { id, server: self.id, name: name.into() }
    }

    /// The role that Discord made for the bot.
    pub fn own_role(&self) -> Role {
        let state = self.shared.lock();
        let role = state.world.guild(self.id).roles.iter().find(|role| role.managed).expect("it has one");
        Role { id: role.id, server: self.id, name: role.name.clone() }
    }

    pub fn give(&self, member: &Member, role: &Role) {
        self.shared.change(|state| {
            let members = &mut self.data(state).members;
            members.get_mut(&member.id).expect("it is a member of this server").push(role.id);
        });
    }

    pub fn take(&self, member: &Member, role: &Role) {
        self.shared.change(|state| {
            let members = &mut self.data(state).members;
            members.get_mut(&member.id).expect("it is a member of this server").retain(|id| *id != role.id);
        });
    }

    /// Changes what a role may do in a channel.
    pub fn overwrite_role(&self, channel: &Channel, role: &Role, allow: u64, deny: u64) {
        self.overwrite(channel, Overwrite { id: role.id, member: false, allow, deny });
    }

    /// Changes what a member (or the bot) may do in a channel.
    pub fn overwrite_member(&self, channel: &Channel, member: &Member, allow: u64, deny: u64) {
        self.overwrite(channel, Overwrite { id: member.id, member: true, allow, deny });
    }

    fn overwrite(&self, channel: &Channel, overwrite: Overwrite) {
        self.shared.change(|state| {
            let data = state.world.channels.get_mut(&channel.id).expect("it is a channel of this stand-in");
            data.overwrites.retain(|old| old.id != overwrite.id || old.member != overwrite.member);
            data.overwrites.push(overwrite);
        });
    }

    fn data<'s>(&self, state: &'s mut State) -> &'s mut super::world::GuildData {
        state.world.guilds.get_mut(&self.id).expect("the server is still there")
    }
}
