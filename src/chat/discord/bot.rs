//! What is heard, answered: in time, where it was asked, and to whom it is for.

use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, PoisonError};
use std::time::Duration;

use serde::Deserialize;
use serenity::all::{
    ApplicationId, AutocompleteChoice, CommandInteraction, CreateAutocompleteResponse, Interaction,
    InteractionId, UserId,
};
use serenity::model::id::{ChannelId, GuildId, MessageId, RoleId};
use tokio::sync::{Mutex, MutexGuard};

use crate::answer::{Answer, AnswerKind};
use crate::commands::{self, MAX_BYTES, World};

use super::gateway::Event;
use super::incoming::{self, Access, Attached, Heard};
use super::limits::{self, cut};
use super::message::{self, Message, RenderOptions};
use super::reply::{On, Reply};
use super::rest::{ApiError, Rest};
use super::seen::Seen;
use super::upload;
use super::written::Written;

/// Suggestions that are not there by then are none.
const SUGGEST: Duration = Duration::from_secs(2);

/// How many messages can be answered at the same time without waiting for each other.
const TURNS: usize = 64;

/// What answers on Discord.
pub(super) struct Bot {
    pub world: Arc<World>,
    pub rest: Arc<Rest>,
    pub access: Access,
    /// Our own user id, from READY on.
    me: AtomicU64,
    /// The role that Discord made for us in each server.
    roles: std::sync::Mutex<HashMap<GuildId, RoleId>>,
    /// Whether the program is about to end.
    closing: AtomicBool,
    /// The channels of threads.
    pub parents: Mutex<HashMap<ChannelId, Option<ChannelId>>>,
    /// The messages with a confirmation that somebody gave.
    pub confirmed: Seen,
    /// Answers that somebody replied to in words that we may not read, and that we said the source of.
    pub replied: Seen,
    /// What happens to one message happens in turn: an edit must not overtake what it edits.
    turns: [Mutex<()>; TURNS],
}

impl Bot {
    pub fn new(world: Arc<World>, rest: Arc<Rest>, access: Access) -> Bot {
        Bot {
            world,
            rest,
            access,
            me: AtomicU64::new(0),
            roles: std::sync::Mutex::default(),
            closing: AtomicBool::new(false),
            parents: Mutex::default(),
            confirmed: Seen::default(),
            replied: Seen::default(),
            turns: std::array::from_fn(|_| Mutex::default()),
        }
    }

    /// Hears of something, and answers if it is for us.
    pub async fn handle_event(&self, event: Event) {
        let data = event.data.as_str();
        let outcome = match event.name.as_str() {
            "INTERACTION_CREATE" => match serde_json::from_str::<Interaction>(data) {
                Ok(interaction) => self.interaction(&interaction, data).await,
                Err(error) => self.unreadable(data, &error).await,
            },
            "MESSAGE_CREATE" => match serde_json::from_str::<Written>(data) {
                Ok(message) => self.message(&message).await,
                Err(error) => {
                    tracing::warn!(%error, "a message can't be read");
                    Ok(())
                }
            },
            // Not all of these tell who wrote the message; those are not about its text.
            "MESSAGE_UPDATE" => match serde_json::from_str::<Written>(data) {
                Ok(message) => self.edited(&message).await,
                Err(_) => Ok(()),
            },
            "MESSAGE_DELETE" | "MESSAGE_DELETE_BULK" => self.deleted(data).await,
            "GUILD_CREATE" => {
                self.learn_role(data);
                Ok(())
            }
            _ => Ok(()),
        };
        if let Err(failure) = outcome {
            tracing::error!(%failure, "an answer could not be given");
        }
    }

    async fn interaction(&self, interaction: &Interaction, data: &str) -> Result<(), ApiError> {
        match interaction {
            Interaction::Autocomplete(it) => self.suggest(it).await,
            Interaction::Command(it) if self.is_closing() => {
                self.refuse(it.application_id, it.id, &it.token).await
            }
            Interaction::Component(it) if self.is_closing() => {
                self.refuse(it.application_id, it.id, &it.token).await
            }
            Interaction::Command(it) => self.command(it, data).await,
            Interaction::Component(it) => self.press(it, data).await,
            _ => Ok(()),
        }
    }

    /// From now on everybody is told to ask again later.
    pub fn close(&self) {
        self.closing.store(true, Ordering::Relaxed);
    }

    pub(super) fn is_closing(&self) -> bool {
        self.closing.load(Ordering::Relaxed)
    }

    /// The answer while the program ends.
    pub(super) fn closing(&self) -> Answer {
        Answer::other(AnswerKind::Failed, "Rapporteur is restarting. Ask again in a minute.")
    }

