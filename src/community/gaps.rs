//! What was asked and not answered. Nothing is kept of who asked or where, and of when only the day.

use super::database::Community;
use super::error::CommunityError;

/// How many questions are kept; those that were asked longest ago are forgotten.
const MAX_GAPS: i64 = 1_000;

/// A question that was not answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// The id of the article that was meant; empty for all.
    pub article: String,
    /// The question as it was typed last.
    pub asked: String,
    /// How many times it was asked.
    pub times: i64,
    /// When it was asked last, in days since 1970-01-01 UTC.
    pub day: i64,
}

impl Community {
    /// Counts a question that was not answered. All spellings of one `question` are one: it is folded, and
    /// `gap.asked` is how it was typed this time. Above [`MAX_GAPS`] the oldest are forgotten.
    ///
    /// It may be lost when the machine loses power.
    ///
    /// # Errors
    /// The database can't be read or written.
    pub async fn keep_gap(&self, question: &str, gap: &Gap) -> Result<(), CommunityError> {
        let mut transaction = self.relaxed.begin_with("BEGIN IMMEDIATE").await?;
        sqlx::query!(
            r#"INSERT INTO gap (question, article, asked, times, day) VALUES (?1, ?2, ?3, ?4, ?5)
               ON CONFLICT (question, article) DO UPDATE SET
               asked = excluded.asked, times = gap.times + excluded.times, day = excluded.day"#,
            question,
            gap.article,
            gap.asked,
            gap.times,
            gap.day
        )
        .execute(&mut *transaction)
        .await?;
        // One that nobody has asked before must find room among many that were asked often.
        sqlx::query!(
            r#"DELETE FROM gap WHERE (question, article) IN
               (SELECT question, article FROM gap ORDER BY day DESC, times DESC LIMIT -1 OFFSET ?1)"#,
            MAX_GAPS
        )
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(())
    }

    /// The questions that were not answered: those that were asked most often first, and of these the latest.
    ///
    /// # Errors
    /// The database can't be read or written.
    pub async fn gaps(&self) -> Result<Vec<Gap>, CommunityError> {
        Ok(sqlx::query_as!(
            Gap,
            "SELECT article, asked, times, day FROM gap ORDER BY times DESC, day DESC, question, article"
        )
        .fetch_all(&self.relaxed)
        .await?)
    }

    /// Forgets the questions that were asked last on this day or before it; says how many.
    ///
    /// # Errors
    /// The database can't be read or written.
    pub async fn forget_gaps(&self, day: i64) -> Result<u64, CommunityError> {
        let forgotten = sqlx::query!("DELETE FROM gap WHERE day <= ?1", day).execute(&self.relaxed).await?;
        Ok(forgotten.rows_affected())
    }
}
