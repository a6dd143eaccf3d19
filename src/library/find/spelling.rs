//! Misspelt words, and what they are taken for.

use std::collections::HashMap;

use super::super::error::LibraryError;
use super::super::revision::Library;
use super::super::words::{is_number, most_typos, spellings};

/// The most readings of a word that are equally near and still worth a look.
const MAX_READINGS: usize = 5;

/// A word that a misspelt one may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spelt {
    pub word: String,
    /// In how many names (and texts) it is.
    uses: i64,
    /// Whether it is only ever a name, as far as its capital tells.
    pub proper: bool,
    /// How many typos there would be.
    pub typos: usize,
}

impl Library {
    /// What each of the unknown words may be: the nearest that names (or texts) have, the commonest first. A number is
    /// never read as another word, nor another word as a number.
    pub(super) async fn spell(
        &self,
        unknown: &[&str],
        in_names: bool,
    ) -> Result<HashMap<String, Vec<Spelt>>, LibraryError> {
        let pairs: Vec<[String; 2]> = unknown
            .iter()
            .filter(|word| most_typos(word) > 0)
            .flat_map(|word| spellings(word).into_iter().map(|spelling| [word.to_string(), spelling]))
            .collect();
        if pairs.is_empty() {
            return Ok(HashMap::new());
        }
        let pairs =
            serde_json::to_string(&pairs).map_err(|error| LibraryError::Content(error.to_string()))?;
        let rows = sqlx::query!(
            r#"SELECT DISTINCT wanted.value ->> 0 AS "typed!: String", word.language, word.word, word.names,
                      word.texts, word.proper
               FROM json_each(?1) AS wanted
               CROSS JOIN spelling ON spelling.spelling = wanted.value ->> 1
               CROSS JOIN word ON word.id = spelling.word"#,
            pairs
        )
        .fetch_all(&mut *self.readers.get().await)
        .await?;
        let mut near: HashMap<String, (usize, Vec<Spelt>)> = HashMap::new();
        for row in rows {
            let uses = if in_names { row.names } else { row.names + row.texts };
            let distance = strsim::damerau_levenshtein(&row.typed, &row.word);
            if uses == 0
                || distance > most_typos(&row.typed)
                || is_number(&row.word)
                || self.is_stop(&row.word)
            {
                continue;
            }
            let (nearest, all) = near.entry(row.typed).or_insert((distance, Vec::new()));
            if distance < *nearest {
                (*nearest, *all) = (distance, Vec::new());
            }
            if distance == *nearest && !all.iter().any(|spelt| spelt.word == row.word) {
                all.push(Spelt { word: row.word, uses, proper: row.proper != 0, typos: distance });
            }
        }
        Ok(near
            .into_iter()
            .map(|(typed, (_, mut all))| {
                all.sort_by(|a, b| b.uses.cmp(&a.uses).then_with(|| a.word.cmp(&b.word)));
                all.truncate(MAX_READINGS);
                (typed, all)
            })
            .collect())
    }
}
