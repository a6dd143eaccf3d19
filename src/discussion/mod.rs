//! The rules of discussions: what a debate's phases are, how votes are counted, which points come first. They know no
//! platform and no database; the time is handed in.

mod debate;
mod point;
mod vote;

pub use debate::{End, MAX_PHASE, MIN_PHASE, Phase, Stage, Timetable};
pub use point::{MAX_POINT, MIN_POINT, Standing, WrongPoint, best_first, check_point};
pub use vote::{Ballot, Move, Outcome, Round, Side, Swing, Tally, VOTERS_FOR_SECRECY, Vote, count};
