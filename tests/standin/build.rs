//! What a person does with a command, checked as Discord's client checks it, and the interaction that
//! comes of it.

use std::sync::{Arc, OnceLock};

use serde_json::{Map, Value, json};

use super::Config;
use super::people::{Channel, File, Member, Role};
use super::rest::now;
use super::state::{Interaction, State};
use super::world::permissions as p;

/// For a command that takes none.
pub const NO_OPTIONS: [(&str, &str); 0] = [];

/// The value of an option.
#[derive(Clone, PartialEq, Debug)]
pub enum Given {
    Text(String),
    Integer(i64),
    Number(f64),
    Boolean(bool),
    User(u64),
    Channel(u64),
    Role(u64),
    File(File),
}

macro_rules! given_from {
    ($($kind:ty => |$value:ident| $given:expr),* $(,)?) => {
        $(impl From<$kind> for Given {
            fn from($value: $kind) -> Given { $given }
        })*
    };
}

given_from! {
    &str => |text| Given::Text(text.to_owned()),
    String => |text| Given::Text(text),
    &String => |text| Given::Text(text.clone()),
    i64 => |number| Given::Integer(number),
    i32 => |number| Given::Integer(number.into()),
    f64 => |number| Given::Number(number),
    bool => |value| Given::Boolean(value),
    &Member => |member| Given::User(member.id),
    &Channel => |channel| Given::Channel(channel.id),
    &Role => |role| Given::Role(role.id),
    File => |file| Given::File(file),
    &File => |file| Given::File(file.clone()),
}

#[derive(Clone, Debug)]
enum Kind {
    Slash,
    /// The focused option, and what is typed in it.
    Autocomplete(String, String),
    /// The message that it is used on.
    MessageCommand(u64),
    UserCommand(u64),
}

/// Something that a person is about to do with a command.
#[derive(Clone, Debug)]
pub struct Call {
    kind: Kind,
    member: u64,
    channel: u64,
    /// The command, and its group and subcommand.
    name: String,
    options: Vec<(String, Given)>,
    forced: bool,
}

impl Call {
    pub fn slash(member: &Member, channel: &Channel, name: &str) -> Call {
        Call {
            kind: Kind::Slash,
            member: member.id,
            channel: channel.id,
            name: name.into(),
            options: Vec::new(),
            forced: false,
        }
    }

    pub fn autocomplete(member: &Member, channel: &Channel, name: &str, focused: &str, typed: &str) -> Call {
        let kind = Kind::Autocomplete(focused.into(), typed.into());
        Call { kind, ..Call::slash(member, channel, name) }
    }

    pub fn message_command(member: &Member, channel: &Channel, name: &str, target: u64) -> Call {
        Call { kind: Kind::MessageCommand(target), ..Call::slash(member, channel, name) }
    }

    pub fn user_command(member: &Member, channel: &Channel, name: &str, target: &Member) -> Call {
        Call { kind: Kind::UserCommand(target.id), ..Call::slash(member, channel, name) }
    }

    #[must_use]
    pub fn option(mut self, name: &str, value: impl Into<Given>) -> Call {
        self.options.push((name.into(), value.into()));
        self
    }

    #[must_use]
    pub fn options<N: Into<String>, V: Into<Given>>(
        mut self,
        options: impl IntoIterator<Item = (N, V)>,
    ) -> Call {
        self.options.extend(options.into_iter().map(|(name, value)| (name.into(), value.into())));
        self
    }

    /// Done although the client would not show the command to this member here: somebody who is not
    /// using Discord's client, or whose permissions were changed just now.
    #[must_use]
    pub fn forced(mut self) -> Call {
        self.forced = true;
        self
    }
}

/// An interaction, ready to be sent.
pub struct Prepared {
    pub interaction: Interaction,
    pub guild: Option<u64>,
    pub body: String,
}

