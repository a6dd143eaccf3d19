//! Finding the thing that was meant, and saying so where nothing was, or several.

use crate::answer::{Answer, AnswerKind, ChoiceKind};
use crate::article::Kind;
use crate::library::{ArticleEntry, Found, Hits, Library, MatchKind, Named, Record};
use crate::say;

use super::super::command::Context;
use super::super::line::write as line;
use super::super::problem::Problem;
use super::super::text::{clean, cut, means_all};

/// The most choices offered for a name that could mean several things.
const MAX_CHOICES: usize = 10;

/// The article that is meant here when nobody names one. One that is gone is not meant.
pub(in crate::commands) async fn article_here(
    context: &Context<'_>,
) -> Result<Option<ArticleEntry>, Problem> {
    match context.world.article_meant(&context.request.places) {
        Some(key) => Ok(context.library()?.article(&key).await?),
        None => Ok(None),
    }
}

/// The article that `--article` means, or else the room: its row, or `None` for all articles.
pub(in crate::commands) async fn article(context: &Context<'_>) -> Result<Option<i64>, Problem> {
    let typed = match context.arg("article") {
        Some(all) if means_all(all) => return Ok(None),
        Some(typed) => typed,
        None => return Ok(article_here(context).await?.map(|article| article.id)),
    };
    let found = context.library()?.find(typed, &[Kind::Article], None, true).await?;
    if let Found::Sure { same, .. } = &found
        && let Some(first) = same.first()
    {
        return Ok(Some(first.article));
    }
    // Whichever is chosen, the question stays.
    let answer = missing(context, typed, Sought::Kind(Kind::Article), found, |named| {
        line::with(context.request, &[("article", &named.key)])
    });
    Err(answer.choice(say!("ask-all-articles"), line::with(context.request, &[("article", "all")])).into())
}

/// The same request with a thing for one of its options, in its article where there are several.
pub(in crate::commands) fn asking_for(context: &Context<'_>, option: &'static str, named: &Named) -> String {
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
pub(in crate::commands) fn label(context: &Context<'_>, named: &Named, most: usize) -> String {
    match has_several_articles(context) && named.kind != Kind::Article {
        true => {
            say!("choice-in-article", title = cut(&named.title, most), article = cut(&named.article_name, 30))
        }
        false => cut(&named.title, most),
    }
}

/// What is looked for by a name.
#[derive(Debug, Clone, Copy)]
pub(in crate::commands) enum Sought {
    /// Something of one kind.
    Kind(Kind),
    /// Anything.
    Item,
}

impl Sought {
    /// What the catalogue calls it: the argument `kind`.
    fn as_str(self) -> &'static str {
        match self {
            Sought::Kind(kind) => kind.word(),
            Sought::Item => "item",
        }
    }
}

/// The answer for a name that means nothing, or nothing for sure; `elsewhere` is what other articles have.
pub(in crate::commands) fn not_found(
    context: &Context<'_>,
    typed: &str,
    what: Sought,
    found: Found,
    elsewhere: Vec<(String, String)>,
    line: impl Fn(&Named) -> String,
) -> Answer {
    let answer = with_choices(missing(context, typed, what, found, line), elsewhere.into_iter());
    let typed = clean(typed);
    // Hyphens alone, for instance, are nothing to search for.
    match typed.contains(char::is_alphanumeric) {
        true => answer
            .choice(say!("choice-search-for", typed = &typed), format!("search {}", line::quoted(&typed))),
        false => answer,
    }
}

fn missing(
    context: &Context<'_>,
    typed: &str,
    what: Sought,
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
        _ if unsure => say!("found-several", typed = typed),
        near => say!("found-none", kind = what.as_str(), typed = typed, near = near),
    };
    // Where things of several kinds go by it, each says what it is.
    let several = near.iter().any(|named| named.kind != near[0].kind);
    let choices = near.iter().map(|named| {
        let label = match several {
            true => say!("choice-of-kind", kind = named.kind.word(), label = label(context, named, 60)),
            false => label(context, named, 70),
        };
        (label, line(named))
    });
    let answer = Answer::other(AnswerKind::NothingFound, title);
    choices
        .take(MAX_CHOICES)
        .fold(answer, |answer, (label, line)| answer.offer(ChoiceKind::Item, label, line))
}

pub(in crate::commands) fn with_choices(
    answer: Answer,
    choices: impl Iterator<Item = (String, String)>,
) -> Answer {
    choices.take(MAX_CHOICES).fold(answer, |answer, (label, line)| answer.choice(label, line))
}

