//! Messages to us, answered in the channel where they were written: mentions, direct messages, "source?". An answer
//! follows its question: it is edited with it, and goes with it.

use serde::Deserialize;
use serde_json::{Value, json};
use serenity::all::MessageFlags;
use serenity::http::{LightMethod, Request, Route};
use serenity::model::channel::PartialChannel;
use serenity::model::id::{ChannelId, MessageId};

use crate::answer::{Answer, AnswerKind, Entry, Visibility};
use crate::commands::{self, Caller};
use crate::community::Answered;

use super::bot::Bot;
use super::command_registration::MANNER;
use super::incoming::{self, PLATFORM, Person};
use super::message::{self, Chosen, Does, Held, Message, Pressed, RenderOptions};
use super::reply::{with_body, with_file};
use super::rest::ApiError;
use super::written::{self, Earlier, Wanted, Written};

/// How many channels are remembered with what they belong to.
const CHANNELS: usize = 10_000;

/// Discord's code for what the bot lacks the permission to do: embeds or files in a channel, for instance.
const NOT_PERMITTED: i64 = 50013;

/// Discord's code for a reply where the bot may not read what it replies to.
const NO_HISTORY: i64 = 160_002;

/// Discord's code for a message that is gone.
const UNKNOWN_MESSAGE: i64 = 10008;

/// What answers a message.
struct Spoken {
    answer: Answer,
    /// The command line that gives the same answer again.
    line: Option<String>,
    /// Whether nobody is to be notified of it.
    quiet: bool,
}

impl Bot {
    /// A message that may be for us.
    pub(super) async fn message(&self, message: &Written) -> Result<(), ApiError> {
        let Some(wanted) = self.wanted(message) else { return Ok(()) };
        let _turn = self.turn(message.id).await;
        self.answer_in_channel(message, wanted, None).await
    }

