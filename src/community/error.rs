//! What goes wrong with the community database.

/// Why the community database could not be used.
#[derive(Debug, thiserror::Error)]
#[error("the community database failed: {0}")]
pub struct CommunityError(sqlx::Error);

impl From<sqlx::Error> for CommunityError {
    fn from(error: sqlx::Error) -> Self {
        CommunityError(error)
    }
}

impl From<sqlx::migrate::MigrateError> for CommunityError {
    fn from(error: sqlx::migrate::MigrateError) -> Self {
        CommunityError(error.into())
    }
}
