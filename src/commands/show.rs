//! What several commands share: finding the thing that was meant, and showing items with their
//! sources.

use std::collections::HashMap;

use crate::answer::{Answer, AnswerKind, Block, ChoiceKind, Citation, Entry, Known};
use crate::article::pack::{ClaimStatus, Provenance, Quote, QuoteKind};
use crate::article::{Item, Kind};
use crate::library::{Found, Hits, Library, MatchKind, Named, Record};

use super::{Context, Problem, line, room};

pub(super) use super::text::{clean, count, cut};

/// The most choices offered for a name that could mean several things.
const MAX_CHOICES: usize = 10;

/// The article that `--article` means, or else the room: its row, or `None` for all articles.
pub(super) async fn article(context: &Context<'_>) -> Result<Option<i64>, Problem> {
    let typed = match context.arg("article") {
        Some(all) if all.eq_ignore_ascii_case("all") => return Ok(None),
        Some(typed) => typed,
        None => return Ok(room::article_here(context).await?.map(|article| article.id)),
    };
    let found = context.library()?.find(typed, &[Kind::Article], None, true).await?;
    if let Found::Sure { same, .. } = &found
        && let Some(first) = same.first()
    {
        return Ok(Some(first.article));
    }
    // Whichever is chosen, the question stays.
    let answer = missing(context, typed, "article", found, |named| {
        line::with(context.request, &[("article", &named.key)])
    });
    Err(answer.choice("Ask all articles", line::with(context.request, &[("article", "all")])).into())
}

/// The same request with a thing for one of its options, in its article where there are several.
pub(super) fn asking_for(context: &Context<'_>, option: &'static str, named: &Named) -> String {
    // What is asked for with one of these may be of any kind.
    let handle = match context.request.command.name {
        "search" | "source" => &named.any_handle,
        _ => &named.handle,
    };
    let mut changes = vec![(option, handle.as_str())];
    if has_several_articles(context) && named.kind != Kind::Article {
        changes.push(("article", &named.article_key));
    }
    line::with(context.request, &changes)
}

fn has_several_articles(context: &Context<'_>) -> bool {
    context.library().is_ok_and(Library::has_several_articles)
}

/// What to call a thing in a choice: with its article where there are several.
pub(super) fn label(context: &Context<'_>, named: &Named, most: usize) -> String {
    match has_several_articles(context) && named.kind != Kind::Article {
        true => format!("{} (in {})", cut(&named.title, most), cut(&named.article_name, 30)),
        false => cut(&named.title, most),
    }
}

/// The answer for a name that means nothing, or nothing for sure; `elsewhere` is what other articles have.
pub(super) fn not_found(
    context: &Context<'_>,
    typed: &str,
    what: &str,
    found: Found,
    elsewhere: Vec<(String, String)>,
    line: impl Fn(&Named) -> String,
) -> Answer {
    let answer = with_choices(missing(context, typed, what, found, line), elsewhere.into_iter());
    let typed = clean(typed);
    // Hyphens alone, for instance, are nothing to search for.
    match typed.contains(char::is_alphanumeric) {
        true => answer.choice(format!("Search for “{typed}”"), format!("search {}", line::quoted(&typed))),
        false => answer,
    }
}

fn missing(
    context: &Context<'_>,
    typed: &str,
    what: &str,
    found: Found,
    line: impl Fn(&Named) -> String,
) -> Answer {
    let typed = clean(typed);
    let unsure = matches!(found, Found::Unsure(_));
    let near = match found {
        Found::Unsure(near) | Found::Near(near) => near,
        Found::Sure { same, others, .. } => [same, others].concat(),
        Found::Nothing => vec![],
    };
    let title = match near.len() {
        0 => format!("No {what} goes by “{typed}”."),
        _ if unsure => format!("“{typed}” could mean several things. Which?"),
        1 => format!("No {what} goes by “{typed}”. This is near:"),
        _ => format!("No {what} goes by “{typed}”. These are near:"),
    };
    // Where things of several kinds go by it, each says what it is.
    let several = near.iter().any(|named| named.kind != near[0].kind);
    let choices = near.iter().map(|named| {
        let label = match several {
            true => format!("{}: {}", named.kind.word(), label(context, named, 60)),
            false => label(context, named, 70),
        };
        (label, line(named))
    });
    let answer = Answer::other(AnswerKind::NothingFound, title);
    choices
        .take(MAX_CHOICES)
        .fold(answer, |answer, (label, line)| answer.offer(ChoiceKind::Item, label, line))
}

