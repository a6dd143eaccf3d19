//! The routes under `/channels/{id}`.

use serde_json::Value;

use super::errors::{Faults, Refusal};
use super::messages::{Author, Post};
use super::rest::{Call, Reply};
use super::state::State;
use super::validate::{self, Purpose, as_id};
use super::world::{ChannelKind, now_ms, permissions as p};

pub fn answer(state: &mut State, call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.path.get(1).and_then(|id| id.parse().ok());
    let id = id.filter(|id| state.world.channels.contains_key(id));
    let Some(id) = id else { return Err(Refusal::unknown(10003, "Channel")) };
    let bot = state.world.bot;
    let may = state.world.permissions(bot, id);
    if may & p::VIEW_CHANNEL == 0 {
        return Err(Refusal::new(403, 50001, "Missing Access"));
    }
    let message = |state: &State, text: &str| {
        let found = text.parse().ok().filter(|id| state.posts.contains_key(id));
        // Ephemeral messages are not there for these routes.
        let found = found.filter(|message| {
            let post = &state.posts[message];
            post.channel == id && !post.deleted && post.only_for.is_none()
        });
        found.ok_or_else(|| Refusal::unknown(10008, "Message"))
    };
    match (call.method, &call.path[2..]) {
        ("GET", []) => Ok(Reply::json(state.world.channel_json(id))),
        ("POST", ["messages"]) => create(state, call, id, may),
        ("POST", ["messages", text, "threads"]) => {
            let message = message(state, text)?;
            open_thread(state, call, id, message, may)
        }
        ("POST", ["typing"]) => Ok(Reply::nothing()),
        ("GET", ["messages", text]) => {
            if may & p::READ_MESSAGE_HISTORY == 0 {
                return Err(missing_permissions());
            }
            let message = message(state, text)?;
            Ok(Reply::json(state.post_json(message)))
        }
        ("PATCH", ["messages", text]) => {
            let message = message(state, text)?;
            if state.posts[&message].author != Author::User(bot) {
                return Err(Refusal::new(403, 50005, "Cannot edit a message authored by another user"));
            }
            edit(state, call, message, &["users", "roles", "everyone"])
        }
        ("DELETE", ["messages", text]) => {
            let message = message(state, text)?;
            let own = state.posts[&message].author == Author::User(bot);
            if !own && may & p::MANAGE_MESSAGES == 0 {
                return Err(missing_permissions());
            }
            state.delete_post(message);
            Ok(Reply::nothing())
        }
        _ => Err(Refusal::not_found()),
    }
}

