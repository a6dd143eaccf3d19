//! `/compare` of two arguments: what each claims, whose it is, what it rests on, and how they bear on each other.

use crate::answer::{Answer, Citation};
use crate::article::Item;
use crate::library::{Library, Record};
use crate::say;

use super::problem::Problem;
use super::{argument, show};

/// Two arguments side by side.
pub(super) async fn compare(library: &Library, a: &Record, b: &Record) -> Result<Answer, Problem> {
    let title = |it: &Record| it.item.title();
    let mut answer = Answer::found(say!("compare-title", first = title(a), second = title(b)));
    for side in [a, b] {
        let Item::Argument(it) = &side.item else { continue };
        let name = called(side, library);
        answer = answer
            .fields([(name, it.claim.clone()), (say!("argument-whose-claim"), whose(library, side).await?)])
            .list(say!("compare-grounds", title = title(side)), argument::grounds(library, side, it).await?);
    }
    let mut bearing = Vec::new();
    for (one, other) in [(a, b), (b, a)] {
        // Ids are of one pack: between articles nothing is said.
        if let Item::Argument(it) = &one.item
            && one.article == other.article
        {
            let bears = [(&it.supports, "supports"), (&it.attacks, "denies"), (&it.undercuts, "undercuts")];
            let bears = bears.iter().filter(|(ids, _)| ids.iter().any(|id| id == other.item.id()));
            bearing.extend(bears.map(|(_, how)| {
                say!("compare-bears", first = title(one), how = *how, second = title(other))
            }));
        }
    }
    if let (Item::Argument(of_a), Item::Argument(of_b)) = (&a.item, &b.item)
        && a.article == b.article
    {
        let shared: Vec<&str> =
            of_a.grounds.iter().filter(|id| of_b.grounds.contains(id)).map(String::as_str).collect();
        let shared = library.by_keys(a.article, &shared).await?;
        answer = answer.list(
            say!("compare-grounds-both"),
            shared.iter().map(|it| show::entry(show::kind_word(it.item.kind()), it, library)).collect(),
        );
    }
    answer = match bearing.is_empty() {
        true => answer.paragraph(say!("compare-bears-nothing")),
        false => answer.paragraph(bearing.join(" ")),
    };
    let own = [show::source(a, library), show::source(b, library)];
    let lists = show::sources(&answer.blocks);
    Ok(answer
        .source(Citation::merge(own.iter().chain(lists.as_ref())))
        .choice(say!("compare-all-on-title", title = show::cut(&title(a), 60)), show::more(a, library))
        .choice(say!("compare-all-on-title", title = show::cut(&title(b), 60)), show::more(b, library)))
}

/// What an argument is called beside another.
fn called(record: &Record, library: &Library) -> String {
    match library.has_several_articles() {
        true => say!("compare-in-article", name = record.item.title(), article = &record.article_name),
        false => record.item.title(),
    }
}

/// Whose claim an argument is.
async fn whose(library: &Library, record: &Record) -> Result<String, Problem> {
    let Item::Argument(it) = &record.item else { return Ok(String::new()) };
    if let Some(id) = &it.claimed_by {
        let actor = library.by_keys(record.article, &[id]).await?;
        let name = actor.first().map_or_else(|| id.clone(), |it| it.item.title());
        return Ok(say!("argument-claimed-by", name = name, author = show::author(record).introduced()));
    }
    if it.by == crate::article::pack::Provenance::Editor {
        return Ok(say!("known-editor"));
    }
    Ok(show::author(record).introduced())
}
