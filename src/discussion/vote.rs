//! Votes before and after a debate, and what they say about who was moved.
//!
//! The side that gains more voters between the two votes has won, as in the debates of Intelligence Squared
//! (<https://en.wikipedia.org/wiki/Intelligence_Squared>).

use serde::{Deserialize, Serialize};

/// How many must have voted twice at least before anything is said of their votes: with fewer, a single vote could be
/// told from what is shown.
pub const VOTERS_FOR_SECRECY: usize = 3;

/// A vote on a motion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Vote {
    /// For it.
    For,
    /// Against it.
    Against,
    /// Neither yet.
    Undecided,
}

impl Vote {
    /// All of them.
    pub const ALL: [Vote; 3] = [Vote::For, Vote::Against, Vote::Undecided];

    /// The word for it in command lines and in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Vote::For => "for",
            Vote::Against => "against",
            Vote::Undecided => "undecided",
        }
    }

    /// The vote that goes by a word.
    pub fn read(word: &str) -> Option<Vote> {
        Vote::ALL.into_iter().find(|vote| vote.as_str() == word)
    }
}

/// A side of a debate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// For the motion.
    For,
    /// Against it.
    Against,
}

impl Side {
    /// Both of them.
    pub const ALL: [Side; 2] = [Side::For, Side::Against];

    /// The word for it in command lines and in the database.
    pub fn as_str(self) -> &'static str {
        self.vote().as_str()
    }

    /// The side that goes by a word.
    pub fn read(word: &str) -> Option<Side> {
        Side::ALL.into_iter().find(|side| side.as_str() == word)
    }

    /// The vote for this side.
    pub fn vote(self) -> Vote {
        match self {
            Side::For => Vote::For,
            Side::Against => Vote::Against,
        }
    }
}

/// One of the two votes of a debate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Round {
    /// Before people argue.
    Before,
    /// After it.
    After,
}

impl Round {
    /// The word for it in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Round::Before => "before",
            Round::After => "after",
        }
    }
}

/// How somebody voted, in both votes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ballot {
    /// In the first vote, if at all.
    pub before: Option<Vote>,
    /// In the second, if at all.
    pub after: Option<Vote>,
}

/// How many voted how.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// For the motion.
    pub r#for: usize,
    /// Against it.
    pub against: usize,
    /// Undecided.
    pub undecided: usize,
}

impl Tally {
    fn of(votes: impl Iterator<Item = Vote>) -> Tally {
        votes.fold(Tally::default(), |mut tally, vote| {
            match vote {
                Vote::For => tally.r#for += 1,
                Vote::Against => tally.against += 1,
                Vote::Undecided => tally.undecided += 1,
            }
            tally
        })
    }

    /// How many voted so.
    pub fn with(&self, vote: Vote) -> usize {
        match vote {
            Vote::For => self.r#for,
            Vote::Against => self.against,
            Vote::Undecided => self.undecided,
        }
    }

    /// How many voted at all.
    pub fn voters(&self) -> usize {
        self.r#for + self.against + self.undecided
    }
}

/// How many went from one vote to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Move {
    /// The first vote.
    pub from: Vote,
    /// The second.
    pub to: Vote,
    /// How many.
    pub voters: usize,
}

/// How a debate ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Outcome {
    /// Too few voted twice: nothing is said of their votes.
    TooFew {
        /// How many voted in the first vote.
        before: usize,
        /// How many in the second.
        after: usize,
        /// How many in both.
        both: usize,
        /// How many would have had to.
        quorum: usize,
    },
    /// Enough did.
    Counted(Swing),
}

/// What the votes of a debate say. Only who voted twice counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Swing {
    /// The first votes of those who voted twice.
    pub before: Tally,
    /// Their second votes.
    pub after: Tally,
    /// How many of them went from where to where, the most first; without those who stayed.
    pub moves: Vec<Move>,
    /// How many voted in the first vote alone.
    pub before_only: usize,
    /// How many in the second alone.
    pub after_only: usize,
    /// The votes of all who took part in the first vote. `None` where so few voted in that one alone that their votes
    /// could be told by taking the others away.
    pub all_before: Option<Tally>,
    /// The same for the second.
    pub all_after: Option<Tally>,
}

impl Swing {
    /// By how many voters a side grew; below 0 if it shrank.
    pub fn gain(&self, side: Side) -> i64 {
        let voters = |tally: &Tally| i64::try_from(tally.with(side.vote())).unwrap_or(i64::MAX);
        voters(&self.after) - voters(&self.before)
    }

    /// The side that gained more voters than the other; `None` for a draw.
    pub fn winner(&self) -> Option<Side> {
        match self.gain(Side::For).cmp(&self.gain(Side::Against)) {
            std::cmp::Ordering::Greater => Some(Side::For),
            std::cmp::Ordering::Less => Some(Side::Against),
            std::cmp::Ordering::Equal => None,
        }
    }
}

