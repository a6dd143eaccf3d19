//! `/compare` of two arguments: what each claims, whose it is, what it rests on, and how they bear on each other.

use crate::answer::{Answer, Citation};
use crate::article::Item;
use crate::library::{Library, Record};

use super::problem::Problem;
use super::{argument, show};

/// Two arguments side by side.
pub(super) async fn compare(library: &Library, a: &Record, b: &Record) -> Result<Answer, Problem> {
    let title = |it: &Record| it.item.title();
    let mut answer = Answer::found(format!("{} and {}", title(a), title(b)));
    for side in [a, b] {
        let Item::Argument(it) = &side.item else { continue };
        let name = called(side, library);
        answer = answer
            .fields([(name.as_str(), it.claim.clone()), ("Whose claim", whose(library, side).await?)])
            .list(format!("Grounds of “{}”", title(side)), argument::grounds(library, side, it).await?);
    }
    let mut bearing = Vec::new();
    for (one, other) in [(a, b), (b, a)] {
        // Ids are of one pack: between articles nothing is said.
        if let Item::Argument(it) = &one.item
            && one.article == other.article
        {
            let bears = [(&it.supports, "supports"), (&it.attacks, "denies"), (&it.undercuts, "undercuts")];
            let words = bears.iter().filter(|(ids, _)| ids.iter().any(|id| id == other.item.id()));
            bearing.extend(words.map(|(_, verb)| format!("“{}” {verb} “{}”.", title(one), title(other))));
        }
    }
    if let (Item::Argument(of_a), Item::Argument(of_b)) = (&a.item, &b.item)
        && a.article == b.article
    {
        let shared: Vec<&str> =
            of_a.grounds.iter().filter(|id| of_b.grounds.contains(id)).map(String::as_str).collect();
        let shared = library.by_keys(a.article, &shared).await?;
        answer = answer.list(
            "Grounds of both",
            shared.iter().map(|it| show::entry(it.item.kind().word(), it, library)).collect(),
        );
    }
    answer = match bearing.is_empty() {
        true => answer.paragraph("Nothing is said of how the two bear on each other."),
        false => answer.paragraph(bearing.join(" ")),
    };
    let own = [show::source(a, library), show::source(b, library)];
    let lists = show::sources(&answer.blocks);
    Ok(answer
        .source(Citation::merge(own.iter().chain(lists.as_ref())))
        .choice(format!("All on “{}”", show::cut(&title(a), 60)), show::more(a, library))
        .choice(format!("All on “{}”", show::cut(&title(b), 60)), show::more(b, library)))
}

/// What an argument is called beside another.
fn called(record: &Record, library: &Library) -> String {
    match library.has_several_articles() {
        true => format!("{}, {}", record.item.title(), record.article_name),
        false => record.item.title(),
    }
}

/// Whose claim an argument is.
async fn whose(library: &Library, record: &Record) -> Result<String, Problem> {
    let Item::Argument(it) = &record.item else { return Ok(String::new()) };
    if let Some(id) = &it.claimed_by {
        let actor = library.by_keys(record.article, &[id]).await?;
        let name = actor.first().map_or_else(|| id.clone(), |it| it.item.title());
        return Ok(format!("{name}, as reported by {}", show::author(record).introduced()));
    }
    if it.by == crate::article::pack::Provenance::Editor {
        return Ok("added by the editor".into());
    }
    Ok(show::author(record).introduced())
}
