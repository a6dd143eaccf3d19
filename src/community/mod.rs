//! What must outlive a reload, in SQLite: which revision answers, which there were, what moderators set for their
//! rooms and people for themselves, what was answered and what was not, debates, and who did what.

mod answered;
mod audit;
mod database;
mod debates;
mod error;
mod forget;
mod gaps;
mod left;
mod lines;
mod moves;
mod people;
mod points;
mod quizzes;
mod readings;
mod revisions;
mod rooms;
mod schedules;
mod setting;
mod shown;

pub use answered::Answered;
pub use audit::{AuditEntry, AuditOutcome};
pub use database::Community;
pub use debates::{Debate, NewDebate};
pub use error::CommunityError;
pub use forget::Forgotten;
pub use gaps::Gap;
pub use points::{Added, Changed, NewPoint, Point};
pub use quizzes::{NewQuiz, Quiz, Score};
pub use readings::{NewReading, Reading};
pub use revisions::Revision;
pub use schedules::{NewSchedule, Schedule};
pub use setting::{MeantArticle, RoomSetting, RoomSettingKey};
pub use shown::{PickKind, Shown};
