//! `/compare`: what is said of two actors, two articles or two arguments, side by side.

use crate::answer::{Answer, AnswerKind, Citation, Entry};
use crate::article::{Item, Kind, LinkKind};
use crate::library::{Found, Library, MatchKind, Named, Record};
use crate::say;

use super::command::{Command, Context};
use super::compare_arguments;
use super::compare_articles;
use super::line::write as line;
use super::options::{ARTICLE, COMPARED, Suggest, words};
use super::problem::Problem;
use super::several;
use super::show;
use show::One;

pub(super) const COMMAND: Command = Command::new("compare", |context| Box::pin(run(context)))
    .options(&[
        words("first", "option-compare-first", true, Suggest::Names(&COMPARED)),
        words("second", "option-compare-second", true, Suggest::Names(&COMPARED)),
        ARTICLE,
    ])
    .examples(&["compare Trudeau AMLO", "compare \"Peña Nieto\" and Calderón"]);

/// How many facts of each are shown.
const LINES: usize = 6;

/// What can be compared, what is likelier meant first.
const KINDS: [Kind; 3] = [Kind::Actor, Kind::Article, Kind::Argument];

/// Words that people put between the two.
const BETWEEN: [&str; 9] = ["and", "with", "vs", "vs.", "versus", "to", "y", "con", "contra"];

/// The most words that are tried at every place between them.
const MAX_WORDS: usize = 12;

pub(super) async fn run(context: &Context<'_>) -> Result<Answer, Problem> {
    let library = context.library()?;
    let (first, second, kind) = split(context).await?;
    let here = show::article_for(context, kind).await?;
    // An article's id in the handle, since `--article` would be for both sides.
    let handle = |named: &Named| match kind {
        Kind::Article => named.handle.clone(),
        _ => library.handle(&named.article_key, &named.key),
    };
    // Whichever side is chosen again, the other stays.
    let side = |option: &'static str, named: &Named, other: (&'static str, &str)| {
        let mut changes = vec![(option, handle(named)), (other.0, other.1.to_string())];
        if here.is_some_and(|here| here != named.article) {
            changes.push(("article", "all".to_string()));
        }
        let changes: Vec<_> = changes.iter().map(|(option, value)| (*option, value.as_str())).collect();
        line::with(context.request, &changes)
    };
    let a = show::one_as(context, &first, kind, |it| side("first", it, ("second", &second))).await?;
    let kept = if library.has_several_articles() { first.clone() } else { a.record.handle.clone() };
    let b = show::one_as(context, &second, kind, |it| side("second", it, ("first", &kept))).await?;
    if a.same.contains(&b.record.id) {
        return Ok(Answer::other(
            AnswerKind::WrongUsage,
            say!("compare-same", title = a.record.item.title(), kind = kind.word()),
        ));
    }
    let answer = match kind {
        Kind::Article => compare_articles::compare(library, &a.record, &b.record).await?,
        Kind::Argument => compare_arguments::compare(library, &a.record, &b.record).await?,
        _ => actors(library, &a, &b).await?,
    };
    Ok(show::finish_all([a, b], answer))
}

async fn actors(library: &Library, one: &One, other: &One) -> Result<Answer, Problem> {
    let (a, b) = (&one.record, &other.record);
    let mut answer = Answer::found(say!("compare-title", first = a.item.title(), second = b.item.title()));
    let mut own = Vec::new();
    for side in [one, other] {
        let records = library.records(&side.same).await?;
        let several = records.len() > 1;
        for record in &records {
            let Item::Actor(it) = &record.item else { continue };
            let name = if several {
                say!("compare-in-article", name = &it.name, article = &record.article_name)
            } else {
                it.name.clone()
            };
            answer =
                answer.fields([(name, it.summary.clone()), (say!("actor-roles"), show::actor_roles(it))]);
        }
        let facts = library.linked(&side.same, LinkKind::About, Kind::Fact).await?;
        let entries = show::entries(library, &facts, LINES).await?;
        answer = answer.list(say!("compare-recorded", name = side.record.item.title()), entries);
        own.extend(records.iter().map(|record| show::source(record, library)));
    }
    // What starts from one and goes to the other.
    let mut between = Vec::new();
    for (from, to) in [(one, other), (other, one)] {
        let of = library.linked(&from.same, LinkKind::By, Kind::Relation).await?;
        let with = library.linked(&to.same, LinkKind::About, Kind::Relation).await?;
        between.extend(of.into_iter().filter(|relation| with.contains(relation)));
    }
    between.sort_unstable();
    let between = library.records(&between).await?;
    let mut together = library.linked(&one.same, LinkKind::About, Kind::Event).await?;
    let others = library.linked(&other.same, LinkKind::About, Kind::Event).await?;
    together.retain(|event| others.contains(event));
    let together = library.records(&together).await?;
    let relations: Vec<Entry> = between.iter().map(|it| show::entry("", it, library)).collect();
    let is_nothing_between = relations.is_empty();
    let dated = |it: &Record| show::entry(show::when(&it.item).unwrap_or_default(), it, library);
    answer = answer
        .list(say!("compare-between"), relations)
        .list(say!("compare-both-in"), together.iter().map(dated).collect());
    let lists = show::sources(&answer.blocks);
    answer.source = Citation::merge(own.iter().chain(lists.as_ref()));
    if is_nothing_between {
        answer = answer.paragraph(say!("compare-nothing-between"));
    }
    Ok(answer
        .choice(say!("compare-all-on", name = a.item.title()), all_on(one, library))
        .choice(say!("compare-all-on", name = b.item.title()), all_on(other, library)))
}

