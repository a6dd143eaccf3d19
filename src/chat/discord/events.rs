//! Events of the gateway, each handed to what answers it.

use serde::Deserialize;
use serenity::all::{ApplicationId, Interaction, InteractionId};

use crate::answer::{Answer, AnswerKind};
use crate::chat::shared::sentences;
use crate::locale::Locale;
use crate::platform::PlaceKind;
use crate::say;

use super::access::person_id;
use super::bot::Bot;
use super::gateway::Event;
use super::incoming;
use super::mention::IncomingMessage;
use super::message::{self, RenderOptions};
use super::reply::{Reply, ReplyTo};
use super::rest::ApiError;

impl Bot {
    /// Handles an event, and answers if it is for us.
    pub async fn handle_event(&self, event: Event) {
        let data = event.data.as_str();
        let outcome = match event.name.as_str() {
            "INTERACTION_CREATE" => match serde_json::from_str::<Interaction>(data) {
                Ok(interaction) => {
                    let language = self.language_of_interaction(&interaction).await;
                    language.scope(self.interaction(&interaction, data)).await
                }
                Err(error) => self.unreadable(data, &error).await,
            },
            "MESSAGE_CREATE" => match serde_json::from_str::<IncomingMessage>(data) {
                Ok(message) => {
                    let language = self.language_of_message(&message).await;
                    language.scope(self.message_created(&message)).await
                }
                Err(error) => {
                    tracing::warn!(%error, "a message can't be read");
                    Ok(())
                }
            },
            // Not all of these say who wrote the message; those are not about its text.
            "MESSAGE_UPDATE" => match serde_json::from_str::<IncomingMessage>(data) {
                Ok(message) => {
                    let language = self.language_of_message(&message).await;
                    language.scope(self.message_edited(&message)).await
                }
                Err(_) => Ok(()),
            },
            "MESSAGE_DELETE" | "MESSAGE_DELETE_BULK" => self.messages_deleted(data).await,
            "GUILD_CREATE" => {
                self.learn_role(data);
                self.server_joined(data).await;
                self.greet(data).await;
                Ok(())
            }
            "GUILD_DELETE" => {
                self.place_left(data, PlaceKind::Server).await;
                Ok(())
            }
            "CHANNEL_DELETE" | "THREAD_DELETE" => {
                self.place_left(data, PlaceKind::Channel).await;
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

    /// The language of who used a command or pressed a button. Their client says which it speaks
    /// (<https://discord.com/developers/docs/interactions/receiving-and-responding>, `locale`).
    async fn language_of_interaction(&self, interaction: &Interaction) -> Locale {
        let (user, locale, channel, parent, server) = match interaction {
            Interaction::Command(it) | Interaction::Autocomplete(it) => {
                (it.user.id, &it.locale, it.channel_id, incoming::parent(it.channel.as_ref()), it.guild_id)
            }
            Interaction::Component(it) => {
                (it.user.id, &it.locale, it.channel_id, incoming::parent(it.channel.as_ref()), it.guild_id)
            }
            _ => return Locale::of_program(),
        };
        let places = incoming::places(channel, parent, server);
        self.world.language(&person_id(user), Locale::read(locale), &places).await
    }

    /// The language of who wrote a message, which does not say what their client speaks.
    async fn language_of_message(&self, message: &IncomingMessage) -> Locale {
        let places = incoming::places(message.channel_id, None, message.guild_id);
        self.world.language(&person_id(message.author.id), None, &places).await
    }

    async fn refuse(
        &self,
        application: ApplicationId,
        id: InteractionId,
        token: &str,
    ) -> Result<(), ApiError> {
        let mut reply = Reply::new(&self.rest, application, id, token, ReplyTo::NewMessage);
        reply.answer(&message::render(&sentences::restarting(), RenderOptions::default())).await
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
        let mut reply =
            Reply::new(&self.rest, known.application_id, known.id, &known.token, ReplyTo::NewMessage);
        let answer = Answer::other(AnswerKind::Failed, say!("discord-unreadable"));
        reply.answer(&message::render(&answer, RenderOptions::default())).await
    }
}
