//! Command lines of buttons that have no room for them.

use super::database::Community;
use super::error::CommunityError;

/// How many command lines are kept for buttons; those that were put on one longest ago are forgotten.
const MAX_LINES: i64 = 100_000;

/// How many times lines are kept until the oldest are forgotten.
const PRUNE_EVERY: u64 = 1_000;

impl Community {
    /// Keeps command lines under their keys, for buttons that have no room for them, in one transaction.
    /// The oldest are forgotten above [`MAX_LINES`].
    ///
    /// # Errors
    /// The database can't be read or written.
    pub async fn keep_lines(&self, lines: &[(String, String)], at: i64) -> Result<(), CommunityError> {
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        for (key, line) in lines {
            sqlx::query!(
                r#"INSERT INTO line (key, line, at) VALUES (?1, ?2, ?3)
                   ON CONFLICT (key) DO UPDATE SET at = excluded.at"#,
                key,
                line,
                at
            )
            .execute(&mut *transaction)
            .await?;
        }
        // Counting is not for every time: a few too many do no harm.
        if self.is_time_to_prune(PRUNE_EVERY) {
            sqlx::query!(
                "DELETE FROM line WHERE key IN (SELECT key FROM line ORDER BY at DESC LIMIT -1 OFFSET ?1)",
                MAX_LINES
            )
            .execute(&mut *transaction)
            .await?;
        }
        transaction.commit().await?;
        Ok(())
    }

    /// The command line that was kept under a key.
    ///
    /// # Errors
    /// The database can't be read or written.
    pub async fn line(&self, key: &str) -> Result<Option<String>, CommunityError> {
        Ok(sqlx::query_scalar!("SELECT line FROM line WHERE key = ?1", key)
            .fetch_optional(&self.pool)
            .await?)
    }
}
