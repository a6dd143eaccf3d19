//! `/ask`: the answer to a question, stated, with where it comes from.

use crate::answer::{Answer, AnswerKind, Block, ChoiceKind, Entry};
use crate::article::{Item, Kind, LinkKind};
use crate::library::{Asked, Confidence, Ranked, Record};
use crate::locale;
use crate::question::{Question, Want};
use crate::say;

use super::command::{Command, Context, Request, find};
use super::gaps;
use super::options::{ARTICLE, Suggest, Value, words};
use super::problem::Problem;
use super::show::{self, clean};
use super::text::cut;

pub(super) const COMMAND: Command = Command::new("ask", |context| Box::pin(run(context)))
    .options(&[words("question", "option-ask-question", true, Suggest::Nothing), ARTICLE])
    .examples(&["ask who was offered asylum", "ask why does AMLO distrust Democrats"]);

/// The most related things that are offered after an answer.
const MAX_RELATED: usize = 5;
/// From this share of the best score on, the second best item is stated too.
const AS_GOOD: f64 = 0.85;
/// The longest claim in a list, in characters.
const MAX_CLAIM: usize = 160;
/// The longest heading of an answer, in characters.
const MAX_TITLE: usize = 200;

async fn run(context: &Context<'_>) -> Result<Answer, Problem> {
    let typed = context.arg("question").unwrap_or_default();
    let answer = answer(context, typed).await?;
    gaps::note(context, typed, &answer).await;
    Ok(answer)
}

async fn answer(context: &Context<'_>, typed: &str) -> Result<Answer, Problem> {
    let library = context.library()?;
    let article = show::article(context).await?;
    let question = Question::read(typed);
    if article.is_some() || !library.has_several_articles() {
        return answer_within(context, &question, article).await;
    }
    let Some((name, named)) = library.article_named(&question).await? else {
        return answer_within(context, &question, None).await;
    };
    // Whatever answers is asked within that article.
    let record = library.records(&library.of_kind(named, Kind::Article).await?).await?;
    let key = record.first().map(|record| record.article_key.clone()).unwrap_or_default();
    let mut request = context.request.clone();
    request.args.insert(ARTICLE.name, Value::Text(key));
    let context = Context { request: &request, library: context.library.clone(), ..*context };
    answer_within(&context, &Question::read_of_article(typed, name), Some(named)).await
}

/// The answer, from one article or from all.
async fn answer_within(
    context: &Context<'_>,
    question: &Question,
    article: Option<i64>,
) -> Result<Answer, Problem> {
    let library = context.library()?;
    if matches!(question.want, Want::Ending | Want::Opening) && question.content().next().is_none() {
        return end(context, question.want, article).await;
    }
    let whole = match question.want {
        Want::Summary => Some(("article", "name")),
        Want::Topics => Some(("topic", "name")),
        Want::Actors => Some(("actor", "name")),
        _ => None,
    };
    if let Some((command, option)) = whole {
        let named = context.arg(ARTICLE.name).filter(|_| command == "article").map(String::from);
        return instead(context, command, option, named).await;
    }
    let asked = library.ask(question, article).await?;
    if asked.is_bare && question.want == Want::Words {
        return instead(context, "quote", "name", None).await;
    }
    // Who asks about nothing else asks about the article.
    if asked.is_bare && question.want == Want::Anything && !question.has_article() {
        let answer = Answer::other(AnswerKind::NothingFound, say!("ask-about-nothing"));
        return Ok(answer.choice(say!("choice-topics"), "topic"));
    }
    if asked.is_bare {
        return about_article(context, question.want, article).await;
    }
    if let (Some((_, said)), None, true) = (&question.date, question.content().next(), asked.named.is_empty())
    {
        return instead(context, "timeline", "when", Some(said.clone())).await;
    }
    let note = read_as(&asked);
    let answer = match asked.confidence {
        Confidence::Sure => found(context, question, &asked).await?,
        Confidence::Near => near(context, say!("ask-nearest"), &asked.ranked).await?,
        Confidence::Nothing => {
            let missing: Vec<String> =
                asked.missing.iter().map(|word| say!("quoted", words = clean(word))).collect();
            let title = match missing.as_slice() {
                [] => say!("ask-nothing"),
                all => say!("ask-nothing-of", words = locale::or(all)),
            };
            near(context, title, &asked.ranked).await?
        }
    };
    Ok(Answer { note: note.or(answer.note.clone()), ..answer })
}

