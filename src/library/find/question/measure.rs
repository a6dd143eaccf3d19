//! How well an item answers a question.

use std::collections::{HashMap, HashSet};

use crate::article::date::Days;
use crate::article::fold::fold;
use crate::article::pack::QuoteKind;
use crate::article::{Item, Kind, LinkKind};
use crate::question::Want;

use super::super::super::items::Record;
use super::super::super::words::{Language, pieces, tokens};
use super::evidence::Evidence;
use super::weigh::{Clue, ClueKind};

/// How much of a clue is found in each part of an item.
const NAMED_SO: f64 = 1.0;
const SAYS: f64 = 0.95;
const AT_ITS_PLACE: f64 = 0.8;
const EXPLAINS: f64 = 0.75;
const ELSEWHERE: f64 = 0.4;
/// The same for another word of the same stem.
const OTHER_WORD: f64 = 0.85;
/// The same for a word that means much the same, where no text has the word itself, and where some have.
const ALIKE: f64 = 0.6;
const ALIKE_OF_KNOWN: f64 = 0.4;
/// How much of a date an item has that names it, and isn't dated so itself.
const SAYS_DATE: f64 = 0.85;
/// What is left of that where the item has a date, and another.
const OTHER_DATE: f64 = 0.6;
/// How much of a word an item has whose topic goes by it.
const TOPIC: f64 = 0.4;
/// How much it adds that the question has all of an item's name.
const WHOLE_NAME: f64 = 0.25;
/// How much it adds that an item is one of the most important.
const KEY: f64 = 0.04;
/// How much it adds that an item has what is wanted: a date, a number, what should be done.
const FITS: f64 = 0.2;
/// From this share of words in common on, a question is one that the editor foresaw.
const FORESEEN: f64 = 0.6;

/// An item's texts as words, and the stems of these.
struct Part {
    words: HashSet<String>,
    stems: HashSet<String>,
    text: String,
}

impl Part {
    fn of<'a>(texts: impl IntoIterator<Item = &'a str>, language: &Language) -> Part {
        let mut part = Part { words: HashSet::new(), stems: HashSet::new(), text: String::from(" ") };
        for text in texts {
            let folded = fold(text);
            for token in pieces(&folded).flat_map(tokens) {
                part.stems.insert(language.stem(&token));
                part.words.insert(token);
            }
            part.text.push_str(&folded);
            part.text.push(' ');
        }
        part
    }

    /// Whether it has a folded name.
    fn has_name(&self, name: &str) -> bool {
        self.text.contains(&format!(" {name} "))
    }

    /// Whether it has all telling words of a folded name, in whatever order and form.
    fn has_words_of(&self, name: &str, language: &Language) -> bool {
        let mut telling = pieces(name).filter(|word| !language.is_stop(word)).peekable();
        telling.peek().is_some() && telling.all(|word| self.stems.contains(&language.stem(word)))
    }

    /// How much of a word it has.
    fn has_word(&self, word: &Wanted<'_>) -> f64 {
        match () {
            () if word.forms.iter().any(|form| self.words.contains(form)) => 1.0,
            () if word.stems.iter().any(|stem| self.stems.contains(stem)) => OTHER_WORD,
            () if word.alike.iter().any(|stem| self.stems.contains(stem)) => match word.is_known {
                true => ALIKE_OF_KNOWN,
                false => ALIKE,
            },
            () => 0.0,
        }
    }
}

/// A word that is looked for.
struct Wanted<'a> {
    forms: &'a HashSet<String>,
    stems: &'a HashSet<String>,
    /// Stems of words that mean much the same.
    alike: &'a HashSet<String>,
    /// Whether some text has the word itself.
    is_known: bool,
}

/// The measure of one item.
#[derive(Debug, Clone)]
pub(super) struct Measure {
    /// How well it answers.
    pub score: f64,
    /// How much of what the question is about it has, from 0 to 1.
    pub cover: f64,
    /// How much of each clue it has, from 0 to 1.
    pub shares: Vec<f64>,
    /// Whether it is what the editor foresaw.
    pub is_foreseen: bool,
}

/// Measures items against one question.
pub(super) struct Scale<'a> {
    pub clues: &'a [Clue],
    pub want: Want,
    pub evidence: &'a Evidence,
    /// Rows of the items that are measured, by article and id.
    pub rows: &'a HashMap<(i64, String), i64>,
    /// Stems of the question's own words.
    pub stems: &'a HashSet<String>,
    /// Words with which what is wanted is put.
    pub cues: &'a [&'static str],
}

