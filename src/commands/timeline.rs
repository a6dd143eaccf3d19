//! `/timeline`: what happened when, as precisely as the text says.

use crate::answer::{Answer, AnswerKind};
use crate::article::date::{Days, parse_range};
use crate::article::{Kind, LinkKind};
use crate::library::{EventsOf, Found, Library, MAX_LIST_ROWS, MatchKind, Named};

use super::command::{Command, Context};
use super::line::write as line;
use super::options::{ARTICLE, PAGE, Suggest, words};
use super::problem::Problem;
use super::several;
use super::show::{self, clean, means_all};
use crate::say;

pub(super) const COMMAND: Command = Command::new("timeline", |context| Box::pin(run(context)))
    .options(&[words("when", "option-timeline-when", false, Suggest::Times), ARTICLE, PAGE])
    .examples(&["timeline 2020", "timeline 2015-16", "timeline 1990s", "timeline AMLO", "timeline all"]);

const PAGE_SIZE: usize = 10;

/// The most words among which a name and a date are looked for.
const MAX_WORDS: usize = 8;

/// The most lines of a page of key dates, which should be one page.
const KEY_PAGE_SIZE: usize = 20;

/// How many key dates make a timeline of somebody or something.
const FEW: usize = 3;

pub(super) async fn run(context: &Context<'_>) -> Result<Answer, Problem> {
    let article = show::article(context).await?;
    let everybody = |part| Asked {
        name: None,
        typed: String::new(),
        note: None,
        of: article.map_or(Whose::All, Whose::Article),
        part,
    };
    let Some(typed) = context.arg("when") else { return everybody(Part::Key).answer(context).await };
    if means_all(typed) {
        return everybody(Part::All).answer(context).await;
    }
    if let Some(days) = parse_range(typed) {
        return everybody(Part::Within(typed.to_string(), days)).answer(context).await;
    }
    match somebody(context, typed, article).await? {
        Some(asked) => asked.answer(context).await,
        None => by_words(context, typed, article).await,
    }
}

/// Which events of a timeline are asked for.
#[derive(Debug, Clone)]
enum Part {
    /// Those that matter most, where there are such.
    Key,
    /// All of them.
    All,
    /// Those of a date, which was typed so.
    Within(String, Days),
}

/// Whose events they are.
#[derive(Debug, Clone)]
enum Whose {
    All,
    Article(i64),
    Linked(Vec<i64>, LinkKind, Option<i64>),
}

impl Whose {
    fn events(&self) -> EventsOf<'_> {
        match self {
            Whose::All => EventsOf::All,
            Whose::Article(article) => EventsOf::Article(*article),
            Whose::Linked(rows, role, article) => EventsOf::Linked(rows, *role, *article),
        }
    }
}

/// A timeline as it is asked for.
#[derive(Debug, Clone)]
struct Asked {
    /// Whose it is, if it is not everybody's.
    name: Option<String>,
    /// What was typed for the name.
    typed: String,
    /// How the name was read, where that must be said.
    note: Option<String>,
    of: Whose,
    part: Part,
}

impl Asked {
    async fn answer(&self, context: &Context<'_>) -> Result<Answer, Problem> {
        let library = context.library()?;
        let article = match self.of {
            Whose::Article(article) => Some(article),
            Whose::All | Whose::Linked(..) => None,
        };
        if matches!((&self.part, &self.of), (Part::Key, Whose::All | Whose::Article(_))) {
            let key = library.key_items(Kind::Event, article).await?;
            if !key.is_empty() {
                let all = show::number_of(library, Kind::Event, article).await?;
                let (dated, undated): (Vec<_>, Vec<_>) =
                    key.into_iter().partition(|(_, days)| days.is_some());
                let [dated, undated] =
                    [dated, undated].map(|rows| rows.into_iter().map(|(id, _)| id).collect());
                return self.key_dates(context, dated, undated, all).await;
            }
        }
        let days = match &self.part {
            Part::Within(_, days) => *days,
            Part::Key | Part::All => Days { earliest: Days::EVER_BEFORE, latest: Days::EVER_AFTER },
        };
        let dated = library.timeline(days, self.of.events()).await?;
        let is_cut = i64::try_from(dated.len()).is_ok_and(|dated| dated == MAX_LIST_ROWS);
        let sections = match &self.part {
            Part::Within(..) => within(days, &dated),
            Part::Key | Part::All => {
                let dated: Vec<i64> = dated.iter().map(|(id, _)| *id).collect();
                let undated = library.undated(self.of.events()).await?;
                let all = dated.len() + undated.len();
                if matches!(self.part, Part::Key) && all > PAGE_SIZE {
                    let [dated, undated] =
                        [library.key_among(&dated).await?, library.key_among(&undated).await?];
                    if (FEW..all).contains(&(dated.len() + undated.len())) {
                        return self.key_dates(context, dated, undated, Some(all)).await;
                    }
                }
                vec![(String::new(), dated), (say!("timeline-without-date"), undated)]
            }
        };
        if sections.iter().all(|(_, rows)| rows.is_empty()) {
            let title = say!("timeline-nothing", title = self.title());
            let answer = Answer { note: self.note.clone(), ..Answer::other(AnswerKind::NothingFound, title) };
            return Ok(answer.choice(say!("timeline-whole"), line::with(context.request, &[("when", "all")])));
        }
        let mut answer = in_sections(context, sections, self.title(), PAGE_SIZE).await?;
        answer.note.clone_from(&self.note);
        if is_cut {
            answer = answer.paragraph(say!("timeline-first", number = MAX_LIST_ROWS));
        }
        Ok(answer)
    }

