//! What was picked by chance, by room: quotes, and questions to discuss.

use super::database::Community;
use super::error::CommunityError;

/// How many of them are remembered; those of longest ago are forgotten.
const MAX_SHOWN: i64 = 100_000;

/// How many of the last ones of a room are looked at.
const MAX_OF_ROOM: i64 = 1_000;

/// How many times one is kept until the oldest are forgotten.
const PRUNE_EVERY: u64 = 1_000;

/// What is picked by chance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PickKind {
    /// A quote.
    Quote,
    /// A question to discuss.
    Question,
}

impl PickKind {
    fn as_str(self) -> &'static str {
        match self {
            PickKind::Quote => "quote",
            PickKind::Question => "question",
        }
    }
}

/// What was picked by chance in a room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// How many times all had been shown before.
    pub round: i64,
    /// The article's id in its pack.
    pub article: String,
    /// The item's id in the pack; of a question, its argument's and its number.
    pub item: String,
    /// What decided the choice, if it was not mere chance.
    pub seed: Option<u64>,
}

impl Community {
    /// What was picked in a room lately, the last first.
    ///
    /// # Errors
    /// The database can't be read.
    pub async fn shown(&self, place: &str, kind: PickKind) -> Result<Vec<Shown>, CommunityError> {
        let kind = kind.as_str();
        let rows = sqlx::query!(
            "SELECT round, article, item, seed FROM shown WHERE place = ?1 AND kind = ?2 ORDER BY id DESC LIMIT ?3",
            place,
            kind,
            MAX_OF_ROOM
        )
        .fetch_all(&self.relaxed)
        .await?;
        let shown = rows.into_iter().map(|row| Shown {
            round: row.round,
            article: row.article,
            item: row.item,
            seed: row.seed.map(i64::cast_unsigned),
        });
        Ok(shown.collect())
    }

    /// Remembers what is picked in a room. `false` if it has been picked in this round already, by somebody who
    /// asked at the same time.
    ///
    /// # Errors
    /// The database can't be written.
    pub async fn keep_shown(
        &self,
        place: &str,
        kind: PickKind,
        shown: &Shown,
    ) -> Result<bool, CommunityError> {
        let kind = kind.as_str();
        let seed = shown.seed.map(u64::cast_signed);
        let kept = sqlx::query!(
            r#"INSERT INTO shown (place, round, article, item, seed, kind) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
               ON CONFLICT (place, round, article, item) DO NOTHING"#,
            place,
            shown.round,
            shown.article,
            shown.item,
            seed,
            kind
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