    /// A message was edited: so is its answer, if it was a question, or is one now.
    pub(super) async fn edited(&self, message: &Written) -> Result<(), ApiError> {
        // Discord tells here too when it has found a preview for a link, for instance.
        if message.edited_timestamp.is_none() || message.content.is_none() {
            return Ok(());
        }
        let wanted = self.wanted(message);
        let _turn = self.turn(message.id).await;
        let known = self.known(message.id).await;
        match (known, wanted) {
            (Some(known), Some(wanted)) if known.line.as_deref() == Some(&written_down(&wanted)) => Ok(()),
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
    pub(super) async fn deleted(&self, data: &str) -> Result<(), ApiError> {
        #[derive(Deserialize)]
        struct Deleted {
            id: Option<MessageId>,
            #[serde(default)]
            ids: Vec<MessageId>,
            channel_id: ChannelId,
        }
        let Ok(deleted) = serde_json::from_str::<Deleted>(data) else { return Ok(()) };
        for id in deleted.ids.into_iter().chain(deleted.id) {
            let _turn = self.turn(id).await;
            if let Some(known) = self.known(id).await {
                self.take_back(deleted.channel_id, known).await?;
            }
        }
        Ok(())
    }

    fn wanted(&self, message: &Written) -> Option<Wanted> {
        let me = self.me();
        written::wanted(message, me, message.guild_id.and_then(|server| self.role(server)))
    }

    /// Answers a message, in the place of the answer that it has already.
    async fn answer_in_channel(
        &self,
        message: &Written,
        wanted: Wanted,
        known: Option<Answered>,
    ) -> Result<(), ApiError> {
        let asked = written_down(&wanted);
        let Some(Spoken { answer, line, quiet }) = self.spoken(message, wanted).await else {
            return Ok(());
        };
        // Whatever is said in a channel is seen by all of it.
        let answer = Answer { visibility: Visibility::Everyone, ..answer };
        let caller = Some(message.author.id.get());
        let options = RenderOptions { line: line.as_deref(), caller, ..RenderOptions::default() };
        let rendered = self.rendered(&answer, options).await;
        let before = known.as_ref().and_then(|known| known.answer.as_deref()?.parse().ok());
        let sent = self.say(message, &rendered, before, quiet).await?;
        self.remember(message, asked, sent).await;
        Ok(())
    }

    /// What is to be said to a message, if anything.
    async fn spoken(&self, message: &Written, wanted: Wanted) -> Option<Spoken> {
        let loud = |(answer, line)| Spoken { answer, line, quiet: false };
        if self.is_closing() {
            return Some(loud((self.closing(), None)));
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
                let title = "Mention me, and not my role: only then can I read what you write.";
                let answer = Answer::other(AnswerKind::WrongUsage, title).paragraph(
                    "Both have my name in the list that opens at “@”. Or use a command, such as /quote.",
                );
                Some(loud((answer, None)))
            }
            (Wanted::Source | Wanted::Unread, None) => None,
        }
    }

    /// Says where an answer comes from to somebody who replied to it in words that we may not read: Discord shows us
    /// replies only with the mention that goes with them. Nobody should get silence for "source?"; but most replies
    /// are talk among people. So it is said once under an answer, without a notification, and only if it tells more
    /// than the answer itself.
    async fn perhaps_the_source(&self, message: &Written, earlier: &Earlier) -> Option<Spoken> {
        let line = self.source_line(&earlier.components).await;
        let listed = sources_shown(earlier);
        if line.is_none() && listed.blocks.len() < 2 || !self.replied.is_first(earlier.id.get()) {
            return None;
        }
        let (answer, line) = match line {
            Some(line) => self.ask(&line, message).await,
            None => (listed, None),
        };
        let note = "Without a mention I can't read replies. If you asked for the source, here it is.";
        let answer = Answer { note: Some(note.into()), ..answer };
        (answer.kind == AnswerKind::Found).then_some(Spoken { answer, line, quiet: true })
    }

    /// Answers a typed line; gives also the line that gives the same answer again.
    async fn ask(&self, line: &str, message: &Written) -> (Answer, Option<String>) {
        let mut request = match commands::line::parse_or_search(line, self.caller(message), PLATFORM) {
            Ok(request) => request,
            Err(answer) => return (*answer, None),
        };
        let parent = match message.guild_id {
            Some(_) => self.parent(message.channel_id).await,
            None => None,
        };
        request.places = incoming::places(message.channel_id, parent, message.guild_id);
        request.manner = MANNER;
        // What is only for the caller must not be said in a channel; who may not ask is told so there.
        let is_seen = message.guild_id.is_some() && commands::is_private(&self.world, &request);
        if is_seen && request.caller.role >= request.command.role {
            let name = request.command.name;
            let title = format!("The answer is only for you here: use the slash command /{name}.");
            return (Answer::other(AnswerKind::Refused, title), None);
        }
        let line = request.effect().may_be_repeated().then(|| commands::line::line(&request));
        (commands::run(&self.world, &request).await, line)
    }

    fn caller(&self, message: &Written) -> Caller {
        self.access.caller(&Person {
            user: message.author.id,
            server: message.guild_id,
            roles: message.member.as_ref().map_or(&[], |member| &member.roles),
            permissions: None,
            direct: message.guild_id.is_none(),
        })
    }

    /// The command line among an answer's buttons that tells where it comes from.
    async fn source_line(&self, components: &[Value]) -> Option<String> {
        let buttons = components.iter().flat_map(|row| row["components"].as_array().into_iter().flatten());
        for id in buttons.filter_map(|button| button["custom_id"].as_str()) {
            match message::pressed(id) {
                Some(Pressed::Chosen(Chosen { held: Held::Line(line), does: Does::Source, .. })) => {
                    return Some(line);
                }
                Some(Pressed::Chosen(Chosen { held: Held::Key(key), does: Does::Source, .. })) => {
                    return self.world.community.line(&key).await.unwrap_or_default();
                }
                _ => {}
            }
        }
        None
    }

    /// The channel of a thread, which a message does not tell.
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
        if parents.len() >= CHANNELS {
            parents.clear();
        }
        parents.insert(channel_id, parent);
        parent
    }

    /// Says something in reply to a message, or in the place of what was said before. Everybody there sees that.
    /// Gives the id of the message that says it.
    async fn say(
        &self,
        to: &Written,
        message: &Message,
        before: Option<MessageId>,
        quiet: bool,
    ) -> Result<MessageId, ApiError> {
        #[derive(Deserialize)]
        struct Sent {
            id: MessageId,
        }
        let channel_id = to.channel_id;
        let mut saying = Saying { to, message: message.clone(), before, quiet, refers: true };
        loop {
            let route = match saying.before {
                None => Route::ChannelMessages { channel_id },
                Some(message_id) => Route::ChannelMessage { channel_id, message_id },
            };
            let method = if saying.before.is_some() { LightMethod::Patch } else { LightMethod::Post };
            let request =
                with_body(Request::new(route, method), &saying.body(), saying.message.file.as_ref());
            let failure = match self.rest.json::<Sent>(request).await {
                Ok(sent) => return Ok(sent.id),
                Err(failure) => failure,
            };
            match failure.code() {
                // A moderator removed it.
                UNKNOWN_MESSAGE if saying.before.is_some() => saying.before = None,
                NO_HISTORY if saying.refers => saying.refers = false,
                NOT_PERMITTED if saying.has_embeds() => {
                    tracing::warn!(%failure, "embeds are refused here, answering in plain text");
                    let hint = "This channel lets me write short texts alone. The slash commands show all.";
                    saying.message = message.as_text(hint);
                }
                _ => return Err(failure),
            }
        }
    }