/// Counts votes. Fewer than `quorum` who voted twice, or fewer than [`VOTERS_FOR_SECRECY`], are too few.
pub fn count(ballots: &[Ballot], quorum: usize) -> Outcome {
    let quorum = quorum.max(VOTERS_FOR_SECRECY);
    let twice: Vec<(Vote, Vote)> = ballots.iter().filter_map(|it| Some((it.before?, it.after?))).collect();
    let before_only = ballots.iter().filter(|it| it.before.is_some() && it.after.is_none()).count();
    let after_only = ballots.iter().filter(|it| it.before.is_none() && it.after.is_some()).count();
    let both = twice.len();
    if both < quorum {
        return Outcome::TooFew { before: both + before_only, after: both + after_only, both, quorum };
    }
    let mut moves: Vec<Move> = Vec::new();
    for from in Vote::ALL {
        for to in Vote::ALL.into_iter().filter(|to| *to != from) {
            let voters = twice.iter().filter(|it| **it == (from, to)).count();
            if voters > 0 {
                moves.push(Move { from, to, voters });
            }
        }
    }
    moves.sort_by_key(|it| std::cmp::Reverse(it.voters));
    let is_secret = |only: usize| only == 0 || only >= VOTERS_FOR_SECRECY;
    Outcome::Counted(Swing {
        before: Tally::of(twice.iter().map(|it| it.0)),
        after: Tally::of(twice.iter().map(|it| it.1)),
        moves,
        before_only,
        after_only,
        all_before: is_secret(before_only).then(|| Tally::of(ballots.iter().filter_map(|it| it.before))),
        all_after: is_secret(after_only).then(|| Tally::of(ballots.iter().filter_map(|it| it.after))),
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn ballot(before: Option<Vote>, after: Option<Vote>) -> Ballot {
        Ballot { before, after }
    }

    fn twice(before: Vote, after: Vote) -> Ballot {
        ballot(Some(before), Some(after))
    }

    #[test]
    fn the_side_that_moved_more_people_wins() {
        // Against has more voters before and after; For has moved two.
        let ballots = [
            twice(Vote::Against, Vote::Against),
            twice(Vote::Against, Vote::Against),
            twice(Vote::Against, Vote::Against),
            twice(Vote::Undecided, Vote::For),
            twice(Vote::Against, Vote::For),
            ballot(Some(Vote::For), None),
        ];
        let Outcome::Counted(swing) = count(&ballots, 3) else { panic!() };
        assert_eq!(swing.winner(), Some(Side::For));
        assert_eq!((swing.gain(Side::For), swing.gain(Side::Against)), (2, -1));
        assert_eq!(swing.before, Tally { r#for: 0, against: 4, undecided: 1 });
        assert_eq!(swing.after, Tally { r#for: 2, against: 3, undecided: 0 });
        assert_eq!(swing.moves.iter().map(|it| it.voters).sum::<usize>(), 2);
        // The one who voted once counts for nothing, and can't be told from the totals.
        assert_eq!((swing.before_only, swing.all_before), (1, None));
        assert_eq!(swing.all_after, Some(swing.after));
    }

    #[test]
    fn who_gains_as_much_as_the_other_draws() {
        let ballots = [
            twice(Vote::Undecided, Vote::For),
            twice(Vote::Undecided, Vote::Against),
            twice(Vote::Undecided, Vote::Undecided),
        ];
        let Outcome::Counted(swing) = count(&ballots, 3) else { panic!() };
        assert_eq!(swing.winner(), None);
    }

    #[test]
    fn of_fewer_than_three_nothing_is_said_but_their_number() {
        let ballots =
            [twice(Vote::For, Vote::For), twice(Vote::For, Vote::Against), ballot(None, Some(Vote::For))];
        // A quorum can't be lower than what keeps votes secret.
        assert_eq!(count(&ballots, 1), Outcome::TooFew { before: 2, after: 3, both: 2, quorum: 3 });
        let more: Vec<Ballot> = ballots.into_iter().chain([twice(Vote::For, Vote::For)]).collect();
        assert_eq!(count(&more, 10), Outcome::TooFew { before: 3, after: 4, both: 3, quorum: 10 });
    }

    fn vote() -> impl Strategy<Value = Option<Vote>> {
        prop_oneof![Just(None), Just(Some(Vote::For)), Just(Some(Vote::Against)), Just(Some(Vote::Undecided))]
    }

    proptest! {
        #[test]
        fn counts_agree_and_tell_nobodys_vote(
            votes in prop::collection::vec((vote(), vote()), 0..40),
            quorum in 0_usize..8,
        ) {
            let ballots: Vec<Ballot> = votes.iter().map(|(before, after)| ballot(*before, *after)).collect();
            match count(&ballots, quorum) {
                Outcome::TooFew { before, after, both, quorum } => {
                    prop_assert!(both < quorum && both <= before && both <= after);
                    prop_assert!(quorum >= VOTERS_FOR_SECRECY);
                }
                Outcome::Counted(swing) => {
                    let both = swing.before.voters();
                    prop_assert_eq!(both, swing.after.voters());
                    prop_assert!(both >= VOTERS_FOR_SECRECY.max(quorum));
                    let moved: usize = swing.moves.iter().map(|it| it.voters).sum();
                    prop_assert!(moved <= both);
                    prop_assert!(swing.moves.iter().all(|it| it.from != it.to && it.voters > 0));
                    // What changed of each vote is what moved to it and away from it.
                    for vote in Vote::ALL {
                        let to: usize = swing.moves.iter().filter(|it| it.to == vote).map(|it| it.voters).sum();
                        let from: usize = swing.moves.iter().filter(|it| it.from == vote).map(|it| it.voters).sum();
                        prop_assert_eq!(swing.before.with(vote) + to, swing.after.with(vote) + from);
                    }
                    for (all, only, twice) in [
                        (swing.all_before, swing.before_only, swing.before),
                        (swing.all_after, swing.after_only, swing.after),
                    ] {
                        let Some(all) = all else { continue };
                        prop_assert_eq!(all.voters(), twice.voters() + only);
                        prop_assert!(only == 0 || only >= VOTERS_FOR_SECRECY);
                    }
                }
            }
        }
    }
}