    /// The events that matter most, and the choice of all, of which there are so many.
    async fn key_dates(
        &self,
        context: &Context<'_>,
        dated: Vec<i64>,
        undated: Vec<i64>,
        number: Option<usize>,
    ) -> Result<Answer, Problem> {
        let key = dated.len() + undated.len();
        let title = match &self.name {
            Some(name) => say!("timeline-key-dates-of", name = name),
            None => say!("timeline-key-dates"),
        };
        let sections = vec![(String::new(), dated), (say!("timeline-without-date"), undated)];
        let answer = in_sections(context, sections, title, KEY_PAGE_SIZE).await?;
        let answer = Answer { note: self.note.clone(), ..answer };
        let when = format!("{} all", self.typed);
        let all = line::with(context.request, &[("when", when.trim())]);
        Ok(show::or_all(answer, key, number, Kind::Event, all))
    }

    fn title(&self) -> String {
        let when = match &self.part {
            Part::Within(typed, _) => Some(clean(typed)),
            Part::Key | Part::All => None,
        };
        match (&self.name, when) {
            (None, None) => say!("timeline-title"),
            (Some(name), None) => say!("timeline-of", name = name),
            (None, Some(when)) => say!("timeline-when", when = when),
            (Some(name), Some(when)) => say!("timeline-of-when", name = name, when = when),
        }
    }
}

/// First what happened within the days, then what only reaches into them.
fn within(days: Days, events: &[(i64, Days)]) -> Vec<(String, Vec<i64>)> {
    let (then, under_way): (Vec<_>, Vec<_>) =
        events.iter().copied().partition(|(_, event)| event.are_within(days));
    let heading = match (under_way.iter().any(|(_, event)| event.are_of_one_year()), then.is_empty()) {
        // Of a day of July "2020" may be true, and "under way" says too much.
        (true, _) => say!("timeline-under-way-or-vague"),
        (false, true) => say!("timeline-under-way"),
        (false, false) => say!("timeline-also-under-way"),
    };
    let rows = |events: Vec<(i64, Days)>| events.iter().map(|(id, _)| *id).collect();
    vec![(String::new(), rows(then)), (heading, rows(under_way))]
}

/// A page of events in sections, each with its heading.
async fn in_sections(
    context: &Context<'_>,
    sections: Vec<(String, Vec<i64>)>,
    title: String,
    size: usize,
) -> Result<Answer, Problem> {
    let library = context.library()?;
    let mut events = Vec::new();
    let mut ends = Vec::new();
    let (headings, rows): (Vec<_>, Vec<_>) = sections.into_iter().unzip();
    for (heading, things) in headings.into_iter().zip(several::things_of_each(library, &rows).await?) {
        events.extend(things);
        ends.push((heading, events.len()));
    }
    let page = show::page(context, &events, size)?;
    let (mut entries, source) = several::lines(library, page.items, "").await?;
    let mut answer = Answer::found(page.title(title)).source(source);
    let mut before = page.before;
    for (heading, end) in ends {
        let rest = entries.split_off(end.saturating_sub(before).min(entries.len()));
        before += entries.len();
        answer = answer.list(heading, std::mem::replace(&mut entries, rest));
    }
    Ok(page.turn(context, answer))
}

