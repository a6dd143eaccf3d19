//! What is heard, answered: in time, where it was asked, and to whom it is for.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use serde::Deserialize;
use serde_json::{Value, json};
use serenity::all::{
    ApplicationId, AutocompleteChoice, CommandInteraction, ComponentInteraction,
    ComponentInteractionDataKind, CreateAutocompleteResponse, Interaction, InteractionId, MessageFlags,
    Permissions, UserId,
};
use serenity::http::{LightMethod, Request, Route};
use serenity::model::channel::PartialChannel;
use serenity::model::id::ChannelId;
use tokio::sync::Mutex;

use crate::answer::{Answer, AnswerKind, ChoiceKind, Entry, Visibility};
use crate::commands::{self, Asker, MAX_BYTES, Origin, Standing, World};

use super::gateway::Event;
use super::heard::{self, Access, Attached, PLATFORM, Person, Wanted, Written};
use super::limits::{self, cut};
use super::message::{self, Message, Pressed, Showing};
use super::reply::{On, Reply, with_body, with_file};
use super::rest::{Failure, Rest};
use super::upload;

/// Suggestions that are not there by then are none.
const SUGGEST: Duration = Duration::from_secs(2);

/// How many channels are remembered with what they belong to.
const CHANNELS: usize = 10_000;

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

impl Bot {
    pub fn new(world: Arc<World>, rest: Arc<Rest>, access: Access) -> Bot {
        Bot { world, rest, access, me: AtomicU64::new(0), parents: Mutex::default() }
    }