impl Scale<'_> {
    /// How well an item answers the question.
    pub fn measure(&self, record: &Record, language: &Language) -> Measure {
        let item = &record.item;
        let called = item.called();
        let names = Part::of(called.iter().copied(), language);
        let head: Vec<&str> = item.head();
        let says = Part::of(head.iter().copied().filter(|text| !called.contains(text)), language);
        let explains = Part::of(item.body(), language);
        let exact = item.source().and_then(|source| source.exact.as_deref());
        let place = Part::of(exact, language);
        let parts = [(&names, NAMED_SO), (&says, SAYS), (&place, AT_ITS_PLACE), (&explains, EXPLAINS)];

        let mut shares = Vec::new();
        for (clue, hits) in self.clues.iter().zip(&self.evidence.hits) {
            let share = match &clue.kind {
                ClueKind::Name { items, names, speaks, is_actor } => {
                    let linked = self.linked(record, items);
                    let said = parts.iter().filter(|(part, _)| names.iter().any(|name| part.has_name(name)));
                    let said = said.map(|(_, share)| *share).fold(0.0, f64::max);
                    // What a thing is called are words, which a text puts as it needs them.
                    let put = parts.iter().filter(|(part, _)| {
                        !is_actor && names.iter().any(|name| part.has_words_of(name, language))
                    });
                    let put = put.map(|(_, share)| OTHER_WORD * share).fold(0.0, f64::max);
                    let said = said.max(put);
                    if *speaks && !matches!(item, Item::Actor(_)) { 1.0 } else { linked.max(said) }
                }
                ClueKind::Word { forms, stems, alike, topics } => {
                    let wanted = Wanted { forms, stems, alike, is_known: !hits.is_empty() };
                    let said = parts.iter().map(|(part, share)| share * part.has_word(&wanted));
                    let elsewhere = if hits.contains(&record.id) { ELSEWHERE } else { 0.0 };
                    let topic = if self.linked(record, topics) > 0.0 { TOPIC } else { 0.0 };
                    said.fold(elsewhere.max(topic), f64::max)
                }
                ClueKind::Date(days, said) => {
                    let said = parts.iter().filter(|(part, _)| part.has_name(said));
                    let said = said.map(|(_, share)| SAYS_DATE * share).fold(0.0, f64::max);
                    match dated(record).map(|own| overlap(own, *days)) {
                        Some(true) => 1.0,
                        // What has a date was not at another.
                        Some(false) => OTHER_DATE * said,
                        None => said,
                    }
                }
            };
            shares.push(share);
        }
        let weights = self.clues.iter().map(|clue| clue.weight);
        let all: f64 = weights.clone().sum();
        let found: f64 = weights.zip(&shares).map(|(weight, share)| weight * share).sum();
        let mut cover = if all > 0.0 { found / all } else { 0.0 };
        let whole = self.whole_name(&called, language);
        let foreseen = item.asked().iter().map(|asked| self.foreseen(asked, language)).fold(0.0, f64::max);
        let mut score = cover * fit(self.want, item)
            + WHOLE_NAME * whole * cover
            + if item.is_key() { KEY } else { 0.0 }
            + if self.fits(item) { FITS * cover } else { 0.0 };
        if foreseen >= FORESEEN {
            cover = cover.max(foreseen);
            score += foreseen;
        }
        Measure { score, cover, shares, is_foreseen: foreseen >= FORESEEN }
    }

    /// How an item is linked to one of those named.
    fn linked(&self, record: &Record, named: &[i64]) -> f64 {
        if named.contains(&record.id) {
            return 1.0;
        }
        let links = named.iter().filter_map(|it| self.evidence.links.get(&(record.id, *it)));
        links
            .map(|role| match role {
                LinkKind::By | LinkKind::Reported => 1.0,
                LinkKind::About => 0.9,
                LinkKind::Ground | LinkKind::Supports => 0.6,
                LinkKind::Topic => 0.5,
                LinkKind::Attacks | LinkKind::Undercuts => 0.5,
            })
            .fold(0.0, f64::max)
    }

    /// How much of one of an item's names the question has; of a name of one word half.
    fn whole_name(&self, called: &[&str], language: &Language) -> f64 {
        let share = |name: &&str| {
            let folded = fold(name);
            let telling: Vec<&str> = pieces(&folded).filter(|word| !language.is_stop(word)).collect();
            let known = telling.iter().filter(|word| self.stems.contains(&language.stem(word))).count();
            match telling.len() {
                0 => 0.0,
                1 => 0.5 * known as f64,
                all => known as f64 / all as f64,
            }
        };
        called.iter().map(share).fold(0.0, f64::max)
    }

    /// How many words a question and one that the editor foresaw have in common, of all their words.
    fn foreseen(&self, asked: &str, language: &Language) -> f64 {
        let folded = fold(asked);
        let stems: HashSet<String> =
            pieces(&folded).filter(|word| !language.is_stop(word)).map(|word| language.stem(word)).collect();
        let both = stems.intersection(self.stems).count();
        let either = stems.union(self.stems).count();
        if either == 0 { 0.0 } else { both as f64 / either as f64 }
    }

    /// Whether an item has what the form of the question wants.
    fn fits(&self, item: &Item) -> bool {
        match self.want {
            Want::Date => item.when().is_some(),
            Want::Number => {
                let said = item.head().into_iter().chain(item.body()).map(fold).collect::<Vec<_>>().join(" ");
                said.contains(|c: char| c.is_ascii_digit())
            }
            Want::Words | Want::Speaker => match item {
                Item::Quote(quote) => quote.kind == QuoteKind::Verbatim || self.speaks(&quote.speaker),
                Item::Argument(argument) => self.speaks(&argument.claimed_by),
                _ => false,
            },
            Want::Objection => {
                matches!(item, Item::Argument(it) if !(it.critique.is_empty() && it.attacks.is_empty() && it.undercuts.is_empty()))
            }
            Want::Reason | Want::Proposal => {
                let said = item.head().into_iter().chain(item.body()).map(fold).collect::<Vec<_>>().join(" ");
                said.split(' ').any(|word| self.cues.contains(&word))
            }
            _ => false,
        }
    }

    /// Whether somebody whom the question names is the one who speaks.
    fn speaks(&self, speaker: &Option<String>) -> bool {
        let Some(speaker) = speaker else { return false };
        let named = |row: &i64| self.clues.iter().any(|clue| clue.named().contains(row));
        self.rows.iter().any(|((_, id), row)| id == speaker && named(row))
    }
}

