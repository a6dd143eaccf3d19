//! The loaded articles in SQLite: one immutable file a revision, built, looked up and searched here.

mod apart;
mod articles;
mod bind;
mod build;
mod changes;
mod error;
mod find;
mod handle;
mod items;
mod maps;
mod plan;
mod readers;
mod revision;
mod store;
mod things;
mod timeline;
mod words;

pub use articles::ArticleEntry;
pub use changes::{Change, Changes, FieldChange, ItemChange, Outline};
pub use error::{LibraryError, LoadError};
pub use find::{Asked, Confidence, Found, Hits, MatchKind, Named, Ranked, Reading, Suggestion};
pub use items::{MAX_LIST_ROWS, Pick, Record};
pub use plan::{LeftOut, Plan, Upload, pack_files};
pub use revision::Library;
pub use store::{BuildLock, Built, LibraryStore};
pub use timeline::EventsOf;