    /// Hears of something, and answers if it is for us.
    pub async fn hear(&self, event: Event) {
        let outcome = match event.name.as_str() {
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
        if let Err(failure) = outcome {
            tracing::error!(%failure, "an answer could not be given");
        }
    }

    /// Learns who we are.
    pub fn ready(&self, data: &str) {
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
        let mut reply = Reply::new(&self.rest, known.application_id, known.id, &known.token, On::Command);
        let answer = Answer::other(
            AnswerKind::Failed,
            "That was not understood. The operator finds the cause in the log.",
        );
        reply.answer(&message::render(&answer, Showing::default())).await
    }

    /// A slash command, or a command on a message.
    async fn command(&self, interaction: &CommandInteraction) -> Result<(), Failure> {
        let (application, id) = (interaction.application_id, interaction.id);
        let mut reply = Reply::new(&self.rest, application, id, &interaction.token, On::Command);
        let (mut request, attached) = match heard::command(interaction, &self.access) {
            Ok(heard) => heard,
            Err(answer) => return reply.answer(&message::render(&answer, Showing::default())).await,
        };
        let private = commands::is_private(&self.world, &request);
        // What changes something must not be done again to see the rest of the answer.
        let line = commands::line::line(&request);
        let line = Some(line.as_str()).filter(|_| !request.command.changes);
        let showing = Showing { line, asker: Some(interaction.user.id.get()), ..Showing::default() };
        let work = async {
            // Only who may use the command makes us fetch anything.
            let may = request.asker.standing >= request.command.standing;
            let answer = match self.fetched(attached.filter(|_| may)).await {
                Ok(upload) => {
                    request.upload = upload;
                    commands::run(&self.world, &request).await
                }
                Err(answer) => *answer,
            };
            self.rendered(&answer, showing).await
        };
        let message = reply.in_time(private, work).await;
        reply.answer(&message).await
    }

    /// The file that is attached to a command.
    async fn fetched(&self, attached: Option<Attached>) -> Result<Option<commands::Upload>, Box<Answer>> {
        let Some(file) = attached else { return Ok(None) };
        if u64::from(file.bytes) > MAX_BYTES {
            let most = MAX_BYTES >> 20;
            let title = format!("The attached file is larger than {most} MiB. Nothing was loaded.");
            return Err(Box::new(Answer::other(AnswerKind::WrongUsage, title)));
        }
        Ok(Some(upload::fetch(&self.rest, &file.name, &file.url).await.map_err(Box::new)?))
    }

    /// Suggestions while somebody types.
    async fn suggest(&self, interaction: &CommandInteraction) -> Result<(), Failure> {
        let (application, id) = (interaction.application_id, interaction.id);
        let reply = Reply::new(&self.rest, application, id, &interaction.token, On::Command);
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
        let response = CreateAutocompleteResponse::new().set_choices(choices.collect());
        reply.suggest(serde_json::to_value(response).unwrap_or_default()).await
    }

    /// A pressed button, or a chosen option of a menu.
    async fn press(&self, interaction: &ComponentInteraction, data: &str) -> Result<(), Failure> {
        let (id, is_button) = match &interaction.data.kind {
            ComponentInteractionDataKind::StringSelect { values } => {
                (values.first().map_or("", String::as_str), false)
            }
            _ => (interaction.data.custom_id.as_str(), true),
        };
        let pressed = Press::read(data, is_button.then_some(&*interaction.data.custom_id));
        let on = On::Message { private: pressed.is_private };
        let (application, interaction_id) = (interaction.application_id, interaction.id);
        let mut reply = Reply::new(&self.rest, application, interaction_id, &interaction.token, on);
        let (asker, places) = heard::presser(interaction, &self.access);
        let (line, kind, part) = match message::pressed(id) {
            Some(Pressed::Delete(owner)) => {
                let may = interaction.user.id.get() == owner
                    || asker.standing >= Standing::Moderator
                    || interaction.member.as_ref().and_then(|it| it.permissions).is_some_and(|it| {
                        it.intersects(Permissions::MANAGE_MESSAGES | Permissions::ADMINISTRATOR)
                    });
                if may {
                    return reply.delete().await;
                }
                let title = "Only who asked can delete this answer, or a moderator.";
                let answer = Answer::other(AnswerKind::Refused, title);
                return reply.answer(&message::render(&answer, Showing::default())).await;
            }
            Some(Pressed::Line(line, kind, part)) => (Some(line), kind, part),
            Some(Pressed::Key(key, kind, part)) => {
                (self.world.community.line(&key).await.unwrap_or_default(), kind, part)
            }
            None => (None, ChoiceKind::Other, 0),
        };
        let request = match line {
            Some(line) => commands::line::parse(&line, asker, PLATFORM),
            None => Err(Box::new(Answer::other(
                AnswerKind::WrongUsage,
                "This button no longer knows what it stands for. Ask again.",
            ))),
        };
        let mut request = match request {
            Ok(request) => request,
            Err(answer) => return stale(&mut reply, &pressed, &answer).await,
        };
        request.places = places;
        request.origin = Origin::chosen(kind);
        let line = commands::line::line(&request);
        let line = Some(line.as_str()).filter(|_| !request.command.changes);
        // Who asked first may still delete it, whoever turns its pages.
        let showing = Showing { line, part, asker: pressed.owner, private: pressed.is_private };
        let work = async {
            let answer = commands::run(&self.world, &request).await;
            let message = self.rendered(&answer, showing).await;
            (answer, message)
        };
        let (answer, message) = reply.in_time(false, work).await;
        let nothing = matches!(answer.kind, AnswerKind::NothingFound | AnswerKind::WrongUsage);
        match nothing && answer.blocks.is_empty() {
            true => stale(&mut reply, &pressed, &answer).await,
            false => reply.answer(&message).await,
        }
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
        let parent = match message.guild_id {
            Some(_) => self.parent(message.channel_id).await,
            None => None,
        };
        let places = heard::places(message.channel_id, parent, message.guild_id);
        let (answer, line) = match (wanted, &message.referenced_message) {
            (Wanted::Line(line), _) => self.ask(&line, asker, places, message).await,
            (Wanted::Source, Some(earlier)) => match self.source_line(&earlier.components).await {
                Some(line) => self.ask(&line, asker, places, message).await,
                None => (sources_shown(earlier), None),
            },
            (Wanted::Source, None) => return Ok(()),
        };
        // Whatever is said in a channel is seen by all of it.
        let answer = Answer { visibility: Visibility::Everyone, ..answer };
        let asker = Some(message.author.id.get());
        let showing = Showing { line: line.as_deref(), asker, ..Showing::default() };
        let rendered = self.rendered(&answer, showing).await;
        self.reply(message, &rendered).await
    }

    /// Answers a typed line; gives also the line that gives the same answer again.
    async fn ask(
        &self,
        line: &str,
        asker: Asker,
        places: Vec<String>,
        message: &Written,
    ) -> (Answer, Option<String>) {
        let mut request = match commands::line::parse(line, asker, PLATFORM) {
            Ok(request) => request,
            Err(answer) => return (*answer, None),
        };
        request.places = places;
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

    /// The command line among an answer's buttons that tells where it comes from.
    async fn source_line(&self, components: &[Value]) -> Option<String> {
        let buttons = components.iter().flat_map(|row| row["components"].as_array().into_iter().flatten());
        for id in buttons.filter_map(|button| button["custom_id"].as_str()) {
            match message::pressed(id) {
                Some(Pressed::Line(line, ChoiceKind::Source, _)) => return Some(line),
                Some(Pressed::Key(key, ChoiceKind::Source, _)) => {
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
        if !message.lines.is_empty() {
            let now = self.world.clock.now().as_millisecond();
            if let Err(error) = self.world.community.keep_lines(&message.lines, now).await {
                tracing::error!(%error, "the command lines of buttons can't be kept");
            }
        }
        message
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

/// A button that can't work any more: it is disabled, and who pressed it reads why.
async fn stale(reply: &mut Reply<'_>, pressed: &Press, answer: &Answer) -> Result<(), Failure> {
    let why = message::render(answer, Showing { private: true, ..Showing::default() });
    if let Some(components) = &pressed.without {
        reply.change_components(components).await?;
    }
    reply.aside(&why).await
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
