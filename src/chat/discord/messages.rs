//! Messages to us, answered in the channel where they were written: mentions, direct messages, "source?". An answer
//! follows its question: it is edited with it, and goes with it.

use serde::Deserialize;
use serde_json::Value;
use serenity::http::{LightMethod, Request, Route};
use serenity::model::channel::PartialChannel;
use serenity::model::id::{ChannelId, MessageId};

use crate::answer::{After, Answer, AnswerKind, Entry};
use crate::chat::shared::sentences;
use crate::commands::{self, Caller};
use crate::community::Answered;
use crate::say;

use super::access::Person;
use super::bot::Bot;
use super::component_id::{self, Action, CommandId, ComponentId};
use super::incoming;
use super::markdown::{linked_label, unescape};
use super::mention::{self, IncomingMessage, RepliedTo, Wanted};
use super::message::RenderOptions;
use super::nested;
use super::outbox::PostOptions;
use super::platform::{MANNER, PLATFORM};
use super::rest::ApiError;

/// How many channels are remembered with what they belong to.
const MAX_CHANNELS: usize = 10_000;

/// What answers a message.
struct ChannelAnswer {
    answer: Answer,
    /// The command line that gives the same answer again.
    line: Option<String>,
    /// Whether nobody is to be notified of it.
    silent: bool,
}

impl Bot {
    /// A message that may be for us.
    pub(super) async fn message_created(&self, message: &IncomingMessage) -> Result<(), ApiError> {
        let Some(wanted) = self.wanted(message) else { return Ok(()) };
        let _turn = self.lock_message(message.id).await;
        self.answer_in_channel(message, wanted, None).await
    }

    /// A message was edited: so is its answer, if it was a question, or is one now.
    pub(super) async fn message_edited(&self, message: &IncomingMessage) -> Result<(), ApiError> {
        // Discord sends this too when it has found a preview for a link, for instance.
        if message.edited_timestamp.is_none() || message.content.is_none() {
            return Ok(());
        }
        let wanted = self.wanted(message);
        let _turn = self.lock_message(message.id).await;
        let known = self.known(message.id).await;
        match (known, wanted) {
            (Some(known), Some(wanted)) if known.line.as_deref() == Some(&stored(&wanted)) => Ok(()),
            (Some(known), Some(wanted @ (Wanted::Line(_) | Wanted::Source))) => {
                self.answer_in_channel(message, wanted, Some(known)).await
            }
            (Some(known), _) => self.take_back(message.channel_id, known).await,
            (None, Some(wanted @ (Wanted::Line(_) | Wanted::Source))) => {
                self.answer_in_channel(message, wanted, None).await
            }
            (None, _) => Ok(()),
        }
    }

    /// Messages were deleted, and their answers with them.
    pub(super) async fn messages_deleted(&self, data: &str) -> Result<(), ApiError> {
        #[derive(Deserialize)]
        struct Deleted {
            id: Option<MessageId>,
            #[serde(default)]
            ids: Vec<MessageId>,
            channel_id: ChannelId,
        }
        let Ok(deleted) = serde_json::from_str::<Deleted>(data) else { return Ok(()) };
        for id in deleted.ids.into_iter().chain(deleted.id) {
            let _turn = self.lock_message(id).await;
            if let Some(known) = self.known(id).await {
                self.take_back(deleted.channel_id, known).await?;
            }
        }
        Ok(())
    }

    fn wanted(&self, message: &IncomingMessage) -> Option<Wanted> {
        let me = self.me();
        mention::wanted(message, me, message.guild_id.and_then(|server| self.role(server)))
    }

    /// Answers a message, in the place of the answer that it has already.
    async fn answer_in_channel(
        &self,
        message: &IncomingMessage,
        wanted: Wanted,
        known: Option<Answered>,
    ) -> Result<(), ApiError> {
        let asked = stored(&wanted);
        let Some(said) = self.answer_to(message, wanted).await else { return Ok(()) };
        let before = known.and_then(|known| known.answer?.parse().ok());
        let sent = self.say(message, &said, before).await?;
        self.remember(message, asked, sent).await;
        if said.answer.after == Some(After::OpenThread) {
            let parent = self.parent(message.channel_id).await;
            let places = incoming::places(message.channel_id, parent, message.guild_id);
            self.open_thread(&places, sent, &said.answer.title).await;
        }
        Ok(())
    }

