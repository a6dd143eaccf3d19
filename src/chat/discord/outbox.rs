//! Answers as messages of our own in a channel: posted, edited, deleted.

use std::sync::{Arc, PoisonError, RwLock};

use async_trait::async_trait;
use serde::Deserialize;
use serde_json::{Value, json};
use serenity::all::MessageFlags;
use serenity::http::{LightMethod, Request, Route};
use serenity::model::id::{ChannelId, MessageId};
use sha2::{Digest, Sha256};

use crate::answer::{Answer, Visibility};
use crate::commands::World;
use crate::outbox::{self, Post, PostError};
use crate::platform::{Place, PlaceKind, Platform};
use crate::say;

use super::command_ids::CommandIds;
use super::limits::{self, cut};
use super::message::{self, Message, RenderOptions};
use super::payload;
use super::rest::{ApiError, Rest};

/// Discord's code for what the bot lacks the permission to do: files in a channel, for instance.
const NOT_PERMITTED: i64 = 50013;

/// Discord's code for a reply where the bot may not read what it replies to.
const NO_HISTORY: i64 = 160_002;

/// Discord's code for a message that is gone.
const UNKNOWN_MESSAGE: i64 = 10008;

/// Discord's code for a message that has a thread already.
const HAS_THREAD: i64 = 160_004;

/// How an answer is posted.
#[derive(Debug, Clone, Default)]
pub(super) struct PostOptions<'a> {
    pub render: RenderOptions<'a>,
    /// The message that it is shown as a reply to, where that can be read.
    pub reply_to: Option<MessageId>,
    /// Whether nobody is to be notified of it.
    pub silent: bool,
    /// Requests with the same nonce make one message, however often they are sent. At most 25 characters.
    pub nonce: Option<String>,
}

/// What posts answers in channels, and changes what it posted. Everybody in a channel sees them.
pub(super) struct Outbox {
    world: Arc<World>,
    rest: Arc<Rest>,
    /// The commands that answers can mention.
    commands: RwLock<CommandIds>,
}

impl Outbox {
    pub fn new(world: Arc<World>, rest: Arc<Rest>) -> Outbox {
        Outbox { world, rest, commands: RwLock::default() }
    }

    /// Learns under which ids Discord has our commands.
    pub fn learn_commands(&self, commands: CommandIds) {
        *self.commands.write().unwrap_or_else(PoisonError::into_inner) = commands;
    }

    /// Posts an answer, without its file where files are refused, and gives the message's id.
    pub async fn post(
        &self,
        channel_id: ChannelId,
        answer: &Answer,
        options: &PostOptions<'_>,
    ) -> Result<MessageId, ApiError> {
        #[derive(Deserialize)]
        struct Posted {
            id: MessageId,
        }
        let mut message = self.for_everyone(answer, options.render).await;
        let mut reply_to = options.reply_to;
        loop {
            let body = posted(&message, options, reply_to);
            let route = Route::ChannelMessages { channel_id };
            let request = payload::request(LightMethod::Post, route, &body, message.file.as_ref());
            let failure = match self.rest.json::<Posted>(request).await {
                Ok(posted) => return Ok(posted.id),
                Err(failure) => failure,
            };
            match failure.code() {
                NO_HISTORY if reply_to.is_some() => reply_to = None,
                NOT_PERMITTED if message.file.is_some() => message = without_file(&message, &failure),
                _ => return Err(failure),
            }
        }
    }

    /// Puts an answer in the place of one that was posted. `false` if that is gone.
    pub async fn edit(
        &self,
        channel_id: ChannelId,
        message_id: MessageId,
        answer: &Answer,
        options: RenderOptions<'_>,
    ) -> Result<bool, ApiError> {
        let mut message = self.for_everyone(answer, options).await;
        loop {
            let body = edited(&message);
            let route = Route::ChannelMessage { channel_id, message_id };
            let request = payload::request(LightMethod::Patch, route, &body, message.file.as_ref());
            let failure = match self.rest.send(request).await {
                Ok(_) => return Ok(true),
                Err(failure) => failure,
            };
            match failure.code() {
                UNKNOWN_MESSAGE => return Ok(false),
                NOT_PERMITTED if message.file.is_some() => message = without_file(&message, &failure),
                _ => return Err(failure),
            }
        }
    }

    /// Deletes an answer that was posted. It may be gone already.
    pub async fn delete(&self, channel_id: ChannelId, message_id: MessageId) -> Result<(), ApiError> {
        let route = Route::ChannelMessage { channel_id, message_id };
        match self.rest.send(Request::new(route, LightMethod::Delete)).await {
            Err(failure) if failure.code() != UNKNOWN_MESSAGE => Err(failure),
            _ => Ok(()),
        }
    }

