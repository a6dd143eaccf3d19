//! The phases of a debate: a vote, the argument, and the vote again.

/// The shortest phase, in milliseconds: a minute.
pub const MIN_PHASE: i64 = 60_000;

/// The longest phase, in milliseconds: thirty days.
pub const MAX_PHASE: i64 = 30 * 24 * 60 * 60 * 1_000;

/// A phase of a debate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Phase {
    /// Everybody votes before a word is said.
    FirstVote,
    /// People make points.
    Discussion,
    /// Everybody votes again.
    SecondVote,
    /// It has ended.
    Over(End),
}

/// How a debate ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum End {
    /// The votes were counted.
    Counted,
    /// A moderator closed it.
    Closed,
}

impl Phase {
    /// All of them, in their order.
    pub const ALL: [Phase; 5] = [
        Phase::FirstVote,
        Phase::Discussion,
        Phase::SecondVote,
        Phase::Over(End::Counted),
        Phase::Over(End::Closed),
    ];

    /// The word for it in the database and in the catalogue.
    pub fn as_str(self) -> &'static str {
        match self {
            Phase::FirstVote => "first-vote",
            Phase::Discussion => "discussion",
            Phase::SecondVote => "second-vote",
            Phase::Over(End::Counted) => "counted",
            Phase::Over(End::Closed) => "closed",
        }
    }

    /// The phase that goes by a word.
    pub fn read(word: &str) -> Option<Phase> {
        Phase::ALL.into_iter().find(|phase| phase.as_str() == word)
    }

    /// Whether points can be made.
    pub fn takes_points(self) -> bool {
        self == Phase::Discussion
    }

    /// Whether points can be supported and withdrawn.
    pub fn takes_support(self) -> bool {
        matches!(self, Phase::Discussion | Phase::SecondVote)
    }

    /// Whether it has ended.
    pub fn is_over(self) -> bool {
        matches!(self, Phase::Over(_))
    }

    fn next(self) -> Phase {
        match self {
            Phase::FirstVote => Phase::Discussion,
            Phase::Discussion => Phase::SecondVote,
            Phase::SecondVote => Phase::Over(End::Counted),
            over @ Phase::Over(_) => over,
        }
    }
}

/// How long the phases of a debate last, in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timetable {
    /// Each of the two votes.
    pub vote: i64,
    /// The discussion.
    pub discuss: i64,
}

impl Timetable {
    fn of(&self, phase: Phase) -> i64 {
        match phase {
            Phase::FirstVote | Phase::SecondVote => self.vote,
            Phase::Discussion => self.discuss,
            Phase::Over(_) => 0,
        }
    }
}

/// Where a debate stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stage {
    /// The phase.
    pub phase: Phase,
    /// When it ends, in milliseconds since 1970 UTC.
    pub ends_at: i64,
}

impl Stage {
    /// A debate that opens now.
    pub fn opened(timetable: &Timetable, now: i64) -> Stage {
        Stage { phase: Phase::FirstVote, ends_at: now.saturating_add(timetable.vote) }
    }

    /// Whether the next phase is due.
    pub fn is_due(&self, now: i64) -> bool {
        !self.phase.is_over() && self.ends_at <= now
    }

    /// The stage that follows, beginning now. It lasts as long as announced also where the one before ended late, because
    /// the program was down: nobody loses time.
    pub fn next(&self, timetable: &Timetable, now: i64) -> Stage {
        let phase = self.phase.next();
        Stage { phase, ends_at: now.saturating_add(timetable.of(phase)) }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TIMETABLE: Timetable = Timetable { vote: 1_000, discuss: 5_000 };

    #[test]
    fn a_debate_goes_through_its_phases() {
        let mut stage = Stage::opened(&TIMETABLE, 100);
        let mut seen = vec![(stage.phase, stage.ends_at)];
        for now in [1_100, 6_100, 9_000] {
            assert!(stage.is_due(now) && !stage.is_due(stage.ends_at - 1));
            stage = stage.next(&TIMETABLE, now);
            seen.push((stage.phase, stage.ends_at));
        }
        assert_eq!(
            seen,
            [
                (Phase::FirstVote, 1_100),
                (Phase::Discussion, 6_100),
                // The program was down when it was due: the vote takes as long as it was said to.
                (Phase::SecondVote, 7_100),
                (Phase::Over(End::Counted), 9_000),
            ]
        );
        assert!(!stage.is_due(i64::MAX));
        assert_eq!(stage.next(&TIMETABLE, 20_000).phase, Phase::Over(End::Counted));
    }

    #[test]
    fn phases_are_read_as_they_are_written() {
        for phase in Phase::ALL {
            assert_eq!(Phase::read(phase.as_str()), Some(phase));
        }
        assert_eq!(Phase::read("lunch"), None);
    }

    proptest! {
        #[test]
        fn a_clock_that_jumps_never_takes_a_debate_back(times in prop::collection::vec(-10_000_i64..100_000, 1..30)) {
            let order = |phase| Phase::ALL.iter().position(|it| *it == phase);
            let mut stage = Stage::opened(&TIMETABLE, 0);
            for now in times {
                let before = stage;
                if stage.is_due(now) {
                    stage = stage.next(&TIMETABLE, now);
                }
                prop_assert!(order(stage.phase) >= order(before.phase));
            }
        }
    }
}
