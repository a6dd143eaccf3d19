//! Answering: in time, where it was asked, and to whom it is for.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use serde::Deserialize;
use serde_json::{Value, json};
use serenity::all::{
    ApplicationId, AutocompleteChoice, CommandInteraction, ComponentInteraction,
    ComponentInteractionDataKind, CreateAttachment, CreateAutocompleteResponse, CreateInteractionResponse,
    Interaction, InteractionId, MessageFlags, Permissions, UserId,
};
use serenity::http::{LightMethod, Multipart, MultipartUpload, Request, Route};
use serenity::model::channel::PartialChannel;
use serenity::model::id::ChannelId;
use tokio::sync::Mutex;

use crate::answer::{Answer, AnswerKind, Entry};
use crate::commands::{self, Asker, MAX_BYTES, World};

use super::gateway::Event;
use super::heard::{self, Access, PLATFORM, Person, Wanted, Written};
use super::limits::{self, cut};
use super::message::{self, Message, Pressed, Showing};
use super::rest::{Failure, Rest};
use super::upload;

/// An answer that is not there by then is announced, and put in when it is. Discord gives up after 3 s.
const ANNOUNCE: Duration = Duration::from_secs(1);

/// Suggestions that are not there by then are none.
const SUGGEST: Duration = Duration::from_secs(2);

/// How many channels are remembered with what they belong to.
const CHANNELS: usize = 10_000;

/// Discord's code for an interaction that was answered already.
const ACKNOWLEDGED: i64 = 40060;

/// Discord's code for a payload that breaks a limit.
const INVALID: i64 = 50035;

/// What answers on Discord.
pub(super) struct Bot {
    pub world: Arc<World>,
    pub rest: Arc<Rest>,
    access: Access,
    /// Our own user id, from READY on.
    me: AtomicU64,
    /// The channels of threads.
    parents: Mutex<HashMap<ChannelId, Option<ChannelId>>>,
}

/// What is to be answered: an interaction, which Discord wants acknowledged.
#[derive(Clone, Copy)]
struct Asked<'a> {
    application: ApplicationId,
    id: InteractionId,
    token: &'a str,
}

/// The kinds of acknowledgement:
/// <https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object>.
const MESSAGE: u8 = 4;
const ANNOUNCED_MESSAGE: u8 = 5;
const ANNOUNCED_UPDATE: u8 = 6;
const UPDATE: u8 = 7;

impl Bot {
    pub fn new(world: Arc<World>, rest: Arc<Rest>, access: Access) -> Bot {
        Bot { world, rest, access, me: AtomicU64::new(0), parents: Mutex::default() }
    }

    /// Hears of something, and answers if it is for us.
    pub async fn hear(&self, event: Event) {
        let outcome = match event.name.as_str() {
            "READY" => self.ready(&event.data),
            "INTERACTION_CREATE" => match serde_json::from_str::<Interaction>(&event.data) {
                Ok(Interaction::Command(it)) => self.command(&it).await,
                Ok(Interaction::Autocomplete(it)) => self.suggest(&it).await,
                Ok(Interaction::Component(it)) => self.press(&it, &event.data).await,
                Ok(_) => Ok(()),
                Err(error) => self.unreadable(&event.data, &error).await,
            },
            "MESSAGE_CREATE" => match serde_json::from_str::<Written>(&event.data) {
                Ok(message) => self.message(&message).await,
                Err(error) => {
                    tracing::warn!(%error, "a message can't be read");
                    Ok(())
                }
            },
            _ => Ok(()),
        };
        match outcome {
            Ok(()) => {}
            // A request that was sent twice because its answer was lost.
            Err(failure) if failure.code() == ACKNOWLEDGED => tracing::info!(%failure, "answered already"),
            Err(failure) => tracing::error!(%failure, "an answer could not be given"),
        }
    }

    fn ready(&self, data: &str) -> Result<(), Failure> {
        #[derive(Deserialize)]
        struct Ready {
            user: User,
        }
        #[derive(Deserialize)]
        struct User {
            id: UserId,
        }
        match serde_json::from_str::<Ready>(data) {
            Ok(ready) => self.me.store(ready.user.id.get(), Ordering::Relaxed),
            Err(error) => tracing::error!(%error, "READY can't be read"),
        }
        Ok(())
    }