    /// An answer as a message, whose buttons can hold what they stand for.
    pub async fn rendered(&self, answer: &Answer, options: RenderOptions<'_>) -> Message {
        let commands = self.commands.read().unwrap_or_else(PoisonError::into_inner).clone();
        let message = message::render(answer, RenderOptions { commands: Some(&commands), ..options });
        if !message.lines.is_empty() {
            let now = self.world.clock.now().as_millisecond();
            if let Err(error) = self.world.community.keep_lines(&message.lines, now).await {
                tracing::error!(%error, "the command lines of buttons can't be kept");
            }
        }
        message
    }

    async fn for_everyone(&self, answer: &Answer, options: RenderOptions<'_>) -> Message {
        let answer = Answer { visibility: Visibility::Everyone, ..answer.clone() };
        self.rendered(&answer, options).await
    }
}

#[async_trait]
impl outbox::Outbox for Outbox {
    async fn post(&self, place: &Place, answer: &Answer, key: &str) -> Result<Post, PostError> {
        let options = PostOptions { nonce: Some(nonce(key)), ..PostOptions::default() };
        let message = Outbox::post(self, channel(place)?, answer, &options).await.map_err(not_posted)?;
        Ok(Post { place: place.clone(), id: message.to_string() })
    }

    async fn edit(&self, post: &Post, answer: &Answer) -> Result<(), PostError> {
        let message =
            post.id.parse().map_err(|_| PostError::Refused("that is no message of Discord".into()))?;
        match Outbox::edit(self, channel(&post.place)?, message, answer, RenderOptions::default()).await {
            Ok(true) => Ok(()),
            Ok(false) => Err(PostError::Refused("the message is gone".into())),
            Err(failure) => Err(not_posted(failure)),
        }
    }

    async fn open_thread(
        &self,
        post: &Post,
        name: &str,
        first: &Answer,
        key: &str,
    ) -> Result<Option<Place>, PostError> {
        let no_message = |_| PostError::Refused("that is no message of Discord".into());
        let (channel_id, message_id) = (channel(&post.place)?, post.id.parse().map_err(no_message)?);
        let name = json!({ "name": cut(name, limits::THREAD_NAME) });
        let body = serde_json::to_vec(&name).unwrap_or_default();
        let route = Route::ChannelMessageThreads { channel_id, message_id };
        match self.rest.send(Request::new(route, LightMethod::Post).body(Some(body))).await {
            Ok(_) => {}
            Err(failure) if failure.code() == HAS_THREAD => {}
            Err(failure) => return Err(not_posted(failure)),
        }
        // A thread on a message has the message's id.
        let thread = Place { id: message_id.to_string(), ..post.place.clone() };
        outbox::Outbox::post(self, &thread, first, key).await?;
        Ok(Some(thread))
    }

    /// Everything that is only for one person is answered where they are: Discord shows it to nobody else.
    async fn has_member(&self, _: &Place, _: &str) -> bool {
        false
    }
}

/// The channel or thread that a place is.
fn channel(place: &Place) -> Result<ChannelId, PostError> {
    let id = place.id.parse::<u64>().ok().filter(|id| *id > 0);
    match (place.platform, place.kind, id) {
        (Platform::Discord, PlaceKind::Channel, Some(id)) => Ok(ChannelId::new(id)),
        _ => Err(PostError::Refused(format!("{place} is no channel of Discord"))),
    }
}

fn not_posted(failure: ApiError) -> PostError {
    match failure {
        ApiError::Unreachable { .. } => PostError::Later(failure.to_string(), None),
        ApiError::Refused { .. } => PostError::Refused(failure.to_string()),
    }
}

/// A nonce made of a post's key, in 24 of Discord's 25 characters.
fn nonce(key: &str) -> String {
    Sha256::digest(key).iter().take(12).map(|byte| format!("{byte:02x}")).collect()
}

fn without_file(message: &Message, failure: &ApiError) -> Message {
    tracing::warn!(%failure, "files are refused here, answering without one");
    message.without_file(&say!("discord-no-files"))
}

fn posted(message: &Message, options: &PostOptions<'_>, reply_to: Option<MessageId>) -> Value {
    let mut body = message.body.clone();
    body["allowed_mentions"] = json!({ "parse": [], "replied_user": false });
    let silent = if options.silent { MessageFlags::SUPPRESS_NOTIFICATIONS.bits() } else { 0 };
    body["flags"] = json!(message::IS_COMPONENTS_V2 | silent);
    if let Some(message_id) = reply_to {
        body["message_reference"] = json!({ "message_id": message_id, "fail_if_not_exists": false });
    }
    if let Some(nonce) = &options.nonce {
        body["nonce"] = json!(nonce);
        body["enforce_nonce"] = json!(true);
    }
    payload::with_file(body, message.file.as_ref())
}

/// The payload that replaces everything of the message that was there: its text and its file too.
fn edited(message: &Message) -> Value {
    let mut body = payload::instead(message.body.clone());
    body["allowed_mentions"] = json!({ "parse": [], "replied_user": false });
    body["flags"] = json!(message::IS_COMPONENTS_V2);
    payload::with_file(body, message.file.as_ref())
}
