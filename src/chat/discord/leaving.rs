//! Servers and channels that the bot is not in any more, or is in again.

use serde::Deserialize;

use crate::platform::{Place, PlaceKind};

use super::bot::Bot;
use super::platform::PLATFORM;

/// What Discord says of a server or channel that is gone, or is there
/// (<https://discord.com/developers/docs/events/gateway-events#guild-delete>).
#[derive(Deserialize)]
struct Gone {
    id: String,
    /// Discord itself can't reach the server: nobody has removed us.
    #[serde(default)]
    unavailable: bool,
}

impl Bot {
    /// We were removed from a server, or a channel was deleted.
    pub(super) async fn place_left(&self, data: &str, kind: PlaceKind) {
        let Ok(Gone { id, unavailable: false }) = serde_json::from_str::<Gone>(data) else { return };
        let (place, now) = (Place::new(PLATFORM, kind, id), self.world.clock.now().as_millisecond());
        tracing::info!(%place, "the bot is not there any more");
        if let Err(error) = self.world.community.left(&place, now).await {
            tracing::warn!(%error, "a place that was left can't be written down");
        }
    }

    /// We are in a server.
    pub(super) async fn server_joined(&self, data: &str) {
        let Ok(Gone { id, unavailable: false }) = serde_json::from_str::<Gone>(data) else { return };
        if let Err(error) = self.world.community.is_back(&Place::new(PLATFORM, PlaceKind::Server, id)).await {
            tracing::warn!(%error, "a place that was joined can't be written down");
        }
    }
}
