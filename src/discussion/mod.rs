//! The rules of discussions: what a debate's phases are, how votes are counted, which points come first, what a quiz asks,
//! when something comes again. They know no platform and no database; time and chance are handed in.

mod debate;
mod point;
mod quiz;
mod schedule;
mod vote;

pub use debate::{End, MAX_PHASE, MIN_PHASE, Phase, Stage, Timetable};
pub use point::{MAX_POINT, MIN_POINT, Standing, WrongPoint, best_first, check_point};
pub use quiz::{ANSWER_TIME, Asked, CHOICES, MAX_QUESTIONS, Question, QuizChoice, questions};
pub use schedule::Rule;
pub use vote::{Ballot, Move, Outcome, Round, Side, Swing, Tally, VOTERS_FOR_SECRECY, Vote, count};
