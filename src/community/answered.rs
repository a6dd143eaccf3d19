//! What was received and answered on platforms that send it again after a restart.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::database::Community;
use super::error::CommunityError;

/// How many answers are remembered; the oldest are forgotten.
const MAX_ANSWERED: i64 = 100_000;

/// How many answers are written until the oldest are forgotten.
const PRUNE_EVERY: u64 = 1_000;

/// Something that was answered, or needed no answer. `K` is what the platform keeps with it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answered<K = ()> {
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
    /// What the platform keeps of it: what each reaction under it stands for, for instance. It is stored as JSON.
    pub kept: K,
    /// When, in milliseconds since 1970 UTC.
    pub at: i64,
}

/// A row as it is stored.
struct Row {
    event: String,
    room: String,
    caller: String,
    answer: Option<String>,
    line: Option<String>,
    offers: String,
    at: i64,
}

impl Row {
    /// What is kept and can't be read is nothing.
    fn decode<K: DeserializeOwned + Default>(self) -> Answered<K> {
        let Row { event, room, caller, answer, line, offers, at } = self;
        let kept = serde_json::from_str(&offers).unwrap_or_default();
        Answered { event, room, caller, answer, line, kept, at }
    }
}

fn encode<K: Serialize>(kept: &K) -> String {
    serde_json::to_string(kept).unwrap_or_else(|_| "{}".into())
}

impl Community {
    /// Where to go on reading for an account of a platform; `None` at the very first start.
    pub async fn heard(&self, account: &str) -> Result<Option<String>, CommunityError> {
        Ok(sqlx::query_scalar!("SELECT token FROM heard WHERE account = ?1", account)
            .fetch_optional(&self.relaxed)
            .await?)
    }

    /// Writes down how far an account was read, and what was answered with it, in one transaction.
    ///
    /// It may be lost when the machine loses power; then the platform sends again what came after the
    /// token that was kept.
    pub async fn keep_heard<K: Serialize>(
        &self,
        account: &str,
        token: Option<&str>,
        answered: &[Answered<K>],
    ) -> Result<(), CommunityError> {
        let mut transaction = self.relaxed.begin_with("BEGIN IMMEDIATE").await?;
        for it in answered {
            let offers = encode(&it.kept);
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
                offers,
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
    pub async fn answered<K: DeserializeOwned + Default>(
        &self,
        event: &str,
    ) -> Result<Option<Answered<K>>, CommunityError> {
        Ok(sqlx::query_as!(
            Row,
            r#"SELECT event AS "event!", room, asker AS caller, answer, line, offers, at FROM answered WHERE event = ?1"#,
            event
        )
        .fetch_optional(&self.relaxed)
        .await?
        .map(Row::decode))
    }

    /// The question to which this is the answer.
    pub async fn question_of<K: DeserializeOwned + Default>(
        &self,
        answer: &str,
    ) -> Result<Option<Answered<K>>, CommunityError> {
        Ok(sqlx::query_as!(
            Row,
            r#"SELECT event AS "event!", room, asker AS caller, answer, line, offers, at FROM answered WHERE answer = ?1"#,
            answer
        )
        .fetch_optional(&self.relaxed)
        .await?
        .map(Row::decode))
    }
}
