//! Quizzes: the question that each is at, what people answer, and how well they do.

use crate::discussion::Question;
use crate::locale::Locale;

use super::database::Community;
use super::error::CommunityError;

/// How many quizzes are kept, in all rooms.
const MAX_QUIZZES: i64 = 1_000;

/// How many people a list of scores names.
const MAX_SCORES: i64 = 20;

/// A quiz that is to begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewQuiz {
    /// The room: a place, or the platform where there are none.
    pub room: String,
    /// Who begins it, by platform and id there.
    pub starter: String,
    /// The language of its posts.
    pub language: Locale,
    /// The id of the article.
    pub article: String,
    /// Its questions.
    pub questions: Vec<Question>,
    /// Until when the first one is asked, in milliseconds since 1970 UTC.
    pub ends_at: i64,
}

/// A quiz.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quiz {
    /// Its number.
    pub id: i64,
    /// The room: a place, or the platform where there are none.
    pub room: String,
    /// Who began it.
    pub starter: String,
    /// The language of its posts.
    pub language: Locale,
    /// The id of the article.
    pub article: String,
    /// Its questions.
    pub questions: Vec<Question>,
    /// The question that it is at, from 0.
    pub number: usize,
    /// Whether that is asked. If not, its answer is shown.
    pub is_asking: bool,
    /// Until when it is asked.
    pub ends_at: i64,
    /// The message with the question, once it is posted.
    pub post: Option<String>,
}

/// How well somebody did in a room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Score {
    /// Who, by platform and id there.
    pub person: String,
    /// How often they were right.
    pub right: i64,
    /// How often they answered.
    pub answered: i64,
}

struct Row {
    id: i64,
    room: String,
    starter: String,
    language: String,
    article: String,
    questions: String,
    number: i64,
    state: String,
    ends_at: i64,
    post: Option<String>,
}

impl Row {
    /// `None` for a quiz of another version, which this one can't read.
    fn quiz(self) -> Option<Quiz> {
        let questions: Vec<Question> = serde_json::from_str(&self.questions).ok()?;
        let number = usize::try_from(self.number).ok().filter(|number| *number < questions.len())?;
        Some(Quiz {
            id: self.id,
            room: self.room,
            starter: self.starter,
            language: self.language.parse().unwrap_or(Locale::ENGLISH),
            article: self.article,
            questions,
            number,
            is_asking: self.state == ASKING,
            ends_at: self.ends_at,
            post: self.post,
        })
    }
}

const ASKING: &str = "asking";

impl Community {
    /// Begins a quiz, whose first question is due. `None` if another one asks a question in the room.
    ///
    /// # Errors
    /// The database can't be written.
    pub async fn begin_quiz(&self, new: &NewQuiz) -> Result<Option<i64>, CommunityError> {
        let (language, questions) =
            (new.language.code(), serde_json::to_string(&new.questions).unwrap_or_default());
        let is_posted = new.room.contains(':');
        let begun = sqlx::query!(
            r#"INSERT INTO quiz (room, starter, language, article, questions, number, state, ends_at, due)
               VALUES (?1, ?2, ?3, ?4, ?5, 0, 'asking', ?6, ?7) ON CONFLICT DO NOTHING"#,
            new.room,
            new.starter,
            language,
            new.article,
            questions,
            new.ends_at,
            is_posted
        )
        .execute(&self.pool)
        .await?;
        if begun.rows_affected() == 0 {
            return Ok(None);
        }
        let id = begun.last_insert_rowid();
        sqlx::query!("DELETE FROM quiz WHERE id <= ?1 - ?2", id, MAX_QUIZZES).execute(&self.pool).await?;
        Ok(Some(id))
    }

    /// The quiz of a number.
    ///
    /// # Errors
    /// The database can't be read.
    pub async fn quiz(&self, id: i64) -> Result<Option<Quiz>, CommunityError> {
        let row = sqlx::query_as!(
            Row,
            r#"SELECT id, room, starter, language, article, questions, number, state, ends_at, post
               FROM quiz WHERE id = ?1"#,
            id
        );
        Ok(row.fetch_optional(&self.pool).await?.and_then(Row::quiz))
    }

    /// The last quiz of a room.
    ///
    /// # Errors
    /// The database can't be read.
    pub async fn last_quiz(&self, room: &str) -> Result<Option<Quiz>, CommunityError> {
        let row = sqlx::query_as!(
            Row,
            r#"SELECT id, room, starter, language, article, questions, number, state, ends_at, post
               FROM quiz WHERE room = ?1 ORDER BY id DESC LIMIT 1"#,
            room
        );
        Ok(row.fetch_optional(&self.pool).await?.and_then(Row::quiz))
    }

    /// The quizzes that ask a question.
    ///
    /// # Errors
    /// The database can't be read.
    pub async fn open_quizzes(&self) -> Result<Vec<Quiz>, CommunityError> {
        let rows = sqlx::query_as!(
            Row,
            r#"SELECT id AS "id!", room, starter, language, article, questions, number, state, ends_at, post
               FROM quiz WHERE state = 'asking' ORDER BY id"#
        );
        Ok(rows.fetch_all(&self.pool).await?.into_iter().filter_map(Row::quiz).collect())
    }

    /// The quizzes of which something is to be posted.
    ///
    /// # Errors
    /// The database can't be read.
    pub async fn due_quizzes(&self) -> Result<Vec<Quiz>, CommunityError> {
        let rows = sqlx::query_as!(
            Row,
            r#"SELECT id AS "id!", room, starter, language, article, questions, number, state, ends_at, post
               FROM quiz WHERE due = 1 ORDER BY id"#
        );
        Ok(rows.fetch_all(&self.pool).await?.into_iter().filter_map(Row::quiz).collect())
    }