/// The line that asks for all on one side, in every article that was compared.
fn all_on(side: &One, library: &Library) -> String {
    match side.same.len() {
        1 => show::more(&side.record, library),
        _ => several::asking("actor", &side.record.item.title()),
    }
}

/// Where the words part into two names, and of what kind these are: at a word like "and", or anywhere, where both sides are names.
async fn split(context: &Context<'_>) -> Result<(String, String, Kind), Problem> {
    let (first, second) =
        (context.arg("first").unwrap_or_default(), context.arg("second").unwrap_or_default());
    let is_between = |word: &str| BETWEEN.contains(&word.to_lowercase().as_str());
    let mut words: Vec<&str> = second.split_whitespace().collect();
    // `compare "Peña Nieto" vs AMLO`: the first is as it was quoted.
    let quoted = first.contains(char::is_whitespace);
    words.insert(0, first.trim_end_matches(','));
    let mut parts: Vec<(String, String)> = (1..words.len().saturating_sub(1))
        .filter(|at| is_between(words[*at]) && (*at == 1 || !quoted))
        .map(|at| (words[..at].join(" "), words[at + 1..].join(" ")))
        .collect();
    let at_a_word = parts.first().cloned();
    if words.len() <= MAX_WORDS && !quoted {
        parts.extend((1..words.len()).map(|at| (words[..at].join(" "), words[at..].join(" "))));
    }
    if let Some(best) = names(context, &parts).await? {
        return Ok(best);
    }
    let (first, second) = at_a_word.unwrap_or_else(|| (first.into(), second.into()));
    for (left, right) in parts.iter().chain([&(first.clone(), second.clone())]) {
        if let Some(different) = different(context, left, right).await? {
            return Err(different.into());
        }
    }
    Ok((first, second, Kind::Actor))
}

/// The first of the pairs whose sides are both names of one kind, rather than merely read as some.
async fn names(
    context: &Context<'_>,
    pairs: &[(String, String)],
) -> Result<Option<(String, String, Kind)>, Problem> {
    let library = context.library()?;
    let mut read = None;
    for kind in KINDS {
        let article = show::article_for(context, kind).await?;
        for (left, right) in pairs {
            let mut both = Some(true);
            for side in [left, right] {
                let Found::Sure { how, .. } = library.find_name(side, &[kind], article).await? else {
                    both = None;
                    break;
                };
                both = both.map(|plain| plain && matches!(how, MatchKind::Exact | MatchKind::Words));
            }
            match both {
                Some(true) => return Ok(Some((left.clone(), right.clone(), kind))),
                Some(false) => read = read.or_else(|| Some((left.clone(), right.clone(), kind))),
                None => {}
            }
        }
    }
    Ok(read)
}

/// The answer where both are something, but not two of one kind.
async fn different(context: &Context<'_>, first: &str, second: &str) -> Result<Option<Answer>, Problem> {
    let library = context.library()?;
    let article = show::article(context).await?;
    let mut said = Vec::new();
    for side in [first, second] {
        let Found::Sure { same, .. } = library.find_name(side, &KINDS, article).await? else {
            return Ok(None);
        };
        let Some(named) = same.first() else { return Ok(None) };
        said.push((named.kind, named.title.clone()));
    }
    Ok(match said.as_slice() {
        [(a, first), (b, second)] if a != b => {
            let (kind, other) = (a.word(), b.word());
            let title = say!("compare-different", first = first, kind = kind, second = second, other = other);
            Some(Answer::other(AnswerKind::WrongUsage, title))
        }
        _ => None,
    })
}
