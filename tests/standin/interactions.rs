//! Answers to interactions: the callback, and the webhook of its token.

use serde_json::{Value, json};

use super::errors::{Faults, Refusal};
use super::messages::{Author, Post};
use super::rest::{Call, Reply};
use super::routes_channels::{change, edit};
use super::state::{Acknowledged, Interaction, State};
use super::validate::{self, EPHEMERAL, LOADING, Purpose, SUPPRESS_NOTIFICATIONS};

/// Without `allowed_mentions`, an answer to an interaction pings users only.
const MENTIONS: [&str; 1] = ["users"];

#[expect(
    clippy::too_many_lines,
    reason = "the rules for an answer, in the order in which Discord checks them"
)]
pub fn callback(state: &mut State, call: &Call<'_>) -> Result<Reply, Refusal> {
    let ("POST", ["interactions", id, token, "callback"]) = (call.method, call.path) else {
        return Err(Refusal::not_found());
    };
    let unknown = || Refusal::unknown(10062, "interaction");
    let id: u64 = id.parse().map_err(|_| unknown())?;
    let interaction = state.interactions.get(&id).filter(|interaction| interaction.token == *token);
    let interaction = interaction.ok_or_else(unknown)?.clone();
    if interaction.ack.is_some() {
        return Err(Refusal::new(400, 40060, "Interaction has already been acknowledged."));
    }
    if call.now.duration_since(interaction.created) > call.shared.config.first_answer {
        return Err(unknown());
    }
    let kind = call.body.get("type").and_then(Value::as_u64).unwrap_or(0);
    let allowed: &[u64] = match interaction.kind {
        3 => &[4, 5, 6, 7, 9],
        4 => &[8],
        // A modal that a component opened may change the component's message.
        5 if interaction.source.is_some() => &[4, 5, 6, 7],
        5 => &[4, 5],
        _ => &[4, 5, 9],
    };
    let mut faults = Faults::default();
    if !allowed.contains(&kind) {
        faults.add(
            "type",
            "BASE_TYPE_CHOICES",
            format!("Value must be one of {allowed:?} for this interaction."),
        );
    }
    faults.finish()?;
    let null = Value::Null;
    let data = call.body.get("data").unwrap_or(&null);
    let rules = call.shared.config.rules();
    let nothing = json!({});
    match kind {
        4 => {
            let message = if data.is_null() { &nothing } else { data };
            validate::message(message, "data", Purpose::Answer, call.files, None, &rules)?;
            let post = new_post(state, call, &interaction, message)?;
            acknowledge(state, call, id, kind, data, Some(post.id));
            settle(state, call, id);
            state.add_post(post);
        }
        5 => {
            // The documentation: the only valid flag here is EPHEMERAL.
            let flags = data.get("flags").and_then(Value::as_u64).unwrap_or(0);
            let mut faults = Faults::default();
            if flags & !EPHEMERAL != 0 {
                faults.add("data.flags", "MESSAGE_FLAGS_INVALID", "Only EPHEMERAL can be set here");
            }
            if data.get("content").is_some_and(|content| !content.is_null()) {
                faults.add("data.content", "STANDIN_STRICT", "A deferred answer has no content yet");
            }
            faults.finish()?;
            let mut post = bare_post(state, &interaction);
            post.flags = flags | LOADING;
            post.only_for = (flags & EPHEMERAL != 0).then_some(interaction.user);
            acknowledge(state, call, id, kind, data, Some(post.id));
            state.add_post(post);
        }
        6 => {
            acknowledge(state, call, id, kind, data, interaction.source);
        }
        7 => {
            let source = interaction.source.expect("checked by the types that are allowed");
            if state.posts.get(&source).is_none_or(|post| post.deleted) {
                return Err(Refusal::unknown(10008, "Message"));
            }
            let message = if data.is_null() { &nothing } else { data };
            change(state, call, message, "data", source, &MENTIONS)?;
            acknowledge(state, call, id, kind, data, Some(source));
            settle(state, call, id);
        }
        8 => {
            validate::choices(data, interaction.focused, &rules)?;
            acknowledge(state, call, id, kind, data, None);
            settle(state, call, id);
        }
        _ => {
            validate::modal(data, &rules)?;
            acknowledge(state, call, id, kind, data, None);
            settle(state, call, id);
        }
    }
    if !call.asks("with_response") {
        return Ok(Reply::nothing());
    }
    let mut answer = json!({ "interaction": { "id": id.to_string(), "type": interaction.kind } });
    let original = state.interactions[&id].original;
    if let Some(message) = original.filter(|_| matches!(kind, 4 | 5)) {
        let post = &state.posts[&message];
        answer["interaction"]["response_message_id"] = message.to_string().into();
        answer["interaction"]["response_message_loading"] = post.is_loading().into();
        answer["interaction"]["response_message_ephemeral"] = post.only_for.is_some().into();
    }
    answer["resource"] = json!({ "type": kind });
    if let Some(message) = original.filter(|_| matches!(kind, 4 | 7)) {
        answer["resource"]["message"] = state.post_json(message);
    }
    Ok(Reply::json(answer))
}

