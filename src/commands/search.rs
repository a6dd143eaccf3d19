//! `/search`: everything that speaks of something.

use crate::answer::{Answer, AnswerKind, ChoiceKind, Entry};
use crate::article::fold::fold;
use crate::article::{Item, Kind};
use crate::library::{Hits, Library, MAX_LIST_ROWS, Reading, Record};
use crate::locale;
use crate::say;

use super::command::{Command, Context};
use super::line::write as line;
use super::options::{ARTICLE, ITEMS, PAGE, Suggest, words};
use super::problem::Problem;
use super::show::{self, clean};

pub(super) const COMMAND: Command = Command::new("search", |context| Box::pin(run(context)))
    .options(&[words("words", "option-search-words", true, Suggest::Names(&ITEMS)), ARTICLE, PAGE])
    .examples(&["search stolen election", "search why does AMLO distrust Democrats"])
    .on_message();

const PAGE_SIZE: usize = 8;

/// How many words the end of one place and the beginning of another must have in common to be one place.
const OVERLAP: usize = 3;

/// The most words that are named as missing.
const NAMED: usize = 4;

/// The most other readings that are offered.
const OFFERS: usize = 3;

async fn run(context: &Context<'_>) -> Result<Answer, Problem> {
    let library = context.library()?;
    let article = show::article(context).await?;
    let typed = context.arg("words").unwrap_or_default();
    // A line of ours can ask for what speaks of one thing, by whatever name.
    let (hits, on) = match library.speaking_of(typed, &ITEMS, article).await? {
        Some((title, hits)) => (hits, title),
        None => (library.search(typed, &ITEMS, article).await?, typed.to_string()),
    };
    let offers = offers(context, typed, &hits);
    if hits.items.is_empty() {
        return nothing(context, typed, &on, article, offers).await;
    }
    let page = show::page(context, &hits.items, PAGE_SIZE)?;
    let records = library.records(page.items).await?;
    let mut answer = if hits.complete {
        let title = match hits.missing.is_empty() {
            true => say!("search-on", words = clean(&on)),
            false => {
                let only = clean(&only(&on, &hits.found));
                say!("search-on-some", words = only, missing = missing(&hits), number = unnamed(&hits))
            }
        };
        Answer::found(page.title(title))
    } else {
        Answer::other(AnswerKind::NothingFound, page.title(say!("search-some", words = clean(&on))))
    };
    let mut places = places(&records).into_iter();
    let best = if page.number == 1 { places.next() } else { None };
    let best = best.as_deref().and_then(<[&Record]>::split_first);
    let mut entries = Vec::new();
    if let Some((first, rest)) = best {
        answer.blocks = show::stated(library, first);
        entries.extend(at_one_place(rest, library));
    }
    entries.extend(places.filter_map(|place| at_one_place(&place, library)));
    answer = answer.list(if best.is_some() { say!("search-also") } else { String::new() }, entries);
    let is_missing = !hits.complete && !hits.missing.is_empty();
    let without =
        is_missing.then(|| say!("search-missing", missing = missing(&hits), number = unnamed(&hits)));
    let notes: Vec<String> = [without, show::readings(&hits)].into_iter().flatten().collect();
    answer.note = (!notes.is_empty()).then(|| notes.join(" "));
    if hits.cut {
        answer = answer.paragraph(say!("search-common"));
    } else if i64::try_from(hits.items.len()).is_ok_and(|found| found >= MAX_LIST_ROWS) {
        answer = answer.paragraph(say!("search-many", number = MAX_LIST_ROWS));
    }
    answer.source = show::sources(&answer.blocks);
    answer = page.turn(context, answer);
    // Every other sort has a line that leads to more.
    if let Some((quote, _)) = best.filter(|(first, _)| first.item.kind() == Kind::Quote) {
        answer = answer.offer(ChoiceKind::Source, say!("where-in-text"), show::where_line(quote, library));
    }
    Ok(show::with_choices(answer, offers.into_iter()))
}

/// The answer where nothing speaks of what was typed.
async fn nothing(
    context: &Context<'_>,
    typed: &str,
    on: &str,
    article: Option<i64>,
    offers: Vec<(String, String)>,
) -> Result<Answer, Problem> {
    let library = context.library()?;
    let title = say!("search-nothing", words = clean(on));
    let answer = Answer::other(AnswerKind::NothingFound, title);
    let answer = show::with_choices(answer, offers.into_iter());
    let answer = match article {
        Some(_)
            if library.has_several_articles()
                && !library.search(typed, &ITEMS, None).await?.items.is_empty() =>
        {
            answer.choice(say!("search-all-articles"), line::with(context.request, &[("article", "all")]))
        }
        _ => answer,
    };
    Ok(answer.paragraph(say!("search-try-other")).choice(say!("choice-topics"), "topic"))
}

