//! The points of debates, and who supports them.

use crate::discussion::Side;

use super::database::Community;
use super::error::CommunityError;

/// How many points a debate can have.
const MAX_POINTS: i64 = 500;

/// A point that somebody makes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPoint {
    /// The debate's number.
    pub debate: i64,
    /// The side that it speaks for.
    pub side: Side,
    /// Its words.
    pub words: String,
    /// Who makes it.
    pub person: String,
    /// What it cites, as JSON.
    pub evidence: Option<String>,
}

/// A point of a debate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// Its number in the debate, from 1.
    pub number: i64,
    /// The side that it speaks for.
    pub side: Side,
    /// Its words.
    pub words: String,
    /// What it cites, as JSON.
    pub evidence: Option<String>,
    /// How many support it.
    pub support: usize,
}

/// What became of a point that somebody makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Added {
    /// It has this number.
    Number(i64),
    /// They have made it already, under this number.
    Again(i64),
    /// The debate has as many as it can have.
    TooMany,
}

/// What became of support for a point, or of its withdrawal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Changed {
    /// It is done.
    Done,
    /// It was done before.
    Already,
    /// It is their own point, for support, or somebody else's, for a withdrawal.
    NotTheirs,
    /// There is no such point, or it was withdrawn.
    Gone,
}

impl Community {
    /// Adds a point to a debate.
    ///
    /// # Errors
    /// The database can't be read or written.
    pub async fn add_point(&self, new: &NewPoint) -> Result<Added, CommunityError> {
        let side = new.side.as_str();
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        let known = sqlx::query_scalar!(
            r#"SELECT number FROM point WHERE debate = ?1 AND withdrawn = 0
               AND person = ?2 AND words = ?3 AND side = ?4"#,
            new.debate,
            new.person,
            new.words,
            side
        );
        if let Some(number) = known.fetch_optional(&mut *transaction).await? {
            return Ok(Added::Again(number));
        }
        let last = sqlx::query_scalar!(
            r#"SELECT coalesce(max(number), 0) AS "last!: i64" FROM point WHERE debate = ?1"#,
            new.debate
        );
        let number = last.fetch_one(&mut *transaction).await? + 1;
        if number > MAX_POINTS {
            return Ok(Added::TooMany);
        }
        sqlx::query!(
            r#"INSERT INTO point (debate, number, side, words, person, evidence)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6)"#,
            new.debate,
            number,
            side,
            new.words,
            new.person,
            new.evidence
        )
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(Added::Number(number))
    }

    /// The points of a debate in their order, without those that were withdrawn.
    ///
    /// # Errors
    /// The database can't be read.
    pub async fn points(&self, debate: i64) -> Result<Vec<Point>, CommunityError> {
        let rows = sqlx::query!(
            r#"SELECT number, side, words, evidence,
               (SELECT count(*) FROM support WHERE support.debate = point.debate AND support.number = point.number)
               AS "support!: i64" FROM point WHERE debate = ?1 AND withdrawn = 0 ORDER BY number"#,
            debate
        )
        .fetch_all(&self.pool)
        .await?;
        let points = rows.into_iter().filter_map(|row| {
            Some(Point {
                number: row.number,
                side: Side::read(&row.side)?,
                words: row.words,
                evidence: row.evidence,
                support: usize::try_from(row.support).unwrap_or(0),
            })
        });
        Ok(points.collect())
    }

    /// Supports a point, once for each person, and not one's own.
    ///
    /// # Errors
    /// The database can't be read or written.
    pub async fn support(&self, debate: i64, number: i64, person: &str) -> Result<Changed, CommunityError> {
        match self.made_by(debate, number).await? {
            None => return Ok(Changed::Gone),
            Some(author) if author.as_deref() == Some(person) => return Ok(Changed::NotTheirs),
            Some(_) => {}
        }
        let kept = sqlx::query!(
            "INSERT INTO support (debate, number, person) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
            debate,
            number,
            person
        );
        Ok(match kept.execute(&self.pool).await?.rows_affected() {
            0 => Changed::Already,
            _ => Changed::Done,
        })
    }

    /// Withdraws a point: its author can, and with `any` everybody who may withdraw others' points.
    ///
    /// # Errors
    /// The database can't be read or written.
    pub async fn withdraw(
        &self,
        debate: i64,
        number: i64,
        person: &str,
        any: bool,
    ) -> Result<Changed, CommunityError> {
        match self.made_by(debate, number).await? {
            None => return Ok(Changed::Gone),
            Some(author) if !any && author.as_deref() != Some(person) => return Ok(Changed::NotTheirs),
            Some(_) => {}
        }
        // Its words go too: who takes something back does not want it kept.
        let withdrawn = sqlx::query!(
            r#"UPDATE point SET withdrawn = 1, words = '', evidence = NULL, person = NULL
               WHERE debate = ?1 AND number = ?2 AND withdrawn = 0"#,
            debate,
            number
        );
        Ok(match withdrawn.execute(&self.pool).await?.rows_affected() {
            0 => Changed::Already,
            _ => Changed::Done,
        })
    }

    /// Who made a point. `None` if there is no such point, or it was withdrawn.
    async fn made_by(&self, debate: i64, number: i64) -> Result<Option<Option<String>>, CommunityError> {
        let person = sqlx::query_scalar!(
            "SELECT person FROM point WHERE debate = ?1 AND number = ?2 AND withdrawn = 0",
            debate,
            number
        );
        Ok(person.fetch_optional(&self.pool).await?)
    }
}
