//! Quotes that were picked by chance, by room.

use super::database::Community;
use super::error::CommunityError;

/// How many of them are remembered; those of longest ago are forgotten.
const MAX_SHOWN: i64 = 100_000;

/// How many of the last ones of a room are looked at.
const MAX_OF_ROOM: i64 = 1_000;

/// How many times one is kept until the oldest are forgotten.
const PRUNE_EVERY: u64 = 1_000;

/// A quote that was picked by chance in a room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// How many times all had been shown before.
    pub round: i64,
    /// The article's id in its pack.
    pub article: String,
    /// The quote's id in the pack.
    pub quote: String,
    /// What decided the choice, if it was not mere chance.
    pub seed: Option<u64>,
}

impl Community {
    /// What was picked in a room lately, the last first.
    ///
    /// # Errors
    /// The database can't be read.
    pub async fn shown(&self, place: &str) -> Result<Vec<Shown>, CommunityError> {
        let rows = sqlx::query!(
            "SELECT round, article, quote, seed FROM shown WHERE place = ?1 ORDER BY id DESC LIMIT ?2",
            place,
            MAX_OF_ROOM
        )
        .fetch_all(&self.relaxed)
        .await?;
        let shown = rows.into_iter().map(|row| Shown {
            round: row.round,
            article: row.article,
            quote: row.quote,
            seed: row.seed.map(i64::cast_unsigned),
        });
        Ok(shown.collect())
    }

    /// Remembers what is picked in a room. `false` if it has been picked in this round already, by somebody who
    /// asked at the same time.
    ///
    /// # Errors
    /// The database can't be written.
    pub async fn keep_shown(&self, place: &str, shown: &Shown) -> Result<bool, CommunityError> {
        let seed = shown.seed.map(u64::cast_signed);
        let kept = sqlx::query!(
            r#"INSERT INTO shown (place, round, article, quote, seed) VALUES (?1, ?2, ?3, ?4, ?5)
               ON CONFLICT (place, round, article, quote) DO NOTHING"#,
            place,
            shown.round,
            shown.article,
            shown.quote,
            seed
        )
        .execute(&self.relaxed)
        .await?;
        if self.is_time_to_prune(PRUNE_EVERY) {
            sqlx::query!(
                "DELETE FROM shown WHERE id <= (SELECT id FROM shown ORDER BY id DESC LIMIT 1 OFFSET ?1)",
                MAX_SHOWN
            )
            .execute(&self.relaxed)
            .await?;
        }
        Ok(kept.rows_affected() > 0)
    }
}