    /// Writes down that what a quiz is at was posted, and as which message.
    ///
    /// # Errors
    /// The database can't be written.
    pub async fn quiz_posted(&self, quiz: &Quiz, post: Option<&str>) -> Result<(), CommunityError> {
        let (number, state) = (i64::try_from(quiz.number).unwrap_or(i64::MAX), state(quiz.is_asking));
        sqlx::query!("UPDATE quiz SET post = ?1 WHERE id = ?2 AND number = ?3", post, quiz.id, number)
            .execute(&self.pool)
            .await?;
        // It may have gone on meanwhile.
        sqlx::query!(
            "UPDATE quiz SET due = 0 WHERE id = ?1 AND number = ?2 AND state = ?3",
            quiz.id,
            number,
            state
        )
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// Keeps somebody's answer to the question that a quiz is at, in the place of an earlier one. `false` if it is not
    /// asked any more.
    ///
    /// # Errors
    /// The database can't be written.
    pub async fn answer_quiz(
        &self,
        quiz: &Quiz,
        person: &str,
        choice: usize,
    ) -> Result<bool, CommunityError> {
        let (number, choice) =
            (i64::try_from(quiz.number).unwrap_or(i64::MAX), i64::try_from(choice).unwrap_or(i64::MAX));
        let kept = sqlx::query!(
            r#"INSERT INTO quiz_answer (quiz, number, person, choice)
               SELECT id, number, ?3, ?4 FROM quiz WHERE id = ?1 AND number = ?2 AND state = 'asking'
               ON CONFLICT (quiz, number, person) DO UPDATE SET choice = excluded.choice"#,
            quiz.id,
            number,
            person,
            choice
        );
        Ok(kept.execute(&self.pool).await?.rows_affected() > 0)
    }

    /// The answers to the question that a quiz is at: who, and what they chose.
    ///
    /// # Errors
    /// The database can't be read.
    pub async fn quiz_answers(&self, quiz: &Quiz) -> Result<Vec<(String, usize)>, CommunityError> {
        let number = i64::try_from(quiz.number).unwrap_or(i64::MAX);
        let rows = sqlx::query!(
            "SELECT person, choice FROM quiz_answer WHERE quiz = ?1 AND number = ?2 ORDER BY person",
            quiz.id,
            number
        );
        let rows = rows.fetch_all(&self.pool).await?.into_iter();
        Ok(rows.map(|row| (row.person, usize::try_from(row.choice).unwrap_or(usize::MAX))).collect())
    }

    /// Ends the time for the question that a quiz is at, counts the answers, and has the right one posted. `false` if
    /// somebody else has done so.
    ///
    /// # Errors
    /// The database can't be read or written.
    pub async fn reveal_quiz(&self, quiz: &Quiz) -> Result<bool, CommunityError> {
        let number = i64::try_from(quiz.number).unwrap_or(i64::MAX);
        let right = quiz.questions.get(quiz.number).map_or(0, |question| question.right);
        let (right, is_posted) = (i64::try_from(right).unwrap_or(0), quiz.room.contains(':'));
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        let revealed = sqlx::query!(
            "UPDATE quiz SET state = 'shown', due = ?3 WHERE id = ?1 AND number = ?2 AND state = 'asking'",
            quiz.id,
            number,
            is_posted
        );
        if revealed.execute(&mut *transaction).await?.rows_affected() == 0 {
            return Ok(false);
        }
        sqlx::query!(
            r#"INSERT INTO score (room, person, right, answered)
               SELECT ?1, person, choice = ?2, 1 FROM quiz_answer WHERE quiz = ?3 AND number = ?4
               ON CONFLICT (room, person) DO UPDATE
               SET right = score.right + excluded.right, answered = score.answered + 1"#,
            quiz.room,
            right,
            quiz.id,
            number
        )
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Goes on to the next question. `false` if somebody else has done so, or another quiz asks one in the room.
    ///
    /// # Errors
    /// The database can't be written.
    pub async fn next_of_quiz(&self, quiz: &Quiz, ends_at: i64) -> Result<bool, CommunityError> {
        let (number, is_posted) = (i64::try_from(quiz.number).unwrap_or(i64::MAX), quiz.room.contains(':'));
        let gone_on = sqlx::query!(
            r#"UPDATE OR IGNORE quiz SET number = number + 1, state = 'asking', ends_at = ?3, post = NULL, due = ?4
               WHERE id = ?1 AND number = ?2 AND state = 'shown'"#,
            quiz.id,
            number,
            ends_at,
            is_posted
        );
        Ok(gone_on.execute(&self.pool).await?.rows_affected() > 0)
    }

    /// How well people did in a room, the best first.
    ///
    /// # Errors
    /// The database can't be read.
    pub async fn scores(&self, room: &str) -> Result<Vec<Score>, CommunityError> {
        let rows = sqlx::query_as!(
            Score,
            r#"SELECT person, right, answered FROM score WHERE room = ?1
               ORDER BY right DESC, answered, person LIMIT ?2"#,
            room,
            MAX_SCORES
        );
        Ok(rows.fetch_all(&self.pool).await?)
    }
}

fn state(is_asking: bool) -> &'static str {
    if is_asking { ASKING } else { "shown" }
}
