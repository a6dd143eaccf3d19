//! The questions of a quiz, made from a pack alone: what it says of its quotes, events and arguments. A question that could
//! have more than one right answer is not made.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use crate::article::Item;
use crate::article::fold::fold;
use crate::article::pack::{Actor, Argument, Event, Quote, QuoteKind};
use crate::env::Rng;

/// How many choices a question has.
pub const CHOICES: usize = 4;

/// How long people have for an answer, in milliseconds.
pub const ANSWER_TIME: i64 = 30_000;

/// The most questions of a quiz.
pub const MAX_QUESTIONS: usize = 20;

/// The fewest words of which one asks how they are given.
const MIN_WORDS: usize = 3;

/// By how many years wrong years differ from the right one, at most.
const YEARS: i64 = 9;

/// What a question asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Asked {
    /// Who said these words.
    WhoSaid,
    /// Who is reported to have said or thought this.
    WhoIsReported,
    /// Whether these words are verbatim, reported, a phrase, or the author's.
    HowGiven,
    /// Which of these events came first.
    CameFirst,
    /// In which year something happened.
    WhatYear,
    /// Which claim this is a ground for.
    WhichClaim,
}

impl Asked {
    /// What the catalogue calls it: the argument `asked`.
    pub fn as_str(self) -> &'static str {
        match self {
            Asked::WhoSaid => "who-said",
            Asked::WhoIsReported => "who-is-reported",
            Asked::HowGiven => "how-given",
            Asked::CameFirst => "came-first",
            Asked::WhatYear => "what-year",
            Asked::WhichClaim => "which-claim",
        }
    }
}

/// What one can choose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuizChoice {
    /// Words of the pack, or a year.
    Words(String),
    /// How words are given.
    Given(QuoteKind),
}

/// A question with its choices, of which one is right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// What it asks.
    pub asked: Asked,
    /// The id of the item that has the answer.
    pub item: String,
    /// The words that it is about; empty where the choices say it all.
    pub about: String,
    /// [`CHOICES`] of them.
    pub choices: Vec<QuizChoice>,
    /// Which one is right, from 0.
    pub right: usize,
}

/// Makes a question about an item, if one with one right answer can be made.
type Maker = fn(&Pack<'_>, &Item, &Rng) -> Option<Question>;

/// Makes questions of a pack's items: at most `number`, of all sorts in turn, none about the same item. Fewer, where it
/// has not enough.
pub fn questions(items: &[Item], number: usize, rng: &Rng) -> Vec<Question> {
    let pack = Pack::of(items);
    let makers: [Maker; 5] = [who_said, how_given, came_first, what_year, which_claim];
    let mut lists: Vec<_> = makers.into_iter().map(|make| (make, items.iter().collect::<Vec<_>>())).collect();
    let mut made: Vec<Question> = Vec::new();
    while made.len() < number && !lists.is_empty() {
        lists.retain_mut(|(make, left)| {
            while made.len() < number && !left.is_empty() {
                let item = left.swap_remove(rng.below(left.len()));
                let is_new = made.iter().all(|question| question.item != item.id());
                if is_new && let Some(question) = make(&pack, item, rng) {
                    made.push(question);
                    return true;
                }
            }
            false
        });
    }
    made
}

/// A pack's items by their kinds.
struct Pack<'a> {
    items: &'a [Item],
    actors: Vec<&'a Actor>,
    events: Vec<&'a Event>,
    quotes: Vec<&'a Quote>,
    arguments: Vec<&'a Argument>,
}

impl<'a> Pack<'a> {
    fn of(items: &'a [Item]) -> Pack<'a> {
        let mut pack = Pack { items, actors: vec![], events: vec![], quotes: vec![], arguments: vec![] };
        for item in items {
            match item {
                Item::Actor(actor) => pack.actors.push(actor),
                Item::Event(event) => pack.events.push(event),
                Item::Quote(quote) => pack.quotes.push(quote),
                Item::Argument(argument) => pack.arguments.push(argument),
                Item::Article(_) | Item::Fact(_) | Item::Relation(_) | Item::Topic(_) => {}
            }
        }
        pack
    }

    /// What an item says, as a ground.
    fn said(&self, id: &str) -> Option<&'a str> {
        self.items.iter().find(|item| item.id() == id).and_then(|item| match item {
            Item::Quote(quote) => Some(quote.words.as_str()),
            Item::Event(event) => Some(event.title.as_str()),
            Item::Fact(fact) => Some(fact.statement.as_str()),
            _ => None,
        })
    }
}