/// How words were read as names.
fn read_as(asked: &Asked) -> Option<String> {
    let read = asked.read.iter().map(|it| say!("read-as-name", typed = &it.typed, name = &it.read));
    let read: Vec<String> = read.collect();
    (!read.is_empty()).then(|| read.join(" "))
}

/// What another command answers.
async fn instead(
    context: &Context<'_>,
    command: &str,
    option: &'static str,
    value: Option<String>,
) -> Result<Answer, Problem> {
    let Some(command) = find(context.table, command) else { return Err(Problem::NoLibrary) };
    let mut args = context.request.args.clone();
    args.remove("question");
    if let Some(value) = value {
        args.insert(option, Value::Text(value));
    }
    let request = Request { command, args, ..context.request.clone() };
    let context = Context { request: &request, library: context.library.clone(), ..*context };
    (command.run)(&context).await
}

/// The answer: the best item in full, and what is related.
async fn found(context: &Context<'_>, question: &Question, asked: &Asked) -> Result<Answer, Problem> {
    let Some(best) = asked.ranked.first() else { return near(context, String::new(), &[]).await };
    let answer = Answer::found(unquoted(context, question, asked).await?.unwrap_or_default());
    stated(context, answer, &asked.ranked, &best.record).await
}

/// That the article quotes no words of somebody whose words are asked for.
async fn unquoted(
    context: &Context<'_>,
    question: &Question,
    asked: &Asked,
) -> Result<Option<String>, Problem> {
    if question.want != Want::Words {
        return Ok(None);
    }
    let library = context.library()?;
    let actors: Vec<i64> =
        asked.named.iter().filter(|(_, kind)| *kind == Kind::Actor).map(|(row, _)| *row).collect();
    let Some(first) = actors.first() else { return Ok(None) };
    let said = library.linked(&[*first], LinkKind::By, Kind::Quote).await?;
    let reported = library.linked(&[*first], LinkKind::Reported, Kind::Quote).await?;
    let Some(record) = library.records(&[*first]).await?.into_iter().next() else { return Ok(None) };
    let name = record.item.title();
    Ok(match (said.is_empty(), reported.is_empty()) {
        (false, _) => None,
        (true, false) => Some(say!("ask-paraphrased", name = name)),
        (true, true) => Some(say!("ask-not-quoted", name = name)),
    })
}

/// That nothing answers, and what is nearest.
async fn near(context: &Context<'_>, title: String, ranked: &[Ranked]) -> Result<Answer, Problem> {
    let answer = Answer::other(AnswerKind::NothingFound, title);
    match ranked.first() {
        Some(best) => stated(context, answer, ranked, &best.record).await,
        None => Ok(answer),
    }
}

/// An answer with an item stated in full, and with what is related. Without a title it is given the item's.
async fn stated(
    context: &Context<'_>,
    mut answer: Answer,
    ranked: &[Ranked],
    best: &Record,
) -> Result<Answer, Problem> {
    let library = context.library()?;
    let mut blocks = show::stated(library, best);
    answer.source = show::sources(&blocks);
    if answer.title.is_empty() {
        answer.title = headline(&mut blocks, &best.item);
    }
    answer.blocks = blocks;
    let mut related: Vec<&Record> =
        ranked.iter().map(|it| &it.record).filter(|record| record.id != best.id).collect();
    // What answers as well is stated too.
    if let [first, second, ..] = ranked
        && first.record.id == best.id
        && second.score >= AS_GOOD * first.score
    {
        answer.blocks.extend(show::stated(library, &second.record));
        related.retain(|record| record.id != second.record.id);
    }
    answer.source = show::sources(&answer.blocks).or(answer.source);
    let entries = related.into_iter().take(MAX_RELATED).map(|record| {
        let lead = match &record.item {
            Item::Event(_) => show::when(&record.item).unwrap_or_default(),
            item => show::kind_word(item.kind()),
        };
        let entry = show::entry(lead, record, library);
        match &record.item {
            // A claim says more than what it is called.
            Item::Argument(argument) => Entry { text: cut(&argument.claim, MAX_CLAIM), ..entry },
            _ => entry,
        }
    });
    answer = answer.list(say!("ask-related"), entries.collect());
    answer = answer.offer(ChoiceKind::Source, say!("where-in-text"), show::where_line(best, library));
    Ok(answer.choice(say!("ask-more"), show::more(best, library)))
}

