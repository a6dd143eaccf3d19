//! Opening the stores.

use std::path::Path;

use matrix_sdk::config::StoreConfig;
use matrix_sdk::cross_process_lock::CrossProcessLockConfig;
use matrix_sdk::store::StateStoreDataKey;
use matrix_sdk::{Client, ClientBuildError, Error, SqliteCryptoStore, SqliteStateStore};

use super::crypto::Crypto;
use super::state::Rooms;

/// Opens the stores in a folder, or makes them. Nothing else is kept: messages and files are not asked for twice.
///
/// # Errors
/// A file can't be opened.
pub async fn open(folder: &Path) -> Result<StoreConfig, ClientBuildError> {
    let state = SqliteStateStore::open(folder, None).await?;
    let crypto = SqliteCryptoStore::open(folder, None).await?;
    // Only one program at a time has the lock on the folder.
    let stores = StoreConfig::new(CrossProcessLockConfig::SingleProcess);
    Ok(stores.state_store(Rooms::new(state)).crypto_store(Crypto::new(crypto)))
}

/// Waits until everything is stored that the last sync brought.
///
/// # Errors
/// It can't be stored.
pub async fn settle(client: &Client) -> Result<(), Error> {
    // Whoever reads the token of the sync gets it as it is stored.
    client.state_store().get_kv_data(StateStoreDataKey::SyncToken).await?;
    Ok(())
}
