//! What a point cites of the article: the words as they were when it was made, and whether they still stand.

use serde::{Deserialize, Serialize};

use crate::answer::{Block, Citation, Entry};
use crate::article::{Item, Kind};
use crate::library::{Found, Library, Named, Record};
use crate::say;

use super::super::command::Context;
use super::super::line::write as line;
use super::super::problem::Problem;
use super::super::show::{self, Sought};
use super::super::text::capital;

/// What one can cite: what says something.
pub(super) const CITED: [Kind; 5] = [Kind::Quote, Kind::Fact, Kind::Event, Kind::Argument, Kind::Relation];

/// What a point cites.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Evidence {
    /// The ids of the article and of the item.
    article: String,
    item: String,
    /// The words, with whose they are if it is a quotation.
    text: String,
    is_quotation: bool,
    /// Where they stand, and how they are known.
    source: Citation,
}

/// What somebody wants to cite.
///
/// # Errors
/// The answer where nothing goes by that name, or several things.
pub(super) async fn cited(context: &Context<'_>, typed: &str) -> Result<Evidence, Problem> {
    let library = context.library()?;
    let article = show::article(context).await?;
    let found = library.find(typed, &CITED, article, true).await?;
    let rows = match &found {
        Found::Sure { same, .. } => same.iter().map(|named| named.item).take(1).collect(),
        _ => vec![],
    };
    match library.records(&rows).await?.first() {
        Some(record) => Ok(Evidence::of(library, record)),
        None => {
            let line = |named: &Named| {
                let mut changes = vec![("cite", named.any_handle.as_str())];
                if library.has_several_articles() {
                    changes.push(("article", &named.article_key));
                }
                line::with(context.request, &changes)
            };
            Err(show::not_found(context, typed, Sought::Item, found, vec![], line).into())
        }
    }
}

impl Evidence {
    fn of(library: &Library, record: &Record) -> Evidence {
        Evidence {
            article: record.article_key.clone(),
            item: record.item.id().to_string(),
            text: words(library, record),
            is_quotation: record.item.kind() == Kind::Quote,
            source: show::source(record, library),
        }
    }

    /// What was stored. `None` for nothing, and for what this version can't read.
    pub fn read(stored: Option<&str>) -> Option<Evidence> {
        serde_json::from_str(stored?).ok()
    }

    /// As it is stored.
    pub fn stored(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// A line with its source, which leads to more of it where it still stands in the article.
    pub async fn entry(&self, library: Option<&Library>) -> Result<Entry, Problem> {
        let now = self.now(library).await?;
        let line = match (&now, library) {
            (Some((record, _)), Some(library)) => Some(show::more(record, library)),
            _ => None,
        };
        let text = match now {
            Some((_, words)) if words == self.text => self.text.clone(),
            Some(_) => say!("point-evidence-changed", text = &self.text),
            None => say!("point-evidence-gone", text = &self.text),
        };
        Ok(Entry { text, source: Some(self.source.clone()), line, ..Entry::new(capital(&self.known()), "") })
    }

    /// The same within a sentence: words, how they are known, and where they stand.
    pub async fn said(&self, library: Option<&Library>) -> Result<String, Problem> {
        let entry = self.entry(library).await?;
        let (place, known) = (self.source.place(), self.known());
        let place = [place, known].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>();
        Ok(format!("{} ({})", entry.text, place.join(", ")))
    }

    /// How it is known: "claimed by the author". A quotation says so itself.
    fn known(&self) -> String {
        let known = self.source.known.first().filter(|_| !self.is_quotation);
        known.map(|known| known.words(&self.source.author)).unwrap_or_default()
    }

    /// What stands in its place in the article now.
    async fn now(&self, library: Option<&Library>) -> Result<Option<(Record, String)>, Problem> {
        let Some(library) = library else { return Ok(None) };
        let Some(article) = library.article(&self.article).await? else { return Ok(None) };
        let record = library.by_keys(article.id, &[&self.item]).await?.into_iter().next();
        Ok(record.map(|record| {
            let words = words(library, &record);
            (record, words)
        }))
    }
}

/// The words of an item: those of a quote with whose they are, a claim, or what it is called.
fn words(library: &Library, record: &Record) -> String {
    let quotation = show::quotations(library, std::slice::from_ref(record)).into_iter().next();
    match (quotation, &record.item) {
        (Some(Block::Quotation { words, by, .. }), _) => {
            format!("{} — {by}", say!("quoted", words = words))
        }
        (_, Item::Argument(argument)) => argument.claim.clone(),
        (_, item) => item.title(),
    }
}
