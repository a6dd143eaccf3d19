//! The order of somebody's quotes: what matters most first, then as much as possible of what they said.

use unicode_segmentation::UnicodeSegmentation;

use crate::answer::{Block, Citation};
use crate::article::pack::{Quote, QuoteKind};
use crate::article::{Item, Kind, LinkKind};
use crate::library::{Library, MAX_LIST_ROWS, Named, Record};
use crate::say;

use super::problem::Problem;

/// How many words make a statement of what is no sentence.
const STATEMENT: usize = 5;

/// Whose words a quote is, seen from somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Voice {
    /// Theirs.
    Own,
    /// The author's, who tells what they said or think.
    Told,
    /// Somebody else's or nobody's, about them.
    About,
}

/// How much a quote says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Extent {
    Statement,
    Phrase,
    Word,
}

/// A quote, or several single words that stand together.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub quotes: Vec<Record>,
    pub voice: Voice,
}

/// The roles in which somebody can stand to a quote, and what they make of its words.
const ROLES: [(LinkKind, Voice); 3] =
    [(LinkKind::By, Voice::Own), (LinkKind::Reported, Voice::Told), (LinkKind::About, Voice::About)];

/// What somebody, once an article, said, and what is said of them: first what matters most, then statements,
/// phrases, and single words. Of each first their own words, then what is told of theirs, then what is about them.
pub(super) async fn of_actor(library: &Library, actors: &[Named]) -> Result<Vec<Line>, Problem> {
    let ids: Vec<i64> = actors.iter().map(|actor| actor.item).collect();
    let mut linked =
        library.linked_by_importance(&ids, &ROLES.map(|(role, _)| role), Some(Kind::Quote)).await?;
    // Each once, by the first of its roles.
    linked.dedup_by_key(|(row, _)| *row);
    linked.truncate(usize::try_from(MAX_LIST_ROWS).unwrap_or(usize::MAX));
    let rows: Vec<i64> = linked.iter().map(|(row, _)| *row).collect();
    let records = library.records(&rows).await?;
    let is_them = |record: &Record, id: &String| {
        actors.iter().any(|actor| actor.article == record.article && actor.key == *id)
    };
    let mut lines = Vec::new();
    for (record, (_, role)) in records.into_iter().zip(linked) {
        let Item::Quote(quote) = &record.item else { continue };
        let voice = ROLES.iter().find(|(it, _)| *it == role).map_or(Voice::About, |(_, voice)| *voice);
        // What is about them above all comes before what names them too.
        let is_aside = voice == Voice::About && !quote.about.first().is_some_and(|id| is_them(&record, id));
        let extent = (!quote.key).then(|| extent(quote));
        lines.push(((extent, voice, is_aside, record.id), Line { quotes: vec![record], voice }));
    }
    // Those that matter most have no extent, and `None` comes first.
    lines.sort_by_key(|(order, _)| *order);
    let mut joined: Vec<Line> = Vec::new();
    for (_, line) in lines {
        match joined.last_mut() {
            Some(last) if stand_together(last, &line) => last.quotes.extend(line.quotes),
            _ => joined.push(line),
        }
    }
    Ok(joined)
}

fn extent(quote: &Quote) -> Extent {
    let words = quote.words.unicode_words().count();
    let is_sentence = quote.words.trim_end().ends_with(['.', '?', '!', '…', '。', '？', '！']);
    match quote.kind {
        _ if words < 2 => Extent::Word,
        _ if is_sentence => Extent::Statement,
        QuoteKind::Phrase => Extent::Phrase,
        QuoteKind::Verbatim | QuoteKind::Reported | QuoteKind::Author if words >= STATEMENT => {
            Extent::Statement
        }
        QuoteKind::Verbatim | QuoteKind::Reported | QuoteKind::Author => Extent::Phrase,
    }
}

/// Whether single words of one paragraph, next to one another in the pack, are the same people's about the same.
/// The text is not at hand, so its sentences are not known.
fn stand_together(line: &Line, next: &Line) -> bool {
    let (Some(last), Some(next)) = (line.quotes.last(), next.quotes.first()) else { return false };
    let (Item::Quote(a), Item::Quote(b)) = (&last.item, &next.item) else { return false };
    let is_word = |quote: &Quote| !quote.key && extent(quote) == Extent::Word;
    is_word(a)
        && is_word(b)
        && next.item.row(1) - next.item.row(0) == next.id - last.id
        && last.article == next.article
        && (a.kind, &a.speaker, &a.about) == (b.kind, &b.speaker, &b.about)
        && a.source.paragraph == b.source.paragraph
}

/// Quotations as one: “neoliberal”, “elites” and “toffs”. Each keeps what one must know of it.
pub(super) fn together(quotations: Vec<Block>) -> Option<Block> {
    if quotations.len() < 2 {
        return quotations.into_iter().next();
    }
    let mut all = Vec::new();
    let mut whose = None;
    for quotation in quotations {
        if let Block::Quotation { words, by, context, source } = quotation {
            whose = whose.or(Some(by));
            all.push((words, context, source));
        }
    }
    let (last, first) = all.split_last()?;
    // Whoever shows a quotation puts it into quotation marks.
    let first_words = first.iter().map(|(words, ..)| words.clone());
    let first_words = first_words.reduce(|rest, next| say!("quote-words-comma", rest = rest, next = next));
    let words = say!("quote-words-and", rest = first_words.unwrap_or_default(), last = &last.0);
    let is_one = first.iter().all(|(_, context, _)| *context == last.1);
    let context = match is_one {
        true => last.1.clone(),
        false => {
            let each = all
                .iter()
                .map(|(words, context, _)| say!("quote-words-context", words = words, context = context));
            each.collect::<Vec<_>>().join(" ")
        }
    };
    let source = Citation::merge(all.iter().map(|(_, _, source)| source))?;
    Some(Block::Quotation { words, by: whose?, context, source })
}
