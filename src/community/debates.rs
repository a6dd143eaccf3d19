//! Debates: their phases, their votes, and what is to be announced of them.

use std::collections::HashMap;

use sqlx::{Sqlite, Transaction};

use crate::discussion::{Ballot, End, Outcome, Phase, Round, Stage, Timetable, Vote, count};
use crate::locale::Locale;

use super::database::Community;
use super::error::CommunityError;

/// A debate that is to be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDebate {
    /// The room: a place, or the platform where there are none.
    pub room: String,
    /// What people vote on.
    pub motion: String,
    /// The ids of the article and of the argument that it is about.
    pub argument: Option<(String, String)>,
    /// The language of what is posted of it.
    pub language: Locale,
    /// When the first vote ends.
    pub stage: Stage,
    /// How long its phases last.
    pub timetable: Timetable,
    /// How many must vote twice for a result.
    pub quorum: usize,
}

/// A debate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Debate {
    /// Its number.
    pub id: i64,
    /// The room: a place, or the platform where there are none.
    pub room: String,
    /// Where people argue, if not in the room itself.
    pub thread: Option<String>,
    /// What people vote on.
    pub motion: String,
    /// The ids of the article and of the argument that it is about.
    pub argument: Option<(String, String)>,
    /// The language of what is posted of it.
    pub language: Locale,
    /// Where it stands.
    pub stage: Stage,
    /// How long its phases last.
    pub timetable: Timetable,
    /// How many must vote twice for a result.
    pub quorum: usize,
    /// What was counted, once it was.
    pub outcome: Option<Outcome>,
}

struct Row {
    id: i64,
    room: String,
    thread: Option<String>,
    motion: String,
    article: Option<String>,
    argument: Option<String>,
    language: String,
    phase: String,
    ends_at: i64,
    vote_time: i64,
    discuss_time: i64,
    quorum: i64,
    outcome: Option<String>,
}

impl Row {
    /// A row that this version can't read is one of a debate that is over.
    fn debate(self) -> Debate {
        let phase = Phase::read(&self.phase).unwrap_or(Phase::Over(End::Closed));
        Debate {
            id: self.id,
            room: self.room,
            thread: self.thread,
            motion: self.motion,
            argument: self.article.zip(self.argument),
            language: self.language.parse().unwrap_or(Locale::ENGLISH),
            stage: Stage { phase, ends_at: self.ends_at },
            timetable: Timetable { vote: self.vote_time, discuss: self.discuss_time },
            quorum: usize::try_from(self.quorum).unwrap_or(0),
            outcome: self.outcome.and_then(|it| serde_json::from_str(&it).ok()),
        }
    }
}

impl Community {
    /// Opens a debate, and has that announced. `None` if one is open in the room.
    ///
    /// # Errors
    /// The database can't be read or written.
    pub async fn open_debate(&self, new: &NewDebate) -> Result<Option<i64>, CommunityError> {
        let (article, argument) = new.argument.clone().unzip();
        let (language, phase) = (new.language.code(), new.stage.phase.as_str());
        let quorum = i64::try_from(new.quorum).unwrap_or(i64::MAX);
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        let opened = sqlx::query!(
            r#"INSERT INTO debate (room, motion, article, argument, language, phase, ends_at, vote_time, discuss_time, quorum)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT DO NOTHING"#,
            new.room,
            new.motion,
            article,
            argument,
            language,
            phase,
            new.stage.ends_at,
            new.timetable.vote,
            new.timetable.discuss,
            quorum
        )
        .execute(&mut *transaction)
        .await?;
        if opened.rows_affected() == 0 {
            return Ok(None);
        }
        let id = opened.last_insert_rowid();
        announce(&mut transaction, id, new.stage.phase).await?;
        transaction.commit().await?;
        Ok(Some(id))
    }

