//! `/compare`: what the article says of two actors, side by side.

use crate::answer::{Answer, Block};
use crate::article::{Item, Kind, Role};
use crate::library::{Found, How, Library, Named, Record};

use super::{Context, Problem, actor, line, show};

/// Words that people put between the two.
const BETWEEN: [&str; 9] = ["and", "with", "vs", "vs.", "versus", "to", "y", "con", "contra"];

/// The most words that are tried at every place between them.
const MAX_WORDS: usize = 12;

pub(super) async fn run(context: &Context<'_>) -> Result<Answer, Problem> {
    let library = context.library()?;
    let (first, second) = split(context).await?;
    // Whichever side is chosen anew, the other stays.
    let side = |option: &'static str, named: &Named, other: (&'static str, &str)| {
        let mut changes = vec![(option, named.handle.as_str()), other];
        if library.has_several_articles() {
            changes.push(("article", &named.article_key));
        }
        line::with(context.request, &changes)
    };
    let a = show::one_as(context, &first, Kind::Actor, |it| side("first", it, ("second", &second))).await?;
    let kept = if library.has_several_articles() { first.clone() } else { a.record.handle.clone() };
    let b = show::one_as(context, &second, Kind::Actor, |it| side("second", it, ("first", &kept))).await?;
    let answer = both(library, &a.record, &b.record).await?;
    Ok(show::finish_all([a, b], answer))
}

async fn both(library: &Library, a: &Record, b: &Record) -> Result<Answer, Problem> {
    if a.id == b.id {
        return Ok(Answer::other(
            crate::answer::AnswerKind::WrongUsage,
            format!("Both are {}: name two actors.", a.item.title()),
        ));
    }
    let mut answer = Answer::found(format!("{} and {}", a.item.title(), b.item.title()));
    for side in [a, b] {
        let Item::Actor(it) = &side.item else { continue };
        let facts = library.linked(&[side.id], Role::About, Kind::Fact).await?;
        let entries = actor::lines(library, &facts).await?;
        answer = answer
            .fields([(it.name.as_str(), it.summary.clone()), ("Roles", actor::roles(it))])
            .list(format!("Recorded of {}", it.name), entries);
    }
    let between: Vec<Record> = actor::relations(library, a.id)
        .await?
        .into_iter()
        .filter(|it| {
            let (a, b) = (a.item.id(), b.item.id());
            matches!(&it.item, Item::Relation(it) if [&it.from, &it.to].iter().all(|id| *id == a || *id == b))
        })
        .collect();
    let mut together = library.linked(&[a.id], Role::About, Kind::Event).await?;
    let others = library.linked(&[b.id], Role::About, Kind::Event).await?;
    together.retain(|event| others.contains(event));
    let together = library.records(&together).await?;
    answer =
        answer.list("Between them", between.iter().map(|it| show::entry("", it, library)).collect()).list(
            "Both had a part in",
            together
                .iter()
                .map(|it| show::entry(show::when(&it.item).unwrap_or_default(), it, library))
                .collect(),
        );
    let own = [show::source(a, library), show::source(b, library)];
    let lists = show::sources(&answer.blocks);
    answer.source = crate::answer::Source::merge(own.iter().chain(lists.as_ref()));
    if !answer
        .blocks
        .iter()
        .any(|block| matches!(block, Block::List { title, .. } if title == "Between them"))
    {
        answer = answer.paragraph("Nothing is said that is between these two alone.");
    }
    Ok(answer
        .choice(format!("All on {}", a.item.title()), show::more(a, library))
        .choice(format!("All on {}", b.item.title()), show::more(b, library)))
}

/// Where the words part into two names: at a word like "and", or anywhere, where both sides are names.
async fn split(context: &Context<'_>) -> Result<(String, String), Problem> {
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
    if let Some(best) = names(context, parts).await? {
        return Ok(best);
    }
    Ok(at_a_word.unwrap_or_else(|| (first.into(), second.into())))
}

/// The first of the pairs whose sides are both names, rather than merely read as some.
async fn names(
    context: &Context<'_>,
    pairs: Vec<(String, String)>,
) -> Result<Option<(String, String)>, Problem> {
    let library = context.library()?;
    let article = show::article(context).await?;
    let mut read = None;
    for (left, right) in pairs {
        let mut both = Some(true);
        for side in [&left, &right] {
            let Found::Sure { how, .. } = library.find_name(side, &[Kind::Actor], article).await? else {
                both = None;
                break;
            };
            both = both.map(|plain| plain && matches!(how, How::Exact | How::Words));
        }
        match both {
            Some(true) => return Ok(Some((left, right))),
            Some(false) => read = read.or(Some((left, right))),
            None => {}
        }
    }
    Ok(read)
}