pub(super) fn with_choices(answer: Answer, choices: impl Iterator<Item = (String, String)>) -> Answer {
    choices.take(MAX_CHOICES).fold(answer, |answer, (label, line)| answer.choice(label, line))
}

/// Choices for what other articles have, where only one was asked.
pub(super) async fn elsewhere(
    context: &Context<'_>,
    typed: &str,
    kinds: &[Kind],
    line: impl Fn(&Named) -> String,
) -> Result<Vec<(String, String)>, Problem> {
    let library = context.library()?;
    if !library.has_several_articles() || article(context).await?.is_none() {
        return Ok(vec![]);
    }
    let there = match library.find_name(typed, kinds, None).await? {
        Found::Sure { same, .. } | Found::Unsure(same) => same,
        Found::Near(_) | Found::Nothing => vec![],
    };
    let choice = |named: &Named| {
        (format!("In {}: {}", cut(&named.article_name, 40), cut(&named.title, 40)), line(named))
    };
    Ok(there.iter().map(choice).collect())
}

/// One thing of a kind, found by name or description.
pub(super) struct One {
    pub record: Record,
    /// The rows of the same thing in all articles that have it.
    pub same: Vec<i64>,
    note: Option<String>,
    choices: Vec<(String, String)>,
}

impl One {
    /// Tells how the thing was found, and offers what else could have been meant.
    pub fn finish(self, answer: Answer) -> Answer {
        finish_all([self], answer)
    }
}

/// The same for several things that one answer is about.
pub(super) fn finish_all(ones: impl IntoIterator<Item = One>, answer: Answer) -> Answer {
    let (notes, choices): (Vec<_>, Vec<_>) = ones.into_iter().map(|one| (one.note, one.choices)).unzip();
    let notes: Vec<String> = notes.into_iter().flatten().collect();
    let note = (!notes.is_empty()).then(|| notes.join(" "));
    with_choices(Answer { note: note.or(answer.note.clone()), ..answer }, choices.into_iter().flatten())
}

/// Finds the one thing of a kind that a command's option `name` means.
pub(super) async fn one(context: &Context<'_>, typed: &str, kind: Kind) -> Result<One, Problem> {
    one_as(context, typed, kind, |named| asking_for(context, "name", named)).await
}

/// Finds one thing of a kind; `line` asks for another.
pub(super) async fn one_as(
    context: &Context<'_>,
    typed: &str,
    kind: Kind,
    line: impl Fn(&Named) -> String,
) -> Result<One, Problem> {
    let found = context.library()?.find(typed, &[kind], article_for(context, kind).await?, true).await?;
    settle(context, typed, kind, found, line).await
}

/// The article in which things of a kind are looked for. Articles are in none.
pub(super) async fn article_for(context: &Context<'_>, kind: Kind) -> Result<Option<i64>, Problem> {
    if kind == Kind::Article { Ok(None) } else { article(context).await }
}