/// An actor, an article or a topic by name, alone or with a date or "all" before or after it ("Biden 2021"): the
/// longest name of all.
async fn somebody(
    context: &Context<'_>,
    typed: &str,
    article: Option<i64>,
) -> Result<Option<Asked>, Problem> {
    let library = context.library()?;
    let words: Vec<&str> = typed.split_whitespace().collect();
    let mut parts: Vec<(String, Part)> = vec![(typed.to_string(), Part::Key)];
    match words.as_slice() {
        [name @ .., all] | [all, name @ ..] if !name.is_empty() && means_all(all) => {
            parts.push((name.join(" "), Part::All));
        }
        _ => {}
    }
    if words.len() <= MAX_WORDS {
        for length in (1..words.len()).rev() {
            let (before, after) = (words.len() - length, length);
            for (name, date) in [(&words[..after], &words[after..]), (&words[before..], &words[..before])] {
                let date = date.join(" ");
                parts.extend(parse_range(&date).map(|days| (name.join(" "), Part::Within(date, days))));
            }
        }
    }
    // What is merely read as a name comes after all that is one.
    let (mut read, mut unsure) = (None, None);
    for (name, part) in &parts {
        let found = library.find_name(name, &[Kind::Actor, Kind::Article], article).await?;
        let (same, how) = match found {
            Found::Sure { same, how, .. } => (same, how),
            Found::Unsure(_) => {
                unsure = unsure.or(Some((name.clone(), part.clone(), found)));
                continue;
            }
            Found::Near(_) | Found::Nothing => continue,
        };
        let note = show::note(name, &how);
        let is_plain = note.is_none();
        let asked = Asked { note, ..asked(same, name, article, part.clone()) };
        if is_plain {
            return Ok(Some(asked));
        }
        read = read.or(Some(asked));
    }
    match unsure {
        Some((name, part, found)) if read.is_none() => Err(which(context, &name, &part, found).into()),
        None if read.is_none() => {
            for (name, part) in parts {
                let found = library.find_name(&name, &[Kind::Topic], article).await?;
                if let Found::Sure { same, how: MatchKind::Exact | MatchKind::Words, .. } = found {
                    return Ok(Some(asked(same, &name, article, part)));
                }
            }
            Ok(None)
        }
        _ => Ok(read),
    }
}

/// The timeline of what goes by a name, once an article that has it.
fn asked(same: Vec<Named>, typed: &str, article: Option<i64>, part: Part) -> Asked {
    let rows = || same.iter().map(|named| named.item).collect();
    let of = match same.first().map(|named| (named.kind, named.article)) {
        Some((Kind::Article, article)) => Whose::Article(article),
        Some((Kind::Topic, _)) => Whose::Linked(rows(), LinkKind::Topic, article),
        _ => Whose::Linked(rows(), LinkKind::About, article),
    };
    let name = same.first().map(|named| named.title.clone());
    Asked { name, typed: typed.to_string(), note: None, of, part }
}

/// The question which of several that go by a name is meant; each choice keeps the date.
fn which(context: &Context<'_>, name: &str, part: &Part, found: Found) -> Answer {
    show::not_found(context, name, show::Sought::Kind(Kind::Actor), found, vec![], |named| {
        let when = match part {
            Part::Within(said, _) => format!("{} {said}", named.handle),
            Part::All => format!("{} all", named.handle),
            Part::Key => named.handle.clone(),
        };
        let mut changes = vec![("when", when.as_str())];
        if named.kind != Kind::Article && context.library().is_ok_and(Library::has_several_articles) {
            changes.push(("article", &named.article_key));
        }
        line::with(context.request, &changes)
    })
}

/// Events that have the words: a wording of the text such as "last fall", or the name of an event.
async fn by_words(context: &Context<'_>, typed: &str, article: Option<i64>) -> Result<Answer, Problem> {
    let library = context.library()?;
    let hits = library.search(typed, &[Kind::Event], article).await?;
    if !hits.complete || hits.items.is_empty() || !hits.missing.is_empty() {
        let title = say!("timeline-not-understood", typed = clean(typed));
        let elsewhere =
            show::elsewhere(context, typed, &[Kind::Actor], |named| show::asking_for(context, "when", named));
        let answer =
            show::with_choices(Answer::other(AnswerKind::NothingFound, title), elsewhere.await?.into_iter());
        return Ok(answer
            .paragraph(say!("timeline-dates-go-like"))
            .choice(say!("timeline-whole"), line::with(context.request, &[("when", "all")])));
    }
    let mut records = library.records(&hits.items).await?;
    records.sort_by_key(|record| (record.days.is_none(), record.days.map(Days::order)));
    let events: Vec<i64> = records.iter().map(|record| record.id).collect();
    let events = several::things(library, &events).await?;
    let page = show::page(context, &events, PAGE_SIZE)?;
    let (entries, source) = several::lines(library, page.items, &say!("timeline-no-date")).await?;
    let mut answer =
        Answer::found(page.title(say!("timeline-events-with", words = clean(typed)))).list("", entries);
    answer.note = show::readings(&hits);
    answer.source = source;
    Ok(page.turn(context, answer))
}
