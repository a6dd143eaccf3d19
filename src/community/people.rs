//! What people chose for themselves: the language in which they are answered.

use std::sync::PoisonError;

use crate::locale::Locale;

use super::database::Community;
use super::error::CommunityError;

impl Community {
    /// The language that somebody chose, by platform and id there.
    pub fn language_of(&self, person: &str) -> Option<Locale> {
        self.languages.read().unwrap_or_else(PoisonError::into_inner).get(person).copied()
    }

    /// Keeps the language that somebody chose.
    ///
    /// # Errors
    /// The database can't be written.
    pub async fn choose_language(&self, person: &str, language: Locale) -> Result<(), CommunityError> {
        let code = language.code();
        sqlx::query!(
            r#"INSERT INTO person (person, language) VALUES (?1, ?2)
               ON CONFLICT (person) DO UPDATE SET language = excluded.language"#,
            person,
            code
        )
        .execute(&self.pool)
        .await?;
        self.languages.write().unwrap_or_else(PoisonError::into_inner).insert(person.into(), language);
        Ok(())
    }

    /// Forgets which language somebody chose.
    ///
    /// # Errors
    /// The database can't be written.
    pub async fn forget_language(&self, person: &str) -> Result<(), CommunityError> {
        sqlx::query!("DELETE FROM person WHERE person = ?1", person).execute(&self.pool).await?;
        self.languages.write().unwrap_or_else(PoisonError::into_inner).remove(person);
        Ok(())
    }
}
