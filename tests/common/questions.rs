//! Sets of questions (`tests/questions/`), and which of them are answered on the first screen.

use std::path::Path;

use anstream::adapter::strip_str;
use rapporteur::answer::AnswerKind;
use rapporteur::article::fold::fold;
use rapporteur::chat::terminal::render;
use serde::Deserialize;

use super::world::Room;

/// How much of an answer the first screen shows, in characters.
const FIRST_SCREEN: usize = 700;

/// A set of questions on one article.
#[derive(Deserialize)]
pub struct Set {
    question: Vec<Question>,
}

/// A question, and what its answer must have.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    pub kind: String,
    pub ask: String,
    /// One of these must be on the first screen; none for what the article does not answer.
    answer: Vec<String>,
    /// One of each of these too.
    #[serde(default)]
    also: Vec<Vec<String>>,
    /// Somebody's words are asked for, and the article quotes none.
    #[serde(default)]
    not_quoted: bool,
}

/// How a question fared.
pub struct Outcome {
    pub kind: String,
    pub ask: String,
    pub is_right: bool,
    /// Whether the first screen has the answer, whatever is said of it.
    pub is_shown: bool,
    pub first_screen: String,
}

/// Asks a set's questions.
pub async fn ask_all(room: &Room, set: &Path) -> Vec<Outcome> {
    let set = std::fs::read_to_string(set).unwrap();
    let set: Set = toml::from_str(&set).unwrap();
    let mut outcomes = Vec::new();
    for question in set.question {
        let answer = room.ask(&format!("ask {}", question.ask)).await;
        let plain = strip_str(&render(&answer, 100)).to_string();
        let first_screen: String = plain.chars().take(FIRST_SCREEN).collect();
        let is_right = question.is_right(&answer.title, answer.kind, &first_screen);
        let is_shown = is_right || !question.answer.is_empty() && question.is_shown(&first_screen);
        outcomes.push(Outcome { kind: question.kind, ask: question.ask, is_right, is_shown, first_screen });
    }
    outcomes
}

impl Question {
    fn is_right(&self, title: &str, kind: AnswerKind, first_screen: &str) -> bool {
        if self.answer.is_empty() {
            return kind == AnswerKind::NothingFound;
        }
        let says_so = ["quote", "no cita"].iter().any(|it| fold(first_screen).contains(it));
        let quoted = !self.not_quoted || !title.is_empty() && says_so;
        kind == AnswerKind::Found && quoted && self.is_shown(first_screen)
    }

    fn is_shown(&self, first_screen: &str) -> bool {
        // The bar before a quotation is no part of it.
        let shown = fold(&first_screen.replace('│', " "));
        let has = |any: &Vec<String>| any.iter().any(|text| shown.contains(&fold(text)));
        has(&self.answer) && self.also.iter().all(has)
    }
}