    /// Takes an answer back whose question is gone.
    async fn take_back(&self, channel_id: ChannelId, known: Answered) -> Result<(), ApiError> {
        let Some(message_id) = known.answer.as_deref().and_then(|id| id.parse().ok()) else { return Ok(()) };
        let route = Route::ChannelMessage { channel_id, message_id };
        match self.rest.send(Request::new(route, LightMethod::Delete)).await {
            Err(failure) if failure.code() != UNKNOWN_MESSAGE => return Err(failure),
            _ => {}
        }
        self.write_down(Answered { answer: None, line: None, ..known }).await;
        Ok(())
    }

    /// What was answered to a message and still stands.
    async fn known(&self, question: MessageId) -> Option<Answered> {
        match self.world.community.answered(&format!("{PLATFORM}:{question}")).await {
            Ok(known) => known.filter(|known| known.answer.is_some()),
            Err(error) => {
                tracing::error!(%error, "what was answered can't be read");
                None
            }
        }
    }

    async fn remember(&self, message: &Written, asked: String, answer: MessageId) {
        self.write_down(Answered {
            event: format!("{PLATFORM}:{}", message.id),
            room: format!("{PLATFORM}:channel:{}", message.channel_id),
            caller: format!("{PLATFORM}:{}", message.author.id),
            answer: Some(answer.to_string()),
            line: Some(asked),
            actions: String::new(),
            at: self.world.clock.now().as_millisecond(),
        })
        .await;
    }

    async fn write_down(&self, answered: Answered) {
        if let Err(error) = self.world.community.keep_heard(PLATFORM.as_str(), None, &[answered]).await {
            tracing::error!(%error, "what was answered can't be written down");
        }
    }
}

/// A message to be said.
struct Saying<'a> {
    to: &'a Written,
    message: Message,
    /// What it takes the place of.
    before: Option<MessageId>,
    quiet: bool,
    /// Whether it is shown as a reply.
    refers: bool,
}

impl Saying<'_> {
    fn has_embeds(&self) -> bool {
        self.message.body["embeds"].as_array().is_some_and(|embeds| !embeds.is_empty())
    }

    fn body(&self) -> Value {
        let mut body = self.message.body.clone();
        body["allowed_mentions"] = json!({ "parse": [], "replied_user": false });
        if self.before.is_some() {
            // What stood there before goes: its text, and its file.
            body["attachments"] = json!([]);
            let text = body.get("content").cloned().unwrap_or_else(|| "".into());
            body["content"] = text;
            body["flags"] = json!(0);
            return with_file(body, self.message.file.as_ref());
        }
        let flags = if self.quiet { MessageFlags::SUPPRESS_NOTIFICATIONS } else { MessageFlags::empty() };
        body["flags"] = json!(flags.bits());
        if self.refers {
            body["message_reference"] = json!({ "message_id": self.to.id, "fail_if_not_exists": false });
        }
        // A request that has to be sent twice makes one message; what is asked in another way makes another. At
        // most 25 characters.
        let edition = self.to.edited_timestamp.as_deref().unwrap_or_default();
        let edition: String = edition.chars().filter(char::is_ascii_digit).skip(10).take(5).collect();
        body["nonce"] = json!(format!("{}{edition}", self.to.id));
        body["enforce_nonce"] = json!(true);
        with_file(body, self.message.file.as_ref())
    }
}

/// What is wanted, as it is written down, so that an edit that changes nothing is known.
fn written_down(wanted: &Wanted) -> String {
    match wanted {
        Wanted::Line(line) => line.clone(),
        Wanted::Source | Wanted::Unread => "source?".into(),
        Wanted::Role => "@".into(),
    }
}

/// What an answer that has no button to its source shows of its sources itself.
fn sources_shown(earlier: &Earlier) -> Answer {
    let footers = earlier.embeds.iter().filter_map(|embed| embed["footer"]["text"].as_str());
    let footers: Vec<String> = footers.map(Into::into).collect();
    let options = earlier
        .components
        .iter()
        .flat_map(|row| row["components"].as_array().into_iter().flatten())
        .flat_map(|menu| menu["options"].as_array().into_iter().flatten());
    let entries: Vec<Entry> = options
        .filter_map(|option| {
            Some(Entry::new(option["description"].as_str()?, option["label"].as_str().unwrap_or_default()))
        })
        .collect();
    if footers.is_empty() && entries.is_empty() {
        return Answer::other(AnswerKind::NothingFound, "That message has no source in the article.");
    }
    let title = "Where that stands in the article";
    footers.into_iter().fold(Answer::found(title), Answer::paragraph).list("", entries)
}
