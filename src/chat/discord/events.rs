//! Events of the gateway, each handed to what answers it.

use serde::Deserialize;
use serenity::all::{ApplicationId, Interaction, InteractionId};

use crate::answer::{Answer, AnswerKind};
use crate::chat::shared::sentences;

use super::bot::Bot;
use super::gateway::Event;
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
                Ok(interaction) => self.interaction(&interaction, data).await,
                Err(error) => self.unreadable(data, &error).await,
            },
            "MESSAGE_CREATE" => match serde_json::from_str::<IncomingMessage>(data) {
                Ok(message) => self.message_created(&message).await,
                Err(error) => {
                    tracing::warn!(%error, "a message can't be read");
                    Ok(())
                }
            },
            // Not all of these say who wrote the message; those are not about its text.
            "MESSAGE_UPDATE" => match serde_json::from_str::<IncomingMessage>(data) {
                Ok(message) => self.message_edited(&message).await,
                Err(_) => Ok(()),
            },
            "MESSAGE_DELETE" | "MESSAGE_DELETE_BULK" => self.messages_deleted(data).await,
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
        let answer = Answer::other(
            AnswerKind::Failed,
            "That was not understood. The operator finds the cause in the log.",
        );
        reply.answer(&message::render(&answer, RenderOptions::default())).await
    }
}
