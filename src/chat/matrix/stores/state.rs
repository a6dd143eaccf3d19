//! The store of the rooms' state, which puts off what nobody reads while the program runs.
//!
//! Every sync stores the rooms' summaries (counts, names, what was last said) and its token, which the library has in
//! memory, too. They are put off until the answers to the sync are sent, or until something else is stored, and
//! `settle` waits for them. Only then may the sync's token be kept: the homeserver repeats what a
//! crash leaves unstored. Who is in a room, and what its state says, is stored at once.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use async_trait::async_trait;
use matrix_sdk::deserialized_responses::{DisplayName, RawAnySyncOrStrippedState};
use matrix_sdk::ruma::events::presence::PresenceEvent;
use matrix_sdk::ruma::events::receipt::{Receipt, ReceiptThread, ReceiptType};
use matrix_sdk::ruma::events::{
    AnyGlobalAccountDataEvent, AnyRoomAccountDataEvent, GlobalAccountDataEventType, RoomAccountDataEventType,
    StateEventType,
};
use matrix_sdk::ruma::serde::Raw;
use matrix_sdk::ruma::{
    EventId, MilliSecondsSinceUnixEpoch, OwnedEventId, OwnedRoomId, OwnedTransactionId, OwnedUserId, RoomId,
    TransactionId, UserId,
};
use matrix_sdk::store::{
    ChildTransactionId, DependentQueuedRequest, DependentQueuedRequestKind, QueueWedgeError, QueuedRequest,
    QueuedRequestKind, RoomLoadSettings, SentRequestKey, StateChanges, StateStore, StateStoreDataKey,
    StateStoreDataValue, StoredThreadSubscription,
};
use matrix_sdk::{RoomInfo, RoomMemberships, SqliteStateStore};
use matrix_sdk_base::MinimalRoomMemberEvent;
use tokio::sync::Mutex;

use super::delegated::delegated;
use super::reads::Reads;

/// The store of the rooms' state.
#[derive(Debug)]
pub struct Rooms {
    inner: SqliteStateStore,
    reads: Reads,
    /// What is still to be stored: summaries and a token.
    put_off: Mutex<Option<StateChanges>>,
}

impl Rooms {
    pub fn new(inner: SqliteStateStore) -> Rooms {
        Rooms { inner, reads: Reads::default(), put_off: Mutex::default() }
    }

    /// Stores what was put off.
    async fn settle(&self) -> Result<(), <SqliteStateStore as StateStore>::Error> {
        let mut put_off = self.put_off.lock().await;
        if let Some(changes) = &*put_off {
            self.inner.save_changes(changes).await?;
            *put_off = None;
        }
        Ok(())
    }
}

/// Whether there is nothing in changes but rooms' summaries and the token of a sync.
fn may_wait(changes: &StateChanges) -> bool {
    let StateChanges {
        sync_token: _,
        room_infos: _,
        account_data,
        presence,
        profiles,
        profiles_to_delete,
        state,
        room_account_data,
        receipts,
        redactions,
        stripped_state,
        ambiguity_maps,
    } = changes;
    account_data.is_empty()
        && presence.is_empty()
        && profiles.is_empty()
        && profiles_to_delete.is_empty()
        && state.is_empty()
        && room_account_data.is_empty()
        && receipts.is_empty()
        && redactions.is_empty()
        && stripped_state.is_empty()
        && ambiguity_maps.is_empty()
}

/// Changes and those that came before them, as one.
fn merged(before: Option<StateChanges>, changes: &StateChanges) -> StateChanges {
    let mut all = changes.clone();
    if let Some(before) = before {
        for (id, info) in before.room_infos {
            all.room_infos.entry(id).or_insert(info);
        }
        all.sync_token = all.sync_token.or(before.sync_token);
    }
    all
}

