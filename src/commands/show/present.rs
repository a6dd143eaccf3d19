//! Showing items with whose they are and where they come from.

use std::collections::HashMap;

use url::Url;

use crate::answer::{Answer, Author, Block, ChoiceKind, Citation, CitedArticle, Entry, Known};
use crate::article::link::{self, Passage};
use crate::article::pack::{Actor, Article, ClaimStatus, Office, Provenance, Quote, QuoteKind};
use crate::article::{Item, Kind, LinkKind};
use crate::library::{Library, Record};
use crate::say;

use super::super::problem::Problem;

/// Where an item stands and how it is known.
pub(in crate::commands) fn source(record: &Record, library: &Library) -> Citation {
    let known = match (&record.item, record.item.by()) {
        (Item::Quote(quote), _) => match quote.kind {
            QuoteKind::Verbatim => Known::Verbatim,
            QuoteKind::Reported => Known::Reported,
            QuoteKind::Phrase => Known::Phrase,
            QuoteKind::Author => Known::AuthorsWords,
        },
        (_, Provenance::Editor) => Known::Editor,
        (Item::Argument(argument), _) if argument.claimed_by.is_some() => Known::Reported,
        (Item::Argument(_), _) => Known::AuthorsClaim,
        (Item::Fact(fact), _) if fact.standing == ClaimStatus::Judgement => Known::AuthorsClaim,
        _ => Known::AuthorsAccount,
    };
    Citation {
        article: match library.has_several_articles() {
            true => CitedArticle::Titled(record.article_name.clone()),
            false => CitedArticle::Plain,
        },
        author: author(record),
        paragraphs: record.item.source().map(|source| source.paragraph).into_iter().collect(),
        section: record.section.clone(),
        known: vec![known],
        link: link(record),
    }
}

/// Who wrote the article that an item is from.
pub(in crate::commands) fn author(record: &Record) -> Author {
    record.author.clone().map_or(Author::Unnamed, Author::Named)
}

/// The words of the article that an item rests on.
pub(in crate::commands) fn passage(item: &Item) -> Option<Passage<'_>> {
    let source = item.source()?;
    let words = match (&source.exact, item) {
        (Some(exact), _) => exact,
        (None, Item::Quote(quote)) => &quote.words,
        (None, _) => return None,
    };
    Some(Passage { words, prefix: source.prefix.as_deref(), suffix: source.suffix.as_deref() })
}

/// The address that opens the article at the words of an item.
fn link(record: &Record) -> Option<Url> {
    link::to_passage(record.link.as_deref()?, &passage(&record.item)?)
}

/// The command that tells more of an item.
pub(in crate::commands) fn more(record: &Record, library: &Library) -> String {
    let command = match record.item.kind() {
        Kind::Fact | Kind::Relation => "source",
        kind => kind.word(),
    };
    let handle = if command == "source" { &record.any_handle } else { &record.handle };
    line_in_article(format!("{command} {handle}"), record, library)
}

/// A command line about an item, in the item's article where there are several.
pub(in crate::commands) fn line_in_article(line: String, record: &Record, library: &Library) -> String {
    match library.has_several_articles() && record.item.kind() != Kind::Article {
        true => format!("{line} --article {}", record.article_key),
        false => line,
    }
}

/// The command that tells where an item stands.
pub(in crate::commands) fn where_line(record: &Record, library: &Library) -> String {
    line_in_article(format!("source {}", record.any_handle), record, library)
}

/// The date of an item, for a line that says beside it how the item is known.
pub(in crate::commands) fn when(item: &Item) -> Option<String> {
    item.when()?.said_within(item.by())
}

/// A line of a list for an item.
pub(in crate::commands) fn entry(lead: impl Into<String>, record: &Record, library: &Library) -> Entry {
    Entry {
        lead: lead.into(),
        text: record.item.title(),
        source: Some(source(record, library)),
        line: Some(more(record, library)),
        command: None,
    }
}

/// A line of a list for an item, with its date after the lead, if it has one.
pub(in crate::commands) fn dated_entry(lead: &str, record: &Record, library: &Library) -> Entry {
    let when = when(&record.item).filter(|_| record.item.kind() == Kind::Event);
    let leads: Vec<&str> =
        [lead, when.as_deref().unwrap_or("")].into_iter().filter(|it| !it.is_empty()).collect();
    entry(leads.join(", "), record, library)
}

/// The names of the actors and topics that the records refer to, by article and id.
pub(in crate::commands) fn actor_names(records: &[Record]) -> HashMap<(i64, String), String> {
    let names = records.iter().flat_map(|record| {
        record.names.iter().map(|(id, name)| ((record.article, id.clone()), name.clone()))
    });
    names.collect()
}

