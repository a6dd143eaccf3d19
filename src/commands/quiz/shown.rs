//! A question of a quiz, and its answer, in words.

use crate::answer::{Answer, ChoiceKind, Entry, Part};
use crate::article::pack::QuoteKind;
use crate::community::Quiz;
use crate::discussion::{Question, QuizChoice};
use crate::library::{Library, Record};
use crate::say;

use super::super::problem::Problem;
use super::super::show;
use super::super::world::World;

/// The letters of the choices, as they are typed.
pub(super) const LETTERS: [&str; 4] = ["a", "b", "c", "d"];

/// What a quiz is at: the question, or its answer.
///
/// # Errors
/// The library or the community database can't be read.
pub(super) async fn answer(world: &World, quiz: &Quiz) -> Result<Answer, Problem> {
    let Some(question) = quiz.questions.get(quiz.number) else { return Ok(Answer::found(title(quiz))) };
    match quiz.is_asking {
        true => Ok(asked(quiz, question)),
        false => shown(world, quiz, question).await,
    }
}

/// Which question of which quiz.
pub(super) fn title(quiz: &Quiz) -> String {
    say!("quiz-title", quiz = quiz.id, number = quiz.number + 1, of = quiz.questions.len())
}

/// A choice with its letter: "B: Octavio Paz".
pub(super) fn lettered(question: &Question, at: usize) -> String {
    let letter = LETTERS.get(at).copied().unwrap_or_default().to_uppercase();
    let choice = question.choices.get(at).map(words).unwrap_or_default();
    say!("quiz-choice", letter = letter, choice = choice)
}

fn words(choice: &QuizChoice) -> String {
    match choice {
        QuizChoice::Words(words) => words.clone(),
        QuizChoice::Given(kind) => {
            let kind = match kind {
                QuoteKind::Verbatim => "verbatim",
                QuoteKind::Reported => "reported",
                QuoteKind::Phrase => "phrase",
                QuoteKind::Author => "author",
            };
            say!("quiz-given", kind = kind)
        }
    }
}

fn asked(quiz: &Quiz, question: &Question) -> Answer {
    let entries = (0..question.choices.len()).map(|at| {
        let letter = LETTERS.get(at).copied().unwrap_or_default().to_uppercase();
        Entry::new(letter, words(&question.choices[at]))
    });
    let ends = vec![(vec![Part::Text(say!("quiz-ends"))], vec![Part::Time(quiz.ends_at)])];
    let answer = Answer::found(title(quiz))
        .paragraph(say!("quiz-question", asked = question.asked.as_str(), about = &question.about))
        .list("", entries.collect())
        .facts(ends);
    let answer = LETTERS.iter().fold(answer, |answer, letter| {
        let line = format!("answer {letter} --quiz {}", quiz.id);
        answer.offer(ChoiceKind::Secret, letter.to_uppercase(), line)
    });
    answer.choice(say!("quiz-reveal"), "quiz --reveal")
}

async fn shown(world: &World, quiz: &Quiz, question: &Question) -> Result<Answer, Problem> {
    let mut answer = Answer::found(title(quiz))
        .paragraph(say!("quiz-question", asked = question.asked.as_str(), about = &question.about))
        .paragraph(say!("quiz-right", choice = lettered(question, question.right)));
    let library = world.store.current();
    if let Some(library) = library.as_deref()
        && let Some(record) = record(library, &quiz.article, &question.item).await?
    {
        answer.blocks.extend(show::stated(library, &record));
        answer.source = show::sources(&answer.blocks);
    }
    let answers = world.community.quiz_answers(quiz).await?;
    let right: Vec<Part> = answers
        .iter()
        .filter(|(_, choice)| *choice == question.right)
        .enumerate()
        .flat_map(|(at, (person, _))| {
            let comma = (at > 0).then(|| Part::Text(", ".into()));
            comma.into_iter().chain([Part::Person(person.clone())])
        })
        .collect();
    let right = if right.is_empty() { vec![Part::Text(say!("quiz-nobody"))] } else { right };
    answer = answer
        .facts(vec![(vec![Part::Text(say!("quiz-who-was-right"))], right)])
        .fields([(say!("quiz-answered"), answers.len().to_string())]);
    Ok(match quiz.number + 1 < quiz.questions.len() {
        true => answer.choice(say!("quiz-next"), "quiz --next"),
        false => answer.choice(say!("quiz-scores"), "scores"),
    })
}

async fn record(library: &Library, article: &str, item: &str) -> Result<Option<Record>, Problem> {
    let Some(article) = library.article(article).await? else { return Ok(None) };
    Ok(library.by_keys(article.id, &[item]).await?.into_iter().next())
}
