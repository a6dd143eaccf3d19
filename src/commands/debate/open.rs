//! `/debate open`: a motion, and the first vote on it.

use jiff::{Span, SpanRelativeTo, Unit};

use crate::answer::{Answer, AnswerKind, Part};
use crate::article::{Item, Kind};
use crate::community::NewDebate;
use crate::discussion::{MAX_PHASE, MIN_PHASE, Stage, Timetable};
use crate::library::{Found, Named};
use crate::say;

use super::super::caller::Role;
use super::super::command::{Command, Context, Effect};
use super::super::options::{ARTICLE, Opt, OptKind, Suggest, words};
use super::super::problem::Problem;
use super::super::show::{self, Sought};
use super::super::text::{clean, one_line};
use super::{announce, find};

/// The longest motion, in characters.
const MAX_MOTION: usize = 200;

/// How long each vote lasts if nobody says so, in milliseconds.
const VOTE: i64 = 24 * 60 * 60 * 1_000;

/// How long the discussion lasts if nobody says so.
const DISCUSS: i64 = 2 * VOTE;

const fn named(name: &'static str, key: &'static str, suggest: Suggest) -> Opt {
    Opt { name, key, kind: OptKind::Named, required: false, suggest }
}

pub(in crate::commands) const COMMAND: Command =
    Command::new("debate open", |context| Box::pin(run(context)))
        .options(&[
            words("motion", "option-debate-open-motion", false, Suggest::Nothing),
            named("about", "option-debate-open-about", Suggest::Names(&[Kind::Argument])),
            named("discuss", "option-debate-open-discuss", Suggest::Nothing),
            named("vote", "option-debate-open-vote", Suggest::Nothing),
            ARTICLE,
        ])
        .examples(&[
            "debate open The United States should help Mexico to rebuild its police",
            "debate open --about trilateral --discuss 3d --vote 12h",
        ])
        .role(Role::Moderator)
        .effect(Effect::ChangesRoom);

async fn run(context: &Context<'_>) -> Result<Answer, Problem> {
    let about = match context.arg("about") {
        Some(typed) => Some(argument(context, typed).await?),
        None => None,
    };
    let own = context.arg("motion").map(one_line);
    let motion = match (own, &about) {
        (Some(motion), _) => motion,
        (None, Some(about)) => about.claim.clone(),
        (None, None) => {
            let answer = Answer::other(AnswerKind::WrongUsage, say!("debate-no-motion"));
            return Ok(answer.choice(say!("choice-help"), "help debate open"));
        }
    };
    let length = motion.chars().count();
    if length > MAX_MOTION && context.arg("motion").is_some() {
        let title = say!("debate-long-motion", length = length, most = MAX_MOTION);
        return Ok(Answer::other(AnswerKind::WrongUsage, title));
    }
    let timetable =
        Timetable { vote: time(context, "vote", VOTE)?, discuss: time(context, "discuss", DISCUSS)? };
    let request = context.request;
    let new = NewDebate {
        room: request.room(),
        motion,
        argument: about.map(|about| (about.article, about.item)),
        language: context.world.language("", None, &request.places).await,
        stage: Stage::opened(&timetable, context.now()),
        timetable,
        quorum: context.world.quorum,
    };
    let community = &context.world.community;
    // One whose time is over makes room.
    if let Some(last) = community.last_debate(&new.room).await? {
        find::up_to_date(context.world, last).await?;
    }
    let Some(id) = community.open_debate(&new).await? else {
        let answer = Answer::other(AnswerKind::Refused, say!("debate-open-already"));
        return Ok(answer.choice(say!("debate-see"), "debate show"));
    };
    let until = new.stage.ends_at;
    let ends = [
        (say!("debate-first-ends"), until),
        (say!("debate-discussion-ends"), until + timetable.discuss),
        (say!("debate-second-ends"), until + timetable.discuss + timetable.vote),
    ];
    let facts = ends.into_iter().map(|(name, at)| (vec![Part::Text(name)], vec![Part::Time(at)]));
    let done = Answer::found(say!("debate-opened", number = id)).facts(facts.collect()).private();
    announce::done(context, id, done).await
}

/// An argument of the article.
struct About {
    article: String,
    item: String,
    claim: String,
}

async fn argument(context: &Context<'_>, typed: &str) -> Result<About, Problem> {
    let library = context.library()?;
    let article = show::article(context).await?;
    let found = library.find_name(typed, &[Kind::Argument], article).await?;
    let rows = match &found {
        Found::Sure { same, .. } => same.iter().map(|named| named.item).take(1).collect(),
        _ => vec![],
    };
    let record = library.records(&rows).await?.into_iter().next();
    match record.map(|record| (record.article_key, record.item)) {
        Some((article, Item::Argument(argument))) => {
            Ok(About { article, item: argument.id, claim: argument.claim })
        }
        _ => {
            let line = |named: &Named| show::asking_for(context, "about", named);
            let what = Sought::Kind(Kind::Argument);
            Err(show::not_found(context, typed, what, found, vec![], line).into())
        }
    }
}

/// How long a phase is to last: `2d`, `36h`, `1 day 12 hours`.
fn time(context: &Context<'_>, option: &'static str, otherwise: i64) -> Result<i64, Problem> {
    let Some(typed) = context.arg(option) else { return Ok(otherwise) };
    let milliseconds = typed.parse::<Span>().ok().and_then(|span| {
        let total = span.total((Unit::Millisecond, SpanRelativeTo::days_are_24_hours())).ok()?;
        // Out of range is out of bounds.
        Some(total.clamp(-1.0, MAX_PHASE as f64 + 1.0) as i64)
    });
    match milliseconds.filter(|it| (MIN_PHASE..=MAX_PHASE).contains(it)) {
        Some(milliseconds) => Ok(milliseconds),
        None => {
            let title = say!("debate-wrong-time", typed = clean(typed));
            Err(Answer::other(AnswerKind::WrongUsage, title).into())
        }
    }
}
