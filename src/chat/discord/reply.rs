//! Answering an interaction: within the three seconds that Discord gives, once, and to whom it is for.
//!
//! The rules are <https://discord.com/developers/docs/interactions/receiving-and-responding>.

use std::future::Future;
use std::time::Duration;

use serde::Deserialize;
use serde_json::{Value, json};
use serenity::all::{ApplicationId, InteractionId, MessageFlags, MessageId};
use serenity::http::{LightMethod, Request, Route};

use crate::answer::{Answer, AnswerKind};
use crate::say;

use super::message::{self, Message, RenderOptions};
use super::payload::{self, instead, with_file};
use super::rest::{ApiError, Rest};

/// An answer that is not there by then is announced, and put in when it is. Discord gives up after 3 s.
const ANNOUNCE_AFTER: Duration = Duration::from_secs(1);

/// Discord's code for an interaction that was acknowledged already.
const ACKNOWLEDGED: i64 = 40060;

/// Discord's code for a payload that breaks a limit.
const INVALID: i64 = 50035;

/// The kinds of acknowledgement.
const MESSAGE: u8 = 4;
const WILL_ANSWER: u8 = 5;
const WILL_UPDATE: u8 = 6;
const UPDATE: u8 = 7;
const SUGGESTIONS: u8 = 8;

/// Where the answer to an interaction goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ReplyTo {
    /// Into a new message: that of a command, or of a button that leaves the message that it is on as it is.
    NewMessage,
    /// Into the message that the button or menu is on, which only one person sees or all.
    InPlace { private: bool },
}

/// What Discord knows of the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum AckState {
    Nothing,
    /// That there will be a message, seen by one person or by all.
    WillAnswer {
        private: bool,
    },
    /// That the message may change.
    WillUpdate,
    /// Everything: what comes now is a further message.
    All,
}

/// An interaction that wants an answer.
pub(super) struct Reply<'a> {
    rest: &'a Rest,
    application: ApplicationId,
    id: InteractionId,
    token: &'a str,
    to: ReplyTo,
    ack: AckState,
}