    async fn refuse(
        &self,
        application: ApplicationId,
        id: InteractionId,
        token: &str,
    ) -> Result<(), ApiError> {
        let mut reply = Reply::new(&self.rest, application, id, token, On::Command);
        reply.answer(&message::render(&self.closing(), RenderOptions::default())).await
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

    /// Our own user id.
    pub(super) fn me(&self) -> UserId {
        UserId::new(self.me.load(Ordering::Relaxed).max(1))
    }

    /// Learns which role Discord made for us in a server.
    fn learn_role(&self, data: &str) {
        #[derive(Deserialize)]
        struct Server {
            id: GuildId,
            #[serde(default)]
            roles: Vec<Role>,
        }
        #[derive(Deserialize)]
        struct Role {
            id: RoleId,
            tags: Option<Tags>,
        }
        #[derive(Deserialize)]
        struct Tags {
            bot_id: Option<UserId>,
        }
        let Ok(server) = serde_json::from_str::<Server>(data) else { return };
        let is_ours = |role: &&Role| role.tags.as_ref().and_then(|tags| tags.bot_id) == Some(self.me());
        if let Some(role) = server.roles.iter().find(is_ours) {
            let mut roles = self.roles.lock().unwrap_or_else(PoisonError::into_inner);
            roles.insert(server.id, role.id);
        }
    }

    /// The role that Discord made for us in a server.
    pub(super) fn role(&self, server: GuildId) -> Option<RoleId> {
        self.roles.lock().unwrap_or_else(PoisonError::into_inner).get(&server).copied()
    }

    /// Waits until nothing else is done about a message.
    pub(super) async fn turn(&self, message: MessageId) -> MutexGuard<'_, ()> {
        let turn = usize::try_from(message.get() % TURNS as u64).unwrap_or(0);
        self.turns[turn].lock().await
    }

    /// Says that something went wrong to an interaction of which only this much is known.
    async fn unreadable(&self, data: &str, error: &serde_json::Error) -> Result<(), ApiError> {
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
        reply.answer(&message::render(&answer, RenderOptions::default())).await
    }

    /// A slash command, or a command on a message.
    async fn command(&self, interaction: &CommandInteraction, data: &str) -> Result<(), ApiError> {
        let (application, id) = (interaction.application_id, interaction.id);
        let mut reply = Reply::new(&self.rest, application, id, &interaction.token, On::Command);
        let Heard { mut request, attached, private } =
            match incoming::command(interaction, data, &self.access) {
                Ok(heard) => heard,
                Err(answer) => {
                    return reply.answer(&message::render(&answer, RenderOptions::default())).await;
                }
            };
        // What changes something must not be done again to see the rest of the answer.
        let line = commands::line::line(&request);
        let line = Some(line.as_str()).filter(|_| request.effect().may_be_repeated());
        let options = RenderOptions { line, part: 0, caller: Some(interaction.user.id.get()), private };
        let private = private || commands::is_private(&self.world, &request);
        let work = async {
            // Only who may use the command makes us fetch anything.
            let may = request.caller.role >= request.command.role;
            let answer = match self.fetched(attached.filter(|_| may)).await {
                Ok(upload) => {
                    request.upload = upload;
                    commands::run(&self.world, &request).await
                }
                Err(answer) => *answer,
            };
            self.rendered(&answer, options).await
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
    async fn suggest(&self, interaction: &CommandInteraction) -> Result<(), ApiError> {
        let (application, id) = (interaction.application_id, interaction.id);
        let reply = Reply::new(&self.rest, application, id, &interaction.token, On::Command);
        let suggestions = match incoming::typing(interaction) {
            None => vec![],
            Some(typing) => {
                let meant = || self.world.article_meant(&typing.places);
                let article = typing.article.clone().or_else(meant);
                let looking =
                    commands::suggest(&self.world, typing.option, &typing.typed, article.as_deref());
                tokio::time::timeout(SUGGEST, looking).await.unwrap_or_default()
            }
        };
        let typed =
            incoming::typing(interaction).map(|typing| typing.typed.to_lowercase()).unwrap_or_default();
        let (mut values, mut names) = (HashSet::new(), HashSet::new());
        let choices = suggestions.iter().filter_map(|it| {
            // A value that was cut, or that stands for two things, would lead elsewhere.
            let fits = limits::length(&it.value) <= limits::SUGGESTION_TEXT && !it.value.trim().is_empty();
            if !fits || !values.insert(it.value.as_str()) {
                return None;
            }
            // What was typed is shown with what it means; a value that nobody typed so stays in the background.
            let is_typed = it.value != it.title && it.value.to_lowercase().contains(&typed);
            let name = if is_typed { format!("{} → {}", it.value, it.title) } else { it.title.clone() };
            let name = match names.insert(name.clone()) {
                true => name,
                false => format!("{} ({})", cut(&name, limits::SUGGESTION_TEXT / 2), it.value),
            };
            Some(AutocompleteChoice::new(cut(&name, limits::SUGGESTION_TEXT), it.value.clone()))
        });
        let choices = choices.take(limits::SUGGESTIONS);
        let response = CreateAutocompleteResponse::new().set_choices(choices.collect());
        reply.suggest(serde_json::to_value(response).unwrap_or_default()).await
    }

    /// An answer as a message, whose buttons can hold what they stand for.
    pub(super) async fn rendered(&self, answer: &Answer, options: RenderOptions<'_>) -> Message {
        let message = message::render(answer, options);
        if !message.lines.is_empty() {
            let now = self.world.clock.now().as_millisecond();
            if let Err(error) = self.world.community.keep_lines(&message.lines, now).await {
                tracing::error!(%error, "the command lines of buttons can't be kept");
            }
        }
        message
    }
}