    /// Says that something went wrong to an interaction of which only this much is known.
    async fn unreadable(&self, data: &str, error: &serde_json::Error) -> Result<(), Failure> {
        #[derive(Deserialize)]
        struct Known {
            application_id: ApplicationId,
            id: InteractionId,
            token: String,
            #[serde(rename = "type")]
            kind: u8,
        }
        tracing::error!(%error, "an interaction can't be read");
        let Ok(known) = serde_json::from_str::<Known>(data) else { return Ok(()) };
        // Suggestions need no answer, and Discord's own test none from us.
        if matches!(known.kind, 1 | 4) {
            return Ok(());
        }
        let asked = Asked { application: known.application_id, id: known.id, token: &known.token };
        let answer = Answer::other(
            AnswerKind::Failed,
            "That was not understood. The operator finds the cause in the log.",
        );
        self.acknowledge(asked, MESSAGE, &message::render(&answer, Showing::default())).await
    }

    /// A slash command, or a command on a message.
    async fn command(&self, interaction: &CommandInteraction) -> Result<(), Failure> {
        let asked =
            Asked { application: interaction.application_id, id: interaction.id, token: &interaction.token };
        let (request, attached) = match heard::command(interaction, &self.access) {
            Ok(heard) => heard,
            Err(answer) => {
                let message = message::render(&answer, Showing { private: true, ..Showing::default() });
                return self.acknowledge(asked, MESSAGE, &message).await;
            }
        };
        let private = commands::is_private(&self.world, &request);
        // What changes something must not be done again to see the rest of the answer.
        let line = commands::line::line(&request);
        let line = Some(line.as_str()).filter(|_| !request.command.changes);
        let work = async {
            let mut request = request.clone();
            if let Some(file) = attached {
                // Only who may use the command makes us fetch anything.
                if request.asker.standing >= request.command.standing {
                    if u64::from(file.bytes) > MAX_BYTES {
                        return Answer::other(
                            AnswerKind::WrongUsage,
                            format!(
                                "The attached file is larger than {} MiB. Nothing was loaded.",
                                MAX_BYTES >> 20
                            ),
                        );
                    }
                    match upload::fetch(&self.rest, &file.name, &file.url).await {
                        Ok(upload) => request.upload = Some(upload),
                        Err(answer) => return answer,
                    }
                }
            }
            commands::run(&self.world, &request).await
        };
        let showing = Showing { line, part: 0, asker: Some(interaction.user.id.get()), private: false };
        let mut work = std::pin::pin!(work);
        if let Ok(answer) = tokio::time::timeout(ANNOUNCE, &mut work).await {
            let message = self.rendered(&answer, showing).await;
            return self.acknowledge(asked, MESSAGE, &message).await;
        }
        let flags = if private { MessageFlags::EPHEMERAL } else { MessageFlags::empty() };
        self.callback(asked, ANNOUNCED_MESSAGE, json!({ "flags": flags.bits() }), None).await?;
        let answer = work.await;
        let message = self.rendered(&answer, Showing { private, ..showing }).await;
        if message.private && !private {
            // The announcement was for everyone, and this is not.
            self.delete(asked).await?;
            return self.follow_up(asked, &message).await;
        }
        self.edit(asked, &message).await
    }

    /// Suggestions while somebody types.
    async fn suggest(&self, interaction: &CommandInteraction) -> Result<(), Failure> {
        let asked =
            Asked { application: interaction.application_id, id: interaction.id, token: &interaction.token };
        let suggestions = match heard::typing(interaction) {
            None => vec![],
            Some(typing) => {
                let meant = || commands::article_meant(&self.world, &typing.places);
                let article = typing.article.clone().or_else(meant);
                let looking =
                    commands::suggest(&self.world, typing.option, &typing.typed, article.as_deref());
                tokio::time::timeout(SUGGEST, looking).await.unwrap_or_default()
            }
        };
        let choices = suggestions.iter().take(limits::SUGGESTIONS).filter_map(|it| {
            let value = limits::pieces(&it.value, limits::SUGGESTION_TEXT).into_iter().next()?;
            let shown = match it.value == it.title {
                true => it.value.clone(),
                false => format!("{} → {}", it.value, it.title),
            };
            Some(AutocompleteChoice::new(cut(&shown, limits::SUGGESTION_TEXT), value))
        });
        let response = CreateInteractionResponse::Autocomplete(
            CreateAutocompleteResponse::new().set_choices(choices.collect()),
        );
        let body = serde_json::to_vec(&response).unwrap_or_default();
        self.rest.send(callback_request(asked).body(Some(body))).await?;
        Ok(())
    }

