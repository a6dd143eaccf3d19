//! The messages in the channels, and what a payload makes of them.

use serde_json::{Value, json};

use super::state::State;
use super::validate::{COMPONENTS_V2, EPHEMERAL, LOADING, SUPPRESS_EMBEDS, SentFile, as_id};
use super::world::permissions::VIEW_CHANNEL;
use super::world::{now_ms, timestamp};

#[derive(Clone, Debug, PartialEq)]
pub enum Author {
    User(u64),
    Webhook { id: u64, name: String },
}

/// A message as it is stored.
#[derive(Clone, Debug)]
pub struct Post {
    pub id: u64,
    pub channel: u64,
    pub author: Author,
    pub content: String,
    pub embeds: Vec<Value>,
    pub components: Vec<Value>,
    pub attachments: Vec<Value>,
    pub flags: u64,
    pub kind: u8,
    /// The message that this one answers.
    pub reference: Option<u64>,
    pub mentions: Vec<u64>,
    pub mention_roles: Vec<u64>,
    pub mention_everyone: bool,
    pub created: u64,
    pub edited: Option<u64>,
    pub edits: usize,
    pub deleted: bool,
    /// The only person who sees it, if it is ephemeral.
    pub only_for: Option<u64>,
    /// The interaction that it came from, and what the message says about it.
    pub interaction: Option<(u64, Value)>,
    pub nonce: Option<Value>,
}

impl Post {
    pub fn new(id: u64, channel: u64, author: Author) -> Post {
        Post {
            id,
            channel,
            author,
            content: String::new(),
            embeds: Vec::new(),
            components: Vec::new(),
            attachments: Vec::new(),
            flags: 0,
            kind: 0,
            reference: None,
            mentions: Vec::new(),
            mention_roles: Vec::new(),
            mention_everyone: false,
            created: now_ms(),
            edited: None,
            edits: 0,
            deleted: false,
            only_for: None,
            interaction: None,
            nonce: None,
        }
    }

    pub fn is_loading(&self) -> bool {
        self.flags & LOADING != 0
    }

    pub fn is_empty(&self) -> bool {
        self.content.is_empty()
            && self.embeds.is_empty()
            && self.components.is_empty()
            && self.attachments.is_empty()
    }

    pub fn attachment_ids(&self) -> Vec<u64> {
        self.attachments.iter().filter_map(|attachment| as_id(&attachment["id"])).collect()
    }

    /// Takes over what a checked payload says; a field that is not in it stays as it is, and null
    /// empties it.
    pub fn apply(
        &mut self,
        payload: &Value,
        files: &[SentFile],
        base: &str,
        next_id: &mut dyn FnMut() -> u64,
    ) {
        if let Some(content) = payload.get("content") {
            content.as_str().unwrap_or_default().trim().clone_into(&mut self.content);
        }
        if let Some(embeds) = payload.get("embeds") {
            self.embeds = embeds.as_array().into_iter().flatten().map(stored_embed).collect();
        }
        if let Some(rows) = payload.get("components") {
            self.components = rows.as_array().cloned().unwrap_or_default();
            let mut taken = Vec::new();
            each_component(&self.components, &mut |it| taken.extend(it["id"].as_u64().filter(|id| *id != 0)));
            let mut last = 0;
            self.components.iter_mut().for_each(|row| fill_ids(row, &taken, &mut last));
        }
        if let Some(list) = payload.get("attachments").filter(|list| !list.is_null()) {
            let kept: Vec<u64> =
                list.as_array().into_iter().flatten().filter_map(|kept| as_id(&kept["id"])).collect();
            self.attachments
                .retain(|attachment| as_id(&attachment["id"]).is_some_and(|id| kept.contains(&id)));
        }
        for file in files {
            let id = next_id();
            let url = format!("{base}/attachments/{}/{id}/{}", self.channel, file.name);
            self.attachments.push(json!({
                "id": id.to_string(), "filename": file.name, "size": file.size, "url": url,
                "proxy_url": url, "content_type": "application/octet-stream",
                "ephemeral": self.flags & EPHEMERAL != 0,
            }));
        }
        for component in &mut self.components {
            fill_files(component, &self.attachments);
        }
        if let Some(flags) = payload.get("flags").and_then(Value::as_u64) {
            self.flags = self.flags & !SUPPRESS_EMBEDS | flags & (SUPPRESS_EMBEDS | COMPONENTS_V2);
        }
    }

    /// The content, and all text displays.
    fn said(&self) -> String {
        let mut said = vec![self.content.clone()];
        each_component(&self.components, &mut |it| said.extend(it["content"].as_str().map(String::from)));
        said.join("\n")
    }

