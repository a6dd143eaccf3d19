//! What is said in a server that the bot was added to: once, in the channel where Discord itself says who came.

use jiff::Timestamp;
use serde::Deserialize;
use serenity::model::id::{ChannelId, GuildId};

use crate::chat::shared::sentences;
use crate::community::Answered;
use crate::locale::Locale;
use crate::say;

use super::bot::Bot;
use super::incoming;
use super::outbox::PostOptions;
use super::platform::PLATFORM;

/// For how long after the bot was added a server is greeted, in seconds: Discord sends servers at every connection, and one
/// that we have been in for long needs no greeting.
const NEW: i64 = 600;

/// A server, as far as we need to know it
/// (<https://discord.com/developers/docs/events/gateway-events#guild-create>).
#[derive(Deserialize)]
struct Server {
    id: GuildId,
    joined_at: Option<Timestamp>,
    system_channel_id: Option<ChannelId>,
    preferred_locale: Option<String>,
}

impl Bot {
    /// Greets a server that the bot was just added to. Where there is no channel for it, or we may not write there, nobody
    /// is greeted.
    pub(super) async fn greet(&self, data: &str) {
        let Ok(server) = serde_json::from_str::<Server>(data) else { return };
        let Server { id, joined_at: Some(joined_at), system_channel_id: Some(channel), .. } = server else {
            return;
        };
        let now = self.world.clock.now();
        if now.as_second() - joined_at.as_second() > NEW {
            return;
        }
        let event = format!("{PLATFORM}:greeting:{id}");
        let community = &self.world.community;
        if community.answered::<()>(&event).await.is_ok_and(|known| known.is_some()) {
            return;
        }
        let client = server.preferred_locale.as_deref().and_then(Locale::read);
        let places = incoming::places(channel, None, Some(id));
        let language = self.world.language("", client, &places).await;
        let greeting = language.sync_scope(|| sentences::greeting(say!("discord-greeting")));
        let options = PostOptions { nonce: Some(id.to_string()), silent: true, ..PostOptions::default() };
        let posted = self.outbox.post(channel, &greeting, &options).await;
        let answer = match posted {
            Ok(message) => Some(message.to_string()),
            Err(failure) => {
                tracing::info!(%failure, server = %id, "a server can't be greeted");
                None
            }
        };
        let room = format!("{PLATFORM}:channel:{channel}");
        let at = now.as_millisecond();
        let greeted = Answered { event, room, caller: String::new(), answer, line: None, kept: (), at };
        if let Err(error) = community.keep_heard(PLATFORM.as_str(), None, &[greeted]).await {
            tracing::error!(%error, "a greeting can't be written down");
        }
    }
}