fn acknowledge(state: &mut State, call: &Call<'_>, id: u64, kind: u64, data: &Value, original: Option<u64>) {
    let interaction = state.interactions.get_mut(&id).expect("it was found before");
    interaction.ack = Some(Acknowledged { kind, data: data.clone(), at: call.now });
    interaction.original = original;
}

fn settle(state: &mut State, call: &Call<'_>, id: u64) {
    let interaction = state.interactions.get_mut(&id).expect("it was found before");
    interaction.settled.get_or_insert(call.now);
}

/// A message that says which interaction it came from.
fn bare_post(state: &mut State, interaction: &Interaction) -> Post {
    let mut post = Post::new(state.world.new_id(), interaction.channel, Author::User(state.world.bot));
    let mut metadata = json!({
        "id": interaction.id.to_string(), "type": interaction.kind,
        "user": state.world.user_json(interaction.user),
        "authorizing_integration_owners": {
            "0": state.world.channel(interaction.channel).guild.map_or("0".into(), |id| id.to_string()),
        },
    });
    post.kind = 20;
    if let Some(source) = interaction.source {
        metadata["interacted_message_id"] = source.to_string().into();
        // What a component answers with is a reply to the component's message.
        post.kind = 19;
        post.reference = Some(source);
    } else if let Some(target) = interaction.target {
        metadata["target_message_id"] = target.to_string().into();
        post.kind = 23;
        post.reference = Some(target);
    }
    post.interaction = Some((interaction.id, metadata));
    post
}

fn new_post(
    state: &mut State,
    call: &Call<'_>,
    interaction: &Interaction,
    payload: &Value,
) -> Result<Post, Refusal> {
    let mut post = bare_post(state, interaction);
    let flags = payload.get("flags").and_then(Value::as_u64).unwrap_or(0);
    post.flags = flags & (EPHEMERAL | SUPPRESS_NOTIFICATIONS);
    post.only_for = (flags & EPHEMERAL != 0).then_some(interaction.user);
    let world = &mut state.world;
    post.apply(payload, call.files, &call.shared.rest, &mut || world.new_id());
    if post.is_empty() {
        return Err(Refusal::new(400, 50006, "Cannot send an empty message"));
    }
    post.mention(payload.get("allowed_mentions"), &MENTIONS, None);
    Ok(post)
}

pub fn webhook(state: &mut State, call: &Call<'_>) -> Result<Reply, Refusal> {
    let ["webhooks", application, token, rest @ ..] = call.path else { return Err(Refusal::not_found()) };
    if *application != state.world.application.to_string() {
        return Err(Refusal::unknown(10015, "Webhook"));
    }
    let invalid = || Refusal::new(401, 50027, "Invalid Webhook Token");
    let id = *state.tokens.get(*token).ok_or_else(invalid)?;
    let interaction = state.interactions[&id].clone();
    if call.now.duration_since(interaction.created) > call.shared.config.token_life {
        return Err(invalid());
    }
    // Before the first answer there is no webhook yet, and without one in time there never is.
    let Some(ack) = &interaction.ack else { return Err(Refusal::unknown(10015, "Webhook")) };
    let loading = interaction.original.filter(|id| state.posts[id].is_loading() && !state.posts[id].deleted);
    match (call.method, rest) {
        ("POST", []) => {
            // The documentation: directly after a deferred answer, a followup is that answer.
            if let Some(original) = loading.filter(|_| ack.kind == 5) {
                edit_answer(state, call, id, original)
            } else {
                let rules = call.shared.config.rules();
                validate::message(call.body, "", Purpose::Answer, call.files, None, &rules)?;
                let mut post = new_post(state, call, &interaction, call.body)?;
                if let (Some(original), Some((_, metadata))) = (interaction.original, &mut post.interaction) {
                    metadata["original_response_message_id"] = original.to_string().into();
                    // A followup is shown as a reply to the first answer.
                    post.kind = 19;
                    post.reference = Some(original);
                }
                let message = post.id;
                state.interactions.get_mut(&id).expect("it was found before").followups.push(message);
                state.add_post(post);
                Ok(Reply::json(state.post_json(message)))
            }
        }
        (method, ["messages", which]) => {
            let message = if *which == "@original" {
                interaction.original
            } else {
                let message = which.parse().ok();
                let own = |message: &u64| {
                    interaction.followups.contains(message) || interaction.original == Some(*message)
                };
                message.filter(own)
            };
            let message = message.filter(|message| !state.posts[message].deleted);
            let message = message.ok_or_else(|| Refusal::unknown(10008, "Message"))?;
            match method {
                "GET" => Ok(Reply::json(state.post_json(message))),
                "PATCH" => edit_answer(state, call, id, message),
                "DELETE" => {
                    state.delete_post(message);
                    settle(state, call, id);
                    Ok(Reply::nothing())
                }
                _ => Err(Refusal::new(405, 0, "405: Method Not Allowed")),
            }
        }
        _ => Err(Refusal::not_found()),
    }
}

fn edit_answer(state: &mut State, call: &Call<'_>, id: u64, message: u64) -> Result<Reply, Refusal> {
    let reply = edit(state, call, message, &MENTIONS)?;
    if state.interactions[&id].original == Some(message) {
        settle(state, call, id);
    }
    Ok(reply)
}