delegated! {
    Rooms: StateStore for SqliteStateStore {
        own {
            async fn save_changes(&self, changes: &StateChanges) -> Result<(), Self::Error> {
                let mut put_off = self.put_off.lock().await;
                let all = merged(put_off.clone(), changes);
                if may_wait(changes) {
                    *put_off = Some(all);
                    return Ok(());
                }
                let saved = self.inner.save_changes(&all).await;
                self.reads.forget();
                if saved.is_ok() {
                    *put_off = None;
                }
                saved
            }

            async fn get_kv_data(
                &self,
                key: StateStoreDataKey<'_>,
            ) -> Result<Option<StateStoreDataValue>, Self::Error> {
                if matches!(key, StateStoreDataKey::SyncToken) {
                    self.settle().await?;
                }
                self.inner.get_kv_data(key).await
            }

            async fn get_room_infos(&self, settings: &RoomLoadSettings) -> Result<Vec<RoomInfo>, Self::Error> {
                self.settle().await?;
                self.inner.get_room_infos(settings).await
            }

            async fn remove_room(&self, room: &RoomId) -> Result<(), Self::Error> {
                self.settle().await?;
                let removed = self.inner.remove_room(room).await;
                self.reads.forget();
                removed
            }

            async fn close(&self) -> Result<(), Self::Error> {
                self.settle().await?;
                self.inner.close().await
            }

            async fn get_profiles<'a>(
                &self,
                room: &RoomId,
                users: &'a [OwnedUserId],
            ) -> Result<BTreeMap<&'a UserId, MinimalRoomMemberEvent>, Self::Error> {
                self.inner.get_profiles(room, users).await
            }

            async fn get_users_with_display_names<'a>(
                &self,
                room: &RoomId,
                names: &'a [DisplayName],
            ) -> Result<HashMap<&'a DisplayName, BTreeSet<OwnedUserId>>, Self::Error> {
                self.inner.get_users_with_display_names(room, names).await
            }
        }
        kept {
            fn get_state_event(room: &RoomId, kind: StateEventType, key: &str) -> Option<RawAnySyncOrStrippedState>;
            fn get_state_events(room: &RoomId, kind: StateEventType) -> Vec<RawAnySyncOrStrippedState>;
            fn get_profile(room: &RoomId, user: &UserId) -> Option<MinimalRoomMemberEvent>;
            fn get_user_ids(room: &RoomId, memberships: RoomMemberships) -> Vec<OwnedUserId>;
            fn get_users_with_display_name(room: &RoomId, name: &DisplayName) -> BTreeSet<OwnedUserId>;
            fn get_account_data_event(kind: GlobalAccountDataEventType) -> Option<Raw<AnyGlobalAccountDataEvent>>;
            fn get_room_account_data_event(
                room: &RoomId,
                kind: RoomAccountDataEventType
            ) -> Option<Raw<AnyRoomAccountDataEvent>>;
            fn get_user_room_receipt_event(
                room: &RoomId,
                kind: ReceiptType,
                thread: ReceiptThread,
                user: &UserId
            ) -> Option<(OwnedEventId, Receipt)>;
        }
        changing {
            fn reopen() -> ();
        }
        passed {
            fn set_kv_data(key: StateStoreDataKey<'_>, value: StateStoreDataValue) -> ();
            fn remove_kv_data(key: StateStoreDataKey<'_>) -> ();
            fn get_presence_event(user: &UserId) -> Option<Raw<PresenceEvent>>;
            fn get_presence_events(users: &[OwnedUserId]) -> Vec<Raw<PresenceEvent>>;
            fn get_state_events_for_keys(
                room: &RoomId,
                kind: StateEventType,
                keys: &[&str]
            ) -> Vec<RawAnySyncOrStrippedState>;
            fn get_event_room_receipt_events(
                room: &RoomId,
                kind: ReceiptType,
                thread: ReceiptThread,
                event: &EventId
            ) -> Vec<(OwnedUserId, Receipt)>;
            fn get_custom_value(key: &[u8]) -> Option<Vec<u8>>;
            fn set_custom_value(key: &[u8], value: Vec<u8>) -> Option<Vec<u8>>;
            fn remove_custom_value(key: &[u8]) -> Option<Vec<u8>>;
            fn save_send_queue_request(
                room: &RoomId,
                transaction: OwnedTransactionId,
                created: MilliSecondsSinceUnixEpoch,
                request: QueuedRequestKind,
                priority: usize
            ) -> ();
            fn update_send_queue_request(
                room: &RoomId,
                transaction: &TransactionId,
                content: QueuedRequestKind
            ) -> bool;
            fn remove_send_queue_request(room: &RoomId, transaction: &TransactionId) -> bool;
            fn load_send_queue_requests(room: &RoomId) -> Vec<QueuedRequest>;
            fn update_send_queue_request_status(
                room: &RoomId,
                transaction: &TransactionId,
                error: Option<QueueWedgeError>
            ) -> ();
            fn load_rooms_with_unsent_requests() -> Vec<OwnedRoomId>;
            fn save_dependent_queued_request(
                room: &RoomId,
                parent: &TransactionId,
                own: ChildTransactionId,
                created: MilliSecondsSinceUnixEpoch,
                content: DependentQueuedRequestKind
            ) -> ();
            fn mark_dependent_queued_requests_as_ready(
                room: &RoomId,
                parent: &TransactionId,
                sent: SentRequestKey
            ) -> usize;
            fn update_dependent_queued_request(
                room: &RoomId,
                own: &ChildTransactionId,
                content: DependentQueuedRequestKind
            ) -> bool;
            fn remove_dependent_queued_request(room: &RoomId, own: &ChildTransactionId) -> bool;
            fn load_dependent_queued_requests(room: &RoomId) -> Vec<DependentQueuedRequest>;
            fn upsert_thread_subscriptions(updates: Vec<(&RoomId, &EventId, StoredThreadSubscription)>) -> ();
            fn remove_thread_subscription(room: &RoomId, thread: &EventId) -> ();
            fn load_thread_subscription(room: &RoomId, thread: &EventId) -> Option<StoredThreadSubscription>;
            fn optimize() -> ();
            fn get_size() -> Option<usize>;
        }
    }
}