    /// A pressed button, or a chosen option of a menu.
    async fn press(&self, interaction: &ComponentInteraction, data: &str) -> Result<(), Failure> {
        let asked =
            Asked { application: interaction.application_id, id: interaction.id, token: &interaction.token };
        let (asker, places) = heard::presser(interaction, &self.access);
        let (id, is_button) = match &interaction.data.kind {
            ComponentInteractionDataKind::StringSelect { values } => {
                (values.first().map_or("", String::as_str), false)
            }
            _ => (interaction.data.custom_id.as_str(), true),
        };
        let (line, part) = match message::pressed(id) {
            Some(Pressed::Delete(owner)) => return self.delete_for(asked, interaction, owner).await,
            Some(Pressed::Line(line, part)) => (Some(line), part),
            Some(Pressed::Key(key, part)) => {
                (self.world.community.line(&key).await.unwrap_or_default(), part)
            }
            None => (None, 0),
        };
        let pressed = Press::read(data, is_button.then_some(&*interaction.data.custom_id));
        let request = match line {
            Some(line) => commands::line::parse(&line, asker, PLATFORM),
            None => Err(Box::new(Answer::other(
                AnswerKind::WrongUsage,
                "This button no longer knows what it stands for. Ask again.",
            ))),
        };
        let mut request = match request {
            Ok(request) => request,
            Err(answer) => return self.stale(asked, &pressed, &answer, false).await,
        };
        request.places = places;
        let line = commands::line::line(&request);
        let line = Some(line.as_str()).filter(|_| !request.command.changes);
        // Who asked first may still delete it, whoever turns its pages.
        let showing = Showing { line, part, asker: pressed.owner, private: pressed.is_private };
        let work = commands::run(&self.world, &request);
        let mut work = std::pin::pin!(work);
        let (answer, announced) = match tokio::time::timeout(ANNOUNCE, &mut work).await {
            Ok(answer) => (answer, false),
            Err(_) => {
                self.callback(asked, ANNOUNCED_UPDATE, Value::Null, None).await?;
                (work.await, true)
            }
        };
        if matches!(answer.kind, AnswerKind::NothingFound | AnswerKind::WrongUsage)
            && answer.blocks.is_empty()
        {
            return self.stale(asked, &pressed, &answer, announced).await;
        }
        let message = self.rendered(&answer, showing).await;
        match (message.private && !pressed.is_private, announced) {
            // What is only for who pressed must not take the place of what all see.
            (true, false) => self.acknowledge(asked, MESSAGE, &message).await,
            (true, true) => self.follow_up(asked, &message).await,
            (false, false) => self.acknowledge(asked, UPDATE, &message).await,
            (false, true) => self.edit(asked, &message).await,
        }
    }

    /// A button that can't work any more: it is disabled, and who pressed it reads why.
    async fn stale(
        &self,
        asked: Asked<'_>,
        pressed: &Press,
        answer: &Answer,
        announced: bool,
    ) -> Result<(), Failure> {
        let why = message::render(answer, Showing { private: true, ..Showing::default() });
        let Some(components) = &pressed.without else {
            return match announced {
                true => self.follow_up(asked, &why).await,
                false => self.acknowledge(asked, MESSAGE, &why).await,
            };
        };
        let body = json!({ "components": components, "allowed_mentions": {"parse": []} });
        match announced {
            true => self.edit_body(asked, body).await?,
            false => self.callback(asked, UPDATE, body, None).await?,
        }
        self.follow_up(asked, &why).await
    }

    async fn delete_for(
        &self,
        asked: Asked<'_>,
        interaction: &ComponentInteraction,
        owner: u64,
    ) -> Result<(), Failure> {
        let moderates = interaction.member.as_ref().and_then(|it| it.permissions).is_some_and(|it| {
            it.intersects(
                Permissions::MANAGE_MESSAGES | Permissions::MANAGE_GUILD | Permissions::ADMINISTRATOR,
            )
        });
        if interaction.user.id.get() != owner && !moderates {
            let title = "Only who asked can delete this answer, or a moderator.";
            let message = message::render(&Answer::other(AnswerKind::Refused, title), Showing::default());
            return self.acknowledge(asked, MESSAGE, &message).await;
        }
        self.callback(asked, ANNOUNCED_UPDATE, Value::Null, None).await?;
        self.delete(asked).await
    }