/// Builds the interaction, or says why Discord's client would not let the person do this.
pub fn prepare(state: &mut State, config: &Config, call: &Call) -> Result<Prepared, String> {
    let guild = state.world.channel(call.channel).guild;
    let mut words = call.name.split(' ');
    let (kind, name) = match call.kind {
        Kind::Slash | Kind::Autocomplete(..) => (1, words.next().unwrap_or_default()),
        Kind::UserCommand(_) => (2, call.name.as_str()),
        Kind::MessageCommand(_) => (3, call.name.as_str()),
    };
    let command = state.registry.find(guild, kind, name);
    let command = command.ok_or_else(|| {
        format!("the command {name:?} is not registered; these are: {:?}", state.registry.names())
    })?;
    let command = command.clone();
    if !call.forced {
        visible(state, &command, call.member, call.channel)?;
    }
    let mut data = json!({ "id": command["id"], "name": command["name"], "type": kind });
    if let Some(guild) = command.get("guild_id") {
        data["guild_id"] = guild.clone();
    }
    let mut resolved = Map::new();
    let mut focused = 0;
    let mut target = None;
    match &call.kind {
        Kind::Slash | Kind::Autocomplete(..) => {
            let words: Vec<&str> = words.collect();
            let options = fill(state, call, &command, &words, &mut resolved, &mut focused)?;
            if !options.is_empty() {
                data["options"] = options.into();
            }
        }
        Kind::MessageCommand(message) => {
            target = Some(*message);
            data["target_id"] = message.to_string().into();
            let mut json = state.post_json(*message);
            json.as_object_mut().expect("it is an object").remove("referenced_message");
            resolved.insert("messages".into(), json!({ message.to_string(): json }));
        }
        Kind::UserCommand(user) => {
            data["target_id"] = user.to_string().into();
            resolve_user(state, guild, call.channel, *user, &mut resolved);
        }
    }
    if !resolved.is_empty() {
        data["resolved"] = resolved.into();
    }
    let kind = if matches!(call.kind, Kind::Autocomplete(..)) { 4 } else { 2 };
    let mut prepared = interaction(state, config, kind, call.member, call.channel, &call.name, data, None);
    prepared.interaction.focused = focused;
    prepared.interaction.target = target;
    Ok(prepared)
}

/// Whether the client shows a command to a member in a channel.
pub fn visible(state: &State, command: &Value, member: u64, channel: u64) -> Result<(), String> {
    let name = &command["name"];
    let place = state.world.channel(channel);
    let Some(guild) = place.guild else {
        let in_dms = command.get("dm_permission") == Some(&Value::Bool(true));
        return if in_dms { Ok(()) } else { Err(format!("{name} is not there in a DM")) };
    };
    if !state.world.guild(guild).members.contains_key(&member) {
        return Err(format!("{} is not a member of the server", state.world.user(member).name));
    }
    if command.get("contexts").and_then(Value::as_array).is_some_and(|list| !list.contains(&json!(0))) {
        return Err(format!("{name} is not there in a server"));
    }
    let may = state.world.permissions(member, channel);
    if may & p::VIEW_CHANNEL == 0 {
        return Err(format!("{} does not see the channel", state.world.user(member).name));
    }
    if may & p::USE_APPLICATION_COMMANDS == 0 {
        return Err(format!("{} may not use commands there", state.world.user(member).name));
    }
    let needs = command["default_member_permissions"].as_str().and_then(|bits| bits.parse::<u64>().ok());
    match needs {
        // "0" is for administrators only.
        Some(needs) if (needs == 0 && may & p::ADMINISTRATOR == 0) || may & needs != needs => {
            Err(format!("{name} is not shown to {}", state.world.user(member).name))
        }
        _ => Ok(()),
    }
}