/// Start Thread from Message (<https://discord.com/developers/docs/resources/channel#start-thread-from-message>).
fn open_thread(
    state: &mut State,
    call: &Call<'_>,
    channel: u64,
    message: u64,
    may: u64,
) -> Result<Reply, Refusal> {
    let data = state.world.channel(channel);
    let (kind, server) = (data.kind, data.guild);
    let Some(server) = server.filter(|_| !kind.is_thread()) else {
        return Err(Refusal::new(400, 50024, "Cannot execute action on this channel type"));
    };
    if may & p::CREATE_PUBLIC_THREADS == 0 {
        return Err(missing_permissions());
    }
    let name = call.body.get("name").and_then(Value::as_str).unwrap_or_default();
    if !(1..=100).contains(&name.chars().count()) {
        let mut faults = Faults::default();
        faults.add("name", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 100 in length.");
        faults.finish()?;
    }
    if state.world.channels.contains_key(&message) {
        return Err(Refusal::new(400, 160_004, "A thread has already been created for this message"));
    }
    // It has the id of its message.
    state.world.add_channel_as(message, Some(server), ChannelKind::PublicThread, name, Some(channel));
    Ok(Reply::json(state.world.channel_json(message)))
}

fn missing_permissions() -> Refusal {
    Refusal::new(403, 50013, "Missing Permissions")
}

#[expect(
    clippy::too_many_lines,
    reason = "the rules for a message, in the order in which Discord checks them"
)]
fn create(state: &mut State, call: &Call<'_>, channel: u64, may: u64) -> Result<Reply, Refusal> {
    let kind = state.world.channel(channel).kind;
    if kind == ChannelKind::Forum {
        return Err(Refusal::new(400, 50008, "Cannot send messages in a non-text channel"));
    }
    let send = if kind.is_thread() { p::SEND_MESSAGES_IN_THREADS } else { p::SEND_MESSAGES };
    if may & send == 0 {
        return Err(missing_permissions());
    }
    let body = call.body;
    validate::message(body, "", Purpose::Create, call.files, None, &call.shared.config.rules())?;
    let lists = |key: &str| body.get(key).and_then(Value::as_array).is_some_and(|list| !list.is_empty());
    if (lists("embeds") && may & p::EMBED_LINKS == 0)
        || (!call.files.is_empty() && may & p::ATTACH_FILES == 0)
    {
        return Err(missing_permissions());
    }
    let bot = state.world.bot;
    let nonce = body.get("nonce").filter(|nonce| !nonce.is_null());
    if let Some(nonce) = nonce {
        let length = nonce.as_str().map_or_else(|| nonce.to_string().len(), str::len);
        if length > 25 {
            let mut faults = Faults::default();
            faults.add("nonce", "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.");
            faults.finish()?;
        }
        if body.get("enforce_nonce") == Some(&Value::Bool(true))
            && let Some(old) = state.posts.values().find(|post| {
                post.nonce.as_ref() == Some(nonce) && post.author == Author::User(bot) && !post.deleted
            })
        {
            return Ok(Reply::json(state.post_json(old.id)));
        }
    }
    let mut post = Post::new(state.world.new_id(), channel, Author::User(bot));
    post.nonce = nonce.cloned();
    let mut replied_to = None;
    if let Some(reference) = body.get("message_reference").filter(|reference| !reference.is_null()) {
        if may & p::READ_MESSAGE_HISTORY == 0 {
            return Err(Refusal::new(
                400,
                160_002,
                "Cannot reply without permission to read message history",
            ));
        }
        let id = reference.get("message_id").and_then(as_id);
        let elsewhere = reference.get("channel_id").and_then(as_id).is_some_and(|id| id != channel);
        let found = id
            .and_then(|id| state.posts.get(&id))
            .filter(|old| !elsewhere && old.channel == channel && !old.deleted && old.only_for.is_none());
        match found {
            Some(old) => {
                post.reference = id;
                post.kind = 19;
                if let Author::User(user) = old.author {
                    replied_to = Some(user);
                }
            }
            // `fail_if_not_exists` is true unless said otherwise.
            None if reference.get("fail_if_not_exists") == Some(&Value::Bool(false)) => {}
            None => {
                let mut faults = Faults::default();
                faults.add("message_reference", "MESSAGE_REFERENCE_UNKNOWN_MESSAGE", "Unknown message");
                faults.finish()?;
            }
        }
    }
    post.flags = body.get("flags").and_then(Value::as_u64).unwrap_or(0);
    let world = &mut state.world;
    post.apply(body, call.files, &call.shared.rest, &mut || world.new_id());
    if post.is_empty() {
        return Err(Refusal::new(400, 50006, "Cannot send an empty message"));
    }
    post.mention(body.get("allowed_mentions"), &["users", "roles", "everyone"], replied_to);
    let id = post.id;
    state.add_post(post);
    Ok(Reply::json(state.post_json(id)))
}

/// A change of a message, through the channel or through an interaction.
pub fn edit(state: &mut State, call: &Call<'_>, id: u64, mentions: &[&str]) -> Result<Reply, Refusal> {
    change(state, call, call.body, "", id, mentions)?;
    Ok(Reply::json(state.post_json(id)))
}

pub fn change(
    state: &mut State,
    call: &Call<'_>,
    payload: &Value,
    path: &str,
    id: u64,
    mentions: &[&str],
) -> Result<(), Refusal> {
    let earlier = Some(&state.posts[&id]);
    validate::message(payload, path, Purpose::Edit, call.files, earlier, &call.shared.config.rules())?;
    let mut post = state.posts[&id].clone();
    let world = &mut state.world;
    post.apply(payload, call.files, &call.shared.rest, &mut || world.new_id());
    if post.is_empty() {
        return Err(Refusal::new(400, 50006, "Cannot send an empty message"));
    }
    if payload.get("content").is_some() || payload.get("components").is_some() {
        let replied_to = post.reference.and_then(|id| match state.posts.get(&id)?.author {
            Author::User(user) => Some(user),
            Author::Webhook { .. } => None,
        });
        post.mention(payload.get("allowed_mentions"), mentions, replied_to);
    }
    if post.is_loading() {
        post.flags &= !validate::LOADING;
    } else {
        // The first text of a deferred answer is not shown as "(edited)".
        post.edited = Some(now_ms());
    }
    post.edits += 1;
    state.posts.insert(id, post);
    state.announce(id, "MESSAGE_UPDATE");
    Ok(())
}