    /// A message that may be for us.
    async fn message(&self, message: &Written) -> Result<(), Failure> {
        let me = UserId::new(self.me.load(Ordering::Relaxed).max(1));
        let Some(wanted) = heard::wanted(message, me) else { return Ok(()) };
        let person = Person {
            user: message.author.id,
            server: message.guild_id,
            roles: message.member.as_ref().map_or(&[], |member| &member.roles),
            permissions: None,
            direct: message.guild_id.is_none(),
        };
        let asker = self.access.asker(&person);
        let line = match (&wanted, &message.referenced_message) {
            (Wanted::Line(line), _) => line.clone(),
            (Wanted::Source, Some(earlier)) => match self.source_line(&earlier.components).await {
                Some(line) => line,
                None => {
                    let answer = sources_shown(earlier);
                    let showing = Showing { asker: Some(message.author.id.get()), ..Showing::default() };
                    return self.reply(message, &self.rendered(&answer, showing).await).await;
                }
            },
            (Wanted::Source, None) => return Ok(()),
        };
        let (answer, line) = self.ask(&line, asker, message).await;
        let showing =
            Showing { line: line.as_deref(), asker: Some(message.author.id.get()), ..Showing::default() };
        let rendered = self.rendered(&answer, showing).await;
        self.reply(message, &rendered).await
    }

    /// Answers a typed line; gives also the line that gives the same answer again.
    async fn ask(&self, line: &str, asker: Asker, message: &Written) -> (Answer, Option<String>) {
        let mut request = match commands::line::parse(line, asker, PLATFORM) {
            Ok(request) => request,
            Err(answer) => return (*answer, None),
        };
        let parent = match message.guild_id {
            Some(_) => self.parent(message.channel_id).await,
            None => None,
        };
        request.places = heard::places(message.channel_id, parent, message.guild_id);
        // What is only for the asker must not be said in a channel; who may not ask is told so there.
        let is_seen = message.guild_id.is_some() && commands::is_private(&self.world, &request);
        if is_seen && request.asker.standing >= request.command.standing {
            let name = request.command.name;
            let title = format!("The answer is only for you here: use the slash command /{name}.");
            return (Answer::other(AnswerKind::Refused, title), None);
        }
        let line = (!request.command.changes).then(|| commands::line::line(&request));
        (commands::run(&self.world, &request).await, line)
    }