/// The records by what they say of one place in the text, in the order of the best of each.
fn places(records: &[Record]) -> Vec<Vec<&Record>> {
    let mut places: Vec<Vec<&Record>> = Vec::new();
    for record in records {
        // Of a paragraph's many items those go together that go with the best of them.
        let best =
            |place: &&mut Vec<&Record>| place.first().is_some_and(|best| are_at_one_place(record, best));
        match places.iter_mut().find(best) {
            Some(place) => place.push(record),
            None => places.push(vec![record]),
        }
    }
    places
}

/// Whether two items are of one paragraph and rest on the same words, or are a quote and the argument that rests on it.
fn are_at_one_place(a: &Record, b: &Record) -> bool {
    let (Some(at), Some(other)) = (a.item.source(), b.item.source()) else { return false };
    if a.article != b.article || at.paragraph != other.paragraph {
        return false;
    }
    let rests = |argument: &Record, quote: &Record| match (&argument.item, &quote.item) {
        (Item::Argument(argument), Item::Quote(quote)) => argument.grounds.contains(&quote.id),
        _ => false,
    };
    let [words, others] = [a, b].map(|record| fold(record.item.words_of_place()));
    rests(a, b) || rests(b, a) || overlap(&words, &others)
}

/// Whether folded words are among others, or their end is the others' beginning.
fn overlap(a: &str, b: &str) -> bool {
    let [a, b] = [a, b].map(|words| words.split(' ').collect::<Vec<_>>());
    let joins = |a: &[&str], b: &[&str]| (OVERLAP..a.len().min(b.len())).any(|n| a.ends_with(&b[..n]));
    let holds = |a: &[&str], b: &[&str]| a.windows(b.len()).any(|part| part == b);
    holds(&a, &b) || holds(&b, &a) || joins(&a, &b) || joins(&b, &a)
}

/// A line for what is said of one place in the text; it leads to an argument, which tells of the rest, or else to
/// the best of them.
fn at_one_place(records: &[&Record], library: &Library) -> Option<Entry> {
    let first = records.first()?;
    let entry = |record: &Record| show::dated_entry(&show::kind_word(record.item.kind()), record, library);
    let entries: Vec<Entry> = records.iter().map(|record| entry(record)).collect();
    let lead = entries.first()?.lead.clone();
    let texts = entries.iter().enumerate().map(|(at, entry)| match at {
        0 => entry.text.clone(),
        _ => say!("ask-headline", lead = &entry.lead, text = &entry.text),
    });
    let leads_to = records.iter().find(|record| record.item.kind() == Kind::Argument).unwrap_or(first);
    Some(Entry { lead, text: texts.collect::<Vec<_>>().join(" – "), ..entry(leads_to) })
}

/// The words that nothing speaks of, the first few of them.
fn missing(hits: &Hits) -> String {
    let shown: Vec<String> =
        hits.missing.iter().take(NAMED).map(|word| say!("quoted", words = word)).collect();
    match unnamed(hits) {
        0 => locale::or(&shown),
        _ => shown
            .into_iter()
            .reduce(|rest, next| say!("list-comma", rest = rest, next = next))
            .unwrap_or_default(),
    }
}

/// How many more there are.
fn unnamed(hits: &Hits) -> usize {
    hits.missing.len().saturating_sub(NAMED)
}

/// Those of the words typed that something was found for.
fn only(typed: &str, found: &[String]) -> String {
    let is_found = |word: &&str| fold(word).split(' ').any(|part| found.iter().any(|found| found == part));
    typed.split_whitespace().filter(is_found).collect::<Vec<_>>().join(" ")
}

/// The same search with a word read as another, for those that were not read so.
fn offers(context: &Context<'_>, typed: &str, hits: &Hits) -> Vec<(String, String)> {
    let offer = |near: &Reading| {
        let replaced =
            |word: &str| if fold(word) == near.typed { near.read.clone() } else { word.to_string() };
        let words = typed.split_whitespace().map(replaced).collect::<Vec<_>>().join(" ");
        (say!("did-you-mean", word = &near.read), line::with(context.request, &[("words", &words)]))
    };
    hits.near.iter().take(OFFERS).map(offer).collect()
}