/// The options, checked against those that are registered, within their group and subcommand.
fn fill(
    state: &State,
    call: &Call,
    command: &Value,
    words: &[&str],
    resolved: &mut Map<String, Value>,
    focused: &mut u64,
) -> Result<Vec<Value>, String> {
    let none = Vec::new();
    let mut level = command;
    let mut nesting = Vec::new();
    for word in words {
        let options = level.get("options").and_then(Value::as_array).unwrap_or(&none);
        let found =
            options.iter().find(|option| option["name"] == *word && option["type"].as_u64() < Some(3));
        level = found.ok_or_else(|| format!("{} has no subcommand {word:?}", level["name"]))?;
        nesting.push(level);
    }
    let known = level.get("options").and_then(Value::as_array).unwrap_or(&none);
    if known.iter().any(|option| option["type"].as_u64() < Some(3)) {
        return Err(format!("{:?} needs a subcommand", call.name));
    }
    let find = |name: &str| {
        let found = known.iter().find(|option| option["name"] == name);
        found.ok_or_else(|| {
            let names: Vec<&str> = known.iter().filter_map(|option| option["name"].as_str()).collect();
            format!("{:?} has no option {name:?}; it has {names:?}", call.name)
        })
    };
    let mut filled = Vec::new();
    for (name, given) in &call.options {
        let option = find(name)?;
        let value = value_of(state, call, option, given, resolved)
            .map_err(|why| format!("the option {name:?} of {:?}: {why}", call.name))?;
        filled.push(json!({ "name": name, "type": option["type"], "value": value }));
    }
    if let Kind::Autocomplete(name, typed) = &call.kind {
        let option = find(name)?;
        if option.get("autocomplete") != Some(&Value::Bool(true)) {
            return Err(format!("the option {name:?} of {:?} has no autocomplete", call.name));
        }
        *focused = option["type"].as_u64().unwrap_or(3);
        filled.push(json!({ "name": name, "type": focused, "value": typed, "focused": true }));
    } else {
        for option in known.iter().filter(|option| option.get("required") == Some(&Value::Bool(true))) {
            if !call.options.iter().any(|(name, _)| option["name"] == name.as_str()) {
                return Err(format!("{:?} cannot be sent without the option {}", call.name, option["name"]));
            }
        }
    }
    for part in nesting.iter().rev() {
        filled = vec![json!({ "name": part["name"], "type": part["type"], "options": filled })];
    }
    Ok(filled)
}

fn value_of(
    state: &State,
    call: &Call,
    option: &Value,
    given: &Given,
    resolved: &mut Map<String, Value>,
) -> Result<Value, String> {
    let kind = option["type"].as_u64().unwrap_or(0);
    let guild = state.world.channel(call.channel).guild;
    // While one option is completed, the others are sent as they are, whatever is in them.
    let complete = !matches!(call.kind, Kind::Autocomplete(..));
    if let Some(choices) = option.get("choices").and_then(Value::as_array) {
        let value = match given {
            Given::Text(text) => json!(text),
            Given::Integer(number) => json!(number),
            Given::Number(number) => json!(number),
            _ => Value::Null,
        };
        let found = choices.iter().find(|choice| choice["name"] == value || choice["value"] == value);
        return found.map(|choice| choice["value"].clone()).ok_or_else(|| {
            let names: Vec<&str> = choices.iter().filter_map(|choice| choice["name"].as_str()).collect();
            format!("{given:?} is none of the choices {names:?}")
        });
    }
    let limit = |key: &str| option.get(key).and_then(Value::as_f64);
    match (kind, given) {
        (3, Given::Text(text)) => {
            let length = text.chars().count() as f64;
            let most = limit("max_length").unwrap_or(6000.0);
            if complete && (length > most || limit("min_length").is_some_and(|least| length < least)) {
                return Err(format!("{length} characters are not within its limits"));
            }
            Ok(json!(text))
        }
        (4, Given::Integer(number)) => {
            let value = *number as f64;
            let below = limit("min_value").is_some_and(|least| value < least);
            let above = limit("max_value").is_some_and(|most| value > most);
            // Discord checks it too; a client of one's own may send what it likes.
            if (below || above) && !call.forced {
                return Err(format!("{number} is not within its limits"));
            }
            Ok(json!(number))
        }
        (10, Given::Number(number)) => Ok(json!(number)),
        (5, Given::Boolean(value)) => Ok(json!(value)),
        (6 | 9, Given::User(id)) => {
            resolve_user(state, guild, call.channel, *id, resolved);
            Ok(json!(id.to_string()))
        }
        (7, Given::Channel(id)) => {
            let json = state.world.partial_channel_json(*id, call.member);
            insert(resolved, "channels", *id, json);
            Ok(json!(id.to_string()))
        }
        (8 | 9, Given::Role(id)) => {
            let guild = guild.ok_or("there are no roles in a DM")?;
            let roles = state.world.guild_json(guild);
            let wanted = Value::from(id.to_string());
            let role = roles["roles"].as_array().into_iter().flatten().find(|role| role["id"] == wanted);
            insert(resolved, "roles", *id, role.ok_or("it is a role of another server")?.clone());
            Ok(json!(id.to_string()))
        }
        (11, Given::File(file)) => {
            insert(resolved, "attachments", file.id, file.json(state));
            Ok(json!(file.id.to_string()))
        }
        _ => Err(format!("it is of type {kind}, and does not take {given:?}")),
    }
}