/// The one thing that was found, or the answer that says why there is none.
pub(super) async fn settle(
    context: &Context<'_>,
    typed: &str,
    kind: Kind,
    found: Found,
    line: impl Fn(&Named) -> String,
) -> Result<One, Problem> {
    let library = context.library()?;
    let Found::Sure { same, others, how } = found else {
        let elsewhere = elsewhere(context, typed, &[kind], &line).await?;
        return Err(not_found(context, typed, kind.word(), found, elsewhere, line).into());
    };
    let ids: Vec<i64> = same.iter().map(|named| named.item).collect();
    let Some(record) = library.records(&ids[..ids.len().min(1)]).await?.into_iter().next() else {
        return Err(not_found(context, typed, kind.word(), Found::Nothing, vec![], |_| String::new()).into());
    };
    let elsewhere = same
        .iter()
        .skip(1)
        .take(MAX_CHOICES)
        .map(|named| (format!("In {}", cut(&named.article_name, 60)), line(named)));
    let choices = elsewhere.chain(instead(context, &others, &line)).collect();
    Ok(One { note: note(typed, &how), same: ids, choices, record })
}

/// The article that goes by a name, where nothing else of an option's kinds does: by all of the name, or by two words.
pub(super) async fn article_by_name(context: &Context<'_>, typed: &str) -> Result<Option<Named>, Problem> {
    if context.arg("article").is_some() {
        return Ok(None);
    }
    let found = context.library()?.find_whole_name(typed, &[Kind::Article], None).await?;
    Ok(match found {
        Found::Sure { same, how: MatchKind::Exact, .. } => same.into_iter().next(),
        Found::Sure { same, how: MatchKind::Words, .. } if typed.split_whitespace().count() > 1 => {
            same.into_iter().next()
        }
        _ => None,
    })
}

/// Choices for the less likely things.
pub(super) fn instead(
    context: &Context<'_>,
    others: &[Named],
    line: impl Fn(&Named) -> String,
) -> Vec<(String, String)> {
    others.iter().take(3).map(|it| (format!("Instead: {}", label(context, it, 60)), line(it))).collect()
}

/// How the question was read, where that must be said.
pub(super) fn note(typed: &str, how: &MatchKind) -> Option<String> {
    match how {
        MatchKind::Exact | MatchKind::Words => None,
        MatchKind::Read(name) => Some(format!("Read “{}” as {name}.", clean(typed))),
        MatchKind::Text => Some(format!("Found by what the article says, not by name: “{}”.", clean(typed))),
    }
}

/// How words of a search were read, where some were not there as they were typed.
pub(super) fn readings(hits: &Hits) -> Option<String> {
    let read: Vec<String> =
        hits.read.iter().map(|it| format!("Read “{}” as “{}”.", it.typed, it.read)).collect();
    (!read.is_empty()).then(|| read.join(" "))
}

/// Where an item stands and how it is known.
pub(super) fn source(record: &Record, library: &Library) -> Citation {
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
        article: library.has_several_articles().then(|| record.article_name.clone()),
        paragraphs: record.item.source().map(|source| source.paragraph).into_iter().collect(),
        section: record.section.clone(),
        known: vec![known],
    }
}

/// The command that tells more of an item.
pub(super) fn more(record: &Record, library: &Library) -> String {
    let command = match record.item.kind() {
        Kind::Fact | Kind::Relation => "source",
        kind => kind.word(),
    };
    let handle = if command == "source" { &record.any_handle } else { &record.handle };
    let mut line = format!("{command} {handle}");
    if library.has_several_articles() && record.item.kind() != Kind::Article {
        line.push_str(&format!(" --article {}", record.article_key));
    }
    line
}

/// The command that tells where an item stands.
pub(super) fn where_line(record: &Record, library: &Library) -> String {
    let mut line = format!("source {}", record.any_handle);
    if library.has_several_articles() {
        line.push_str(&format!(" --article {}", record.article_key));
    }
    line
}

/// The date of an item, for a line that says beside it how the item is known.
pub(super) fn when(item: &Item) -> Option<String> {
    item.when()?.said_within(item.by())
}

/// A line of a list for an item.
pub(super) fn entry(lead: impl Into<String>, record: &Record, library: &Library) -> Entry {
    Entry {
        lead: lead.into(),
        text: record.item.title(),
        source: Some(source(record, library)),
        line: Some(more(record, library)),
    }
}

