//! The clues of a question.

use std::collections::HashSet;

use crate::article::Kind;
use crate::article::fold::fold;
use crate::article::names::is_general;
use crate::question::{Question, Want, Word, WordRole, irregular_forms, synonyms};

use super::super::super::error::LibraryError;
use super::super::super::items::Record;
use super::super::super::revision::Library;
use super::super::super::words::pieces;
use super::super::terms::Term;
use super::mentions::Mention;
use super::weigh::{Clue, ClueKind};

/// A word of a question that is no name, and the topics that go by it.
struct Free<'a> {
    at: usize,
    word: &'a Word,
    topics: Vec<i64>,
}

/// What the library knows of a word, of its irregular forms, and of words that mean much the same.
struct Known<'a> {
    forms: Vec<&'a Term>,
    alike: Vec<&'a Term>,
}

impl Library {
    /// The clues of a question: what it names, its other words, and its date.
    pub(super) async fn clues(
        &self,
        question: &Question,
        mentions: &[Mention],
    ) -> Result<Vec<Clue>, LibraryError> {
        let rows: Vec<i64> = mentions.iter().flat_map(|it| it.items.iter().map(|(row, _)| *row)).collect();
        let records = self.records(&rows).await?;
        let (topics, names): (Vec<&Mention>, Vec<&Mention>) =
            mentions.iter().partition(|it| is_words(question, it));
        let mut clues: Vec<Clue> =
            names.into_iter().map(|mention| self.name_clue(question, mention, &records)).collect();
        let free: Vec<Free<'_>> = question
            .words
            .iter()
            .enumerate()
            .filter(|(at, word)| word.role == WordRole::Content && !clues.iter().any(|clue| clue.has(*at)))
            .map(|(at, word)| {
                let topics = topics.iter().filter(|mention| mention.has(at)).flat_map(|it| &it.items);
                let topics = topics.filter(|(_, kind)| *kind == Kind::Topic);
                Free { at, word, topics: topics.map(|(row, _)| *row).collect() }
            })
            .collect();
        clues.extend(self.word_clues(question, free));
        if let Some((days, said)) = &question.date {
            let at = question.words.iter().position(|word| word.role == WordRole::Date).unwrap_or(0);
            clues.push(Clue::new(ClueKind::Date(*days, fold(said)), at, 1));
        }
        Ok(clues)
    }

    fn name_clue(&self, question: &Question, mention: &Mention, records: &[Record]) -> Clue {
        let words = &question.words[mention.start..mention.start + mention.length];
        let typed = words.iter().map(|word| word.folded.as_str()).collect::<Vec<_>>().join(" ");
        let mut items: Vec<i64> = mention.items.iter().map(|(row, _)| *row).collect();
        // Other names of a person mean that person too; those of a quote or a claim may mean anything.
        let actors = records.iter().filter(|it| items.contains(&it.id) && it.item.kind() == Kind::Actor);
        let mut names: Vec<String> =
            actors.flat_map(|it| it.item.called()).map(fold).chain([typed]).collect();
        names.sort();
        names.dedup();
        items.sort_unstable();
        // Who asks what the author thinks asks what the article says; who asks who that is does not.
        let speaks = words.iter().all(|word| is_general(&word.folded))
            && !matches!(question.want, Want::Person | Want::Definition);
        let is_actor = mention.items.iter().any(|(_, kind)| *kind == Kind::Actor);
        let queries = self.languages().iter().flat_map(|language| {
            let tells = |name: &&String| pieces(name).any(|word| !language.is_stop(word));
            names.iter().filter(tells).map(|name| language.query(name))
        });
        let query = if speaks { String::new() } else { queries.collect::<Vec<_>>().join(" OR ") };
        Clue {
            query,
            ..Clue::new(ClueKind::Name { items, names, speaks, is_actor }, mention.start, mention.length)
        }
    }

    fn word_clues(&self, question: &Question, free: Vec<Free<'_>>) -> Vec<Clue> {
        let words: Vec<String> = free.iter().map(|it| it.word.folded.clone()).collect();
        let alike: Vec<Vec<&str>> =
            words.iter().map(|word| if question.is_english { synonyms(word) } else { vec![] }).collect();
        let irregular = words.iter().flat_map(|word| irregular_forms(word));
        let others = irregular.chain(alike.iter().flatten().copied()).map(String::from);
        let all: Vec<String> = words.iter().cloned().chain(others).collect();
        let terms = self.terms(&all);
        let clues = free.into_iter().zip(&alike).map(|(free, alike)| {
            let is_form = |term: &&Term| {
                term.word == free.word.folded
                    || irregular_forms(&free.word.folded).contains(&term.word.as_str())
            };
            let known = Known {
                forms: terms.iter().filter(is_form).collect(),
                alike: terms.iter().filter(|term| alike.contains(&term.word.as_str())).collect(),
            };
            self.word_clue(free, &known)
        });
        clues.collect()
    }

    fn word_clue(&self, free: Free<'_>, known: &Known<'_>) -> Clue {
        let (mut forms, mut stems, mut queries) = (HashSet::new(), HashSet::new(), HashSet::new());
        let (mut alike, mut alike_queries) = (HashSet::new(), HashSet::new());
        for (place, language) in self.languages().iter().enumerate() {
            for term in &known.forms {
                stems.insert(language.stem(&term.word));
                let own = || term.forms(place).into_iter().chain(term.likely(place));
                forms.extend(own().map(String::from));
                queries.extend(own().chain(term.others()).map(|form| language.query(form)));
            }
            for term in known.alike.iter().filter(|term| term.texts() > 0) {
                alike.insert(language.stem(&term.word));
                alike_queries.extend(term.forms(place).into_iter().map(|form| language.query(form)));
            }
        }
        let any = |queries: HashSet<String>| {
            let mut queries: Vec<String> = queries.into_iter().collect();
            queries.sort();
            queries.join(" OR ")
        };
        Clue {
            query: any(queries),
            alike_query: any(alike_queries),
            is_subject: free.word.is_subject,
            is_needed: free.word.is_needed,
            is_verb: free.word.is_verb,
            is_light: free.word.is_light,
            ..Clue::new(ClueKind::Word { forms, stems, alike, topics: free.topics }, free.at, 1)
        }
    }
}

/// Whether a name is words: only topics go by it, which are an editor's headings, or it is one word that is not written
/// as a name, and nobody goes by it.
fn is_words(question: &Question, mention: &Mention) -> bool {
    let all = |kinds: &dyn Fn(Kind) -> bool| mention.items.iter().all(|(_, kind)| kinds(*kind));
    let is_plain = mention.length == 1 && !question.words[mention.start].is_capital;
    all(&|kind| kind == Kind::Topic) || is_plain && all(&|kind| kind != Kind::Actor)
}