/// The first line of a stated item, taken from its blocks where it can be the title of an answer.
fn headline(blocks: &mut Vec<Block>, item: &Item) -> String {
    let entry = match blocks.first() {
        Some(Block::List { entries, .. }) => entries.first(),
        _ => None,
    };
    // A quotation speaks for itself.
    let Some(first) = entry else { return say!("ask-in-article") };
    let (lead, text) = (first.lead.clone(), first.text.clone());
    match item {
        Item::Event(_) | Item::Actor(_) => {
            blocks.remove(0);
            cut(&say!("ask-headline", lead = lead, text = text), MAX_TITLE)
        }
        Item::Argument(_) => {
            blocks.remove(0);
            text
        }
        _ => {
            blocks[0] = Block::Paragraph { text };
            lead
        }
    }
}

/// Who wrote the article, where and when it was published.
async fn about_article(context: &Context<'_>, want: Want, article: Option<i64>) -> Result<Answer, Problem> {
    let library = context.library()?;
    let Some(article) = only_article(context, article)? else {
        return instead(context, "article", "name", None).await;
    };
    let records = library.records(&library.of_kind(article, Kind::Article).await?).await?;
    let Some(Record { item: Item::Article(it), .. }) = records.first() else {
        return instead(context, "article", "name", None).await;
    };
    let author = it.author.iter().map(String::as_str).collect::<Vec<_>>();
    let author = library.by_keys(article, &author).await?;
    if let (Want::Person | Want::Speaker | Want::Definition, Some(author)) = (want, author.first()) {
        return stated(context, Answer::found(""), &[], author).await;
    }
    let unknown = || say!("ask-unknown");
    let date = it.date.as_ref().and_then(|date| date.said());
    let fields = [
        (say!("article-author"), author.first().map(|author| author.item.title())),
        (say!("article-published-in"), it.publication.clone()),
        (say!("article-date"), date),
    ];
    let fields = fields.map(|(name, value)| (name, value.unwrap_or_else(unknown)));
    let answer = Answer::found(show::article_title(it)).fields(fields).paragraph(&it.summary);
    Ok(answer.choice(say!("ask-article"), "article"))
}

/// The article that is meant, or the only one.
fn only_article(context: &Context<'_>, article: Option<i64>) -> Result<Option<i64>, Problem> {
    Ok(article.or((!context.library()?.has_several_articles()).then_some(1)))
}

/// How the article begins or ends: what is recorded of the first or last paragraph that says something.
async fn end(context: &Context<'_>, want: Want, article: Option<i64>) -> Result<Answer, Problem> {
    let library = context.library()?;
    let Some(article) = only_article(context, article)? else {
        return instead(context, "article", "name", None).await;
    };
    let mut rows = library.of_kind(article, Kind::Argument).await?;
    rows.extend(library.of_kind(article, Kind::Quote).await?);
    let records = library.records(&rows).await?;
    let paragraph = |record: &Record| record.item.source().map(|source| source.paragraph);
    let paragraphs = records.iter().filter_map(paragraph);
    let wanted = if want == Want::Ending { paragraphs.max() } else { paragraphs.min() };
    let mut there: Vec<Record> = records.into_iter().filter(|record| paragraph(record) == wanted).collect();
    if want == Want::Ending {
        there.reverse();
    }
    there.sort_by_key(|record| record.item.kind() != Kind::Argument);
    let ranked: Vec<Ranked> = there.into_iter().map(|record| Ranked { record, score: 1.0 }).collect();
    let Some(best) = ranked.first() else { return near(context, say!("ask-nothing-there"), &[]).await };
    stated(context, Answer::found(""), &ranked, &best.record).await
}
