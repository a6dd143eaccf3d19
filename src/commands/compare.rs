//! `/compare`: what the article says of two actors, side by side.

use crate::answer::{Answer, Block};
use crate::article::{Item, Kind, Role};
use crate::library::{Found, Record};

use super::show;
use super::{Context, Problem, actor};

/// Words that people put between the two.
const BETWEEN: [&str; 6] = ["and", "with", "vs", "vs.", "versus", "to"];

pub(super) async fn run(context: &Context<'_>) -> Result<Answer, Problem> {
    let library = context.library()?;
    let (first, second) = match split(context).await? {
        Some(pair) => pair,
        None => (
            context.arg("first").unwrap_or_default().into(),
            context.arg("second").unwrap_or_default().into(),
        ),
    };
    // Where one side is not clear, what is offered for it keeps the other side.
    let a = show::one(context, &first, Kind::Actor).await.map_err(|it| keeping(it, &second, true))?;
    let b = show::one(context, &second, Kind::Actor)
        .await
        .map_err(|it| keeping(it, a.record.item.id(), false))?;
    let (a, b) = (&a.record, &b.record);
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

/// The choices for one side of a comparison, with the other side added.
fn keeping(problem: Problem, other: &str, is_first: bool) -> Problem {
    let Problem::Instead(mut answer) = problem else { return problem };
    let other = show::quoted_word(other);
    for choice in &mut answer.choices {
        if let Some(id) = choice.line.strip_prefix("compare ") {
            choice.line =
                if is_first { format!("compare {id} {other}") } else { format!("compare {other} {id}") };
        }
    }
    Problem::Instead(answer)
}

/// Where unquoted words part into two names: at a word like "and", or else where both sides are names.
async fn split(context: &Context<'_>) -> Result<Option<(String, String)>, Problem> {
    let library = context.library()?;
    let (first, second) =
        (context.arg("first").unwrap_or_default(), context.arg("second").unwrap_or_default());
    // `compare Trudeau and AMLO` and `compare "Peña Nieto" vs AMLO`.
    let mut words: Vec<&str> = second.split_whitespace().collect();
    if words.len() > 1 && BETWEEN.contains(&words[0].to_lowercase().as_str()) {
        return Ok(Some((first.into(), words[1..].join(" "))));
    }
    words.insert(0, first.trim_end_matches(','));
    if let Some(at) = words.iter().position(|word| BETWEEN.contains(&word.to_lowercase().as_str()))
        && (1..words.len() - 1).contains(&at)
    {
        return Ok(Some((words[..at].join(" "), words[at + 1..].join(" "))));
    }
    if words.len() > 8 {
        return Ok(None);
    }
    for at in 1..words.len() {
        let (left, right) = (words[..at].join(" "), words[at..].join(" "));
        let mut both = true;
        for side in [&left, &right] {
            let found = library.find_name(side, &[Kind::Actor], None).await?;
            both &= matches!(found, Found::Sure { .. });
        }
        if both {
            return Ok(Some((left, right)));
        }
    }
    Ok(None)
}
