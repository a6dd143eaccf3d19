//! What a sync asks the homeserver for.

use matrix_sdk::ruma::api::client::filter::{FilterDefinition, LazyLoadOptions};
use matrix_sdk::ruma::api::client::sync::sync_events::v3::Filter as SyncFilter;
use matrix_sdk::ruma::uint;

/// The filter of a sync: rooms with up to 100 of their latest events, and no presence, typing or receipts.
pub(super) fn sync_filter() -> SyncFilter {
    let mut filter = FilterDefinition::default();
    filter.presence.types = Some(Vec::new());
    filter.room.ephemeral.types = Some(Vec::new());
    filter.room.timeline.limit = Some(uint!(100));
    filter.room.state.lazy_load_options = LazyLoadOptions::Enabled { include_redundant_members: false };
    SyncFilter::FilterDefinition(filter)
}