    /// What is to be said to a message, if anything.
    async fn answer_to(&self, message: &IncomingMessage, wanted: Wanted) -> Option<ChannelAnswer> {
        let loud = |(answer, line)| ChannelAnswer { answer, line, silent: false };
        if self.is_closing() {
            return Some(loud((sentences::restarting(), None)));
        }
        match (wanted, &message.referenced_message) {
            (Wanted::Line(line), _) => Some(loud(self.ask(&line, message).await)),
            (Wanted::Source, Some(earlier)) => {
                Some(loud(match self.source_line(&earlier.components).await {
                    Some(line) => self.ask(&line, message).await,
                    None => (sources_shown(earlier), None),
                }))
            }
            (Wanted::Unread, Some(earlier)) => self.perhaps_the_source(message, earlier).await,
            (Wanted::Role, _) => {
                let answer = Answer::other(AnswerKind::WrongUsage, say!("discord-role-mentioned"));
                let answer = answer.paragraph(say!("discord-role-how"));
                Some(loud((answer, None)))
            }
            (Wanted::Source | Wanted::Unread, None) => None,
        }
    }

    /// Says where an answer comes from to somebody who replied to it in words that we may not read: Discord shows us
    /// replies only with the mention that goes with them. Nobody should get silence for "source?"; but most replies
    /// are talk among people. So it is said once under an answer, without a notification, and only if it says more
    /// than the answer itself.
    async fn perhaps_the_source(
        &self,
        message: &IncomingMessage,
        earlier: &RepliedTo,
    ) -> Option<ChannelAnswer> {
        let line = self.source_line(&earlier.components).await;
        let listed = sources_shown(earlier);
        if line.is_none() && listed.blocks.len() < 2 || !self.replied.insert(earlier.id.get()) {
            return None;
        }
        let (answer, line) = match line {
            Some(line) => self.ask(&line, message).await,
            None => (listed, None),
        };
        let answer = Answer { note: Some(say!("discord-unread-reply")), ..answer };
        (answer.kind == AnswerKind::Found).then_some(ChannelAnswer { answer, line, silent: true })
    }

    /// Answers a typed line; gives also the line that gives the same answer again.
    async fn ask(&self, line: &str, message: &IncomingMessage) -> (Answer, Option<String>) {
        let mut request = match commands::line::parse_or_ask(line, self.caller(message), PLATFORM) {
            Ok(request) => request,
            Err(answer) => return (*answer, None),
        };
        let parent = match message.guild_id {
            Some(_) => self.parent(message.channel_id).await,
            None => None,
        };
        request.places = incoming::places(message.channel_id, parent, message.guild_id);
        request.manner = MANNER;
        // What is only for the caller must not be said in a channel; who may not ask is refused there.
        let is_seen = message.guild_id.is_some() && commands::is_private(&self.world, &request);
        if is_seen && request.caller.role >= request.command.role {
            let title = say!("discord-only-for-you", command = request.command.called());
            return (Answer::other(AnswerKind::Refused, title), None);
        }
        let answer = commands::run_or_ask(&self.world, &mut request).await;
        (answer, request.effect().may_be_repeated().then(|| commands::line::line(&request)))
    }

    fn caller(&self, message: &IncomingMessage) -> Caller {
        self.access.caller(&Person {
            user: message.author.id,
            server: message.guild_id,
            roles: message.member.as_ref().map_or(&[], |member| &member.roles),
            permissions: None,
            direct: message.guild_id.is_none(),
        })
    }

    /// The command line among an answer's buttons that says where it comes from.
    async fn source_line(&self, components: &[Value]) -> Option<String> {
        let mut source = None;
        nested::each(components, &mut |component| {
            let id = component["custom_id"].as_str().and_then(component_id::decode);
            if let Some(ComponentId::Command(CommandId { line, action: Action::Source, .. })) = id {
                source.get_or_insert(line);
            }
        });
        if let Some(line) = source {
            return self.line(line).await;
        }
        None
    }

    /// The channel of a thread, which a message does not have.
    async fn parent(&self, channel_id: ChannelId) -> Option<ChannelId> {
        if let Some(known) = self.parents.lock().await.get(&channel_id) {
            return *known;
        }
        let asked = self.rest.json(Request::new(Route::Channel { channel_id }, LightMethod::Get)).await;
        let parent = match asked {
            Ok(channel) => incoming::parent(Some::<&PartialChannel>(&channel)),
            Err(failure) => {
                tracing::warn!(%failure, "a channel can't be looked up");
                return None;
            }
        };
        let mut parents = self.parents.lock().await;
        if parents.len() >= MAX_CHANNELS {
            parents.clear();
        }
        parents.insert(channel_id, parent);
        parent
    }