/// A quote with whose words it is.
pub(in crate::commands) fn quotation(
    record: &Record,
    quote: &Quote,
    names: &HashMap<(i64, String), String>,
    library: &Library,
) -> Block {
    let name = |id: &String| names.get(&(record.article, id.clone())).unwrap_or(id).clone();
    let speaker = quote.speaker.as_ref().map_or_else(|| say!("quote-somebody"), name);
    let about: Vec<String> = quote.about.iter().map(name).collect();
    let about = about.join(", ");
    let is_about = if about.is_empty() { "nobody" } else { "somebody" };
    let author = author(record);
    let by = match (quote.kind, &author) {
        (QuoteKind::Verbatim, _) => {
            say!("quote-by-verbatim", speaker = speaker, is_about = is_about, about = about)
        }
        (QuoteKind::Reported, Author::Named(author)) => {
            say!("quote-by-reported-named", speaker = speaker, author = author)
        }
        (QuoteKind::Reported, _) => say!("quote-by-reported", speaker = speaker),
        (QuoteKind::Phrase, _) => say!("quote-by-phrase", is_about = is_about, about = about),
        (QuoteKind::Author, Author::Named(author)) => {
            say!("quote-by-author-named", author = author, is_about = is_about, about = about)
        }
        (QuoteKind::Author, _) => say!("quote-by-author", is_about = is_about, about = about),
    };
    Block::Quotation {
        words: quote.words.clone(),
        by,
        context: quote.context.clone(),
        source: source(record, library),
    }
}

/// Quotations for the records that are quotes.
pub(in crate::commands) fn quotations(library: &Library, records: &[Record]) -> Vec<Block> {
    let names = actor_names(records);
    records
        .iter()
        .filter_map(|record| match &record.item {
            Item::Quote(quote) => Some(quotation(record, quote, &names, library)),
            _ => None,
        })
        .collect()
}

/// All sources of an answer's blocks in one.
pub(in crate::commands) fn sources(blocks: &[Block]) -> Option<Citation> {
    let all: Vec<&Citation> = blocks
        .iter()
        .flat_map(|block| match block {
            Block::Quotation { source, .. } => vec![source],
            Block::List { entries, .. } => entries.iter().filter_map(|entry| entry.source.as_ref()).collect(),
            _ => vec![],
        })
        .collect();
    Citation::merge(all)
}

/// Roles with their dates, in one line, which says once what the editor added to it: first the text's roles,
/// then those with dates of the editor's, then the editor's roles.
pub(in crate::commands) fn actor_roles(actor: &Actor) -> String {
    let added = |role: &Office| match (&role.when, role.by) {
        (_, Provenance::Editor) => 2,
        (Some(when), _) if when.by == Provenance::Editor => 1,
        _ => 0,
    };
    let said = |role: &Office| match role.when.as_ref().and_then(|when| when.said_within(Provenance::Editor))
    {
        Some(when) => format!("{}, {when}", role.title),
        None => role.title.clone(),
    };
    let of =
        |sort: usize| actor.roles.iter().filter(|role| added(role) == sort).map(said).collect::<Vec<_>>();
    let (text, dated, editors) = (of(0), of(1), of(2));
    // One of them needs no words before it, and the order can stay as it is.
    if dated.len() + editors.len() == 1 {
        let roles = actor.roles.iter().map(|role| match added(role) {
            0 => said(role),
            _ => say!("role-added", role = said(role)),
        });
        return roles.collect::<Vec<_>>().join("; ");
    }
    let mut parts = text;
    match (dated.is_empty(), editors.is_empty()) {
        (true, true) => {}
        (false, true) => parts.push(say!("roles-dates-added", roles = dated.join("; "))),
        (true, false) => parts.push(say!("roles-added", roles = editors.join("; "))),
        (false, false) => {
            parts.push(say!("roles-dates-editors", roles = dated.join("; ")));
            parts.push(say!("roles-added", roles = editors.join("; ")));
        }
    }
    parts.join("; ")
}

/// An article's title, with whose it is where the text has none.
pub(in crate::commands) fn article_title(article: &Article) -> String {
    match article.title_by {
        Provenance::Text => article.title.clone(),
        Provenance::Editor => say!("article-title-editors", title = &article.title),
    }
}

/// An answer with the choice that has a line done.
pub(in crate::commands) fn confirmed_by(answer: Answer, line: String) -> Answer {
    answer.offer(ChoiceKind::Confirm, say!("confirm", line = &line), line)
}

/// The relations between this actor and others.
pub(in crate::commands) async fn relations(library: &Library, actor: i64) -> Result<Vec<Record>, Problem> {
    let roles = [LinkKind::By, LinkKind::About];
    let linked = library.linked_by_importance(&[actor], &roles, Some(Kind::Relation)).await?;
    let mut ids: Vec<i64> = linked.into_iter().map(|(relation, _)| relation).collect();
    ids.sort_unstable();
    ids.dedup();
    Ok(library.records(&ids).await?)
}

/// The first of these items as lines, `most` at most.
pub(in crate::commands) async fn entries(
    library: &Library,
    ids: &[i64],
    most: usize,
) -> Result<Vec<Entry>, Problem> {
    let records = library.records(&ids[..ids.len().min(most)]).await?;
    Ok(records.iter().map(|record| entry("", record, library)).collect())
}
