//! Commands that people use, and suggestions while they type them.

use std::collections::HashSet;
use std::time::Duration;

use serenity::all::{AutocompleteChoice, CommandInteraction, CreateAutocompleteResponse};

use crate::answer::{After, Answer};
use crate::chat::shared::sentences;
use crate::commands::{self, MAX_BYTES};

use super::bot::Bot;
use super::incoming::{self, Attachment, IncomingCommand};
use super::limits::{self, cut};
use super::message::{self, RenderOptions};
use super::reply::{Reply, ReplyTo};
use super::rest::ApiError;
use super::upload;

/// Suggestions that are not there by then are none.
const SUGGESTIONS_TIMEOUT: Duration = Duration::from_secs(2);

impl Bot {
    /// A slash command, or a command on a message.
    pub(super) async fn command(&self, interaction: &CommandInteraction, data: &str) -> Result<(), ApiError> {
        let (application, id) = (interaction.application_id, interaction.id);
        let mut reply = Reply::new(&self.rest, application, id, &interaction.token, ReplyTo::NewMessage);
        let IncomingCommand { mut request, attachment, private } =
            match incoming::command(interaction, data, &self.access) {
                Ok(command) => command,
                Err(answer) => {
                    return reply.answer(&message::render(&answer, RenderOptions::default())).await;
                }
            };
        // What changes something must not be done again to see the rest of the answer.
        let line = commands::line::line(&request);
        let line = Some(line.as_str()).filter(|_| request.effect().may_be_repeated());
        let options = RenderOptions {
            line,
            caller: Some(interaction.user.id.get()),
            private,
            ..RenderOptions::default()
        };
        let private = private || commands::is_private(&self.world, &request);
        let work = async {
            // Only who may use the command makes us fetch anything.
            let may = request.caller.role >= request.command.role;
            let answer = match self.fetched(attachment.filter(|_| may)).await {
                Ok(upload) => {
                    request.upload = upload;
                    commands::run(&self.world, &request).await
                }
                Err(answer) => *answer,
            };
            let message = self.outbox.rendered(&answer, options).await;
            (answer, message)
        };
        let (answer, message) = reply.in_time(private, work).await;
        reply.answer(&message).await?;
        if answer.after != Some(After::OpenThread) || message.private {
            return Ok(());
        }
        match self.open_thread(&request.places, reply.message_id().await?, &answer.title).await {
            true => Ok(()),
            // Said to who asked alone: the others have nothing to do about it.
            false => reply.aside(&message::render(&sentences::no_thread(), RenderOptions::default())).await,
        }
    }

    /// The file that is attached to a command.
    async fn fetched(&self, attachment: Option<Attachment>) -> Result<Option<commands::Upload>, Box<Answer>> {
        let Some(file) = attachment else { return Ok(None) };
        if u64::from(file.bytes) > MAX_BYTES {
            return Err(Box::new(sentences::file_too_large()));
        }
        Ok(Some(upload::fetch(&self.rest, &file.name, &file.url).await.map_err(Box::new)?))
    }

    /// Suggestions while somebody types.
    pub(super) async fn suggest(&self, interaction: &CommandInteraction) -> Result<(), ApiError> {
        let (application, id) = (interaction.application_id, interaction.id);
        let reply = Reply::new(&self.rest, application, id, &interaction.token, ReplyTo::NewMessage);
        let mut choices = Vec::new();
        if let Some(typing) = incoming::typing(interaction) {
            let meant = || self.world.article_meant(&typing.places);
            let article = typing.article.clone().or_else(meant);
            let looking = commands::suggest(&self.world, typing.option, &typing.typed, article.as_deref());
            let found = tokio::time::timeout(SUGGESTIONS_TIMEOUT, looking).await.unwrap_or_default();
            choices = suggested(found.into_iter().map(|it| (it.value, it.title)), &typing.typed);
        }
        let response = CreateAutocompleteResponse::new().set_choices(choices);
        reply.suggest(serde_json::to_value(response).unwrap_or_default()).await
    }
}

/// Suggestions, each a value and its title, as Discord shows them: no two with the same name or the same value.
fn suggested(suggestions: impl Iterator<Item = (String, String)>, typed: &str) -> Vec<AutocompleteChoice> {
    let typed = typed.to_lowercase();
    let (mut values, mut names) = (HashSet::new(), HashSet::new());
    let choices = suggestions.filter_map(|(value, title)| {
        // A value that was cut, or that is the same for two things, would lead elsewhere.
        let fits = limits::length(&value) <= limits::SUGGESTION_TEXT && !value.trim().is_empty();
        if !fits || !values.insert(value.clone()) {
            return None;
        }
        // What was typed is shown with what it means; a value that nobody typed so stays in the background.
        let is_typed = value != title && value.to_lowercase().contains(&typed);
        let name = if is_typed { format!("{value} → {title}") } else { title };
        let name = match names.insert(name.clone()) {
            true => name,
            false => format!("{} ({value})", cut(&name, limits::SUGGESTION_TEXT / 2)),
        };
        Some(AutocompleteChoice::new(cut(&name, limits::SUGGESTION_TEXT), value))
    });
    choices.take(limits::SUGGESTIONS).collect()
}
