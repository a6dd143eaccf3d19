//! The store of the encryption, without commits that say nothing new.
//!
//! What was promised to others is on the disk before it is used, as in the store within: the account and its one-time
//! keys, the sessions with devices, the keys of rooms. Left out are:
//!
//! - **An account that has not changed.** The library stores it at every sync.
//! - **The token of a sync alone.** It is for another kind of sync, and the program keeps its own.
//! - **The sessions that encrypt for rooms.** They move on with every message, and one that came back from the disk behind
//!   where it was would encrypt two messages with the same key. Here none ever comes back: after a start every room gets
//!   a new one, which is told to its devices with the first answer. The keys to read what was sent are stored as ever.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use matrix_sdk::SqliteCryptoStore;
use matrix_sdk::ruma::events::secret::request::SecretName;
use matrix_sdk::ruma::{DeviceId, OwnedDeviceId, RoomId, TransactionId, UserId};
use matrix_sdk_base::cross_process_lock::CrossProcessLockGeneration;
use matrix_sdk_base::crypto::olm::{
    Account, Curve25519PublicKey, InboundGroupSession, OlmMessageHash, OutboundGroupSession,
    PrivateCrossSigningIdentity, SenderDataType, Session,
};
use matrix_sdk_base::crypto::store::CryptoStore;
use matrix_sdk_base::crypto::store::types::{
    BackupKeys, Changes, DehydratedDeviceKey, PendingChanges, RoomKeyCounts, RoomKeyWithheldEntry,
    RoomPendingKeyBundleDetails, RoomSettings, StoredRoomKeyBundleData,
};
use matrix_sdk_base::crypto::{DeviceData, GossipRequest, SecretInfo, TrackedUser, UserIdentityData};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::delegated::delegated;
use super::reads::Reads;

/// The store of the encryption.
#[derive(Debug)]
pub struct Crypto {
    inner: SqliteCryptoStore,
    reads: Reads,
    /// The SHA-256 of the account as it is stored.
    account: Mutex<Option<[u8; 32]>>,
}

impl Crypto {
    pub fn new(inner: SqliteCryptoStore) -> Crypto {
        Crypto { inner, reads: Reads::default(), account: Mutex::default() }
    }

    fn account(&self) -> MutexGuard<'_, Option<[u8; 32]>> {
        self.account.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What tells whether two states of the account are the same. `None` if they must be taken to differ.
fn digest(account: &Account) -> Option<[u8; 32]> {
    let pickled = Zeroizing::new(serde_json::to_vec(&account.pickle()).ok()?);
    Some(Sha256::digest(&pickled).into())
}

/// Whether there is anything in changes that must be stored.
fn matters(changes: &Changes) -> bool {
    // The library does not count the last two.
    !changes.is_empty()
        || !changes.room_key_backups_fully_downloaded.is_empty()
        || !changes.rooms_pending_key_bundle.is_empty()
}

delegated! {
    Crypto: CryptoStore for SqliteCryptoStore {
        own {
            async fn load_account(&self) -> Result<Option<Account>, Self::Error> {
                let account = self.inner.load_account().await?;
                *self.account() = account.as_ref().and_then(digest);
                Ok(account)
            }

            async fn save_pending_changes(&self, changes: PendingChanges) -> Result<(), Self::Error> {
                let digest = changes.account.as_ref().and_then(digest);
                if digest.is_some() && digest == *self.account() {
                    return Ok(());
                }
                // Whether it is stored is not known before it worked.
                *self.account() = None;
                self.inner.save_pending_changes(changes).await?;
                *self.account() = digest;
                Ok(())
            }

            async fn save_changes(&self, mut changes: Changes) -> Result<(), Self::Error> {
                changes.outbound_group_sessions.clear();
                changes.next_batch_token = None;
                if !matters(&changes) {
                    return Ok(());
                }
                let saved = self.inner.save_changes(changes).await;
                self.reads.forget();
                saved
            }

            async fn get_outbound_group_session(
                &self,
                _: &RoomId,
            ) -> Result<Option<OutboundGroupSession>, Self::Error> {
                Ok(None)
            }
        }
        kept {
            fn get_inbound_group_session(room: &RoomId, session: &str) -> Option<InboundGroupSession>;
            fn get_withheld_info(room: &RoomId, session: &str) -> Option<RoomKeyWithheldEntry>;
            fn load_tracked_users() -> Vec<TrackedUser>;
            fn get_device(user: &UserId, device: &DeviceId) -> Option<DeviceData>;
            fn get_user_devices(user: &UserId) -> HashMap<OwnedDeviceId, DeviceData>;
            fn get_own_device() -> DeviceData;
            fn get_user_identity(user: &UserId) -> Option<UserIdentityData>;
            fn get_unsent_secret_requests() -> Vec<GossipRequest>;
            fn get_room_settings(room: &RoomId) -> Option<RoomSettings>;
        }
        changing {
            fn save_inbound_group_sessions(sessions: Vec<InboundGroupSession>, backup: Option<&str>) -> ();
            fn mark_inbound_group_sessions_as_backed_up(backup: &str, sessions: &[(&RoomId, &str)]) -> ();
            fn reset_backup_state() -> ();
            fn save_tracked_users(users: &[(&UserId, bool)]) -> ();
            fn delete_outgoing_secret_requests(request: &TransactionId) -> ();
            fn delete_dehydrated_device_pickle_key() -> ();
            fn delete_secrets_from_inbox(name: &SecretName) -> ();
            fn reopen() -> ();
        }
        passed {
            fn load_identity() -> Option<PrivateCrossSigningIdentity>;
            fn get_sessions(sender: &str) -> Option<Vec<Session>>;
            fn get_withheld_sessions_by_room_id(room: &RoomId) -> Vec<RoomKeyWithheldEntry>;
            fn get_inbound_group_sessions() -> Vec<InboundGroupSession>;
            fn inbound_group_session_counts(backup: Option<&str>) -> RoomKeyCounts;
            fn get_inbound_group_sessions_by_room_id(room: &RoomId) -> Vec<InboundGroupSession>;
            fn get_inbound_group_sessions_for_device_batch(
                key: Curve25519PublicKey,
                kind: SenderDataType,
                after: Option<String>,
                limit: usize
            ) -> Vec<InboundGroupSession>;
            fn inbound_group_sessions_for_backup(backup: &str, limit: usize) -> Vec<InboundGroupSession>;
            fn load_backup_keys() -> BackupKeys;
            fn load_dehydrated_device_pickle_key() -> Option<DehydratedDeviceKey>;
            fn is_message_known(hash: &OlmMessageHash) -> bool;
            fn get_outgoing_secret_requests(request: &TransactionId) -> Option<GossipRequest>;
            fn get_secret_request_by_info(info: &SecretInfo) -> Option<GossipRequest>;
            fn get_secrets_from_inbox(name: &SecretName) -> Vec<Zeroizing<String>>;
            fn get_received_room_key_bundle_data(room: &RoomId, user: &UserId) -> Option<StoredRoomKeyBundleData>;
            fn get_pending_key_bundle_details_for_room(room: &RoomId) -> Option<RoomPendingKeyBundleDetails>;
            fn get_all_rooms_pending_key_bundles() -> Vec<RoomPendingKeyBundleDetails>;
            fn has_downloaded_all_room_keys(room: &RoomId) -> bool;
            fn get_custom_value(key: &str) -> Option<Vec<u8>>;
            fn set_custom_value(key: &str, value: Vec<u8>) -> ();
            fn remove_custom_value(key: &str) -> ();
            fn try_take_leased_lock(duration: u32, key: &str, holder: &str) -> Option<CrossProcessLockGeneration>;
            fn next_batch_token() -> Option<String>;
            fn close() -> ();
            fn get_size() -> Option<usize>;
        }
    }
}

#[cfg(test)]
mod tests {
    use matrix_sdk::ruma::{device_id, room_id, user_id};
    use matrix_sdk_base::crypto::{EncryptionSettings, OlmMachine};
    use serde_json::{Value, json};