/// Choices for what other articles have, where only one was asked.
pub(in crate::commands) async fn elsewhere(
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
        let (article, title) = (cut(&named.article_name, 40), cut(&named.title, 40));
        (say!("choice-elsewhere", article = article, title = title), line(named))
    };
    Ok(there.iter().map(choice).collect())
}

/// One thing of a kind, found by name or description.
pub(in crate::commands) struct One {
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
pub(in crate::commands) fn finish_all(ones: impl IntoIterator<Item = One>, answer: Answer) -> Answer {
    let (notes, choices): (Vec<_>, Vec<_>) = ones.into_iter().map(|one| (one.note, one.choices)).unzip();
    let notes: Vec<String> = notes.into_iter().flatten().collect();
    let note = (!notes.is_empty()).then(|| notes.join(" "));
    with_choices(Answer { note: note.or(answer.note.clone()), ..answer }, choices.into_iter().flatten())
}

/// Finds the one thing of a kind that a command's option `name` means.
pub(in crate::commands) async fn one(context: &Context<'_>, typed: &str, kind: Kind) -> Result<One, Problem> {
    one_as(context, typed, kind, |named| asking_for(context, "name", named)).await
}

/// Finds one thing of a kind; `line` asks for another.
pub(in crate::commands) async fn one_as(
    context: &Context<'_>,
    typed: &str,
    kind: Kind,
    line: impl Fn(&Named) -> String,
) -> Result<One, Problem> {
    let found = context.library()?.find(typed, &[kind], article_for(context, kind).await?, true).await?;
    settle(context, typed, kind, found, line).await
}

/// The article in which things of a kind are looked for. Articles are in none.
pub(in crate::commands) async fn article_for(
    context: &Context<'_>,
    kind: Kind,
) -> Result<Option<i64>, Problem> {
    if kind == Kind::Article { Ok(None) } else { article(context).await }
}

/// The one thing that was found, or the answer that says why there is none.
pub(in crate::commands) async fn settle(
    context: &Context<'_>,
    typed: &str,
    kind: Kind,
    found: Found,
    line: impl Fn(&Named) -> String,
) -> Result<One, Problem> {
    let library = context.library()?;
    let Found::Sure { same, others, how } = found else {
        let elsewhere = elsewhere(context, typed, &[kind], &line).await?;
        return Err(not_found(context, typed, Sought::Kind(kind), found, elsewhere, line).into());
    };
    let ids: Vec<i64> = same.iter().map(|named| named.item).collect();
    let Some(record) = library.records(&ids[..ids.len().min(1)]).await?.into_iter().next() else {
        return Err(
            not_found(context, typed, Sought::Kind(kind), Found::Nothing, vec![], |_| String::new()).into()
        );
    };
    let elsewhere = same
        .iter()
        .skip(1)
        .take(MAX_CHOICES)
        .map(|named| (say!("choice-in", article = cut(&named.article_name, 60)), line(named)));
    let choices = elsewhere.chain(instead(context, &others, &line)).collect();
    Ok(One { note: note(typed, &how), same: ids, choices, record })
}

/// The article that goes by a name, where nothing else of an option's kinds does: by all of the name, or by two words.
pub(in crate::commands) async fn article_by_name(
    context: &Context<'_>,
    typed: &str,
) -> Result<Option<Named>, Problem> {
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
pub(in crate::commands) fn instead(
    context: &Context<'_>,
    others: &[Named],
    line: impl Fn(&Named) -> String,
) -> Vec<(String, String)> {
    others
        .iter()
        .take(3)
        .map(|it| (say!("choice-instead", label = label(context, it, 60)), line(it)))
        .collect()
}

/// How the question was read, where that must be said.
pub(in crate::commands) fn note(typed: &str, how: &MatchKind) -> Option<String> {
    match how {
        MatchKind::Exact | MatchKind::Words => None,
        MatchKind::Read(name) => Some(say!("read-as-name", typed = clean(typed), name = name)),
        MatchKind::Text => Some(say!("found-by-text", typed = clean(typed))),
    }
}

/// How words of a search were read, where some were not there as they were typed.
pub(in crate::commands) fn readings(hits: &Hits) -> Option<String> {
    let read: Vec<String> =
        hits.read.iter().map(|it| say!("read-as-word", typed = &it.typed, read = &it.read)).collect();
    (!read.is_empty()).then(|| read.join(" "))
}
