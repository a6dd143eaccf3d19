//! `/articles`: the articles that can be asked about.

use crate::answer::{Answer, AnswerKind, Entry};
use crate::locale::Locale;
use crate::say;

use super::command::{Command, Context};
use super::options::PAGE;
use super::problem::Problem;
use super::show;

pub(super) const COMMAND: Command =
    Command::new("articles", |context| Box::pin(run(context))).options(&[PAGE]).examples(&["articles"]);

const PAGE_SIZE: usize = 10;

pub(super) async fn run(context: &Context<'_>) -> Result<Answer, Problem> {
    let library = context.library()?;
    let number = usize::try_from(library.article_count()).unwrap_or(0);
    if number == 0 {
        return Ok(Answer::other(AnswerKind::NothingFound, say!("articles-none")));
    }
    // Only their number is needed to turn pages, so the articles of other pages are not read.
    let places: Vec<usize> = (0..number).collect();
    let page = show::page(context, &places, PAGE_SIZE)?;
    let offset = i64::try_from(page.before).unwrap_or(0);
    let entries = library.articles(offset, PAGE_SIZE as i64).await?.into_iter().map(|article| {
        let items = say!("number-items", number = article.items);
        let of = [article.author, article.date, Some(language(&article.language)), Some(items)];
        let of: Vec<String> = of.into_iter().flatten().collect();
        // Its id is what can be typed for it in any case.
        let lead = if article.name == article.title { article.key.clone() } else { article.name };
        let text = format!("{} – {}", article.title, of.join("; "));
        Entry { line: Some(format!("article {}", article.key)), ..Entry::new(lead, text) }
    });
    let answer =
        Answer::found(page.title(say!("number-articles", number = number))).list("", entries.collect());
    Ok(page.turn(context, answer))
}

/// What an article's language is called; its code where the catalogue does not have it.
fn language(code: &str) -> String {
    let name = Locale::read(code).map_or_else(|| code.to_string(), Locale::name);
    say!("articles-language", language = name)
}
