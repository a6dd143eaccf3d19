//! What somebody wants to be forgotten: what is kept under their name.

use std::sync::PoisonError;

use super::database::Community;
use super::error::CommunityError;

/// How much was forgotten of somebody.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Forgotten {
    /// Votes in debates that are not over.
    pub votes: u64,
    /// Points, which stay without their author.
    pub points: u64,
    /// How often they supported others' points. In debates that are over the numbers stay.
    pub supports: u64,
    /// Answers to questions of quizzes, with what they scored.
    pub answers: u64,
    /// The language that they chose.
    pub languages: u64,
}

impl Community {
    /// Forgets somebody, by platform and id there: their votes, that points are theirs, whose points they support, their
    /// answers and scores, their language. All of it or nothing.
    ///
    /// # Errors
    /// The database can't be written.
    pub async fn forget(&self, person: &str) -> Result<Forgotten, CommunityError> {
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        let votes = sqlx::query!("DELETE FROM vote WHERE person = ?1", person)
            .execute(&mut *transaction)
            .await?
            .rows_affected();
        let points = sqlx::query!("UPDATE point SET person = NULL WHERE person = ?1", person)
            .execute(&mut *transaction)
            .await?
            .rows_affected();
        let open = sqlx::query!(
            r#"DELETE FROM support WHERE person = ?1 AND debate IN
               (SELECT id FROM debate WHERE phase NOT IN ('counted', 'closed'))"#,
            person
        )
        .execute(&mut *transaction)
        .await?
        .rows_affected();
        // What was counted stays, under a name that is nobody's.
        let counted = sqlx::query!(
            "UPDATE support SET person = 'forgotten:' || lower(hex(randomblob(16))) WHERE person = ?1",
            person
        )
        .execute(&mut *transaction)
        .await?
        .rows_affected();
        let answers = sqlx::query!("DELETE FROM quiz_answer WHERE person = ?1", person)
            .execute(&mut *transaction)
            .await?
            .rows_affected();
        sqlx::query!("DELETE FROM score WHERE person = ?1", person).execute(&mut *transaction).await?;
        let languages = sqlx::query!("DELETE FROM person WHERE person = ?1", person)
            .execute(&mut *transaction)
            .await?
            .rows_affected();
        transaction.commit().await?;
        self.languages.write().unwrap_or_else(PoisonError::into_inner).remove(person);
        Ok(Forgotten { votes, points, supports: open + counted, answers, languages })
    }
}
