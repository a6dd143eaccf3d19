//! The article that a question names: "what does Federalist 10 say about factions".

use std::ops::Range;

use crate::article::Kind;
use crate::question::{Question, WordRole};

use super::super::super::error::LibraryError;
use super::super::super::revision::Library;
use super::super::found::{Found, MatchKind};
use super::super::terms::Term;

/// The most words of a question that are looked up together as an article's name.
const MAX_WORDS: usize = 6;
/// The most runs of words that are looked up.
const MAX_LOOKED_UP: usize = 6;

impl Library {
    /// The words of a question that name one article, with that article's row. Words that somebody goes by name an
    /// article only where the question says so: "the Wright brothers article".
    pub async fn article_named(
        &self,
        question: &Question,
    ) -> Result<Option<(Range<usize>, i64)>, LibraryError> {
        let words: Vec<String> = question.words.iter().map(|word| word.folded.clone()).collect();
        let terms = self.terms(&words);
        let tells = |at: usize| matches!(question.words[at].role, WordRole::Content | WordRole::Date);
        let mut looked_up = 0;
        for length in (1..=MAX_WORDS.min(words.len())).rev() {
            for start in 0..=words.len() - length {
                let run = start..start + length;
                let is_followed = question.words.get(run.end).is_some_and(|it| it.role == WordRole::Article);
                let is_name =
                    tells(start) && tells(run.end - 1) && terms[run.clone()].iter().all(may_be_named);
                if !is_name || length == 1 && !is_followed || looked_up == MAX_LOOKED_UP {
                    continue;
                }
                looked_up += 1;
                let typed = words[run.clone()].join(" ");
                let found = self.find_whole_name(&typed, &[Kind::Article], None).await?;
                let Found::Sure { same, how: MatchKind::Exact | MatchKind::Words, .. } = found else {
                    continue;
                };
                let [only] = same.as_slice() else { continue };
                let somebody = self.find_whole_name(&typed, &[Kind::Actor], None).await?;
                if !is_followed && matches!(somebody, Found::Sure { how: MatchKind::Exact, .. }) {
                    continue;
                }
                let end = if is_followed { run.end + 1 } else { run.end };
                return Ok(Some((start..end, only.article)));
            }
        }
        Ok(None)
    }
}

/// Whether some name has the word; what is in every name says nothing.
fn may_be_named(term: &Term) -> bool {
    term.names() > 0
}