fn insert(resolved: &mut Map<String, Value>, key: &str, id: u64, json: Value) {
    let place = resolved.entry(key).or_insert_with(|| json!({}));
    place[id.to_string()] = json;
}

fn resolve_user(state: &State, guild: Option<u64>, channel: u64, id: u64, resolved: &mut Map<String, Value>) {
    insert(resolved, "users", id, state.world.user_json(id));
    if let Some(guild) = guild.filter(|guild| state.world.guild(*guild).members.contains_key(&id)) {
        let mut member = state.world.member_json(guild, id);
        let object = member.as_object_mut().expect("it is an object");
        object.remove("deaf");
        object.remove("mute");
        member["permissions"] = state.world.permissions(id, channel).to_string().into();
        insert(resolved, "members", id, member);
    }
}

/// An interaction of any kind; `message` is the one that a component is on.
#[expect(clippy::too_many_arguments, reason = "these are what an interaction is made of")]
pub fn interaction(
    state: &mut State,
    config: &Config,
    kind: u8,
    user: u64,
    channel: u64,
    name: &str,
    data: Value,
    message: Option<u64>,
) -> Prepared {
    let id = state.world.new_id();
    let token = token(id);
    let world = &state.world;
    let guild = world.channel(channel).guild;
    let locale = &world.user(user).locale;
    let app_permissions = match guild {
        Some(_) => world.permissions(world.bot, channel),
        // As the documentation names them for a DM with the bot.
        None => p::ATTACH_FILES | p::EMBED_LINKS | p::MENTION_EVERYONE | p::USE_EXTERNAL_EMOJIS,
    };
    let mut json = json!({
        "id": id.to_string(), "application_id": world.application.to_string(), "type": kind, "version": 1,
        "token": token, "channel_id": channel.to_string(),
        "channel": world.partial_channel_json(channel, user),
        "app_permissions": app_permissions.to_string(), "locale": locale,
        "entitlements": [], "entitlement_sku_ids": [],
        "attachment_size_limit": config.attachment_size_limit, "data": data,
    });
    if let Some(guild) = guild {
        let mut member = world.full_member_json(guild, user);
        member["permissions"] = world.permissions(user, channel).to_string().into();
        json["member"] = member;
        json["guild_id"] = guild.to_string().into();
        json["guild_locale"] = world.guild(guild).locale.clone().into();
        json["guild"] =
            json!({ "id": guild.to_string(), "locale": world.guild(guild).locale, "features": [] });
        json["context"] = 0.into();
        json["authorizing_integration_owners"] = json!({ "0": guild.to_string() });
    } else {
        json["user"] = world.user_json(user);
        json["context"] = 1.into();
        json["authorizing_integration_owners"] = json!({ "0": "0" });
    }
    if let Some(message) = message {
        json["message"] = state.post_json(message);
    }
    let interaction = Interaction {
        id,
        token,
        kind,
        name: name.to_owned(),
        user,
        channel,
        created: now(),
        written: Arc::new(OnceLock::new()),
        source: message,
        target: None,
        focused: 3,
        ack: None,
        original: None,
        followups: Vec::new(),
        settled: None,
    };
    Prepared { interaction, guild, body: json.to_string() }
}

/// A token that looks like one of Discord's, and is as long.
fn token(id: u64) -> String {
    let mut text = String::from("aW50ZXJhY3Rpb246");
    let mut seed = id;
    while text.len() < 216 {
        seed = seed.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(0x1405_7b7e_f767_814f);
        let letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        text.push(char::from(letters[usize::try_from(seed >> 58).expect("six bits")]));
    }
    text
}