    use super::*;

    #[tokio::test]
    async fn an_account_is_stored_when_it_has_changed() {
        let folder = tempfile::tempdir().unwrap();
        let inner = SqliteCryptoStore::open(folder.path(), None).await.unwrap();
        let crypto = Crypto::new(inner.clone());
        let save = async |account: &Account, store: &dyn CryptoStore<Error = _>| {
            let account = Some(Account::from_pickle(account.pickle()).unwrap());
            store.save_pending_changes(PendingChanges { account }).await.unwrap();
        };
        let stored = async || digest(&inner.load_account().await.unwrap().unwrap());
        let mut account = Account::with_device_id(user_id!("@bot:example.org"), device_id!("BOT"));
        save(&account, &crypto).await;
        assert_eq!(stored().await, digest(&account));
        // Somebody else's account in its place shows whether ours is stored again.
        let other = Account::with_device_id(user_id!("@bot:example.org"), device_id!("BOT"));
        save(&other, &inner).await;
        save(&account, &crypto).await;
        assert_eq!(stored().await, digest(&other));
        account.generate_one_time_keys(1);
        save(&account, &crypto).await;
        assert_eq!(stored().await, digest(&account));
        // After a start it is known what is stored.
        let crypto = Crypto::new(inner.clone());
        crypto.load_account().await.unwrap();
        assert_eq!(*crypto.account(), digest(&account));
    }

    #[tokio::test]
    async fn no_session_for_a_room_comes_back_after_a_start() {
        let folder = tempfile::tempdir().unwrap();
        let (user, device, room) =
            (user_id!("@bot:example.org"), device_id!("BOT"), room_id!("!room:example.org"));
        let mut sessions = Vec::new();
        for _ in 0..2 {
            let inner = SqliteCryptoStore::open(folder.path(), None).await.unwrap();
            let machine = OlmMachine::with_store(user, device, Crypto::new(inner), None).await.unwrap();
            for _ in 0..2 {
                machine
                    .share_room_key(room, std::iter::empty(), EncryptionSettings::default())
                    .await
                    .unwrap();
                let content = serde_json::from_value(json!({ "body": "words" })).unwrap();
                let sent = machine.encrypt_room_event_raw(room, "m.room.message", &content).await.unwrap();
                let sent: Value = serde_json::from_str(sent.content.json().get()).unwrap();
                sessions.push(sent["session_id"].as_str().unwrap().to_string());
            }
            // What was sent can be read.
            let kept = machine.store().get_inbound_group_session(room, sessions.last().unwrap()).await;
            assert!(kept.unwrap().is_some());
        }
        assert_eq!(sessions[0], sessions[1]);
        assert_ne!(sessions[1], sessions[2]);
        assert_eq!(sessions[2], sessions[3]);
    }
}
