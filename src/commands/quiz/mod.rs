//! `/quiz`, `/answer` and `/scores`: questions about the article, which everybody answers by themselves. What is asked is
//! made in [`crate::discussion`].

pub(super) mod answer;
mod find;
mod post;
pub(super) mod scores;
mod shown;
pub(super) mod start;

pub(super) use post::{move_quizzes_on, post_all};
