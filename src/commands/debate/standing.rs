//! Where a debate stands, in words: what is asked of people now, and at the end what came of it.

use crate::answer::{Answer, ChoiceKind, Entry, Part};
use crate::community::{Debate, Point};
use crate::discussion::{End, Move, Outcome, Phase, Round, Side, Swing, Tally, Vote, best_first};
use crate::library::Library;
use crate::say;

use super::super::names::NameOf;
use super::super::problem::Problem;
use super::super::show;
use super::super::world::World;
use super::point_text;

/// How many points of each side are shown: the best.
const BEST: usize = 3;

/// What is said of a debate as it stands.
///
/// # Errors
/// The library or the community database can't be read.
pub(super) async fn answer(world: &World, debate: &Debate) -> Result<Answer, Problem> {
    let library = world.store.current();
    let library = library.as_deref();
    let phase = debate.stage.phase;
    let mut answer = Answer::found(say!("debate-title", number = debate.id, phase = phase.as_str()))
        .paragraph(say!("debate-motion", motion = &debate.motion));
    match phase {
        Phase::FirstVote => answer = answer.paragraph(say!("debate-vote-first")),
        Phase::SecondVote => answer = answer.paragraph(say!("debate-vote-second")),
        Phase::Discussion => answer = answer.paragraph(how_to_argue()),
        Phase::Over(End::Closed) => answer = answer.paragraph(say!("debate-closed")),
        Phase::Over(End::Counted) => answer = result(answer, debate.outcome.as_ref()),
    }
    if !phase.is_over() {
        answer = answer.facts(ends(debate));
    }
    if let Some(round) = round(phase) {
        let voters = world.community.voters(debate.id, round).await?;
        answer = answer.fields([(say!("debate-voters"), voters.to_string())]);
    }
    let points = world.community.points(debate.id).await?;
    for side in Side::ALL {
        answer = answer.list(title(side, &points), best(library, &points, side).await?);
    }
    if let (Some(library), Some((article, argument))) = (library, &debate.argument) {
        answer = answer.list(say!("debate-about"), claim(library, article, argument).await?);
    }
    if round(phase).is_some() {
        for vote in Vote::ALL {
            let line = format!("debate vote {} --debate {}", vote.as_str(), debate.id);
            answer = answer.offer(ChoiceKind::Secret, say!("debate-vote-label", vote = vote.as_str()), line);
        }
    }
    if !points.is_empty() {
        answer = answer.choice(say!("debate-all-points"), format!("points --debate {}", debate.id));
    }
    if phase == Phase::Over(End::Counted) {
        answer = answer.choice(say!("debate-export"), format!("debate export --debate {}", debate.id));
    }
    Ok(answer)
}

/// When the phase ends, for everybody's own clock. Nothing for what is over.
pub(super) fn ends(debate: &Debate) -> Vec<(Vec<Part>, Vec<Part>)> {
    let name = match debate.stage.phase {
        Phase::FirstVote | Phase::SecondVote => say!("debate-vote-ends"),
        Phase::Discussion => say!("debate-second-begins"),
        Phase::Over(_) => return vec![],
    };
    vec![(vec![Part::Text(name)], vec![Part::Time(debate.stage.ends_at)])]
}

/// How one makes a point.
pub(super) fn how_to_argue() -> String {
    let called = |name: &str| NameOf::Command.called(name);
    let cite = NameOf::Option.called("cite");
    say!("debate-how-to-argue", pro = called("point for"), con = called("point against"), cite = cite)
}

/// The vote that a phase takes.
fn round(phase: Phase) -> Option<Round> {
    match phase {
        Phase::FirstVote => Some(Round::Before),
        Phase::SecondVote => Some(Round::After),
        Phase::Discussion | Phase::Over(_) => None,
    }
}

fn title(side: Side, points: &[Point]) -> String {
    let number = points.iter().filter(|point| point.side == side).count();
    say!("debate-best-points", side = side.as_str(), number = number, shown = number.min(BEST))
}

async fn best(library: Option<&Library>, points: &[Point], side: Side) -> Result<Vec<Entry>, Problem> {
    let mut points: Vec<&Point> = points.iter().filter(|point| point.side == side).collect();
    best_first(&mut points, |point| point_text::standing(point));
    let mut entries = Vec::new();
    for point in points.into_iter().take(BEST) {
        entries.push(point_text::entry(library, point).await?);
    }
    Ok(entries)
}

/// The claim of the article that a debate is about, if the article still makes it.
async fn claim(library: &Library, article: &str, argument: &str) -> Result<Vec<Entry>, Problem> {
    let Some(article) = library.article(article).await? else { return Ok(vec![]) };
    let records = library.by_keys(article.id, &[argument]).await?;
    Ok(records.iter().map(|record| show::entry("", record, library)).collect())
}

/// With what came of the votes.
fn result(answer: Answer, outcome: Option<&Outcome>) -> Answer {
    match outcome {
        None => answer.paragraph(say!("debate-no-outcome")),
        Some(Outcome::TooFew { before, after, both, quorum }) => {
            answer.paragraph(say!("debate-too-few", both = both, quorum = quorum)).fields([
                (say!("debate-voted-before"), before.to_string()),
                (say!("debate-voted-after"), after.to_string()),
                (say!("debate-voted-twice"), both.to_string()),
            ])
        }
        Some(Outcome::Counted(swing)) => swung(answer, swing),
    }
}

fn swung(answer: Answer, swing: &Swing) -> Answer {
    let gained = |side: Side| {
        let gain = swing.gain(side);
        let change = match gain {
            1.. => "up",
            0 => "same",
            _ => "down",
        };
        say!("debate-gain", side = side.as_str(), change = change, voters = gain.unsigned_abs())
    };
    let (pro, con) = (gained(Side::For), gained(Side::Against));
    let winner = swing.winner().map_or("nobody", Side::as_str);
    let moved = |it: &Move| {
        let (from, to) = (it.from.as_str(), it.to.as_str());
        Entry::new("", say!("debate-move", voters = it.voters, from = from, to = to))
    };
    let all =
        |tally: Option<Tally>, only: usize| tally.filter(|_| only > 0).map_or(String::new(), tally_text);
    let answer = answer
        .paragraph(say!("debate-result", winner = winner, pro = pro, con = con))
        .fields([
            (say!("debate-before"), tally_text(swing.before)),
            (say!("debate-after"), tally_text(swing.after)),
            (say!("debate-all-before"), all(swing.all_before, swing.before_only)),
            (say!("debate-all-after"), all(swing.all_after, swing.after_only)),
        ])
        .list(say!("debate-moves"), swing.moves.iter().map(moved).collect());
    let (before, after) = (swing.before_only, swing.after_only);
    let answer = match swing.moves.is_empty() {
        true => answer.paragraph(say!("debate-nobody-moved")),
        false => answer,
    };
    answer.paragraph(say!("debate-who-counts", both = swing.before.voters(), before = before, after = after))
}

fn tally_text(tally: Tally) -> String {
    say!("debate-tally", pro = tally.r#for, con = tally.against, undecided = tally.undecided)
}
