//! What must outlive a reload, in SQLite: which revision answers, which there were, what moderators set for their
//! rooms and people for themselves, what was answered and what was not, and who did what.

mod answered;
mod audit;
mod database;
mod error;
mod gaps;
mod lines;
mod people;
mod revisions;
mod rooms;
mod setting;
mod shown;

pub use answered::Answered;
pub use audit::{AuditEntry, AuditOutcome};
pub use database::Community;
pub use error::CommunityError;
pub use gaps::Gap;
pub use revisions::Revision;
pub use setting::{MeantArticle, RoomSetting, RoomSettingKey};
pub use shown::{PickKind, Shown};