    /// Who is pinged, from the content and `allowed_mentions`. `default` is what is parsed without it.
    pub fn mention(&mut self, allowed: Option<&Value>, default: &[&str], replied_to: Option<u64>) {
        let allowed = allowed.filter(|allowed| !allowed.is_null());
        let parses = |kind: &str| match allowed {
            None => default.contains(&kind),
            Some(allowed) => allowed
                .get("parse")
                .and_then(Value::as_array)
                .is_some_and(|list| list.iter().any(|k| k == kind)),
        };
        let listed = |key: &str, id: u64| {
            let list = allowed.and_then(|allowed| allowed.get(key)).and_then(Value::as_array);
            list.is_some_and(|list| list.iter().any(|value| as_id(value) == Some(id)))
        };
        let text = self.said();
        let users = ids_after(&text, "<@");
        self.mentions = users.into_iter().filter(|id| parses("users") || listed("users", *id)).collect();
        let roles = ids_after(&text, "<@&");
        self.mention_roles = roles.into_iter().filter(|id| parses("roles") || listed("roles", *id)).collect();
        let everyone = text.contains("@everyone") || text.contains("@here");
        self.mention_everyone = everyone && parses("everyone");
        // A reply pings unless `allowed_mentions` is there without `replied_user`.
        let pings = allowed.is_none_or(|allowed| allowed.get("replied_user") == Some(&Value::Bool(true)));
        if let Some(user) = replied_to.filter(|user| pings && !self.mentions.contains(user)) {
            self.mentions.push(user);
        }
    }
}

/// The ids in `<@1>`, `<@!1>` or `<@&1>`, each once.
pub fn ids_after(text: &str, start: &str) -> Vec<u64> {
    let mut ids = Vec::new();
    for part in text.split(start).skip(1) {
        let part = part.strip_prefix('!').unwrap_or(part);
        if let Some((id, _)) = part.split_once('>')
            && let Ok(id) = id.parse()
            && !ids.contains(&id)
        {
            ids.push(id);
        }
    }
    ids
}

fn stored_embed(embed: &Value) -> Value {
    let mut embed = embed.clone();
    trim(&mut embed);
    embed["type"] = "rich".into();
    embed
}

/// Trims every text, and leaves out what is null, as Discord does.
fn trim(value: &mut Value) {
    match value {
        Value::String(text) => *text = text.trim().to_owned(),
        Value::Array(list) => list.iter_mut().for_each(trim),
        Value::Object(map) => {
            map.retain(|_, value| !value.is_null());
            map.values_mut().for_each(trim);
        }
        _ => {}
    }
}

/// Calls a function with each component, those within others included, from top to bottom.
pub fn each_component<'a>(components: &'a [Value], call: &mut impl FnMut(&'a Value)) {
    for component in components {
        call(component);
        let inner = component["components"].as_array().map_or(&[][..], Vec::as_slice);
        each_component(inner, call);
        each_component(component.get("accessory").map_or(&[][..], std::slice::from_ref), call);
    }
}

/// The components within one.
fn inner(part: &mut Value) -> impl Iterator<Item = &mut Value> {
    let map = part.as_object_mut().into_iter().flatten();
    map.filter(|(key, _)| *key == "components" || *key == "accessory").flat_map(|(_, value)| match value {
        Value::Array(parts) => parts.as_mut_slice(),
        part => std::slice::from_mut(part),
    })
}

fn fill_ids(part: &mut Value, taken: &[u64], last: &mut u64) {
    if let Some(map) = part.as_object_mut() {
        map.retain(|_, value| !value.is_null());
        if map.get("id").and_then(Value::as_u64).is_none_or(|id| id == 0) {
            *last += 1;
            while taken.contains(last) {
                *last += 1;
            }
            map.insert("id".into(), (*last).into());
        }
    }
    inner(part).for_each(|part| fill_ids(part, taken, last));
}

/// Gives components that show a file its address and its name, as Discord does.
fn fill_files(part: &mut Value, attachments: &[Value]) {
    let name = part["file"]["url"].as_str().and_then(|url| url.strip_prefix("attachment://"));
    if let Some(file) = name.and_then(|name| attachments.iter().find(|it| it["filename"] == name)) {
        part["name"] = file["filename"].clone();
        part["size"] = file["size"].clone();
        part["file"]["url"] = file["url"].clone();
    }
    inner(part).for_each(|part| fill_files(part, attachments));
}

impl State {
    pub fn post_json(&self, id: u64) -> Value {
        self.post_json_deep(id, true)
    }