    /// Puts an answer in the place of the one that a message has, or replies to it. Everybody there sees that. Gives
    /// the id of the message with the answer.
    async fn say(
        &self,
        to: &IncomingMessage,
        said: &ChannelAnswer,
        before: Option<MessageId>,
    ) -> Result<MessageId, ApiError> {
        let caller = Some(to.author.id.get());
        let render = RenderOptions { line: said.line.as_deref(), caller, ..RenderOptions::default() };
        if let Some(before) = before
            && self.outbox.edit(to.channel_id, before, &said.answer, render).await?
        {
            return Ok(before);
        }
        // A moderator removed it, or there was none.
        let options =
            PostOptions { render, reply_to: Some(to.id), silent: said.silent, nonce: Some(nonce(to)) };
        self.outbox.post(to.channel_id, &said.answer, &options).await
    }

    /// Takes an answer back whose question is gone.
    async fn take_back(&self, channel_id: ChannelId, known: Answered) -> Result<(), ApiError> {
        let Some(message_id) = known.answer.as_deref().and_then(|id| id.parse().ok()) else { return Ok(()) };
        self.outbox.delete(channel_id, message_id).await?;
        self.store(Answered { answer: None, line: None, ..known }).await;
        Ok(())
    }

    /// What was answered to a message and is still there.
    async fn known(&self, question: MessageId) -> Option<Answered> {
        match self.world.community.answered(&format!("{PLATFORM}:{question}")).await {
            Ok(known) => known.filter(|known| known.answer.is_some()),
            Err(error) => {
                tracing::error!(%error, "what was answered can't be read");
                None
            }
        }
    }

    async fn remember(&self, message: &IncomingMessage, asked: String, answer: MessageId) {
        self.store(Answered {
            event: format!("{PLATFORM}:{}", message.id),
            room: format!("{PLATFORM}:channel:{}", message.channel_id),
            caller: format!("{PLATFORM}:{}", message.author.id),
            answer: Some(answer.to_string()),
            line: Some(asked),
            kept: (),
            at: self.world.clock.now().as_millisecond(),
        })
        .await;
    }

    async fn store(&self, answered: Answered) {
        if let Err(error) = self.world.community.keep_heard(PLATFORM.as_str(), None, &[answered]).await {
            tracing::error!(%error, "what was answered can't be written down");
        }
    }
}

/// A number for the answer to a message, of at most 25 characters: a request that has to be sent twice makes one
/// message, and what is asked in another way makes another.
fn nonce(question: &IncomingMessage) -> String {
    let edition = question.edited_timestamp.as_deref().unwrap_or_default();
    let edition: String = edition.chars().filter(char::is_ascii_digit).skip(10).take(5).collect();
    format!("{}{edition}", question.id)
}

/// What is wanted, as it is stored, so that an edit that changes nothing is known.
fn stored(wanted: &Wanted) -> String {
    match wanted {
        Wanted::Line(line) => line.clone(),
        Wanted::Source | Wanted::Unread => "source?".into(),
        Wanted::Role => "@".into(),
    }
}

/// What an answer that has no button to its source shows of its sources itself: in its small print, beside its lines, and
/// in its menus.
fn sources_shown(earlier: &RepliedTo) -> Answer {
    // Answers of earlier versions are embeds.
    let feet = earlier.embeds.iter().filter_map(|embed| embed["footer"]["text"].as_str());
    let mut own: Vec<String> = feet.map(Into::into).collect();
    let mut entries = Vec::new();
    nested::each(&earlier.components, &mut |component| {
        let lines = component["content"].as_str().and_then(|text| text.lines().last()?.strip_prefix("-# "));
        own.extend(lines.map(|line| linked_label(line).unwrap_or_else(|| unescape(line))));
        for option in component["options"].as_array().into_iter().flatten() {
            let label = option["label"].as_str().unwrap_or_default();
            entries.extend(option["description"].as_str().map(|place| Entry::new(place, label)));
        }
    });
    sentences::sources_shown(own, entries)
}