/// The names of the actors that the records speak of, by article and id.
pub(super) async fn actor_names(
    library: &Library,
    records: &[Record],
) -> Result<HashMap<(i64, String), String>, Problem> {
    let mut wanted: HashMap<i64, Vec<String>> = HashMap::new();
    for record in records {
        let links = record.item.links();
        wanted.entry(record.article).or_default().extend(links.iter().map(|(_, id)| id.to_string()));
    }
    let mut names = HashMap::new();
    for (article, mut ids) in wanted {
        ids.sort();
        ids.dedup();
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        for record in library.by_keys(article, &ids).await? {
            names.insert((article, record.item.id().to_string()), record.item.title());
        }
    }
    Ok(names)
}

/// A quote with whose words it is.
pub(super) fn quotation(
    record: &Record,
    quote: &Quote,
    names: &HashMap<(i64, String), String>,
    library: &Library,
) -> Block {
    let name = |id: &String| names.get(&(record.article, id.clone())).unwrap_or(id).clone();
    let speaker = quote.speaker.as_ref().map(name).unwrap_or_else(|| "somebody".into());
    let about: Vec<String> = quote.about.iter().map(name).collect();
    let about = if about.is_empty() { String::new() } else { format!(", about {}", about.join(", ")) };
    let by = match quote.kind {
        QuoteKind::Verbatim => format!("{speaker}, verbatim{about}"),
        QuoteKind::Reported => format!("what {speaker} said or thinks, in the author's words"),
        QuoteKind::Phrase => format!("in quotation marks in the article, as nobody's statement{about}"),
        QuoteKind::Author => format!("the author's own words{about}"),
    };
    Block::Quotation {
        words: quote.words.clone(),
        by,
        context: quote.context.clone(),
        source: source(record, library),
    }
}

/// Quotations for the records that are quotes.
pub(super) async fn quotations(library: &Library, records: &[Record]) -> Result<Vec<Block>, Problem> {
    let names = actor_names(library, records).await?;
    Ok(records
        .iter()
        .filter_map(|record| match &record.item {
            Item::Quote(quote) => Some(quotation(record, quote, &names, library)),
            _ => None,
        })
        .collect())
}

/// All sources of an answer's blocks in one.
pub(super) fn sources(blocks: &[Block]) -> Option<Citation> {
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

/// One page of a list.
pub(super) struct Page<'a, T> {
    pub items: &'a [T],
    pub number: usize,
    pub of: usize,
    /// How many there are before this page.
    pub before: usize,
}

/// Cuts a list into pages of `size`, and gives the one that was asked for.
pub(super) fn page<'a, T>(context: &Context<'_>, all: &'a [T], size: usize) -> Result<Page<'a, T>, Problem> {
    let of = all.len().div_ceil(size).max(1);
    let number = context.page();
    if number > of {
        let answer = Answer::other(
            AnswerKind::NothingFound,
            if of == 1 { "There is only one page.".into() } else { format!("There are only {of} pages.") },
        );
        return Err(answer.choice("The last page", line::with_page(context.request, of)).into());
    }
    let before = (number - 1) * size;
    Ok(Page { items: &all[before..all.len().min(before + size)], number, of, before })
}

impl<T> Page<'_, T> {
    /// A title with the page in it, where there are several.
    pub fn title(&self, title: impl Into<String>) -> String {
        let title = title.into();
        if self.of > 1 { format!("{title} ({} of {})", self.number, self.of) } else { title }
    }

    /// The answer with the choices to turn the page.
    pub fn turn(&self, context: &Context<'_>, mut answer: Answer) -> Answer {
        // The next page first, so that one number leads through all of them.
        if self.number < self.of {
            answer = answer.offer(
                ChoiceKind::Next,
                "Next page",
                line::with_page(context.request, self.number + 1),
            );
        }
        if self.number > 1 {
            answer = answer.offer(
                ChoiceKind::Previous,
                "Previous page",
                line::with_page(context.request, self.number - 1),
            );
        }
        answer
    }
}
