//! What every part of the bot needs: the world, the client, who we are, the settings.

use std::sync::Arc;
use std::time::Duration;

use matrix_sdk::ruma::OwnedUserId;
use matrix_sdk::{Client, Room};

use crate::commands::World;
use crate::locale::Locale;
use crate::settings::{AccessSettings, MatrixSettings};

use super::ids::place;

/// What every part of the bot needs, and none changes.
pub(super) struct Context {
    pub world: Arc<World>,
    pub client: Client,
    /// Our own user id.
    pub me: OwnedUserId,
    pub settings: MatrixSettings,
    pub access: AccessSettings,
    /// Our account, as the community database knows it.
    pub account: String,
}

impl Context {
    /// Now, in milliseconds since 1970 UTC.
    pub fn now(&self) -> i64 {
        self.world.clock.now().as_millisecond()
    }

    /// The longest time that sending an answer is tried: after that nobody waits for it any more.
    pub fn limit(&self) -> Duration {
        Duration::from_secs(self.settings.answer_within.max(60))
    }

    /// Whether nobody waits for an answer any more to what was sent at `at`, in milliseconds since 1970 UTC.
    pub fn is_old(&self, at: i64) -> bool {
        let age = self.now().saturating_sub(at);
        age / 1000 > i64::try_from(self.settings.answer_within).unwrap_or(i64::MAX)
    }

    /// Whether it matters which article is meant.
    pub fn has_several_articles(&self) -> bool {
        self.world.store.current().is_some_and(|library| library.has_several_articles())
    }

    /// The prefix of commands in a room.
    pub fn prefix(&self, room: &Room) -> String {
        let set = self.world.community.prefix(&[place(room.room_id())]);
        set.unwrap_or_else(|| self.settings.prefix.clone()).to_string()
    }

    /// The language of what is said in a room to nobody in particular.
    pub async fn language_of(&self, room: &Room) -> Locale {
        self.world.language("", None, &[place(room.room_id())]).await
    }
}
