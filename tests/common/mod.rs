//! What the tests share: a bot as a process in folders of its own, a world within the test's process, packs to give
//! to them, and answers of any size.

#![allow(dead_code, unused_imports, reason = "a benchmark uses a part of this")]

mod bot;
mod lines;
mod output;
mod pack;
mod posts;
pub mod questions;
pub mod strategies;
mod world;

pub use bot::{Bot, Chat};
pub use lines::article_lines;
pub use output::{Output, field, list, place};
pub use pack::{ARTICLE, PackText, first_article, pack, real_pack};
pub use posts::Posts;
pub use world::{Room, found};