/// Everything that an actor is called, folded.
fn called(actor: &Actor) -> impl Iterator<Item = String> {
    std::iter::once(&actor.name).chain(&actor.aliases).map(|name| fold(name))
}

fn who_said(pack: &Pack<'_>, item: &Item, rng: &Rng) -> Option<Question> {
    let Item::Quote(quote) = item else { return None };
    let asked = match quote.kind {
        QuoteKind::Verbatim => Asked::WhoSaid,
        QuoteKind::Reported => Asked::WhoIsReported,
        QuoteKind::Phrase | QuoteKind::Author => return None,
    };
    let words = fold(&quote.words);
    let id = quote.speaker.as_deref()?;
    let speaker = pack.actors.iter().find(|actor| actor.id == id)?;
    // Who names oneself gives it away.
    let is_named = |name: String| format!(" {words} ").contains(&format!(" {name} "));
    if called(speaker).flat_map(|name| name.split(' ').map(String::from).collect::<Vec<_>>()).any(is_named) {
        return None;
    }
    // Somebody else may have said the same.
    let same = pack.quotes.iter().filter(|it| fold(&it.words) == words || fold(&it.words).contains(&words));
    let others: HashSet<&str> = same.filter_map(|it| it.speaker.as_deref()).collect();
    let names: HashSet<String> = pack
        .actors
        .iter()
        .filter(|actor| others.contains(actor.id.as_str()))
        .flat_map(|it| called(it))
        .collect();
    let wrong = pack
        .actors
        .iter()
        .filter(|actor| actor.kind == speaker.kind && !called(actor).any(|name| names.contains(&name)))
        .map(|actor| actor.name.clone());
    question(asked, &quote.id, &quote.words, speaker.name.clone(), wrong.collect(), rng)
}

fn how_given(pack: &Pack<'_>, item: &Item, _: &Rng) -> Option<Question> {
    let Item::Quote(quote) = item else { return None };
    let words = fold(&quote.words);
    // Few words may stand in many places, given in many ways.
    if words.split(' ').count() < MIN_WORDS {
        return None;
    }
    if pack.quotes.iter().any(|it| it.id != quote.id && fold(&it.words) == words) {
        return None;
    }
    let kinds = [QuoteKind::Verbatim, QuoteKind::Reported, QuoteKind::Phrase, QuoteKind::Author];
    Some(Question {
        asked: Asked::HowGiven,
        item: quote.id.clone(),
        about: quote.words.clone(),
        right: kinds.iter().position(|kind| *kind == quote.kind)?,
        choices: kinds.into_iter().map(QuizChoice::Given).collect(),
    })
}

/// The first and the last day that a dated event can have been on.
fn days(event: &Event) -> Option<(i64, i64)> {
    let when = event.when.as_ref().filter(|when| when.is_sure())?;
    when.days().ok().map(|days| (days.earliest, days.latest))
}

fn came_first(pack: &Pack<'_>, item: &Item, rng: &Rng) -> Option<Question> {
    let Item::Event(event) = item else { return None };
    let (_, last) = days(event)?;
    let is_later = |other: &&&Event| days(other).is_some_and(|(first, _)| first > last);
    // Two events of one name could be either.
    let earlier: HashSet<String> =
        pack.events.iter().filter(|other| !is_later(other)).map(|other| fold(&other.title)).collect();
    let wrong = pack.events.iter().filter(is_later).map(|other| other.title.clone());
    let wrong = wrong.filter(|title| !earlier.contains(&fold(title))).collect();
    let is_one = pack.events.iter().filter(|other| fold(&other.title) == fold(&event.title)).count() == 1;
    question(Asked::CameFirst, &event.id, "", event.title.clone(), wrong, rng).filter(|_| is_one)
}

