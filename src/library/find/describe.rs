//! Finding a thing by its name, or else by what is said of it.

use crate::article::Kind;

use super::super::error::LibraryError;
use super::super::handle::HANDLE;
use super::super::revision::Library;
use super::super::words::is_small_numeral;
use super::found::{Found, MatchKind};
use super::terms::typed_words;

impl Library {
    /// Finds a thing of one of the kinds by what people call it; with `describe`, also by what is
    /// said of it.
    pub async fn find(
        &self,
        typed: &str,
        kinds: &[Kind],
        article: Option<i64>,
        describe: bool,
    ) -> Result<Found, LibraryError> {
        let found = self.find_name(typed, kinds, article).await?;
        if !describe || matches!(found, Found::Sure { .. }) || typed.trim().starts_with(HANDLE) {
            return Ok(found);
        }
        let words = typed_words(typed, usize::MAX);
        let telling = self.telling_count(&words);
        // "I" may be a numeral, which is never left out.
        let is_whole = !words.iter().any(|word| is_small_numeral(word) && self.is_stop(word));
        let hits = self.search(typed, kinds, article).await?;
        if telling == 0 || !hits.is_exact() {
            return Ok(found);
        }
        let described = self.named(&hits.items).await?;
        // It must have the words in what it is called or says itself, and alone: a thing that merely
        // mentions them is not what was asked for. One word describes nothing.
        if telling > 1 && is_whole {
            let heads = self.heads(typed, kinds, article).await?;
            let title = described[0].title.clone();
            let is_same = |item: &i64| described.iter().any(|it| it.item == *item && it.title == title);
            if heads.contains(&described[0].item) && heads.iter().all(is_same) {
                let (same, others) = described.into_iter().partition(|it| it.title == title);
                return Ok(Found::Sure { same, others, how: MatchKind::Text });
            }
        }
        Ok(match found {
            Found::Nothing => Found::Near(described),
            found => found,
        })
    }
}
