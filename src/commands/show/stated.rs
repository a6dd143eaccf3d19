//! One way to state an item in full, whatever it is: for the first lines of an answer.

use crate::answer::{Block, Entry};
use crate::article::pack::{Argument, Provenance};
use crate::article::{Item, Kind};
use crate::library::{Library, Record};
use crate::say;

use super::super::text::{capital, kind_capital};
use super::present::{actor_names, actor_roles, article_title, author, entry, quotations, source, when};

/// An item with all that a reader wants first, whose it is, and where it stands: an event with its date and what
/// happened, a claim with whose claim it is, a quote as a quotation, somebody with roles and summary, a fact or
/// relation with how the text puts it. The first line of all but a quotation leads to more.
pub(in crate::commands) fn stated(library: &Library, record: &Record) -> Vec<Block> {
    let first = |lead: String, text: &str| Block::List {
        title: String::new(),
        entries: vec![Entry { text: text.to_string(), ..entry(lead, record, library) }],
    };
    let rest = |text: &str| Block::Paragraph { text: text.to_string() };
    match &record.item {
        Item::Quote(_) => quotations(library, std::slice::from_ref(record)),
        Item::Event(event) => {
            let when = when(&record.item).unwrap_or_else(|| say!("stated-no-date"));
            vec![first(when, &event.title), rest(&event.summary)]
        }
        Item::Argument(argument) => {
            let whose = whose_claim(library, record, argument);
            let claim = say!("stated-claim", whose = whose, claim = &argument.claim);
            vec![first(kind_capital(Kind::Argument), &argument.title), rest(&claim)]
        }
        Item::Actor(actor) => {
            let roles = actor_roles(actor);
            let roles = if roles.is_empty() { say!("actor-kind", kind = actor.kind.word()) } else { roles };
            vec![first(actor.name.clone(), &roles), rest(&actor.summary)]
        }
        Item::Fact(fact) => vec![first(known(record, library), &fact.statement)],
        Item::Relation(relation) => {
            let when = when(&record.item).map_or(String::new(), |when| format!(", {when}"));
            vec![first(format!("{}{when}", known(record, library)), &relation.summary)]
        }
        Item::Topic(topic) => vec![first(topic.name.clone(), &topic.summary)],
        Item::Article(article) => vec![first(article_title(article), &article.summary)],
    }
}

/// Whose claim an argument is, with a capital letter.
fn whose_claim(library: &Library, record: &Record, argument: &Argument) -> String {
    let Some(id) = &argument.claimed_by else { return known(record, library) };
    let names = actor_names(std::slice::from_ref(record));
    let name = names.get(&(record.article, id.clone())).unwrap_or(id);
    match argument.by {
        Provenance::Text => say!("stated-claim-of", name = name, author = author(record).introduced()),
        Provenance::Editor => say!("stated-claim-added", name = name),
    }
}

/// How an item is known, with a capital letter: "The author's account".
fn known(record: &Record, library: &Library) -> String {
    let source = source(record, library);
    capital(&source.known.first().map(|known| known.words(&source.author)).unwrap_or_default())
}
