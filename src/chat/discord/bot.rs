//! The bot: what its parts share.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, PoisonError};

use serde::Deserialize;
use serenity::all::UserId;
use serenity::model::id::{ChannelId, GuildId, MessageId, RoleId};
use tokio::sync::{Mutex, MutexGuard};

use crate::chat::shared::sentences;
use crate::commands::World;
use crate::outbox::{Outbox as _, Post, PostError};
use crate::platform::Place;

use super::access::Access;
use super::component_id::LineRef;
use super::outbox::Outbox;
use super::recent_ids::RecentIds;
use super::rest::Rest;

/// How many messages can be answered at the same time without waiting for each other.
const MESSAGE_LOCKS: usize = 64;

/// What answers on Discord.
pub(super) struct Bot {
    pub world: Arc<World>,
    pub rest: Arc<Rest>,
    /// What posts in channels.
    pub outbox: Arc<Outbox>,
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
    pub confirmed: RecentIds,
    /// Answers that somebody replied to in words that we may not read, and that we said the source of.
    pub replied: RecentIds,
    /// What happens to one message happens in turn: an edit must not overtake what it edits. Messages share these
    /// locks by their ids.
    message_locks: [Mutex<()>; MESSAGE_LOCKS],
}

impl Bot {
    pub fn new(world: Arc<World>, rest: Arc<Rest>, access: Access) -> Bot {
        let outbox = Arc::new(Outbox::new(Arc::clone(&world), Arc::clone(&rest)));
        Bot {
            world,
            rest,
            outbox,
            access,
            me: AtomicU64::new(0),
            roles: std::sync::Mutex::default(),
            closing: AtomicBool::new(false),
            parents: Mutex::default(),
            confirmed: RecentIds::default(),
            replied: RecentIds::default(),
            message_locks: std::array::from_fn(|_| Mutex::default()),
        }
    }

    /// From now on the answer to everybody is to ask again later.
    pub fn close(&self) {
        self.closing.store(true, Ordering::Relaxed);
    }

    pub(super) fn is_closing(&self) -> bool {
        self.closing.load(Ordering::Relaxed)
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
    pub fn learn_role(&self, data: &str) {
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

    /// The command line that a button holds. `None` if it is no longer kept.
    pub(super) async fn line(&self, line: LineRef) -> Option<String> {
        match line {
            LineRef::Line(line) => Some(line),
            LineRef::Key(key) => self.world.community.line(&key).await.unwrap_or_default(),
        }
    }

    /// Opens a thread on an answer, where people talk about it. `false` where we may not: they talk in the channel.
    pub(super) async fn open_thread(&self, places: &[Place], message: MessageId, title: &str) -> bool {
        // A thread has none of its own, and neither has a direct conversation.
        let [channel, _server] = places else { return true };
        let post = Post { place: channel.clone(), id: message.to_string() };
        let (first, key) = (sentences::thread_begins(), format!("thread {message}"));
        match self.outbox.open_thread(&post, title, &first, &key).await {
            Ok(_) => true,
            Err(error) => {
                tracing::warn!(place = %channel, %error, "no thread can be opened");
                !matches!(error, PostError::Refused(_))
            }
        }
    }

    /// Waits until nothing else is done about a message.
    pub(super) async fn lock_message(&self, message: MessageId) -> MutexGuard<'_, ()> {
        let at = usize::try_from(message.get() % MESSAGE_LOCKS as u64).unwrap_or(0);
        self.message_locks[at].lock().await
    }
}