fn what_year(pack: &Pack<'_>, item: &Item, rng: &Rng) -> Option<Question> {
    let Item::Event(event) = item else { return None };
    let year = |event: &Event| {
        let (first, last) = days(event)?;
        let (first, last) = (first.div_euclid(10_000), last.div_euclid(10_000));
        (first == last && (1_000..3_000).contains(&first)).then_some(first)
    };
    let right = year(event)?;
    let title = fold(&event.title);
    let is_one = pack.events.iter().filter(|other| fold(&other.title) == title).count() == 1;
    // A title with a year in it gives it away.
    if !is_one || event.title.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    // Years of the article are more plausible than those around it.
    let mut wrong: Vec<i64> = pack.events.iter().filter_map(|event| year(event)).collect();
    wrong.retain(|other| *other != right && (other - right).abs() <= 3 * YEARS);
    let mut around: Vec<i64> = (-YEARS..=YEARS).filter(|by| *by != 0).map(|by| right + by).collect();
    while wrong.iter().collect::<HashSet<_>>().len() < CHOICES - 1 && !around.is_empty() {
        wrong.push(around.swap_remove(rng.below(around.len())));
    }
    let wrong = wrong.into_iter().map(|year| year.to_string()).collect();
    question(Asked::WhatYear, &event.id, &event.title, right.to_string(), wrong, rng)
}

fn which_claim(pack: &Pack<'_>, item: &Item, rng: &Rng) -> Option<Question> {
    let said = pack.said(item.id())?;
    let rests_on = |argument: &Argument| {
        argument.grounds.iter().any(|id| pack.said(id).is_some_and(|it| fold(it) == fold(said)))
    };
    let resting: Vec<&&Argument> = pack.arguments.iter().filter(|argument| rests_on(argument)).collect();
    let [right] = resting[..] else { return None };
    // What bears on the right claim could be thought to rest on the same.
    let bears = |one: &Argument, other: &Argument| {
        [&one.supports, &one.attacks, &one.undercuts].into_iter().any(|list| list.contains(&other.id))
    };
    let wrong = pack
        .arguments
        .iter()
        .filter(|it| it.id != right.id && !bears(it, right) && !bears(right, it))
        .map(|it| it.claim.clone());
    question(Asked::WhichClaim, item.id(), said, right.claim.clone(), wrong.collect(), rng)
}

