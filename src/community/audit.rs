//! The audit log: who changed what, and who was refused.

use super::database::Community;
use super::error::CommunityError;

/// How a command went that is in the audit log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AuditOutcome {
    /// It was carried out.
    Done,
    /// The caller may not do that.
    Refused,
    /// It was not carried out, or not whole.
    Failed,
}

impl AuditOutcome {
    /// The word for it, in the log and in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            AuditOutcome::Done => "done",
            AuditOutcome::Refused => "refused",
            AuditOutcome::Failed => "failed",
        }
    }
}

impl From<String> for AuditOutcome {
    /// Nothing but these words is written; what is none of them did not go well.
    fn from(word: String) -> AuditOutcome {
        let all = [AuditOutcome::Done, AuditOutcome::Refused];
        all.into_iter().find(|it| it.as_str() == word).unwrap_or(AuditOutcome::Failed)
    }
}

/// An entry of the audit log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEntry {
    /// When, in milliseconds since 1970 UTC.
    pub at: i64,
    /// Who: the platform and the id there, `terminal:ada`.
    pub who: String,
    /// Which command.
    pub command: String,
    /// How it went.
    pub outcome: AuditOutcome,
    /// What happened.
    pub detail: String,
}

impl Community {
    /// Writes down what somebody did, or was refused.
    ///
    /// # Errors
    /// The database can't be read or written.
    pub async fn record(&self, entry: &AuditEntry) -> Result<(), CommunityError> {
        let outcome = entry.outcome.as_str();
        sqlx::query!(
            "INSERT INTO audit (at, who, command, outcome, detail) VALUES (?1, ?2, ?3, ?4, ?5)",
            entry.at,
            entry.who,
            entry.command,
            outcome,
            entry.detail
        )
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// The last entries of the audit log, the newest first.
    ///
    /// # Errors
    /// The database can't be read or written.
    pub async fn audit(&self, most: i64) -> Result<Vec<AuditEntry>, CommunityError> {
        Ok(sqlx::query_as!(
            AuditEntry,
            "SELECT at, who, command, outcome, detail FROM audit ORDER BY id DESC LIMIT ?1",
            most
        )
        .fetch_all(&self.pool)
        .await?)
    }
}
