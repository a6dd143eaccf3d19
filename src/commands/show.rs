//! What several commands share: finding the thing that was meant, and showing items with their
//! sources.

use std::collections::HashMap;

use crate::answer::{Answer, AnswerKind, Block, ChoiceKind, Entry, Known, Source};
use crate::article::pack::{Quote, QuoteKind, Standing, Whose};
use crate::article::{Item, Kind};
use crate::library::{Found, How, Library, Named, Record};

pub(super) use super::text::{clean, count, cut};
use super::{Context, Problem, line, room};

/// The most choices offered for a name that could mean several things.
const MAX_CHOICES: usize = 10;

/// A value as it can stand in a command line.
pub(super) fn quoted(value: &str) -> String {
    let value = value.replace(['"', '“', '”', '„'], " ");
    // What begins with a hyphen would be read as an option.
    let value = value.trim_start_matches(|c: char| c == '-' || c.is_whitespace());
    let plain = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.' | ',' | '’' | '\'' | '/');
    if value.chars().all(plain) && !value.contains("--") {
        value.trim().to_string()
    } else {
        format!("\"{}\"", value.trim())
    }
}

/// The article that `--article` means, or else the room: its row, or `None` for all articles.
pub(super) async fn article(context: &Context<'_>) -> Result<Option<i64>, Problem> {
    let typed = match context.arg("article") {
        Some(all) if all.eq_ignore_ascii_case("all") => return Ok(None),
        Some(typed) => typed,
        None => return Ok(room::article_here(context).await?.map(|article| article.id)),
    };
    let found = context.library()?.find(typed, &[Kind::Article], None, true).await?;
    match found {
        Found::Sure { same, .. } => Ok(same.first().map(|named| named.article)),
        other => Err(not_found(typed, "article", other, |named| format!("article {}", named.key)).into()),
    }
}

/// The answer for a name that means nothing, or nothing for sure.
pub(super) fn not_found(typed: &str, what: &str, found: Found, line: impl Fn(&Named) -> String) -> Answer {
    let typed = clean(typed);
    let near = match found {
        Found::Unsure(near) => near,
        Found::Sure { same, others, .. } => [same, others].concat(),
        Found::Nothing => vec![],
    };
    let answer = match near.len() {
        0 => Answer::other(AnswerKind::NothingFound, format!("No {what} goes by “{typed}”.")),
        1 => Answer::other(AnswerKind::NothingFound, format!("No {what} goes by “{typed}”. This is near:")),
        _ => Answer::other(AnswerKind::NothingFound, format!("“{typed}” could mean several things. Which?")),
    };
    // Where things of several kinds go by it, each says what it is.
    let several = near.iter().any(|named| named.kind != near[0].kind);
    let label = |named: &Named| match several {
        true => format!("{}: {}", named.kind.word(), cut(&named.title, 60)),
        false => cut(&named.title, 70),
    };
    let answer = with_choices(answer, near.iter().map(|named| (label(named), line(named))));
    // Hyphens alone, for instance, are nothing to search for.
    match quoted(&typed).as_str() {
        "" => answer,
        words => answer.choice(format!("Search for “{typed}”"), format!("search {words}")),
    }
}

pub(super) fn with_choices(answer: Answer, choices: impl Iterator<Item = (String, String)>) -> Answer {
    choices
        .take(MAX_CHOICES)
        .fold(answer, |answer, (label, line)| answer.offer(ChoiceKind::Item, label, line))
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
        let answer = Answer { note: self.note, ..answer };
        with_choices(answer, self.choices.into_iter())
    }
}

/// Finds one thing of a kind.
pub(super) async fn one(context: &Context<'_>, typed: &str, kind: Kind) -> Result<One, Problem> {
    let library = context.library()?;
    let article = article(context).await?;
    let command = context.request.command.name;
    let found = library.find(typed, &[kind], article, true).await?;
    let Found::Sure { same, others, how } = found else {
        return Err(not_found(typed, kind.word(), found, |named| format!("{command} {}", named.key)).into());
    };
    let note = note(typed, &how);
    let ids: Vec<i64> = same.iter().map(|named| named.item).collect();
    let mut records = library.records(&ids[..ids.len().min(MAX_CHOICES)]).await?.into_iter();
    let Some(record) = records.next() else {
        return Err(not_found(typed, kind.word(), Found::Nothing, |_| String::new()).into());
    };
    let elsewhere = records.map(|record| {
        let line = format!("{command} {} --article {}", record.item.id(), record.article_key);
        (format!("In {}", cut(&record.article_title, 60)), line)
    });
    let others = instead(&others, |named| format!("{command} {}", named.key));
    Ok(One { note, same: ids, choices: elsewhere.chain(others).collect(), record })
}

/// Choices for the less likely things.
pub(super) fn instead(others: &[Named], line: impl Fn(&Named) -> String) -> Vec<(String, String)> {
    others.iter().take(3).map(|it| (format!("Instead: {}", cut(&it.title, 60)), line(it))).collect()
}

/// How the question was read, where that must be said.
pub(super) fn note(typed: &str, how: &How) -> Option<String> {
    match how {
        How::Exact | How::Words => None,
        How::Spelling(name) => Some(format!("Read “{}” as {name}.", clean(typed))),
        How::Text => Some(format!("Found by what the article says, not by name: “{}”.", clean(typed))),
    }
}

/// Where an item stands and how it is known.
pub(super) fn source(record: &Record, library: &Library) -> Source {
    let known = match (&record.item, record.item.by()) {
        (Item::Quote(quote), _) => match quote.kind {
            QuoteKind::Verbatim => Known::Verbatim,
            QuoteKind::Reported => Known::Reported,
            QuoteKind::Phrase => Known::Phrase,
            QuoteKind::Author => Known::AuthorsWords,
        },
        (_, Whose::Editor) => Known::Editor,
        (Item::Argument(argument), _) if argument.claimed_by.is_some() => Known::Reported,
        (Item::Argument(_), _) => Known::AuthorsClaim,
        (Item::Fact(fact), _) if fact.standing == Standing::Judgement => Known::AuthorsClaim,
        _ => Known::AuthorsAccount,
    };
    Source {
        article: library.has_several_articles().then(|| record.article_title.clone()),
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
    let mut line = format!("{command} {}", record.item.id());
    if library.has_several_articles() && record.item.kind() != Kind::Article {
        line.push_str(&format!(" --article {}", record.article_key));
    }
    line
}

/// The command that tells where an item stands.
pub(super) fn where_line(record: &Record, library: &Library) -> String {
    let mut line = format!("source {}", record.item.id());
    if library.has_several_articles() {
        line.push_str(&format!(" --article {}", record.article_key));
    }
    line
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
pub(super) fn sources(blocks: &[Block]) -> Option<Source> {
    let all: Vec<&Source> = blocks
        .iter()
        .flat_map(|block| match block {
            Block::Quotation { source, .. } => vec![source],
            Block::List { entries, .. } => entries.iter().filter_map(|entry| entry.source.as_ref()).collect(),
            _ => vec![],
        })
        .collect();
    Source::merge(all)
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

/// A value as one word of a command line.
pub(super) fn quoted_word(value: &str) -> String {
    let value = quoted(value);
    if value.contains(' ') && !value.starts_with('"') { format!("\"{value}\"") } else { value }
}