    /// The command line among an answer's buttons that tells where it stands.
    async fn source_line(&self, components: &[Value]) -> Option<String> {
        let buttons = components.iter().flat_map(|row| row["components"].as_array().into_iter().flatten());
        for id in buttons.filter_map(|button| button["custom_id"].as_str()) {
            let line = match message::pressed(id) {
                Some(Pressed::Line(line, _)) => Some(line),
                Some(Pressed::Key(key, _)) => self.world.community.line(&key).await.unwrap_or_default(),
                _ => None,
            };
            if let Some(line) = line.filter(|line| line.starts_with("source ")) {
                return Some(line);
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
            Ok(channel) => heard::parent(Some::<&PartialChannel>(&channel)),
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

    /// An answer as a message, whose buttons can hold what they stand for.
    async fn rendered(&self, answer: &Answer, showing: Showing<'_>) -> Message {
        let message = message::render(answer, showing);
        let now = self.world.clock.now().as_millisecond();
        for (key, line) in &message.lines {
            if let Err(error) = self.world.community.keep_line(key, line, now).await {
                tracing::error!(%error, "a button's command line can't be kept");
            }
        }
        message
    }

    async fn acknowledge(&self, asked: Asked<'_>, kind: u8, message: &Message) -> Result<(), Failure> {
        let sent = self.callback(asked, kind, message.body.clone(), message.file.as_ref()).await;
        match sent {
            Err(Failure::Refused { code: INVALID, message: why, .. }) if kind == MESSAGE => {
                tracing::error!(why, "Discord refused an answer");
                let title = "Discord refused the answer. The operator finds the cause in the log.";
                let answer = Answer::other(AnswerKind::Failed, title);
                let message = message::render(&answer, Showing::default());
                self.callback(asked, MESSAGE, message.body, None).await
            }
            sent => sent,
        }
    }

    async fn callback(
        &self,
        asked: Asked<'_>,
        kind: u8,
        data: Value,
        file: Option<&(String, Vec<u8>)>,
    ) -> Result<(), Failure> {
        let body = match (data.is_null(), kind) {
            (true, _) => json!({ "type": kind }),
            (false, UPDATE) => json!({ "type": kind, "data": instead(data, file) }),
            (false, _) => json!({ "type": kind, "data": with_file(data, file) }),
        };
        self.rest.send(with_body(callback_request(asked), &body, file)).await.map(drop)
    }

    async fn edit(&self, asked: Asked<'_>, message: &Message) -> Result<(), Failure> {
        let body = instead(message.body.clone(), message.file.as_ref());
        let route = original(asked);
        let request = with_body(Request::new(route, LightMethod::Patch), &body, message.file.as_ref());
        self.rest.send(request).await.map(drop)
    }

    async fn edit_body(&self, asked: Asked<'_>, body: Value) -> Result<(), Failure> {
        let request = Request::new(original(asked), LightMethod::Patch);
        self.rest.send(with_body(request, &body, None)).await.map(drop)
    }

    async fn delete(&self, asked: Asked<'_>) -> Result<(), Failure> {
        self.rest.send(Request::new(original(asked), LightMethod::Delete)).await.map(drop)
    }

    async fn follow_up(&self, asked: Asked<'_>, message: &Message) -> Result<(), Failure> {
        let route = Route::WebhookFollowupMessages { application_id: asked.application, token: asked.token };
        let body = with_file(message.body.clone(), message.file.as_ref());
        let request = with_body(Request::new(route, LightMethod::Post), &body, message.file.as_ref());
        self.rest.send(request).await.map(drop)
    }

    /// Answers a message where it was written. Everybody there sees that.
    async fn reply(&self, to: &Written, message: &Message) -> Result<(), Failure> {
        let mut body = with_file(message.body.clone(), message.file.as_ref());
        body["flags"] = json!(0);
        body["message_reference"] = json!({ "message_id": to.id, "fail_if_not_exists": false });
        body["allowed_mentions"] = json!({ "parse": [], "replied_user": false });
        // A request that has to be sent twice makes one message.
        body["nonce"] = json!(to.id.to_string());
        body["enforce_nonce"] = json!(true);
        let route = Route::ChannelMessages { channel_id: to.channel_id };
        let request = with_body(Request::new(route, LightMethod::Post), &body, message.file.as_ref());
        self.rest.send(request).await.map(drop)
    }
}

fn callback_request(asked: Asked<'_>) -> Request<'_> {
    let route = Route::InteractionResponse { interaction_id: asked.id, token: asked.token };
    Request::new(route, LightMethod::Post)
}

fn original(asked: Asked<'_>) -> Route<'_> {
    Route::WebhookOriginalInteractionResponse { application_id: asked.application, token: asked.token }
}

/// The payload, naming the file that goes with it.
fn with_file(mut body: Value, file: Option<&(String, Vec<u8>)>) -> Value {
    if let Some((name, _)) = file {
        body["attachments"] =
            json!([{ "id": 0, "filename": name, "description": "The whole answer as text" }]);
    }
    body
}

/// The same for a message that takes the place of another, whose file goes.
fn instead(mut body: Value, file: Option<&(String, Vec<u8>)>) -> Value {
    if body.get("embeds").is_some() {
        body["attachments"] = json!([]);
    }
    with_file(body, file)
}

fn with_body<'a>(request: Request<'a>, body: &Value, file: Option<&(String, Vec<u8>)>) -> Request<'a> {
    match file {
        None => request.body(Some(body.to_string().into_bytes())),
        Some((name, bytes)) => request.multipart(Some(Multipart {
            upload: MultipartUpload::Attachments(vec![CreateAttachment::bytes(bytes.clone(), name)]),
            fields: vec![],
            payload_json: Some(body.to_string()),
        })),
    }
}

/// What an answer that has no button to its source shows of its sources itself.
fn sources_shown(earlier: &heard::Earlier) -> Answer {
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

/// The message on which something was pressed.
struct Press {
    is_private: bool,
    /// Who may delete it.
    owner: Option<u64>,
    /// Its components with the pressed button disabled.
    without: Option<Value>,
}

impl Press {
    fn read(data: &str, button: Option<&str>) -> Press {
        #[derive(Deserialize)]
        struct Whole {
            message: On,
        }
        #[derive(Deserialize)]
        struct On {
            #[serde(default)]
            flags: u64,
            #[serde(default)]
            components: Value,
        }
        let On { flags, mut components } = match serde_json::from_str::<Whole>(data) {
            Ok(whole) => whole.message,
            Err(_) => On { flags: 0, components: Value::Null },
        };
        let mut owner = None;
        let mut found = false;
        for row in components.as_array_mut().into_iter().flatten() {
            for component in row["components"].as_array_mut().into_iter().flatten() {
                let id = component["custom_id"].as_str().unwrap_or_default();
                if let Some(Pressed::Delete(user)) = message::pressed(id) {
                    owner = Some(user);
                }
                if button == Some(id) {
                    component["disabled"] = json!(true);
                    found = true;
                }
            }
        }
        let is_private = flags & MessageFlags::EPHEMERAL.bits() != 0;
        Press { is_private, owner, without: found.then_some(components) }
    }
}
