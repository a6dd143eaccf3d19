//! Answering a question from what the articles say: what it names, the items that speak of it, and which of them says
//! it best.

mod article;
mod ask;
mod clues;
mod evidence;
mod judge;
mod measure;
mod mentions;
mod weigh;

pub use ask::{Asked, Ranked};
pub use judge::Confidence;