    /// The debate of a number.
    ///
    /// # Errors
    /// The database can't be read.
    pub async fn debate(&self, id: i64) -> Result<Option<Debate>, CommunityError> {
        let row = sqlx::query_as!(
            Row,
            r#"SELECT id, room, thread, motion, article, argument, language, phase, ends_at, vote_time, discuss_time,
               quorum, outcome FROM debate WHERE id = ?1"#,
            id
        );
        Ok(row.fetch_optional(&self.pool).await?.map(Row::debate))
    }

    /// The last debate of a room, or whose thread it is: the one that is open, if one is.
    ///
    /// # Errors
    /// The database can't be read.
    pub async fn last_debate(&self, room: &str) -> Result<Option<Debate>, CommunityError> {
        let row = sqlx::query_as!(
            Row,
            r#"SELECT id, room, thread, motion, article, argument, language, phase, ends_at, vote_time, discuss_time,
               quorum, outcome FROM debate WHERE room = ?1 OR thread = ?1
               ORDER BY phase NOT IN ('counted', 'closed') DESC, id DESC LIMIT 1"#,
            room
        );
        Ok(row.fetch_optional(&self.pool).await?.map(Row::debate))
    }

    /// All debates that are open.
    ///
    /// # Errors
    /// The database can't be read.
    pub async fn open_debates(&self) -> Result<Vec<Debate>, CommunityError> {
        let rows = sqlx::query_as!(
            Row,
            r#"SELECT id AS "id!", room, thread, motion, article, argument, language, phase, ends_at, vote_time,
               discuss_time, quorum, outcome FROM debate WHERE phase NOT IN ('counted', 'closed') ORDER BY id"#
        );
        Ok(rows.fetch_all(&self.pool).await?.into_iter().map(Row::debate).collect())
    }

