//! The world of the commands: the library, the community database, time and random numbers.

use std::path::PathBuf;
use std::sync::Arc;

use crate::community::{Community, CommunityError, MeantArticle};
use crate::env::{Clock, Rng};
use crate::library::LibraryStore;
use crate::locale::Locale;
use crate::outbox::Outboxes;
use crate::platform::Place;

/// How often a program that runs for long looks for a revision that another made current.
pub const LOOK: std::time::Duration = std::time::Duration::from_secs(2);

/// What the commands work with. They have no other way to the world.
pub struct World {
    /// The library.
    pub store: LibraryStore,
    /// What outlives a reload.
    pub community: Community,
    /// What the program posts by itself goes out here.
    pub outboxes: Outboxes,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Random numbers.
    pub rng: Rng,
    /// The folder of the packs.
    pub packs: PathBuf,
    /// Whether questions without an answer are kept for the editors.
    pub keep_gaps: bool,
    /// How many revisions are kept for going back.
    pub keep_revisions: usize,
    /// How many must vote twice in a debate for a result.
    pub quorum: usize,
    /// How long after its time something that comes again and again is still posted, in milliseconds.
    pub late: i64,
    /// When the program started.
    pub started: jiff::Timestamp,
}

impl World {
    /// Takes over what another process on the same data folder made current.
    ///
    /// # Errors
    /// The community database or the file of the current revision can't be read.
    pub async fn catch_up(&self) -> Result<(), CommunityError> {
        let Some(current) = self.community.current().await? else { return Ok(()) };
        // What was read may be older than what this process has made current meanwhile.
        if current.used_at < self.store.since() || self.store.has(&current.revision, current.used_at) {
            return Ok(());
        }
        match self.store.open_revision(&current.revision, current.bytes).await {
            Ok(library) => self.store.swap(library, current.used_at),
            // The next load makes the file again.
            Err(error) => tracing::warn!(%error, "the current revision can't be opened"),
        }
        Ok(())
    }

    /// The id of the article that is meant in a place when nobody names one.
    pub fn article_meant(&self, places: &[Place]) -> Option<String> {
        match self.community.article(places)? {
            MeantArticle::One(id) => Some(id),
            MeantArticle::All => None,
        }
    }

    /// The language in which somebody is answered: what they chose, or else what their client speaks, what the place or
    /// its server has set, what the article that is meant there is in, and at last what the settings say.
    pub async fn language(&self, person: &str, client: Option<Locale>, places: &[Place]) -> Locale {
        let said = self.community.language_of(person).or(client).or_else(|| self.community.language(places));
        if let Some(said) = said {
            return said;
        }
        let article = self.article_meant(places);
        let of_article = match self.store.current() {
            // Whoever asks gets to know what is wrong with the library.
            Some(library) => library.language(article.as_deref()).await.unwrap_or_default(),
            None => None,
        };
        of_article.and_then(|code| Locale::read(&code)).unwrap_or_else(Locale::of_program)
    }
}