/// The days of an item's date.
fn dated(record: &Record) -> Option<Days> {
    record.days.or_else(|| record.item.when().and_then(|when| when.days().ok()))
}

/// Whether two dates have a day in common.
fn overlap(one: Days, other: Days) -> bool {
    one.earliest <= other.latest && one.latest >= other.earliest
}

/// How well a kind of item answers a kind of question, from 0 to 1.
fn fit(want: Want, item: &Item) -> f64 {
    let of = |[actor, event, quote, argument, fact, relation, topic]: [f64; 7]| match item.kind() {
        Kind::Article => 0.6,
        Kind::Actor => actor,
        Kind::Event => event,
        Kind::Quote => quote,
        Kind::Argument => argument,
        Kind::Fact => fact,
        Kind::Relation => relation,
        Kind::Topic => topic,
    };
    match want {
        Want::Person => of([1.0, 0.95, 0.8, 0.85, 0.95, 0.95, 0.6]),
        Want::Speaker => of([0.7, 0.7, 1.0, 0.85, 0.7, 0.8, 0.5]),
        Want::Words => of([0.8, 0.8, 1.0, 0.95, 0.9, 0.9, 0.7]),
        Want::Date => of([0.8, 1.0, 0.6, 0.6, 0.75, 0.85, 0.5]),
        Want::Events => of([0.8, 1.0, 0.75, 0.8, 0.9, 0.9, 0.65]),
        Want::Reason => of([0.7, 0.85, 0.8, 1.0, 0.95, 0.85, 0.7]),
        Want::Definition => of([1.0, 0.95, 0.9, 0.95, 0.85, 0.8, 0.85]),
        Want::Proposal => of([0.7, 0.75, 0.8, 1.0, 0.85, 0.7, 0.7]),
        Want::Objection => of([0.5, 0.5, 0.6, 1.0, 0.6, 0.5, 0.6]),
        Want::List => of([0.9, 0.9, 0.85, 0.95, 1.0, 0.9, 0.85]),
        Want::Number => of([0.85, 1.0, 0.85, 0.9, 1.0, 0.9, 0.6]),
        Want::Place => of([0.9, 1.0, 0.8, 0.85, 1.0, 0.9, 0.6]),
        Want::Manner => of([0.8, 0.95, 0.85, 1.0, 0.95, 0.95, 0.75]),
        Want::Summary | Want::Opening | Want::Ending | Want::Topics | Want::Actors | Want::Anything => {
            of([0.95, 1.0, 0.95, 1.0, 1.0, 0.95, 0.85])
        }
    }
}