    fn post_json_deep(&self, id: u64, with_reference: bool) -> Value {
        let post = &self.posts[&id];
        let author = match &post.author {
            Author::User(id) => self.world.user_json(*id),
            Author::Webhook { id, name } => json!({
                "id": id.to_string(), "username": name, "discriminator": "0000", "avatar": null, "bot": true,
                "global_name": null, "public_flags": 0, "flags": 0, "clan": null, "primary_guild": null,
            }),
        };
        let mentions: Vec<Value> = post
            .mentions
            .iter()
            .filter(|id| self.world.users.contains_key(id))
            .map(|id| self.world.user_json(*id))
            .collect();
        let embeds = if post.flags & SUPPRESS_EMBEDS == 0 { post.embeds.clone() } else { Vec::new() };
        let mut json = json!({
            "id": id.to_string(), "channel_id": post.channel.to_string(), "type": post.kind,
            "content": post.content, "author": author, "embeds": embeds, "components": post.components,
            "attachments": post.attachments, "mentions": mentions,
            "mention_roles": post.mention_roles.iter().map(u64::to_string).collect::<Vec<_>>(),
            "mention_everyone": post.mention_everyone, "pinned": false, "tts": false, "flags": post.flags,
            "timestamp": timestamp(post.created), "edited_timestamp": post.edited.map(timestamp),
        });
        if let Author::Webhook { id, .. } = &post.author {
            json["webhook_id"] = id.to_string().into();
        }
        if let Some(nonce) = &post.nonce {
            json["nonce"] = nonce.clone();
        }
        if let Some((id, metadata)) = &post.interaction {
            json["interaction_metadata"] = metadata.clone();
            // The older field, which is deprecated but still sent for commands.
            if metadata["type"] == 2
                && let Some(interaction) = self.interactions.get(id)
            {
                json["interaction"] = json!({
                    "id": metadata["id"], "type": 2, "name": interaction.name, "user": metadata["user"],
                });
            }
            json["webhook_id"] = self.world.application.to_string().into();
            json["application_id"] = self.world.application.to_string().into();
        }
        if let Some(reference) = post.reference {
            let there = self.posts.get(&reference);
            let channel = there.map_or(post.channel, |there| there.channel);
            json["message_reference"] = json!({
                "type": 0, "channel_id": channel.to_string(), "message_id": reference.to_string(),
            });
            if let Some(guild) = self.world.channel(channel).guild {
                json["message_reference"]["guild_id"] = guild.to_string().into();
            }
            if with_reference {
                json["referenced_message"] = match there {
                    Some(there) if !there.deleted => self.post_json_deep(reference, false),
                    _ => Value::Null,
                };
            }
        }
        json
    }

    /// What happens in a channel that the bot does not see, it is not told.
    fn bot_sees(&self, channel: u64) -> bool {
        self.world.permissions(self.world.bot, channel) & VIEW_CHANNEL != 0
    }

    /// Puts a message into its channel and tells the bot.
    pub fn add_post(&mut self, post: Post) {
        let id = post.id;
        if let Some(channel) = self.world.channels.get_mut(&post.channel) {
            channel.last_message = Some(id);
        }
        self.posts.insert(id, post);
        self.announce(id, "MESSAGE_CREATE");
    }

    pub fn announce(&mut self, id: u64, event: &str) {
        let post = &self.posts[&id];
        if !self.somebody_hears_messages() || !self.bot_sees(post.channel) {
            return;
        }
        let guild = self.world.channel(post.channel).guild;
        let mut json = self.post_json(id);
        json["channel_type"] = self.world.channel(post.channel).kind.number().into();
        if let Some(guild) = guild.filter(|_| post.only_for.is_none()) {
            json["guild_id"] = guild.to_string().into();
            if let Author::User(user) = post.author
                && self.world.guild(guild).members.contains_key(&user)
            {
                json["member"] = self.world.member_json(guild, user);
            }
            for n in 0..post.mentions.len() {
                let user = post.mentions[n];
                if self.world.guild(guild).members.contains_key(&user) && json["mentions"][n].is_object() {
                    json["mentions"][n]["member"] = self.world.member_json(guild, user);
                }
            }
        }
        let full = json.to_string();
        let blank = self.without_content(json, guild.is_none()).to_string();
        self.dispatch_message(event, guild, &full, &blank);
    }

    /// What a bot without the message content intent gets: nothing of what people wrote, unless it is
    /// mentioned by its user (a role does not count), it is in a DM, or it wrote the message itself. That
    /// holds for a message and for the one that it replies to, each by itself.
    fn without_content(&self, mut json: Value, dm: bool) -> Value {
        let bot = self.world.bot.to_string();
        let hidden = |json: &Value| {
            let mentioned =
                json["mentions"].as_array().into_iter().flatten().any(|user| user["id"] == bot.as_str());
            !dm && !mentioned && json["author"]["id"] != bot.as_str()
        };
        let blank = |json: &mut Value| {
            json["content"] = "".into();
            for key in ["embeds", "components", "attachments"] {
                json[key] = json!([]);
            }
            if let Some(message) = json.as_object_mut() {
                message.remove("poll");
            }
        };
        if hidden(&json) {
            blank(&mut json);
        }
        if json.get("referenced_message").is_some_and(|message| message.is_object() && hidden(message)) {
            blank(&mut json["referenced_message"]);
        }
        json
    }

    pub fn delete_post(&mut self, id: u64) {
        let Some(post) = self.posts.get_mut(&id) else { return };
        post.deleted = true;
        let channel = post.channel;
        let guild = self.world.channel(channel).guild;
        let mut json = json!({ "id": id.to_string(), "channel_id": channel.to_string() });
        if let Some(guild) = guild {
            json["guild_id"] = guild.to_string().into();
        }
        if self.bot_sees(channel) {
            let text = json.to_string();
            self.dispatch_message("MESSAGE_DELETE", guild, &text, &text);
        }
    }
}