#[cfg(test)]
mod tests {
    use matrix_sdk::ruma::events::AnySyncStateEvent;
    use matrix_sdk::ruma::{room_id, user_id};
    use serde_json::json;

    use super::*;

    async fn token(store: &impl StateStore) -> Option<String> {
        let token = store.get_kv_data(StateStoreDataKey::SyncToken).await.ok().flatten();
        token.and_then(StateStoreDataValue::into_sync_token)
    }

    #[tokio::test]
    async fn a_token_waits_until_it_is_asked_for() {
        let folder = tempfile::tempdir().unwrap();
        let inner = SqliteStateStore::open(folder.path(), None).await.unwrap();
        let rooms = Rooms::new(inner.clone());
        for next in ["a", "b"] {
            rooms.save_changes(&StateChanges::new(next.into())).await.unwrap();
        }
        assert_eq!(token(&inner).await, None);
        assert_eq!(token(&rooms).await.as_deref(), Some("b"));
        assert_eq!(token(&inner).await.as_deref(), Some("b"));
    }

    #[tokio::test]
    async fn members_are_stored_at_once_with_what_waited() {
        let folder = tempfile::tempdir().unwrap();
        let inner = SqliteStateStore::open(folder.path(), None).await.unwrap();
        let rooms = Rooms::new(inner.clone());
        let (room, ada) = (room_id!("!room:example.org"), user_id!("@ada:example.org"));
        let members = async || rooms.get_user_ids(room, RoomMemberships::ACTIVE).await.unwrap();
        assert!(members().await.is_empty());
        rooms.save_changes(&StateChanges::new("a".into())).await.unwrap();
        let join = json!({
            "type": "m.room.member", "state_key": ada, "sender": ada, "event_id": "$join", "origin_server_ts": 1,
            "content": { "membership": "join" },
        });
        let join: Raw<AnySyncStateEvent> = Raw::from_json_string(join.to_string()).unwrap();
        let mut changes = StateChanges::default();
        let state = changes.state.entry(room.to_owned()).or_default();
        state.entry(StateEventType::RoomMember).or_default().insert(ada.to_string(), join);
        rooms.save_changes(&changes).await.unwrap();
        assert_eq!(token(&inner).await.as_deref(), Some("a"));
        // What was answered before is forgotten.
        assert_eq!(members().await, [ada]);
    }
}