impl<'a> Reply<'a> {
    pub fn new(
        rest: &'a Rest,
        application: ApplicationId,
        id: InteractionId,
        token: &'a str,
        to: ReplyTo,
    ) -> Reply<'a> {
        Reply { rest, application, id, token, to, ack: AckState::Nothing }
    }

    /// Waits for work to be done, and announces the answer to Discord if that takes long. `private` is whether the answer
    /// is likely to be for one person alone.
    pub async fn in_time<T>(&mut self, private: bool, work: impl Future<Output = T>) -> T {
        let mut work = std::pin::pin!(work);
        if let Ok(done) = tokio::time::timeout(ANNOUNCE_AFTER, &mut work).await {
            return done;
        }
        // What was begun is finished, whatever becomes of the announcement.
        let (announced, done) = futures::join!(self.announce(private), work);
        if let Err(failure) = announced {
            tracing::error!(%failure, "an answer can't be announced");
        }
        done
    }

    async fn announce(&mut self, private: bool) -> Result<(), ApiError> {
        let (kind, ack) = match self.to {
            ReplyTo::NewMessage => (WILL_ANSWER, AckState::WillAnswer { private }),
            ReplyTo::InPlace { .. } => (WILL_UPDATE, AckState::WillUpdate),
        };
        self.ack = ack;
        let flags = if private { MessageFlags::EPHEMERAL } else { MessageFlags::empty() };
        let data = (kind == WILL_ANSWER).then(|| json!({ "flags": flags.bits() }));
        self.callback(kind, data, None).await
    }

    /// Gives the answer. One that only the caller may see never takes the place of what all see.
    pub async fn answer(&mut self, message: &Message) -> Result<(), ApiError> {
        match self.send(message).await {
            Err(ApiError::Refused { code: INVALID, message: why, .. }) => {
                tracing::error!(why, "Discord refused an answer");
                let answer = Answer::other(AnswerKind::Failed, say!("discord-refused"));
                self.send(&message::render(&answer, RenderOptions::default())).await
            }
            sent => sent,
        }
    }

    async fn send(&mut self, message: &Message) -> Result<(), ApiError> {
        let (body, file) = (message.body.clone(), message.file.as_ref());
        let apart = match (self.to, self.ack) {
            (ReplyTo::InPlace { private }, _) => message.private && !private,
            (ReplyTo::NewMessage, AckState::WillAnswer { private }) => message.private && !private,
            (ReplyTo::NewMessage, _) => false,
        };
        let sent = match (self.ack, self.to, apart) {
            (AckState::Nothing, ReplyTo::InPlace { .. }, false) => {
                self.callback(UPDATE, Some(instead(body)), file).await
            }
            (AckState::Nothing, ..) => self.callback(MESSAGE, Some(body), file).await,
            (AckState::WillAnswer { .. }, _, true) => {
                // The announcement was for everyone, and this is not.
                if let Err(failure) = self.delete().await {
                    tracing::warn!(%failure, "an announcement can't be taken back");
                }
                self.follow_up(body, file).await
            }
            (AckState::WillAnswer { .. } | AckState::WillUpdate, _, false) => {
                self.edit(instead(body), file).await
            }
            (AckState::WillUpdate, _, true) | (AckState::All, ..) => self.follow_up(body, file).await,
        };
        if sent.is_ok() {
            self.ack = AckState::All;
        }
        sent
    }

    /// The id of the message that the answer is.
    pub async fn message_id(&self) -> Result<MessageId, ApiError> {
        #[derive(Deserialize)]
        struct Answered {
            id: MessageId,
        }
        let answered: Answered = self.rest.json(Request::new(self.original(), LightMethod::Get)).await?;
        Ok(answered.id)
    }

    /// Says something beside what is there already.
    pub async fn aside(&mut self, message: &Message) -> Result<(), ApiError> {
        let (body, file) = (message.body.clone(), message.file.as_ref());
        match std::mem::replace(&mut self.ack, AckState::All) {
            AckState::Nothing => self.callback(MESSAGE, Some(body), file).await,
            AckState::WillAnswer { private } if private == message.private => {
                self.edit(instead(body), file).await
            }
            _ => self.follow_up(body, file).await,
        }
    }

    /// Changes the components of the message that something was pressed on, and nothing else of it. Once another
    /// message is announced, that one is out of reach.
    pub async fn change_components(&mut self, components: &Value) -> Result<(), ApiError> {
        if matches!(self.ack, AckState::WillAnswer { .. }) {
            return Ok(());
        }
        let body = json!({ "components": components, "allowed_mentions": { "parse": [] } });
        let ack = std::mem::replace(&mut self.ack, AckState::All);
        match ack {
            AckState::Nothing => self.callback(UPDATE, Some(body), None).await,
            _ => self.edit(body, None).await,
        }
    }

    /// Deletes the message that something was pressed on, or that was announced.
    pub async fn delete(&mut self) -> Result<(), ApiError> {
        if self.ack == AckState::Nothing {
            self.announce(false).await?;
        }
        self.rest.send(Request::new(self.original(), LightMethod::Delete)).await.map(drop)
    }

    /// Gives suggestions for what is being typed.
    pub async fn suggest(&self, data: Value) -> Result<(), ApiError> {
        self.callback(SUGGESTIONS, Some(data), None).await
    }

    async fn callback(
        &self,
        kind: u8,
        data: Option<Value>,
        file: Option<&(String, Vec<u8>)>,
    ) -> Result<(), ApiError> {
        let body = match data {
            None => json!({ "type": kind }),
            Some(data) => json!({ "type": kind, "data": with_file(data, file) }),
        };
        let route = Route::InteractionResponse { interaction_id: self.id, token: self.token };
        match self.rest.send(payload::request(LightMethod::Post, route, &body, file)).await {
            // It was sent twice because the answer to the first time was lost.
            Err(failure) if failure.code() == ACKNOWLEDGED => {
                tracing::info!(%failure, "acknowledged already");
                Ok(())
            }
            sent => sent.map(drop),
        }
    }

    async fn edit(&self, body: Value, file: Option<&(String, Vec<u8>)>) -> Result<(), ApiError> {
        let body = with_file(body, file);
        let request = payload::request(LightMethod::Patch, self.original(), &body, file);
        self.rest.send(request).await.map(drop)
    }

    async fn follow_up(&self, body: Value, file: Option<&(String, Vec<u8>)>) -> Result<(), ApiError> {
        let route = Route::WebhookFollowupMessages { application_id: self.application, token: self.token };
        let body = with_file(body, file);
        self.rest.send(payload::request(LightMethod::Post, route, &body, file)).await.map(drop)
    }

    fn original(&self) -> Route<'a> {
        Route::WebhookOriginalInteractionResponse { application_id: self.application, token: self.token }
    }
}