    /// Moves a debate on, and has that announced; at the end its votes are counted, and deleted. `false` if somebody
    /// else has moved it meanwhile.
    ///
    /// # Errors
    /// The database can't be read or written.
    pub async fn advance_debate(&self, debate: &Debate, to: Stage) -> Result<bool, CommunityError> {
        let (before, after) = (debate.stage.phase.as_str(), to.phase.as_str());
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        let moved = sqlx::query!(
            "UPDATE debate SET phase = ?1, ends_at = ?2 WHERE id = ?3 AND phase = ?4",
            after,
            to.ends_at,
            debate.id,
            before
        );
        if moved.execute(&mut *transaction).await?.rows_affected() == 0 {
            return Ok(false);
        }
        if to.phase == Phase::Over(End::Counted) {
            let outcome = count(&ballots(&mut transaction, debate.id).await?, debate.quorum);
            let outcome = serde_json::to_string(&outcome).unwrap_or_default();
            sqlx::query!("UPDATE debate SET outcome = ?1 WHERE id = ?2", outcome, debate.id)
                .execute(&mut *transaction)
                .await?;
        }
        if to.phase.is_over() {
            sqlx::query!("DELETE FROM vote WHERE debate = ?1", debate.id).execute(&mut *transaction).await?;
        }
        announce(&mut transaction, debate.id, to.phase).await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Keeps somebody's vote, in the place of an earlier one. `false` if the debate is in another phase by now.
    ///
    /// # Errors
    /// The database can't be written.
    pub async fn vote(
        &self,
        debate: &Debate,
        round: Round,
        person: &str,
        vote: Vote,
    ) -> Result<bool, CommunityError> {
        let (round, vote, phase) = (round.as_str(), vote.as_str(), debate.stage.phase.as_str());
        let kept = sqlx::query!(
            r#"INSERT INTO vote (debate, round, person, vote)
               SELECT id, ?2, ?3, ?4 FROM debate WHERE id = ?1 AND phase = ?5
               ON CONFLICT (debate, round, person) DO UPDATE SET vote = excluded.vote"#,
            debate.id,
            round,
            person,
            vote,
            phase
        );
        Ok(kept.execute(&self.pool).await?.rows_affected() > 0)
    }

    /// How many have voted in a round.
    ///
    /// # Errors
    /// The database can't be read.
    pub async fn voters(&self, debate: i64, round: Round) -> Result<i64, CommunityError> {
        let round = round.as_str();
        let voters =
            sqlx::query_scalar!("SELECT count(*) FROM vote WHERE debate = ?1 AND round = ?2", debate, round);
        Ok(voters.fetch_one(&self.pool).await?)
    }

    /// Whether somebody has voted in a round.
    ///
    /// # Errors
    /// The database can't be read.
    pub async fn has_voted(&self, debate: i64, round: Round, person: &str) -> Result<bool, CommunityError> {
        let round = round.as_str();
        let votes = sqlx::query_scalar!(
            "SELECT count(*) FROM vote WHERE debate = ?1 AND round = ?2 AND person = ?3",
            debate,
            round,
            person
        );
        Ok(votes.fetch_one(&self.pool).await? > 0)
    }

    /// Keeps where people argue.
    ///
    /// # Errors
    /// The database can't be written.
    pub async fn set_debate_thread(&self, debate: i64, thread: &str) -> Result<(), CommunityError> {
        sqlx::query!("UPDATE debate SET thread = ?1 WHERE id = ?2", thread, debate)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// The phases that are still to be announced, with the numbers of their debates, in their order.
    ///
    /// # Errors
    /// The database can't be read.
    pub async fn due_announcements(&self) -> Result<Vec<(i64, Phase)>, CommunityError> {
        let rows = sqlx::query!("SELECT debate, phase FROM announcement WHERE state = 'due' ORDER BY debate")
            .fetch_all(&self.pool)
            .await?;
        let mut due: Vec<(i64, Phase)> =
            rows.into_iter().filter_map(|row| Some((row.debate, Phase::read(&row.phase)?))).collect();
        due.sort_by_key(|(debate, phase)| (*debate, Phase::ALL.iter().position(|it| it == phase)));
        Ok(due)
    }

    /// Writes down that a phase was announced, or why it can't be.
    ///
    /// # Errors
    /// The database can't be written.
    pub async fn announced(
        &self,
        debate: i64,
        phase: Phase,
        refused: Option<&str>,
    ) -> Result<(), CommunityError> {
        let phase = phase.as_str();
        let state = if refused.is_some() { "refused" } else { "sent" };
        sqlx::query!(
            "UPDATE announcement SET state = ?1, cause = ?2 WHERE debate = ?3 AND phase = ?4",
            state,
            refused,
            debate,
            phase
        )
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// Whether the platform refused what announces a phase.
    ///
    /// # Errors
    /// The database can't be read.
    pub async fn is_refused(&self, debate: i64, phase: Phase) -> Result<bool, CommunityError> {
        let phase = phase.as_str();
        let refused = sqlx::query_scalar!(
            "SELECT count(*) FROM announcement WHERE debate = ?1 AND phase = ?2 AND state = 'refused'",
            debate,
            phase
        );
        Ok(refused.fetch_one(&self.pool).await? > 0)
    }
}

/// Has a phase announced, if there is a room to announce it in.
async fn announce(
    transaction: &mut Transaction<'_, Sqlite>,
    debate: i64,
    phase: Phase,
) -> Result<(), CommunityError> {
    let phase = phase.as_str();
    sqlx::query!(
        r#"INSERT INTO announcement (debate, phase, state)
           SELECT id, ?2, 'due' FROM debate WHERE id = ?1 AND room LIKE '%:%'"#,
        debate,
        phase
    )
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

/// The votes of a debate, by person.
async fn ballots(
    transaction: &mut Transaction<'_, Sqlite>,
    debate: i64,
) -> Result<Vec<Ballot>, CommunityError> {
    let rows = sqlx::query!("SELECT person, round, vote FROM vote WHERE debate = ?1", debate)
        .fetch_all(&mut **transaction)
        .await?;
    let mut ballots: HashMap<String, Ballot> = HashMap::new();
    for row in rows {
        let ballot = ballots.entry(row.person).or_default();
        match row.round == Round::Before.as_str() {
            true => ballot.before = Vote::read(&row.vote),
            false => ballot.after = Vote::read(&row.vote),
        }
    }
    Ok(ballots.into_values().collect())
}
