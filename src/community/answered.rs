//! What was heard and answered on platforms that tell it again after a restart.

use super::database::Community;
use super::error::CommunityError;

/// How many answers are remembered; the oldest are forgotten.
const MAX_ANSWERED: i64 = 100_000;

/// How many answers are written until the oldest are forgotten.
const PRUNE_EVERY: u64 = 1_000;

/// Something that was answered, or needed no answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answered {
    /// The id of the question, or of the reaction, edit or removal that was acted on.
    pub event: String,
    /// Where it was asked.
    pub room: String,
    /// Who asked.
    pub caller: String,
    /// The id of the answer, if there is one.
    pub answer: Option<String>,
    /// The command line that gives the answer again.
    pub line: Option<String>,
    /// What each reaction under it stands for, as the platform writes it.
    pub actions: String,
    /// When, in milliseconds since 1970 UTC.
    pub at: i64,
}

impl Community {
    /// Where to hear on for an account of a platform; `None` at the very first start.
    ///
    /// # Errors
    /// The database can't be read or written.
    pub async fn heard(&self, account: &str) -> Result<Option<String>, CommunityError> {
        Ok(sqlx::query_scalar!("SELECT token FROM heard WHERE account = ?1", account)
            .fetch_optional(&self.relaxed)
            .await?)
    }

    /// Writes down how far an account was heard, and what was answered with it, in one transaction.
    ///
    /// It may be lost when the machine loses power; then the platform tells again what came after the
    /// token that was kept.
    ///
    /// # Errors
    /// The database can't be read or written.
    pub async fn keep_heard(
        &self,
        account: &str,
        token: Option<&str>,
        answered: &[Answered],
    ) -> Result<(), CommunityError> {
        let mut transaction = self.relaxed.begin_with("BEGIN IMMEDIATE").await?;
        for it in answered {
            sqlx::query!(
                r#"INSERT INTO answered (event, room, asker, answer, line, offers, at)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
                   ON CONFLICT (event) DO UPDATE SET
                   answer = excluded.answer, line = excluded.line, offers = excluded.offers"#,
                it.event,
                it.room,
                it.caller,
                it.answer,
                it.line,
                it.actions,
                it.at
            )
            .execute(&mut *transaction)
            .await?;
        }
        if let Some(token) = token {
            sqlx::query!(
                r#"INSERT INTO heard (account, token) VALUES (?1, ?2)
                   ON CONFLICT (account) DO UPDATE SET token = excluded.token"#,
                account,
                token
            )
            .execute(&mut *transaction)
            .await?;
        }
        if !answered.is_empty() && self.is_time_to_prune(PRUNE_EVERY) {
            sqlx::query!(
                "DELETE FROM answered WHERE event IN (SELECT event FROM answered ORDER BY at DESC LIMIT -1 OFFSET ?1)",
                MAX_ANSWERED
            )
            .execute(&mut *transaction)
            .await?;
        }
        transaction.commit().await?;
        Ok(())
    }

    /// What was done about a question.
    ///
    /// # Errors
    /// The database can't be read or written.
    pub async fn answered(&self, event: &str) -> Result<Option<Answered>, CommunityError> {
        Ok(sqlx::query_as!(
            Answered,
            r#"SELECT event AS "event!", room, asker AS caller, answer, line, offers AS actions, at FROM answered WHERE event = ?1"#,
            event
        )
        .fetch_optional(&self.relaxed)
        .await?)
    }

    /// The question to which this is the answer.
    ///
    /// # Errors
    /// The database can't be read or written.
    pub async fn question_of(&self, answer: &str) -> Result<Option<Answered>, CommunityError> {
        Ok(sqlx::query_as!(
            Answered,
            r#"SELECT event AS "event!", room, asker AS caller, answer, line, offers AS actions, at FROM answered WHERE answer = ?1"#,
            answer
        )
        .fetch_optional(&self.relaxed)
        .await?)
    }
}