/// A question with three of the wrong choices. `None` if there are not so many that differ from each other and from the
/// right one.
fn question(
    asked: Asked,
    item: &str,
    about: &str,
    right: String,
    wrong: Vec<String>,
    rng: &Rng,
) -> Option<Question> {
    let mut seen = HashSet::from([fold(&right)]);
    let mut wrong: Vec<String> = wrong.into_iter().filter(|it| seen.insert(fold(it))).collect();
    let mut choices = Vec::new();
    while choices.len() < CHOICES - 1 {
        if wrong.is_empty() {
            return None;
        }
        choices.push(QuizChoice::Words(wrong.swap_remove(rng.below(wrong.len()))));
    }
    let at = rng.below(CHOICES);
    choices.insert(at, QuizChoice::Words(right));
    Some(Question { asked, item: item.into(), about: about.into(), choices, right: at })
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use proptest::prelude::*;

    use super::*;
    use crate::article::Pack as Written;

    /// A pack of so few words and years that many items are the same.
    fn pack() -> impl Strategy<Value = String> {
        let few = || 0..5_usize;
        let quotes = prop::collection::vec((few(), few(), 0..4_usize), 0..12);
        let events = prop::collection::vec((few(), 1990..1996_i64, any::<bool>()), 0..12);
        let arguments = prop::collection::vec((few(), prop::collection::vec(0..12_usize, 0..4)), 0..9);
        (quotes, events, arguments).prop_map(|(quotes, events, arguments)| {
            let mut text = String::from("[article]\nid = \"a\"\ntitle = \"A\"\nlanguage = \"en\"\nsummary = \"s\"\n");
            let names = ["Ada", "Ben", "Cleo", "Dora", "Eve", "ada"];
            for (at, name) in names.iter().enumerate() {
                let _ = write!(text, "[[actor]]\nid = \"p{at}\"\nname = \"{name}\"\nkind = \"person\"\nsummary = \"s\"\n");
            }
            for (at, (words, speaker, kind)) in quotes.iter().enumerate() {
                let kind = ["verbatim", "reported", "phrase", "author"][*kind];
                let speaker = match kind {
                    "verbatim" | "reported" => format!("speaker = \"p{speaker}\"\n"),
                    _ => String::new(),
                };
                let _ = write!(
                    text,
                    "[[quote]]\nid = \"q{at}\"\nwords = \"so many words {words}\"\nkind = \"{kind}\"\n{speaker}context = \"c\"\nsource = {{ paragraph = 1 }}\n"
                );
            }
            for (at, (title, year, sure)) in events.iter().enumerate() {
                let edtf = if *sure { year.to_string() } else { format!("{year}~") };
                let title = ["peace", "war", "treaty", "vote", "fair"][*title];
                let _ = write!(
                    text,
                    "[[event]]\nid = \"e{at}\"\ntitle = \"{title}\"\nsummary = \"s\"\nwhen = {{ edtf = \"{edtf}\", by = \"editor\" }}\n"
                );
            }
            for (at, (claim, grounds)) in arguments.iter().enumerate() {
                let grounds: Vec<String> = grounds.iter().map(|it| format!("\"q{it}\"")).collect();
                let _ = write!(
                    text,
                    "[[argument]]\nid = \"a{at}\"\ntitle = \"t\"\nclaim = \"claim {claim}\"\ngrounds = [{}]\nsource = {{ paragraph = 1 }}\n",
                    grounds.join(", ")
                );
            }
            text
        })
    }

    /// Whether a choice is a right answer, by what the pack says and nothing else.
    fn is_right(items: &[Item], question: &Question, choice: &QuizChoice) -> bool {
        let words = |choice: &QuizChoice| match choice {
            QuizChoice::Words(words) => fold(words),
            QuizChoice::Given(_) => String::new(),
        };
        let about = fold(&question.about);
        let quotes = || items.iter().filter_map(|it| if let Item::Quote(it) = it { Some(it) } else { None });
        let same_quotes = || quotes().filter(|it| fold(&it.words) == about);
        let events = || items.iter().filter_map(|it| if let Item::Event(it) = it { Some(it) } else { None });
        let called = |title: String| events().filter(move |it| fold(&it.title) == title);
        match question.asked {
            Asked::WhoSaid | Asked::WhoIsReported => same_quotes().any(|quote| {
                items.iter().any(|it| match it {
                    Item::Actor(actor) => {
                        Some(&actor.id) == quote.speaker.as_ref() && fold(&actor.name) == words(choice)
                    }
                    _ => false,
                })
            }),
            Asked::HowGiven => same_quotes().any(|quote| *choice == QuizChoice::Given(quote.kind)),
            Asked::CameFirst => question.choices.iter().filter(|other| *other != choice).all(|other| {
                called(words(choice)).all(|one| {
                    called(words(other)).all(|other| days(one).unwrap().1 < days(other).unwrap().0)
                })
            }),
            Asked::WhatYear => called(about).any(|event| {
                let year = event.when.as_ref().unwrap().edtf.get(..4).unwrap().to_string();
                year == words(choice)
            }),
            Asked::WhichClaim => items.iter().any(|it| match it {
                Item::Argument(argument) => {
                    fold(&argument.claim) == words(choice)
                        && quotes().any(|it| fold(&it.words) == about && argument.grounds.contains(&it.id))
                }
                _ => false,
            }),
        }
    }

    proptest! {
        #[test]
        fn every_question_has_one_right_answer(text in pack(), seed in any::<u64>()) {
            let items: Vec<Item> = toml::from_str::<Written>(&text).unwrap().into_items().collect();
            let made = questions(&items, MAX_QUESTIONS, &crate::env::Rng::seeded(seed));
            let about: HashSet<&String> = made.iter().map(|question| &question.item).collect();
            prop_assert_eq!(about.len(), made.len());
            for question in &made {
                prop_assert_eq!(question.choices.len(), CHOICES);
                let right: Vec<usize> =
                    (0..CHOICES).filter(|at| is_right(&items, question, &question.choices[*at])).collect();
                prop_assert_eq!(right, vec![question.right], "{:?}", question);
            }
        }
    }
}
